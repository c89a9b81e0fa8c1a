import { randomBytes } from 'node:crypto'
import type { MikroORM } from '@mikro-orm/postgresql'
import { entities } from '../../server/entities.ts'
import { loadConfig } from '../../server/kernel/config.ts'
import { withClient } from '../../server/kernel/db/connect.ts'
import { createOrm } from '../../server/kernel/db/orm.ts'
import { createLog } from '../../server/kernel/log.ts'
import type { Attore, EnteRef, Scope } from '../../server/kernel/scope.ts'
import { newId } from '../../server/kernel/ids.ts'

/** A database of its own, cloned from the migrated template, opened as the unprivileged login: a superuser would hide every row-security mistake. */
export interface TestDatabase {
  readonly orm: MikroORM
  /** URL of the unprivileged login. */
  readonly url: string
  readonly ownerUrl: string
  close(): Promise<void>
}

export const ruoli = loadConfig({}).ruoli
export const log = createLog('silent')

export async function createDatabase(connections = 12): Promise<TestDatabase> {
  const template = process.env['FALDONE_TEST_OWNER_URL']
  if (template === undefined) throw new Error('the test cluster is not running: run through test/run.js')
  const name = `prova_${randomBytes(6).toString('hex')}`
  const admin = template.replace('/DATABASE', '/postgres')
  await withClient(admin, async (client) => {
    await client.query('select pg_advisory_lock(740532)')
    await client.query(`create database ${name} template modello`)
    await client.query('select pg_advisory_unlock(740532)')
  })
  const ownerUrl = template.replace('/DATABASE', `/${name}`)
  const url = ownerUrl.replace(/\/\/[^@]*@/u, `//${ruoli.login}:prova@`)
  const orm = await createOrm(entities, { url, connections })
  return {
    orm,
    url,
    ownerUrl,
    close: async () => {
      await orm.close(true)
      await withClient(admin, async (client) => await client.query(`drop database if exists ${name} with (force)`))
    },
  }
}

/** The scope of an actor in an ente, as the web application would open it. */
export function openScope(orm: MikroORM, ente: EnteRef, attore: Attore, role = ruoli.app): Scope {
  const variables: Record<string, string> = {
    'app.ente_id': ente.id,
    ...(attore.codiceFiscale === undefined ? {} : { 'app.codice_fiscale': attore.codiceFiscale }),
  }
  return { em: orm.em.fork({ session: { role, variables } }), ente, attore, requestId: newId(), log }
}
