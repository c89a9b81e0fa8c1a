import type { EntitySchema } from '@mikro-orm/core'
import type { JobDefinition } from '../kernel/jobs/index.ts'

export { statisticheEndpoints } from './routes.ts'
export const statisticheEntities: readonly EntitySchema[] = []
export const statisticheJobs: readonly JobDefinition[] = []
