import { openDatabase } from '../avvio/database.ts'
import { entities } from '../entities.ts'
import { NESSUN_ENTE } from '../identita/index.ts'
import type { Config } from '../kernel/config.ts'
import { createOrm } from '../kernel/db/orm.ts'
import { openJobScope, sistema } from '../kernel/jobs/worker.ts'
import { createLog } from '../kernel/log.ts'
import { query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'

/** Opens the database and hands over the system's scope of each ente whose slug or IPA code is `chi` (every ente without one), then closes everything. */
export async function withEnti(config: Config, chi: string | null, work: (scope: Scope) => Promise<void>): Promise<number> {
  const database = await openDatabase(config)
  const orm = await createOrm(entities, { url: database.url, connections: 2 })
  const deps = { orm, ruoli: config.ruoli, log: createLog(config.FALDONE_LOG) }
  try {
    const em = orm.em.fork({ session: { role: config.ruoli.jobs, variables: { 'app.ente_id': NESSUN_ENTE.id } } })
    const bare: Scope = { em, ente: NESSUN_ENTE, attore: sistema, requestId: 'cli', log: deps.log }
    const enti = await query<{ id: string }>(
      bare,
      'select id from ente where $1::text is null or slug = $1 or codice_ipa = $1 order by slug',
      [chi],
    )
    for (const { id } of enti) await work(await openJobScope(deps, id, 'cli'))
    return enti.length
  } finally {
    await orm.close(true)
    await database.embedded?.stop()
  }
}
