import { createHash } from 'node:crypto'
import { Readable, Transform } from 'node:stream'
import { ZipFile } from 'yazl'

/** A file to be written in a package: its path inside the folder, and its bytes when their turn comes. */
export interface Voce {
  readonly percorso: string
  readonly apri: () => Promise<Readable>
  /** Texts are compressed; what was stored travels as it is. */
  readonly testo?: boolean
  /** Told what was written, before the next one begins. */
  readonly scritta?: (f: { readonly dimensione: number; readonly impronta: string }) => void
}

const ENTRY = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true } as const

/** Counts and digests what passes. */
class Contatore extends Transform {
  readonly #hash = createHash('sha256')
  #dimensione = 0
  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: Error | null, data: Buffer) => void): void {
    this.#hash.update(chunk)
    this.#dimensione += chunk.length
    done(null, chunk)
  }
  esito(): { dimensione: number; impronta: string } {
    return { dimensione: this.#dimensione, impronta: this.#hash.digest('hex') }
  }
}

/**
 * Files as a ZIP under one folder, one after the other as they are read: only the one being written is open, and the next is asked for when it has passed,
 * so memory does not grow with the package. A file that cannot be read, or an error of who lists them, breaks the stream with that error.
 */
export function streamZip(radice: string, voci: AsyncIterable<Voce>): Readable {
  const zip = new ZipFile()
  const flusso = zip.outputStream as unknown as Readable
  const stop = (error: unknown): void => void flusso.destroy(error instanceof Error ? error : new Error(String(error)))
  zip.on('error', stop)
  const fill = async (): Promise<void> => {
    for await (const voce of voci) {
      if (flusso.destroyed) return
      await write(zip, flusso, `${radice}/${voce.percorso}`, voce)
    }
    zip.end()
  }
  fill().catch(stop)
  return flusso
}

async function write(zip: ZipFile, flusso: Readable, nome: string, voce: Voce): Promise<void> {
  const source = await voce.apri()
  const contatore = new Contatore()
  await new Promise<void>((resolve, reject) => {
    const closed = (): void => {
      source.destroy()
      reject(new Error('the package is no longer wanted'))
    }
    flusso.once('close', closed)
    source.once('error', reject)
    contatore.once('error', reject)
    contatore.once('end', () => {
      flusso.removeListener('close', closed)
      resolve()
    })
    zip.addReadStream(source.pipe(contatore), nome, { ...ENTRY, compress: voce.testo === true })
  })
  voce.scritta?.(contatore.esito())
}

/** A text, a piece at a time, as a stream of UTF-8 bytes. */
export function textStream(pezzi: Iterable<string>): Readable {
  return Readable.from(bytes(pezzi), { objectMode: false })
}

function* bytes(pezzi: Iterable<string>): Generator<Buffer> {
  for (const pezzo of pezzi) yield Buffer.from(pezzo, 'utf8')
}
