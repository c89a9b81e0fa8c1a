/** What the register may know of the certificate behind the seal. */
export interface CertificatoSigillo {
  /** Distinguished name in readable form. */
  readonly soggetto: string
  /** True only for a certificate that declares itself a qualified one for electronic seals (eIDAS art. 38); a test certificate never is. */
  readonly qualificato: boolean
  readonly scadeIl: Date
}

/**
 * The electronic seal of the body on an XML document. It identifies a legal person, never the operator (Allegato 6, chapter 2; REQ-SEGN-002).
 */
export interface Sigillo {
  /**
   * Returns the same document with a XAdES baseline B signature enveloped as last child of the root (REQ-SEGN-001); the bytes outside the signature
   * do not change. Throws when the document is not XML, is already sealed, or the seal cannot be made: nothing half-sealed is ever returned.
   */
  sealXml(xml: string): Promise<string>
  certificato(): CertificatoSigillo
}
