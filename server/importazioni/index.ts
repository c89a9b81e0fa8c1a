import type { EntitySchema } from '@mikro-orm/core'
import type { Endpoint } from '../kernel/endpoint.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'

/** Mass registration and existing registers: endpoints, tables and jobs. */
export const importazioniEndpoints: readonly Endpoint[] = []
export const importazioniEntities: readonly EntitySchema[] = []
export const importazioniJobs: readonly JobDefinition[] = []
