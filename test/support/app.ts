import { fileURLToPath } from 'node:url'
import type Koa from 'koa'
import type { Middleware } from 'koa'
import supertest from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { convertitoreAssente } from '../../server/adapters/libreoffice/index.ts'
import { createFirmaEmergenza } from '../../server/adapters/firma-emergenza/index.ts'
import { stampatricePdf } from '../../server/adapters/stampa-pdf/index.ts'
import { createApp } from '../../server/app.ts'
import { personaDimostrativa } from '../../server/demo/persone.ts'
import type { PersonaDimostrativa } from '../../server/demo/persone.ts'
import { endpoints } from '../../server/endpoints.ts'
import { findEnte } from '../../server/enti/index.ts'
import { cookieNames, openScope, NESSUN_ENTE, newToken, sessionEnd, tokenDigest } from '../../server/identita/index.ts'
import { loadConfig } from '../../server/kernel/config.ts'
import type { Config } from '../../server/kernel/config.ts'
import type { Endpoint, Ports } from '../../server/kernel/endpoint.ts'
import { query, queryOne } from '../../server/kernel/scope.ts'
import type { EnteRef, Profilo } from '../../server/kernel/scope.ts'
import { now } from '../../server/kernel/time.ts'
import type { IdentitaEsterna, PortaIdentita } from '../../server/ports/identita.ts'
import { wireReactions } from '../../server/reactions.ts'
import { createMemoryStore } from '../../storage/memory.ts'
import { createDatabase, log } from './database.ts'
import type { TestDatabase } from './database.ts'
import { PREPARATORE, createIncarico, createOperatore, systemScope } from './enti.ts'

/** Who logs in: a demo person by login hint, an operator with these appointments, the association's administrator, or a citizen. */
export type Chi =
  | string
  | { readonly profili: readonly Profilo[]; readonly ente: EnteRef; readonly ufficioId?: string }
  | { readonly amministratoreSia: true }
  | { readonly cittadino: { readonly nome: string; readonly codiceFiscale: string } }

/** A session ready to be used: put `headers` on every request. */
export interface Accesso {
  readonly headers: { readonly Cookie: string; readonly 'X-CSRF-Token': string }
  readonly csrf: string
  readonly token: string
  /** '' for a citizen. */
  readonly operatoreId: string
}

export interface TestApp {
  readonly db: TestDatabase
  readonly config: Config
  readonly ports: Ports
  readonly app: Koa
  /** `t.http.get('/api/v1/…').set(accesso.headers)`. */
  readonly http: TestAgent
  /** What `createEnte`, `operatorScope` and the other factories of `support/enti.ts` want as first argument. */
  readonly deps: { readonly orm: TestDatabase['orm']; readonly config: Config; readonly log: typeof log }
  loginAs(chi: Chi): Promise<Accesso>
  close(): Promise<void>
}

/** An identity port whose issuer is the test itself: `memoria` must come back in the answer's `state`; `codice` names the identity that logs in. */
export function createFakeIdentita(identita: Record<string, IdentitaEsterna> = {}): PortaIdentita {
  return {
    dimostrativo: true,
    avvia: async (per, suggerimento = '') =>
      await Promise.resolve({
        url: `https://emittente.example/?per=${per}&suggerimento=${suggerimento}&state=stato-${per}`,
        memoria: `stato-${per}`,
      }),
    completa: async (_per, ritorno, memoria) => {
      const found = identita[ritorno.searchParams.get('codice') ?? '']
      if (found === undefined || ritorno.searchParams.get('state') !== memoria)
        return await Promise.resolve({ rifiuto: 'risposta-non-valida' as const, messaggio: 'La risposta non corrisponde alla richiesta.' })
      return await Promise.resolve(found)
    },
    accessiSuggeriti: () => [],
  }
}

const WEB = fileURLToPath(new URL('./web', import.meta.url))

/**
 * A database of its own with the whole web application over it, as the product builds it; adapters are the in-memory ones unless given in `ports`.
 * `env` overrides settings; `endpoints` the list of the product; `webRoot` the small stand-in of the built pages.
 */
export async function createTestApp(
  options: {
    ports?: Partial<Ports>
    env?: Record<string, string>
    endpoints?: readonly Endpoint[]
    webRoot?: string
    connections?: number
    montaggi?: readonly Middleware[]
  } = {},
): Promise<TestApp> {
  const config = loadConfig({ FALDONE_LOG: 'silent', FALDONE_ACCESSI_AL_MINUTO: '10000', ...options.env })
  const db = await createDatabase(options.connections)
  wireReactions()
  const ports = orMissing({
    motoreRicerca: null,
    store: createMemoryStore(),
    maxUploadBytes: 10_000_000,
    indirizzoPubblico: config.urlPubblico,
    identita: createFakeIdentita(),
    stampa: stampatricePdf,
    firmaEmergenza: createFirmaEmergenza(),
    conversione: convertitoreAssente,
    ...options.ports,
  })
  const app = createApp({
    config,
    orm: db.orm,
    ports,
    endpoints: options.endpoints ?? endpoints,
    log,
    webRoot: options.webRoot ?? WEB,
    montaggi: options.montaggi ?? [],
  })
  const deps = { orm: db.orm, config, log }
  return {
    db,
    config,
    ports,
    app,
    deps,
    http: supertest(app.callback()) as unknown as TestAgent,
    loginAs: async (chi) => await loginAs(deps, chi),
    close: async () => await db.close(),
  }
}

/** The given ports; a use of any other fails the test with its name, instead of pretending. */
function orMissing(given: Partial<Ports>): Ports {
  return new Proxy(given, { get: (target, name) => (name in target ? Reflect.get(target, name) : missing(String(name))) }) as Ports
}

function missing(name: string): unknown {
  return new Proxy(
    {},
    {
      get: (_, method) => {
        throw new Error(`the port ${name} was used (${String(method)}) and not given to createTestApp`)
      },
    },
  )
}

/** Writes a session row as a login would and returns what the browser would send. Appointments are created when missing. */
async function loginAs(deps: TestApp['deps'], chi: Chi): Promise<Accesso> {
  if (typeof chi === 'string') return await loginDemo(deps, personaDimostrativa(chi))
  if ('cittadino' in chi)
    return await insertSession(deps, {
      ...chi.cittadino,
      soggetto: chi.cittadino.codiceFiscale,
      tipo: 'cittadino',
      operatoreId: null,
      amministratoreSia: false,
    })
  if ('amministratoreSia' in chi) {
    const operatore = await createOperatore(deps, { amministratoreSia: true })
    return await insertSession(deps, { ...operatore, tipo: 'operatore', operatoreId: operatore.id })
  }
  const operatore = await createOperatore(deps)
  for (const profilo of chi.profili) await createIncarico(deps, chi.ente, operatore.id, { profilo, ufficioId: chi.ufficioId ?? null })
  return await insertSession(deps, { ...operatore, tipo: 'operatore', operatoreId: operatore.id })
}

async function loginDemo(deps: TestApp['deps'], p: PersonaDimostrativa): Promise<Accesso> {
  const nome = `${p.nome} ${p.cognome}`
  if (p.per === 'cittadino') return await loginAs(deps, { cittadino: { nome, codiceFiscale: p.codiceFiscale } })
  const scope = openScope(deps, {
    role: deps.config.ruoli.app,
    variables: { 'app.soggetto': p.soggetto },
    ente: NESSUN_ENTE,
    attore: PREPARATORE,
    requestId: '',
  })
  const known = await queryOne<{ id: string }>(scope, 'select id from operatore where soggetto = $1', [p.soggetto])
  const id = known?.id ?? (await createOperatore(deps, p)).id
  for (const i of p.incarichi) {
    const ente = await findEnte(scope, i.ente)
    if (ente === null) continue
    const inside = systemScope(deps, ente)
    const held = await queryOne(inside, 'select 1 from incarico where ente_id = $1 and operatore_id = $2 and profilo = $3', [
      ente.id,
      id,
      i.profilo,
    ])
    if (held !== null) continue
    const ufficio =
      i.ufficio === null
        ? null
        : await queryOne<{ id: string }>(inside, 'select id from ufficio where ente_id = $1 and codice = $2', [ente.id, i.ufficio])
    await createIncarico(deps, ente, id, { profilo: i.profilo, ufficioId: ufficio?.id ?? null })
  }
  return await insertSession(deps, {
    nome,
    codiceFiscale: p.codiceFiscale,
    soggetto: p.soggetto,
    amministratoreSia: p.amministratoreSia,
    tipo: 'operatore',
    operatoreId: id,
  })
}

interface SessionData {
  readonly nome: string
  readonly codiceFiscale: string
  readonly soggetto: string
  readonly tipo: 'operatore' | 'cittadino'
  readonly operatoreId: string | null
  readonly amministratoreSia: boolean
}

async function insertSession(deps: TestApp['deps'], s: SessionData): Promise<Accesso> {
  const token = newToken()
  const csrf = newToken()
  const impronta = tokenDigest(token)
  const instant = now()
  const scope = openScope(deps, {
    role: deps.config.ruoli.app,
    variables: { 'app.sessione': impronta },
    ente: NESSUN_ENTE,
    attore: PREPARATORE,
    requestId: '',
  })
  await query(
    scope,
    `insert into sessione (impronta_gettone, tipo, csrf, soggetto, operatore_id, nome, codice_fiscale, schema, livello, amministratore_sia, creata_il, ultima_attivita, scade_il)
     values ($1, $2, $3, $4, $5, $6, $7, 'sviluppo', '2', $8, $9, $9, $10)`,
    [
      impronta,
      s.tipo,
      csrf,
      s.soggetto,
      s.operatoreId,
      s.nome,
      s.codiceFiscale,
      s.amministratoreSia,
      instant,
      sessionEnd(instant, instant, deps.config.FALDONE_SESSIONE_MINUTI),
    ],
  )
  const name = cookieNames(!deps.config.loopback).sessione
  return { token, csrf, operatoreId: s.operatoreId ?? '', headers: { Cookie: `${name}=${token}`, 'X-CSRF-Token': csrf } }
}
