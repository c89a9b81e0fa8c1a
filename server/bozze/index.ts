import type { Endpoint } from '../kernel/endpoint.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'

export { bozzeEntities } from './entities.ts'

/** Drafts and formation: endpoints and jobs. */
export const bozzeEndpoints: readonly Endpoint[] = []
export const bozzeJobs: readonly JobDefinition[] = []
