import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import {
  byId,
  censitoDto,
  daVersareDto,
  elencoDto,
  filtriDaVersare,
  nuovoCensimento,
  nuovoElenco,
  nuovoPassaggioStorico,
  nuovoPrelievo,
  prelievoDto,
  rifiutoPrelievo,
  soloEnte,
  soloNota,
  storicaDto,
} from './schema.ts'
import { recordCartaceoConcluso } from './service/censisci.ts'
import { listDaVersare, listStorica, passToDeposito, passToStorico } from './service/deposito.ts'
import { listElenchi, openElenco, readElenco } from './service/elenchi.ts'
import { handOver, listPrelievi, refusePrelievo, requestPrelievo, takeBack } from './service/prelievi.ts'

const passaggi: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/archivio/da-versare',
    permission: 'archivio.gestisci',
    summary: 'I fascicoli conclusi e le serie chiuse che aspettano di passare all’archivio di deposito',
    params: soloEnte,
    query: filtriDaVersare,
    response: daVersareDto,
    handler: async (scope, { query }) => await listDaVersare(scope, query.conclusiEntro ?? null),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/archivio/elenchi',
    permission: 'archivio.gestisci',
    summary: 'Gli elenchi di versamento in archivio di deposito e della sezione storica',
    params: soloEnte,
    response: z.array(elencoDto),
    handler: async (scope) => await listElenchi(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/archivio/elenchi',
    permission: 'archivio.gestisci',
    summary: 'Passa fascicoli e serie all’archivio di deposito, con il loro elenco',
    params: soloEnte,
    body: nuovoElenco,
    response: elencoDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { body, idempotencyKey }) => await readElenco(scope, await passToDeposito(scope, body, idempotencyKey)),
  }),
  ...(['csv', 'pdf'] as const).map((formato) =>
    endpoint({
      method: 'GET',
      path: `/api/v1/:ente/archivio/elenchi/:id/elenco.${formato}`,
      permission: 'archivio.gestisci',
      summary: formato === 'csv' ? 'Un elenco come è stato congelato' : 'Un elenco da stampare',
      params: byId,
      response: 'file',
      handler: async (scope, { params }, ports) => await openElenco(scope, params.id, formato, ports.stampa),
    }),
  ),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/archivio/storica',
    permission: 'archivio.gestisci',
    summary: 'La sezione storica e i fascicoli che possono passarvi',
    params: soloEnte,
    response: storicaDto,
    handler: async (scope) => await listStorica(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/archivio/storica',
    permission: 'archivio.gestisci',
    summary: 'Passa alla sezione storica i fascicoli permanenti conclusi da oltre quarant’anni, con il loro elenco',
    params: soloEnte,
    body: nuovoPassaggioStorico,
    response: elencoDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { body, idempotencyKey }) => await readElenco(scope, await passToStorico(scope, body, idempotencyKey)),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/archivio/censimento',
    permission: 'archivio.gestisci',
    summary: 'Censisci un fascicolo cartaceo concluso prima del sistema',
    params: soloEnte,
    body: nuovoCensimento,
    response: censitoDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { body, idempotencyKey }) => await recordCartaceoConcluso(scope, body, idempotencyKey),
  }),
]

const prelievi: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/archivio/prelievi',
    permission: 'fascicoli.leggi',
    summary: 'I prelievi dall’archivio, chi ha in mano i fascicoli e da quando',
    params: soloEnte,
    response: z.array(prelievoDto),
    handler: async (scope) => await listPrelievi(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/archivio/prelievi',
    permission: 'fascicoli.lavora',
    summary: 'Chiedi di prelevare un fascicolo dall’archivio, con il motivo e il giorno in cui torna',
    params: soloEnte,
    body: nuovoPrelievo,
    response: z.object({ id: z.uuid() }),
    status: 201,
    handler: async (scope, { body }) => ({ id: await requestPrelievo(scope, body) }),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/archivio/prelievi/:id/consegna',
    permission: 'archivio.gestisci',
    summary: 'Consegna il fascicolo a chi lo ha chiesto',
    params: byId,
    body: soloNota,
    response: 'nothing',
    handler: async (scope, { params, body }) => await handOver(scope, params.id, body.nota),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/archivio/prelievi/:id/rifiuto',
    permission: 'archivio.gestisci',
    summary: 'Rifiuta il prelievo, con il motivo',
    params: byId,
    body: rifiutoPrelievo,
    response: 'nothing',
    handler: async (scope, { params, body }) => await refusePrelievo(scope, params.id, body.nota),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/archivio/prelievi/:id/restituzione',
    permission: 'archivio.gestisci',
    summary: 'Annota che il fascicolo è tornato in archivio',
    params: byId,
    body: soloNota,
    response: 'nothing',
    handler: async (scope, { params, body }) => await takeBack(scope, params.id, body.nota),
  }),
]

/** Deposit archive, historical section, withdrawals. */
export const depositoEndpoints: readonly Endpoint[] = [...passaggi, ...prelievi]
