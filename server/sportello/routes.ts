import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { accessoDto, pagine, praticaDto, profiloDto, rigaPraticaDto } from './schema.ts'
import { listAccessi, listPratiche, openDocumentoPratica, readPratica, readProfilo } from './service.ts'

const ente = z.string()
const permission = 'sportello.leggi'

/** The citizen's endpoint: reads only, always as the citizen's database role. */
export const sportelloEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/sportello/v1/:ente/profilo',
    permission,
    summary: 'Chi sei per questo ente',
    params: z.object({ ente }),
    response: profiloDto,
    handler: async (scope) => await readProfilo(scope),
  }),
  endpoint({
    method: 'GET',
    path: '/sportello/v1/:ente/fascicoli',
    permission,
    summary: 'Le tue pratiche',
    params: z.object({ ente }),
    response: z.array(rigaPraticaDto),
    handler: async (scope) => await listPratiche(scope),
  }),
  endpoint({
    method: 'GET',
    path: '/sportello/v1/:ente/fascicoli/:slug',
    permission,
    summary: 'Una tua pratica',
    params: z.object({ ente, slug: z.string().max(60) }),
    response: praticaDto,
    handler: async (scope, { params }) => await readPratica(scope, params.slug),
  }),
  endpoint({
    method: 'GET',
    path: '/sportello/v1/:ente/documenti/:id/file/:fileId',
    permission,
    summary: 'Un file di un tuo documento, con impronta verificata',
    params: z.object({ ente, id: z.uuid(), fileId: z.uuid() }),
    query: z.object({ inline: z.literal('1').optional() }),
    response: 'file',
    handler: async (scope, { params }, ports) => await openDocumentoPratica(scope, params.id, params.fileId, ports.store),
  }),
  endpoint({
    method: 'GET',
    path: '/sportello/v1/:ente/accessi',
    permission,
    summary: 'Chi ha aperto i tuoi dati',
    params: z.object({ ente }),
    query: pagine,
    response: z.object({ elementi: z.array(accessoDto), totale: z.number() }),
    handler: async (scope, { query }) => await listAccessi(scope, query),
  }),
]
