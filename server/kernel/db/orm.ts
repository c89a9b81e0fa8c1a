import type { EntitySchema } from '@mikro-orm/core'
import { MikroORM } from '@mikro-orm/postgresql'
import type { Options } from '@mikro-orm/postgresql'
import pg from 'pg'
import { releaseDead } from './dead.ts'
import { prepareRepeated } from './prepared.ts'

/** Connection settings of one pool. `role` is taken at connection time by pools that never change it (owner, queue). */
export interface DatabaseOptions {
  readonly url: string
  readonly connections: number
  readonly role?: string
  /** Longest statement, in milliseconds; 0 for none (migrations). */
  readonly statementTimeout?: number
}

const TIMESTAMPTZ = 1184

/** Our own statements read instants as Date; the ORM would leave them as text. Calendar days stay text on purpose. */
function readInstantsAsDates(pool: pg.Pool): void {
  // The ORM gives its pool a table of parsers of its own.
  const types = pool.options.types as { setTypeParser(oid: number, parser: (text: string) => unknown): void } | undefined
  types?.setTypeParser(TIMESTAMPTZ, pg.types.getTypeParser(TIMESTAMPTZ) as (text: string) => unknown)
}

/**
 * Builds the ORM over every entity of the product. The pool carries the timeouts that keep a stuck request from holding the register's lock:
 * 30 s a statement, 15 s a lock, 60 s idle inside a transaction.
 */
export async function createOrm(entities: readonly EntitySchema[], db: DatabaseOptions, extra: Partial<Options> = {}): Promise<MikroORM> {
  const statement = db.statementTimeout ?? 30_000
  const options = [
    `-c statement_timeout=${statement}`,
    `-c lock_timeout=${statement === 0 ? 0 : 15_000}`,
    `-c idle_in_transaction_session_timeout=60000`,
    '-c timezone=UTC',
  ]
  if (db.role !== undefined) options.push(`-c role=${db.role}`)
  // A local socket is named in the query of the URL, where the ORM does not look.
  const socket = new URL(db.url).searchParams.get('host')
  return await MikroORM.init({
    entities: [...entities],
    clientUrl: db.url,
    forceUtcTimezone: true,
    pool: { min: 0, max: db.connections },
    driverOptions: {
      options: options.join(' '),
      application_name: 'faldone',
      onPoolCreated: (pool: pg.Pool) => {
        readInstantsAsDates(pool)
        prepareRepeated(pool)
        releaseDead(pool)
      },
      ...(socket === null ? {} : { host: socket }),
    },
    // Foreign keys are composite (ente_id, …) and written in the migrations: the ORM maps ids as plain columns.
    schemaGenerator: { createForeignKeyConstraints: false, ignoreSchema: ['graphile_worker', 'app'] },
    ensureDatabase: false,
    ...extra,
  })
}
