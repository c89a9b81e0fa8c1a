import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { domandaSuggerimenti, misuraDto, nuovaRegola, provaRegolaDto, regolaDto, suggerimentiDto } from './schema.ts'
import { addRegola, closeRegola, listRegole, readMisura, suggest, tryRegola } from './service.ts'

const params = z.object({ ente: z.string() })

/** Proposals of classe and office with their reason, the rules behind them and how often they are right (REQ-TIT-025). */
export const suggerimentiEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/suggerimenti',
    permission: 'protocollo.registra',
    summary: 'Classe e ufficio proposti per un documento, con il motivo',
    params,
    query: domandaSuggerimenti,
    response: suggerimentiDto,
    handler: async (scope, { query }) => await suggest(scope, query),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/suggerimenti/misura',
    permission: 'titolario.leggi',
    summary: 'Quante volte la scelta era tra le proposte',
    params,
    response: misuraDto,
    handler: async (scope) => await readMisura(scope),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/regole-smistamento',
    permission: 'titolario.leggi',
    summary: 'Le regole di smistamento in vigore',
    params,
    response: z.array(regolaDto),
    handler: async (scope) => await listRegole(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/regole-smistamento',
    permission: 'titolario.gestisci',
    summary: 'Aggiunge una regola di smistamento',
    params,
    body: nuovaRegola,
    response: z.object({ id: z.uuid() }),
    status: 201,
    handler: async (scope, { body }) => ({ id: await addRegola(scope, body) }),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/regole-smistamento/prova',
    permission: 'titolario.gestisci',
    summary: 'Prova una regola sugli ultimi documenti, senza aggiungerla',
    params,
    body: nuovaRegola,
    response: provaRegolaDto,
    handler: async (scope, { body }) => await tryRegola(scope, body),
  }),
  endpoint({
    method: 'DELETE',
    path: '/api/v1/:ente/regole-smistamento/:id',
    permission: 'titolario.gestisci',
    summary: 'Toglie una regola di smistamento',
    params: z.object({ ente: z.string(), id: z.uuid() }),
    response: 'nothing',
    handler: async (scope, { params: p }) => await closeRegola(scope, p.id),
  }),
]
