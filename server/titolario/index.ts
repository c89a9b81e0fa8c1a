export { titolarioEntities } from './entities.ts'
