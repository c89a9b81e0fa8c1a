import type { RouterContext } from '@koa/router'
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql'
import { findEnte, permessiDi } from '../enti/index.ts'
import type { EnteRow } from '../enti/index.ts'
import { recordFact } from '../kernel/audit.ts'
import type { Config } from '../kernel/config.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import type { FaldoneError } from '../kernel/errors.ts'
import { assertOrigin, assertSameSite } from '../kernel/http/csrf.ts'
import { requestState } from '../kernel/http/request.ts'
import type { Logger } from '../kernel/log.ts'
import { fence } from '../kernel/scope.ts'
import type { Attore, EnteRef, Scope } from '../kernel/scope.ts'
import { now, romeDay } from '../kernel/time.ts'
import {
  enteSconosciuto,
  senzaIncarichi,
  senzaPermesso,
  sessioneAssente,
  soloAmministratore,
  soloCittadini,
  soloOperatori,
} from './errors.ts'
import { findSessione, touchSessione } from './repository.ts'
import type { SessioneConIncarichi } from './repository.ts'
import { INTERVALLO_ATTIVITA_MS, cookieNames, isToken, readUuid, nomePerConto, sessionEnd, tokenDigest } from './rules.ts'

/** The ente of acts that are of none: no row of any ente answers to it. */
export const NESSUN_ENTE: EnteRef = {
  id: '00000000-0000-0000-0000-000000000000',
  slug: '',
  denominazione: '',
  codiceIpa: '',
  codiceFiscale: '',
}

const ANONIMO: Attore = { tipo: 'sistema', id: 'anonimo', nome: 'Anonimo', profili: [], uffici: [], permessi: new Set() }
const SESSIONE = Symbol('sessione')
const PER_CONTO = Symbol('sostituzione')
/** Names the substitution the person works under: a choice of his browser, not a secret; it counts only while the substitution is his and in force. */
export const COOKIE_PER_CONTO = 'faldone_per_conto'
const ENTE_CACHE_MS = 5_000

/** What turning a request into a scope needs. */
export interface AmbitoDeps {
  readonly orm: MikroORM
  readonly config: Pick<Config, 'ruoli' | 'urlPubblico' | 'loopback' | 'FALDONE_SESSIONE_MINUTI'>
  readonly log: Logger
}

/** A scope with its own database fork: role and variables are what the row policies read. */
export function openScope(
  deps: AmbitoDeps,
  s: { role: string; variables: Record<string, string>; ente: EnteRef; attore: Attore; requestId: string; log?: Logger },
): Scope {
  const em = deps.orm.em.fork({ session: fence(s.role, { 'app.ente_id': s.ente.id, ...s.variables }) }) as EntityManager
  return { em, ente: s.ente, attore: s.attore, requestId: s.requestId, log: s.log ?? deps.log }
}

/** The session behind a scope made by `createResolveScope`, or null for an anonymous one. */
export function sessioneDi(scope: Scope): SessioneConIncarichi | null {
  return (scope as Scope & { [SESSIONE]?: SessioneConIncarichi })[SESSIONE] ?? null
}

/** The substitution the browser asked to work under, whatever ente it is of; null for none. */
export function sostituzioneChiesta(scope: Scope): string | null {
  return (scope as Scope & { [PER_CONTO]?: string | null })[PER_CONTO] ?? null
}

/** The request as seen by the permission check. */
interface Richiesta {
  readonly endpoint: Endpoint
  readonly slug: string
  readonly ente: EnteRow | null
  readonly sessione: SessioneConIncarichi
  readonly requestId: string
  readonly log: Logger
}

/**
 * Returns the function every endpoint passes first: session cookie -> person, path -> ente, appointments valid today -> permissions, permission of the
 * endpoint -> scope with the fence set. Throws NotAuthenticated, Forbidden (recorded in the trail of the ente), NotFound for an unknown ente.
 * The association's administrator gets nothing of an ente without an appointment of that ente (REQ-PROT-140, REQ-PROT-141).
 */
export function createResolveScope(deps: AmbitoDeps): (ctx: RouterContext, endpoint: Endpoint) => Promise<Scope> {
  const names = cookieNames(!deps.config.loopback)
  const origin = new URL(deps.config.urlPubblico).origin
  const directory = createDirectory(deps)
  return async (ctx, endpoint) => {
    const { requestId, log } = requestState(ctx)
    const slug = (ctx.params as Record<string, string | undefined>)['ente']
    const ente = slug === undefined ? null : await directory(slug)
    const chiesta = readUuid(ctx.cookies.get(COOKIE_PER_CONTO))
    const sessione = await loadSession(deps, ctx.cookies.get(names.sessione) ?? '', ente ?? NESSUN_ENTE, requestId, chiesta)
    if (sessione === null) {
      if (endpoint.permission !== 'pubblico') throw sessioneAssente()
      if (endpoint.method !== 'GET') assertOrigin(ctx, origin)
      if (slug !== undefined && ente === null) throw enteSconosciuto(slug)
      return openScope(deps, { role: deps.config.ruoli.app, variables: {}, ente: ente ?? NESSUN_ENTE, attore: ANONIMO, requestId, log })
    }
    assertSameSite(ctx, sessione.csrf, origin)
    ctx.state['sessione'] = sessione
    if (slug !== undefined && ente === null) throw enteSconosciuto(slug)
    const scope = await grant(deps, { endpoint, slug: slug ?? '', ente, sessione, requestId, log })
    return Object.assign(scope, { [SESSIONE]: sessione, [PER_CONTO]: chiesta })
  }
}

async function grant(deps: AmbitoDeps, r: Richiesta): Promise<Scope> {
  const { permission } = r.endpoint
  const base = { requestId: r.requestId, log: r.log }
  if (permission === 'pubblico' || permission === 'autenticato') {
    return openScope(deps, {
      ...base,
      role: deps.config.ruoli.app,
      variables: personal(r.sessione),
      ente: r.ente ?? NESSUN_ENTE,
      attore: actor({ ...r.sessione, perConto: null }),
    })
  }
  if (permission === 'sia.configura') {
    if (r.sessione.tipo !== 'operatore' || !r.sessione.amministratoreSia) return await refuse(deps, r, soloAmministratore())
    const variables = { ...personal(r.sessione), 'app.amministratore_sia': 'si' }
    const attore = actor({ ...r.sessione, perConto: null })
    return openScope(deps, { ...base, role: deps.config.ruoli.app, variables, ente: r.ente ?? NESSUN_ENTE, attore })
  }
  if (r.ente === null) throw enteSconosciuto(r.slug)
  if (permission === 'sportello.leggi') {
    if (r.sessione.tipo !== 'cittadino') return await refuse(deps, r, soloCittadini())
    const variables = { 'app.codice_fiscale': r.sessione.codiceFiscale }
    return openScope(deps, { ...base, role: deps.config.ruoli.sportello, variables, ente: r.ente, attore: actor(r.sessione) })
  }
  if (r.sessione.tipo !== 'operatore') return await refuse(deps, r, soloOperatori())
  const attore = actor(r.sessione)
  if (attore.profili.length === 0) return await refuse(deps, r, senzaIncarichi())
  if (!attore.permessi.has(permission)) return await refuse(deps, r, senzaPermesso())
  return openScope(deps, { ...base, role: deps.config.ruoli.app, variables: { 'app.operatore_id': attore.id }, ente: r.ente, attore })
}

/** What a person may present to see his own session and his own row among the operators. */
function personal(s: SessioneConIncarichi): Record<string, string> {
  return { 'app.sessione': s.impronta, ...(s.operatoreId === null ? {} : { 'app.operatore_id': s.operatoreId }) }
}

function actor(s: SessioneConIncarichi): Attore {
  const perConto = s.tipo === 'operatore' ? s.perConto : null
  const incarichi = perConto === null ? s.incarichi : perConto.incarichi
  const profili = [...new Set(incarichi.map((i) => i.profilo))]
  const uffici = [...new Set(incarichi.flatMap((i) => (i.ufficioId === null ? [] : [i.ufficioId])))]
  const ufficiDiretti = incarichi.flatMap((i) => (i.profilo === 'responsabileUor' && i.ufficioId !== null ? [i.ufficioId] : []))
  const cittadino = s.tipo === 'cittadino'
  return {
    tipo: s.tipo,
    // The trail names a citizen by the code he was identified with, an operator by his own id.
    id: cittadino ? s.codiceFiscale : (s.operatoreId ?? ''),
    nome: perConto === null ? s.nome : nomePerConto(s.nome, perConto.nome),
    ...(s.codiceFiscale === '' ? {} : { codiceFiscale: s.codiceFiscale }),
    ...(perConto === null ? {} : { perContoDi: { id: perConto.id, nome: perConto.nome } }),
    profili,
    uffici,
    ufficiDiretti,
    permessi: cittadino ? new Set(['sportello.leggi']) : permessiDi(profili),
  }
}

/** Records the refusal in the trail of the ente, in its own transaction, then throws it. */
async function refuse(deps: AmbitoDeps, r: Richiesta, error: FaldoneError): Promise<never> {
  if (r.ente !== null) {
    const scope = openScope(deps, {
      role: deps.config.ruoli.app,
      variables: {},
      ente: r.ente,
      attore: actor(r.sessione),
      requestId: r.requestId,
      log: r.log,
    })
    await recordFact(scope, {
      azione: 'accesso-rifiutato',
      oggettoTipo: 'funzione',
      oggettoId: `${r.endpoint.method} ${r.endpoint.path}`,
      dopo: { permesso: r.endpoint.permission },
      motivo: error.codice,
    })
  }
  throw error
}

async function loadSession(
  deps: AmbitoDeps,
  token: string,
  ente: EnteRef,
  requestId: string,
  chiesta: string | null,
): Promise<SessioneConIncarichi | null> {
  if (!isToken(token)) return null
  const impronta = tokenDigest(token)
  const instant = now()
  const scope = openScope(deps, { role: deps.config.ruoli.app, variables: { 'app.sessione': impronta }, ente, attore: ANONIMO, requestId })
  const sessione = await findSessione(scope, impronta, instant, romeDay(instant), chiesta)
  if (sessione !== null && instant.getTime() - sessione.ultimaAttivita.getTime() > INTERVALLO_ATTIVITA_MS) {
    await touchSessione(scope, impronta, instant, sessionEnd(sessione.creataIl, instant, deps.config.FALDONE_SESSIONE_MINUTI))
  }
  return sessione
}

/** Slug -> ente, remembered for a few seconds: the directory changes rarely and every request asks it. */
function createDirectory(deps: AmbitoDeps): (slug: string) => Promise<EnteRow | null> {
  const known = new Map<string, { ente: EnteRow; until: number }>()
  return async (slug) => {
    const instant = now().getTime()
    const hit = known.get(slug)
    if (hit !== undefined && hit.until > instant) return hit.ente
    const scope = openScope(deps, { role: deps.config.ruoli.app, variables: {}, ente: NESSUN_ENTE, attore: ANONIMO, requestId: '' })
    const ente = await findEnte(scope, slug)
    if (ente !== null) known.set(slug, { ente, until: instant + ENTE_CACHE_MS })
    return ente
  }
}
