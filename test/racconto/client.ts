import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Bugia } from './prove.ts'

/** With RACCONTO_SALVA every downloaded artefact is also kept in that folder, for judges outside this program. */
export function keep(path: string, bytes: Buffer): Buffer {
  const folder = process.env['RACCONTO_SALVA']
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, path.replace(/^\/+/u, '').replaceAll(/[^A-Za-z0-9._-]+/gu, '_')), bytes)
  }
  return bytes
}

type Json = Record<string, never> & Record<string, unknown>

/** A browser without a screen: keeps cookies, follows redirects, answers the confirmation form of the demo issuer. */
export class Persona {
  readonly nome: string
  readonly #base: string
  readonly #cookies = new Map<string, string>()
  #csrf = ''

  constructor(nome: string, base: string) {
    this.nome = nome
    this.#base = base
  }

  /** Logs in through the OIDC issuer the product sends to. */
  async entra(per: 'operatore' | 'cittadino', suggerimento: string): Promise<Json> {
    let risposta = await this.#segui(`/accesso/avvia?per=${per}&suggerimento=${suggerimento}&ritorno=/`)
    for (let i = 0; i < 3 && (risposta.headers.get('content-type') ?? '').includes('text/html'); i++) {
      const pagina = await risposta.text()
      const form = /<form[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/u.exec(pagina)
      if (form === null) break
      const campi = new URLSearchParams(
        [...(form[2] ?? '').matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/gu)].map((m) => [m[1] ?? '', m[2] ?? '']),
      )
      const bottone = /<button[^>]*name="([^"]+)"[^>]*value="([^"]*)"/u.exec(form[2] ?? '')
      if (bottone !== null) campi.set(bottone[1] ?? '', bottone[2] ?? '')
      risposta = await this.#segui((form[1] ?? '').replaceAll('&amp;', '&'), { method: 'POST', body: campi })
    }
    const sessione = await this.leggi('/api/v1/sessione')
    if (sessione['autenticato'] !== true) throw new Bugia(`${this.nome} non è entrato`)
    this.#csrf = String(sessione['csrf'])
    return sessione
  }

  /** Headers of the open session, for requests made by other means. */
  intestazioni(): Record<string, string> {
    return { Cookie: [...this.#cookies].map(([k, v]) => `${k}=${v}`).join('; '), 'X-CSRF-Token': this.#csrf }
  }

  async leggi(path: string): Promise<Json> {
    const risposta = await this.chiama('GET', path)
    if (!risposta.ok) throw new Bugia(`GET ${path} risponde ${risposta.status}: ${await risposta.text()}`)
    return (await risposta.json()) as Json
  }

  /** A file, kept under its address or under `nome`. */
  async file(path: string, nome = path): Promise<Buffer> {
    const risposta = await this.chiama('GET', path)
    if (!risposta.ok) throw new Bugia(`GET ${path} risponde ${risposta.status}: ${await risposta.text()}`)
    return keep(nome, Buffer.from(await risposta.arrayBuffer()))
  }

  /** Repeats the reading while the answer is one of `attesi` (409: the work is still under way), up to `secondi`. */
  async fileQuandoPronto(path: string, secondi: number, attesi: readonly number[] = [409]): Promise<Buffer> {
    for (let i = 0; ; i++) {
      const risposta = await this.chiama('GET', path)
      if (risposta.ok) return keep(path, Buffer.from(await risposta.arrayBuffer()))
      if (!attesi.includes(risposta.status) || i >= secondi * 4)
        throw new Bugia(`GET ${path} risponde ${risposta.status}: ${await risposta.text()}`)
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }

  /** A file made from a request with a body; kept under `nome`. */
  async fileDa(path: string, body: unknown, nome: string): Promise<Buffer> {
    const risposta = await this.chiama('POST', path, JSON.stringify(body), { 'Content-Type': 'application/json' })
    if (!risposta.ok) throw new Bugia(`POST ${path} risponde ${risposta.status}: ${await risposta.text()}`)
    return keep(nome, Buffer.from(await risposta.arrayBuffer()))
  }

  /** Uploads a file as a person does from a page; answers what the product recognised. */
  async carica(path: string, bytes: Buffer, nome: string): Promise<Json> {
    const risposta = await this.chiama('POST', path, new Uint8Array(bytes), {
      'Content-Type': 'application/octet-stream',
      'X-Nome-File': encodeURIComponent(nome),
    })
    if (!risposta.ok) throw new Bugia(`POST ${path} risponde ${risposta.status}: ${await risposta.text()}`)
    return (await risposta.json()) as Json
  }

  async scrivi(method: string, path: string, body: unknown, chiave: string = randomUUID()): Promise<Json> {
    const risposta = await this.chiama(method, path, JSON.stringify(body), {
      'Content-Type': 'application/json',
      'Idempotency-Key': chiave,
    })
    if (!risposta.ok) throw new Bugia(`${method} ${path} risponde ${risposta.status}: ${await risposta.text()}`)
    return (risposta.status === 204 ? {} : await risposta.json()) as Json
  }

  async stato(method: string, path: string): Promise<number> {
    const risposta = await this.chiama(method, path)
    await risposta.arrayBuffer()
    return risposta.status
  }

  async chiama(
    method: string,
    path: string,
    body?: string | URLSearchParams | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const risposta = await fetch(new URL(path, this.#base), {
      method,
      redirect: 'manual',
      headers: { ...headers, ...this.intestazioni() },
      ...(body === undefined ? {} : { body }),
    })
    for (const line of risposta.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      const value = pair.slice(at + 1)
      if (value === '' || /max-age=0/iu.test(line)) this.#cookies.delete(pair.slice(0, at))
      else this.#cookies.set(pair.slice(0, at), value)
    }
    return risposta
  }

  async #segui(path: string, init: { method?: string; body?: URLSearchParams } = {}): Promise<Response> {
    let risposta = await this.chiama(init.method ?? 'GET', path, init.body)
    let from = new URL(path, this.#base)
    for (let i = 0; i < 12 && risposta.status >= 300 && risposta.status < 400; i++) {
      from = new URL(risposta.headers.get('location') ?? '/', from)
      risposta = await this.chiama('GET', from.toString())
    }
    return risposta
  }
}
