import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { assertEnte, objectKey, resolveRange } from './address.ts'
import { ContentNotFound, ContentTooLarge } from './errors.ts'
import type { ByteRange, ObjectStore, PutHint, Stored } from './index.ts'
import { asBuffer } from './staging.ts'

export interface MemoryStore extends ObjectStore {
  /** Replaces the bytes behind an address, as a failing disk would: lets a test see that alterations are noticed. */
  corrupt(ente: string, sha256: string, bytes: Buffer): void
}

/** A store for tests: keeps the promises of the port, holds everything in memory and forgets it at the end. */
export function createMemoryStore(): MemoryStore {
  const objects = new Map<string, Buffer>()
  return {
    async put(stream: Readable, hint: PutHint): Promise<Stored> {
      assertEnte(hint.ente)
      const bytes = await collect(stream, hint.maxBytes)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const key = objectKey(hint.ente, sha256)
      if (!objects.has(key)) objects.set(key, bytes)
      return { sha256, dimensione: bytes.length }
    },
    async open(ente: string, sha256: string, range?: ByteRange): Promise<Readable> {
      const bytes = objects.get(objectKey(ente, sha256))
      if (bytes === undefined) throw new ContentNotFound(ente, sha256)
      const { start, length } = resolveRange(range, bytes.length)
      return Readable.from(length === 0 ? [] : [bytes.subarray(start, start + length)], { objectMode: false })
    },
    async stat(ente: string, sha256: string): Promise<{ dimensione: number } | null> {
      const bytes = objects.get(objectKey(ente, sha256))
      return bytes === undefined ? null : { dimensione: bytes.length }
    },
    async remove(ente: string, sha256: string): Promise<void> {
      objects.delete(objectKey(ente, sha256))
    },
    corrupt(ente: string, sha256: string, bytes: Buffer): void {
      const key = objectKey(ente, sha256)
      if (!objects.has(key)) throw new ContentNotFound(ente, sha256)
      objects.set(key, bytes)
    },
  }
}

async function collect(stream: Readable, maxBytes: number | undefined): Promise<Buffer> {
  const pieces: Buffer[] = []
  let total = 0
  for await (const piece of stream.iterator({ destroyOnReturn: false })) {
    const bytes = asBuffer(piece)
    total += bytes.length
    if (maxBytes !== undefined && total > maxBytes) throw new ContentTooLarge(maxBytes)
    pieces.push(bytes)
  }
  return Buffer.concat(pieces)
}
