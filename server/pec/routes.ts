import { z } from 'zod'
import { recordFact } from '../kernel/audit.ts'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { registrazioneDto } from '../protocollo/index.ts'
import { presentCasella } from './presenter.ts'
import { listCaselle } from './repository.ts'
import { casellaDto, dettaglioMessaggioDto, filtriMessaggi, registrazioneMessaggioIn, rigaMessaggioDto, scartoIn } from './schema.ts'
import {
  excludeMessaggio,
  ingestCaselle,
  lockForWork,
  openParte,
  readCoda,
  readMessaggio,
  restoreMessaggio,
  unlock,
} from './service/queue.ts'
import { registerMessaggio } from './service/register.ts'

const ente = z.string()
const byId = z.object({ ente, id: z.uuid() })

const readEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/messaggi',
    permission: 'messaggi.leggi',
    summary: 'La coda dei messaggi, dal più vecchio',
    params: z.object({ ente }),
    query: filtriMessaggi,
    response: z.object({ elementi: z.array(rigaMessaggioDto), totale: z.number() }),
    handler: async (scope, { query }) => await readCoda(scope, query.vista, query.pagina, query.perPagina),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/messaggi/:id',
    permission: 'messaggi.leggi',
    summary: 'Un messaggio con verifica, parti e proposta di registrazione',
    params: byId,
    response: dettaglioMessaggioDto,
    handler: async (scope, { params }) => await readMessaggio(scope, params.id),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/messaggi/:id/parti/:contenutoId/file',
    permission: 'messaggi.leggi',
    summary: 'Una parte del messaggio come ricevuta',
    params: byId.extend({ contenutoId: z.uuid() }),
    query: z.object({ inline: z.literal('1').optional() }),
    response: 'file',
    handler: async (scope, { params }, ports) => await openParte(scope, params.id, params.contenutoId, ports.store),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/caselle',
    permission: 'messaggi.leggi',
    summary: 'Le caselle dell’ente e il loro stato',
    params: z.object({ ente }),
    response: z.array(casellaDto),
    handler: async (scope) => (await listCaselle(scope)).map(presentCasella),
  }),
]

const workEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/messaggi/:id/blocco',
    permission: 'messaggi.lavora',
    summary: 'Prende il messaggio in lavorazione per dieci minuti',
    params: byId,
    response: 'nothing',
    handler: async (scope, { params }) => await lockForWork(scope, params.id),
  }),
  endpoint({
    method: 'DELETE',
    path: '/api/v1/:ente/messaggi/:id/blocco',
    permission: 'messaggi.lavora',
    summary: 'Rilascia il messaggio',
    params: byId,
    response: 'nothing',
    handler: async (scope, { params }) => await unlock(scope, params.id),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/messaggi/:id/scarto',
    permission: 'messaggi.lavora',
    summary: 'Esclude un messaggio dalla registrazione (art. 53 c. 5)',
    params: byId,
    body: scartoIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await excludeMessaggio(scope, params.id, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/messaggi/:id/ripristino',
    permission: 'messaggi.lavora',
    summary: 'Riporta in coda un messaggio escluso',
    params: byId,
    response: 'nothing',
    handler: async (scope, { params }) => await restoreMessaggio(scope, params.id),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/messaggi/:id/registrazione',
    permission: 'protocollo.registra',
    summary: 'Registra il messaggio in entrata',
    params: byId,
    body: registrazioneMessaggioIn,
    response: registrazioneDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { params, body, idempotencyKey }) => await registerMessaggio(scope, params.id, body, idempotencyKey),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/caselle/controllo',
    permission: 'messaggi.lavora',
    summary: 'Legge subito le caselle',
    params: z.object({ ente }),
    response: z.object({ nuovi: z.number(), doppi: z.number(), quarantena: z.number(), errori: z.number() }),
    handler: async (scope, _input, ports) => {
      await recordFact(scope, { azione: 'caselle-controllate', oggettoTipo: 'ente', oggettoId: scope.ente.id })
      return await ingestCaselle(scope, ports)
    },
  }),
]

/** Endpoints of the message queue. */
export const pecEndpoints: readonly Endpoint[] = [...readEndpoints, ...workEndpoints]
