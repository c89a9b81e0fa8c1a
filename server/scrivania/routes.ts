import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { scrivaniaDto } from './schema.ts'
import { readScrivania } from './service.ts'

/** The desk: one call for all its blocks. */
export const scrivaniaEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/scrivania',
    permission: 'scrivania.leggi',
    summary: 'Che cosa devo fare adesso',
    params: z.object({ ente: z.string() }),
    response: scrivaniaDto,
    handler: async (scope) => await readScrivania(scope),
  }),
]
