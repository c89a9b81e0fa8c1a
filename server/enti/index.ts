export { entiEntities } from './entities.ts'
