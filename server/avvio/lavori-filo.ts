import { platform, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { entities } from '../entities.ts'
import { createOrm } from '../kernel/db/orm.ts'
import { startWorker } from '../kernel/jobs/worker.ts'
import { createLog } from '../kernel/log.ts'
import { jobs, wireReactions } from '../reactions.ts'
import { openAdapters, openStore } from './adapters.ts'
import type { DatiLavori } from './lavori.ts'

/** Connections for three jobs at once and what they start. */
const CONNECTIONS = 5
/** Requests before jobs, when both want a processor. */
const NICE = 10

const { config, databaseUrl } = workerData as DatiLavori
// Linux gives a priority to each thread; elsewhere it would slow the requests too.
if (platform() === 'linux') setPriority(NICE)
wireReactions(jobs)
const log = createLog(config.FALDONE_LOG)
const orm = await createOrm(entities, { url: databaseUrl, connections: CONNECTIONS })
const adapters = await openAdapters(config, log, await openStore(config), () => config.urlPubblico)
const worker = await startWorker({ orm, databaseUrl, ruoli: config.ruoli, jobs, ports: adapters.ports, log })

parentPort?.once('message', () => {
  void (async () => {
    await worker.stop()
    await adapters.stop()
    await orm.close(true)
    // Nothing is under way any more: what libraries keep open does not matter.
    process.exit(0)
  })()
})
parentPort?.postMessage('pronto')
