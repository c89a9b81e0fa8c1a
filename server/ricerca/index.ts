import type { EntitySchema } from '@mikro-orm/core'
import type { Endpoint } from '../kernel/endpoint.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { ricercaTables } from './entities.ts'
import { indiceJobs } from './jobs.ts'
import { lavoriEndpoints } from './lavori.ts'
import { cercaEndpoints, salvateEndpoints } from './routes.ts'

/** Search: endpoints, tables and jobs. */
export const ricercaEndpoints: readonly Endpoint[] = [...cercaEndpoints, ...salvateEndpoints, ...lavoriEndpoints]
export const ricercaEntities: readonly EntitySchema[] = ricercaTables as unknown as EntitySchema[]
export const ricercaJobs: readonly JobDefinition[] = indiceJobs
export { createMotorePostgres } from './motore.ts'
export { indexRegistrazione } from './indice.ts'
