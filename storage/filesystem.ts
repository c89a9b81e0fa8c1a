import { createReadStream } from 'node:fs'
import { link, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { assertEnte, objectKey, resolveRange } from './address.ts'
import { ContentCorrupted, ContentNotFound, StorageError, StorageUnavailable } from './errors.ts'
import type { ByteRange, ObjectStore, PutHint, Stored } from './index.ts'
import { removeStaleParts, stageToFile } from './staging.ts'

export interface FilesystemStore extends ObjectStore {
  /** Removes temporary files older than `before`, left by a process that was killed while receiving. Answers how many. */
  removeStaleUploads(before: Date): Promise<number>
}

/**
 * The default store: one read-only file per object under `<root>/<ente>/aa/bb/<sha256>`. Bytes go to a temporary file of the same file system,
 * are made durable, and get their name by a hard link, which cannot replace an existing file; then the folder is made durable too. So after an
 * answer the object survives a power cut, and a crash at any point leaves at most a temporary file.
 * Creates the root folder; throws `StorageUnavailable` when it cannot.
 */
export async function createFilesystemStore(root: string): Promise<FilesystemStore> {
  const base = resolve(root)
  const staging = join(base, '.arrivo')
  await guarded(async () => {
    await mkdir(staging, { recursive: true })
  })
  const fileOf = (ente: string, sha256: string): string => join(base, objectKey(ente, sha256))

  return {
    async put(stream: Readable, hint: PutHint): Promise<Stored> {
      assertEnte(hint.ente)
      const staged = await stageToFile(staging, stream, hint.maxBytes)
      try {
        await guarded(() => publish(staged.path, fileOf(hint.ente, staged.sha256), staged, hint.ente))
      } finally {
        await rm(staged.path, { force: true })
      }
      return { sha256: staged.sha256, dimensione: staged.dimensione }
    },

    async open(ente: string, sha256: string, range?: ByteRange): Promise<Readable> {
      const path = fileOf(ente, sha256)
      const found = await guarded(() => sizeOf(path))
      if (found === null) throw new ContentNotFound(ente, sha256)
      const { start, length } = resolveRange(range, found)
      // An empty object has no last byte to name, so it is read without bounds.
      return length === 0 ? createReadStream(path) : createReadStream(path, { start, end: start + length - 1 })
    },

    async stat(ente: string, sha256: string): Promise<{ dimensione: number } | null> {
      const dimensione = await guarded(() => sizeOf(fileOf(ente, sha256)))
      return dimensione === null ? null : { dimensione }
    },

    async remove(ente: string, sha256: string): Promise<void> {
      const path = fileOf(ente, sha256)
      await guarded(async () => {
        if ((await sizeOf(path)) === null) return
        await rm(path, { force: true })
        await syncFolders(dirname(path), undefined)
      })
    },

    removeStaleUploads: (before: Date) => guarded(() => removeStaleParts(staging, before)),
  }
}

/** Gives the staged file its final name unless an object is already there, then makes the name durable. */
async function publish(from: string, to: string, stored: Stored, ente: string): Promise<void> {
  const created = await mkdir(dirname(to), { recursive: true })
  try {
    await link(from, to)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return assertSameSize(to, stored, ente)
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS'].includes(codeOf(error))) throw error
    // File systems without hard links (some network shares): equal name means equal bytes, so a lost race replaces a file by its twin.
    if ((await sizeOf(to)) !== null) return assertSameSize(to, stored, ente)
    await rename(from, to)
  }
  await syncFolders(dirname(to), created)
}

/** A shorter or longer file under this name is damage: storing "again" must not hide it. */
async function assertSameSize(path: string, stored: Stored, ente: string): Promise<void> {
  const found = await sizeOf(path)
  if (found !== stored.dimensione) throw new ContentCorrupted(ente, stored.sha256, `${found ?? 0} bytes instead of ${stored.dimensione}`)
}

/** Syncs the folder of the new name and, when folders were created, each parent up to the one that already existed. */
async function syncFolders(folder: string, firstCreated: string | undefined): Promise<void> {
  const stop = firstCreated === undefined ? folder : dirname(firstCreated)
  for (let current = folder; ; current = dirname(current)) {
    const handle = await open(current, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
    if (current === stop || current === dirname(current)) return
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof StorageError ? error : new StorageUnavailable(error)
  }
}

// By shape, not by class: an error of the file system may come from another realm than this module's `Error`.
const codeOf = (error: unknown): string => (typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '')
