import { z } from 'zod'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { convertBozza } from './service/forma.ts'

/** Fills and converts the template file of a draft. A second run finds the draft prepared or changed, and does nothing. */
const preparaDocumento = defineJob({
  type: 'bozze.preparaDocumento',
  payload: z.object({ id: z.uuid(), versione: z.string() }),
  maxAttempts: 2,
  handler: async (scope, { id, versione }, ports) => await convertBozza(scope, id, Number(versione), ports),
})

export const bozzeJobs: readonly JobDefinition[] = [preparaDocumento]
