import type { Config } from '../../kernel/config.ts'
import { withClient } from '../../kernel/db/connect.ts'
import { replaceClock } from '../../kernel/time.ts'

/** The two clocks of the product, the process's and the database's legal one, moved together. */
export interface Orologio {
  /** From now on it is this instant, until the next move. */
  sposta(istante: Date): Promise<void>
}

const TABLE = 'app.orologio_dimostrativo'
const HEAD = 'create or replace function app.istante() returns timestamptz language sql volatile set search_path = pg_catalog, pg_temp as'
/** The legal clock as the migrations make it. */
const REAL = `${HEAD} 'select clock_timestamp()'`
const MOVED = `${HEAD} 'select istante from ${TABLE}'`

/**
 * Runs `work` with clocks that stand where they are put, so that the past of the demo is written by the real services in its own order. Whatever
 * happens, both clocks are the real ones again afterwards. The database must be nobody else's meanwhile. `ownerUrl` may take the owner's role.
 */
export async function withMovableClock<T>(ownerUrl: string, ruoli: Config['ruoli'], work: (orologio: Orologio) => Promise<T>): Promise<T> {
  return await withClient(ownerUrl, async (client) => {
    await client.query(`set role ${client.escapeIdentifier(ruoli.owner)}`)
    try {
      await client.query('begin')
      await client.query(`create unlogged table ${TABLE} (istante timestamptz not null)`)
      await client.query(`insert into ${TABLE} values (clock_timestamp())`)
      await client.query(`grant select on ${TABLE} to ${ruoli.app}, ${ruoli.jobs}, ${ruoli.sportello}`)
      await client.query(MOVED)
      await client.query('commit')
      await client.query('set synchronous_commit = off')
      return await work({
        sposta: async (istante) => {
          await client.query(`update ${TABLE} set istante = $1`, [istante.toISOString()])
          replaceClock(() => new Date(istante))
        },
      })
    } finally {
      replaceClock(null)
      await client.query('rollback')
      // A commit that waits for the disk makes every earlier one durable too.
      await client.query('reset synchronous_commit')
      await client.query('begin')
      await client.query(REAL)
      await client.query(`drop table if exists ${TABLE}`)
      await client.query('commit')
    }
  })
}
