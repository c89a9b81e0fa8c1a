export { stampeEntities } from './entities.ts'
export { stampeJobs } from './jobs.ts'
export { stampeEndpoints } from './routes.ts'
