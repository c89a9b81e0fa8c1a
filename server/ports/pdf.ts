/** What the stamp on a page says: short lines, and the text its QR carries. */
export interface Timbro {
  readonly righe: readonly string[]
  readonly qr: string
}

/** Renditions of PDF files: always on a copy, never on the stored original. */
export interface StampatorePdf {
  /** A copy of the PDF with the stamp on top of its first page; null for an encrypted, damaged or empty file, which keeps no copy. */
  stamp(pdf: Uint8Array, timbro: Timbro): Promise<Uint8Array | null>
}
