import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import * as asn1js from 'asn1js'
import * as pkijs from 'pkijs'
import { seededBytes, seededKeys } from './seme.ts'
import type { CoppiaChiavi } from './seme.ts'

export const DIGEST_FIRMA = ['SHA-256', 'SHA-1'] as const
export type DigestFirma = (typeof DIGEST_FIRMA)[number]

export interface OpzioniGestore {
  seme: string
  nome: string
  dominio: string
  validoDal: Date
  validoAl: Date
  digest?: DigestFirma
}

/** A simulated PEC gestore: own test CA, certificate for `posta-certificata@dominio`, detached CMS signatures. */
export interface Gestore {
  nome: string
  dominio: string
  indirizzo: string
  seme: string
  digest: DigestFirma
  /** Anchor to configure in the demo and in tests; refused in production (REQ-PEC-030). */
  ancoraPem: string
  certificatoPem: string
  firma: (content: Buffer, at: Date) => Promise<Buffer>
}

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  signingTime: '1.2.840.113549.1.9.5',
  digest: '1.2.840.113549.1.9.4',
}
const DIGEST_OID = { 'SHA-256': '2.16.840.1.101.3.4.2.1', 'SHA-1': '1.3.14.3.2.26' } as const

/**
 * Makes the test CA and the gestore's certificate at run time from the seed: e-mail protection, critical digital signature, mail address as
 * subject alternative name, as real gestori have. Same options, same certificates.
 */
export async function createGestore(options: OpzioniGestore): Promise<Gestore> {
  const caKeys = seededKeys(`${options.seme}|autorita`)
  const keys = seededKeys(`${options.seme}|gestore|${options.dominio}`)
  const caName = 'Autorità dimostrativa di prova - non valida'
  const ca = await buildCertificate({
    options,
    subject: caName,
    issuer: caName,
    keys: caKeys,
    signer: caKeys,
    serial: 'autorita',
    extensions: caExtensions(),
  })
  const indirizzo = `posta-certificata@${options.dominio}`
  const certificate = await buildCertificate({
    options,
    subject: `Posta certificata ${options.nome}`,
    issuer: caName,
    keys,
    signer: caKeys,
    serial: options.dominio,
    extensions: gestoreExtensions(indirizzo),
  })
  const digest = options.digest ?? 'SHA-256'
  return {
    nome: options.nome,
    dominio: options.dominio,
    indirizzo,
    seme: options.seme,
    digest,
    ancoraPem: toPem(ca),
    certificatoPem: toPem(certificate),
    firma: (content, at) => sign({ content, at, digest, keys, certificate, ca }),
  }
}

interface DatiCertificato {
  options: OpzioniGestore
  subject: string
  issuer: string
  keys: CoppiaChiavi
  signer: CoppiaChiavi
  serial: string
  extensions: pkijs.Extension[]
}

async function buildCertificate(data: DatiCertificato): Promise<pkijs.Certificate> {
  const certificate = new pkijs.Certificate()
  certificate.version = 2
  const serial = Buffer.from(seededBytes(`${data.options.seme}|seriale|${data.serial}`)(8))
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  certificate.serialNumber = new asn1js.Integer({ valueHex: new Uint8Array(serial) })
  certificate.subject.typesAndValues.push(...nameOf(data.subject))
  certificate.issuer.typesAndValues.push(...nameOf(data.issuer))
  certificate.notBefore.value = data.options.validoDal
  certificate.notAfter.value = data.options.validoAl
  certificate.extensions = data.extensions
  await certificate.subjectPublicKeyInfo.importKey(await data.keys.pubblica())
  await certificate.sign(await data.signer.privata('SHA-256'), 'SHA-256')
  return certificate
}

function nameOf(commonName: string): pkijs.AttributeTypeAndValue[] {
  return [
    new pkijs.AttributeTypeAndValue({ type: '2.5.4.6', value: new asn1js.PrintableString({ value: 'IT' }) }),
    new pkijs.AttributeTypeAndValue({ type: '2.5.4.10', value: new asn1js.Utf8String({ value: 'Gestore simulato' }) }),
    new pkijs.AttributeTypeAndValue({ type: '2.5.4.3', value: new asn1js.Utf8String({ value: commonName }) }),
  ]
}

function extension(extnID: string, critical: boolean, value: { toBER: (sizeOnly?: boolean) => ArrayBuffer }): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical, extnValue: value.toBER(false) })
}

function keyUsage(bits: number, unused: number): asn1js.BitString {
  return new asn1js.BitString({ valueHex: Uint8Array.from([bits]), unusedBits: unused })
}

function caExtensions(): pkijs.Extension[] {
  return [
    extension('2.5.29.19', true, new pkijs.BasicConstraints({ cA: true }).toSchema()),
    extension('2.5.29.15', true, keyUsage(0x06, 1)),
  ]
}

function gestoreExtensions(address: string): pkijs.Extension[] {
  const names = new pkijs.AltName({ altNames: [new pkijs.GeneralName({ type: 1, value: address })] })
  return [
    extension('2.5.29.15', true, keyUsage(0x80, 7)),
    extension('2.5.29.37', false, new pkijs.ExtKeyUsage({ keyPurposes: ['1.3.6.1.5.5.7.3.4'] }).toSchema()),
    extension('2.5.29.17', false, names.toSchema()),
  ]
}

function toPem(certificate: pkijs.Certificate): string {
  const text = Buffer.from(certificate.toSchema(false).toBER(false)).toString('base64')
  return `-----BEGIN CERTIFICATE-----\n${text.replace(/.{64}/gu, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`
}

interface DatiFirma {
  content: Buffer
  at: Date
  digest: DigestFirma
  keys: CoppiaChiavi
  certificate: pkijs.Certificate
  ca: pkijs.Certificate
}

async function sign(data: DatiFirma): Promise<Buffer> {
  const hash = createHash(data.digest.replace('-', '').toLowerCase()).update(data.content).digest()
  const signer = new pkijs.SignerInfo({
    version: 1,
    sid: new pkijs.IssuerAndSerialNumber({ issuer: data.certificate.issuer, serialNumber: data.certificate.serialNumber }),
    digestAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: DIGEST_OID[data.digest], algorithmParams: new asn1js.Null() }),
    signedAttrs: new pkijs.SignedAndUnsignedAttributes({
      type: 0,
      attributes: [
        new pkijs.Attribute({ type: OID.contentType, values: [new asn1js.ObjectIdentifier({ value: OID.data })] }),
        new pkijs.Attribute({ type: OID.signingTime, values: [new asn1js.UTCTime({ valueDate: data.at })] }),
        new pkijs.Attribute({ type: OID.digest, values: [new asn1js.OctetString({ valueHex: new Uint8Array(hash) })] }),
      ],
    }),
  })
  const cms = new pkijs.SignedData({
    version: 1,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: OID.data }),
    signerInfos: [signer],
    certificates: [data.certificate, data.ca],
  })
  await cms.sign(await data.keys.privata(data.digest), 0, data.digest, new Uint8Array(data.content))
  return Buffer.from(new pkijs.ContentInfo({ contentType: OID.signedData, content: cms.toSchema(true) }).toSchema().toBER(false))
}
