import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { MikroORM } from '@mikro-orm/postgresql'
import { createApp } from './app.ts'
import { mailboxFolder, openAdapters, openStore } from './avvio/adapters.ts'
import type { Adapters } from './avvio/adapters.ts'
import { openDatabase } from './avvio/database.ts'
import type { Database } from './avvio/database.ts'
import { ensureDemo } from './avvio/demo.ts'
import { startTimetable } from './avvio/orario.ts'
import { ensureWebBuilt, webRoot } from './avvio/web.ts'
import { endpoints } from './endpoints.ts'
import { entities } from './entities.ts'
import type { Config } from './kernel/config.ts'
import { createOrm } from './kernel/db/orm.ts'
import { startWorker } from './kernel/jobs/worker.ts'
import { createLog } from './kernel/log.ts'
import type { Logger } from './kernel/log.ts'
import { jobs, wireReactions } from './reactions.ts'

/** The product, running. */
export interface Running {
  readonly indirizzo: string
  readonly dimostrativo: boolean
  readonly accessi: readonly { etichetta: string; nome: string; descrizione: string; per: string; suggerimento: string }[]
  readonly demo: { registrazioni: number } | null
  /** Stops everything in order: no new request, the current ones finished, jobs, adapters, database last. */
  stop(): Promise<void>
}

/**
 * Starts the product: database (embedded or outside), migrations when the owner is reachable, invented data at the first start of a demonstration, web
 * application, jobs. `config.PORT` must be the port to listen at (0 is resolved by the caller, because the public address carries it).
 */
export async function start(config: Config, say: (text: string) => void): Promise<Running> {
  const log = createLog(config.FALDONE_LOG)
  const undo: (() => Promise<void>)[] = []
  try {
    return await startParts(config, log, undo, say)
  } catch (error) {
    for (const step of undo.toReversed()) await step().catch((failed: unknown) => log.error({ err: failed }, 'arresto'))
    throw error
  }
}

async function startParts(config: Config, log: Logger, undo: (() => Promise<void>)[], say: (text: string) => void): Promise<Running> {
  const web = config.FALDONE_RUOLI.includes('web')
  wireReactions(jobs)
  const building = web ? ensureWebBuilt() : Promise.resolve(false)
  // A failed build is reported where it is awaited, after the database has been put in order.
  building.catch(() => undefined)
  const database = await openDatabase(config)
  undo.push(async () => await database.embedded?.stop())
  const orm = await createOrm(entities, { url: database.url, connections: config.FALDONE_CONNESSIONI })
  undo.push(async () => await orm.close(true))
  const store = await openStore(config)
  const demo = await ensureDemo({ config, orm, ownerUrl: database.ownerUrl, store, log, cartellaCaselle: mailboxFolder(config) })
  if (demo !== null) say(`Dati dimostrativi caricati: ${demo.registrazioni} registrazioni.`)
  const adapters = await openAdapters(config, log, store, () => `http://127.0.0.1:${config.PORT}`)
  undo.push(adapters.stop)
  await building
  if (web) {
    const server = await listen(config, orm, adapters, log)
    undo.push(async () => await close(server))
  }
  if (config.FALDONE_RUOLI.includes('lavori')) await startJobs(config, database, orm, adapters, log, undo)
  return {
    indirizzo: config.urlPubblico,
    dimostrativo: adapters.ports.identita.dimostrativo,
    accessi: adapters.ports.identita.accessiSuggeriti(),
    demo,
    stop: async () => {
      for (const step of undo.splice(0).toReversed()) await step().catch((error: unknown) => log.error({ err: error }, 'arresto'))
    },
  }
}

async function listen(config: Config, orm: MikroORM, adapters: Adapters, log: Logger): Promise<Server> {
  const app = createApp({ config, orm, ports: adapters.ports, endpoints, log, webRoot, montaggi: adapters.montaggi })
  const server = createServer(app.callback())
  // A large upload on a slow line takes longer than Node's five minutes for a whole request.
  server.requestTimeout = 30 * 60_000
  await new Promise<void>((done, fail) => server.once('error', fail).listen(config.PORT, config.FALDONE_INDIRIZZO, () => done()))
  return server
}

async function startJobs(config: Config, database: Database, orm: MikroORM, adapters: Adapters, log: Logger, undo: (() => Promise<void>)[]): Promise<void> {
  const worker = await startWorker({ orm, databaseUrl: database.url, ruoli: config.ruoli, jobs, ports: adapters.ports, log })
  undo.push(async () => await worker.stop())
  const timetable = startTimetable({ orm, config, log })
  undo.push(async () => await timetable.stop())
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()))
  server.closeIdleConnections()
  // Requests under way get ten seconds; a connection that does not end by then is cut.
  const timer = setTimeout(() => server.closeAllConnections(), 10_000)
  await closed
  clearTimeout(timer)
}

/** The port the operating system gives when `PORT` is 0: found before starting, because the public address is part of the configuration. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', () => done()))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((done) => server.close(() => done()))
  return port
}
