import { PDFDocument, rgb, StandardFonts } from 'pdf-lib'
import type { PDFFont, PDFPage } from 'pdf-lib'
import QRCode from 'qrcode'
import type { StampatorePdf, Timbro } from '../../ports/pdf.ts'

const MARGIN = 18
const QR = 44
const SIZE = 7

/** The stamp by pdf-lib: a white label with the lines and the QR, at the top of the first page. */
export const stampatorePdfLib: StampatorePdf = {
  async stamp(pdf, timbro) {
    const opened = await open(pdf)
    if (opened === null) return null
    const { document, page } = opened
    const font = await document.embedFont(StandardFonts.Helvetica)
    drawLabel(page, font, timbro)
    // Without object streams the copy is readable by the oldest viewers too.
    return await document.save({ useObjectStreams: false })
  },
}

/** Encrypted files are refused by pdf-lib on purpose; a damaged one has no pages to stamp. */
async function open(pdf: Uint8Array): Promise<{ document: PDFDocument; page: PDFPage } | null> {
  try {
    const document = await PDFDocument.load(pdf, { updateMetadata: false })
    return { document, page: document.getPage(0) }
  } catch {
    return null
  }
}

function drawLabel(page: PDFPage, font: PDFFont, timbro: Timbro): void {
  const righe = timbro.righe.map((r) => printable(r))
  const width = Math.max(...righe.map((r) => font.widthOfTextAtSize(r, SIZE))) + QR + 18
  const box = page.getCropBox()
  const x = Math.max(box.x + MARGIN, box.x + box.width - width - MARGIN)
  const top = box.y + box.height - MARGIN
  page.drawRectangle({ x, y: top - QR - 6, width, height: QR + 6, color: rgb(1, 1, 1), borderColor: rgb(0, 0, 0), borderWidth: 0.5 })
  righe.forEach((riga, i) => page.drawText(riga, { x: x + 6, y: top - 11 - i * (SIZE + 3), size: SIZE, font, color: rgb(0, 0, 0) }))
  drawQr(page, timbro.qr, x + width - QR - 3, top - QR - 3)
}

/** The QR as small squares, so that it stays sharp at any zoom and needs no image. */
function drawQr(page: PDFPage, text: string, x: number, y: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const side = QR / modules.size
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column) === 0) continue
      page.drawRectangle({ x: x + column * side, y: y + QR - (row + 1) * side, width: side, height: side, color: rgb(0, 0, 0) })
    }
  }
}

/** The standard fonts know Western European characters only: the others become a question mark instead of stopping the stamp. */
function printable(text: string): string {
  return text.normalize('NFC').replaceAll(/[^\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u20ac]/gu, '?')
}
