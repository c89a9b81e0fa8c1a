import type { Endpoint } from '../kernel/endpoint.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'

export { emergenzaEntities } from './entities.ts'

/** Emergency register: endpoints, tables and jobs. */
export const emergenzaEndpoints: readonly Endpoint[] = []
export const emergenzaJobs: readonly JobDefinition[] = []
