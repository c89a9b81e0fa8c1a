import type { MikroORM } from '@mikro-orm/postgresql'
import { NESSUN_ENTE } from '../identita/index.ts'
import type { Config } from '../kernel/config.ts'
import { queueJobs } from '../kernel/jobs/index.ts'
import { openJobScope, sistema } from '../kernel/jobs/worker.ts'
import type { Logger } from '../kernel/log.ts'
import { inTransaction, query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { timetable } from '../timetable.ts'

/** The timetable of this process: it only queues, with a key that two processes share, so that nothing is done twice. */
export interface Orario {
  stop(): Promise<void>
}

/** Queues the rows of the timetable in every ente, each at its pace, starting at once. */
export function startTimetable(o: { orm: MikroORM; config: Config; log: Logger }): Orario {
  const pace = { caselle: o.config.FALDONE_CASELLA_SECONDI, minuto: 60, ora: 3600 }
  let running: Promise<void> = Promise.resolve()
  const timers = Object.entries(pace).map(([passo, seconds]) => {
    const rows = timetable.filter((r) => r.passo === passo)
    const tick = (): void => {
      running = running.then(async () => await queueRows(o, rows)).catch((error: unknown) => o.log.warn({ err: error }, 'orario'))
    }
    if (rows.length > 0) tick()
    return setInterval(rows.length === 0 ? (): void => undefined : tick, seconds * 1000)
  })
  return {
    stop: async () => {
      timers.forEach((timer) => clearInterval(timer))
      await running
    },
  }
}

async function queueRows({ orm, config, log }: { orm: MikroORM; config: Config; log: Logger }, rows: typeof timetable): Promise<void> {
  const em = orm.em.fork({ session: { role: config.ruoli.jobs, variables: { 'app.ente_id': NESSUN_ENTE.id } } })
  const bare: Scope = { em, ente: NESSUN_ENTE, attore: sistema, requestId: 'orario', log }
  for (const { id } of await query<{ id: string }>(bare, 'select id from ente order by slug')) {
    const scope = await openJobScope({ orm, ruoli: config.ruoli, log }, id, 'orario')
    await inTransaction(
      scope,
      async (tx) =>
        await queueJobs(
          tx,
          rows.map(({ tipo, tentativi }) => ({ tipo, carico: {}, chiave: tipo, tentativi })),
        ),
    )
  }
}
