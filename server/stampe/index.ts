import type { EntitySchema } from '@mikro-orm/core'
import type { Endpoint } from '../kernel/endpoint.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'

/** Receipts, labels, prints: endpoints, tables and jobs. */
export const stampeEndpoints: readonly Endpoint[] = []
export const stampeEntities: readonly EntitySchema[] = []
export const stampeJobs: readonly JobDefinition[] = []
