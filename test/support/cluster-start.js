// Starts one embedded cluster for the run, migrated once into a template from which every test file clones its own database.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export default async function start() {
  const { startEmbeddedPostgres } = await import('../../server/adapters/embedded-postgres/index.ts')
  const { loadConfig } = await import('../../server/kernel/config.ts')
  const { migrate } = await import('../../server/kernel/db/migrate.ts')
  const { withClient } = await import('../../server/kernel/db/connect.ts')
  const { entities } = await import('../../server/entities.ts')
  const folder = mkdtempSync(join(tmpdir(), 'faldone-test-'))
  const pg = await startEmbeddedPostgres({
    folder,
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'],
  })
  await withClient(pg.ownerUrl('postgres'), async (client) => await client.query('create database modello'))
  await migrate(entities, pg.ownerUrl('modello'), loadConfig({}).ruoli, { password: 'prova' })
  process.env.FALDONE_TEST_OWNER_URL = pg.ownerUrl('DATABASE')
  globalThis.__faldoneCluster = { pg, folder }
}
