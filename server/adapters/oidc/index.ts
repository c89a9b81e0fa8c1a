import * as oidc from 'openid-client'
import { LOOPBACK } from '../../kernel/http/csrf.ts'
import type { Config } from '../../kernel/config.ts'
import type { Logger } from '../../kernel/log.ts'
import type {
  AccessoAvviato,
  AccessoSuggerito,
  DestinatarioAccesso,
  IdentitaEsterna,
  PortaIdentita,
  RifiutoIdentita,
} from '../../ports/identita.ts'
import { readIdentity } from './claims.ts'
import { annullato, nonConfigurato, nonRaggiungibile, nonValida, schemaNonAmmesso } from './rifiuti.ts'

/** One issuer and how this installation is known there. */
export interface EmittenteOidc {
  readonly emittente: string
  readonly client: string
  readonly segreto?: string
  /** How requests from server to issuer leave: for an issuer reachable at another address than the public one. */
  readonly fetch?: oidc.CustomFetch
}

export interface OpzioniOidc {
  readonly operatori: EmittenteOidc | null
  readonly cittadini: EmittenteOidc | null
  /** Our address the issuer sends the browser back to. */
  readonly ritorno: string
  readonly log: Logger
  readonly produzione: boolean
  readonly dimostrativo?: boolean
  readonly accessi?: readonly AccessoSuggerito[]
}

interface Memoria {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

const SCHEMA_DI_SVILUPPO = 'sviluppo'
const LIVELLI = 'https://www.spid.gov.it/SpidL2 https://www.spid.gov.it/SpidL3'

/**
 * The identity port over OpenID Connect: authorization code with PKCE S256, state, nonce and issuer check; metadata and keys from the issuer's own
 * discovery, read at the first login and again after a failure. An identity of the development scheme is refused in production (REQ-ID-020).
 */
export function createIdentitaOidc(o: OpzioniOidc): PortaIdentita {
  const issuers = {
    operatore: o.operatori === null ? null : lazyIssuer(o.operatori),
    cittadino: o.cittadini === null ? null : lazyIssuer(o.cittadini),
  }
  const reach = async (per: DestinatarioAccesso): Promise<oidc.Configuration | RifiutoIdentita> => {
    const issuer = issuers[per]
    if (issuer === null) return nonConfigurato(per)
    try {
      return await issuer()
    } catch (error) {
      o.log.error({ err: error, per }, 'emittente di identità non raggiungibile')
      return nonRaggiungibile()
    }
  }
  return {
    dimostrativo: o.dimostrativo ?? false,
    accessiSuggeriti: () => o.accessi ?? [],
    avvia: async (per, suggerimento) => {
      const configuration = await reach(per)
      return 'rifiuto' in configuration ? configuration : await begin(configuration, o.ritorno, suggerimento)
    },
    completa: async (per, ritorno, memoria) => {
      const configuration = await reach(per)
      if ('rifiuto' in configuration) return configuration
      const identita = await finish(configuration, per, ritorno, memoria, o.log)
      if (o.produzione && 'schema' in identita && identita.schema === SCHEMA_DI_SVILUPPO) return schemaNonAmmesso()
      return identita
    },
  }
}

async function begin(configuration: oidc.Configuration, ritorno: string, suggerimento: string | undefined): Promise<AccessoAvviato> {
  const memoria: Memoria = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() }
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: ritorno,
    scope: 'openid profile',
    state: memoria.state,
    nonce: memoria.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(memoria.verifier),
    code_challenge_method: 'S256',
    acr_values: LIVELLI,
    // Levels 2 and 3 always ask the person again: nobody enters on a session left open by somebody else.
    prompt: 'login',
    ...(suggerimento === undefined ? {} : { login_hint: suggerimento }),
  })
  return { url: url.toString(), memoria: JSON.stringify(memoria) }
}

async function finish(
  configuration: oidc.Configuration,
  per: DestinatarioAccesso,
  ritorno: URL,
  memoria: string,
  log: Logger,
): Promise<IdentitaEsterna | RifiutoIdentita> {
  try {
    const { state, nonce, verifier } = JSON.parse(memoria) as Memoria
    const tokens = await oidc.authorizationCodeGrant(configuration, ritorno, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (claims === undefined) return nonValida()
    const withUserInfo = configuration.serverMetadata().userinfo_endpoint !== undefined
    const info = withUserInfo ? await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub) : {}
    return readIdentity({ ...info, ...claims }, per)
  } catch (error) {
    if (error instanceof oidc.AuthorizationResponseError && error.error === 'access_denied') return annullato()
    // The error carries codes and addresses, not the person: tokens and claims are never logged (REQ-ID-022).
    log.warn({ codice: (error as { code?: unknown }).code, messaggio: (error as Error).message }, 'risposta dell’emittente non accettata')
    return nonValida()
  }
}

/** Discovery once, again only after it failed. Plain http only towards this very machine. */
function lazyIssuer(e: EmittenteOidc): () => Promise<oidc.Configuration> {
  let known: Promise<oidc.Configuration> | null = null
  const url = new URL(e.emittente)
  const local = url.protocol === 'http:' && LOOPBACK.has(url.hostname)
  return async () => {
    known ??= oidc.discovery(
      url,
      e.client,
      { ...(e.segreto === undefined ? {} : { client_secret: e.segreto }), [oidc.clockTolerance]: 5 },
      authentication(e),
      {
        timeout: 10,
        ...(local ? { execute: [oidc.allowInsecureRequests] } : {}),
        ...(e.fetch === undefined ? {} : { [oidc.customFetch]: e.fetch }),
      },
    )
    try {
      return await known
    } catch (error) {
      known = null
      throw error
    }
  }
}

function authentication(e: EmittenteOidc): oidc.ClientAuth {
  return e.segreto === undefined ? oidc.None() : oidc.ClientSecretPost(e.segreto)
}

/** The port of an installation with its own issuers (settings FALDONE_OIDC_*). */
export function createIdentitaFromConfig(config: Config, log: Logger): PortaIdentita {
  return createIdentitaOidc({
    operatori: issuerOf(
      config.FALDONE_OIDC_OPERATORI_EMITTENTE,
      config.FALDONE_OIDC_OPERATORI_CLIENT,
      config.FALDONE_OIDC_OPERATORI_SEGRETO,
    ),
    cittadini: issuerOf(
      config.FALDONE_OIDC_CITTADINI_EMITTENTE,
      config.FALDONE_OIDC_CITTADINI_CLIENT,
      config.FALDONE_OIDC_CITTADINI_SEGRETO,
    ),
    ritorno: `${config.urlPubblico}/accesso/ritorno`,
    produzione: config.ambiente === 'produzione',
    log,
  })
}

function issuerOf(emittente: string | undefined, client: string | undefined, segreto: string | undefined): EmittenteOidc | null {
  if (emittente === undefined || client === undefined) return null
  return { emittente, client, ...(segreto === undefined ? {} : { segreto }) }
}
