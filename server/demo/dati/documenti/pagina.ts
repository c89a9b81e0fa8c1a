import { PDFDocument, StandardFonts, rgb } from 'pdf-lib'
import type { PDFFont, PDFPage, RGB } from 'pdf-lib'
import { romeInstant } from '../calendario.ts'

export const LARGHEZZA = 595
export const ALTEZZA = 842
export const MARGINE = 62

/** A PDF being written from top to bottom, with a new page when one is full. */
export interface Foglio {
  readonly documento: PDFDocument
  readonly tondo: PDFFont
  readonly nero: PDFFont
  pagina: PDFPage
  y: number
}

/** A new document whose dates are those of the invented day: the same content always gives the same bytes. */
export async function createFoglio(titolo: string, autore: string, giorno: string): Promise<Foglio> {
  const documento = await PDFDocument.create({ updateMetadata: false })
  const when = romeInstant(giorno, '09:00:00')
  documento.setTitle(titolo)
  documento.setAuthor(autore)
  documento.setProducer('Dati dimostrativi')
  documento.setCreationDate(when)
  documento.setModificationDate(when)
  const tondo = await documento.embedFont(StandardFonts.TimesRoman)
  const nero = await documento.embedFont(StandardFonts.TimesRomanBold)
  return { documento, tondo, nero, pagina: documento.addPage([LARGHEZZA, ALTEZZA]), y: ALTEZZA - MARGINE }
}

/** The bytes of the document, without object streams: quicker to write and to read. */
export async function saveFoglio(f: Foglio): Promise<Buffer> {
  return Buffer.from(await f.documento.save({ useObjectStreams: false, updateFieldAppearances: false }))
}

/** One line at the current height; goes down by `passo`. */
export function writeLine(
  f: Foglio,
  testo: string,
  o: { x?: number; corpo?: number; nero?: boolean; colore?: RGB; passo?: number } = {},
): void {
  const corpo = o.corpo ?? 11
  if (f.y < MARGINE + 20) {
    f.pagina = f.documento.addPage([LARGHEZZA, ALTEZZA])
    f.y = ALTEZZA - MARGINE
  }
  f.pagina.drawText(testo, {
    x: o.x ?? MARGINE,
    y: f.y,
    size: corpo,
    font: o.nero === true ? f.nero : f.tondo,
    color: o.colore ?? rgb(0.1, 0.1, 0.12),
  })
  f.y -= o.passo ?? corpo * 1.4
}

/** A paragraph broken where the line is full. */
export function writeParagraph(f: Foglio, testo: string, o: { corpo?: number; nero?: boolean; dopo?: number } = {}): void {
  const corpo = o.corpo ?? 11
  const font = o.nero === true ? f.nero : f.tondo
  const room = LARGHEZZA - 2 * MARGINE
  let line = ''
  for (const word of testo.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && font.widthOfTextAtSize(longer, corpo) > room) {
      writeLine(f, line, o)
      line = word
    } else line = longer
  }
  writeLine(f, line, o)
  f.y -= o.dopo ?? corpo * 0.6
}
