/** Turns office documents into PDF with a program of the machine, where there is one (decision 12). */
export interface Convertitore {
  /** The program and its version as it calls itself; null where it is not installed: then `toPdf` must not be called. */
  readonly programma: string | null
  /** The PDF of a DOCX or ODT document. Slow (seconds): never inside a transaction. Rejects when the program fails or takes longer than two minutes. */
  toPdf(bytes: Uint8Array, formato: 'DOCX' | 'ODT'): Promise<Uint8Array>
}
