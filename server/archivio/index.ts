export { archivioEntities } from './entities.ts'
