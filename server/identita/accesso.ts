import type { Router, RouterContext } from '@koa/router'
import { LOOPBACK } from '../kernel/http/csrf.ts'
import { setCookie } from '../kernel/http/cookies.ts'
import { requestState } from '../kernel/http/request.ts'
import { now } from '../kernel/time.ts'
import type { DestinatarioAccesso, PortaIdentita, RifiutoIdentita } from '../ports/identita.ts'
import type { AmbitoDeps } from './ambito.ts'
import { AccessoRifiutato, accessoNonIniziato, indirizzoIncompleto } from './errors.ts'
import { errorPage } from './pagine.ts'
import { DURATA_ACCESSO_MS, cookieNames, safeReturn } from './rules.ts'
import { accessoInCorso, destinatariAccesso } from './schema.ts'
import type { AccessoInCorso } from './schema.ts'
import { openSessione } from './service.ts'

/** Paths of the login that count as attempts. */
export const PERCORSI_ACCESSO = /^\/accesso\/(avvia|ritorno)$/u

/**
 * Puts the two steps of a login on the router. `GET /accesso/avvia` sends the browser to the issuer and gives it a ten-minute cookie; `GET
 * /accesso/ritorno` accepts the answer only together with that cookie, which is spent whatever happens (REQ-ID-005), opens the session under a new
 * token and goes back to a page of ours. A refusal is a page in Italian with a real HTTP error status (REQ-ID-006).
 */
export function mountAccesso(router: Router, deps: AmbitoDeps, porta: PortaIdentita): void {
  const https = !deps.config.loopback
  const names = cookieNames(https)
  router.get('/accesso/avvia', async (ctx) => {
    const canonical = canonicalAddress(ctx, deps.config.urlPubblico)
    if (canonical !== null) return void ctx.redirect(canonical)
    await orRefuse(ctx, async () => {
      const per = audience(ctx)
      const avviato = orThrow(await porta.avvia(per, first(ctx.query['suggerimento'])))
      const corso: AccessoInCorso = {
        per,
        ritorno: safeReturn(first(ctx.query['ritorno'])),
        memoria: avviato.memoria,
        scade: now().getTime() + DURATA_ACCESSO_MS,
      }
      setCookie(ctx, names.accesso, Buffer.from(JSON.stringify(corso)).toString('base64url'), { https, maxAge: DURATA_ACCESSO_MS / 1000 })
      ctx.set('Cache-Control', 'no-store')
      ctx.redirect(avviato.url)
    })
  })
  router.get('/accesso/ritorno', async (ctx) => {
    await orRefuse(ctx, async () => {
      const corso = readCookie(ctx.cookies.get(names.accesso))
      setCookie(ctx, names.accesso, '', { https, maxAge: 0 })
      const identita = orThrow(await porta.completa(corso.per, new URL(ctx.originalUrl, deps.config.urlPubblico), corso.memoria))
      const token = await openSessione(deps, corso.per, identita)
      setCookie(ctx, names.sessione, token, { https })
      ctx.set('Cache-Control', 'no-store')
      ctx.redirect(corso.ritorno)
    })
  })
}

/** On loopback the page may have been opened by another name of the machine: cookies and issuer know only the configured one. */
function canonicalAddress(ctx: RouterContext, urlPubblico: string): string | null {
  const wanted = new URL(urlPubblico)
  const other = ctx.host !== wanted.host && LOOPBACK.has(wanted.hostname) && LOOPBACK.has(ctx.hostname)
  return other ? new URL(ctx.originalUrl, wanted).toString() : null
}

function orThrow<T extends object>(value: T | RifiutoIdentita): T {
  if ('rifiuto' in value) throw new AccessoRifiutato(value)
  return value
}

function audience(ctx: RouterContext): DestinatarioAccesso {
  const per = first(ctx.query['per'])
  const known = destinatariAccesso.find((d) => d === per)
  if (known === undefined) throw indirizzoIncompleto()
  return known
}

function readCookie(value: string | undefined): AccessoInCorso {
  let corso: AccessoInCorso | undefined
  try {
    corso = accessoInCorso.parse(JSON.parse(Buffer.from(value ?? '', 'base64url').toString('utf8')))
  } catch {
    corso = undefined
  }
  if (corso === undefined || corso.scade < now().getTime()) {
    throw accessoNonIniziato()
  }
  return corso
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

const statuses: Readonly<Record<RifiutoIdentita['rifiuto'], number>> = {
  'accesso-annullato': 403,
  'risposta-non-valida': 403,
  'livello-insufficiente': 403,
  'identita-incompleta': 403,
  'emittente-non-raggiungibile': 503,
  'emittente-non-configurato': 503,
}

async function orRefuse(ctx: RouterContext, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof AccessoRifiutato)) throw error
    // Codes only: names and codici fiscali never reach the technical log (REQ-ID-022).
    requestState(ctx).log.warn({ codice: error.codice }, 'accesso non riuscito')
    ctx.status = statuses[error.codice]
    ctx.type = 'text/html'
    ctx.set('Cache-Control', 'no-store')
    ctx.body = errorPage(error.message, ctx.state['nonce'] as string)
  }
}
