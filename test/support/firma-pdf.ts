import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFNumber, PDFRef, PDFString } from 'pdf-lib'
import type { PDFObject } from 'pdf-lib'

const SPAZIO_FIRMA = 12_000
const SEGNAPOSTO = '**********'

/**
 * The PDF with a PAdES signature appended, as a signing program leaves it: the bytes there were come first, untouched, then an incremental update with the
 * signature, its field and the changed catalogue and page. The field is invisible and outside the page, tagged as a form, so that PDF/A and PDF/UA still hold.
 * `firma` makes the detached CMS over the signed bytes.
 */
export async function appendFirma(
  pdf: Buffer,
  nome: string,
  istante: Date,
  firma: (signedBytes: Buffer) => Promise<Buffer>,
): Promise<Buffer> {
  const { corpo, oggetti, trailer } = await composeUpdate(pdf, nome, istante)
  const whole = Buffer.concat([pdf, Buffer.from(corpo, 'latin1'), xref(pdf.length + corpo.length, oggetti, trailer)])
  const contents = whole.indexOf('/Contents <', pdf.length) + '/Contents '.length
  const after = contents + SPAZIO_FIRMA * 2 + 2
  const range = `/ByteRange [0 ${contents} ${after} ${whole.length - after}]`
  const slot = whole.indexOf('/ByteRange [', pdf.length)
  const slotEnd = whole.indexOf(']', slot) + 1
  whole.write(range.padEnd(slotEnd - slot, ' '), slot, 'latin1')
  const cms = await firma(Buffer.concat([whole.subarray(0, contents), whole.subarray(after)]))
  if (cms.length > SPAZIO_FIRMA) throw new Error('the signature is larger than its place')
  whole.write(cms.toString('hex').padEnd(SPAZIO_FIRMA * 2, '0'), contents + 1, 'latin1')
  return whole
}

interface Aggiornamento {
  readonly corpo: string
  readonly oggetti: readonly { readonly numero: number; readonly posizione: number }[]
  readonly trailer: string
}

async function composeUpdate(pdf: Buffer, nome: string, istante: Date): Promise<Aggiornamento> {
  const documento = await PDFDocument.load(new Uint8Array(pdf), { updateMetadata: false })
  const { context, catalog } = documento
  const page = documento.getPage(0)
  const previous = Number(/startxref\s+(\d+)\s+%%EOF\s*$/u.exec(pdf.subarray(-200).toString('latin1'))?.[1])
  // The library does not count the streams that hold objects and cross-references: the size is the one the file says.
  const size = Number(/\/Size (\d+)/u.exec(pdf.subarray(previous).toString('latin1'))?.[1])
  if (Number.isNaN(previous + size)) throw new Error('the PDF has no cross-reference at its end')
  const [firma, campo] = [PDFRef.of(size), PDFRef.of(size + 1)]
  const changed: [PDFRef, PDFObject][] = []

  const annots = page.node.Annots()?.asArray() ?? []
  page.node.set(PDFName.of('Annots'), context.obj([...annots, campo]))
  page.node.set(PDFName.of('Tabs'), PDFName.of('S'))
  changed.push([page.ref, page.node])
  catalog.set(PDFName.of('AcroForm'), context.obj({ Fields: [campo], SigFlags: 3 }))
  changed.push([context.trailerInfo.Root as PDFRef, catalog])
  const field: Record<string, PDFObject> = {
    Type: PDFName.of('Annot'),
    Subtype: PDFName.of('Widget'),
    FT: PDFName.of('Sig'),
    Rect: context.obj([0, 0, 0, 0]),
    F: PDFNumber.of(4),
    T: PDFString.of('Firma1'),
    TU: PDFHexString.fromText(`Firma digitale di ${nome}`),
    V: firma,
    P: page.ref,
  }
  const tagged = tagField(documento, campo, page.ref)
  if (tagged !== null) {
    field['StructParent'] = PDFNumber.of(tagged.chiave)
    changed.push(...tagged.oggetti)
  }
  changed.push([campo, context.obj(field as never) as PDFObject])
  const start = pdf.length + 1
  let corpo = '\n'
  const oggetti: { numero: number; posizione: number }[] = []
  const add = (ref: PDFRef, text: string): void => {
    oggetti.push({ numero: ref.objectNumber, posizione: start + corpo.length - 1 })
    corpo += `${ref.objectNumber} ${ref.generationNumber} obj\n${text}\nendobj\n`
  }
  for (const [ref, object] of changed) add(ref, textOf(object))
  add(firma, signatureText(nome, istante))
  const id = context.trailerInfo.ID
  const info = context.trailerInfo.Info
  const extra = [info === undefined ? '' : ` /Info ${String(info)}`, id === undefined ? '' : ` /ID ${textOf(id as PDFObject)}`].join('')
  const trailer = `/Root ${String(context.trailerInfo.Root)}${extra} /Prev ${previous}`
  return { corpo, oggetti, trailer }
}

/** Puts the field in the structure of a tagged PDF, under a Form element; null where there is no structure. */
function tagField(documento: PDFDocument, campo: PDFRef, pagina: PDFRef): { chiave: number; oggetti: [PDFRef, PDFObject][] } | null {
  const { context, catalog } = documento
  const rootRef = catalog.get(PDFName.of('StructTreeRoot'))
  const root = catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict)
  if (root === undefined || !(rootRef instanceof PDFRef)) return null
  const treeRef = root.get(PDFName.of('ParentTree'))
  const tree = root.lookup(PDFName.of('ParentTree'), PDFDict)
  const nums = tree.lookup(PDFName.of('Nums'), PDFArray)
  const keys = nums.asArray().flatMap((value, i) => (i % 2 === 0 && value instanceof PDFNumber ? [value.asNumber()] : []))
  const chiave = Math.max(-1, ...keys) + 1
  const kid = root.get(PDFName.of('K'))
  const parentRef = kid instanceof PDFRef ? kid : (root.lookup(PDFName.of('K'), PDFArray).get(0) as PDFRef)
  const parent = context.lookup(parentRef, PDFDict)
  const form = PDFRef.of(campo.objectNumber + 1)
  const element = context.obj({
    Type: 'StructElem',
    S: 'Form',
    P: parentRef,
    Pg: pagina,
    K: context.obj({ Type: 'OBJR', Obj: campo, Pg: pagina }),
  })
  const kids = parent.lookup(PDFName.of('K'))
  const before = kids instanceof PDFArray ? kids.asArray() : [parent.get(PDFName.of('K')) as PDFObject]
  parent.set(PDFName.of('K'), context.obj([...before, form]))
  tree.set(PDFName.of('Nums'), context.obj([...nums.asArray(), PDFNumber.of(chiave), form]))
  root.set(PDFName.of('ParentTreeNextKey'), PDFNumber.of(chiave + 1))
  const oggetti: [PDFRef, PDFObject][] = [
    [parentRef, parent],
    [form, element],
    [rootRef, root],
  ]
  if (treeRef instanceof PDFRef) oggetti.push([treeRef, tree])
  return { chiave, oggetti }
}

function signatureText(nome: string, istante: Date): string {
  const range = `/ByteRange [0 ${SEGNAPOSTO} ${SEGNAPOSTO} ${SEGNAPOSTO}]`
  const what = '/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached'
  const who = `/Name ${String(PDFHexString.fromText(nome))} /M ${String(PDFString.fromDate(istante))}`
  return `<< ${what} ${range} /Contents <${'0'.repeat(SPAZIO_FIRMA * 2)}> ${who} >>`
}

function textOf(object: PDFObject): string {
  const bytes = new Uint8Array(object.sizeInBytes())
  object.copyBytesInto(bytes, 0)
  return Buffer.from(bytes).toString('latin1')
}

/** The cross-reference of the update, as a stream: what comes before it is one too. */
function xref(posizione: number, oggetti: readonly { numero: number; posizione: number }[], trailer: string): Buffer {
  const own = Math.max(...oggetti.map((o) => o.numero)) + 1
  const all = [...oggetti, { numero: own, posizione }].toSorted((a, b) => a.numero - b.numero)
  const rows = Buffer.concat(
    all.map(({ posizione: at }) => {
      const row = Buffer.alloc(7)
      row.writeUInt8(1, 0)
      row.writeUInt32BE(at, 1)
      return row
    }),
  )
  const index = all.map(({ numero }) => `${numero} 1`).join(' ')
  const head = `${own} 0 obj\n<< /Type /XRef /W [1 4 2] /Index [${index}] /Size ${own + 1} /Length ${rows.length} ${trailer} >>\nstream\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), rows, Buffer.from(`\nendstream\nendobj\nstartxref\n${posizione}\n%%EOF\n`, 'latin1')])
}
