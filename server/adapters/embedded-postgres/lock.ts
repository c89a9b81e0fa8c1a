import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Unavailable } from '../../kernel/errors.ts'

/** A folder taken by this process. The kernel gives it back when the process ends, however it ends: nothing stale can be left. */
export interface FolderLock {
  release(): Promise<void>
}

const NAME = /^in-uso-[0-9a-f]{12}\.sock$/u
/** Longest address of a local socket that every supported system accepts. */
const LONGEST_ADDRESS = 100
const ATTEMPTS = 20

/**
 * Takes a folder for this process alone. Each candidate first listens at a socket of its own in the folder, then looks for the others: so of two that
 * start together at least one sees the other and steps back. A socket nobody listens at belonged to a killed process and is removed.
 * Throws Unavailable (`cartella-in-uso`) when another process holds the folder.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const candidate = await stand(folder)
    const others = await lookAround(candidate)
    if (others.every((o) => o.state === 'gone')) {
      candidate.state = 'holding'
      return { release: async () => await close(candidate.server) }
    }
    await close(candidate.server)
    const holder = others.find((o) => o.state === 'holding')
    if (holder !== undefined) throw inUse(folder, holder.pid)
    await wait(50 + Math.random() * 200)
  }
  throw inUse(folder, null)
}

function inUse(folder: string, pid: number | null): Unavailable {
  const who = pid === null ? '' : ` (processo ${pid})`
  return new Unavailable(
    'cartella-in-uso',
    `La cartella ${folder} è già usata da un altro Faldone in esecuzione${who}: fermalo, oppure scegli un’altra cartella con FALDONE_DATA_DIR.`,
  )
}

interface Candidate {
  readonly folder: string
  readonly name: string
  readonly server: Server
  state: 'starting' | 'holding'
}

/** Listens in the folder itself, or in a temporary folder named after it when its address is too long or its file system has no sockets. */
async function stand(folder: string): Promise<Candidate> {
  const digest = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16)
  const elsewhere = join(tmpdir(), `faldone-${digest}`)
  const name = `in-uso-${randomBytes(6).toString('hex')}.sock`
  const places = join(folder, name).length > LONGEST_ADDRESS ? [elsewhere] : [folder, elsewhere]
  for (const place of places) {
    await mkdir(place, { recursive: true })
    const candidate: Candidate = {
      folder: place,
      name,
      state: 'starting',
      server: createServer((socket) => socket.on('error', () => undefined).end(`${candidate.state} ${process.pid}`)),
    }
    try {
      await new Promise<void>((done, fail) => candidate.server.once('error', fail).listen(join(place, name), () => done()))
    } catch (error) {
      if (place === elsewhere) throw error
      continue
    }
    candidate.server.unref()
    return candidate
  }
  throw new Error('unreachable')
}

interface Other {
  readonly state: 'starting' | 'holding' | 'gone'
  readonly pid: number | null
}

async function lookAround(own: Candidate): Promise<Other[]> {
  const names = (await readdir(own.folder)).filter((name) => NAME.test(name) && name !== own.name)
  return await Promise.all(
    names.map(async (name) => {
      const other = await ask(join(own.folder, name))
      if (other.state === 'gone') await rm(join(own.folder, name), { force: true })
      return other
    }),
  )
}

/** Who listens at a socket. One that takes the call and says nothing, or does not let us call, is alive. */
async function ask(path: string): Promise<Other> {
  return await new Promise((done) => {
    let answer = ''
    const socket = connect(path)
    const settle = (other: Other): void => {
      socket.destroy()
      done(other)
    }
    socket.setTimeout(2000, () => settle({ state: 'holding', pid: null }))
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('utf8')))
    socket.on('end', () => {
      const [state, pid] = answer.split(' ')
      settle({ state: state === 'starting' ? 'starting' : 'holding', pid: Number(pid) || null })
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const gone = error.code === 'ECONNREFUSED' || error.code === 'ENOENT' || error.code === 'ECONNRESET'
      settle({ state: gone ? 'gone' : 'holding', pid: null })
    })
  })
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((done) => server.close(() => done()))
}
