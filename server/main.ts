import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { MikroORM } from '@mikro-orm/postgresql'
import { createApp } from './app.ts'
import { mailboxFolder, openAdapters, openStore } from './avvio/adapters.ts'
import type { Adapters } from './avvio/adapters.ts'
import { createArresto } from './avvio/arresto.ts'
import type { Arresto } from './avvio/arresto.ts'
import { ensureCartellaDati } from './avvio/cartella.ts'
import { openDatabase } from './avvio/database.ts'
import type { Database } from './avvio/database.ts'
import { ensureDemo } from './avvio/demo.ts'
import { startLavori } from './avvio/lavori.ts'
import { startTimetable } from './avvio/orario.ts'
import { openPorta } from './avvio/porta.ts'
import type { Porta } from './avvio/porta.ts'
import { ensureWebBuilt, webRoot } from './avvio/web.ts'
import { endpoints } from './endpoints.ts'
import { entities } from './entities.ts'
import type { Config } from './kernel/config.ts'
import { createOrm } from './kernel/db/orm.ts'
import { createLog } from './kernel/log.ts'
import type { Logger } from './kernel/log.ts'
import { jobs, wireReactions } from './reactions.ts'

/** The product, running. */
export interface Running {
  readonly indirizzo: string
  readonly dimostrativo: boolean
  readonly accessi: readonly { etichetta: string; nome: string; descrizione: string; per: string; suggerimento: string }[]
  readonly demo: { registrazioni: number } | null
  /** Settles, with an Italian sentence, when something the product cannot do without ended by itself. */
  readonly guasto: Promise<string>
  /** Stops everything in order: no new request, the current ones finished, jobs, adapters, database last. */
  stop(): Promise<void>
}

/**
 * Starts the product: port, database (embedded or outside), migrations when the owner is reachable, invented data at the first start of a demonstration,
 * web application, jobs. `config.PORT` must be the port to listen at (0 is resolved by the caller, because the public address carries it). What was
 * started is undone when a later part fails or when `interruption` asks for it; then it throws.
 */
export async function start(config: Config, say: (text: string) => void, interruption = new AbortController().signal): Promise<Running> {
  const log = createLog(config.FALDONE_LOG)
  const arresto = createArresto(log)
  interruption.addEventListener('abort', () => void arresto.run(), { once: true })
  try {
    return await startParts(config, log, arresto, say, interruption)
  } catch (error) {
    await arresto.run()
    throw error
  }
}

async function startParts(
  config: Config,
  log: Logger,
  arresto: Arresto,
  say: (text: string) => void,
  interruption: AbortSignal,
): Promise<Running> {
  wireReactions(jobs)
  const porta = await takePorta(config, arresto)
  await ensureCartellaDati(config.cartellaDati)
  const building = porta === null ? Promise.resolve(false) : ensureWebBuilt(interruption)
  // A failed build is reported where it is awaited, after the database has been put in order.
  building.catch(() => undefined)
  const database = await openDatabase(config)
  await arresto.add(async () => await database.embedded?.stop())
  const orm = await createOrm(entities, { url: database.url, connections: config.FALDONE_CONNESSIONI })
  await arresto.add(async () => await orm.close(true))
  const store = await openStore(config)
  const demo = await ensureDemo({ config, orm, ownerUrl: database.ownerUrl, store, log, cartellaCaselle: mailboxFolder(config) })
  if (demo !== null) say(`Dati dimostrativi caricati: ${demo.registrazioni} registrazioni.`)
  const adapters = await openAdapters(config, log, store, () => `http://127.0.0.1:${config.PORT}`)
  await arresto.add(adapters.stop)
  await building
  if (porta !== null) {
    porta.answerWith(createApp({ config, orm, ports: adapters.ports, endpoints, log, webRoot, montaggi: adapters.montaggi }).callback())
    // Closed before what its requests use: a second time, at the beginning of the list, it finds nothing to do.
    await arresto.add(porta.close)
  }
  const guasti = config.FALDONE_RUOLI.includes('lavori') ? await startJobs(config, database, orm, adapters, log, arresto) : []
  return {
    indirizzo: config.urlPubblico,
    dimostrativo: adapters.ports.identita.dimostrativo,
    accessi: adapters.ports.identita.accessiSuggeriti(),
    demo,
    guasto: Promise.race([brokenDatabase(database, arresto), ...guasti]),
    stop: arresto.run,
  }
}

/** The port of a process that answers requests; null for one that only works. */
async function takePorta(config: Config, arresto: Arresto): Promise<Porta | null> {
  if (!config.FALDONE_RUOLI.includes('web')) return null
  const porta = await openPorta(config)
  await arresto.add(porta.close)
  return porta
}

async function brokenDatabase(database: Database, arresto: Arresto): Promise<string> {
  const log = await (database.embedded?.ended ?? new Promise<never>(() => undefined))
  // Ended because we stopped it: nobody is told.
  if (arresto.chiesto) return await new Promise<never>(() => undefined)
  return `La base dati incorporata si è fermata: riavvia il prodotto, nulla di ciò che è stato confermato va perso.\n${log.slice(-400)}`
}

/** The queue's worker and its timetable; answers what tells that the worker ended by itself. */
async function startJobs(
  config: Config,
  database: Database,
  orm: MikroORM,
  adapters: Adapters,
  log: Logger,
  arresto: Arresto,
): Promise<Promise<string>[]> {
  const { indirizzoConservatore } = adapters
  const own = indirizzoConservatore === undefined ? config : { ...config, FALDONE_CONSERVATORE_URL: indirizzoConservatore }
  const lavori = await startLavori({ config: own, databaseUrl: database.url })
  await arresto.add(lavori.stop)
  const timetable = startTimetable({ orm, config, log })
  await arresto.add(async () => await timetable.stop())
  return [lavori.guasto]
}

/** The port the operating system gives when `PORT` is 0: found before starting, because the public address is part of the configuration. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', () => done()))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((done) => server.close(() => done()))
  return port
}
