import type { Endpoint } from '../kernel/endpoint.ts'

export { registroEntities } from './entities.ts'
export type { Passo as PassoRegistro } from './repository/elenco.ts'
export { findRegistroDaVersare, recordPassoWithin } from './service/versa.ts'
export type { RegistroDaVersare } from './service/versa.ts'
export { registroJobs } from './jobs.ts'

/** Daily register: endpoints. */
export const registroEndpoints: readonly Endpoint[] = []
