import { createHash, randomUUID } from 'node:crypto'
import { open, readdir, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { ContentTooLarge, StorageUnavailable } from './errors.ts'
import type { Stored } from './index.ts'

export interface StagedFile extends Stored {
  readonly path: string
}

/**
 * Writes a stream to a new temporary file, hashing on the way, and makes it durable (fsync). Memory stays at one piece of the stream whatever
 * the size. On any failure the file is removed. Throws `ContentTooLarge` past `maxBytes` and `StorageUnavailable` for a failure of the disk; a
 * failure of the source (a connection cut half way) is the caller's own and passes as it is.
 */
export async function stageToFile(folder: string, stream: Readable, maxBytes: number | undefined): Promise<StagedFile> {
  const path = join(folder, `${randomUUID()}.part`)
  const file = await open(path, 'wx', 0o440).catch((error: unknown) => {
    throw new StorageUnavailable(error)
  })
  try {
    const stored = await copyAndHash(stream, file, maxBytes)
    await file.sync()
    await file.close()
    return { ...stored, path }
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(path, { force: true })
    throw stream.errored === null && isSystemError(error) ? new StorageUnavailable(error) : error
  }
}

// By shape, not by class: an error of the file system may come from another realm than this module's `Error`.
const isSystemError = (error: unknown): boolean => typeof error === 'object' && error !== null && 'syscall' in error

async function copyAndHash(stream: Readable, file: FileHandle, maxBytes: number | undefined): Promise<Stored> {
  const hash = createHash('sha256')
  let dimensione = 0
  // The source stays open on a refusal: it may be the body of a request that still needs an answer.
  for await (const piece of stream.iterator({ destroyOnReturn: false })) {
    const bytes = asBuffer(piece)
    dimensione += bytes.length
    if (maxBytes !== undefined && dimensione > maxBytes) throw new ContentTooLarge(maxBytes)
    hash.update(bytes)
    await writeAll(file, bytes)
  }
  return { sha256: hash.digest('hex'), dimensione }
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  let written = 0
  while (written < bytes.length) written += (await file.write(bytes, written)).bytesWritten
}

/** A piece of a stream as bytes: text streams are taken as UTF-8. */
export function asBuffer(piece: unknown): Buffer {
  if (Buffer.isBuffer(piece)) return piece
  if (typeof piece === 'string') return Buffer.from(piece, 'utf8')
  if (piece instanceof Uint8Array) return Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
  throw new TypeError('a store takes streams of bytes, not of objects')
}

/** Removes the temporary files that a crash left behind, if older than `before`. Answers how many. */
export async function removeStaleParts(folder: string, before: Date): Promise<number> {
  let removed = 0
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.part')) continue
    const path = join(folder, name)
    const found = await stat(path).catch(() => null)
    if (found === null || found.mtimeMs >= before.getTime()) continue
    await rm(path, { force: true })
    removed += 1
  }
  return removed
}
