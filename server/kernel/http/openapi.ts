import { createDocument } from 'zod-openapi'
import { z } from 'zod'
import type { Endpoint } from '../endpoint.ts'

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    codice: z.string(),
    requestId: z.string(),
    campi: z.array(z.object({ campo: z.string(), messaggio: z.string() })),
  })
  .meta({ id: 'Problema', description: 'Errore in forma application/problem+json, con tutti i campi errati insieme.' })

const problemContent = { 'application/problem+json': { schema: problem } }

/** The OpenAPI 3.1 description of the declared endpoints. */
export function describeApi(endpoints: readonly Endpoint[], version: string, url: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const e of endpoints) {
    const path = e.path.replaceAll(/:([A-Za-z]+)/gu, '{$1}')
    paths[path] = { ...paths[path], [e.method.toLowerCase()]: describe(e, path) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Faldone',
      version,
      description: 'Protocollo informatico, titolario, fascicoli, conservazione e area personale.',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      contact: { name: 'Progetto Faldone', url },
    },
    servers: [{ url }],
    tags: [...new Set(endpoints.map(tagOf))].map((name) => ({ name, description: `Operazioni: ${name}` })),
    paths: paths as never,
    components: { securitySchemes: { sessione: { type: 'apiKey', in: 'cookie', name: '__Host-faldone' } } },
  }) as unknown as Record<string, unknown>
}

function tagOf(e: Endpoint): string {
  return e.permission.split('.')[0] ?? e.permission
}

function describe(e: Endpoint, path: string): Record<string, unknown> {
  const names = [...path.matchAll(/\{([A-Za-z]+)\}/gu)].map((m) => m[1] as string)
  const params = z.object(Object.fromEntries(names.map((n) => [n, z.string()])))
  const header = z.object({
    ...(e.idempotent ? { 'Idempotency-Key': z.string() } : {}),
    ...(e.method === 'GET' ? {} : { 'X-CSRF-Token': z.string() }),
  })
  const success =
    e.response === 'nothing'
      ? { description: 'Fatto' }
      : e.response === 'file'
        ? { description: 'Il file', content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } }
        : { description: 'Risposta', content: { 'application/json': { schema: e.response } } }
  return {
    operationId: `${e.method.toLowerCase()}${path.replaceAll(/[^A-Za-z0-9]+(.)?/gu, (_, c: string | undefined) => (c ?? '').toUpperCase())}`,
    summary: e.summary,
    description: `${e.summary}. Permesso: ${e.permission}.`,
    tags: [tagOf(e)],
    security: e.permission === 'pubblico' ? [] : [{ sessione: [] }],
    requestParams: {
      ...(names.length > 0 ? { path: params } : {}),
      ...(e.query === undefined ? {} : { query: e.query }),
      ...(Object.keys(header.shape).length > 0 ? { header } : {}),
    },
    ...(e.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content:
              e.body === 'stream'
                ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
                : { 'application/json': { schema: e.body } },
          },
        }),
    responses: {
      [String(e.status)]: success,
      '400': { description: 'Dati da correggere', content: problemContent },
      '401': { description: 'Accesso richiesto', content: problemContent },
      '403': { description: 'Operazione non consentita', content: problemContent },
      '404': { description: 'Non trovato', content: problemContent },
      '422': { description: 'Regola non rispettata', content: problemContent },
    },
  }
}
