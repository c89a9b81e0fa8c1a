import { Buffer } from 'node:buffer'
import { createHash, X509Certificate } from 'node:crypto'
import * as asn1js from 'asn1js'
import * as pkijs from 'pkijs'

/** Who signed a PDF, as his certificate says, and when the signature says it was made. */
export interface FirmaPdf {
  readonly nome: string
  readonly codiceFiscale: string
  readonly emittente: string
  /** Serial number of the certificate, hexadecimal. */
  readonly numero: string
  readonly validoDal: Date
  readonly validoAl: Date
  readonly dichiarataIl: Date | null
}

/**
 * Outcome of the cryptographic check of a signed PDF. It says that the bytes are those that were signed and whose certificate it is; chain, revocation and
 * trusted list are another step.
 */
export type EsitoFirma = { readonly valida: true; readonly firma: FirmaPdf } | { readonly valida: false; readonly motivo: string }

const OID = {
  signedData: '1.2.840.113549.1.7.2',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  keyUsage: '2.5.29.15',
} as const
const DIGESTS: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}
/** Bits of the key usage: digital signature, content commitment. */
const FIRMA_BITS = 0xc0
const MASSIMO = 1024 * 1024

/** Internal: the first reason met. */
class Refused extends Error {}

/**
 * Verifies the PAdES signature of a PDF: exactly one, over the whole file but the signature itself, with a digest and a certificate that hold (SHA-256 or
 * more; the certificate named by the signed attributes and meant for signatures). Never throws: what is wrong is the `motivo`, in Italian.
 */
export async function verifyFirmaPdf(pdf: Buffer): Promise<EsitoFirma> {
  try {
    return { valida: true, firma: await verify(pdf) }
  } catch (error) {
    return { valida: false, motivo: error instanceof Refused ? error.message : 'La firma non è leggibile.' }
  }
}

interface Coperto {
  readonly coperto: Buffer
  readonly firma: Buffer
  readonly dichiarataIl: Date | null
}

/** What the signature covers, and the signature: the two pieces around the only hole, which is the signature itself. */
function readFirma(pdf: Buffer): Coperto {
  const text = pdf.toString('latin1')
  const ranges = [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/gu)]
  const [range, another] = ranges
  if (range === undefined) throw new Refused('Il PDF non contiene una firma.')
  if (another !== undefined) throw new Refused('Il PDF contiene più di una firma: serve solo la tua.')
  const [start, first, second, last] = range.slice(1).map(Number) as [number, number, number, number]
  if (start !== 0 || second + last !== pdf.length || second <= first + 2) throw new Refused('La firma non copre l’intero documento.')
  const hole = text.slice(first, second)
  if (!/^<[0-9A-Fa-f\s]+>$/u.test(hole) || hole.length > 2 * MASSIMO) throw new Refused('La firma non copre l’intero documento.')
  const at = /\/M\s*\(D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:Z|([+-]\d{2})'?(\d{2})?)?/u.exec(text.slice(Math.max(0, first - 4000)))
  return {
    coperto: Buffer.concat([pdf.subarray(0, first), pdf.subarray(second)]),
    firma: Buffer.from(hole.slice(1, -1).replace(/\s+/gu, ''), 'hex'),
    dichiarataIl: at === null ? null : toDate(at),
  }
}

function toDate(m: RegExpExecArray): Date | null {
  const [, y, mo, d, h, mi, s, off, offMin] = m
  const date = new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}${off === undefined ? 'Z' : `${off}:${offMin ?? '00'}`}`)
  return Number.isNaN(date.getTime()) ? null : date
}

async function verify(pdf: Buffer): Promise<FirmaPdf> {
  const { coperto, firma, dichiarataIl } = readFirma(pdf)
  const cms = readCms(firma)
  const [signer, another] = cms.signerInfos
  if (signer === undefined || another !== undefined) throw new Refused('La firma deve avere un solo firmatario.')
  const algorithm = DIGESTS[signer.digestAlgorithm.algorithmId]
  if (algorithm === undefined) throw new Refused('L’algoritmo di impronta della firma non è ammesso: serve almeno SHA-256.')
  const certificate = findCertificate(cms, signer)
  const der = Buffer.from(certificate.toSchema(false).toBER(false))
  const attributes = signer.signedAttrs
  const stated = attribute(signer, OID.messageDigest)
  if (attributes === undefined || !(stated instanceof asn1js.OctetString)) throw new Refused('La firma non ha gli attributi firmati.')
  if (!digestOf(coperto, algorithm).equals(Buffer.from(stated.valueBlock.valueHexView)))
    throw new Refused('Il documento è stato cambiato dopo la firma.')
  if (!namesCertificate(signer, der)) throw new Refused('La firma non cita il certificato del firmatario.')
  const signed = Buffer.from(attributes.encodedValue)
  // Signed attributes are signed as an explicit SET (RFC 5652 §5.4), not with the implicit tag they travel with.
  signed[0] = 0x31
  const good = await pkijs
    .getCrypto(true)
    .verifyWithPublicKey(new Uint8Array(signed), signer.signature, certificate.subjectPublicKeyInfo, signer.signatureAlgorithm, algorithm)
  if (!good) throw new Refused('La firma non corrisponde alla chiave del certificato.')
  return describe(certificate, der, signingTime(signer) ?? dichiarataIl)
}

function readCms(firma: Buffer): pkijs.SignedData {
  const parsed = asn1js.fromBER(new Uint8Array(firma))
  if (parsed.offset === -1) throw new Refused('La firma non è leggibile.')
  const content = new pkijs.ContentInfo({ schema: parsed.result })
  if (content.contentType !== OID.signedData) throw new Refused('La firma non è leggibile.')
  return new pkijs.SignedData({ schema: content.content })
}

function findCertificate(cms: pkijs.SignedData, signer: pkijs.SignerInfo): pkijs.Certificate {
  const id: unknown = signer.sid
  const found = (cms.certificates ?? [])
    .filter((item) => item instanceof pkijs.Certificate)
    .find(
      (item) => id instanceof pkijs.IssuerAndSerialNumber && item.issuer.isEqual(id.issuer) && item.serialNumber.isEqual(id.serialNumber),
    )
  if (found === undefined) throw new Refused('Il certificato del firmatario non è nella firma.')
  return found
}

function attribute(signer: pkijs.SignerInfo, oid: string): unknown {
  return signer.signedAttrs?.attributes.find((item) => item.type === oid)?.values[0]
}

function signingTime(signer: pkijs.SignerInfo): Date | null {
  const value = attribute(signer, OID.signingTime)
  return value instanceof asn1js.UTCTime || value instanceof asn1js.GeneralizedTime ? value.toDate() : null
}

function digestOf(bytes: Buffer, algorithm: string): Buffer {
  return createHash(algorithm.replace('-', '').toLowerCase()).update(bytes).digest()
}

/** The signed attributes carry the digest of this very certificate (ETSI EN 319 122, signing-certificate-v2; SHA-256 unless another is named). */
function namesCertificate(signer: pkijs.SignerInfo, der: Buffer): boolean {
  const value = attribute(signer, OID.signingCertificateV2)
  if (!(value instanceof asn1js.Sequence)) return false
  const encoded = Buffer.from(value.toBER(false))
  return Object.values(DIGESTS).some((algorithm) => encoded.includes(digestOf(der, algorithm)))
}

function describe(certificate: pkijs.Certificate, der: Buffer, dichiarataIl: Date | null): FirmaPdf {
  const usage: unknown = certificate.extensions?.find((item) => item.extnID === OID.keyUsage)?.parsedValue
  const bits = usage instanceof asn1js.BitString ? (usage.valueBlock.valueHexView[0] ?? 0) : FIRMA_BITS
  if ((bits & FIRMA_BITS) === 0) throw new Refused('Il certificato non è per firmare.')
  const of = (type: string): string =>
    String(certificate.subject.typesAndValues.find((item) => item.type === type)?.value.valueBlock.value ?? '').trim()
  const { serialNumber, issuer } = new X509Certificate(der)
  return {
    nome: of(OID.commonName),
    codiceFiscale: codiceFiscaleOf(of(OID.serialNumber)),
    emittente: issuer.split('\n').join(', '),
    numero: serialNumber.toLowerCase(),
    validoDal: certificate.notBefore.value,
    validoAl: certificate.notAfter.value,
    dichiarataIl,
  }
}

/** `TINIT-RSSMRA…` (ETSI EN 319 412-1), `IT:RSSMRA…` of older certificates, or the bare code; empty when it is none. Pure. */
export function codiceFiscaleOf(serialNumber: string): string {
  return (
    /^(?:TINIT-|IT:)?([A-Z]{6}[0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z])$/iu
      .exec(serialNumber)?.[1]
      ?.toUpperCase() ?? ''
  )
}
