export { fascicoliEntities } from './entities.ts'
