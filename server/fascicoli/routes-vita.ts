import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { altroFascicolo, movimentoDto } from './schema-contorno.ts'
import { apertoPerErrore, decisioneTrasferimento, nuovoTrasferimento, riapertura, soloMotivo } from './schema-vita.ts'
import { fascicoloDto } from './schema.ts'
import { presentFascicoloById } from './service/read.ts'
import { closeAsError, reopenFascicolo, suspendFascicolo } from './service/stato.ts'
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

/** What happens to a fascicolo while it lives. */
export const vitaEndpoints: readonly Endpoint[] = [...stati, ...trasferimenti]
