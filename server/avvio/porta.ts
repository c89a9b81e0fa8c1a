import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { Config } from '../kernel/config.ts'
import { Unavailable } from '../kernel/errors.ts'

/** The HTTP port, taken before anything slow is started. */
export interface Porta {
  /** From now on requests go to the application. */
  answerWith(listener: RequestListener): void
  /** No new request; those under way get ten seconds, then their connections are cut. */
  close(): Promise<void>
}

/**
 * Takes the port at once, so that one already used is known before the database is touched. Until the application is there every request is answered
 * 503, except the one that asks whether the process lives. Throws Unavailable (`porta-occupata`, `porta-non-concessa`).
 */
export async function openPorta(config: Pick<Config, 'PORT' | 'FALDONE_INDIRIZZO'>): Promise<Porta> {
  let listener: RequestListener = answerStarting
  const server = createServer((req, res) => listener(req, res))
  // A large upload on a slow line takes longer than Node's five minutes for a whole request.
  server.requestTimeout = 30 * 60_000
  await new Promise<void>((done, fail) => server.once('error', fail).listen(config.PORT, config.FALDONE_INDIRIZZO, () => done())).catch(
    (error: unknown) => {
      throw explain(error as NodeJS.ErrnoException, config)
    },
  )
  return { answerWith: (l) => void (listener = l), close: async () => await close(server) }
}

const answerStarting: RequestListener = (req, res) => {
  const live = req.url === '/health/live'
  res.writeHead(live ? 200 : 503, { 'Content-Type': 'application/json; charset=utf-8', 'Retry-After': '2', 'Cache-Control': 'no-store' })
  res.end(JSON.stringify({ stato: live ? 'vivo' : 'in avvio' }))
}

function explain(error: NodeJS.ErrnoException, { PORT, FALDONE_INDIRIZZO }: Pick<Config, 'PORT' | 'FALDONE_INDIRIZZO'>): Error {
  if (error.code === 'EADDRINUSE')
    return new Unavailable(
      'porta-occupata',
      `La porta ${PORT} è già usata da un altro programma: chiudilo, oppure scegline un’altra con PORT.`,
    )
  if (error.code === 'EACCES')
    return new Unavailable(
      'porta-non-concessa',
      `La porta ${PORT} è riservata all’amministratore della macchina: scegline una da 1024 in su con PORT.`,
    )
  if (error.code === 'EADDRNOTAVAIL')
    return new Unavailable('indirizzo-non-presente', `Questa macchina non ha l’indirizzo ${FALDONE_INDIRIZZO}: correggi FALDONE_INDIRIZZO.`)
  return error
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return
  const closed = new Promise<void>((done) => server.close(() => done()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), 10_000)
  await closed
  clearTimeout(timer)
}
