import type { Context, Middleware, Next } from 'koa'
import { Provider, errors } from 'oidc-provider'
import { createIdentitaOidc } from '../../adapters/oidc/index.ts'
import type { Config } from '../../kernel/config.ts'
import type { Logger } from '../../kernel/log.ts'
import type { DestinatarioAccesso, PortaIdentita } from '../../ports/identita.ts'
import { personeDimostrative } from '../persone.ts'
import type { PersonaDimostrativa } from '../persone.ts'
import { loadSegreti } from './chiavi.ts'
import type { SegretiEmittente } from './chiavi.ts'
import { providerSettings } from './impostazioni.ts'
import { choicePage, refusalPage } from './pagina.ts'

/** Where the demo issuer answers, on the product's own address. */
export const PERCORSO = '/dimostrazione/idp'
const CLIENTI: Readonly<Record<DestinatarioAccesso, string>> = { operatore: 'faldone-operatori', cittadino: 'faldone-cittadini' }
const LIVELLO = 'https://www.spid.gov.it/SpidL2'

export interface EmittenteDimostrativo {
  /** The identity port that knows this issuer: nothing in the product knows it is not an ordinary one. */
  readonly porta: PortaIdentita
  /** To be put on the web application. */
  readonly montaggio: Middleware
}

/**
 * A real OpenID Connect issuer of invented people, mounted in this process. `indirizzoLocale` gives the address the server itself listens at, for the
 * requests that do not pass by the browser. Throws with production settings (REQ-ID-020, decision 28).
 */
export function createEmittenteDimostrativo(o: {
  readonly config: Config
  readonly log: Logger
  readonly indirizzoLocale: () => string
  readonly persone?: readonly PersonaDimostrativa[]
}): EmittenteDimostrativo {
  const { config, log } = o
  if (config.ambiente === 'produzione') throw new Error('L’emittente di identità dimostrativo non parte in produzione.')
  const persone = o.persone ?? personeDimostrative
  const segreti = loadSegreti(config.cartellaDati)
  const issuer = `${config.urlPubblico}${PERCORSO}`
  const ritorno = `${config.urlPubblico}/accesso/ritorno`
  const provider = new Provider(issuer, providerSettings({ persone, segreti, percorso: PERCORSO, clienti: clientsOf(segreti, ritorno) }))
  provider.proxy = true
  provider.on('server_error', (_ctx, error) => log.error({ err: error }, 'emittente dimostrativo'))
  const localFetch = async (url: string, options: object): Promise<Response> =>
    await fetch(url.replace(config.urlPubblico, o.indirizzoLocale()), options)
  const known = (per: DestinatarioAccesso, segreto: string) => ({ emittente: issuer, client: CLIENTI[per], segreto, fetch: localFetch })
  return {
    montaggio: mount(provider, new URL(issuer), persone),
    porta: createIdentitaOidc({
      operatori: known('operatore', segreti.operatori),
      cittadini: known('cittadino', segreti.cittadini),
      ritorno,
      log,
      produzione: false,
      dimostrativo: true,
      accessi: persone.map((p) => ({
        suggerimento: p.suggerimento,
        etichetta: p.etichetta,
        nome: `${p.nome} ${p.cognome}`,
        descrizione: p.descrizione,
        per: p.per,
      })),
    }),
  }
}

function clientsOf(segreti: SegretiEmittente, ritorno: string) {
  const common = {
    redirect_uris: [ritorno],
    grant_types: ['authorization_code'],
    response_types: ['code' as const],
    token_endpoint_auth_method: 'client_secret_post' as const,
  }
  return [
    { ...common, client_id: CLIENTI.operatore, client_secret: segreti.operatori },
    { ...common, client_id: CLIENTI.cittadino, client_secret: segreti.cittadini },
  ]
}

/** Hands the requests under the issuer's path to it, as seen at its public address whatever address they came by. */
function mount(provider: Provider, issuer: URL, persone: readonly PersonaDimostrativa[]): Middleware {
  const answer = provider.callback()
  return async (ctx: Context, next: Next) => {
    if (!ctx.path.startsWith(`${PERCORSO}/`)) return await next()
    ctx.req.headers.host = issuer.host
    ctx.req.headers['x-forwarded-proto'] = issuer.protocol.replace(':', '')
    delete ctx.req.headers['x-forwarded-host']
    if (ctx.path.startsWith(`${PERCORSO}/interazione/`)) return await interact(ctx, provider, persone)
    Object.assign(ctx.req, { originalUrl: ctx.req.url, nonce: ctx.state['nonce'] as string })
    ctx.req.url = (ctx.req.url ?? '').slice(PERCORSO.length)
    ctx.respond = false
    return await answer(ctx.req, ctx.res)
  }
}

async function interact(ctx: Context, provider: Provider, persone: readonly PersonaDimostrativa[]): Promise<void> {
  const nonce = ctx.state['nonce'] as string
  ctx.set('Cache-Control', 'no-store')
  ctx.type = 'text/html'
  try {
    const { params } = await provider.interactionDetails(ctx.req, ctx.res)
    const people = persone.filter((p) => CLIENTI[p.per] === params['client_id'])
    if (ctx.query['annulla'] === '1') {
      const result = { error: 'access_denied', error_description: 'annullato dalla persona' }
      return ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: false }))
    }
    const wanted = ctx.query['persona'] ?? params['login_hint']
    const chosen = people.find((p) => p.suggerimento === wanted)
    if (chosen === undefined) {
      ctx.status = 200
      ctx.body = choicePage(people, nonce)
      return
    }
    const result = { login: { accountId: chosen.soggetto, acr: LIVELLO, remember: false } }
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: false }))
  } catch (error) {
    if (!(error instanceof errors.OIDCProviderError)) throw error
    ctx.status = 400
    ctx.body = refusalPage(nonce)
  }
}
