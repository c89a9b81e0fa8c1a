import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmittenteDimostrativo } from '../../server/demo/emittente/index.ts'
import { loadConfig } from '../../server/kernel/config.ts'
import type { Ports } from '../../server/kernel/endpoint.ts'
import { createTestApp } from './app.ts'
import type { TestApp } from './app.ts'
import { log } from './database.ts'

export interface ListeningApp extends TestApp {
  /** Public address, `http://localhost:<port>`. */
  readonly url: string
}

function notYet(...[, res]: Parameters<RequestListener>): void {
  res.writeHead(503).end()
}

/** The whole web application on a port of its own, with the real demo issuer behind the identity port. */
export async function createListeningApp(
  options: { ports?: Partial<Ports>; env?: Record<string, string>; webRoot?: string } = {},
): Promise<ListeningApp> {
  let answer: RequestListener = notYet
  const server = createServer((req, res) => void answer(req, res))
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const folder = mkdtempSync(join(tmpdir(), 'faldone-ascolto-'))
  const url = `http://localhost:${port}`
  const env = { FALDONE_URL_PUBBLICO: url, FALDONE_DATA_DIR: folder, FALDONE_LOG: 'silent', ...options.env }
  const { porta, montaggio } = createEmittenteDimostrativo({
    config: loadConfig(env),
    log,
    indirizzoLocale: () => `http://127.0.0.1:${port}`,
  })
  const t = await createTestApp({ ...options, env, ports: { identita: porta, ...options.ports }, montaggi: [montaggio] })
  answer = t.app.callback() as RequestListener
  return {
    ...t,
    url,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((done) => void server.close(() => done()))
      await t.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A browser reduced to what a login needs: cookies by path, redirects followed one at a time. */
export class Browser {
  readonly #cookies = new Map<string, { name: string; value: string; path: string }>()

  /** One request with the cookies of its path; redirects are not followed. */
  async get(url: string, headers: Record<string, string> = {}): Promise<Response> {
    const { pathname } = new URL(url)
    const cookie = [...this.#cookies.values()].filter((c) => pathname.startsWith(c.path)).map((c) => `${c.name}=${c.value}`)
    const reply = await fetch(url, { redirect: 'manual', headers: { ...headers, cookie: cookie.join('; ') } })
    for (const line of reply.headers.getSetCookie()) this.#keep(line, pathname)
    return reply
  }

  /** Follows redirects until something else is answered; returns it with the address it came from. */
  async follow(url: string): Promise<{ url: string; reply: Response }> {
    let here = url
    for (let hops = 0; hops < 15; hops++) {
      const reply = await this.get(here)
      const next = reply.headers.get('location')
      if (next === null) return { url: here, reply }
      here = new URL(next, here).toString()
    }
    throw new Error(`too many redirects from ${url}`)
  }

  /** Another browser with the same cookies, as they are now. */
  copy(): Browser {
    const other = new Browser()
    for (const [key, cookie] of this.#cookies) other.#cookies.set(key, cookie)
    return other
  }

  cookie(name: string): string | undefined {
    return [...this.#cookies.values()].find((c) => c.name === name)?.value
  }

  #keep(line: string, from: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
    const name = pair.slice(0, pair.indexOf('='))
    const value = pair.slice(pair.indexOf('=') + 1)
    const path = attributes.find((a) => a.toLowerCase().startsWith('path='))?.slice(5) ?? from
    const gone = value === '' || attributes.some((a) => /^(max-age=0|expires=thu, 01 jan 1970)/iu.test(a))
    if (gone) this.#cookies.delete(`${path} ${name}`)
    else this.#cookies.set(`${path} ${name}`, { name, value, path })
  }
}
