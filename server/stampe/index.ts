export { stampeEntities } from './entities.ts'
export { streamFrontespizio } from './fascicolo.ts'
export { stampeJobs } from './jobs.ts'
export { stampeEndpoints } from './routes.ts'
