import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Unavailable } from '../../kernel/errors.ts'
import { ensurePostgresUser, placeFor, postgresBinaries } from './place.ts'
import type { Place } from './place.ts'
import { stopOrphan } from './orphan.ts'

/** A running embedded PostgreSQL. */
export interface EmbeddedPostgres {
  /** URL of the superuser, for the owner's acts. */
  readonly ownerUrl: (database: string) => string
  readonly port: number
  readonly pid: number
  /** True when the cluster was created by this start. */
  readonly created: boolean
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Folder that holds the cluster; made when absent. */
  readonly folder: string
  /** Extra `-c` settings, `name=value`. Tests give up durability, the product never does. */
  readonly settings?: readonly string[]
}

/**
 * Starts the PostgreSQL shipped as an npm package on a free loopback port, creating the cluster the first time. Under root the server runs as the
 * system user `postgres`, made when absent. A server left behind by a killed process is stopped first, a stale pid file removed.
 * Throws Unavailable with an Italian text when it does not start within 60 s.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const user = await ensurePostgresUser()
  const place = await placeFor(options.folder, await postgresBinaries(), user)
  await stopOrphan(place.cluster)
  const password = await readPassword(place, user)
  const created = !existsSync(join(place.cluster, 'PG_VERSION'))
  if (created) await createCluster(place, user, password)
  const port = await freePort()
  const child = await launch(place, user, port, options.settings ?? [])
  return {
    ownerUrl: (database) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`,
    port,
    pid: child.pid ?? 0,
    created,
    stop: async () => await stop(child),
  }
}

type User = { uid: number; gid: number } | null

async function readPassword(place: Place, user: User): Promise<string> {
  await mkdir(place.base, { recursive: true })
  if (user !== null) await chown(place.base, user.uid, user.gid)
  const file = join(place.base, 'parola-superutente')
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim()
  const password = randomBytes(24).toString('base64url')
  await writeFile(file, `${password}\n`, { mode: 0o600 })
  if (user !== null) await chown(file, user.uid, user.gid)
  return password
}

async function createCluster(place: Place, user: User, password: string): Promise<void> {
  // An interrupted initialisation leaves a folder initdb refuses: it holds nothing yet.
  await rm(place.cluster, { recursive: true, force: true })
  await mkdir(place.cluster, { recursive: true })
  await chmod(place.cluster, 0o700)
  if (user !== null) await chown(place.cluster, user.uid, user.gid)
  const args = ['-D', place.cluster, '-U', 'postgres', '-A', 'scram-sha-256', '--pwfile', join(place.base, 'parola-superutente'), '-E', 'UTF8', '--locale=C', '--no-instructions']
  await run(place.initdb, args, user, password)
}

async function run(program: string, args: readonly string[], user: User, secret: string): Promise<void> {
  const child = spawn(program, args, { ...(user ?? {}), stdio: ['ignore', 'ignore', 'pipe'], cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')))
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code !== 0) throw new Unavailable('postgres-non-creato', `La base dati incorporata non si crea: ${errors.replaceAll(secret, '***').trim()}`)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  if (address === null || typeof address === 'string') throw new Unavailable('nessuna-porta', 'Nessuna porta libera su 127.0.0.1.')
  return address.port
}

async function launch(place: Place, user: User, port: number, settings: readonly string[]): Promise<ChildProcess> {
  const all = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=100', 'timezone=UTC', 'log_timezone=UTC', 'shared_buffers=128MB', ...settings]
  // Its own process group: Ctrl+C in the terminal reaches the product first, which closes the database last.
  const child = spawn(place.postgres, ['-D', place.cluster, '-p', String(port), ...all.flatMap((s) => ['-c', s])], {
    ...(user ?? {}),
    detached: true,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  })
  let output = ''
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGQUIT')
      reject(new Unavailable('postgres-non-parte', `La base dati incorporata non parte entro 60 secondi: ${output.slice(-800)}`))
    }, 60_000)
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.on('exit', () => {
      clearTimeout(timer)
      reject(new Unavailable('postgres-non-parte', `La base dati incorporata non parte: ${output.slice(-800)}`))
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-4000)
      if (!output.includes('database system is ready to accept connections')) return
      clearTimeout(timer)
      child.removeAllListeners('exit')
      resolve()
    })
  })
  return child
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGINT')
  const timer = setTimeout(() => child.kill('SIGQUIT'), 20_000)
  await gone
  clearTimeout(timer)
}
