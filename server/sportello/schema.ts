import { z } from 'zod'
import { statiFascicolo } from '../fascicoli/index.ts'

/** The five stages a citizen reads, in their order. */
export const fasiPratica = ['ricevuta', 'presa-in-carico', 'istruttoria', 'integrazioni', 'esito'] as const
export type FasePratica = (typeof fasiPratica)[number]

/** What a document is for the citizen who reads it. */
export const flussi = ['inviato da te', 'ricevuto', 'agli atti'] as const
export type Flusso = (typeof flussi)[number]

export const profiloDto = z.object({
  nome: z.string(),
  codiceFiscale: z.string(),
  schema: z.string(),
  livello: z.string(),
  ente: z.string(),
})
export type ProfiloDto = z.infer<typeof profiloDto>

export const rigaPraticaDto = z.object({
  id: z.uuid(),
  slug: z.string(),
  oggetto: z.string(),
  stato: z.enum(statiFascicolo),
  fase: z.enum(fasiPratica),
  /** Label of the request's registration; null while no registered document is open to the citizen. */
  protocollo: z.string().nullable(),
  /** Rome day. */
  apertoIl: z.string(),
  /** Instant of the last thing the citizen can see. */
  aggiornatoIl: z.string(),
  /** Rome day by which the answer is due. */
  termine: z.string().nullable(),
})
export type RigaPraticaDto = z.infer<typeof rigaPraticaDto>

export const passaggioDto = z.object({
  nome: z.enum(fasiPratica),
  titolo: z.string(),
  stato: z.enum(['fatta', 'ora', 'futura']),
  /** Instant, or Rome day where only the day is known. */
  quando: z.string().nullable(),
})
export type PassaggioDto = z.infer<typeof passaggioDto>

export const documentoPraticaDto = z.object({
  id: z.uuid(),
  oggetto: z.string(),
  tipologia: z.string(),
  protocollo: z.string().nullable(),
  data: z.string(),
  flusso: z.enum(flussi),
  /** The mark of an annulled registration, shown beside what was registered (REQ-PROT-048). */
  annullamento: z.string().nullable(),
  file: z.array(z.object({ id: z.uuid(), nome: z.string(), mime: z.string(), dimensione: z.number(), sha256: z.string() })),
})
export type DocumentoPraticaDto = z.infer<typeof documentoPraticaDto>

export const praticaDto = rigaPraticaDto.extend({
  codice: z.string(),
  dataProtocollo: z.string().nullable(),
  chiusoIl: z.string().nullable(),
  esito: z.string().nullable(),
  responsabile: z.object({ nome: z.string(), ufficio: z.string(), email: z.string() }),
  fasi: z.array(passaggioDto),
  documenti: z.array(documentoPraticaDto),
})
export type PraticaDto = z.infer<typeof praticaDto>

export const accessoDto = z.object({
  id: z.uuid(),
  istante: z.string(),
  chi: z.string(),
  /** True for the citizen's own reads. */
  tu: z.boolean(),
  azione: z.string(),
  descrizione: z.string(),
  oggetto: z.string(),
  protocollo: z.string().nullable(),
  pratica: z.object({ slug: z.string(), oggetto: z.string() }).nullable(),
})
export type AccessoDto = z.infer<typeof accessoDto>

export const pagine = z.object({
  pagina: z.coerce.number().int().min(1).max(100_000).default(1),
  perPagina: z.coerce.number().int().min(1).max(200).default(50),
})
export type Pagine = z.infer<typeof pagine>
