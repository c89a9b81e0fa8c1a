import { createHash, randomBytes } from 'node:crypto'
import { codiceFiscaleErrore, normalizeCodiceFiscale } from '../../metadata-schemas/codici/index.ts'

/** Longest life of a session, whatever the activity. */
export const DURATA_MASSIMA_MS = 10 * 3_600_000
/** How often the last activity is written: not at every request. */
export const INTERVALLO_ATTIVITA_MS = 30_000
/** Life of the cookie that carries a login in progress. */
export const DURATA_ACCESSO_MS = 10 * 60_000

/** Names of the two cookies: `__Host-` binds them to this host over https; on loopback http browsers refuse that prefix (decision 11). */
export function cookieNames(https: boolean): { sessione: string; accesso: string } {
  return https
    ? { sessione: '__Host-faldone', accesso: '__Host-faldone-accesso' }
    : { sessione: 'faldone-locale', accesso: 'faldone-locale-accesso' }
}

/** A new opaque token: 32 random bytes (REQ-ID-021). */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database keeps of a token: its SHA-256, from which the token cannot be had back. */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** True for something that can be a token of ours: anything else is not even looked for. */
export function isToken(value: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/u.test(value)
}

/** When a session that is used at `instant` ends: after the idle time, never beyond its longest life. */
export function sessionEnd(created: Date, instant: Date, idleMinutes: number): Date {
  return new Date(Math.min(instant.getTime() + idleMinutes * 60_000, created.getTime() + DURATA_MASSIMA_MS))
}

/**
 * The page of ours to go back to after login: an absolute path of this site; anything else (another site, a login address, a data address) becomes `/`.
 */
export function safeReturn(value: string | undefined): string {
  const fallback = '/'
  // oxlint-disable-next-line no-control-regex
  if (value === undefined || !value.startsWith('/') || value.length > 500 || /[\\\u0000-\u001f]/u.test(value)) return fallback
  const base = 'http://faldone.invalid'
  if (!URL.canParse(value, base)) return fallback
  const url = new URL(value, base)
  if (url.origin !== base || /^\/(accesso|api|sportello\/v1|health|dimostrazione)(\/|$)/u.test(url.pathname)) return fallback
  return url.pathname + url.search
}

/**
 * The codice fiscale of an assertion: `TINIT-` removed, upper case, control character verified; an omocodic code stays as it is, because the plain
 * one belongs to another person (REQ-ID-018). Null when it is no Italian personal code.
 */
export function codiceFiscaleAsserito(value: string | null): string | null {
  if (value === null) return null
  const code = normalizeCodiceFiscale(value.replace(/^TINIT-/iu, ''))
  return codiceFiscaleErrore(code) === null ? code : null
}

/** The identifier a cookie carries, or null when it is none. */
export function readUuid(value: string | undefined): string | null {
  return value !== undefined && /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/u.test(value) ? value : null
}

/** How an act done in somebody else's name is signed, in the trail and on the page: who did it, then for whom. */
export function nomePerConto(nome: string, titolare: string): string {
  return `${nome} per conto di ${titolare}`
}
