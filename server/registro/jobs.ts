import { z } from 'zod'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { inTransaction } from '../kernel/scope.ts'
import { produceDovuti } from './service/run.ts'
import { sealNonFirmati } from './service/firma.ts'
import { vigilaRegistri } from './service/vigila.ts'

/** Production of what is due, and alarms before the terms; the timetable queues both every hour, a run that did not end queues the next. */
export const registroJobs: readonly JobDefinition[] = [
  defineJob({
    type: 'registro.produci',
    payload: z.object({}),
    maxAttempts: 3,
    handler: async (scope, _, ports) => {
      if (!(await produceDovuti(scope, ports))) return
      await inTransaction(scope, async (tx) => {
        tx.emit({ tipo: 'registriDaProdurre', id: tx.ente.id })
        await Promise.resolve()
      })
    },
  }),
  defineJob({
    type: 'registro.vigila',
    payload: z.object({}),
    maxAttempts: 3,
    handler: async (scope, _, ports) => {
      await sealNonFirmati(scope, ports)
      await vigilaRegistri(scope)
    },
  }),
]
