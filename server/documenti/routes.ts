import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint, StreamBody } from '../kernel/endpoint.ts'
import { contenutoDto } from './schema.ts'
import { openStagedContenuto, stageContenuto } from './service.ts'

const ente = z.string()

/** Endpoints of the staged contents: files are uploaded and hashed as soon as they are dropped, before anything is registered. */
export const documentiEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/contenuti',
    permission: 'contenuti.carica',
    summary: 'Carica un file, con il nome in X-Nome-File',
    params: z.object({ ente }),
    body: 'stream',
    response: contenutoDto,
    status: 201,
    handler: async (scope, { body }, ports) => await stageContenuto(scope, body as StreamBody, ports.store, ports.maxUploadBytes),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/contenuti/:id/file',
    permission: 'contenuti.carica',
    summary: 'Scarica un file appena caricato da te',
    params: z.object({ ente, id: z.uuid() }),
    query: z.object({ inline: z.literal('1').optional() }),
    response: 'file',
    handler: async (scope, { params }, ports) => await openStagedContenuto(scope, params.id, ports.store),
  }),
]
