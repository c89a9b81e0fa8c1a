export { documentiEntities } from './entities.ts'
