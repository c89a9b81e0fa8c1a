import { Buffer } from 'node:buffer'
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFRef } from 'pdf-lib'
import type { PDFContext, PDFObject } from 'pdf-lib'

/** What a signature may add to the catalogue of a document and to a page, beside itself. */
const CATALOGO = ['AcroForm', 'Perms', 'DSS', 'Extensions']
const PAGINA = ['Annots', 'Tabs']

/**
 * True when `firmato` is exactly `prodotto`, byte for byte, followed by an incremental update that adds a signature and nothing else: no page, text, image or
 * attachment changes or disappears. Metadata of the document may state the new date. False for a file that cannot be read.
 */
export async function addsOnlyFirma(prodotto: Buffer, firmato: Buffer): Promise<boolean> {
  if (firmato.length <= prodotto.length || !firmato.subarray(0, prodotto.length).equals(prodotto)) return false
  try {
    const [before, after] = await Promise.all([load(prodotto), load(firmato)])
    return isPlain(prodotto, firmato.subarray(prodotto.length), before) && isSame(before, after)
  } catch {
    return false
  }
}

const load = async (bytes: Buffer): Promise<PDFDocument> =>
  await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true })

/**
 * The update reads the same to every program: no object defined twice in it, and none that takes the number of a stream of the file itself (a group of objects,
 * a table), which only some programs would look into.
 */
function isPlain(prodotto: Buffer, update: Buffer, before: PDFDocument): boolean {
  const defined = [...update.toString('latin1').matchAll(/(?<![0-9])(\d+)\s+0\s+obj\b/gu)].map((m) => Number(m[1]))
  const table = Number(/startxref\s+(\d+)\s+%%EOF\s*$/u.exec(prodotto.subarray(-64).toString('latin1'))?.[1])
  const size = Number(/\/Size\s+(\d+)/u.exec(prodotto.subarray(table).toString('latin1'))?.[1])
  const known = new Set(before.context.enumerateIndirectObjects().map(([ref]) => ref.objectNumber))
  return new Set(defined).size === defined.length && defined.every((n) => known.has(n) || n >= size)
}

function isSame(before: PDFDocument, after: PDFDocument): boolean {
  const { Root, Info } = before.context.trailerInfo
  if (String(after.context.trailerInfo.Root) !== String(Root) || after.context.trailerInfo.Encrypt !== undefined) return false
  const metadata = before.catalog.get(PDFName.of('Metadata'))
  for (const [ref, object] of before.context.enumerateIndirectObjects()) {
    const now = after.context.lookup(ref)
    if (isEqual(object, now) || ref === Info || ref === metadata) continue
    if (ref === Root && isEqualBut(object, now, CATALOGO)) continue
    if (object instanceof PDFDict && object.get(PDFName.of('Type')) === PDFName.of('Page') && isSamePage(after.context, object, now))
      continue
    if (addsWidgets(after.context, object, now)) continue
    return false
  }
  return hasFirma(after)
}

function isEqual(a: PDFObject | undefined, b: PDFObject | undefined): boolean {
  if (a instanceof PDFRawStream && b instanceof PDFRawStream)
    return a.dict.toString() === b.dict.toString() && Buffer.compare(a.contents, b.contents) === 0
  return a !== undefined && b !== undefined && a.constructor === b.constructor && a.toString() === b.toString()
}

function isEqualBut(a: PDFObject | undefined, b: PDFObject | undefined, keys: readonly string[]): boolean {
  if (!(a instanceof PDFDict) || !(b instanceof PDFDict)) return false
  const rest = (dict: PDFDict): string =>
    dict
      .entries()
      .filter(([key]) => !keys.includes(key.decodeText()))
      .map(([key, value]) => `${key} ${value}`)
      .toSorted()
      .join('\n')
  return rest(a) === rest(b)
}

function isSamePage(context: PDFContext, before: PDFDict, now: PDFObject | undefined): boolean {
  if (!isEqualBut(before, now, PAGINA) || !(now instanceof PDFDict)) return false
  const old = before.lookup(PDFName.of('Annots'))
  const annots = now.lookup(PDFName.of('Annots'))
  return addsWidgets(context, old ?? PDFArray.withContext(context), annots)
}

/** The same list with, at the end, the places of signatures. */
function addsWidgets(context: PDFContext, before: PDFObject | undefined, now: PDFObject | undefined): boolean {
  if (!(before instanceof PDFArray) || !(now instanceof PDFArray)) return false
  const kept = now.asArray().slice(0, before.size())
  return (
    kept.every((item, i) => String(item) === String(before.get(i))) &&
    now
      .asArray()
      .slice(before.size())
      .every((item) => isWidget(context, item))
  )
}

function isWidget(context: PDFContext, item: PDFObject): boolean {
  const dict = item instanceof PDFRef ? context.lookup(item) : item
  return (
    dict instanceof PDFDict && dict.get(PDFName.of('Subtype')) === PDFName.of('Widget') && dict.get(PDFName.of('FT')) === PDFName.of('Sig')
  )
}

/** The form of the document has a field that holds a signature. */
function hasFirma(document: PDFDocument): boolean {
  const form = document.catalog.lookup(PDFName.of('AcroForm'))
  const fields = form instanceof PDFDict ? form.lookup(PDFName.of('Fields')) : undefined
  if (!(fields instanceof PDFArray)) return false
  return fields.asArray().some((field) => {
    if (!isWidget(document.context, field)) return false
    const dict = field instanceof PDFRef ? document.context.lookup(field) : field
    const value = dict instanceof PDFDict ? dict.lookup(PDFName.of('V')) : undefined
    return value instanceof PDFDict && value.has(PDFName.of('ByteRange'))
  })
}
