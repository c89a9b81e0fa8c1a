import type { Endpoint } from '../kernel/endpoint.ts'
import { storicoEndpoints } from './routes.ts'
import { serieEndpoints } from './routes-serie.ts'

export { importazioniEntities } from './entities.ts'
export { importazioniJobs } from './jobs.ts'
export { rigaStoricaDto } from './schema.ts'
export type { FiltriStorico, RigaStoricaDto } from './schema.ts'
export { readStoriche } from './service/consulta.ts'

/** Endpoints of mass registration and past registers. */
export const importazioniEndpoints: readonly Endpoint[] = [...serieEndpoints, ...storicoEndpoints]
