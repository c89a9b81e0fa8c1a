import { createRequire } from 'node:module'
import QRCode from 'qrcode'

// Required and not imported: among the exports of the ES module the barcode called "raw" hides the function.
const { raw } = createRequire(import.meta.url)('bwip-js/node') as {
  raw(options: { bcid: string; text: string }): readonly { readonly sbs?: readonly number[] }[]
}

/** The dot of a 203 dpi label printer, in points: bars whose edges fall on dots are not smeared. */
export const PUNTO_STAMPANTE = 72 / 203

/** The dark modules of a QR, row by row from the top, without quiet zone. Error correction M. */
export function readQr(testo: string): { readonly lato: number; readonly scuro: (riga: number, colonna: number) => boolean } {
  const { modules } = QRCode.create(testo, { errorCorrectionLevel: 'M' })
  return { lato: modules.size, scuro: (riga, colonna) => modules.get(riga, colonna) !== 0 }
}

/** The widths, in modules, of bars and spaces in turn (the first is a bar) of a Code 128, without quiet zones. Throws when the text cannot be encoded. */
export function readCode128(testo: string): readonly number[] {
  const [symbol] = raw({ bcid: 'code128', text: testo })
  if (symbol?.sbs === undefined) throw new Error(`no Code 128 for ${testo}`)
  return symbol.sbs
}

/** The largest module, in whole printer dots and at least two, with which `moduli` modules fit in `spazio` points. */
export function fitModulo(moduli: number, spazio: number): number {
  return Math.max(2, Math.floor(spazio / moduli / PUNTO_STAMPANTE)) * PUNTO_STAMPANTE
}
