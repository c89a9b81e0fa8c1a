import type { EntitySchema } from '@mikro-orm/core'
import { Migrator } from '@mikro-orm/migrations'
import type { MikroORM } from '@mikro-orm/postgresql'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import type { Config } from '../config.ts'
import { withClient } from './connect.ts'
import { createOrm } from './orm.ts'
import { migrationList } from './migrations/index.ts'

type Ruoli = Config['ruoli']

/** The ORM seen with its migrations, in their explicit order. */
export async function createMigrationOrm(
  entities: readonly EntitySchema[],
  url: string,
  ruoli: Ruoli,
  asOwner: boolean,
): Promise<MikroORM> {
  return await createOrm(
    entities,
    { url, connections: 2, statementTimeout: 0, ...(asOwner ? { role: ruoli.owner } : {}) },
    {
      extensions: [Migrator],
      migrations: {
        migrationsList: migrationList(ruoli),
        tableName: 'migrazione',
        snapshot: false,
        silent: true,
        transactional: true,
        allOrNothing: true,
        disableForeignKeys: false,
      },
    },
  )
}

/** Names of the migrations this program knows and the database has not. Needs only the right to read the table of the applied ones. */
export async function pendingMigrations(url: string, ruoli: Ruoli): Promise<string[]> {
  const applied = await withClient(url, async (client) => {
    await client.query(`set role ${ruoli.app}`)
    const exists = await client.query<{ esiste: boolean }>("select to_regclass('public.migrazione') is not null as esiste")
    if (exists.rows[0]?.esiste !== true) return []
    return (await client.query<{ name: string }>('select name from migrazione')).rows.map((r) => r.name)
  })
  return migrationList(ruoli)
    .map((m) => m.name)
    .filter((name) => !applied.includes(name))
}

/**
 * Brings a database up to date as the owner: roles (created if absent, under an advisory lock), the job queue's own schema, then our migrations.
 * `ownerUrl` may create roles on a first installation; afterwards the owner role alone is enough.
 * `login` gives the password of the unprivileged login when it has to be created.
 */
export async function migrate(
  entities: readonly EntitySchema[],
  ownerUrl: string,
  ruoli: Ruoli,
  login: { password: string } | null,
): Promise<string[]> {
  await withClient(ownerUrl, async (client) => await createRoles(client, ruoli, login))
  const queuePool = new pg.Pool({ connectionString: ownerUrl, max: 2, options: `-c role=${ruoli.coda}` })
  queuePool.on('error', () => undefined)
  queuePool.on('connect', (client) => client.on('error', () => undefined))
  try {
    await runMigrations({ pgPool: queuePool, schema: 'graphile_worker' })
  } finally {
    await queuePool.end()
  }
  const orm = await createMigrationOrm(entities, ownerUrl, ruoli, true)
  try {
    const done = await orm.migrator.up()
    return done.map((m) => m.name)
  } finally {
    await orm.close(true)
  }
}

async function createRoles(client: pg.Client, ruoli: Ruoli, login: { password: string } | null): Promise<void> {
  await client.query('select pg_advisory_lock(740531)')
  try {
    const existing = new Set((await client.query<{ rolname: string }>('select rolname from pg_roles')).rows.map((r) => r.rolname))
    for (const role of [ruoli.owner, ruoli.app, ruoli.sportello, ruoli.jobs, ruoli.coda]) {
      if (!existing.has(role)) await client.query(`create role ${client.escapeIdentifier(role)} nologin`)
    }
    if (!existing.has(ruoli.login)) {
      if (login === null)
        throw new Error(
          `Manca il ruolo ${ruoli.login}: crealo con una parola d'accesso, oppure esegui la migrazione con un accesso che possa creare ruoli.`,
        )
      await client.query(
        `create role ${client.escapeIdentifier(ruoli.login)} login noinherit password ${client.escapeLiteral(login.password)}`,
      )
    }
    // Without inheritance: the login may nothing by itself and a policy written for one role never binds another.
    for (const role of [ruoli.app, ruoli.sportello, ruoli.jobs, ruoli.coda]) {
      await client.query(`grant ${role} to ${ruoli.login} with inherit false, set true`)
    }
    const database = (await client.query<{ db: string }>('select current_database() as db')).rows[0]?.db ?? ''
    await client.query(`grant create, connect on database ${client.escapeIdentifier(database)} to ${ruoli.owner}, ${ruoli.coda}`)
    await client.query(`grant usage, create on schema public to ${ruoli.owner}`)
    await client.query(`create schema if not exists graphile_worker authorization ${ruoli.coda}`)
  } finally {
    await client.query('select pg_advisory_unlock(740531)')
  }
}
