import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import yauzl from 'yauzl'

/** A statement of the product that its own artefacts contradict. */
export class Bugia extends Error {}

export function assertVero(condizione: boolean, altrimenti: string): void {
  if (!condizione) throw new Bugia(altrimenti)
}

/** SHA-256 of bytes, in hexadecimal. */
export function impronta(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Throws unless the bytes have the digest the product declares for them. */
export function assertImpronta(bytes: Buffer, dichiarata: string, cosa: string): string {
  const trovata = impronta(bytes)
  assertVero(trovata === dichiarata, `${cosa}: impronta dichiarata ${dichiarata}, ricalcolata ${trovata}`)
  return `${cosa}: ${bytes.length} byte, SHA-256 ${trovata}`
}

/** Text of the first element with this local name, or null. Enough for documents whose validity is checked apart. */
export function testoDi(xml: string, nome: string): string | null {
  return new RegExp(`<(?:[\\w-]+:)?${nome}(?:\\s[^>]*)?>([^<]*)</`, 'u').exec(xml)?.[1] ?? null
}

/** Entries of a ZIP with their bytes. */
export async function leggiZip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  await new Promise<void>((done, fail) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error !== null || zip === undefined) return fail(error ?? new Error('no zip'))
      zip.on('entry', (entry: yauzl.Entry) => {
        zip.openReadStream(entry, (failed, stream) => {
          if (failed !== null || stream === undefined) return fail(failed ?? new Error('no stream'))
          const chunks: Buffer[] = []
          stream.on('data', (chunk: Buffer) => chunks.push(chunk))
          stream.on('error', fail)
          stream.on('end', () => {
            files.set(entry.fileName, Buffer.concat(chunks))
            zip.readEntry()
          })
        })
      })
      zip.on('end', () => done())
      zip.on('error', fail)
      zip.readEntry()
    })
  })
  return files
}

/** Runs an outside judge on a file when it is on the machine; null when it is not. */
export function giudice(
  programma: string,
  args: (file: string) => string[],
  bytes: Buffer,
  nome: string,
): { esito: boolean; testo: string } | null {
  if (spawnSync('which', [programma]).status !== 0) return null
  const folder = mkdtempSync(join(tmpdir(), 'faldone-giudice-'))
  const file = join(folder, nome)
  writeFileSync(file, bytes)
  const result = spawnSync(programma, args(file), { encoding: 'utf8' })
  rmSync(folder, { recursive: true, force: true })
  return { esito: result.status === 0, testo: `${result.stdout}${result.stderr}`.trim() }
}

/** Official schemas, where a folder of outside materials is configured. */
export function schemaUfficiale(...path: string[]): string | null {
  const folder = process.env['FALDONE_MATERIALI']
  if (folder === undefined) return null
  const file = join(folder, 'schemas', ...path)
  if (!existsSync(file)) throw new Error(`FALDONE_MATERIALI is set but ${file} is not there`)
  return file
}
