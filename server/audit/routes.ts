import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { eventoDto, filtriTraccia, verificaRegistroDto } from './schema.ts'
import { readStoriaFascicolo, readStoriaRegistrazione, readTraccia, verifyRegistri } from './service.ts'

const ente = z.string()

/** Reading the trail; writing it is the kernel's. */
export const auditEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni/:id/storia',
    permission: 'protocollo.leggi',
    summary: 'La storia di una registrazione, con valori prima e dopo',
    params: z.object({ ente, id: z.uuid() }),
    response: z.array(eventoDto),
    handler: async (scope, { params }) => await readStoriaRegistrazione(scope, params.id),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/fascicoli/:id/storia',
    permission: 'fascicoli.leggi',
    summary: 'La storia di un fascicolo',
    params: z.object({ ente, id: z.string().max(60) }),
    response: z.array(eventoDto),
    handler: async (scope, { params }) => await readStoriaFascicolo(scope, params.id),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/traccia',
    permission: 'audit.leggi',
    summary: 'La traccia delle operazioni, per quanto il tuo profilo può leggere',
    params: z.object({ ente }),
    query: filtriTraccia,
    response: z.object({ elementi: z.array(eventoDto), totale: z.number() }),
    handler: async (scope, { query }) => await readTraccia(scope, query),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/traccia/verifica',
    permission: 'audit.leggi',
    summary: 'La verifica della catena di ogni registro',
    params: z.object({ ente }),
    response: z.array(verificaRegistroDto),
    handler: async (scope) => await verifyRegistri(scope),
  }),
]
