import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import type { Endpoint } from '../../kernel/endpoint.ts'
import { aiutiIn, chiusuraVoceIn, confrontoDto, motivoIn, uriIn, versioneDto, versioneInteraDto } from '../schema.ts'
import { publishVersione, revokeAdozione } from '../service/adotta.ts'
import { closeVoce, updateAiuti } from '../service/aiuti.ts'
import { exportTitolario } from '../service/csv.ts'
import { compare, listVersioni, readVersione } from '../service/versioni.ts'

const ente = z.object({ ente: z.string() })
const byId = z.object({ ente: z.string(), id: z.uuid() })

/** Versions of the plan and what may still change in an adopted one. */
export const versioniEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/titolario/versioni',
    permission: 'titolario.leggi',
    summary: 'Le versioni del titolario con atto, validità e stato di oggi',
    params: ente,
    response: z.array(versioneDto),
    handler: async (scope) => await listVersioni(scope),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/titolario/versioni/:id',
    permission: 'titolario.leggi',
    summary: 'Una versione con tutte le voci e la loro origine',
    params: byId,
    response: versioneInteraDto,
    handler: async (scope, { params }) => await readVersione(scope, params.id),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/titolario/versioni/:id/titolario.csv',
    permission: 'titolario.leggi',
    summary: 'Una versione in CSV, come la legge l’importazione',
    params: byId,
    response: 'file',
    handler: async (scope, { params }) => await exportTitolario(scope, params.id),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/titolario/confronto',
    permission: 'titolario.leggi',
    summary: 'Che cosa cambia da una versione a un’altra',
    params: ente,
    query: z.object({ da: z.uuid(), a: z.uuid() }),
    response: confrontoDto,
    handler: async (scope, { query }) => await compare(scope, query.da, query.a),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/titolario/versioni/:id/ritiro',
    permission: 'titolario.gestisci',
    summary: 'Ritira l’adozione di una versione non ancora in vigore',
    params: byId,
    body: motivoIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await revokeAdozione(scope, params.id, body.motivo),
  }),
  endpoint({
    method: 'PUT',
    path: '/api/v1/:ente/titolario/versioni/:id/pubblicazione',
    permission: 'titolario.gestisci',
    summary: 'Scrive dove una versione è pubblicata',
    params: byId,
    body: uriIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await publishVersione(scope, params.id, body.uri),
  }),
  endpoint({
    method: 'PUT',
    path: '/api/v1/:ente/titolario/voci/:id/aiuti',
    permission: 'titolario.gestisci',
    summary: 'Cambia descrizione, parole chiave, esempi, ufficio e regole d’uso di una voce',
    params: byId,
    body: aiutiIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await updateAiuti(scope, params.id, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/titolario/voci/:id/chiusura',
    permission: 'titolario.gestisci',
    summary: 'Chiude una voce da un giorno a venire',
    params: byId,
    body: chiusuraVoceIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await closeVoce(scope, params.id, body),
  }),
]
