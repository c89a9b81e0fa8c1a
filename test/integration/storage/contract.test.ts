import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Client } from 'minio'
import { createFilesystemStore } from '../../../storage/filesystem.ts'
import {
  ContentCorrupted,
  ContentNotFound,
  ContentTooLarge,
  InvalidAddress,
  openVerified,
  RangeNotSatisfiable,
  StorageUnavailable,
  type ObjectStore,
} from '../../../storage/index.ts'
import { createMemoryStore } from '../../../storage/memory.ts'
import { createS3Store } from '../../../storage/s3.ts'

/** One place to store things, with the means to damage it from outside and to look for leftovers. */
interface Candidate {
  store: ObjectStore
  corrupt(ente: string, sha256: string, bytes: Buffer): Promise<void>
  leftovers(): Promise<string[]>
  close(): Promise<void>
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const pathOf = (ente: string, hash: string): string => join(ente, hash.slice(0, 2), hash.slice(2, 4), hash)

async function memoryCandidate(): Promise<Candidate> {
  const store = createMemoryStore()
  return {
    store,
    corrupt: async (ente, hash, bytes) => store.corrupt(ente, hash, bytes),
    leftovers: async () => [],
    close: async () => undefined,
  }
}

async function filesystemCandidate(): Promise<Candidate> {
  const root = await mkdtemp(join(tmpdir(), 'faldone-archivio-'))
  return {
    store: await createFilesystemStore(root),
    corrupt: async (ente, hash, bytes) => {
      await chmod(join(root, pathOf(ente, hash)), 0o640)
      await writeFile(join(root, pathOf(ente, hash)), bytes)
    },
    leftovers: () => readdir(join(root, '.arrivo')),
    close: () => rm(root, { recursive: true, force: true }),
  }
}

const s3 = {
  endpoint: process.env['FALDONE_TEST_S3_ENDPOINT'] ?? '',
  accessKey: process.env['FALDONE_TEST_S3_ACCESS_KEY'] ?? '',
  secretKey: process.env['FALDONE_TEST_S3_SECRET_KEY'] ?? '',
  bucket: process.env['FALDONE_TEST_S3_BUCKET'] ?? '',
}

function s3Client(): Client {
  const url = new URL(s3.endpoint)
  return new Client({
    endPoint: url.hostname,
    port: Number(url.port),
    useSSL: url.protocol === 'https:',
    accessKey: s3.accessKey,
    secretKey: s3.secretKey,
    region: 'us-east-1',
  })
}

async function s3Candidate(): Promise<Candidate> {
  const stagingFolder = await mkdtemp(join(tmpdir(), 'faldone-s3-'))
  const client = s3Client()
  if (!(await client.bucketExists(s3.bucket))) await client.makeBucket(s3.bucket)
  return {
    store: await createS3Store({ ...s3, stagingFolder }),
    corrupt: async (ente, hash, bytes) => {
      await client.putObject(s3.bucket, pathOf(ente, hash), bytes)
    },
    leftovers: () => readdir(stagingFolder),
    close: () => rm(stagingFolder, { recursive: true, force: true }),
  }
}

const candidates: [string, () => Promise<Candidate>][] = [
  ['memory', memoryCandidate],
  ['filesystem', filesystemCandidate],
]
if (s3.endpoint !== '') candidates.push(['S3', s3Candidate])

async function readAll(stream: Readable): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

/** A stream of `total` bytes made on the fly, never held whole. */
function generated(total: number, seed: number): Readable {
  const piece = Buffer.alloc(64 * 1024, seed)
  return Readable.from(
    (function* () {
      for (let sent = 0; sent < total; sent += piece.length) yield piece.subarray(0, Math.min(piece.length, total - sent))
    })(),
    { objectMode: false },
  )
}

describe.each(candidates)('object store on %s', (name, open) => {
  let candidate: Candidate
  let store: ObjectStore
  // A shared server keeps what earlier runs stored: every run works in enti of its own.
  const ente = `ente-${randomUUID().slice(0, 8)}`
  const other = `ente-${randomUUID().slice(0, 8)}`

  beforeAll(async () => {
    candidate = await open()
    store = candidate.store
  })
  afterAll(() => candidate.close())

  const put = (bytes: Buffer, at = ente) => store.put(Readable.from([bytes], { objectMode: false }), { ente: at })

  it('gives back the bytes under their SHA-256', async () => {
    const bytes = randomBytes(200_000)
    const stored = await put(bytes)
    expect(stored).toEqual({ sha256: sha256(bytes), dimensione: 200_000 })
    expect((await readAll(await store.open(ente, stored.sha256))).equals(bytes)).toBe(true)
    expect(await store.stat(ente, stored.sha256)).toEqual({ dimensione: 200_000 })
  })

  it('stores an empty content', async () => {
    const stored = await store.put(Readable.from([], { objectMode: false }), { ente })
    expect(stored).toEqual({ sha256: sha256(Buffer.alloc(0)), dimensione: 0 })
    expect((await readAll(await openVerified(store, ente, stored.sha256))).length).toBe(0)
  })

  it('keeps a content of many parts whole', async () => {
    const total = 20 * 1024 * 1024 + 17
    const stored = await store.put(generated(total, 7), { ente })
    expect(stored.dimensione).toBe(total)
    const hash = createHash('sha256')
    for await (const piece of await openVerified(store, ente, stored.sha256)) hash.update(piece as Buffer)
    expect(hash.digest('hex')).toBe(stored.sha256)
  })

  it('takes the same content again, alone and at the same instant, as one object', async () => {
    const bytes = randomBytes(9 * 1024 * 1024)
    const answers = [...(await Promise.all([put(bytes), put(bytes), put(bytes)])), await put(bytes)]
    expect(answers).toEqual(answers.map(() => ({ sha256: sha256(bytes), dimensione: bytes.length })))
    expect((await readAll(await openVerified(store, ente, sha256(bytes)))).equals(bytes)).toBe(true)
  })

  it('keeps the contents of one ente out of sight of another', async () => {
    const { sha256: hash } = await put(randomBytes(1000))
    expect(await store.stat(other, hash)).toBeNull()
    await expect(store.open(other, hash)).rejects.toBeInstanceOf(ContentNotFound)
  })

  it('removes an object for good, only in its ente, as often as it is asked', async () => {
    const bytes = randomBytes(70_000)
    const { sha256: hash } = await put(bytes)
    await put(bytes, other)
    await store.remove(ente, hash)
    await store.remove(ente, hash)
    expect(await store.stat(ente, hash)).toBeNull()
    await expect(store.open(ente, hash)).rejects.toBeInstanceOf(ContentNotFound)
    expect(await store.stat(other, hash)).toEqual({ dimensione: 70_000 })
    await put(bytes)
    expect((await readAll(await openVerified(store, ente, hash))).equals(bytes)).toBe(true)
    await expect(store.remove('..', hash)).rejects.toBeInstanceOf(InvalidAddress)
  })

  it('answers absence with null or a typed error', async () => {
    const absent = sha256(randomBytes(8))
    expect(await store.stat(ente, absent)).toBeNull()
    await expect(store.open(ente, absent)).rejects.toMatchObject({ codice: 'contenuto-assente', sha256: absent })
    await expect(openVerified(store, ente, absent)).rejects.toBeInstanceOf(ContentNotFound)
  })

  it('reads ranges, both ends included', async () => {
    const bytes = randomBytes(10_000)
    const { sha256: hash } = await put(bytes)
    const read = async (start: number, end?: number) =>
      readAll(await store.open(ente, hash, end === undefined ? { start } : { start, end }))
    expect((await read(0, 0)).equals(bytes.subarray(0, 1))).toBe(true)
    expect((await read(500, 1499)).equals(bytes.subarray(500, 1500))).toBe(true)
    expect((await read(9_990)).equals(bytes.subarray(9_990))).toBe(true)
    expect((await read(9_990, 99_999)).equals(bytes.subarray(9_990))).toBe(true)
  })

  it('refuses ranges outside the content', async () => {
    const { sha256: hash } = await put(randomBytes(100))
    for (const range of [{ start: 100 }, { start: -1, end: 5 }, { start: 9, end: 8 }, { start: 0.5 }]) {
      await expect(store.open(ente, hash, range)).rejects.toBeInstanceOf(RangeNotSatisfiable)
    }
  })

  it('refuses a content above the limit, leaves nothing behind and leaves the source open', async () => {
    const source = generated(5 * 1024 * 1024, 3)
    await expect(store.put(source, { ente, maxBytes: 1024 * 1024 })).rejects.toMatchObject({ codice: 'contenuto-troppo-grande' })
    expect(source.destroyed).toBe(false)
    source.destroy()
    expect(await candidate.leftovers()).toEqual([])
    await expect(store.put(generated(1025, 3), { ente, maxBytes: 1024 })).rejects.toBeInstanceOf(ContentTooLarge)
    expect((await store.put(generated(1024, 3), { ente, maxBytes: 1024 })).dimensione).toBe(1024)
  })

  it('passes on the failure of a source cut half way and keeps nothing of it', async () => {
    const source = Readable.from(
      (function* () {
        yield randomBytes(300_000)
        throw new Error('connection reset')
      })(),
      { objectMode: false },
    )
    await expect(store.put(source, { ente })).rejects.toThrow('connection reset')
    expect(await candidate.leftovers()).toEqual([])
  })

  it('refuses addresses that could leave the store', async () => {
    const hash = sha256(Buffer.from('x'))
    for (const bad of ['', '..', '../altro', 'a/b', '.arrivo', 'a'.repeat(65)]) {
      await expect(store.stat(bad, hash)).rejects.toBeInstanceOf(InvalidAddress)
      await expect(put(Buffer.from('x'), bad)).rejects.toBeInstanceOf(InvalidAddress)
    }
    for (const bad of ['', hash.toUpperCase(), `${hash}0`, `../${hash.slice(3)}`]) {
      await expect(store.open(ente, bad)).rejects.toBeInstanceOf(InvalidAddress)
    }
  })

  it('raises at the end of a verified read when one byte was altered, before the last piece is given', async () => {
    const bytes = randomBytes(300_000)
    const { sha256: hash } = await put(bytes)
    const altered = Buffer.from(bytes)
    altered[123_456] = (altered[123_456] ?? 0) ^ 1
    await candidate.corrupt(ente, hash, altered)
    let received = 0
    const reading = (async () => {
      for await (const piece of await openVerified(store, ente, hash)) received += (piece as Buffer).length
    })()
    await expect(reading).rejects.toMatchObject({ codice: 'contenuto-alterato', sha256: hash, found: sha256(altered) })
    expect(received).toBeLessThan(bytes.length)
  })

  it('closes the source of a verified read that is abandoned', async () => {
    const { sha256: hash } = await store.put(generated(4 * 1024 * 1024, 9), { ente })
    const reading = await openVerified(store, ente, hash)
    await once(reading, 'readable')
    reading.destroy()
    await once(reading, 'close')
    expect(reading.destroyed).toBe(true)
    expect((await readAll(await store.open(ente, hash))).length).toBe(4 * 1024 * 1024)
  })

  if (name !== 'memory') {
    it('receives 100 MB with less than 64 MB of memory', async () => {
      const base = process.memoryUsage().rss
      let peak = base
      const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5)
      const stored = await store.put(generated(100 * 1024 * 1024, 5), { ente })
      clearInterval(watch)
      expect(stored.dimensione).toBe(100 * 1024 * 1024)
      expect(peak - base).toBeLessThan(64 * 1024 * 1024)
    })
  }
})

describe('what only some stores promise', () => {
  it('a file store notices, when the same content comes again, that the first copy was cut', async () => {
    const candidate = await filesystemCandidate()
    const bytes = randomBytes(50_000)
    const put = () => candidate.store.put(Readable.from([bytes]), { ente: 'castelvento' })
    const { sha256: hash } = await put()
    await candidate.corrupt('castelvento', hash, bytes.subarray(0, 40_000))
    await expect(put()).rejects.toBeInstanceOf(ContentCorrupted)
    await candidate.close()
  })

  it('a file store writes read-only files and clears what a killed process left, but nothing younger', async () => {
    const root = await mkdtemp(join(tmpdir(), 'faldone-archivio-'))
    const store = await createFilesystemStore(root)
    const { sha256: hash } = await store.put(Readable.from([Buffer.from('atto')]), { ente: 'castelvento' })
    expect((await stat(join(root, pathOf('castelvento', hash)))).mode & 0o222).toBe(0)
    const noon = new Date('2026-03-01T12:00:00Z')
    await writeFile(join(root, '.arrivo', 'vecchio.part'), 'a')
    await utimes(join(root, '.arrivo', 'vecchio.part'), noon, new Date('2026-03-01T10:00:00Z'))
    await writeFile(join(root, '.arrivo', 'nuovo.part'), 'b')
    await utimes(join(root, '.arrivo', 'nuovo.part'), noon, new Date('2026-03-01T13:00:00Z'))
    expect(await store.removeStaleUploads(noon)).toBe(1)
    expect(await readdir(join(root, '.arrivo'))).toEqual(['nuovo.part'])
    await rm(root, { recursive: true })
  })

  it('an unusable place is reported as such', async () => {
    const root = await mkdtemp(join(tmpdir(), 'faldone-archivio-'))
    await writeFile(join(root, 'file'), '')
    await expect(createFilesystemStore(join(root, 'file'))).rejects.toBeInstanceOf(StorageUnavailable)
    const settings = {
      endpoint: 'http://127.0.0.1:9',
      accessKey: 'a',
      secretKey: 'b',
      bucket: 'fascicoli',
      stagingFolder: join(root, 's3'),
    }
    await expect(createS3Store(settings)).rejects.toBeInstanceOf(StorageUnavailable)
    await expect(createS3Store({ ...settings, endpoint: 'fascicoli' })).rejects.toBeInstanceOf(StorageUnavailable)
    await rm(root, { recursive: true })
  })
})
