import { z } from 'zod'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { extractMesePrecedente } from './service/extract.ts'
import { writeRelate } from './service/publish.ts'

const payload = z.object({})

/** Hourly: relate of the publications that ended, extraction of the month that ended. Both do nothing when there is nothing left to do. */
const scadenze = defineJob({
  type: 'repertori.scadenze',
  payload,
  maxAttempts: 5,
  handler: async (scope, _payload, ports) => {
    await writeRelate(scope, ports)
    await extractMesePrecedente(scope)
  },
})

export const repertoriJobs: readonly JobDefinition[] = [scadenze]
