export { bozzeEntities } from './entities.ts'
export { bozzeJobs } from './jobs.ts'
export { bozzeEndpoints } from './routes.ts'
export type { BozzaDto, CampoDto, ModelloDto, RigaBozzaDto } from './schema.ts'
