import { z } from 'zod'
import { fileDto, formazioni } from '../documenti/index.ts'
import { voceDto } from '../titolario/index.ts'

export const numerazioni = ['annuale', 'continua', 'mandato'] as const
export type Numerazione = (typeof numerazioni)[number]
/** Who reads the rows: the owner office, or every office of the body; riservati are of the owner's head and of the head of records. */
export const visibilitaRepertorio = ['ufficio', 'ente'] as const
export const tipiCampo = ['testo', 'data', 'numero', 'importo', 'scelta'] as const

const text = (messaggio: string, max = 200) =>
  z.string({ error: messaggio }).trim().min(1, messaggio).max(max, `Troppo lungo: al massimo ${max} caratteri.`)
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, 'Scrivi la data come giorno, mese e anno.')

/** One of the metadata a repertory asks for. */
export const campoDto = z.object({
  chiave: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/u, 'La chiave è una parola senza spazi né accenti.'),
  etichetta: text('Scrivi il nome del dato.', 80),
  tipo: z.enum(tipiCampo, 'Scegli il tipo del dato.'),
  obbligatorio: z.boolean(),
  valori: z.array(z.string().trim().min(1).max(100)).max(50).default([]),
})
export type Campo = z.infer<typeof campoDto>

const configurazione = {
  denominazione: text('Scrivi la denominazione.', 200),
  tipologia: text('Scrivi il tipo di documento.', 100),
  ufficioId: z.uuid('Scegli l’ufficio.').nullable().optional(),
  campi: z.array(campoDto).max(30, 'Al massimo 30 dati.'),
  visibilita: z.enum(visibilitaRepertorio, 'Scegli chi vede il repertorio.'),
  conservazioneAnni: z.number().int().min(1).max(9998).nullable(),
  albo: z.boolean(),
  giorniAlbo: z.number().int().min(1, 'Almeno un giorno.').max(3650),
}

/** A new repertory (REQ-PROT-110). */
export const nuovoRepertorio = z
  .object({
    ...configurazione,
    codice: z.string({ error: 'Scrivi il codice.' }).regex(/^[A-Za-z0-9_.-]{1,16}$/u, 'Il codice ha da 1 a 16 lettere o cifre.'),
    numerazione: z.enum(numerazioni, 'Scegli come si numera.'),
    mandato: text('Scrivi il mandato, per esempio 2024-2029.', 40).nullable().optional(),
  })
  .superRefine((r, ctx) => {
    if (r.numerazione === 'mandato' && (r.mandato ?? '') === '')
      ctx.addIssue({ code: 'custom', path: ['mandato'], message: 'Scrivi il mandato, per esempio 2024-2029.' })
    if (new Set(r.campi.map((c) => c.chiave)).size !== r.campi.length)
      ctx.addIssue({ code: 'custom', path: ['campi'], message: 'Due dati hanno la stessa chiave.' })
  })
export type NuovoRepertorio = z.infer<typeof nuovoRepertorio>

/** What may change of a repertory: never its code nor its way of numbering. */
export const modificaRepertorio = z
  .object({ ...configurazione, mandato: text('Scrivi il mandato.', 40).nullable().optional(), attivo: z.boolean() })
  .partial()
export type ModificaRepertorio = z.infer<typeof modificaRepertorio>

export const repertorioDto = z.object({
  id: z.uuid(),
  codice: z.string(),
  denominazione: z.string(),
  tipologia: z.string(),
  ufficio: z.object({ id: z.uuid(), denominazione: z.string() }).nullable(),
  numerazione: z.enum(numerazioni),
  mandato: z.string().nullable(),
  campi: z.array(campoDto),
  visibilita: z.enum(visibilitaRepertorio),
  conservazioneAnni: z.number().nullable(),
  albo: z.boolean(),
  giorniAlbo: z.number(),
  attivo: z.boolean(),
  serie: z.string(),
  ultimo: z.number(),
})
export type RepertorioDto = z.infer<typeof repertorioDto>

const fileIn = z.object({
  contenutoId: z.uuid('Carica il documento.'),
  nome: text('Manca il nome del file.', 255),
  descrizione: z.string().trim().max(500).default(''),
})

/** A new row. Number, date and digest are never taken from outside (REQ-PROT-112). */
export const nuovaRiga = z.object({
  oggetto: text('Scrivi l’oggetto.', 500),
  formatore: text('Scrivi chi ha formato il documento.', 200),
  voceId: z.uuid('Scegli titolo e classe.'),
  dati: z.record(z.string(), z.string()).default({}),
  documento: fileIn.extend({ formazione: z.enum(formazioni) }),
  allegati: z.array(fileIn).max(200).default([]),
  dataDocumento: day.optional(),
  riservato: z.boolean().default(false),
  note: z.string().trim().max(2000).default(''),
})
export type NuovaRiga = z.infer<typeof nuovaRiga>

const provvedimento = z.object({ numero: z.string(), data: z.string() })
export const annullamentoDto = z.object({
  id: z.uuid(),
  motivo: z.string(),
  richiestoDa: z.string(),
  richiestoIl: z.string(),
  esito: z.enum(['autorizzato', 'rifiutato']).nullable(),
  decisoDa: z.string().nullable(),
  decisoIl: z.string().nullable(),
  provvedimento: provvedimento.nullable(),
  nota: z.string().nullable(),
})
export type AnnullamentoDto = z.infer<typeof annullamentoDto>

export const rigaDto = z.object({
  id: z.uuid(),
  repertorio: z.object({ id: z.uuid(), codice: z.string(), denominazione: z.string() }),
  etichetta: z.string(),
  riferimento: z.string(),
  serie: z.string(),
  numero: z.number(),
  istante: z.string(),
  giorno: z.string(),
  oggetto: z.string(),
  formatore: z.string(),
  riservata: z.boolean(),
  annullata: z.boolean(),
  annullamento: z.string().nullable(),
})
export type RigaDto = z.infer<typeof rigaDto>

export const rigaCompletaDto = rigaDto.extend({
  documentoId: z.uuid(),
  dati: z.array(z.object({ chiave: z.string(), etichetta: z.string(), valore: z.string() })),
  voce: voceDto,
  impronta: z.string(),
  operatore: z.string(),
  note: z.string(),
  principale: fileDto,
  allegati: z.array(fileDto),
  annullamenti: z.array(annullamentoDto),
  trasmissioni: z.array(z.object({ registrazioneId: z.uuid(), etichetta: z.string(), istante: z.string() })),
  pubblicazione: z.object({ id: z.uuid(), etichetta: z.string(), dal: z.string(), al: z.string(), stato: z.string() }).nullable(),
  storia: z.array(z.object({ istante: z.string(), attore: z.string(), azione: z.string(), dettaglio: z.string() })),
})
export type RigaCompletaDto = z.infer<typeof rigaCompletaDto>

export const filtriRighe = z.object({
  q: z.string().trim().max(200).optional(),
  serie: z.string().max(40).optional(),
  da: day.optional(),
  a: day.optional(),
  pagina: z.coerce.number().int().min(1).max(100_000).default(1),
  perPagina: z.coerce.number().int().min(1).max(200).default(50),
})
export type FiltriRighe = z.infer<typeof filtriRighe>

export const motivoIn = z.object({ motivo: text('Spiega il motivo: resterà nel registro.', 1000) })
export const decisioneIn = z
  .object({
    esito: z.enum(['autorizzato', 'rifiutato'], 'Scegli se autorizzare o rifiutare.'),
    numero: z.string().trim().max(50).default(''),
    data: day.optional(),
    nota: z.string().trim().max(1000).default(''),
  })
  .superRefine((d, ctx) => {
    if (d.esito !== 'autorizzato') return
    if (d.numero === '') ctx.addIssue({ code: 'custom', path: ['numero'], message: 'Scrivi il numero del provvedimento.' })
    if (d.data === undefined) ctx.addIssue({ code: 'custom', path: ['data'], message: 'Scrivi la data del provvedimento.' })
  })

export const trasmissioneIn = z.object({ registrazioneId: z.uuid('Scegli la registrazione della lettera di trasmissione.') })

/** A publication asked for. `fileIds` are the files of the act that may be shown to everybody. */
export const nuovaPubblicazione = z.object({
  dal: day,
  giorni: z.number().int().min(1, 'Almeno un giorno.').max(3650).optional(),
  fileIds: z.array(z.uuid()).min(1, 'Scegli quali file pubblicare.').max(50),
  richiedente: text('Scrivi chi chiede la pubblicazione.', 200),
})
export type NuovaPubblicazione = z.infer<typeof nuovaPubblicazione>

export const pubblicazioneDto = z.object({
  id: z.uuid(),
  etichetta: z.string(),
  atto: z.string(),
  attoId: z.uuid().nullable(),
  oggetto: z.string(),
  richiedente: z.string(),
  dal: z.string(),
  al: z.string(),
  stato: z.enum(['programmata', 'in corso', 'conclusa', 'ritirata']),
  motivoRitiro: z.string().nullable(),
  relata: z.boolean(),
})
export type PubblicazioneDto = z.infer<typeof pubblicazioneDto>

/** What anybody sees of the albo. */
export const alboDto = z.object({
  ente: z.string(),
  elementi: z.array(
    z.object({
      id: z.uuid(),
      etichetta: z.string(),
      atto: z.string(),
      oggetto: z.string(),
      richiedente: z.string(),
      dal: z.string(),
      al: z.string(),
      file: z.array(z.object({ id: z.uuid(), nome: z.string(), dimensione: z.number(), sha256: z.string() })),
    }),
  ),
})

export const estrazioneIn = z
  .object({ dal: day, al: day })
  .refine((e) => e.dal <= e.al, { path: ['al'], message: 'La fine viene prima dell’inizio.' })
export const estrazioneDto = z.object({
  id: z.uuid(),
  dal: z.string(),
  al: z.string(),
  righe: z.number(),
  impronta: z.string(),
  creataIl: z.string(),
})
