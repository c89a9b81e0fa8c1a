import { z } from 'zod'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { convertBozza } from './service/forma.ts'
import { runUnione } from './service/lettere.ts'

/** Fills and converts the template file of a draft. A second run finds the draft prepared or changed, and does nothing. */
const preparaDocumento = defineJob({
  type: 'bozze.preparaDocumento',
  payload: z.object({ id: z.uuid(), versione: z.string() }),
  maxAttempts: 2,
  handler: async (scope, { id, versione }, ports) => await convertBozza(scope, id, Number(versione), ports),
})

/** Registers the letters of a letter to many that have no outcome yet. */
const eseguiUnione = defineJob({
  type: 'bozze.eseguiUnione',
  payload: z.object({ id: z.uuid() }),
  maxAttempts: 25,
  handler: async (scope, { id }, ports) => await runUnione(scope, id, ports),
})

export const bozzeJobs: readonly JobDefinition[] = [preparaDocumento, eseguiUnione]
