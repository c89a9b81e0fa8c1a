import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { filtriVersamenti, versamentoDto } from './schema.ts'
import { openIndice, openPacchetto, openRapporto, readVersamenti, readVersamento, retryVersamento, sendRegistro } from './service/read.ts'

const ente = z.string()
const byId = z.object({ ente, id: z.uuid() })

/** Transfers to the conservatore: states and proofs for who may see them, content and repetition for the produttore. */
export const conservazioneEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/versamenti',
    permission: 'conservazione.leggi',
    summary: 'I versamenti in conservazione, dal più recente',
    params: z.object({ ente }),
    query: filtriVersamenti,
    response: z.object({ elementi: z.array(versamentoDto), totale: z.number() }),
    handler: async (scope, { query }) => await readVersamenti(scope, query),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/versamenti/:id',
    permission: 'conservazione.leggi',
    summary: 'Un versamento con stato, impronte e rapporto',
    params: byId,
    response: versamentoDto,
    handler: async (scope, { params }) => await readVersamento(scope, params.id),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/versamenti/:id/pacchetto',
    permission: 'conservazione.versa',
    summary: 'Il pacchetto di versamento (ZIP)',
    params: byId,
    response: 'file',
    handler: async (scope, { params }, ports) => await openPacchetto(scope, params.id, ports.store),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/versamenti/:id/indice.xml',
    permission: 'conservazione.leggi',
    summary: 'L’indice del pacchetto (UNI 11386)',
    params: byId,
    response: 'file',
    handler: async (scope, { params }, ports) => await openIndice(scope, params.id, ports.store),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/versamenti/:id/rapporto.xml',
    permission: 'conservazione.leggi',
    summary: 'Il rapporto di versamento, come ricevuto',
    params: byId,
    response: 'file',
    handler: async (scope, { params }, ports) => await openRapporto(scope, params.id, ports.store),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/versamenti/:id/trasmissione',
    permission: 'conservazione.versa',
    summary: 'Riprendi il versamento da dove si è fermato',
    params: byId,
    response: versamentoDto,
    handler: async (scope, { params }) => await retryVersamento(scope, params.id),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/registri-giornalieri/:id/versamento',
    permission: 'conservazione.versa',
    summary: 'Invia o reinvia in conservazione un registro giornaliero, identico',
    params: byId,
    response: versamentoDto,
    handler: async (scope, { params }) => await sendRegistro(scope, params.id),
  }),
]
