import type { Endpoint } from '../kernel/endpoint.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'

export { organizzazioneEntities } from './entities.ts'
export const organizzazioneEndpoints: readonly Endpoint[] = []
export const organizzazioneJobs: readonly JobDefinition[] = []
