import { openDatabase } from '../avvio/database.ts'
import { entities } from '../entities.ts'
import { verifyChain } from '../kernel/audit.ts'
import type { Config } from '../kernel/config.ts'
import { createOrm } from '../kernel/db/orm.ts'
import { openJobScope } from '../kernel/jobs/worker.ts'
import { createLog } from '../kernel/log.ts'
import { query } from '../kernel/scope.ts'
import { NESSUN_ENTE } from '../identita/index.ts'

/** `faldone verifica-catena [ente]`: recomputes every register's chain; 1 when a link is broken, naming it (REQ-PROT-057). With the product stopped. */
export async function runVerificaCatena(args: readonly string[], config: Config): Promise<number> {
  const database = await openDatabase(config)
  const orm = await createOrm(entities, { url: database.url, connections: 2 })
  const deps = { orm, ruoli: config.ruoli, log: createLog(config.FALDONE_LOG) }
  let broken = 0
  try {
    const em = orm.em.fork({ session: { role: config.ruoli.jobs, variables: { 'app.ente_id': NESSUN_ENTE.id } } })
    const bare = {
      em,
      ente: NESSUN_ENTE,
      attore: { tipo: 'sistema' as const, id: 'sistema', nome: 'Sistema', profili: [], uffici: [], permessi: new Set<string>() },
      requestId: 'cli',
      log: deps.log,
    }
    const enti = await query<{ id: string; slug: string }>(
      bare,
      'select id, slug from ente where $1::text is null or slug = $1 order by slug',
      [args[0] ?? null],
    )
    for (const { id, slug } of enti) {
      const scope = await openJobScope(deps, id, 'cli')
      for (const registro of await query<{ id: string; codice: string }>(
        scope,
        'select id, codice from registro where ente_id = $1 union all select id, codice from repertorio where ente_id = $1 order by codice',
        [id],
      )) {
        const link = await verifyChain(scope, registro.id)
        if (link !== null) broken++
        console.log(
          link === null
            ? `${slug} ${registro.codice}: catena integra`
            : `${slug} ${registro.codice}: anello ${link.progressivo} rotto (${link.id})`,
        )
      }
    }
  } finally {
    await orm.close(true)
    await database.embedded?.stop()
  }
  return broken === 0 ? 0 : 1
}
