import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { altroFascicolo, movimentoDto } from './schema-contorno.ts'
import {
  apertoPerErrore,
  consegnaTrasmissione,
  decisioneTrasferimento,
  nuovaTrasmissione,
  nuovoTrasferimento,
  riapertura,
  riscontroTrasmissione,
  soloMotivo,
} from './schema-vita.ts'
import { fascicoloDto } from './schema.ts'
import { presentFascicoloById } from './service/read.ts'
import { closeAsError, reopenFascicolo, suspendFascicolo } from './service/stato.ts'
import type { ControlloChiusura } from './service/close.ts'
import { abandonTrasmissione, answerTrasmissione, deliverTrasmissione, openPacchetto, requestTrasmissione } from './service/trasmetti.ts'
import { decideTrasferimento, listTrasferimenti, requestTrasferimento } from './service/trasferisci.ts'

const ente = z.string()
/** A fascicolo by id or by slug. */
const byId = z.object({ ente, id: z.string().max(60) })

const stati: readonly Endpoint[] = [
  ...(['sospensione', 'ripresa'] as const).map((atto) =>
    endpoint({
      method: 'POST',
      path: `/api/v1/:ente/fascicoli/:id/${atto}`,
      permission: 'fascicoli.chiudi',
      summary: atto === 'sospensione' ? 'Sospendi il fascicolo, con il motivo' : 'Riprendi il fascicolo sospeso, con il motivo',
      params: byId,
      body: soloMotivo,
      response: fascicoloDto,
      handler: async (scope, { params, body }) => {
        await suspendFascicolo(scope, params.id, body.motivo, atto === 'sospensione')
        return await presentFascicoloById(scope, params.id)
      },
    }),
  ),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/riapertura',
    permission: 'fascicoli.chiudi',
    summary: 'Riapri un fascicolo chiuso, con il motivo: resta annotato nel repertorio',
    params: byId,
    body: riapertura,
    response: fascicoloDto,
    handler: async (scope, { params, body }) => {
      await reopenFascicolo(scope, params.id, body)
      return await presentFascicoloById(scope, params.id)
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/errore-di-apertura',
    permission: 'fascicoli.chiudi',
    summary: 'Chiudi un fascicolo aperto per errore, spostando i documenti con traccia',
    params: byId,
    body: apertoPerErrore,
    response: fascicoloDto,
    handler: async (scope, { params, body }) => {
      await closeAsError(scope, params.id, body)
      return await presentFascicoloById(scope, params.id)
    },
  }),
]

const trasferimenti: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/fascicoli/trasferimenti',
    permission: 'fascicoli.leggi',
    summary: 'I fascicoli che altri uffici vogliono passare ai tuoi',
    params: z.object({ ente }),
    response: z.array(movimentoDto.extend({ fascicolo: altroFascicolo })),
    handler: async (scope) => await listTrasferimenti(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/trasferimenti',
    permission: 'fascicoli.chiudi',
    summary: 'Chiedi a un altro ufficio di prendere il fascicolo',
    params: byId,
    body: nuovoTrasferimento,
    response: fascicoloDto,
    status: 201,
    handler: async (scope, { params, body }) => {
      await requestTrasferimento(scope, params.id, body)
      return await presentFascicoloById(scope, params.id)
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/trasferimenti/:movimentoId/decisione',
    permission: 'fascicoli.apri',
    summary: 'Accetta o rifiuta un fascicolo che un altro ufficio vuole passarti',
    params: byId.extend({ movimentoId: z.uuid() }),
    body: decisioneTrasferimento,
    response: 'nothing',
    handler: async (scope, { params, body }) => await decideTrasferimento(scope, params.id, params.movimentoId, body),
  }),
]

const byMovimento = byId.extend({ movimentoId: z.uuid() })

const trasmissioni = (controlli: readonly ControlloChiusura[]): readonly Endpoint[] => [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/trasmissioni',
    permission: 'fascicoli.chiudi',
    summary: 'Prepara il pacchetto del fascicolo per consegnarlo a un’altra amministrazione',
    params: byId,
    body: nuovaTrasmissione,
    response: fascicoloDto,
    status: 202,
    idempotent: true,
    handler: async (scope, { params, body, idempotencyKey }) => {
      await requestTrasmissione(scope, params.id, body, idempotencyKey)
      return await presentFascicoloById(scope, params.id)
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/fascicoli/:id/trasmissioni/:movimentoId/pacchetto',
    permission: 'fascicoli.chiudi',
    summary: 'Il pacchetto di un fascicolo da consegnare a un’altra amministrazione',
    params: byMovimento,
    response: 'file',
    handler: async (scope, { params }, ports) => await openPacchetto(scope, params.id, params.movimentoId, ports.store),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/trasmissioni/:movimentoId/consegna',
    permission: 'fascicoli.chiudi',
    summary: 'Registra la consegna del pacchetto e decidi se il fascicolo qui si chiude o continua',
    params: byMovimento,
    body: consegnaTrasmissione,
    response: fascicoloDto,
    handler: async (scope, { params, body }) => {
      await deliverTrasmissione(scope, params.id, params.movimentoId, body, controlli)
      return await presentFascicoloById(scope, params.id)
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/trasmissioni/:movimentoId/riscontro',
    permission: 'fascicoli.chiudi',
    summary: 'Registra la risposta dell’altra amministrazione: accettato o rifiutato',
    params: byMovimento,
    body: riscontroTrasmissione,
    response: fascicoloDto,
    handler: async (scope, { params, body }) => {
      await answerTrasmissione(scope, params.id, params.movimentoId, body)
      return await presentFascicoloById(scope, params.id)
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/trasmissioni/:movimentoId/rinuncia',
    permission: 'fascicoli.chiudi',
    summary: 'Rinuncia a una consegna non ancora avvenuta, con il motivo',
    params: byMovimento,
    body: soloMotivo,
    response: fascicoloDto,
    handler: async (scope, { params, body }) => {
      await abandonTrasmissione(scope, params.id, params.movimentoId, body.motivo)
      return await presentFascicoloById(scope, params.id)
    },
  }),
]

/** What happens to a fascicolo while it lives; `controlli` are those of its closing. */
export function createVitaEndpoints(controlli: readonly ControlloChiusura[]): readonly Endpoint[] {
  return [...stati, ...trasferimenti, ...trasmissioni(controlli)]
}
