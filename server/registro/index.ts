import type { Endpoint } from '../kernel/endpoint.ts'

export { registroEntities } from './entities.ts'
export { registroJobs } from './jobs.ts'

/** Daily register: endpoints. */
export const registroEndpoints: readonly Endpoint[] = []
