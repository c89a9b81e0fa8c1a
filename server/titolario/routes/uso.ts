import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import type { Endpoint } from '../../kernel/endpoint.ts'
import { destinazioneDto, periodoQuery, revisioneIn, revisioniDto, sinonimiDto, sinonimiIn, statisticheTitolarioDto } from '../schema.ts'
import { addSinonimi, listSinonimi, removeSinonimi, tryTesto } from '../service/prova.ts'
import { listRevisioni, readStatistiche, recordRevisione } from '../service/revisioni.ts'

const ente = z.object({ ente: z.string() })
const byId = z.object({ ente: z.string(), id: z.uuid() })

/** How the plan is used: tester, synonyms, figures, reviews (REQ-TIT-008). */
export const usoEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/titolario/prova',
    permission: 'titolario.leggi',
    summary: 'Dove finirebbe un documento con questo oggetto, e perché',
    params: ente,
    query: z.object({ testo: z.string().max(500).default(''), versione: z.uuid().optional() }),
    response: z.array(destinazioneDto),
    handler: async (scope, { query }) => await tryTesto(scope, query.testo, query.versione),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/titolario/sinonimi',
    permission: 'titolario.leggi',
    summary: 'I sinonimi dell’ente',
    params: ente,
    response: z.array(sinonimiDto),
    handler: async (scope) => await listSinonimi(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/titolario/sinonimi',
    permission: 'titolario.gestisci',
    summary: 'Aggiunge un gruppo di sinonimi',
    params: ente,
    body: sinonimiIn,
    response: sinonimiDto,
    status: 201,
    handler: async (scope, { body }) => await addSinonimi(scope, body.parole),
  }),
  endpoint({
    method: 'DELETE',
    path: '/api/v1/:ente/titolario/sinonimi/:id',
    permission: 'titolario.gestisci',
    summary: 'Toglie un gruppo di sinonimi',
    params: byId,
    response: 'nothing',
    handler: async (scope, { params }) => await removeSinonimi(scope, params.id),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/titolario/statistiche',
    permission: 'titolario.gestisci',
    summary: 'Come è stato usato il titolario in un periodo',
    params: ente,
    query: periodoQuery,
    response: statisticheTitolarioDto,
    handler: async (scope, { query }) => await readStatistiche(scope, query),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/titolario/revisioni',
    permission: 'titolario.gestisci',
    summary: 'Le revisioni del titolario e quando si deve la prossima',
    params: ente,
    response: revisioniDto,
    handler: async (scope) => await listRevisioni(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/titolario/revisioni',
    permission: 'titolario.gestisci',
    summary: 'Registra la revisione del titolario con il suo esito',
    params: ente,
    body: revisioneIn,
    response: z.object({ id: z.uuid() }),
    status: 201,
    handler: async (scope, { body }) => await recordRevisione(scope, body),
  }),
]
