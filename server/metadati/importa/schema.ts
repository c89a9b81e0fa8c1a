import { z } from 'zod'
import { esitoRegolaDto, profiliMetadati } from '../schema.ts'

const campoDto = z.object({ percorso: z.string(), riga: z.number().int(), messaggio: z.string() })

/** What one metadata file of another system turned out to be. */
export const rapportoIstanzaDto = z.object({
  nome: z.string(),
  sha256: z.string(),
  leggibile: z.boolean(),
  profilo: z.enum(profiliMetadati).nullable(),
  identificativo: z.string(),
  oggetto: z.string(),
  riferimento: z.string(),
  /** Read although not written as it should be. */
  tolleranze: z.array(campoDto),
  /** Faults of the schema, field by field. */
  errori: z.array(campoDto),
  esiti: z.array(esitoRegolaDto),
})
export type RapportoIstanza = z.infer<typeof rapportoIstanzaDto>

/** The record of ours an instance speaks of, found by digest, number or code. */
export const collegamentoDto = z.object({
  tipo: z.enum(['documento', 'fascicolo', 'registrazione-storica']),
  id: z.uuid(),
  etichetta: z.string(),
  pagina: z.string().nullable(),
  /** Why it is the one, in Italian. */
  motivo: z.string(),
})
export type Collegamento = z.infer<typeof collegamentoDto>

export const istanzaVerificataDto = rapportoIstanzaDto.extend({
  collegamento: collegamentoDto.nullable(),
  /** Already here since then. */
  giaImportato: z.string().nullable(),
})

/** The dry run: one report for each instance, what may be imported, what wants a reason. */
export const verificaMetadatiDto = z.object({
  istanze: z.array(istanzaVerificataDto),
  importabili: z.number().int(),
  /** Instances with faults of the schema or blocking findings: they come here with a reason. */
  daAccettare: z.number().int(),
})
export type VerificaMetadatiDto = z.infer<typeof verificaMetadatiDto>

const contenuti = z.array(z.uuid('Carica il file.')).min(1, 'Carica almeno un file.').max(50, 'Al massimo 50 file alla volta.')
export const verificaMetadatiIn = z.strictObject({ contenuti })
export const importazioneMetadatiIn = z.strictObject({
  contenuti,
  provenienza: z
    .string({ error: 'Scrivi da quale sistema vengono.' })
    .trim()
    .min(1, 'Scrivi da quale sistema vengono.')
    .max(200, 'Al massimo 200 caratteri.'),
  accettazione: z.string().trim().max(500, 'Al massimo 500 caratteri.').default(''),
})
export type ImportazioneMetadatiIn = z.infer<typeof importazioneMetadatiIn>

export const rigaImportataDto = z.object({
  id: z.uuid(),
  profilo: z.enum(profiliMetadati),
  identificativo: z.string(),
  oggetto: z.string(),
  riferimento: z.string(),
  provenienza: z.string(),
  nomeFile: z.string(),
  collegamento: collegamentoDto.nullable(),
  importatoDa: z.string(),
  importatoIl: z.string(),
})
export type RigaImportataDto = z.infer<typeof rigaImportataDto>
export const importatiDto = z.object({ elementi: z.array(rigaImportataDto), totale: z.number().int() })
export type ImportatiDto = z.infer<typeof importatiDto>
export const importatoDto = rigaImportataDto.extend({
  rapporto: rapportoIstanzaDto,
  accettazione: z.string(),
  sha256: z.string(),
  xml: z.string(),
})
export type ImportatoDto = z.infer<typeof importatoDto>

export const filtriImportati = z.object({
  q: z.string().max(200).optional(),
  pagina: z.coerce.number().int().min(1).max(10_000).default(1),
  perPagina: z.coerce.number().int().min(1).max(100).default(25),
})
export type FiltriImportati = z.infer<typeof filtriImportati>
