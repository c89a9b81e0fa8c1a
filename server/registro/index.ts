export { registroEntities } from './entities.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'

/** Daily register: endpoints, tables and jobs. */
export const registroEndpoints: readonly Endpoint[] = []
export const registroJobs: readonly JobDefinition[] = []
