export { protocolloEntities } from './entities.ts'
