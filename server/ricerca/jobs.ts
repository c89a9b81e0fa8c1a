import { z } from 'zod'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { indexRegistrazione } from './indice.ts'

/** Puts a registration in the index with the words of its files, and again after each change: repeating it changes nothing. */
const index = defineJob({
  type: 'ricerca.index',
  payload: z.object({ id: z.uuid() }),
  maxAttempts: 12,
  handler: async (scope, { id }, ports) => await indexRegistrazione(scope, id, ports.store, ports.motoreRicerca),
})

export const indiceJobs: readonly JobDefinition[] = [index]
