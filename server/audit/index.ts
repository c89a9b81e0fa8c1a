export { auditEndpoints } from './routes.ts'
export type { EventoDto, VerificaRegistro } from './schema.ts'
