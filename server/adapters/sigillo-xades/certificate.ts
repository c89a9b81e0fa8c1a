import { X509Certificate } from 'node:crypto'
import { fromBER, ObjectIdentifier, Sequence } from 'asn1js'
import { Certificate } from 'pkijs'
import type { CertificatoSigillo } from '../../ports/sigillo.ts'

const QC_STATEMENTS = '1.3.6.1.5.5.7.1.3'
/** ETSI EN 319 412-5: the certificate is qualified, and of the type for electronic seals. */
const QC_COMPLIANCE = '0.4.0.1862.1.1'
const QC_TYPE_SEAL = '0.4.0.1862.1.6.2'

/** Every object identifier of a DER value, however deep: the two statements we look for appear nowhere else. */
function identifiers(node: unknown, found: Set<string> = new Set()): Set<string> {
  if (node instanceof ObjectIdentifier) found.add(node.valueBlock.toString())
  else if (node instanceof Sequence) for (const child of node.valueBlock.value) identifiers(child, found)
  return found
}

/** True when the certificate says of itself that it is qualified and made for seals. What it says is not proof: the trusted list is the verifier's job. */
export function declaresQualifiedSeal(der: Uint8Array): boolean {
  const extension = Certificate.fromBER(new Uint8Array(der)).extensions?.find((e) => e.extnID === QC_STATEMENTS)
  if (extension === undefined) return false
  const found = identifiers(fromBER(extension.extnValue.valueBlock.valueHexView as Uint8Array<ArrayBuffer>).result)
  return found.has(QC_COMPLIANCE) && found.has(QC_TYPE_SEAL)
}

/** The facts of a PEM certificate that the port exposes. Throws when the text is not a certificate. */
export function describeCertificate(pem: string): CertificatoSigillo & { readonly valeDal: Date; readonly der: Uint8Array } {
  const certificate = new X509Certificate(pem)
  return {
    soggetto: certificate.subject.split('\n').toReversed().join(', '),
    qualificato: declaresQualifiedSeal(certificate.raw),
    scadeIl: new Date(certificate.validTo),
    valeDal: new Date(certificate.validFrom),
    der: certificate.raw,
  }
}
