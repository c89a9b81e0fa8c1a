import { z } from 'zod'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { ingestCaselle } from './service/queue.ts'

/** Reads the mailboxes of the ente. Run by the timetable; a second run finds nothing new. Faults stay on the mailboxes, so the job itself succeeds. */
const controlloCaselle = defineJob({
  type: 'pec.controlloCaselle',
  payload: z.object({}),
  maxAttempts: 3,
  handler: async (scope, _payload, ports) => {
    await ingestCaselle(scope, ports)
  },
})

export const pecJobs: readonly JobDefinition[] = [controlloCaselle]
