import { createReadStream } from 'node:fs'
import { link, lstat, mkdir, open, readdir, unlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { Casella, MessaggioInCasella } from '../../ports/casella.ts'

export interface OpzioniCartella {
  /** A file whose size or date changes within this time is still being written. */
  quieteMs?: number
}

interface Candidato extends MessaggioInCasella {
  readonly arrivatoIl: Date
  readonly modificatoMs: number
}

const QUIETE_MS = 500
const MAX_COPIES = 1000

/**
 * Mailbox kept as a folder, Maildir-like: messages are the files of `new/` and the top-level `*.eml`. A stored message moves to `cur/` and is
 * never deleted or overwritten. Names ending in `.tmp`, hidden names, empty files, links and files still growing are left alone.
 * `uid` is the path inside the folder. Meant for imports, for gateways that deliver to disk, and for the demo.
 */
export class CasellaCartella implements Casella {
  readonly #folder: string
  readonly #quieteMs: number

  constructor(folder: string, options: OpzioniCartella = {}) {
    this.#folder = folder
    this.#quieteMs = options.quieteMs ?? QUIETE_MS
  }

  /** Oldest first. Throws when the folder itself cannot be read: an unreadable mailbox must raise an alarm (REQ-PEC-021). */
  async *elenca(): AsyncIterable<MessaggioInCasella> {
    const first = await this.#scan()
    if (first.length === 0) return
    await pause(this.#quieteMs)
    for (const before of first) {
      const after = await this.#inspect(before.uid)
      if (after === null || after.dimensione !== before.dimensione || after.modificatoMs !== before.modificatoMs) continue
      yield { uid: after.uid, dimensione: after.dimensione, arrivatoIl: after.arrivatoIl }
    }
  }

  /** Throws an Error with code ENOENT when the message is not waiting any more, and for a uid that is not one of this folder. */
  async scarica(uid: string): Promise<Readable> {
    const path = this.#pathOf(uid)
    const handle = await open(path, 'r')
    return createReadStream(path, { fd: handle })
  }

  async completata(uid: string): Promise<void> {
    const source = this.#pathOf(uid)
    await mkdir(join(this.#folder, 'cur'), { recursive: true })
    for (let copy = 0; copy < MAX_COPIES; copy++) {
      const target = join(this.#folder, 'cur', copy === 0 ? basename(uid) : `${copy}-${basename(uid)}`)
      try {
        // link fails where a file of that name exists: unlike rename it can never overwrite an older message.
        await link(source, target)
        await unlink(source)
        return
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code
        if (code === 'ENOENT') return
        if (code !== 'EEXIST') throw error
        // A crash between link and unlink leaves the same file under both names: only the second step is missing.
        if (await sameFile(source, target)) {
          await unlink(source)
          return
        }
      }
    }
    throw new Error(`casella-cartella: too many messages named ${basename(uid)} in cur/`)
  }

  async #scan(): Promise<Candidato[]> {
    const top = (await readdir(this.#folder)).filter((name) => name.toLowerCase().endsWith('.eml'))
    const fresh = (await readdirOrNothing(join(this.#folder, 'new'))).map((name) => `new/${name}`)
    const found = await Promise.all([...top, ...fresh].map((uid) => this.#inspect(uid)))
    return found.filter((item) => item !== null).sort((a, b) => a.modificatoMs - b.modificatoMs || (a.uid < b.uid ? -1 : 1))
  }

  async #inspect(uid: string): Promise<Candidato | null> {
    const name = basename(uid)
    if (name.startsWith('.') || name.toLowerCase().endsWith('.tmp')) return null
    try {
      const info = await lstat(join(this.#folder, uid))
      if (!info.isFile() || info.size === 0) return null
      return { uid, dimensione: info.size, arrivatoIl: info.mtime, modificatoMs: info.mtimeMs }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }

  #pathOf(uid: string): string {
    const name = basename(uid)
    if (name === '' || name === '.' || name === '..' || (uid !== name && uid !== `new/${name}`)) {
      throw Object.assign(new Error('casella-cartella: not a message of this mailbox'), { code: 'ENOENT' })
    }
    return join(this.#folder, uid)
  }
}

async function readdirOrNothing(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

async function sameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([lstat(one), lstat(other)])
  return a.ino === b.ino && a.dev === b.dev
}
