import { z } from 'zod'

/** States of an item, in their order; the last two are beside the road (REQ-CONS-211). */
export const statiVoce = [
  'PROPOSTO',
  'VERIFICATO',
  'RICHIESTO',
  'AUTORIZZATO',
  'NON_AUTORIZZATO',
  'ORDINATO',
  'DISTRUTTO_IN_CONSERVAZIONE',
  'DISTRUTTO_LOCALMENTE',
  'BACKUP_AGGIORNATI',
  'COMUNICATO',
  'ESCLUSO',
  'SOSPESO_PER_VINCOLO',
] as const
export type StatoVoce = (typeof statiVoce)[number]
export const tipiVincolo = ['contenzioso', 'verifica', 'accesso', 'sequestro'] as const
export type TipoVincolo = (typeof tipiVincolo)[number]
export const autorita = ['soprintendenza', 'interno'] as const
export type Autorita = (typeof autorita)[number]
export const esitiAutorizzazione = ['totale', 'parziale', 'negata'] as const
export type EsitoAutorizzazione = (typeof esitiAutorizzazione)[number]

const testo = (messaggio: string, max: number) =>
  z.string({ error: messaggio }).trim().min(1, messaggio).max(max, `Troppo lungo: al massimo ${max} caratteri.`)
const giorno = (messaggio: string) => z.iso.date(messaggio)
const motivo = testo('Scrivi il motivo.', 500)

/** A registration as people name it: year and number in the general register. */
export const numeroProtocollo = z.object({
  anno: z.number({ error: 'Scrivi l’anno.' }).int().min(1990, 'Scrivi l’anno.').max(9999, 'Scrivi l’anno.'),
  numero: z.number({ error: 'Scrivi il numero di protocollo.' }).int().min(1, 'Scrivi il numero di protocollo.'),
})
export type NumeroProtocollo = z.infer<typeof numeroProtocollo>

export const nuovaProcedura = z.object({ note: z.string().trim().max(1000, 'Troppo lungo: al massimo 1000 caratteri.').default('') })
export const esclusione = z.object({ motivo })
export const provvedimentoIn = z.object({
  estremi: testo('Scrivi gli estremi del provvedimento: organo, numero e data.', 200),
  del: giorno('Scrivi la data del provvedimento.'),
  motivazione: testo('Scrivi la motivazione dello scarto.', 4000),
})
export type ProvvedimentoIn = z.infer<typeof provvedimentoIn>
export const invioIn = z.object({ registrazione: numeroProtocollo, registrazioneInterno: numeroProtocollo.nullable().default(null) })
export type InvioIn = z.infer<typeof invioIn>
export const autorizzazioneIn = z.object({
  autorita: z.enum(autorita, 'Scegli l’autorità.'),
  registrazione: numeroProtocollo,
  protocollo: testo('Scrivi il protocollo dell’autorità.', 120),
  del: giorno('Scrivi la data dell’autorizzazione.'),
  note: z.string().trim().max(2000, 'Troppo lungo: al massimo 2000 caratteri.').default(''),
  rifiutate: z
    .array(z.object({ voceId: z.uuid(), motivo, nonPrimaDel: giorno('Scrivi una data.').nullable().default(null) }))
    .max(20_000)
    .default([]),
})
export type AutorizzazioneIn = z.infer<typeof autorizzazioneIn>
export const verbaleIn = z.object({
  estremi: testo('Scrivi gli estremi del verbale del conservatore.', 200),
  del: giorno('Scrivi la data del verbale.'),
})
export type VerbaleIn = z.infer<typeof verbaleIn>
export const nuovoVincolo = z.object({
  fascicolo: testo('Indica il fascicolo.', 120),
  tipo: z.enum(tipiVincolo, 'Scegli il tipo di vincolo.'),
  motivo,
  atto: testo('Scrivi l’atto da cui nasce il vincolo.', 200),
  dal: giorno('Scrivi da quando vale.'),
  al: giorno('Scrivi fino a quando vale.').nullable().default(null),
})
export type NuovoVincolo = z.infer<typeof nuovoVincolo>
export const impostazioniScarto = z.object({
  giorniCopie: z
    .number({ error: 'Scrivi i giorni.' })
    .int('Scrivi un numero intero.')
    .min(0, 'Zero o più giorni.')
    .max(3650, 'Al massimo 3650 giorni.'),
})
export type ImpostazioniScarto = z.infer<typeof impostazioniScarto>

const registrazioneRef = z.object({ id: z.uuid(), etichetta: z.string() })
export const conti = z.partialRecord(z.enum(statiVoce), z.number())
const quantita = { fascicoli: z.number(), documenti: z.number(), file: z.number(), byte: z.number(), cartacei: z.number() }

export const proceduraDto = z.object({
  id: z.uuid(),
  etichetta: z.string(),
  scadutiAl: z.string(),
  note: z.string(),
  composizione: z.enum(['in_corso', 'pronta', 'fallita']),
  esaminati: z.number(),
  daEsaminare: z.number(),
  creataIl: z.string(),
  propostaDa: z.string(),
  voci: conti,
  totale: z.number(),
  riservate: z.number(),
  versate: z.number(),
  /** Items a hold keeps from going on. */
  quantita: z.object(quantita),
  verifica: z.object({ il: z.string(), da: z.string() }).nullable(),
  provvedimento: z.object({ estremi: z.string(), del: z.string(), motivazione: z.string() }).nullable(),
  richiesta: z.object({ il: z.string(), registrazione: registrazioneRef, interno: registrazioneRef.nullable() }).nullable(),
  autorizzazioni: z.array(
    z.object({
      autorita: z.enum(autorita),
      esito: z.enum(esitiAutorizzazione),
      protocollo: z.string(),
      del: z.string(),
      registrazione: registrazioneRef,
      note: z.string(),
      registrataIl: z.string(),
      registrataDa: z.string(),
    }),
  ),
  ordine: z.object({ il: z.string(), da: z.string() }).nullable(),
  verbale: z.object({ estremi: z.string(), del: z.string() }).nullable(),
  comunicazione: z.object({ il: z.string(), registrazione: registrazioneRef, interno: registrazioneRef.nullable() }).nullable(),
  /** True for who proposed it: the order is another person's. */
  propostaDaMe: z.boolean(),
})
export type ProceduraDto = z.infer<typeof proceduraDto>

export const filtriVoci = z.object({
  stato: z.enum(statiVoce, 'Scegli lo stato.').optional(),
  pagina: z.coerce.number().int().min(1).max(100_000).default(1),
  perPagina: z.coerce.number().int().min(1).max(200).default(50),
})
export type FiltriVoci = z.infer<typeof filtriVoci>

export const voceScartoDto = z.object({
  id: z.uuid(),
  fascicolo: z.object({ id: z.uuid(), codice: z.string(), slug: z.string(), oggetto: z.string() }),
  voce: z.object({ codice: z.string(), denominazione: z.string() }),
  stato: z.enum(statiVoce),
  statoDal: z.string(),
  motivo: z.string().nullable(),
  sospesaDa: z.enum(statiVoce).nullable(),
  nonPrimaDel: z.string().nullable(),
  regola: z.string(),
  anni: z.number(),
  chiusoIl: z.string().nullable(),
  decorrenza: z.string(),
  scadenza: z.string(),
  estremi: z.object({ dal: z.string(), al: z.string() }),
  ...quantita,
  trattenuti: z.number(),
  tipologie: z.array(z.string()),
  riservata: z.boolean(),
  versata: z.boolean(),
  /** Set while a hold is in force: it cannot be resumed before. */
  vincolata: z.boolean(),
  passi: z.array(z.object({ da: z.string().nullable(), a: z.string(), motivo: z.string().nullable(), il: z.string(), autore: z.string() })),
})
export type VoceScartoDto = z.infer<typeof voceScartoDto>

export const vincoloDto = z.object({
  id: z.uuid(),
  fascicolo: z.object({ id: z.uuid(), codice: z.string(), slug: z.string(), oggetto: z.string() }),
  tipo: z.enum(tipiVincolo),
  motivo: z.string(),
  atto: z.string(),
  dal: z.string(),
  al: z.string().nullable(),
  inVigore: z.boolean(),
  creatoIl: z.string(),
  autore: z.string(),
  chiuso: z.object({ il: z.string(), da: z.string(), motivo: z.string() }).nullable(),
})
export type VincoloDto = z.infer<typeof vincoloDto>

/** What the page of a fascicolo says of its disposal: reasons and acts only to who manages disposals. */
export const scartoFascicoloDto = z.object({
  vincoli: z.array(
    z.object({
      tipo: z.enum(tipiVincolo),
      dal: z.string(),
      al: z.string().nullable(),
      motivo: z.string().nullable(),
      atto: z.string().nullable(),
    }),
  ),
  voce: z.object({ proceduraId: z.uuid(), procedura: z.string(), stato: z.enum(statiVoce), motivo: z.string().nullable() }).nullable(),
  scartato: z.object({ il: z.string(), riferimento: z.string(), documenti: z.number() }).nullable(),
  gestisce: z.boolean(),
})
export type ScartoFascicoloDto = z.infer<typeof scartoFascicoloDto>
