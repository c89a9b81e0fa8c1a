export { pecEntities } from './entities.ts'
