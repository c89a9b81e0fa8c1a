import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { cambioEndpoints } from './routes-cambio.ts'
import { contenutoEndpoints } from './routes-contenuto.ts'
import { impostazioniEndpoints } from './routes-impostazioni.ts'
import { proposteEndpoints } from './routes-proposte.ts'
import { createVitaEndpoints } from './routes-vita.ts'
import {
  cambioArea,
  cambioVisibilita,
  chiusura,
  fascicoloDto,
  filtriFascicoli,
  nuovoDocumentoFascicolo,
  nuovoFascicolo,
  propostaDto,
  rigaFascicoloDto,
  verificaChiusuraDto,
} from './schema.ts'
import { closeFascicolo, verifyChiusura } from './service/close.ts'
import type { ControlloChiusura } from './service/close.ts'
import { changeArea, changeVisibilita, fileDocumento } from './service/file.ts'
import type { TrovaDocumento } from './service/file.ts'
import { openFascicolo } from './service/open.ts'
import { listFascicoli, openFileNonRegistrato, presentFascicoloById, proposeFascicoli, readFascicolo } from './service/read.ts'

const ente = z.string()
/** A fascicolo by id or by slug. */
const byId = z.object({ ente, id: z.string().max(60) })

const readEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/fascicoli',
    permission: 'fascicoli.leggi',
    summary: 'I fascicoli, dall’ultimo aperto',
    params: z.object({ ente }),
    query: filtriFascicoli,
    response: z.object({ elementi: z.array(rigaFascicoloDto), totale: z.number() }),
    handler: async (scope, { query }) => await listFascicoli(scope, query),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/fascicoli/proposte',
    permission: 'fascicoli.leggi',
    summary: 'I fascicoli aperti più adatti a un documento, con il motivo',
    params: z.object({ ente }),
    query: z.object({ documentoId: z.uuid('Scegli il documento.') }),
    response: z.array(propostaDto),
    handler: async (scope, { query }) => await proposeFascicoli(scope, query.documentoId),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/fascicoli/:id',
    permission: 'fascicoli.leggi',
    summary: 'Un fascicolo',
    params: byId,
    response: fascicoloDto,
    handler: async (scope, { params }) => await readFascicolo(scope, params.id),
  }),
]

const workEndpoints = (altri: readonly TrovaDocumento[]): readonly Endpoint[] => [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli',
    permission: 'fascicoli.apri',
    summary: 'Apri un fascicolo',
    params: z.object({ ente }),
    body: nuovoFascicolo,
    response: fascicoloDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { body, idempotencyKey }) =>
      await presentFascicoloById(scope, (await openFascicolo(scope, body, idempotencyKey)).id),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/documenti',
    permission: 'fascicoli.lavora',
    summary: 'Inserisci un documento nel fascicolo',
    params: byId,
    body: nuovoDocumentoFascicolo,
    response: fascicoloDto,
    handler: async (scope, { params, body }) => {
      await fileDocumento(scope, params.id, body, altri)
      return await presentFascicoloById(scope, params.id)
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/fascicoli/:id/documenti/:documentoId/file/:fileId',
    permission: 'documenti.leggi',
    summary: 'Un file di un documento del fascicolo che non è protocollato',
    params: byId.extend({ documentoId: z.uuid(), fileId: z.uuid() }),
    query: z.object({ inline: z.literal('1').optional() }),
    response: 'file',
    handler: async (scope, { params }, ports) =>
      await openFileNonRegistrato(scope, params.id, params.documentoId, params.fileId, ports.store),
  }),
  endpoint({
    method: 'PATCH',
    path: '/api/v1/:ente/fascicoli/:id/documenti/:documentoId',
    permission: 'fascicoli.lavora',
    summary: 'Cambia l’area di un documento, con il motivo',
    params: byId.extend({ documentoId: z.uuid() }),
    body: cambioArea,
    response: fascicoloDto,
    handler: async (scope, { params, body }) => {
      await changeArea(scope, params.id, params.documentoId, body)
      return await presentFascicoloById(scope, params.id)
    },
  }),
  endpoint({
    method: 'PATCH',
    path: '/api/v1/:ente/fascicoli/:id/visibilita',
    permission: 'fascicoli.lavora',
    summary: 'Apri o chiudi il fascicolo al cittadino, con il motivo',
    params: byId,
    body: cambioVisibilita,
    response: fascicoloDto,
    handler: async (scope, { params, body }) => {
      await changeVisibilita(scope, params.id, body)
      return await presentFascicoloById(scope, params.id)
    },
  }),
]

const closingEndpoints = (controlli: readonly ControlloChiusura[]): readonly Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/fascicoli/:id/verifica-chiusura',
    permission: 'fascicoli.leggi',
    summary: 'Che cosa impedisce di chiudere il fascicolo',
    params: byId,
    response: verificaChiusuraDto,
    handler: async (scope, { params }) => await verifyChiusura(scope, params.id, controlli),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/chiusura',
    permission: 'fascicoli.chiudi',
    summary: 'Chiudi il fascicolo',
    params: byId,
    body: chiusura,
    response: fascicoloDto,
    handler: async (scope, { params, body }) => await presentFascicoloById(scope, await closeFascicolo(scope, params.id, body, controlli)),
  }),
]

/** Endpoints of the fascicoli; `controlli` are the closing checks that other rooms add, `altri` how they answer for documents of their own registers. */
export function createFascicoliEndpoints(
  controlli: readonly ControlloChiusura[],
  altri: readonly TrovaDocumento[] = [],
): readonly Endpoint[] {
  return [
    ...proposteEndpoints,
    ...impostazioniEndpoints,
    ...readEndpoints,
    ...workEndpoints(altri),
    ...contenutoEndpoints,
    ...closingEndpoints(controlli),
    ...cambioEndpoints(controlli),
    ...createVitaEndpoints(controlli),
  ]
}
