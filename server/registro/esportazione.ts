import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { readRegistroXsd } from '../../metadata-schemas/registro/index.ts'
import { FORMATO } from './righe.ts'
import type { RegistroGiornalieroRow } from './repository/elenco.ts'

/** A file of an export: bytes at hand, or kept in the store under their digest. */
export interface FileEsportato {
  readonly percorso: string
  readonly dimensione: number
  readonly sha256: string
  readonly byte: Buffer | null
}

/** What an export says of itself (REQ-PROT-154). */
export interface DatiEsportazione {
  readonly ente: { readonly denominazione: string; readonly codiceIpa: string; readonly codiceFiscale: string }
  readonly registro: { readonly codice: string; readonly denominazione: string }
  readonly dal: string
  readonly al: string
  readonly autore: string
  readonly esportatoIl: string
  readonly conPdf: boolean
}

const here = (path: string): Buffer => readFileSync(new URL(path, import.meta.url))

function ofBytes(percorso: string, byte: Buffer): FileEsportato {
  return { percorso, byte, dimensione: byte.length, sha256: createHash('sha256').update(byte).digest('hex') }
}

function folderOf(r: RegistroGiornalieroRow): string {
  return `giorni/${r.giorno}${r.versione === 1 ? '' : `-v${r.versione}`}`
}

/**
 * The files of an exported register: each day's files, the schema, the verifier and the description of the format, and a manifest that lists them all with
 * its own digest beside it. Pure but for the three files that travel with every export.
 */
export function layoutEsportazione(d: DatiEsportazione, giorni: readonly RegistroGiornalieroRow[]): FileEsportato[] {
  const names = { giorno: 'giorno.json', righe: 'righe.txt', xml: 'registro.xml', pdf: 'registro.pdf' } as const
  const parti = (['giorno', 'righe', 'xml', ...(d.conPdf ? (['pdf'] as const) : [])] as const).map(
    (parte) => [parte, names[parte]] as const,
  )
  const file = [
    ofBytes('LEGGIMI.md', here('../../docs/formato-registro.md')),
    ofBytes('verifica-registro.js', here('./verifica/verifica-registro.js')),
    ofBytes('registro.xsd', Buffer.from(readRegistroXsd(), 'utf8')),
    ...giorni.flatMap((r) =>
      parti.map(([parte, nome]): FileEsportato => {
        const { sha256, dimensione } = r.parti[parte]
        return { percorso: `${folderOf(r)}/${nome}`, sha256, dimensione, byte: null }
      }),
    ),
  ]
  const { conPdf: _, ...dati } = d
  const manifesto = ofBytes(
    'manifesto.json',
    Buffer.from(
      `${JSON.stringify(
        {
          formato: FORMATO,
          ...dati,
          righe: giorni.reduce((sum, r) => sum + r.registrazioni + r.annullamenti + r.modifiche, 0),
          giorni: giorni.map((r) => ({
            giorno: r.giorno,
            versione: r.versione,
            identificativo: r.identificativo,
            cartella: folderOf(r),
            impronta: r.impronta,
          })),
          file: file.map(({ percorso, dimensione, sha256 }) => ({ percorso, dimensione, sha256 })),
        },
        null,
        2,
      )}\n`,
      'utf8',
    ),
  )
  return [manifesto, ofBytes('manifesto.sha256', Buffer.from(`${manifesto.sha256}  manifesto.json\n`, 'latin1')), ...file]
}

/** Stored, not deflated: the size is known before the first byte leaves, and any program can read it. */
const ENTRY = { mtime: new Date(1980, 0, 1), mode: 0o100644, compress: false, forceDosTimestamp: true } as const

/** The export as a ZIP under one folder, in one pass; `open` gives the verified bytes of a stored file. A file that cannot be read breaks the stream. */
export function zipEsportazione(
  radice: string,
  file: readonly FileEsportato[],
  open: (sha256: string) => Promise<Readable>,
): { readonly flusso: Readable; readonly dimensione: number } {
  const zip = new ZipFile()
  const flusso = zip.outputStream as unknown as Readable
  zip.on('error', (error: unknown) => flusso.destroy(error instanceof Error ? error : new Error(String(error))))
  for (const { percorso, byte, sha256, dimensione } of file) {
    const nome = `${radice}/${percorso}`
    if (byte !== null) zip.addBuffer(byte, nome, ENTRY)
    else
      zip.addReadStreamLazy(nome, { ...ENTRY, size: dimensione }, (deliver) => {
        open(sha256).then(
          (stream) => {
            stream.on('error', (error) => flusso.destroy(error))
            deliver(null, stream)
          },
          (error: unknown) => flusso.destroy(error instanceof Error ? error : new Error(String(error))),
        )
      })
  }
  let total = 0
  const end = zip.end.bind(zip) as (options: undefined, done: (bytes: number) => void) => void
  end(undefined, (bytes) => {
    total = bytes
  })
  return { flusso, dimensione: total }
}
