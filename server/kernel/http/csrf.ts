import { timingSafeEqual } from 'node:crypto'
import type { Context } from 'koa'
import { Forbidden } from '../errors.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A request that can change something must carry the session's own token and, when the browser names its origin, come from our pages.
 * Throws Forbidden (`csrf-non-valido`, `origine-non-ammessa`).
 */
export function assertSameSite(ctx: Context, token: string, publicOrigin: string): void {
  if (SAFE.has(ctx.method)) return
  assertOrigin(ctx, publicOrigin)
  if (!sameText(ctx.get('X-CSRF-Token'), token)) {
    throw new Forbidden('csrf-non-valido', 'La pagina è rimasta aperta troppo a lungo: ricaricala e ripeti l’operazione.')
  }
}

/** The origin the browser declares, when it does, is ours. On loopback the page may have been opened by another name of the same machine. */
export function assertOrigin(ctx: Context, publicOrigin: string): void {
  const origin = ctx.get('Origin')
  if (origin === '' || origin === publicOrigin) return
  const url = URL.canParse(origin) ? new URL(origin) : null
  const loopback = url !== null && LOOPBACK.has(url.hostname) && LOOPBACK.has(new URL(publicOrigin).hostname) && url.host === ctx.host
  if (!loopback) throw new Forbidden('origine-non-ammessa', 'La richiesta arriva da un altro sito e non è stata eseguita.')
}

/** Names of this very machine. */
export const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return b.length > 0 && left.length === right.length && timingSafeEqual(left, right)
}
