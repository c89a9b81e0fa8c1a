import type { EntitySchema } from '@mikro-orm/core'
import type { Endpoint } from '../kernel/endpoint.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'

/** Statistics of the register: endpoints, tables and jobs. */
export const statisticheEndpoints: readonly Endpoint[] = []
export const statisticheEntities: readonly EntitySchema[] = []
export const statisticheJobs: readonly JobDefinition[] = []
