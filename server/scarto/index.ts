export { scartoEntities } from './entities.ts'
