export { sportelloEndpoints } from './routes.ts'
export { fasiPratica, flussi } from './schema.ts'
export type { AccessoDto, FasePratica, Flusso, PraticaDto, ProfiloDto, RigaPraticaDto } from './schema.ts'
