import { deflateSync } from 'node:zlib'
import { drawObject, PDFDocument, popGraphicsState, pushGraphicsState, rotateRadians, scale, translate } from 'pdf-lib'
import type { Caso } from '../caso.ts'
import { romeInstant } from '../calendario.ts'
import { GLIFI } from './glifi.ts'
import { ALTEZZA, LARGHEZZA } from './pagina.ts'

/** Pixels of an A4 page at about 120 dots an inch, one bit each. */
const COLONNE = 992
const RIGHE = 1403
const BYTES = COLONNE / 8
const INGRANDIMENTO = 2
const PASSO = 6 * INGRANDIMENTO
const CARATTERI = Math.floor((COLONNE - 160) / PASSO)

/** The text of a paper letter, as a scanner sees it: black dots on white, one page, a little askew. */
export async function renderScansione(caso: Caso, righe: readonly string[], titolo: string, giorno: string): Promise<Buffer> {
  const bits = new Uint8Array(BYTES * RIGHE).fill(0xff)
  let y = 120
  for (const line of righe.flatMap(wrap)) {
    drawText(bits, line, 90, y)
    y += line === '' ? 16 : 26
  }
  signature(bits, caso, Math.min(y + 40, RIGHE - 160))
  for (let speck = 0; speck < 260; speck++) blacken(bits, caso.intero(10, COLONNE - 10), caso.intero(10, RIGHE - 10))
  return await asPdf(bits, caso.intero(-14, 14) / 1000, titolo, giorno)
}

function wrap(line: string): string[] {
  const out: string[] = []
  let current = ''
  for (const word of line.split(' ')) {
    if (current !== '' && `${current} ${word}`.length > CARATTERI) {
      out.push(current)
      current = word
    } else current = current === '' ? word : `${current} ${word}`
  }
  return [...out, current]
}

function blacken(bits: Uint8Array, x: number, y: number): void {
  const at = y * BYTES + (x >> 3)
  bits[at] = (bits[at] ?? 0) & ~(0x80 >> (x & 7))
}

function drawText(bits: Uint8Array, text: string, left: number, top: number): void {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('’', "'").toUpperCase()
  for (const [i, char] of [...plain].entries()) {
    const glyph = GLIFI[char] ?? GLIFI['?'] ?? []
    for (const [row, line] of glyph.entries()) {
      for (let column = 0; column < 5; column++)
        if ((line & (0x10 >> column)) !== 0) square(bits, left + i * PASSO + column * INGRANDIMENTO, top + row * INGRANDIMENTO)
    }
  }
}

function square(bits: Uint8Array, left: number, top: number): void {
  for (let dx = 0; dx < INGRANDIMENTO; dx++) for (let dy = 0; dy < INGRANDIMENTO; dy++) blacken(bits, left + dx, top + dy)
}

/** A scribble by hand under the text. */
function signature(bits: Uint8Array, caso: Caso, top: number): void {
  const [a, b, c] = [caso.intero(8, 22), caso.intero(3, 9), caso.intero(20, 60)]
  for (let t = 0; t < 900; t++) {
    const x = 600 + (t / 900) * 240 + Math.sin(t / c) * 18
    const y = top + 40 + Math.sin(t / (a * 2)) * 22 * Math.cos(t / 170) + Math.sin(t / b) * 3
    square(bits, Math.round(x), Math.round(y))
  }
}

/** The page image in a PDF, turned by a small angle as when the sheet slips under the glass. */
async function asPdf(bits: Uint8Array, angle: number, titolo: string, giorno: string): Promise<Buffer> {
  const documento = await PDFDocument.create({ updateMetadata: false })
  documento.setTitle(titolo)
  documento.setProducer('Scanner dimostrativo')
  documento.setCreationDate(romeInstant(giorno, '09:00:00'))
  const image = documento.context.register(
    documento.context.stream(deflateSync(bits, { level: 6 }), {
      Type: 'XObject',
      Subtype: 'Image',
      Width: COLONNE,
      Height: RIGHE,
      ColorSpace: 'DeviceGray',
      BitsPerComponent: 1,
      Filter: 'FlateDecode',
    }),
  )
  const page = documento.addPage([LARGHEZZA, ALTEZZA])
  const key = page.node.newXObject('Scansione', image)
  page.pushOperators(
    pushGraphicsState(),
    translate(6, 6),
    rotateRadians(angle),
    scale(LARGHEZZA - 12, ALTEZZA - 12),
    drawObject(key),
    popGraphicsState(),
  )
  return Buffer.from(await documento.save({ useObjectStreams: false }))
}
