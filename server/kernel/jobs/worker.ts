import { Logger, run } from 'graphile-worker'
import type { TaskList } from 'graphile-worker'
import pg from 'pg'
import type { MikroORM } from '@mikro-orm/postgresql'
import type { Config } from '../config.ts'
import type { Ports } from '../endpoint.ts'
import { newId } from '../ids.ts'
import type { Logger as Log } from '../log.ts'
import { fence, inTransaction, insertRows, json, queryOne } from '../scope.ts'
import type { Attore, EnteRef, Scope } from '../scope.ts'
import { now } from '../time.ts'
import type { JobDefinition } from './index.ts'

/** The system as actor of later work. */
export const sistema: Attore = { tipo: 'sistema', id: 'sistema', nome: 'Sistema', profili: [], uffici: [], permessi: new Set() }

export interface WorkerOptions {
  readonly orm: MikroORM
  /** Direct connection of the unprivileged login: LISTEN does not pass through a transaction pooler. */
  readonly databaseUrl: string
  readonly ruoli: Config['ruoli']
  readonly jobs: readonly JobDefinition[]
  readonly ports: Ports
  readonly log: Log
  readonly concurrency?: number
}

/** A running worker. */
export interface Worker {
  /** Finishes the jobs under way and stops. */
  stop(): Promise<void>
}

/**
 * Runs the queued jobs of every ente. Each handler works in its own job's ente as the jobs role; on success a history row is written, on failure the queue
 * tries again with growing pauses and then keeps the job visible: it is never dropped by age (decisions 20-22).
 */
export async function startWorker(o: WorkerOptions): Promise<Worker> {
  const pool = new pg.Pool({
    connectionString: o.databaseUrl,
    max: (o.concurrency ?? 3) + 2,
    options: `-c role=${o.ruoli.coda} -c synchronous_commit=off`,
    application_name: 'faldone-lavori',
  })
  pool.on('error', (error) => o.log.warn({ error: error.message }, 'connessione della coda'))
  pool.on('connect', (client) => client.on('error', () => undefined))
  const runner = await run({
    pgPool: pool,
    schema: 'graphile_worker',
    concurrency: o.concurrency ?? 3,
    noHandleSignals: true,
    pollInterval: 2000,
    taskList: Object.fromEntries(o.jobs.map((job) => [job.type, toTask(job, o)])) as TaskList,
    logger: new Logger(() => (level, message) => o.log[level === 'warning' ? 'warn' : level](message)),
    crontab: ' ',
  })
  return {
    stop: async () => {
      await runner.stop()
      await pool.end()
    },
  }
}

function toTask(job: JobDefinition, o: WorkerOptions): TaskList[string] {
  return async (raw, helpers) => {
    const { ente: enteId, ...rest } = raw as Record<string, string>
    if (enteId === undefined) throw new Error('a job without its ente')
    const payload = job.parse(rest)
    const scope = await openJobScope(o, enteId, `${job.type}:${helpers.job.id}`)
    await job.handler(scope, payload, o.ports)
    await inTransaction(scope, async (tx) => {
      await insertRows(tx, 'lavoro_storico', [
        { id: newId(), tipo: job.type, carico: json(payload), tentativi: helpers.job.attempts, concluso_il: now().toISOString() },
      ])
    })
  }
}

/** The scope of the system in an ente, as the jobs role. Throws when the ente is not in the directory. */
export async function openJobScope(o: Pick<WorkerOptions, 'orm' | 'ruoli' | 'log'>, enteId: string, requestId: string): Promise<Scope> {
  const em = o.orm.em.fork({ session: fence(o.ruoli.jobs, { 'app.ente_id': enteId }) })
  const bare: Scope = {
    em,
    ente: { id: enteId, slug: '', denominazione: '', codiceIpa: '', codiceFiscale: '' },
    attore: sistema,
    requestId,
    log: o.log,
  }
  const ente = await queryOne<EnteRef>(
    bare,
    'select id, slug, denominazione, codice_ipa as "codiceIpa", codice_fiscale as "codiceFiscale" from ente where id = $1',
    [enteId],
  )
  if (ente === null) throw new Error('a job of an unknown ente')
  return { ...bare, ente }
}
