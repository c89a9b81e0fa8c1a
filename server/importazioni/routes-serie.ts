import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { serieConRigheDto, serieDto, serieIn, verificaSerieDto } from './schema.ts'
import { checkSerie, listSerie, moveSerie, readSerie, startSerie } from './service/serie.ts'

const ente = z.string()
const byId = z.object({ ente, id: z.uuid() })

/** Endpoints of the mass registration: dry run, confirmation, progress. */
export const serieEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/serie/verifica',
    permission: 'protocollo.registra',
    summary: 'Controlla una registrazione in serie, riga per riga, senza scrivere nulla',
    params: z.object({ ente }),
    body: serieIn,
    response: verificaSerieDto,
    handler: async (scope, { body }) => await checkSerie(scope, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/serie',
    permission: 'protocollo.registra',
    summary: 'Registra in serie: un numero per ogni riga',
    params: z.object({ ente }),
    body: serieIn,
    response: serieConRigheDto,
    status: 202,
    idempotent: true,
    handler: async (scope, { body, idempotencyKey }) => await startSerie(scope, body, idempotencyKey),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/serie',
    permission: 'protocollo.registra',
    summary: 'Le tue registrazioni in serie',
    params: z.object({ ente }),
    response: z.array(serieDto),
    handler: async (scope) => await listSerie(scope),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/serie/:id',
    permission: 'protocollo.registra',
    summary: 'Una registrazione in serie con le sue righe',
    params: byId,
    response: serieConRigheDto,
    handler: async (scope, { params }) => await readSerie(scope, params.id),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/serie/:id/interruzione',
    permission: 'protocollo.registra',
    summary: 'Interrompi una registrazione in serie',
    params: byId,
    response: serieConRigheDto,
    handler: async (scope, { params }) => await moveSerie(scope, params.id, 'INTERROTTA'),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/serie/:id/ripresa',
    permission: 'protocollo.registra',
    summary: 'Riprendi una registrazione in serie interrotta',
    params: byId,
    response: serieConRigheDto,
    handler: async (scope, { params }) => await moveSerie(scope, params.id, 'IN_CORSO'),
  }),
]
