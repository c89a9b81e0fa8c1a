import { z } from 'zod'
import { statiVersamento } from './rules.ts'

export const anomaliaDto = z.object({
  gravita: z.enum(['ERRORE', 'AVVISO']),
  codice: z.string(),
  percorso: z.string(),
  messaggio: z.string(),
})

/** A transfer as lists and pages show it. `rapporto` is absent until the conservatore answers. */
export const versamentoDto = z.object({
  id: z.uuid(),
  idPdv: z.string(),
  stato: z.enum(statiVersamento),
  /** What is transferred: a fascicolo, or a daily register. */
  fascicolo: z.object({ id: z.uuid(), codice: z.string(), slug: z.string(), oggetto: z.string() }).nullable(),
  registro: z.object({ id: z.uuid(), identificativo: z.string(), giorno: z.string(), oggetto: z.string() }).nullable(),
  produttore: z.string(),
  creatoIl: z.string(),
  trasmessoIl: z.string().nullable(),
  presaInCarico: z.string().nullable(),
  improntaIndice: z.string().nullable(),
  improntaPacchetto: z.string().nullable(),
  dimensione: z.number().nullable(),
  anomalie: z.array(anomaliaDto),
  rapporto: z
    .object({
      id: z.string().nullable(),
      esito: z.string().nullable(),
      ricevutoIl: z.string(),
      impronta: z.string(),
      anomalie: z.array(anomaliaDto),
    })
    .optional(),
  ripetibile: z.boolean(),
})
export type VersamentoDto = z.infer<typeof versamentoDto>

export const filtriVersamenti = z.object({
  stato: z.enum(statiVersamento).optional(),
  pagina: z.coerce.number().int().min(1).max(100_000).default(1),
  perPagina: z.coerce.number().int().min(1).max(200).default(50),
})
