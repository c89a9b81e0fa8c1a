import { AsyncLocalStorage } from 'node:async_hooks'
import { CompiledQuery } from 'kysely'
import { IsolationLevel } from '@mikro-orm/postgresql'
import type { EntityManager } from '@mikro-orm/postgresql'
import { NotFound } from './errors.ts'
import type { Logger } from './log.ts'
import { sqlState } from './problem.ts'

/** Profiles of REQ-PROT-141 (table of specification §14) plus the association's administrator. */
export const profili = [
  'responsabileGestioneDocumentale',
  'vicario',
  'coordinatore',
  'operatoreProtocollo',
  'responsabileUor',
  'addettoUor',
  'consultazione',
  'pubblicoUfficialeDelegato',
  'responsabileConservazione',
  'auditor',
  'amministratoreSistema',
] as const
export type Profilo = (typeof profili)[number]

/** The ente in whose name a request runs. */
export interface EnteRef {
  readonly id: string
  readonly slug: string
  readonly denominazione: string
  readonly codiceIpa: string
  readonly codiceFiscale: string
}

/** Who acts: a person with the appointments of this ente, a citizen with the identity he logged in with, or the system itself. */
export interface Attore {
  readonly tipo: 'operatore' | 'cittadino' | 'sistema'
  readonly id: string
  readonly nome: string
  readonly codiceFiscale?: string
  readonly profili: readonly Profilo[]
  /** Ids of the offices the person is appointed to in this ente. */
  readonly uffici: readonly string[]
  /** Those of them he is the head of; when it is not said, a head is the head of all of them. */
  readonly ufficiDiretti?: readonly string[]
  /** Permissions that follow from the profiles. */
  readonly permessi: ReadonlySet<string>
  /** Whose work this person is doing: profiles, offices and permissions are then the other's, and `nome` says both (double attribution). */
  readonly perContoDi?: { readonly id: string; readonly nome: string }
}

/** The ids under which a person may have been given a document: his own and that of who he works for. */
export function identitaDi(attore: Attore): readonly string[] {
  return attore.perContoDi === undefined ? [attore.id] : [attore.id, attore.perContoDi.id]
}

/** The session of a fork: the role is set as one more variable, in the same statement as the others. */
export function fence(role: string, variables: Readonly<Record<string, string>>): { variables: Record<string, string> } {
  return { variables: { role, ...variables } }
}

/** What a use case may use: the fenced database, the ente, the actor. */
export interface Scope {
  readonly em: EntityManager
  readonly ente: EnteRef
  readonly attore: Attore
  readonly requestId: string
  readonly log: Logger
}

/** One fact for the trail: what was done to what; `prima` and `dopo` hold the changed data (REQ-PROT-055). */
export interface AuditFact {
  readonly azione: string
  readonly oggettoTipo: string
  readonly oggettoId: string
  readonly prima?: unknown
  readonly dopo?: unknown
  readonly motivo?: string
  /** Register whose chain the fact belongs to (REQ-PROT-057): only while its counter lock is held. */
  readonly registroId?: string
  /** Documents and fascicoli the fact concerns: what "who opened my data" is answered from. */
  readonly documentoId?: string
  readonly fascicoloId?: string
}

/** Something that happened; `server/reactions.ts` says which jobs follow. Ids only. */
export interface DomainEvent {
  readonly tipo: string
  readonly id: string
  readonly dati?: Readonly<Record<string, string>>
  /** ISO instant before which the jobs that follow do not start. */
  readonly quando?: string
}

/** A scope inside the one open transaction: the only place where effects can be recorded. */
export interface TxScope extends Scope {
  readonly transaction: true
  audit(fact: AuditFact): void
  emit(event: DomainEvent): void
  /** Writes what was recorded so far: rows that do not carry a number go before the counter's lock (decision 13). */
  flush(): Promise<void>
}

/** Writes what the transaction recorded, just before it commits: injected so that the kernel does not know the jobs that follow an event. */
export type Recorder = (tx: TxScope, facts: readonly AuditFact[], events: readonly DomainEvent[]) => Promise<void>

let recorder: Recorder = async () => {
  await Promise.reject(new Error('no recorder is configured'))
}

/** Sets the recorder once at start-up (`server/reactions.ts`). */
export function setRecorder(r: Recorder): void {
  recorder = r
}

const open = new AsyncLocalStorage<true>()

/** True when the caller runs inside an open transaction: adapters that leave the database refuse to be called then. */
export function insideTransaction(): boolean {
  return open.getStore() === true
}

const RETRIES = 2

/**
 * One act, one transaction (READ COMMITTED). Facts and events recorded through `tx` are written just before the commit, in the same transaction.
 * A deadlock or serialization failure is tried again twice; every other error leaves nothing behind. Called inside a transaction it throws: inner
 * functions take `tx`.
 */
export async function inTransaction<T>(scope: Scope, work: (tx: TxScope) => Promise<T>): Promise<T> {
  if ('transaction' in scope) throw new Error('a transaction is already open: pass tx to the inner function')
  for (let attempt = 0; ; attempt++) {
    try {
      return await runOnce(scope, work)
    } catch (error) {
      const state = sqlState(error)
      if (attempt >= RETRIES || (state !== '40P01' && state !== '40001')) throw error
    }
  }
}

async function runOnce<T>(scope: Scope, work: (tx: TxScope) => Promise<T>): Promise<T> {
  const em = scope.em.fork({ clear: true })
  return await open.run(
    true,
    async () =>
      await em.transactional(async (inner) => {
        const facts: AuditFact[] = []
        const events: DomainEvent[] = []
        const tx: TxScope = {
          ...scope,
          em: inner as EntityManager,
          transaction: true,
          audit: (fact) => void facts.push(fact),
          emit: (event) => void events.push(event),
          flush: async () => await recorder(tx, facts.splice(0), events.splice(0)),
        }
        const result = await work(tx)
        await tx.flush()
        return result
      }),
  )
}

/** A consistent read of more than one row: one read-only transaction. */
export async function inReadTransaction<T>(scope: Scope, work: (s: Scope) => Promise<T>): Promise<T> {
  // Inside a transaction, also a read-only one, the same connection goes on: a second one could wait for ever on a full pool.
  if (scope.em.isInTransaction()) return await work(scope)
  const em = scope.em.fork({ clear: true })
  return await em.transactional(async (inner) => await work({ ...scope, em: inner as EntityManager }), { readOnly: true })
}

/** A read of many rows as they all were at one instant: REPEATABLE READ, read-only, in a transaction of its own (REQ-PROT-102). */
export async function inSnapshot<T>(scope: Scope, work: (s: Scope) => Promise<T>): Promise<T> {
  if (scope.em.isInTransaction()) throw new Error('a snapshot opens its own transaction')
  const em = scope.em.fork({ clear: true })
  return await em.transactional(async (inner) => await work({ ...scope, em: inner as EntityManager }), {
    isolationLevel: IsolationLevel.REPEATABLE_READ,
    readOnly: true,
  })
}

/**
 * Runs one SQL statement with true bind parameters (`$1`…) inside the transaction of `scope`; without one it runs in a short transaction of its own,
 * so that the tenant is always set. Column names come back as written in the statement.
 */
export async function query<T>(scope: Scope, sql: string, params: readonly unknown[] = []): Promise<T[]> {
  if (!scope.em.isInTransaction()) return await inReadTransactionOrWrite(scope, async (s) => await query<T>(s, sql, params))
  const result = await scope.em.getKysely<Record<string, never>>().executeQuery(CompiledQuery.raw(sql, [...params]))
  return result.rows as T[]
}

async function inReadTransactionOrWrite<T>(scope: Scope, work: (s: Scope) => Promise<T>): Promise<T> {
  const em = scope.em.fork({ clear: true })
  return await em.transactional(async (inner) => await work({ ...scope, em: inner as EntityManager }))
}

/** The first row of a query, or null. */
export async function queryOne<T>(scope: Scope, sql: string, params: readonly unknown[] = []): Promise<T | null> {
  const rows = await query<T>(scope, sql, params)
  return rows[0] ?? null
}

/** The first row of a query; throws NotFound with the given Italian text when there is none (also when the row is another ente's). */
export async function queryFound<T>(scope: Scope, testo: string, sql: string, params: readonly unknown[] = []): Promise<T> {
  const row = await queryOne<T>(scope, sql, params)
  if (row === null) throw new NotFound('non-trovato', testo)
  return row
}

/** Rows of one table to be written. Objects and arrays meant for jsonb columns must be passed through `json()`; every row has the same columns. */
export type Rows = readonly [table: string, rows: readonly Readonly<Record<string, unknown>>[]]

/** Inserts rows of one table in one statement with true bind parameters. `ente_id` is added from the scope. */
export async function insertRows(tx: TxScope, ...rows: Rows): Promise<void> {
  await insertMany(tx, [rows])
}

/**
 * Inserts rows of several tables in one statement, because every statement is a journey to the database and back. References among them are checked
 * when it ends, whatever the order.
 */
export async function insertMany(tx: TxScope, inserts: readonly Rows[]): Promise<void> {
  const values: unknown[] = [tx.ente.id]
  const parts = inserts.flatMap(([table, rows]) => {
    const columns = Object.keys(rows[0] ?? {})
    const tuples = rows.map((row) => `($1, ${columns.map((c) => `$${values.push(row[c] ?? null)}`).join(', ')})`)
    return rows.length === 0 ? [] : [`insert into ${table} (ente_id, ${columns.join(', ')}) values ${tuples.join(', ')}`]
  })
  const last = parts.pop()
  if (last === undefined) return
  const before = parts.map((part, i) => `i${i} as (${part})`)
  await query(tx, before.length === 0 ? last : `with ${before.join(', ')} ${last}`, values)
}

/** A value for a jsonb column. */
export function json(value: unknown): string {
  return JSON.stringify(value)
}
