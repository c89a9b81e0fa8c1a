import type { Response } from 'supertest'
import { newId } from '../../server/kernel/ids.ts'
import type { Endpoint } from '../../server/kernel/endpoint.ts'
import type { Accesso, TestApp } from './app.ts'

/** Values for parameters that name something: well formed, and nothing has them. */
const UNKNOWN: Readonly<Record<string, () => string>> = {
  anno: () => '2020',
  numero: () => '999999',
  slug: () => '2020-06.03-999',
  grafico: () => 'registrazioni',
}

/** A call of a declared endpoint; what is not given is well formed and names nothing. */
export interface Chiamata {
  readonly ente: string
  readonly accesso?: Accesso
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Calls an endpoint over HTTP by its declaration. */
export async function call(t: TestApp, e: Endpoint, c: Chiamata): Promise<Response> {
  const path = e.path.replaceAll(/:([A-Za-z]+)/gu, (_, name: string) =>
    encodeURIComponent(name === 'ente' ? c.ente : (c.params?.[name] ?? (UNKNOWN[name] ?? newId)())),
  )
  const method = e.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
  const request = t.http[method](path)
    .query(c.query ?? {})
    .set({ ...c.accesso?.headers, ...(e.idempotent ? { 'Idempotency-Key': newId() } : {}), ...c.headers })
  if (e.body === 'stream')
    return await request
      .set({ 'Content-Type': 'text/plain', 'X-Nome-File': 'prova.txt', ...c.headers })
      .send(typeof c.body === 'string' ? c.body : 'prova')
  if (e.body !== undefined || e.method !== 'GET') return await request.send((c.body ?? {}) as object)
  return await request
}

/** `METHOD path`, the name of an endpoint in the generated tests. */
export function nameOf(e: Endpoint): string {
  return `${e.method} ${e.path}`
}
