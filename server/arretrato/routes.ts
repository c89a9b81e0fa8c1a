import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { correzioneCausa, filtriArretrato, riepilogoDto, rigaArretratoDto, sintesiArretratoDto, soglieArretrato } from './schema.ts'
import { correctCausa, listArretrato, listRiepiloghi, readSintesi, saveSoglie } from './service.ts'

const ente = z.string()

/** The arrears of filing: what was registered and is not where it should be, whose it is and why (REQ-FASC-022, REQ-FASC-061). */
export const arretratoEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/arretrato',
    permission: 'arretrato.leggi',
    summary: 'I documenti in arretrato di fascicolazione, dal più vecchio',
    params: z.object({ ente }),
    query: filtriArretrato,
    response: z.object({ elementi: z.array(rigaArretratoDto), totale: z.number() }),
    handler: async (scope, { query }) => await listArretrato(scope, query),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/arretrato/sintesi',
    permission: 'arretrato.leggi',
    summary: 'Quanti documenti sono in arretrato, per ufficio, mancanza, causa ed età',
    params: z.object({ ente }),
    response: sintesiArretratoDto,
    handler: async (scope) => await readSintesi(scope),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/arretrato/riepiloghi',
    permission: 'arretrato.leggi',
    summary: 'I riepiloghi settimanali dell’arretrato, ultime dodici settimane',
    params: z.object({ ente }),
    response: z.array(riepilogoDto),
    handler: async (scope) => await listRiepiloghi(scope),
  }),
  endpoint({
    method: 'PUT',
    path: '/api/v1/:ente/arretrato/soglie',
    permission: 'arretrato.gestisci',
    summary: 'Cambia i giorni lavorativi dopo i quali l’arretrato è segnalato',
    params: z.object({ ente }),
    body: soglieArretrato,
    response: 'nothing',
    status: 204,
    handler: async (scope, { body }) => await saveSoglie(scope, body),
  }),
  endpoint({
    method: 'PUT',
    path: '/api/v1/:ente/arretrato/:id/causa',
    permission: 'arretrato.gestisci',
    summary: 'Corregge la causa dell’arretrato di una registrazione',
    params: z.object({ ente, id: z.uuid() }),
    body: correzioneCausa,
    response: 'nothing',
    status: 204,
    handler: async (scope, { params, body }) => await correctCausa(scope, params.id, body),
  }),
]
