import { interactionPolicy } from 'oidc-provider'
import type { ClientMetadata, Configuration, JWKS } from 'oidc-provider'
import type { PersonaDimostrativa } from '../persone.ts'
import type { SegretiEmittente } from './chiavi.ts'
import { createMemoria } from './memoria.ts'
import { refusalPage } from './pagina.ts'

const SCOPES = 'openid profile'

/** Settings of the issuer: code flow with PKCE only, claims of invented people marked with the development scheme, everything else switched off. */
export function providerSettings(o: {
  readonly persone: readonly PersonaDimostrativa[]
  readonly segreti: SegretiEmittente
  readonly percorso: string
  readonly clienti: ClientMetadata[]
}): Configuration {
  const bySubject = new Map(o.persone.map((p) => [p.soggetto, p]))
  return {
    adapter: createMemoria(),
    clients: o.clienti,
    jwks: { keys: [o.segreti.firma] } as unknown as JWKS,
    cookies: {
      keys: o.segreti.biscotti,
      names: { session: 'idp-dimostrativo', interaction: 'idp-dimostrativo-interazione', resume: 'idp-dimostrativo-ripresa' },
    },
    scopes: ['openid', 'profile'],
    claims: { acr: null, auth_time: null, openid: ['sub'], profile: ['given_name', 'family_name', 'fiscal_number', 'schema', 'livello'] },
    acrValues: ['https://www.spid.gov.it/SpidL2'],
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_post'],
    pkce: { required: () => true },
    conformIdTokenClaims: true,
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `${o.percorso}/interazione/${interaction.uid}`, policy: loginOnly() },
    ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 600, IdToken: 300, Interaction: 600, Session: 600 },
    findAccount: (_ctx, sub) => {
      const p = bySubject.get(sub)
      return p === undefined ? undefined : { accountId: sub, claims: () => claimsOf(p) }
    },
    // The two clients are the product itself: nobody is asked to consent to what he has just asked for.
    loadExistingGrant: async (ctx) => {
      const { client, session } = ctx.oidc
      if (client === undefined || session?.accountId === undefined) return undefined
      const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope(SCOPES)
      await grant.save()
      return grant
    },
    renderError: (ctx) => {
      ctx.type = 'text/html'
      ctx.body = refusalPage((ctx.req as { nonce?: string }).nonce ?? '')
    },
  }
}

function loginOnly(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base()
  policy.remove('consent')
  return policy
}

function claimsOf(p: PersonaDimostrativa) {
  return {
    sub: p.soggetto,
    given_name: p.nome,
    family_name: p.cognome,
    fiscal_number: `TINIT-${p.codiceFiscale}`,
    schema: 'sviluppo',
    livello: '2',
  }
}
