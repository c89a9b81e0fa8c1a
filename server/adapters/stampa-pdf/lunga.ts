import { createHash } from 'node:crypto'
import { PDFHeader, PDFName, PDFRef } from 'pdf-lib'
import type { PDFObject } from 'pdf-lib'
import type { Stampa, StampaLunga } from '../../ports/stampa.ts'
import { writeBlocco, writeIntestazione, writeTitolo } from './blocchi.ts'
import { createFoglio, drawPiedePagina, embedCaratteri } from './foglio.ts'
import type { Foglio } from './foglio.ts'
import { writeMetadati } from './metadati.ts'
import { writeElemento, writeStruttura } from './struttura.ts'
import { openTabella } from './tabella.ts'
import type { TabellaAperta } from './tabella.ts'

/** A file being written: objects leave as soon as they are whole, only their places are kept. */
interface Uscita {
  readonly places: Map<number, number>
  pieces: Uint8Array[]
  length: number
}

interface Lavoro {
  readonly f: Foglio
  readonly uscita: Uscita
  readonly piede: string
  readonly tabella: TabellaAperta
  readonly root: PDFRef
  readonly fonts: PDFRef
  /** For each page, which node shows each of its marked contents, until the page has left. */
  readonly parents: PDFRef[][]
  readonly righe: Map<number, PDFRef>
  /** First page that holds nothing but the table: the ones before wait for the end. */
  readonly prima: number
  /** Pages and rows already in the file. */
  pagine: number
  scritte: number
}

/**
 * A document of any length, page by page: what a page says and the structure of its rows leave for the file as soon as they are whole, so that memory does
 * not grow with the rows but for their places. The same pages and tags as `print`, with the number of each page but not of all of them.
 */
export async function* printLunga(stampa: StampaLunga): AsyncIterable<Uint8Array> {
  const { righe, tabella, ...testa } = stampa
  const base: Stampa = testa
  const f = await createFoglio(base)
  if (stampa.intestazione.length > 0) writeIntestazione(f, stampa.intestazione)
  writeTitolo(f, stampa.titolo, 1)
  for (const blocco of stampa.blocchi) await writeBlocco(f, blocco)
  const l = begin(f, openTabella(f, tabella), stampa.piede ?? '')
  const hash = createHash('sha256')
  for await (const batch of righe) {
    for (const riga of batch) {
      hash.update(JSON.stringify(riga.celle))
      l.tabella.add(riga.celle, riga.barrata)
    }
    drain(l)
    yield* flush(l.uscita)
  }
  await end(l, { ...base, blocchi: [...stampa.blocchi, { tipo: 'testo', testo: hash.digest('hex') }] })
  yield* flush(l.uscita)
}

function begin(f: Foglio, tabella: TabellaAperta, piede: string): Lavoro {
  const { context } = f.documento
  tabella.corpo.posto = context.nextRef()
  const uscita: Uscita = { places: new Map(), pieces: [], length: 0 }
  const header = PDFHeader.forVersion(1, 7)
  const bytes = new Uint8Array(header.sizeInBytes() + 2)
  const size = header.copyBytesInto(bytes, 0)
  bytes.fill(10, size)
  put(uscita, bytes)
  const [root, fonts] = [context.nextRef(), context.nextRef()]
  return {
    f,
    uscita,
    piede,
    tabella,
    root,
    fonts,
    parents: [],
    righe: new Map(),
    prima: f.pagine.length,
    pagine: f.pagine.length,
    scritte: 0,
  }
}

function put(u: Uscita, bytes: Uint8Array): void {
  u.pieces.push(bytes)
  u.length += bytes.length
}

function* flush(u: Uscita): Iterable<Uint8Array> {
  const { pieces } = u
  u.pieces = []
  yield* pieces
}

function write(u: Uscita, ref: PDFRef, object: PDFObject): void {
  u.places.set(ref.objectNumber, u.length)
  put(u, Buffer.from(`${ref.objectNumber} ${ref.generationNumber} obj\n`, 'latin1'))
  const bytes = new Uint8Array(object.sizeInBytes())
  object.copyBytesInto(bytes, 0)
  put(u, bytes)
  put(u, Buffer.from('\nendobj\n', 'latin1'))
}

/** Rows that are whole, then pages that are full: both leave. */
function drain(l: Lavoro): void {
  const { context } = l.f.documento
  const refs = l.f.pagine.map(({ page }) => page.ref)
  while (l.parents.length < refs.length) l.parents.push([])
  const { figli, posto } = l.tabella.corpo
  for (; l.scritte < figli.length; l.scritte++) {
    const riga = figli[l.scritte]
    if (riga === undefined || !('tipo' in riga) || posto === undefined) continue
    const before = context.largestObjectNumber
    const scritto = writeElemento(context, riga, posto, refs, l.parents)
    figli[l.scritte] = { scritto }
    for (let n = before + 1; n <= context.largestObjectNumber; n++) {
      const ref = PDFRef.of(n)
      const object = context.lookup(ref)
      if (object === undefined) continue
      write(l.uscita, ref, object)
      context.delete(ref)
    }
  }
  for (; l.pagine < l.f.pagine.length - 1; l.pagine++) {
    writePagina(l, l.pagine)
    const row = l.parents[l.pagine] ?? []
    const ref = context.nextRef()
    write(l.uscita, ref, context.obj(row))
    l.righe.set(l.pagine, ref)
    l.parents[l.pagine] = []
  }
}

function writePagina(l: Lavoro, index: number): void {
  const { context } = l.f.documento
  const pagina = l.f.pagine[index]
  if (pagina === undefined) return
  drawPiedePagina(l.f, l.piede, index, `Pagina ${index + 1}`)
  const ref = context.nextRef()
  write(l.uscita, ref, context.flateStream(pagina.operatori.join('\n')))
  pagina.operatori.length = 0
  pagina.page.node.set(PDFName.of('Contents'), ref)
  pagina.page.node.set(PDFName.of('Resources'), context.obj({ Font: l.fonts }))
  pagina.page.node.set(PDFName.of('StructParents'), context.obj(index))
  pagina.page.node.set(PDFName.of('Tabs'), PDFName.of('S'))
}

/** What waited for the end: first and last pages, faces, structure, metadata, and the places of everything. */
async function end(l: Lavoro, stampa: Stampa): Promise<void> {
  const { context, catalog } = l.f.documento
  drain(l)
  for (let i = 0; i < l.prima; i++) writePagina(l, i)
  for (; l.pagine < l.f.pagine.length; l.pagine++) writePagina(l, l.pagine)
  await embedCaratteri(l.f, l.fonts)
  const refs = l.f.pagine.map(({ page }) => page.ref)
  catalog.set(PDFName.of('StructTreeRoot'), writeStruttura(context, l.f.corpo, refs, { root: l.root, parents: l.parents, righe: l.righe }))
  writeMetadati(l.f.documento, stampa)
  for (const [ref, object] of context.enumerateIndirectObjects()) write(l.uscita, ref, object)
  const start = l.uscita.length
  const size = context.largestObjectNumber + 1
  const lines = Array.from({ length: size }, (_, n) => {
    const place = l.uscita.places.get(n)
    return place === undefined ? `0000000000 ${n === 0 ? '65535' : '00001'} f \n` : `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const trailer = context.obj({ Size: size })
  for (const key of ['Root', 'Info', 'ID'] as const) {
    const value = context.trailerInfo[key]
    if (value !== undefined) trailer.set(PDFName.of(key), value)
  }
  put(l.uscita, Buffer.from(`xref\n0 ${size}\n${lines.join('')}trailer\n${trailer.toString()}\nstartxref\n${start}\n%%EOF\n`, 'latin1'))
}
