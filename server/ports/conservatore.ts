import type { Readable } from 'node:stream'

/**
 * What is known of a failed exchange. `rifiuto`: the conservatore answered and does not take the package. `esito-ignoto`: it may or may not have
 * processed it, ask before sending again. `non-inviato`: certainly not taken, the same bytes can be sent later. `sconosciuto`: it never received this
 * package. `configurazione`: credentials or address are wrong, sending again is useless (REQ-CONS-095, 096, 122).
 */
export type EsitoScambio = 'rifiuto' | 'esito-ignoto' | 'non-inviato' | 'sconosciuto' | 'configurazione'

/** Every error thrown by a Conservatore has this shape; features recognise it by `scambio`. The message is Italian. */
export interface ErroreConservatore extends Error {
  readonly scambio: EsitoScambio
  /** Code given by the conservatore, when there is one. */
  readonly codice: string | null
}

/**
 * The preservation system, outside this product. Presa in carico is never acceptance: only a verified rapporto di versamento is (REQ-CONS-101).
 */
export interface Conservatore {
  /**
   * Sends one package; `sha256` is the lower-case hexadecimal digest of its bytes. Sending the same `idPdv` with the same bytes again is safe and gives
   * the same receipt. Resolves with the reference of the presa in carico; rejects with ErroreConservatore.
   */
  transmit(p: { idPdv: string; pacchetto: Readable; dimensione: number; sha256: string }): Promise<{ presaInCarico: string }>
  /** The rapporto di versamento as received, or null while the package is still being examined. Rejects with ErroreConservatore. */
  report(idPdv: string): Promise<{ xml: string } | null>
}
