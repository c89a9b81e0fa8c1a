import type { MikroORM } from '@mikro-orm/postgresql'
import { NESSUN_ENTE } from '../identita/index.ts'
import type { Config } from '../kernel/config.ts'
import { queueJobs } from '../kernel/jobs/index.ts'
import { openJobScope, sistema } from '../kernel/jobs/worker.ts'
import type { Logger } from '../kernel/log.ts'
import { inTransaction, query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'

/** The timetable of this process: it only queues, with a key that two processes share, so that nothing is done twice. */
export interface Orario {
  stop(): Promise<void>
}

/** Queues the reading of the mailboxes of every ente at the configured pace, starting at once. */
export function startTimetable(o: { orm: MikroORM; config: Config; log: Logger }): Orario {
  let running: Promise<void> = Promise.resolve()
  const tick = (): void => {
    running = running.then(async () => await queueReadings(o)).catch((error: unknown) => o.log.warn({ err: error }, 'orario'))
  }
  tick()
  const timer = setInterval(tick, o.config.FALDONE_CASELLA_SECONDI * 1000)
  return {
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}

async function queueReadings({ orm, config, log }: { orm: MikroORM; config: Config; log: Logger }): Promise<void> {
  const em = orm.em.fork({ session: { role: config.ruoli.jobs, variables: { 'app.ente_id': NESSUN_ENTE.id } } })
  const bare: Scope = { em, ente: NESSUN_ENTE, attore: sistema, requestId: 'orario', log }
  for (const { id } of await query<{ id: string }>(bare, 'select id from ente order by slug')) {
    const scope = await openJobScope({ orm, ruoli: config.ruoli, log }, id, 'orario')
    await inTransaction(
      scope,
      async (tx) => await queueJobs(tx, [{ tipo: 'pec.controlloCaselle', carico: {}, chiave: 'pec.controlloCaselle', tentativi: 3 }]),
    )
  }
}
