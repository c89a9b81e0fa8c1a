/** The key with which the ente signs the series it hands to its devices. Not a qualified signature: it says that a series comes from this installation. */
export interface FirmaEmergenza {
  /** ECDSA P-256 SHA-256 over the UTF-8 text, r‖s in base64url. */
  sign(testo: string): string
  /** Public key as JWK coordinates: a device keeps it, to know its own series. */
  readonly chiave: { readonly x: string; readonly y: string }
}
