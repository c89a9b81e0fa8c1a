import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { totalmem } from 'node:os'
import { Unavailable } from '../../kernel/errors.ts'
import type { Place, User } from './place.ts'

const READY = 'database system is ready to accept connections'
const ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** A PostgreSQL server started by this process. */
export interface Server {
  readonly pid: number
  /** Settles when the server ends, asked or not; the value is the end of its own log. */
  readonly ended: Promise<string>
  stop(): Promise<void>
}

/**
 * Megabytes the server keeps pages in: a sixteenth of the memory this process may use, between 128 MB and 1 GB. They are taken as they are used: a small archive takes little.
 * `constrained` is the limit of the container in bytes, 0 for none; some systems say a number beyond any memory.
 */
export function sharedBuffers(constrained: number, total: number): number {
  const available = constrained > 0 ? Math.min(constrained, total) : total
  return Math.min(1024, Math.max(128, Math.floor(available / 16 / 2 ** 20)))
}

/** Starts the server and waits until it takes connections. Throws Unavailable (`postgres-non-parte`) with its own words when it ends first or needs more than 60 s. */
export async function launchServer(place: Place, user: User, port: number, settings: readonly string[]): Promise<Server> {
  const all = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${place.sockets ?? ''}`,
    'max_connections=100',
    'timezone=UTC',
    'log_timezone=UTC',
    `shared_buffers=${sharedBuffers(process.constrainedMemory(), totalmem())}MB`,
    ...settings,
  ]
  // Its own process group: Ctrl+C in the terminal reaches the product first, which closes the database last.
  const child = spawn(place.postgres, ['-D', place.cluster, '-p', String(port), ...all.flatMap((s) => ['-c', s])], {
    ...(user ?? {}),
    detached: true,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: ENVIRONMENT,
  })
  let output = ''
  const ended = new Promise<string>((done) => child.once('exit', () => done(output)).once('error', (error) => done(error.message)))
  const ready = new Promise<true>((done) =>
    child.stderr?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-4000)
      if (output.includes(READY)) done(true)
    }),
  )
  const outcome = await within(60_000, Promise.race([ready, ended]))
  if (outcome !== true) {
    child.kill('SIGQUIT')
    throw new Unavailable(
      'postgres-non-parte',
      `La base dati incorporata non parte${outcome === null ? ' entro 60 secondi' : ''}: ${output.slice(-800).trim()}`,
    )
  }
  return { pid: child.pid ?? 0, ended, stop: stopWith(child, ended) }
}

/** What it settles to, or null after `ms`. */
async function within<T>(ms: number, waited: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((done) => (timer = setTimeout(() => done(null), ms)))
  const first = await Promise.race([waited, late])
  clearTimeout(timer)
  return first
}

/** Asks the server to close its sessions and stop; after 20 s it is told not to wait for anything. If this process ends first, whatever the reason, the server is asked too. */
function stopWith(child: ChildProcess, ended: Promise<string>): () => Promise<void> {
  const last = (): void => void child.kill('SIGINT')
  process.once('exit', last)
  void ended.then(() => process.off('exit', last))
  return async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGINT')
    const timer = setTimeout(() => child.kill('SIGQUIT'), 20_000)
    await ended
    clearTimeout(timer)
  }
}

/** Runs one of the PostgreSQL programs to its end. Throws Unavailable with what it complained of, never the secret. */
export async function runProgram(program: string, args: readonly string[], user: User, secret: string): Promise<void> {
  const child = spawn(program, args, { ...(user ?? {}), stdio: ['ignore', 'ignore', 'pipe'], cwd: '/', env: ENVIRONMENT })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')))
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code !== 0)
    throw new Unavailable('postgres-non-creato', `La base dati incorporata non si crea: ${errors.replaceAll(secret, '***').trim()}`)
}
