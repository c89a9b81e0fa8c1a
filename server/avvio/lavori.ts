import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Config } from '../kernel/config.ts'

/** What the thread of the jobs is told at its start. */
export interface DatiLavori {
  readonly config: Config
  readonly databaseUrl: string
}

/** The jobs at work beside the requests. */
export interface Lavori {
  /** Settles when the thread ends without having been asked. */
  readonly guasto: Promise<string>
  /** Finishes the jobs under way and stops. */
  stop(): Promise<void>
}

/**
 * Starts the later work (seals, stamps, packages, mailboxes) in a thread of its own: a heavy or damaged file keeps a job busy, never a request. `dati.config`
 * names the conservatore already started, so that the thread does not start another. Throws what kept the thread from starting.
 */
export async function startLavori(dati: DatiLavori): Promise<Lavori> {
  const thread = new Worker(new URL('./lavori-filo.ts', import.meta.url), { workerData: dati })
  // Rejects with the thread's error when it ends instead of saying that it is ready.
  await Promise.race([once(thread, 'message'), once(thread, 'exit').then(() => Promise.reject(new Error('I lavori non partono.')))])
  let asked = false
  const ended = new Promise<string>((done) => {
    thread.once('error', (error) => done(error instanceof Error ? (error.stack ?? error.message) : String(error)))
    thread.once('exit', () => done('fine inattesa'))
  })
  return {
    guasto: ended.then(async (why) =>
      asked ? await new Promise<never>(() => undefined) : `I lavori in coda si sono fermati: riavvia il prodotto, saranno ripresi.\n${why}`,
    ),
    stop: async () => {
      asked = true
      thread.postMessage('ferma')
      await ended
    },
  }
}
