export { organizzazioneEntities } from './entities.ts'
export { organizzazioneJobs } from './jobs.ts'
export { organizzazioneEndpoints } from './routes.ts'
