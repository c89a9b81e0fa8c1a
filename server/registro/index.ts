import type { EntitySchema } from '@mikro-orm/core'
import type { Endpoint } from '../kernel/endpoint.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'

/** Daily register: endpoints, tables and jobs. */
export const registroEndpoints: readonly Endpoint[] = []
export const registroEntities: readonly EntitySchema[] = []
export const registroJobs: readonly JobDefinition[] = []
