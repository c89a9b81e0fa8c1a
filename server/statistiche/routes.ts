import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { filtriStatistica, grafici, statisticaDto } from './schema.ts'
import { exportStatistica, readStatistica } from './service.ts'

const params = z.object({ ente: z.string(), grafico: z.enum(grafici, 'Questa statistica non esiste.') })

/** Statistics of the register (TUDA art. 65). */
export const statisticheEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/statistiche/:grafico',
    permission: 'statistiche.leggi',
    summary: 'Una statistica del protocollo per periodo e ufficio',
    params,
    query: filtriStatistica,
    response: statisticaDto,
    handler: async (scope, { params: p, query }) => await readStatistica(scope, p.grafico, query),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/statistiche/:grafico/csv',
    permission: 'statistiche.leggi',
    summary: 'La stessa statistica come file CSV',
    params,
    query: filtriStatistica,
    response: 'file',
    handler: async (scope, { params: p, query }) => await exportStatistica(scope, p.grafico, query),
  }),
]
