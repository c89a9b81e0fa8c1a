import { z } from 'zod'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { forget, learn } from './service.ts'

/** After a registration, a change of class or of level: the memory follows what was given. */
const impara = defineJob({
  type: 'suggerimenti.impara',
  payload: z.object({ id: z.uuid() }),
  maxAttempts: 5,
  handler: async (scope, { id }) => await learn(scope, id),
})

/** After the disposal of a document: its own signs go, the counts they were added to stay and name nobody. */
const dimentica = defineJob({
  type: 'suggerimenti.dimentica',
  payload: z.object({ id: z.uuid() }),
  maxAttempts: 5,
  handler: async (scope, { id }) => await forget(scope, id),
})

export const suggerimentiJobs: readonly JobDefinition[] = [impara, dimentica]
