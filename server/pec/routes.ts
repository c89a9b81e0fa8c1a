import { z } from 'zod'
import { recordFact } from '../kernel/audit.ts'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { registrazioneDto } from '../protocollo/index.ts'
import { presentCasella } from './presenter.ts'
import { listCaselle } from './repository.ts'
import { scelteNonCompetenza } from './rules.ts'
import {
  casellaDto,
  conteggiMessaggiDto,
  dettaglioMessaggioDto,
  esclusioniDto,
  esitoGruppoDto,
  filtriMessaggi,
  nonCompetenzaIn,
  nuovoTipoEsclusione,
  passaggioGruppoIn,
  passaggioIn,
  regolaArrivoIn,
  registrazioneMessaggioIn,
  rigaMessaggioDto,
  scartoGruppoIn,
  scartoIn,
  unioneIn,
} from './schema.ts'
import {
  declareNonCompetenza,
  excludeGruppo,
  excludeMessaggio,
  passGruppo,
  passMessaggio,
  restoreMessaggio,
  uniteMessaggio,
} from './service/decide.ts'
import { addTipoEsclusione, changeRegola, closeTipoEsclusione, readEsclusioni } from './service/esclusioni.ts'
import { ingestCaselle, lockForWork, openParte, readCoda, readConteggi, readMessaggio, unlock } from './service/queue.ts'
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
    path: '/api/v1/:ente/messaggi/conteggi',
    permission: 'messaggi.leggi',
    summary: 'Quanti messaggi ha ogni vista della coda',
    params: z.object({ ente }),
    response: conteggiMessaggiDto,
    handler: async (scope) => await readConteggi(scope),
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

const decisionEndpoints: readonly Endpoint[] = [
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
    path: '/api/v1/:ente/messaggi/scarto',
    permission: 'messaggi.lavora',
    summary: 'Esclude più messaggi sotto la stessa voce',
    params: z.object({ ente }),
    body: scartoGruppoIn,
    response: esitoGruppoDto,
    handler: async (scope, { body: { ids, ...input } }) => await excludeGruppo(scope, ids, input),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/messaggi/:id/unione',
    permission: 'messaggi.lavora',
    summary: 'Unisce il messaggio alla registrazione dello stesso documento, senza un nuovo numero',
    params: byId,
    body: unioneIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await uniteMessaggio(scope, params.id, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/messaggi/:id/non-competenza',
    permission: 'messaggi.lavora',
    summary: 'Dichiara che il messaggio era diretto a un’altra amministrazione',
    params: byId,
    body: nonCompetenzaIn,
    response: z.object({ scelta: z.enum(scelteNonCompetenza) }),
    handler: async (scope, { params, body }) => await declareNonCompetenza(scope, params.id, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/messaggi/:id/passaggio',
    permission: 'messaggi.lavora',
    summary: 'Passa il messaggio a un collega',
    params: byId,
    body: passaggioIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await passMessaggio(scope, params.id, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/messaggi/passaggio',
    permission: 'messaggi.lavora',
    summary: 'Passa più messaggi a un collega',
    params: z.object({ ente }),
    body: passaggioGruppoIn,
    response: esitoGruppoDto,
    handler: async (scope, { body: { ids, ...input } }) => await passGruppo(scope, ids, input),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/messaggi/:id/ripristino',
    permission: 'messaggi.lavora',
    summary: 'Riporta in coda un messaggio escluso, restituito o unito',
    params: byId,
    response: 'nothing',
    handler: async (scope, { params }) => await restoreMessaggio(scope, params.id),
  }),
]

const exclusionEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/esclusioni',
    permission: 'messaggi.leggi',
    summary: 'Le voci dell’art. 53 c. 5 con i tipi del manuale, e la regola per i documenti diretti ad altri',
    params: z.object({ ente }),
    response: esclusioniDto,
    handler: async (scope) => await readEsclusioni(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/esclusioni/tipi',
    permission: 'organizzazione.gestisci',
    summary: 'Aggiunge un tipo del manuale sotto una voce di legge',
    params: z.object({ ente }),
    body: nuovoTipoEsclusione,
    response: esclusioniDto,
    status: 201,
    handler: async (scope, { body }) => await addTipoEsclusione(scope, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/esclusioni/tipi/:id/chiusura',
    permission: 'organizzazione.gestisci',
    summary: 'Chiude un tipo del manuale',
    params: byId,
    response: esclusioniDto,
    handler: async (scope, { params }) => await closeTipoEsclusione(scope, params.id),
  }),
  endpoint({
    method: 'PUT',
    path: '/api/v1/:ente/esclusioni/regola',
    permission: 'organizzazione.gestisci',
    summary: 'Che cosa fare dei documenti diretti a un’altra amministrazione',
    params: z.object({ ente }),
    body: regolaArrivoIn,
    response: esclusioniDto,
    handler: async (scope, { body }) => await changeRegola(scope, body.nonCompetenza),
  }),
]

/** Endpoints of the message queue. */
export const pecEndpoints: readonly Endpoint[] = [...readEndpoints, ...workEndpoints, ...decisionEndpoints, ...exclusionEndpoints]
