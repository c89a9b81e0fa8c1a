import { z } from 'zod'
import { motivo } from './schema-base.ts'

/** An open fascicolo whose voice changes in another version of the titolario, with where it could be reopened. */
export const cambioFascicoloDto = z.object({
  id: z.uuid(),
  slug: z.string(),
  codice: z.string(),
  oggetto: z.string(),
  ufficio: z.string(),
  voceCodice: z.string(),
  voceDenominazione: z.string(),
  tipo: z.enum(['rinominata', 'accorpata', 'divisa', 'soppressa']),
  versione: z.number(),
  /** The version of the titolario is in force and the type passes: it may be closed and opened again under one of the proposals. */
  riapribile: z.boolean(),
  proposte: z.array(z.object({ id: z.uuid(), codice: z.string(), denominazione: z.string() })),
})
export type CambioFascicoloDto = z.infer<typeof cambioFascicoloDto>

export const riaperturaInVoce = z.object({ versione: z.number().int(), voceId: z.uuid('Scegli la voce nuova.'), motivo })
export type RiaperturaInVoce = z.infer<typeof riaperturaInVoce>
