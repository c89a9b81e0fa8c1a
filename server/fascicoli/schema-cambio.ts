import { z } from 'zod'

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
  proposte: z.array(z.object({ id: z.uuid(), codice: z.string(), denominazione: z.string() })),
})
export type CambioFascicoloDto = z.infer<typeof cambioFascicoloDto>
