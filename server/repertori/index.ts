import type { EntitySchema } from '@mikro-orm/core'
import type { Endpoint } from '../kernel/endpoint.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'

/** Special registers and albo: endpoints, tables and jobs. */
export const repertoriEndpoints: readonly Endpoint[] = []
export const repertoriEntities: readonly EntitySchema[] = []
export const repertoriJobs: readonly JobDefinition[] = []
