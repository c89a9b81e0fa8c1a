import { PDFDocument, PDFName } from 'pdf-lib'
import type { PDFPage, PDFRef } from 'pdf-lib'
import type { Stampa } from '../../ports/stampa.ts'
import { createRipulitore, openCaratteri } from './caratteri.ts'
import type { Carattere, Peso } from './caratteri.ts'
import { createElemento, writeStruttura } from './struttura.ts'
import type { Elemento } from './struttura.ts'

export const MILLIMETRO = 72 / 25.4
/** Height of a line, as a multiple of the size of its letters. */
export const INTERLINEA = 1.32

/** Two grey levels beside black, far enough from white to be read (contrast 4.5:1 and more) or only seen (rules, watermark). */
export const GRIGIO = '0.35 0.35 0.35'
export const CHIARO = '0.9 0.9 0.9'

/** A PDF being written from top to bottom. Coordinates are points from the bottom left corner. */
export interface Foglio {
  readonly documento: PDFDocument
  readonly caratteri: Readonly<Record<Peso, Carattere>>
  /** The text as it can be drawn. */
  readonly clean: (text: string) => string
  readonly larghezza: number
  readonly altezza: number
  readonly margine: number
  /** Lowest point of the body: under it, the foot. */
  readonly fondo: number
  readonly corpo: Elemento
  readonly pagine: { readonly page: PDFPage; readonly operatori: string[]; marcati: number }[]
  readonly filigrana: string | null
  /** Where the next piece starts, downwards. */
  y: number
  /** Level of the last heading written. */
  livello: number
}

const FORMATI = { A4: [210, 297], 'A4-orizzontale': [297, 210], A5: [148, 210] } as const

/** True for the small paper of a label: no foot, a layout of its own. */
export function isEtichetta(formato: Stampa['formato']): formato is { readonly larghezza: number; readonly altezza: number } {
  return typeof formato === 'object' && Math.min(formato.larghezza, formato.altezza) < 100
}

/** A new document with its first page. Throws when the paper has no size. */
export async function createFoglio(stampa: Stampa): Promise<Foglio> {
  const [mmWide, mmHigh] = typeof stampa.formato === 'string' ? FORMATI[stampa.formato] : [stampa.formato.larghezza, stampa.formato.altezza]
  if (!(mmWide > 0 && mmHigh > 0)) throw new Error(`no such paper: ${mmWide} x ${mmHigh} mm`)
  const piccola = isEtichetta(stampa.formato)
  const margine = (piccola ? 1.5 : stampa.formato === 'A5' ? 12 : 18) * MILLIMETRO
  const clean = await createRipulitore()
  const foglio: Foglio = {
    documento: await PDFDocument.create({ updateMetadata: false }),
    caratteri: await openCaratteri(),
    clean,
    larghezza: mmWide * MILLIMETRO,
    altezza: mmHigh * MILLIMETRO,
    margine,
    fondo: piccola ? margine : margine + 18,
    corpo: createElemento('Document'),
    pagine: [],
    filigrana: stampa.filigrana === undefined ? null : clean(stampa.filigrana),
    y: 0,
    livello: 0,
  }
  addPagina(foglio)
  return foglio
}

/** A new empty page; the watermark is under everything else. */
export function addPagina(f: Foglio): void {
  const page = f.documento.addPage([f.larghezza, f.altezza])
  f.pagine.push({ page, operatori: [], marcati: 0 })
  f.y = f.altezza - f.margine
  if (f.filigrana === null) return
  // Read aloud once, at the beginning; on the other pages it is decoration.
  if (f.pagine.length === 1) mark(f, createElemento('P', f.corpo), () => drawFiligrana(f))
  else artifact(f, '/Type /Pagination /Subtype /Watermark', () => drawFiligrana(f))
}

/** Room for `altezza` points before the foot, on a new page when this one is full and not already new. */
export function ensure(f: Foglio, altezza: number): void {
  if (f.y - altezza < f.fondo && f.y < f.altezza - f.margine) addPagina(f)
}

/** What `draw` writes belongs to this node of the structure. */
export function mark(f: Foglio, elemento: Elemento, draw: () => void): void {
  const pagina = currentPagina(f)
  const mcid = pagina.marcati++
  elemento.figli.push({ pagina: f.pagine.length - 1, mcid })
  pagina.operatori.push(`/${elemento.tipo} <</MCID ${mcid}>> BDC`)
  draw()
  pagina.operatori.push('EMC')
}

/** What `draw` writes is not content: lines, numbers of pages, repeated headers. */
export function artifact(f: Foglio, dictionary: string, draw: () => void, pagina = currentPagina(f)): void {
  pagina.operatori.push(`/Artifact <<${dictionary}>> BDC`)
  draw()
  pagina.operatori.push('EMC')
}

/** A line of text whose letters stand on `y`. The text must be clean. */
export function drawText(
  f: Foglio,
  testo: string,
  o: { x: number; y: number; corpo: number; peso?: Peso; colore?: string; matrice?: string },
  pagina = currentPagina(f),
): void {
  if (testo === '') return
  const carattere = f.caratteri[o.peso ?? 'tondo']
  const place = `${o.matrice ?? '1 0 0 1'} ${number(o.x)} ${number(o.y)} Tm`
  pagina.operatori.push(`${o.colore ?? '0 0 0'} rg BT /${carattere.nome} ${number(o.corpo)} Tf ${place} <${carattere.encode(testo)}> Tj ET`)
}

/** A filled rectangle from its lower left corner. */
export function drawRect(f: Foglio, x: number, y: number, larghezza: number, altezza: number, colore = '0 0 0'): void {
  currentPagina(f).operatori.push(`${colore} rg ${number(x)} ${number(y)} ${number(larghezza)} ${number(altezza)} re f`)
}

/** A horizontal rule at the current page. */
export function drawRule(f: Foglio, x: number, y: number, larghezza: number, spessore: number, colore = '0 0 0'): void {
  currentPagina(f).operatori.push(
    `${colore} RG ${number(spessore)} w ${number(x)} ${number(y)} m ${number(x + larghezza)} ${number(y)} l S`,
  )
}

/** Writes the faces in the document, in a place already promised or in a new one. */
export async function embedCaratteri(f: Foglio, posto?: PDFRef): Promise<PDFRef> {
  const { context } = f.documento
  const fonts = context.obj({})
  for (const carattere of Object.values(f.caratteri)) {
    const ref = await carattere.embed(context)
    if (ref !== null) fonts.set(PDFName.of(carattere.nome), ref)
  }
  if (posto === undefined) return context.register(fonts)
  context.assign(posto, fonts)
  return posto
}

/** Writes pages, faces, foot and structure in the document. To be called once. */
export async function closeFoglio(f: Foglio, piede: string | null): Promise<void> {
  const { context, catalog } = f.documento
  if (piede !== null) drawPiede(f, piede)
  const shared = await embedCaratteri(f)
  f.pagine.forEach(({ page, operatori }, index) => {
    page.node.set(PDFName.of('Contents'), context.register(context.flateStream(operatori.join('\n'))))
    page.node.set(PDFName.of('Resources'), context.obj({ Font: shared }))
    page.node.set(PDFName.of('StructParents'), context.obj(index))
    page.node.set(PDFName.of('Tabs'), PDFName.of('S'))
  })
  const refs = f.pagine.map(({ page }) => page.ref)
  catalog.set(PDFName.of('StructTreeRoot'), writeStruttura(context, f.corpo, refs))
}

function drawPiede(f: Foglio, piede: string): void {
  f.pagine.forEach((_, index) => drawPiedePagina(f, piede, index, `Pagina ${index + 1} di ${f.pagine.length}`))
}

/** The foot of one page: what the document is on the left, the number of the page on the right. */
export function drawPiedePagina(f: Foglio, piede: string, index: number, numero: string): void {
  const corpo = 8
  const y = f.margine
  const pagina = f.pagine[index]
  if (pagina === undefined) return
  const wide = f.caratteri.tondo.width(numero, corpo)
  const right = f.larghezza - f.margine
  artifact(
    f,
    '/Type /Pagination /Subtype /Footer',
    () => {
      drawText(f, numero, { x: right - wide, y, corpo, colore: GRIGIO }, pagina)
      drawText(f, shorten(f, f.clean(piede), right - wide - 12 - f.margine, corpo), { x: f.margine, y, corpo, colore: GRIGIO }, pagina)
    },
    pagina,
  )
}

/** The beginning of a text that fits in a width, with an ellipsis when something is left out. */
function shorten(f: Foglio, testo: string, larghezza: number, corpo: number): string {
  if (f.caratteri.tondo.width(testo, corpo) <= larghezza) return testo
  let end = testo.length
  while (end > 0 && f.caratteri.tondo.width(`${testo.slice(0, end)}…`, corpo) > larghezza) end--
  return `${testo.slice(0, end)}…`
}

/** The watermark along the diagonal, as large as it fits. */
function drawFiligrana(f: Foglio): void {
  const testo = f.filigrana ?? ''
  const diagonal = Math.hypot(f.larghezza, f.altezza)
  const corpo = Math.min((diagonal * 0.78) / f.caratteri.nero.width(testo, 1), f.altezza * 0.3)
  const [cos, sin] = [f.larghezza / diagonal, f.altezza / diagonal]
  const [half, drop] = [f.caratteri.nero.width(testo, corpo) / 2, corpo * 0.35]
  const x = f.larghezza / 2 - half * cos + drop * sin
  const y = f.altezza / 2 - half * sin - drop * cos
  const matrice = [cos, sin, -sin, cos].map(number).join(' ')
  drawText(f, testo, { x, y, corpo, peso: 'nero', colore: CHIARO, matrice })
}

function currentPagina(f: Foglio): Foglio['pagine'][number] {
  const pagina = f.pagine.at(-1)
  if (pagina === undefined) throw new Error('a document without pages')
  return pagina
}

/** A number as PDF writes it, with three decimals at most. */
function number(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}
