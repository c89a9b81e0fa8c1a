export { identitaEntities } from './entities.ts'
