import { createReadStream } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { Client, S3Error } from 'minio'
import { assertEnte, objectKey, resolveRange } from './address.ts'
import { ContentCorrupted, ContentNotFound, StorageError, StorageUnavailable } from './errors.ts'
import type { ByteRange, ObjectStore, PutHint, Stored } from './index.ts'
import { stageToFile, type StagedFile } from './staging.ts'

export interface S3Settings {
  /** For example `http://localhost:9000` or `https://s3.ente.example`. */
  readonly endpoint: string
  readonly accessKey: string
  readonly secretKey: string
  /** Must exist: creating buckets, with their lock and retention, is an administrator's act. */
  readonly bucket: string
  readonly region?: string
  /** Local folder where a content waits, already hashed, before it is sent: its size is the largest upload times the concurrent ones. */
  readonly stagingFolder: string
}

// A part is held in memory by the client while it is sent; 8 MiB allows objects up to 80 GB in the 10,000 parts of the protocol.
const PART_SIZE = 8 * 1024 * 1024

/**
 * The store on any S3 server. The address of a content is known only after its last byte, so it is first hashed into a local file and sent
 * afterwards: the key never holds anything but the right bytes, and an interrupted upload leaves nothing behind in the bucket. Integrity rests
 * on our SHA-256; the server's ETag is not trusted. Throws `StorageUnavailable` when the bucket cannot be reached or does not exist.
 */
export async function createS3Store(settings: S3Settings): Promise<ObjectStore> {
  const { bucket } = settings
  const staging = resolve(settings.stagingFolder)
  const client = clientFor(settings)
  await guarded(async () => {
    await mkdir(staging, { recursive: true })
    if (!(await client.bucketExists(bucket))) throw new Error(`bucket ${bucket} does not exist`)
  })

  return {
    async put(stream: Readable, hint: PutHint): Promise<Stored> {
      assertEnte(hint.ente)
      const staged = await stageToFile(staging, stream, hint.maxBytes)
      try {
        await guarded(() => publish(client, bucket, hint.ente, staged))
      } finally {
        await rm(staged.path, { force: true })
      }
      return { sha256: staged.sha256, dimensione: staged.dimensione }
    },

    async open(ente: string, sha256: string, range?: ByteRange): Promise<Readable> {
      const key = objectKey(ente, sha256)
      const found = await guarded(() => sizeOf(client, bucket, key))
      if (found === null) throw new ContentNotFound(ente, sha256)
      const { start, length } = resolveRange(range, found)
      return guarded(() => (range === undefined ? client.getObject(bucket, key) : client.getPartialObject(bucket, key, start, length)))
    },

    async stat(ente: string, sha256: string): Promise<{ dimensione: number } | null> {
      const dimensione = await guarded(() => sizeOf(client, bucket, objectKey(ente, sha256)))
      return dimensione === null ? null : { dimensione }
    },

    async remove(ente: string, sha256: string): Promise<void> {
      await guarded(() => removeAll(client, bucket, objectKey(ente, sha256)))
    },
  }
}

/** Removes an object and, where the bucket keeps versions, each of them: a version left behind would be a copy left behind. */
async function removeAll(client: Client, bucket: string, key: string): Promise<void> {
  await client.removeObject(bucket, key)
  const versions: string[] = []
  for await (const found of client.listObjects(bucket, key, true, { IncludeVersion: true })) {
    const { name, versionId } = found as { name?: string; versionId?: string }
    if (name === key && versionId !== undefined) versions.push(versionId)
  }
  for (const versionId of versions) await client.removeObject(bucket, key, { versionId })
}

/** The client behind the store. Throws `StorageUnavailable` for an endpoint that is not an address. */
function clientFor(settings: S3Settings): Client {
  const url = URL.parse(settings.endpoint)
  if (url === null || !/^https?:$/.test(url.protocol)) throw new StorageUnavailable(`endpoint ${settings.endpoint}`)
  const useSSL = url.protocol === 'https:'
  return new Client({
    endPoint: url.hostname,
    port: url.port === '' ? (useSSL ? 443 : 80) : Number(url.port),
    useSSL,
    accessKey: settings.accessKey,
    secretKey: settings.secretKey,
    partSize: PART_SIZE,
    region: settings.region ?? 'us-east-1',
  })
}

/** Sends a staged content unless it is already there; whoever loses a race against an equal upload finds the twin and is content. */
async function publish(client: Client, bucket: string, ente: string, staged: StagedFile): Promise<void> {
  const key = objectKey(ente, staged.sha256)
  if (await isThere(client, bucket, key, ente, staged)) return
  try {
    await send(client, bucket, key, staged)
  } catch (error) {
    if (await isThere(client, bucket, key, ente, staged)) return
    throw error
  }
  if (!(await isThere(client, bucket, key, ente, staged))) throw new Error(`the server did not keep ${key}`)
}

async function send(client: Client, bucket: string, key: string, staged: StagedFile): Promise<void> {
  const metadata = { 'Content-Type': 'application/octet-stream' }
  if (staged.dimensione <= PART_SIZE) {
    await client.putObject(bucket, key, await readFile(staged.path), staged.dimensione, metadata)
    return
  }
  const source = createReadStream(staged.path, { highWaterMark: 1024 * 1024 })
  try {
    await client.putObject(bucket, key, source, staged.dimensione, metadata)
  } finally {
    source.destroy()
  }
}

/** True when the object is there whole; a different size under this key is damage and is never hidden by storing again. */
async function isThere(client: Client, bucket: string, key: string, ente: string, staged: StagedFile): Promise<boolean> {
  const found = await sizeOf(client, bucket, key)
  if (found === null) return false
  if (found !== staged.dimensione) throw new ContentCorrupted(ente, staged.sha256, `${found} bytes instead of ${staged.dimensione}`)
  return true
}

async function sizeOf(client: Client, bucket: string, key: string): Promise<number | null> {
  try {
    return (await client.statObject(bucket, key)).size
  } catch (error) {
    if (error instanceof S3Error && ['NotFound', 'NoSuchKey'].includes(error.code ?? '')) return null
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
