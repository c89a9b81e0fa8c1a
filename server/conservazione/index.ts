export { conservazioneEntities } from './entities.ts'
