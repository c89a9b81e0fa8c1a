export { arretratoEntities } from './entities.ts'
export { arretratoJobs } from './jobs.ts'
export { arretratoEndpoints } from './routes.ts'
export { countOltreSoglia } from './service.ts'
