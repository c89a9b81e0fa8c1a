export { procedimentiEntities } from './entities.ts'
