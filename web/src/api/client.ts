/** The one place that talks HTTP: same origin, CSRF header, problem+json, expired session repaired over the page, acts repeated safely. */
import { registroAtti } from './atti.ts'
import { leggiProblema, Problema } from './problema.ts'
import { attendiRientro } from './rientro.ts'
import type { Sessione } from './tipi.ts'
import { t } from '../testi/it.ts'

export type Metodo = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Richiesta {
  metodo?: Metodo
  corpo?: unknown
  /** JSON already written (a repeated act) or bytes to stream up. */
  grezzo?: BodyInit
  intestazioni?: Record<string, string>
  segnale?: AbortSignal
}

let csrf = ''

/** The session, read without passing by the expired-session dialog; keeps the CSRF token for the calls that follow. */
export async function leggiSessione(): Promise<Sessione> {
  const response = await fetch('/api/v1/sessione', { headers: { accept: 'application/json' }, credentials: 'same-origin' }).catch(
    () => null,
  )
  if (response === null) throw offline()
  if (response.status === 401) return { autenticato: false, csrf: '', dimostrativo: false, enti: [] }
  if (!response.ok) throw leggiProblema(response.status, await response.json().catch(() => null), t.errori.generico)
  const sessione = (await response.json()) as Sessione
  csrf = sessione.csrf ?? ''
  return { ...sessione, enti: sessione.enti ?? [] }
}

function offline(): Problema {
  return new Problema({ stato: 0, codice: 'connessione-assente', titolo: t.errori.connessione })
}

async function send(percorso: string, richiesta: Richiesta): Promise<Response> {
  const metodo = richiesta.metodo ?? 'GET'
  const headers: Record<string, string> = { accept: 'application/json', ...richiesta.intestazioni }
  let body: BodyInit | undefined = richiesta.grezzo
  if (body === undefined && richiesta.corpo !== undefined) body = JSON.stringify(richiesta.corpo)
  if (body !== undefined && headers['content-type'] === undefined) headers['content-type'] = 'application/json'
  if (metodo !== 'GET') headers['x-csrf-token'] = csrf
  try {
    return await fetch(percorso, {
      method: metodo,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body }),
      ...(richiesta.segnale === undefined ? {} : { signal: richiesta.segnale }),
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw offline()
  }
}

/** 403 answers that a fresh token repairs: another tab logged in again meanwhile. */
async function isStaleToken(response: Response): Promise<boolean> {
  if (response.status !== 403) return false
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null)
  const codice = typeof body === 'object' && body !== null ? (body as { codice?: unknown }).codice : undefined
  return typeof codice === 'string' && codice.includes('csrf')
}

/** One request, repaired: login over the page on 401 and then the same request again; the CSRF token read again when it was stale. */
async function sendRepaired(percorso: string, richiesta: Richiesta): Promise<Response> {
  let response = await send(percorso, richiesta)
  if (response.status === 401 && (await attendiRientro())) {
    await leggiSessione()
    response = await send(percorso, richiesta)
  } else if (await isStaleToken(response)) {
    await leggiSessione()
    response = await send(percorso, richiesta)
  }
  return response
}

/** Calls the API and reads its JSON. Throws Problema (never a bare error), except AbortError. 204 gives undefined. */
export async function chiama<T>(percorso: string, richiesta: Richiesta = {}): Promise<T> {
  const response = await sendRepaired(percorso, richiesta)
  if (!response.ok) throw leggiProblema(response.status, await response.json().catch(() => null), t.errori.generico)
  if (response.status === 204) return undefined as T
  const raw = await response.text()
  return (raw === '' ? undefined : JSON.parse(raw)) as T
}

/** The bytes of a file, for the preview or for the printer; `richiesta` where it is made of what one sends. */
export async function scaricaBytes(percorso: string, richiesta: Richiesta = {}): Promise<ArrayBuffer> {
  const response = await sendRepaired(percorso, richiesta)
  if (!response.ok) throw leggiProblema(response.status, await response.json().catch(() => null), t.errori.generico)
  return await response.arrayBuffer()
}

const atti = registroAtti(globalThis.sessionStorage, () => crypto.randomUUID())
const PAUSES = [400, 1200, 3000]

/**
 * An act with Idempotency-Key: repeats itself while the outcome is uncertain (same key, same body), up to three times.
 * `atto` names the act so that a later click continues it; throws the last Problema, `incerto` when still unknown.
 */
export async function compiAtto<T>(atto: string, percorso: string, corpo: unknown): Promise<T> {
  const attempt = atti.prepara(atto, corpo)
  for (let turn = 0; ; turn += 1) {
    try {
      const result = await chiama<T>(percorso, {
        metodo: 'POST',
        grezzo: attempt.corpo,
        intestazioni: { 'idempotency-key': attempt.chiave },
      })
      atti.concludi(atto)
      return result
    } catch (error) {
      if (!(error instanceof Problema) || !error.incerto) {
        atti.concludi(atto)
        throw error
      }
      const pause = PAUSES[turn]
      if (pause === undefined) throw error
      await new Promise((done) => setTimeout(done, pause))
    }
  }
}

/** Path of the API of one ente: `api('castelvento', 'messaggi', id)`. Every piece is encoded. */
export function api(ente: string, ...pezzi: string[]): string {
  return ['/api/v1', ente, ...pezzi].map((pezzo, index) => (index === 0 ? pezzo : encodeURIComponent(pezzo))).join('/')
}

/** Path of the citizen's API. */
export function sportello(ente: string, ...pezzi: string[]): string {
  return ['/sportello/v1', ente, ...pezzi].map((pezzo, index) => (index === 0 ? pezzo : encodeURIComponent(pezzo))).join('/')
}

/** Appends the filled parameters to a path. */
export function conParametri(percorso: string, parametri: Record<string, string | number | undefined | null>): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(parametri)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value))
  }
  const query = search.toString()
  return query === '' ? percorso : `${percorso}?${query}`
}
