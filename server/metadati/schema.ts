import { z } from 'zod'

/** How a finding weighs: `errore` blocks emission, `avviso` does not, `non-verificata` says that the rule needs a fact of a later release. */
export const graviteEsito = ['errore', 'avviso', 'non-verificata'] as const

export const esitoRegolaDto = z.object({
  regola: z.string(),
  gravita: z.enum(graviteEsito),
  percorso: z.string(),
  messaggio: z.string(),
})
export type EsitoRegola = z.infer<typeof esitoRegolaDto>

/** Metadata as the page shows them: the XML when it can be emitted, and what the rules say. */
export const metadatiDto = z.object({ xml: z.string().nullable(), completo: z.boolean(), esiti: z.array(esitoRegolaDto) })
export type MetadatiDto = z.infer<typeof metadatiDto>
