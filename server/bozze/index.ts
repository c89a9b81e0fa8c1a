import type { EntitySchema } from '@mikro-orm/core'
import type { Endpoint } from '../kernel/endpoint.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'

/** Drafts and formation: endpoints, tables and jobs. */
export const bozzeEndpoints: readonly Endpoint[] = []
export const bozzeEntities: readonly EntitySchema[] = []
export const bozzeJobs: readonly JobDefinition[] = []
