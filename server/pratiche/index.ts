export { praticheEntities } from './entities.ts'
