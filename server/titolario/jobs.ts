import { z } from 'zod'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { prepareModello } from './service/bozze.ts'

/** The plan an ente begins with. */
export const titolarioJobs: readonly JobDefinition[] = [
  defineJob({
    type: 'titolario.preparaModello',
    payload: z.object({ id: z.uuid() }),
    maxAttempts: 6,
    handler: async (scope) => await prepareModello(scope),
  }),
]
