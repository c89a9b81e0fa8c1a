import type { EntitySchema } from '@mikro-orm/core'
import type { Endpoint } from '../kernel/endpoint.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { ricercaTables } from './entities.ts'

/** Search: endpoints, tables and jobs. */
export const ricercaEndpoints: readonly Endpoint[] = []
export const ricercaEntities: readonly EntitySchema[] = ricercaTables as unknown as EntitySchema[]
export const ricercaJobs: readonly JobDefinition[] = []
