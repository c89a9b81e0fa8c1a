import { createHash } from 'node:crypto'
import { Transform, type Readable, type TransformCallback } from 'node:stream'
import { ContentCorrupted } from './errors.ts'

export * from './errors.ts'

/** What `put` answers: the address of the bytes (lower-case hexadecimal SHA-256) and how many they are. */
export interface Stored {
  readonly sha256: string
  readonly dimensione: number
}

/** First and last byte wanted, both included and counted from zero; without `end` up to the last byte. */
export interface ByteRange {
  readonly start: number
  readonly end?: number
}

export interface PutHint {
  readonly ente: string
  /** Refuse the content (`ContentTooLarge`) as soon as one byte more than this has been read. */
  readonly maxBytes?: number
}

/**
 * The place where bytes live. One address space per ente: the address is the SHA-256 of the bytes, so the same file stored twice is one object
 * and no object is ever overwritten or changed. `remove` has one caller in the product, the authorised disposal of records (server/scarto).
 *
 * Every adapter keeps the promises that `test/integration/storage/contract.test.ts` spells out:
 * - `put` reads the stream once, with bounded memory, and answers only when the bytes are durable. The caller keeps the source stream: it is
 *   not destroyed on a refusal, so that an HTTP answer can still be written. Throws `ContentTooLarge`, `InvalidAddress`, `StorageUnavailable`.
 * - `open` answers a stream positioned on the range. Throws `ContentNotFound`, `RangeNotSatisfiable`, `InvalidAddress`, `StorageUnavailable`.
 * - `stat` answers null for an absent object.
 * - `remove` answers when no version of the object is left, also when there was none: repeating it changes nothing. Throws `InvalidAddress`,
 *   `StorageUnavailable`.
 */
export interface ObjectStore {
  put(stream: Readable, hint: PutHint): Promise<Stored>
  open(ente: string, sha256: string, range?: ByteRange): Promise<Readable>
  stat(ente: string, sha256: string): Promise<{ dimensione: number } | null>
  remove(ente: string, sha256: string): Promise<void>
}

/**
 * Opens a whole object and recomputes its hash on the way. The last piece is held back until the hash is known: when it differs the stream
 * fails with `ContentCorrupted`, so a receiver that was told the length never takes an altered file for a complete one.
 */
export async function openVerified(store: ObjectStore, ente: string, sha256: string): Promise<Readable> {
  const source = await store.open(ente, sha256)
  const verifier = new HashVerifier(ente, sha256)
  source.once('error', (cause) => verifier.destroy(cause))
  verifier.once('close', () => source.destroy())
  return source.pipe(verifier)
}

class HashVerifier extends Transform {
  readonly #hash = createHash('sha256')
  readonly #ente: string
  readonly #expected: string
  #heldBack: Buffer | undefined

  constructor(ente: string, expected: string) {
    super()
    this.#ente = ente
    this.#expected = expected
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#hash.update(chunk)
    if (this.#heldBack !== undefined) this.push(this.#heldBack)
    this.#heldBack = chunk
    done()
  }

  override _flush(done: TransformCallback): void {
    const found = this.#hash.digest('hex')
    if (found !== this.#expected) {
      done(new ContentCorrupted(this.#ente, this.#expected, found))
      return
    }
    done(null, this.#heldBack)
  }
}
