import { z } from 'zod'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { executeDue } from './service/riorganizza.ts'

/** Closes the offices whose day has come. Run by the timetable; a second run finds nothing. */
const esegui = defineJob({
  type: 'organizzazione.esegui',
  payload: z.object({}),
  maxAttempts: 3,
  handler: async (scope) => await executeDue(scope),
})

export const organizzazioneJobs: readonly JobDefinition[] = [esegui]
