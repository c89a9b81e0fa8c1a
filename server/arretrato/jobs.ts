import { z } from 'zod'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { takeRiepiloghi } from './service.ts'

/** The pictures of the week, taken at its first hour of work. Run by the timetable; a second run finds them there. */
const riepiloga = defineJob({
  type: 'arretrato.riepiloga',
  payload: z.object({}),
  maxAttempts: 3,
  handler: async (scope) => await takeRiepiloghi(scope),
})

export const arretratoJobs: readonly JobDefinition[] = [riepiloga]
