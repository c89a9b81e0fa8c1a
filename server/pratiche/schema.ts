import { z } from 'zod'
import { fasi, passoIn } from '../procedimenti/index.ts'
import { soggettoDto } from '../protocollo/index.ts'

/** What may happen to a term. `ripresa`, `preavviso-ricevuto` and `osservazioni` end another event; `annullato` takes one back. */
export const tipiEvento = [
  'sospensione-documenti',
  'parere',
  'valutazione',
  'sospensione-legge',
  'interruzione',
  'preavviso',
  'proroga',
  'ripresa',
  'preavviso-ricevuto',
  'osservazioni',
  'annullato',
] as const
export type TipoEvento = (typeof tipiEvento)[number]
export const situazioni = ['scaduta', 'oggi', 'in scadenza', 'nei termini', 'sospesa', 'conclusa'] as const
export type Situazione = (typeof situazioni)[number]
export const esitiPratica = [
  'accoglimento',
  'diniego',
  'provvedimento',
  'archiviazione',
  'rinuncia',
  'silenzio',
  'trasmissione per competenza',
] as const
export type EsitoPratica = (typeof esitiPratica)[number]
export const statiPasso = ['da fare', 'fatto', 'saltato'] as const

const motivo = z.string().trim().max(1000, 'Al massimo 1000 caratteri.').default('')
const giorno = z.iso.date('Scrivi il giorno come AAAA-MM-GG.')

export const nuovaPratica = z.object({
  procedimentoId: z.uuid('Scegli il procedimento.'),
  /** The request that starts it; absent for what starts d'ufficio. */
  registrazioneId: z.uuid().optional(),
  /** Start of a procedure d'ufficio; that of a request is its arrival and is never asked. */
  avvio: giorno.optional(),
  ufficioId: z.uuid('Scegli l’ufficio.').optional(),
  responsabileId: z.uuid('Scegli il responsabile.').optional(),
  oggetto: z.string().trim().min(1, 'Scrivi l’oggetto.').max(500, 'Al massimo 500 caratteri.').optional(),
  interessati: z.array(soggettoDto).max(200, 'Al massimo 200 interessati.').optional(),
  visibileCittadino: z.boolean().optional(),
})
export type NuovaPratica = z.infer<typeof nuovaPratica>

export const passoFattoIn = z.object({
  passo: z.string().max(50),
  esito: z.enum(['fatto', 'saltato', 'riaperto'], 'Scegli fatto, saltato o da rifare.'),
  /** Wanted for what is skipped or opened again. */
  motivo,
  giorno: giorno.optional(),
  documentoId: z.uuid().optional(),
})
export type PassoFattoIn = z.infer<typeof passoFattoIn>

export const nuovoEvento = z.object({
  tipo: z.enum(tipiEvento, 'Scegli che cosa è successo.'),
  giorno: giorno.optional(),
  giorni: z.number().int().min(1, 'Almeno un giorno.').max(3650).optional(),
  motivo: z.string({ error: 'Scrivi il motivo.' }).trim().min(1, 'Scrivi il motivo.').max(1000, 'Al massimo 1000 caratteri.'),
  riferitoId: z.uuid().optional(),
  documentoId: z.uuid().optional(),
})
export type NuovoEvento = z.infer<typeof nuovoEvento>

export const conclusioneIn = z.object({
  esito: z.enum(esitiPratica, 'Scegli come si è concluso il procedimento.'),
  giorno: giorno.optional(),
  /** The final act; wanted when the outcome is one. */
  documentoId: z.uuid().optional(),
  motivo,
})
export type ConclusioneIn = z.infer<typeof conclusioneIn>

const person = z.object({ id: z.uuid(), nome: z.string() })
const office = z.object({ id: z.uuid(), denominazione: z.string() })

export const rigaPraticaDto = z.object({
  id: z.uuid(),
  fascicolo: z.object({ id: z.uuid(), codice: z.string(), slug: z.string(), oggetto: z.string() }),
  procedimento: z.object({ id: z.uuid(), codice: z.string(), denominazione: z.string() }),
  ufficio: office,
  responsabile: person,
  avvio: z.string(),
  termine: z.string().nullable(),
  /** Days to the term; negative when it is past; null while nobody can say. */
  giorni: z.number().nullable(),
  situazione: z.enum(situazioni),
  sospesaFino: z.string().nullable(),
  silenzioIl: z.string().nullable(),
  fase: z.string().nullable(),
  passiFatti: z.number(),
  passi: z.number(),
  conclusaIl: z.string().nullable(),
  esito: z.string().nullable(),
})
export type RigaPraticaDto = z.infer<typeof rigaPraticaDto>

export const passoDto = passoIn.extend({
  stato: z.enum(statiPasso),
  giorno: z.string().nullable(),
  motivo: z.string(),
  autore: z.string().nullable(),
  documentoId: z.uuid().nullable(),
})
export type PassoDto = z.infer<typeof passoDto>

export const eventoDto = z.object({
  id: z.uuid(),
  tipo: z.enum(tipiEvento),
  giorno: z.string(),
  giorni: z.number().nullable(),
  motivo: z.string(),
  autore: z.string(),
  riferitoId: z.uuid().nullable(),
  /** False when it was taken back. */
  vale: z.boolean(),
  /** For what stops the term: until when. */
  fino: z.string().nullable(),
  aperto: z.boolean(),
})

export const praticaDto = rigaPraticaDto.extend({
  versione: z.object({ numero: z.number(), inVigore: z.boolean() }),
  iniziativa: z.enum(['parte', 'ufficio']),
  silenzio: z.string(),
  registrazione: z.object({ id: z.uuid(), etichetta: z.string() }).nullable(),
  termineIniziale: z.string(),
  /** Last day for the communication of start; null once it was done. */
  comunicazioneAvvioEntro: z.string().nullable(),
  passiPratica: z.array(passoDto),
  saltati: z.array(z.object({ nome: z.string(), motivo: z.string(), autore: z.string(), giorno: z.string() })),
  eventi: z.array(eventoDto),
  fasi: z.array(z.object({ fase: z.enum(fasi), dal: z.string(), al: z.string().nullable() })),
  motivoEsito: z.string().nullable(),
  durata: z.object({ giorni: z.number(), sospesi: z.number(), neiTermini: z.boolean() }).nullable(),
  azioni: z.object({ lavora: z.boolean(), decidi: z.boolean() }),
})
export type PraticaDto = z.infer<typeof praticaDto>

export const filtriPratiche = z.object({
  situazione: z.enum(situazioni).optional(),
  procedimento: z.uuid().optional(),
  ufficio: z.uuid().optional(),
  responsabile: z.uuid().optional(),
  registrazione: z.uuid().optional(),
  documento: z.uuid().optional(),
  q: z.string().trim().max(200).optional(),
  termineDa: giorno.optional(),
  termineA: giorno.optional(),
  pagina: z.coerce.number().int().min(1).max(100_000).default(1),
  perPagina: z.coerce.number().int().min(1).max(200).default(50),
})
export type FiltriPratiche = z.infer<typeof filtriPratiche>

export const contatoriDto = z.object({
  scaduta: z.number(),
  oggi: z.number(),
  'in scadenza': z.number(),
  'nei termini': z.number(),
  sospesa: z.number(),
  conclusa: z.number(),
})
export type Contatori = z.infer<typeof contatoriDto>

/** Terms of the coming weeks, drawn on the board: a day and how many fall on it. */
export const strisciaDto = z.array(z.object({ giorno: z.string(), termini: z.number(), lavorativo: z.boolean() }))

export const durataDto = z.object({
  procedimento: z.object({ id: z.uuid(), codice: z.string(), denominazione: z.string() }),
  anno: z.number(),
  conclusi: z.number(),
  inCorso: z.number(),
  oltreTermine: z.number(),
  termineGiorni: z.number(),
  /** Days; null when there are too few of them to say. */
  mediana: z.number().nullable(),
  novantesimo: z.number().nullable(),
  medianaNetta: z.number().nullable(),
  neiTermini: z.number().nullable(),
})
export type DurataDto = z.infer<typeof durataDto>

export const fermoDto = z.object({
  id: z.uuid(),
  codice: z.string(),
  slug: z.string(),
  oggetto: z.string(),
  ufficio: z.string(),
  responsabile: z.string(),
  ultimoMovimento: z.string(),
})
export type FermoDto = z.infer<typeof fermoDto>
