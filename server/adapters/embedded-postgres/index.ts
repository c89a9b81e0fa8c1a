import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { Unavailable } from '../../kernel/errors.ts'
import { lockFolder } from './lock.ts'
import { stopOrphan } from './orphan.ts'
import { ensurePostgresUser, placeFor, postgresBinaries } from './place.ts'
import type { Place, User } from './place.ts'
import { launchServer, runProgram } from './server.ts'

/** A running embedded PostgreSQL. */
export interface EmbeddedPostgres {
  /** URL of the superuser, for the owner's acts. */
  readonly ownerUrl: (database: string) => string
  /** URL of another login: by the local socket where there is one. */
  readonly loginUrl: (login: string, password: string, database: string) => string
  readonly port: number
  readonly pid: number
  /** True when the cluster was created by this start. */
  readonly created: boolean
  /** Settles when the server ends, asked or not; the value is the end of its own log. */
  readonly ended: Promise<string>
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Folder that holds the cluster; made when absent. */
  readonly folder: string
  /** Extra `-c` settings, `name=value`. Tests give up durability, the product never does. */
  readonly settings?: readonly string[]
}

/**
 * Starts the PostgreSQL shipped as an npm package on a free loopback port, creating the cluster the first time. The folder is held by this process until
 * `stop` or its end. Under root the server runs as the system user `postgres`, made when absent. A server left behind by a killed process is stopped
 * first, a stale pid file does not matter. Throws Unavailable with an Italian text when the folder is held by another process or the server does not
 * start within 60 s.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.folder)
  await mkdir(folder, { recursive: true })
  const lock = await lockFolder(folder)
  try {
    const user = await ensurePostgresUser()
    const place = await placeFor(folder, await postgresBinaries(), user)
    await stopOrphan(place.cluster)
    const password = await readPassword(place, user)
    const created = !existsSync(place.cluster)
    if (created) await createCluster(place, user, password)
    await removeSockets(place)
    const port = await freePort()
    const server = await launchServer(place, user, port, options.settings ?? [])
    return {
      ownerUrl: (database) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`,
      loginUrl: (login, secret, database) =>
        `postgres://${login}:${secret}@127.0.0.1:${port}/${database}${place.sockets === null ? '' : `?host=${encodeURIComponent(place.sockets)}`}`,
      port,
      pid: server.pid,
      created,
      ended: server.ended,
      stop: async () => {
        await server.stop()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function readPassword(place: Place, user: User): Promise<string> {
  await mkdir(place.base, { recursive: true })
  if (user !== null) await chown(place.base, user.uid, user.gid)
  const file = join(place.base, 'parola-superutente')
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim()
  const password = randomBytes(24).toString('base64url')
  // Written aside and renamed: a start cut short never leaves half a password.
  await writeFile(`${file}.nuova`, `${password}\n`, { mode: 0o600 })
  if (user !== null) await chown(`${file}.nuova`, user.uid, user.gid)
  await rename(`${file}.nuova`, file)
  return password
}

/** Makes the cluster in a folder aside and renames it when it is whole: an initialisation cut short is simply done again. */
async function createCluster(place: Place, user: User, password: string): Promise<void> {
  const aside = `${place.cluster}.in-creazione`
  await rm(aside, { recursive: true, force: true })
  await mkdir(aside, { recursive: true })
  await chmod(aside, 0o700)
  if (user !== null) await chown(aside, user.uid, user.gid)
  const args = [
    '-D',
    aside,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    '--pwfile',
    join(place.base, 'parola-superutente'),
    '-E',
    'UTF8',
    '--locale=C',
    '--no-instructions',
  ]
  await runProgram(place.initdb, args, user, password)
  await rename(aside, place.cluster)
}

/** Sockets of servers that were killed: their pid could be somebody else's by now, and the folder is ours alone. */
async function removeSockets({ sockets }: Place): Promise<void> {
  if (sockets === null) return
  for (const name of await readdir(sockets)) if (name.startsWith('.s.PGSQL.')) await rm(join(sockets, name), { force: true })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  if (address === null || typeof address === 'string') throw new Unavailable('nessuna-porta', 'Nessuna porta libera su 127.0.0.1.')
  return address.port
}
