import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRef } from 'pdf-lib'
import type { PDFObject } from 'pdf-lib'

/** Bytes kept for the signature, in hexadecimal digits: half of them as bytes. */
const CIFRE = 12_000

/**
 * A PDF with the place of a signature added by an incremental update: the bytes of before stay as they are, the new objects and their cross-reference stream
 * come after them. The place is the one @signpdf fills. Throws when the file cannot be read.
 */
export async function addPosto(pdf: Buffer, p: { nome: string; motivo: string; istante: Date }): Promise<Buffer> {
  const documento = await PDFDocument.load(pdf, { updateMetadata: false })
  const { context, catalog } = documento
  const page = documento.getPage(0)
  // The streams of the file itself (tables, groups of objects) have numbers too, which the library does not count.
  const { previous, size } = readTable(pdf)
  const [firma, posto, xref] = [size, size + 1, size + 2]
  const annots = page.node.lookup(PDFName.of('Annots'))
  const objects: [number, string][] = [
    [refOf(context.trailerInfo.Root).objectNumber, withEntries(catalog, { AcroForm: `<< /Fields [${posto} 0 R] /SigFlags 3 >>` })],
    [
      page.ref.objectNumber,
      withEntries(page.node, {
        Annots: `[${[...(annots instanceof PDFArray ? annots.asArray() : []), `${posto} 0 R`].map(String).join(' ')}]`,
      }),
    ],
    [firma, signature(p)],
    [posto, `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Firma1) /V ${firma} 0 R /P ${page.ref.toString()} /Rect [0 0 0 0] /F 132 >>`],
  ]
  return append(pdf, objects, { previous, xref, root: refOf(context.trailerInfo.Root).toString(), id: context.trailerInfo.ID })
}

/** Where the last cross-reference table is, and how many objects it knows of. */
function readTable(pdf: Buffer): { previous: number; size: number } {
  const previous = Number(/startxref\s+(\d+)\s+%%EOF\s*$/u.exec(pdf.subarray(-64).toString('latin1'))?.[1])
  const size = Number(/\/Size\s+(\d+)/u.exec(pdf.subarray(previous).toString('latin1'))?.[1])
  if (Number.isNaN(size)) throw new Error('a PDF without its table of objects')
  return { previous, size }
}

function refOf(object: PDFObject | undefined): PDFRef {
  if (!(object instanceof PDFRef)) throw new Error('a PDF without a catalogue')
  return object
}

/** The dictionary as text, with some entries of its own. */
function withEntries(dict: PDFDict, entries: Readonly<Record<string, string>>): string {
  const kept = dict.entries().filter(([key]) => !(key.decodeText() in entries))
  const all = [
    ...kept.map(([key, value]) => `${key.toString()} ${value.toString()}`),
    ...Object.entries(entries).map(([k, v]) => `/${k} ${v}`),
  ]
  return `<< ${all.join(' ')} >>`
}

/** The dictionary of the signature: range and contents are written when it is signed. */
function signature(p: { nome: string; motivo: string; istante: Date }): string {
  const at = p.istante.toISOString().replace(/[-:T]/gu, '').slice(0, 14)
  const text = (value: string): string => `<${Buffer.from(`\ufeff${value}`, 'utf16le').swap16().toString('hex')}>`
  return [
    '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached',
    '/ByteRange [0 /********** /********** /**********]',
    `/Contents <${'0'.repeat(CIFRE)}>`,
    `/Name ${text(p.nome)} /Reason ${text(p.motivo)} /M (D:${at}Z) >>`,
  ].join(' ')
}

/** The update after the bytes of before, with its table as a stream: what follows a table of that kind must be of that kind. */
function append(
  pdf: Buffer,
  objects: readonly (readonly [number, string])[],
  t: { readonly previous: number; readonly xref: number; readonly root: string; readonly id: PDFObject | undefined },
): Buffer {
  const pieces = ['\n']
  let at = pdf.length + 1
  const places: [number, number][] = []
  for (const [n, body] of objects) {
    const text = `${n} 0 obj\n${body}\nendobj\n`
    places.push([n, at])
    pieces.push(text)
    at += Buffer.byteLength(text, 'latin1')
  }
  places.push([t.xref, at])
  const rows = places.toSorted((a, b) => a[0] - b[0])
  const table = Buffer.concat(
    rows.map(([, place]) => {
      const row = Buffer.alloc(6)
      row[0] = 1
      row.writeUInt32BE(place, 1)
      return row
    }),
  )
  const dict = [
    `<< /Type /XRef /Size ${t.xref + 1} /Root ${t.root} /Prev ${t.previous} /W [1 4 1] /Index [${rows.map(([n]) => `${n} 1`).join(' ')}]`,
    `${t.id === undefined ? '' : `/ID ${t.id.toString()} `}/Length ${table.length} >>`,
  ].join(' ')
  const head = Buffer.from(`${t.xref} 0 obj\n${dict}\nstream\n`, 'latin1')
  const tail = Buffer.from(`\nendstream\nendobj\nstartxref\n${at}\n%%EOF`, 'latin1')
  return Buffer.concat([pdf, Buffer.from(pieces.join(''), 'latin1'), head, table, tail])
}
