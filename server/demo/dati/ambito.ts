import type { EntityManager, MikroORM } from '@mikro-orm/postgresql'
import { permessiDi } from '../../enti/index.ts'
import { NESSUN_ENTE } from '../../identita/index.ts'
import type { Config } from '../../kernel/config.ts'
import type { Endpoint, Ports } from '../../kernel/endpoint.ts'
import { newId } from '../../kernel/ids.ts'
import type { Logger } from '../../kernel/log.ts'
import { inTransaction, insertRows, query } from '../../kernel/scope.ts'
import type { Attore, EnteRef, Scope } from '../../kernel/scope.ts'
import type { Addetto } from './organico.ts'
import type { EnteCreato } from './enti.ts'

/** What opening a scope needs. */
export interface Base {
  readonly orm: MikroORM
  readonly ruoli: Config['ruoli']
  readonly log: Logger
}

const GENERATORE: Attore = {
  tipo: 'sistema',
  id: 'generatore',
  nome: 'Generatore dei dati dimostrativi',
  profili: [],
  uffici: [],
  permessi: new Set(['sia.configura']),
}

/** The generator in the place of the association's administrator: it configures, it registers nothing. */
export function siaScope(base: Base, ente: EnteRef = NESSUN_ENTE): Scope {
  return open(base, ente, GENERATORE, { 'app.amministratore_sia': 'si' })
}

function open(base: Base, ente: EnteRef, attore: Attore, variables: Record<string, string>): Scope {
  // Nothing here is acknowledged to anybody before the end: commits need not wait for the disk one by one (`orologio.ts` ends with one that does).
  const session = { role: base.ruoli.app, variables: { 'app.ente_id': ente.id, synchronous_commit: 'off', ...variables } }
  const em = base.orm.em.fork({ session }) as EntityManager
  return { em, ente, attore, requestId: newId(), log: base.log }
}

/** The people of an ente at work: scopes by subject and by office, as the web application would open them after a login. */
export interface Squadra {
  readonly persona: (soggetto: string) => Scope
  /** The head of an office. */
  readonly capo: (ufficio: string) => Scope
  /** Who registers. */
  readonly protocollo: Scope
}

/** Writes the operators' rows once for the whole installation; answers their ids by subject. */
export async function createOperatori(base: Base, organico: readonly Addetto[]): Promise<Map<string, string>> {
  const ids = new Map(organico.map((a) => [a.soggetto, newId()]))
  await inTransaction(siaScope(base), async (tx) => {
    for (const a of organico) {
      const email = `${a.nome}.${a.cognome}@comune.${a.incarichi[0]?.ente ?? 'valserena'}.example`.toLowerCase()
      await query(
        tx,
        'insert into operatore (id, soggetto, nome, cognome, codice_fiscale, email, amministratore_sia) values ($1, $2, $3, $4, $5, $6, $7)',
        [ids.get(a.soggetto), a.soggetto, a.nome, a.cognome, a.codiceFiscale, email, a.amministratoreSia],
      )
    }
  })
  return ids
}

/** Appoints the people of an ente and opens their scopes. Throws when an appointment names an office the ente does not have. */
export async function appoint(
  base: Base,
  e: EnteCreato,
  organico: readonly Addetto[],
  ids: ReadonlyMap<string, string>,
  dal: string,
): Promise<Squadra> {
  const own = organico.filter((a) => a.incarichi.some((i) => i.ente === e.ente.slug))
  const rows = own.flatMap((a) =>
    a.incarichi
      .filter((i) => i.ente === e.ente.slug)
      .map((i) => ({
        operatore_id: ids.get(a.soggetto),
        profilo: i.profilo,
        ufficio_id: i.ufficio === null ? null : officeId(e, i.ufficio),
      })),
  )
  await inTransaction(siaScope(base, e.ente), async (tx) => {
    const year = dal.slice(0, 4)
    await insertRows(
      tx,
      'incarico',
      rows.map((r, i) => ({ id: newId(), ...r, atto: `Decreto del Sindaco n. ${i + 1}/${year}`, dal, al: null })),
    )
  })
  const scopes = new Map(own.map((a) => [a.soggetto, personScope(base, e, a, ids.get(a.soggetto) ?? '')]))
  const persona = (soggetto: string): Scope => found(scopes.get(soggetto), soggetto)
  const withProfile = (profilo: string, ufficio: string): Scope => {
    const addetto = own.find((a) => a.incarichi.some((i) => i.ente === e.ente.slug && i.profilo === profilo && i.ufficio === ufficio))
    return persona(addetto?.soggetto ?? `${profilo} ${ufficio}`)
  }
  return { persona, capo: (ufficio) => withProfile('responsabileUor', ufficio), protocollo: withProfile('operatoreProtocollo', 'PROT') }
}

function officeId(e: EnteCreato, codice: string): string {
  const id = e.uffici.get(codice)
  if (id === undefined) throw new Error(`${e.ente.slug} has no office ${codice}`)
  return id
}

function personScope(base: Base, e: EnteCreato, a: Addetto, id: string): Scope {
  const own = a.incarichi.filter((i) => i.ente === e.ente.slug)
  const profili = [...new Set(own.map((i) => i.profilo))]
  const uffici = own.flatMap((i) => (i.ufficio === null ? [] : [officeId(e, i.ufficio)]))
  const attore: Attore = {
    tipo: 'operatore',
    id,
    nome: `${a.nome} ${a.cognome}`,
    codiceFiscale: a.codiceFiscale,
    profili,
    uffici,
    permessi: permessiDi(profili),
  }
  return open(base, e.ente, attore, { 'app.operatore_id': id })
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the demo has no ${what}`)
  return value
}

/** An act as a client would ask for it. */
export interface Chiamata {
  readonly method: Endpoint['method']
  readonly path: string
  readonly params?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/**
 * Performs an act by its declared endpoint: permission, shape of the request and service are the product's own. Throws what the service throws, and
 * Error when the endpoint is not in the list or the person may not call it.
 */
export async function perform<T>(scope: Scope, endpoints: readonly Endpoint[], chiamata: Chiamata, ports: Partial<Ports> = {}): Promise<T> {
  const endpoint = endpoints.find((e) => e.method === chiamata.method && e.path === chiamata.path)
  if (endpoint === undefined) throw new Error(`no endpoint ${chiamata.method} ${chiamata.path}`)
  if (!scope.attore.permessi.has(endpoint.permission)) throw new Error(`${scope.attore.nome} may not ${chiamata.method} ${chiamata.path}`)
  const body: unknown = endpoint.body === undefined || endpoint.body === 'stream' ? undefined : endpoint.body.parse(chiamata.body)
  const params: unknown = endpoint.params?.parse({ ente: scope.ente.slug, ...chiamata.params })
  return (await endpoint.handler(scope, { params, query: {}, body, idempotencyKey: newId() }, ports as Ports)) as T
}
