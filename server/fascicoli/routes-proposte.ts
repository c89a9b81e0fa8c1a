import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { accettazioneProposta, filtriProposte, nuovaProposta, propostaAperturaDto } from './schema-proposte.ts'
import { soloMotivo } from './schema-vita.ts'
import { fascicoloDto } from './schema.ts'
import { acceptProposta, listProposte, proposeFascicolo, readProposta, refuseProposta } from './service/proposte.ts'
import { presentFascicoloById } from './service/read.ts'

const ente = z.string()
const byProposta = z.object({ ente, propostaId: z.uuid() })
const path = '/api/v1/:ente/fascicoli/proposte-apertura'

/** Fascicoli proposed to who may open them (REQ-FASC-010). */
export const proposteEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path,
    permission: 'fascicoli.leggi',
    summary: 'I fascicoli proposti: i tuoi e quelli che spetta a te aprire',
    params: z.object({ ente }),
    query: filtriProposte,
    response: z.array(propostaAperturaDto),
    handler: async (scope, { query }) => await listProposte(scope, query.stato),
  }),
  endpoint({
    method: 'POST',
    path,
    permission: 'fascicoli.lavora',
    summary: 'Proponi al responsabile di un ufficio di aprire un fascicolo',
    params: z.object({ ente }),
    body: nuovaProposta,
    response: propostaAperturaDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { body, idempotencyKey }) => await readProposta(scope, await proposeFascicolo(scope, body, idempotencyKey)),
  }),
  endpoint({
    method: 'GET',
    path: `${path}/:propostaId`,
    permission: 'fascicoli.leggi',
    summary: 'Un fascicolo proposto',
    params: byProposta,
    response: propostaAperturaDto,
    handler: async (scope, { params }) => await readProposta(scope, params.propostaId),
  }),
  endpoint({
    method: 'POST',
    path: `${path}/:propostaId/accettazione`,
    permission: 'fascicoli.apri',
    summary: 'Apri il fascicolo proposto, con ciò che il responsabile decide',
    params: byProposta,
    body: accettazioneProposta,
    response: fascicoloDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { params, body, idempotencyKey }) =>
      await presentFascicoloById(scope, await acceptProposta(scope, params.propostaId, body, idempotencyKey)),
  }),
  endpoint({
    method: 'POST',
    path: `${path}/:propostaId/rifiuto`,
    permission: 'fascicoli.lavora',
    summary: 'Respingi un fascicolo proposto o ritira la tua proposta, con il motivo',
    params: byProposta,
    body: soloMotivo,
    response: propostaAperturaDto,
    handler: async (scope, { params, body }) => {
      await refuseProposta(scope, params.propostaId, body.motivo)
      return await readProposta(scope, params.propostaId)
    },
  }),
]
