import { z } from 'zod'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { judgeChanged } from './valutazione/valuta.ts'

/** Judges the metadata of what changed. Run by the timetable; a second run finds nothing. */
const valuta = defineJob({
  type: 'metadati.valuta',
  payload: z.object({}),
  maxAttempts: 3,
  handler: async (scope) => await judgeChanged(scope),
})

export const metadatiJobs: readonly JobDefinition[] = [valuta]
