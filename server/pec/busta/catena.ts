import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import * as pkijs from 'pkijs'

export interface Ancore {
  certificati: pkijs.Certificate[]
  /** SHA-256 of the anchors in the given order, null when there are none: tells which trust file gave an outcome (REQ-PEC-005). */
  impronta: string | null
}

/**
 * Reads the trust anchors from PEM texts (each may hold several certificates).
 * Throws an Error naming the position of a text that holds no readable certificate: a wrong trust file is a configuration fault.
 */
export function loadAncore(pems: readonly string[]): Ancore {
  const certificati = pems.flatMap((pem, index) => {
    const blocks = pem.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/gu) ?? []
    if (blocks.length === 0) throw new Error(`trust anchor ${index + 1}: no certificate in the PEM text`)
    return blocks.map((block) =>
      pkijs.Certificate.fromBER(new Uint8Array(Buffer.from(block.replace(/-----[A-Z ]+-----|\s/gu, ''), 'base64'))),
    )
  })
  const hash = createHash('sha256')
  for (const certificate of certificati) hash.update(Buffer.from(certificate.toSchema(false).toBER(false)))
  return { certificati, impronta: certificati.length === 0 ? null : hash.digest('hex') }
}

/**
 * Is one of the anchors the authority of a simulated gestore? Such anchors are for demo and tests: the caller refuses them in production
 * (REQ-PEC-030).
 */
export function hasAncoraDimostrativa(anchors: Ancore): boolean {
  return anchors.certificati.some((certificate) =>
    certificate.subject.typesAndValues.some(
      (item) => item.type === '2.5.4.10' && (item.value as { valueBlock: { value?: unknown } }).valueBlock.value === 'Gestore simulato',
    ),
  )
}

export interface EsitoCatena {
  attendibile: boolean
  dettagli: string[]
}

/**
 * Does the signer's certificate lead to an anchor, judged at the signing time and not today (REQ-PEC-005)? Path building, basic
 * constraints, key usage and name constraints are checked by pkijs; revocation is not. Never throws.
 */
export async function verifyChain(
  signer: pkijs.Certificate,
  others: readonly pkijs.Certificate[],
  at: Date | null,
  anchors: Ancore,
): Promise<EsitoCatena> {
  if (anchors.certificati.length === 0)
    return { attendibile: false, dettagli: ['Catena dei certificati non verificata: nessuna autorità configurata.'] }
  if (at === null)
    return {
      attendibile: false,
      dettagli: ['Catena dei certificati non verificata: la firma non dichiara il momento in cui è stata fatta.'],
    }
  const engine = new pkijs.CertificateChainValidationEngine({
    trustedCerts: anchors.certificati,
    // pkijs judges the last certificate of the list. Copies of an anchor are left out: they would only make more paths.
    certs: [...others.filter((item) => item !== signer && !anchors.certificati.some((anchor) => sameCertificate(anchor, item))), signer],
    checkDate: at,
  })
  try {
    const result = await engine.verify()
    if (result.result) return { attendibile: true, dettagli: [] }
    return {
      attendibile: false,
      dettagli: [`La catena dei certificati non porta a un'autorità riconosciuta (${result.resultMessage.slice(0, 200)}).`],
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'errore sconosciuto'
    return { attendibile: false, dettagli: [`La catena dei certificati non è verificabile (${reason}).`] }
  }
}

function sameCertificate(one: pkijs.Certificate, other: pkijs.Certificate): boolean {
  return Buffer.from(one.toSchema(false).toBER(false)).equals(Buffer.from(other.toSchema(false).toBER(false)))
}
