import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../adapters/embedded-postgres/index.ts'
import type { EmbeddedPostgres } from '../adapters/embedded-postgres/index.ts'
import { entities } from '../entities.ts'
import type { Config } from '../kernel/config.ts'
import { withClient } from '../kernel/db/connect.ts'
import { migrate, pendingMigrations } from '../kernel/db/migrate.ts'
import { clearCutDemo, wasDemoCutShort } from './demo.ts'

/** The database of this start: where the server connects, and where the owner does when it may. */
export interface Database {
  readonly url: string
  readonly ownerUrl: string | null
  readonly embedded: EmbeddedPostgres | null
}

const NAME = 'faldone'

/** Starts the embedded PostgreSQL, or takes the outside one. Creates the database and brings it up to date when the owner is reachable (decision 10). */
export async function openDatabase(config: Config): Promise<Database> {
  if (config.DATABASE_URL !== undefined) {
    if (config.DATABASE_OWNER_URL !== undefined) await migrate(entities, config.DATABASE_OWNER_URL, config.ruoli, null)
    await assertUpToDate(config.DATABASE_URL, config)
    return { url: config.DATABASE_URL, ownerUrl: config.DATABASE_OWNER_URL ?? null, embedded: null }
  }
  const embedded = await startEmbeddedPostgres({ folder: join(config.cartellaDati, 'postgres') })
  try {
    const admin = embedded.ownerUrl('postgres')
    if (wasDemoCutShort(config)) {
      await dropDatabase(admin)
      await clearCutDemo(config)
    }
    await createDatabaseIfAbsent(admin)
    const password = await loginPassword(config)
    const ownerUrl = embedded.ownerUrl(NAME)
    await migrate(entities, ownerUrl, config.ruoli, { password })
    const url = embedded.loginUrl(config.ruoli.login, password, NAME)
    return { url, ownerUrl, embedded }
  } catch (error) {
    await embedded.stop()
    throw error
  }
}

/** Throws, naming them, when the database lacks migrations this program knows: the server never runs on an older schema. */
async function assertUpToDate(url: string, config: Config): Promise<void> {
  const pending = await pendingMigrations(url, config.ruoli)
  if (pending.length > 0) throw new Error(`La base dati non è aggiornata (mancano: ${pending.join(', ')}). Esegui: faldone migra`)
}

async function createDatabaseIfAbsent(admin: string): Promise<void> {
  await withClient(admin, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [NAME])
    if (found.rowCount === 0) await client.query(`create database ${NAME}`)
  })
}

/** Drops the embedded database: only a demo whose loading was cut short is ever thrown away. */
async function dropDatabase(admin: string): Promise<void> {
  await withClient(admin, async (client) => await client.query(`drop database if exists ${NAME} with (force)`))
}

/** Password of the unprivileged login of the embedded database, made once. */
async function loginPassword(config: Config): Promise<string> {
  const file = join(config.cartellaDati, 'parola-accesso')
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim()
  await mkdir(config.cartellaDati, { recursive: true })
  const password = randomBytes(24).toString('base64url')
  await writeFile(file, `${password}\n`, { mode: 0o600 })
  return password
}
