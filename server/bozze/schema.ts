import { z } from 'zod'
import { contenutoDto, formazioni, riservatezze } from '../documenti/index.ts'
import { avanzamentoSerieDto, campoErratoDto, mezzi, rigaSerieDto, tipologie } from '../protocollo/index.ts'

export const tipiBozza = ['E', 'U', 'I'] as const
export type TipoBozza = (typeof tipiBozza)[number]
export const statiBozza = ['IN_LAVORAZIONE', 'DA_FIRMARE', 'FIRMATA', 'PRONTA', 'PROTOCOLLATA', 'SCARTATA'] as const
export type StatoBozza = (typeof statiBozza)[number]
export const formatiModello = ['HTML', 'DOCX', 'ODT'] as const
export type FormatoModello = (typeof formatiModello)[number]
export const vistiBozze = ['mie', 'ufficio', 'protocollo', 'scartate', 'concluse'] as const
export type VistaBozze = (typeof vistiBozze)[number]

const text = (messaggio: string, max: number) =>
  z.string({ error: messaggio }).trim().min(1, messaggio).max(max, `Troppo lungo: al massimo ${max} caratteri.`)
const soft = (max = 300) => z.string().max(max, `Troppo lungo: al massimo ${max} caratteri.`)
const motivo = text('Scrivi il motivo.', 500)
const motivoNumero = 'Numero, data, ora e impronta li assegna il sistema al momento della registrazione: toglili dalla richiesta.'

/** A correspondent as far as it was written: complete only when the number is asked. */
const soggettoBozza = z.object({
  tipo: z.enum(['PF', 'PG', 'PAI', 'PAE', 'NN']),
  nome: soft().optional(),
  cognome: soft().optional(),
  denominazione: soft().optional(),
  codiceFiscale: soft(16).optional(),
  codiceFiscalePartitaIva: soft(16).optional(),
  codiceIpa: soft(50).optional(),
  codiceAoo: soft(50).optional(),
  denominazioneAoo: soft().optional(),
  indirizzoDigitale: soft(254).optional(),
  perConoscenza: z.boolean().optional(),
  canale: z.enum(mezzi).optional(),
})
export type SoggettoBozza = z.infer<typeof soggettoBozza>

const fileBozza = z.object({ contenutoId: z.uuid('Il file non è stato caricato.'), nome: soft(255), descrizione: soft(500).default('') })

/**
 * What was written so far. Nothing is mandatory, and nothing that only the system may give is accepted: number, date, time and digest in a draft are
 * refused (REQ-PROT-021).
 */
export const datiBozza = z.strictObject(
  {
    oggetto: soft(500).default(''),
    mittenti: z.array(soggettoBozza).max(50, 'Al massimo 50 mittenti.').default([]),
    destinatari: z.array(soggettoBozza).max(500, 'Al massimo 500 destinatari.').default([]),
    voceId: z.uuid().nullable().default(null),
    mezzo: z.enum(mezzi).optional(),
    dataArrivo: soft(40).optional(),
    dataDocumento: soft(10).optional(),
    protocolloMittente: z.object({ numero: soft(100), data: soft(10).optional() }).optional(),
    assegnazione: z.object({ ufficioId: z.uuid(), operatoreId: z.uuid().optional() }).nullable().default(null),
    perConoscenza: z.array(z.uuid()).max(50).default([]),
    documento: fileBozza
      .extend({ formazione: z.enum(formazioni).default('file') })
      .nullable()
      .default(null),
    allegati: z.array(fileBozza).max(200, 'Al massimo 200 allegati.').default([]),
    tipologia: z.enum(tipologie).default('Comunicazione'),
    riservatezza: z.enum(riservatezze).default('ORDINARIO'),
    collegamenti: z
      .array(z.object({ registrazioneId: z.uuid(), tipo: z.enum(['risposta', 'sostituisce', 'stesso-documento', 'correlata']) }))
      .max(50)
      .default([]),
    /** The paper is registered now and scanned later: said by the person, never guessed. */
    scansioneAttesa: z.boolean().default(false),
    descrizioneCartaceo: soft(500).optional(),
    differimento: z.object({ autorizzazione: soft(200), motivo: soft(500), entroIl: soft(10) }).optional(),
    note: soft(2000).default(''),
  },
  {
    error: (issue) => (issue.code === 'unrecognized_keys' ? motivoNumero : undefined),
  },
)
export type DatiBozza = z.infer<typeof datiBozza>

export const nuovaBozza = z.strictObject({
  tipo: z.enum(tipiBozza, 'Scegli il tipo di documento.'),
  /** Office that prepares it; absent: the only office of the person. */
  ufficioId: z.uuid().optional(),
  modelloId: z.uuid().optional(),
  fascicoloId: z.uuid().optional(),
  /** Registration it answers: subject, correspondents, class and fascicolo are proposed from it. */
  rispostaA: z.uuid().optional(),
  /** Registration it copies ("Duplica e modifica"). */
  duplica: z.uuid().optional(),
  dati: datiBozza.partial().optional(),
})
export type NuovaBozza = z.infer<typeof nuovaBozza>

export const modificaBozza = z.strictObject({
  versione: z.number().int(),
  dati: datiBozza,
  corpo: z.string().max(500_000, 'Il testo è troppo lungo.').optional(),
  ufficioId: z.uuid().optional(),
  modelloId: z.uuid().nullable().optional(),
  fascicoloId: z.uuid().nullable().optional(),
  richiedeFirma: z.boolean().optional(),
})
export type ModificaBozza = z.infer<typeof modificaBozza>

export const versioneIn = z.object({ versione: z.number().int() })
export const firmaIn = versioneIn.extend({
  contenutoId: z.uuid('Carica il file firmato.'),
  /** The signed file does not hold the document that was prepared, and the person says it is right all the same. */
  confermaDiverso: z.boolean().default(false),
})
export const alProtocolloIn = versioneIn.extend({ nota: z.string().trim().max(1000).default('') })
export const scartoBozzaIn = versioneIn.extend({ motivo })

const reference = z.object({ id: z.uuid(), testo: z.string() })

export const rigaBozzaDto = z.object({
  id: z.uuid(),
  tipo: z.enum(tipiBozza),
  stato: z.enum(statiBozza),
  oggetto: z.string(),
  corrispondente: z.string(),
  ufficio: z.string().nullable(),
  autore: z.string(),
  aggiornataIl: z.string(),
  alProtocolloIl: z.string().nullable(),
  notaProtocollo: z.string(),
  fascicolo: z.string().nullable(),
  etichetta: z.string().nullable(),
})
export type RigaBozzaDto = z.infer<typeof rigaBozzaDto>

export const campoDto = z.object({
  nome: z.string(),
  descrizione: z.string(),
  gruppo: z.string(),
  righe: z.array(z.string()),
  /** The value in this draft; null where there is none. */
  valore: z.string().nullable(),
})
export type CampoDto = z.infer<typeof campoDto>

export const bozzaDto = z.object({
  id: z.uuid(),
  tipo: z.enum(tipiBozza),
  stato: z.enum(statiBozza),
  versione: z.number(),
  dati: datiBozza,
  corpo: z.string(),
  modello: z.object({ id: z.uuid(), nome: z.string(), formato: z.enum(formatiModello) }).nullable(),
  ufficio: z.object({ id: z.uuid(), denominazione: z.string() }).nullable(),
  fascicolo: z.object({ id: z.uuid(), codice: z.string(), oggetto: z.string() }).nullable(),
  voce: z.object({ id: z.uuid(), codice: z.string(), denominazione: z.string() }).nullable(),
  /** Words of the ids inside `dati`: offices, people, linked registrations. */
  nomi: z.record(z.string(), z.string()),
  rispostaA: reference.nullable(),
  richiedeFirma: z.boolean(),
  documento: contenutoDto.nullable(),
  firmato: contenutoDto.nullable(),
  preparazione: z.string().nullable(),
  alProtocolloIl: z.string().nullable(),
  notaProtocollo: z.string(),
  motivoScarto: z.string().nullable(),
  registrazione: reference.nullable(),
  autore: z.string(),
  aggiornataDa: z.string(),
  aggiornataIl: z.string(),
  /** Fields of the text without a value here, and names that are no field. */
  campiMancanti: z.array(z.string()),
  campiSconosciuti: z.array(z.string()),
  /** What this person may do here now: buttons follow it. */
  azioni: z.object({
    modifica: z.boolean(),
    /** The document is frozen, the data of the registration that are not in it may still be completed. */
    completa: z.boolean(),
    prepara: z.boolean(),
    firma: z.boolean(),
    riprendi: z.boolean(),
    protocolla: z.boolean(),
    alProtocollo: z.boolean(),
    scarta: z.boolean(),
    ripristina: z.boolean(),
  }),
})
export type BozzaDto = z.infer<typeof bozzaDto>

export const filtriBozze = z.object({
  vista: z.enum(vistiBozze).default('mie'),
  fascicolo: z.uuid().optional(),
  pagina: z.coerce.number().int().min(1).max(100_000).default(1),
  perPagina: z.coerce.number().int().min(1).max(200).default(50),
})
export type FiltriBozze = z.infer<typeof filtriBozze>

export const nuovoModello = z
  .strictObject({
    nome: text('Scrivi il nome del modello.', 120),
    descrizione: z.string().trim().max(500).default(''),
    formato: z.enum(formatiModello, 'Scegli il formato.'),
    corpo: z.string().max(500_000, 'Il testo è troppo lungo.').default(''),
    contenutoId: z.uuid().optional(),
    oggetto: z.string().trim().max(500).default(''),
    tipologia: z.enum(tipologie).default('Comunicazione'),
    richiedeFirma: z.boolean().default(true),
    attivo: z.boolean().default(true),
  })
  .refine((m) => m.formato === 'HTML' || m.contenutoId !== undefined, { path: ['contenutoId'], message: 'Carica il file del modello.' })
  .refine((m) => m.formato !== 'HTML' || m.corpo.trim() !== '', { path: ['corpo'], message: 'Scrivi il testo del modello.' })
export type NuovoModello = z.infer<typeof nuovoModello>

export const modelloDto = z.object({
  id: z.uuid(),
  nome: z.string(),
  descrizione: z.string(),
  formato: z.enum(formatiModello),
  corpo: z.string(),
  file: z.object({ id: z.uuid(), nome: z.string(), dimensione: z.number() }).nullable(),
  oggetto: z.string(),
  tipologia: z.string(),
  richiedeFirma: z.boolean(),
  attivo: z.boolean(),
  versione: z.number(),
  aggiornatoDa: z.string(),
  aggiornatoIl: z.string(),
})
export type ModelloDto = z.infer<typeof modelloDto>

export const elencoIn = z.object({ testo: z.string().max(5_000_000, 'L’elenco è troppo lungo.') })
export const verificaDestinatariDto = z.array(
  z.object({ riga: z.number(), nome: z.string(), destinatario: soggettoBozza.nullable(), errori: z.array(campoErratoDto) }),
)
export const verificaUnioneDto = z.object({
  righe: z.array(z.object({ riga: z.number(), nome: z.string(), errori: z.array(campoErratoDto) })),
  valide: z.number(),
  errate: z.number(),
  /** Columns of the list that the text does not use. */
  colonneNonUsate: z.array(z.string()),
})
export type VerificaUnioneDto = z.infer<typeof verificaUnioneDto>
export const unioneDto = avanzamentoSerieDto.extend({
  bozzaId: z.uuid(),
  righe: z.array(rigaSerieDto.extend({ nome: z.string(), esito: z.enum(['REGISTRATA', 'RIFIUTATA']).nullable() })),
})
export type UnioneDto = z.infer<typeof unioneDto>
