import { z } from 'zod'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { runEsportazione } from './esportazione/servizio.ts'
import { indexRegistrazione } from './indice.ts'

/** Puts a registration in the index with the words of its files, and again after each change: repeating it changes nothing. */
const index = defineJob({
  type: 'ricerca.index',
  payload: z.object({ id: z.uuid() }),
  maxAttempts: 12,
  handler: async (scope, { id }, ports) => await indexRegistrazione(scope, id, ports.store, ports.motoreRicerca),
})

/** Writes an export that a person asked for. */
const esporta = defineJob({
  type: 'ricerca.esporta',
  payload: z.object({ id: z.uuid() }),
  maxAttempts: 3,
  handler: async (scope, { id }, ports) => await runEsportazione(scope, id, ports.store, ports.stampa),
})

export const indiceJobs: readonly JobDefinition[] = [index, esporta]
