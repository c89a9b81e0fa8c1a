import type { Endpoint } from '../kernel/endpoint.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'

export { importazioniEntities } from './entities.ts'

/** Mass registration and existing registers: endpoints and jobs. */
export const importazioniEndpoints: readonly Endpoint[] = []
export const importazioniJobs: readonly JobDefinition[] = []
