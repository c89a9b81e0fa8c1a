import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import * as asn1js from 'asn1js'
import * as pkijs from 'pkijs'
import { verifyChain } from './catena.ts'
import type { Ancore } from './catena.ts'
import { decodedBody, entityBytes } from './mime.ts'
import type { EntitaMime } from './mime.ts'
import type { VerificaFirma } from './tipi.ts'

const OID = {
  signedData: '1.2.840.113549.1.7.2',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  subjectAltName: '2.5.29.17',
  extendedKeyUsage: '2.5.29.37',
  emailProtection: '1.3.6.1.5.5.7.3.4',
} as const

/** SHA-1 is tolerated only here, because gestori still sign with it; everything weaker is refused (pec.md §7). */
const DIGESTS: Record<string, string> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}

const MAX_SIGNATURE_BYTES = 2 * 1024 * 1024
const PROTOCOLS = ['application/x-pkcs7-signature', 'application/pkcs7-signature']

/** No signature to judge: the message is not multipart/signed, or its signature part is missing. */
export function absentSignature(detail: string): VerificaFirma {
  return {
    esito: 'assente',
    algoritmo: null,
    firmatario: null,
    istanteFirma: null,
    ancore: null,
    revoca: 'non-verificata',
    fineRigaRicostruita: false,
    dettagli: [detail],
  }
}

/**
 * Verifies the S/MIME signature of a multipart/signed entity over the exact bytes of its first part (REQ-PEC-004): `alterata` when the
 * digest differs, `firma-errata` when the signature or its structure is wrong, `valida` when the chain reaches an anchor at signing time,
 * `valida-catena-non-verificata` otherwise. Never throws: what goes wrong becomes an outcome with Italian details.
 */
export async function verifySignature(signed: EntitaMime, anchors: Ancore): Promise<VerificaFirma> {
  const [covered, signature] = signed.figli
  if (signed.mime !== 'multipart/signed') return absentSignature('Il messaggio non è firmato (multipart/signed assente).')
  if (covered === undefined || signature === undefined || !PROTOCOLS.includes(signature.mime)) {
    return absentSignature('Manca la parte con la firma (smime.p7s).')
  }
  try {
    return await verifyDetached(entityBytes(covered), decodedBody(signature), anchors)
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'errore sconosciuto'
    return { ...absentSignature(`La firma non è leggibile: ${reason}`), esito: 'firma-errata' }
  }
}

async function verifyDetached(content: Buffer, der: Buffer, anchors: Ancore): Promise<VerificaFirma> {
  const broken = (detail: string): VerificaFirma => ({ ...absentSignature(detail), esito: 'firma-errata' })
  const cms = readSignedData(der)
  const [signer] = cms?.signerInfos ?? []
  if (cms === null || signer === undefined) return broken('La firma non contiene un firmatario.')
  const certificates = (cms.certificates ?? []).filter((item) => item instanceof pkijs.Certificate)
  const certificate = findSigner(signer, certificates)
  const algorithm = DIGESTS[signer.digestAlgorithm.algorithmId]
  if (certificate === null) return broken('Il certificato del firmatario non è nella firma.')
  if (algorithm === undefined) return broken(`Algoritmo di impronta non ammesso (${signer.digestAlgorithm.algorithmId}).`)

  const base = {
    ...broken(''),
    algoritmo: algorithm,
    firmatario: describeSigner(certificate),
    istanteFirma: signingTime(signer)?.toISOString() ?? null,
    dettagli: [],
  }
  const match = matchDigest(content, signer, algorithm)
  if (match === 'diversa')
    return {
      ...base,
      esito: 'alterata',
      dettagli: ['Il contenuto non corrisponde alla firma: uno o più byte sono cambiati dopo la firma del gestore.'],
    }
  const covered = signer.signedAttrs === undefined ? match.bytes : attributesToSign(signer)
  const good = await pkijs
    .getCrypto(true)
    .verifyWithPublicKey(new Uint8Array(covered), signer.signature, certificate.subjectPublicKeyInfo, signer.signatureAlgorithm, algorithm)
  // Without signed attributes nothing tells a changed text from a wrong key: the text is the likelier cause.
  if (!good)
    return {
      ...base,
      esito: signer.signedAttrs === undefined ? 'alterata' : 'firma-errata',
      dettagli: ['La firma non corrisponde alla chiave del certificato.'],
    }
  const chain = await verifyChain(certificate, certificates, signingTime(signer), anchors)
  return {
    ...base,
    esito: chain.attendibile ? 'valida' : 'valida-catena-non-verificata',
    ancore: anchors.impronta,
    fineRigaRicostruita: match.rebuilt,
    dettagli: [...profileRemarks(certificate), ...chain.dettagli],
  }
}

function readSignedData(der: Buffer): pkijs.SignedData | null {
  if (der.length === 0 || der.length > MAX_SIGNATURE_BYTES) return null
  const parsed = asn1js.fromBER(new Uint8Array(der))
  if (parsed.offset === -1) return null
  const content = new pkijs.ContentInfo({ schema: parsed.result })
  return content.contentType === OID.signedData ? new pkijs.SignedData({ schema: content.content }) : null
}

function findSigner(signer: pkijs.SignerInfo, certificates: readonly pkijs.Certificate[]): pkijs.Certificate | null {
  const id: unknown = signer.sid
  if (id instanceof pkijs.IssuerAndSerialNumber) {
    return certificates.find((item) => item.issuer.isEqual(id.issuer) && item.serialNumber.isEqual(id.serialNumber)) ?? null
  }
  // The other form of RFC 5652: subject key identifier, implicit tag 0.
  const wanted = Buffer.from((id as { valueBlock?: { valueHexView?: Uint8Array } }).valueBlock?.valueHexView ?? new Uint8Array())
  return certificates.find((item) => wanted.length > 0 && subjectKeyId(item)?.equals(wanted) === true) ?? null
}

function subjectKeyId(certificate: pkijs.Certificate): Buffer | null {
  const value: unknown = certificate.extensions?.find((item) => item.extnID === '2.5.29.14')?.parsedValue
  return value instanceof asn1js.OctetString ? Buffer.from(value.valueBlock.valueHexView) : null
}

function attribute(signer: pkijs.SignerInfo, oid: string): unknown {
  return signer.signedAttrs?.attributes.find((item) => item.type === oid)?.values[0]
}

function signingTime(signer: pkijs.SignerInfo): Date | null {
  const value = attribute(signer, OID.signingTime)
  return value instanceof asn1js.UTCTime || value instanceof asn1js.GeneralizedTime ? value.toDate() : null
}

/** Signed attributes are signed as an explicit SET (RFC 5652 §5.4), not with the implicit tag they travel with. */
function attributesToSign(signer: pkijs.SignerInfo): Buffer {
  const encoded = Buffer.from(signer.signedAttrs?.encodedValue ?? new ArrayBuffer(0))
  encoded[0] = 0x31
  return encoded
}

function digestOf(bytes: Buffer, algorithm: string): Buffer {
  return createHash(algorithm.replace('-', '').toLowerCase()).update(bytes).digest()
}

/** The bytes as stored, else with the CRLF that a mailbox or an archive turned into LF. */
function matchDigest(content: Buffer, signer: pkijs.SignerInfo, algorithm: string): 'diversa' | { bytes: Buffer; rebuilt: boolean } {
  const canonical = restoreLineEnds(content)
  if (signer.signedAttrs === undefined) return canonical === null ? { bytes: content, rebuilt: false } : { bytes: canonical, rebuilt: true }
  const value = attribute(signer, OID.messageDigest)
  const expected = value instanceof asn1js.OctetString ? Buffer.from(value.valueBlock.valueHexView) : null
  if (expected === null) return 'diversa'
  if (digestOf(content, algorithm).equals(expected)) return { bytes: content, rebuilt: false }
  if (canonical !== null && digestOf(canonical, algorithm).equals(expected)) return { bytes: canonical, rebuilt: true }
  return 'diversa'
}

/** Copy with every line end as CRLF, or null when there is nothing to restore. */
function restoreLineEnds(bytes: Buffer): Buffer | null {
  let bare = 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) if (bytes[at - 1] !== 13) bare++
  if (bare === 0) return null
  const out = Buffer.allocUnsafe(bytes.length + bare)
  let length = 0
  let start = 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at - 1] === 13) continue
    length += bytes.copy(out, length, start, at)
    out[length++] = 13
    out[length++] = 10
    start = at + 1
  }
  bytes.copy(out, length, start)
  return out
}

function describeSigner(certificate: pkijs.Certificate): NonNullable<VerificaFirma['firmatario']> {
  return {
    soggetto: nameText(certificate.subject),
    emittente: nameText(certificate.issuer),
    indirizzi: mailAddresses(certificate),
    impronta: createHash('sha256')
      .update(Buffer.from(certificate.toSchema(false).toBER(false)))
      .digest('hex'),
    validoDal: certificate.notBefore.value.toISOString(),
    validoAl: certificate.notAfter.value.toISOString(),
  }
}

function nameText(name: pkijs.RelativeDistinguishedNames): string {
  return name.typesAndValues
    .map((item) => String((item.value as { valueBlock?: { value?: unknown } }).valueBlock?.value ?? ''))
    .filter((text) => text !== '')
    .join(', ')
    .slice(0, 500)
}

function mailAddresses(certificate: pkijs.Certificate): string[] {
  const value: unknown = certificate.extensions?.find((item) => item.extnID === OID.subjectAltName)?.parsedValue
  const names = value instanceof pkijs.AltName ? value.altNames : value instanceof pkijs.GeneralNames ? value.names : []
  return names.filter((name) => name.type === 1).map((name) => String(name.value).toLowerCase())
}

function profileRemarks(certificate: pkijs.Certificate): string[] {
  const usage: unknown = certificate.extensions?.find((item) => item.extnID === OID.extendedKeyUsage)?.parsedValue
  const mail = usage instanceof pkijs.ExtKeyUsage && usage.keyPurposes.includes(OID.emailProtection)
  return mail ? [] : ['Il certificato del firmatario non è destinato alla posta elettronica.']
}
