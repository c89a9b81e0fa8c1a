import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'

/** The archive cannot be read, or would be too much once unpacked. `message` says why in Italian. */
export class ArchivioIlleggibile extends Error {}

const MAX_ENTRIES = 500_000
/** Largest ratio between a file and its packed form: more is a trap, not a document. */
const MAX_RATIO = 1000

/** A file of an archive, ready to be read once. */
export interface FileArchivio {
  readonly nome: string
  readonly dimensione: number
  readonly read: () => Promise<Readable>
}

/**
 * Reads a ZIP from its bytes, one file at a time in the order of its index; folders are left out. The bytes are kept in a temporary file for the time of
 * the visit. Throws ArchivioIlleggibile for a damaged archive, a name twice, a file above `maxBytes`.
 */
export async function visitArchivio(bytes: Readable, maxBytes: number, visit: (file: FileArchivio) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'faldone-archivio-'))
  try {
    const path = join(folder, 'archivio.zip')
    await pipeline(bytes, createWriteStream(path))
    await visitZip(await openZip(path), maxBytes, visit)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function openZip(path: string): Promise<ZipFile> {
  return await new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: true }, (error, zip) => {
      if (error !== null) reject(new ArchivioIlleggibile('L’archivio dei file non è uno ZIP leggibile.'))
      else resolve(zip)
    })
  })
}

async function visitZip(zip: ZipFile, maxBytes: number, visit: (file: FileArchivio) => Promise<void>): Promise<void> {
  const seen = new Set<string>()
  await new Promise<void>((resolve, reject) => {
    zip.on('error', () => reject(new ArchivioIlleggibile('L’archivio dei file è danneggiato.')))
    zip.on('end', () => resolve())
    zip.on('entry', (entry: Entry) => {
      takeEntry(zip, entry, seen, maxBytes, visit).then(
        () => zip.readEntry(),
        (error: unknown) => {
          zip.close()
          reject(error instanceof Error ? error : new Error(String(error)))
        },
      )
    })
    zip.readEntry()
  })
}

async function takeEntry(
  zip: ZipFile,
  entry: Entry,
  seen: Set<string>,
  maxBytes: number,
  visit: (file: FileArchivio) => Promise<void>,
): Promise<void> {
  if (entry.fileName.endsWith('/')) return
  if (seen.has(entry.fileName)) throw new ArchivioIlleggibile(`Nell’archivio il file ${entry.fileName} compare due volte.`)
  if (seen.size >= MAX_ENTRIES) throw new ArchivioIlleggibile(`L’archivio ha più di ${MAX_ENTRIES} file.`)
  if (entry.uncompressedSize > maxBytes || entry.uncompressedSize > Math.max(entry.compressedSize, 1) * MAX_RATIO)
    throw new ArchivioIlleggibile(`Nell’archivio il file ${entry.fileName} è troppo grande.`)
  seen.add(entry.fileName)
  await visit({
    nome: entry.fileName,
    dimensione: entry.uncompressedSize,
    read: async () =>
      await new Promise((resolve, reject) => {
        zip.openReadStream(entry, (error, stream) => {
          if (error !== null) reject(new ArchivioIlleggibile(`Nell’archivio il file ${entry.fileName} è danneggiato.`))
          else resolve(stream)
        })
      }),
  })
}

/** SHA-256 of every file of an archive by name; a damaged file stops the visit. */
export async function digestsOf(bytes: Readable, maxBytes: number): Promise<Map<string, string>> {
  const digests = new Map<string, string>()
  await visitArchivio(bytes, maxBytes, async (file) => {
    const hash = createHash('sha256')
    try {
      for await (const chunk of await file.read()) hash.update(chunk as Buffer)
    } catch (error) {
      throw error instanceof ArchivioIlleggibile ? error : new ArchivioIlleggibile(`Nell’archivio il file ${file.nome} è danneggiato.`)
    }
    digests.set(file.nome, hash.digest('hex'))
  })
  return digests
}
