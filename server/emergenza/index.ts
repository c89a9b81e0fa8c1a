import type { EntitySchema } from '@mikro-orm/core'
import type { Endpoint } from '../kernel/endpoint.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'

/** Emergency register: endpoints, tables and jobs. */
export const emergenzaEndpoints: readonly Endpoint[] = []
export const emergenzaEntities: readonly EntitySchema[] = []
export const emergenzaJobs: readonly JobDefinition[] = []
