import { z } from 'zod'
import { fasi } from '../procedimenti/index.ts'
import { filtriPratiche, situazioni } from './schema.ts'

/** Name and version of the shape below: a reader of another administration checks it first. */
export const SCHEMA_STATO = 'stato-pratica/1'

const amministrazione = z.object({ denominazione: z.string(), codiceIpa: z.string() })

/** The state of a procedure as it is told to other administrations: no person, no content of documents (REQ-FASC-060; TUDA 65). Days `YYYY-MM-DD`. */
export const statoPraticaDto = z.object({
  schema: z.literal(SCHEMA_STATO),
  /** When it was true: ISO instant of the legal clock. */
  aggiornatoAl: z.string(),
  amministrazioneTitolare: amministrazione,
  amministrazioniPartecipanti: z.array(amministrazione),
  fascicolo: z.object({ id: z.uuid(), codice: z.string() }),
  pratica: z.uuid(),
  procedimento: z.object({ codice: z.string(), denominazione: z.string() }),
  ufficio: z.string(),
  situazione: z.enum(situazioni),
  fase: z.enum(fasi).nullable(),
  fasi: z.array(z.object({ fase: z.enum(fasi), dal: z.string(), al: z.string().nullable() })),
  avvio: z.string(),
  termine: z.string().nullable(),
  sospesaFino: z.string().nullable(),
  conclusaIl: z.string().nullable(),
  esito: z.string().nullable(),
})
export type StatoPraticaDto = z.infer<typeof statoPraticaDto>

export const filtriStati = filtriPratiche.omit({ pagina: true, perPagina: true })
export type FiltriStati = z.infer<typeof filtriStati>
