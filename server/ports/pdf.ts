/** What the stamp on a page says: short lines, and the text its QR carries. */
export interface Timbro {
  readonly righe: readonly string[]
  readonly qr: string
}

/** Why a PDF cannot be stamped: the copy is simply not made, the registration stays whole. */
export class PdfNonTimbrabile extends Error {}

/** Renditions of PDF files: always on a copy, never on the stored original. */
export interface StampatorePdf {
  /** A copy of the PDF with the stamp on top of its first page. Throws PdfNonTimbrabile for an encrypted or damaged file. */
  stamp(pdf: Uint8Array, timbro: Timbro): Promise<Uint8Array>
}
