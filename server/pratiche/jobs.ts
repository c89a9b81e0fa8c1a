import { z } from 'zod'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { vigilaTermini } from './service/avvisi.ts'
import { concludeClosed } from './service/concludi.ts'

/** Notices about terms, every hour; the end of a practice whose fascicolo was closed. */
export const praticheJobs: readonly JobDefinition[] = [
  defineJob({
    type: 'pratiche.vigila',
    payload: z.object({}),
    maxAttempts: 3,
    handler: async (scope) => await vigilaTermini(scope),
  }),
  defineJob({
    type: 'pratiche.concludi',
    payload: z.object({ id: z.uuid() }),
    maxAttempts: 6,
    handler: async (scope, { id }) => await concludeClosed(scope, id),
  }),
]
