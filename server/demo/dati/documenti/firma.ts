import { createHash } from 'node:crypto'
import * as asn1js from 'asn1js'
import * as pkijs from 'pkijs'
import { pdflibAddPlaceholder } from '@signpdf/placeholder-pdf-lib'
import { SignPdf } from '@signpdf/signpdf'
import { Signer, SUBFILTER_ETSI_CADES_DETACHED } from '@signpdf/utils'
import { seededBytes, seededKeys } from '../../posta/seme.ts'
import type { CoppiaChiavi } from '../../posta/seme.ts'
import { addPosto } from './aggiunta.ts'
import { saveFoglio } from './pagina.ts'
import type { Foglio } from './pagina.ts'

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  digest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const
const VALIDO_DAL = new Date('2020-01-01T00:00:00Z')
const VALIDO_AL = new Date('2045-01-01T00:00:00Z')

/** An invented professional with a signing certificate of a test authority: good signatures, worth nothing in law. */
export interface Firmatario {
  /** The authority to trust when the signatures are verified in a test. */
  readonly autoritaPem: string
  /** The document with a PAdES signature (ETSI.CAdES.detached). */
  firmaPdf(f: Foglio, istante: Date): Promise<Buffer>
  /** A PDF that exists already, byte for byte, with a PAdES signature added after it. */
  firmaEsistente(pdf: Buffer, istante: Date, motivo: string): Promise<Buffer>
  /** A CAdES envelope with the bytes inside (`.p7m`). */
  firmaBusta(contenuto: Buffer, istante: Date): Promise<Buffer>
  /** The CMS of a PAdES signature over the bytes that a PDF signs, without them and without an instant (it stays in the PDF). */
  firmaDistaccata(contenuto: Buffer): Promise<Buffer>
}

interface Identita {
  readonly chiavi: CoppiaChiavi
  readonly certificato: pkijs.Certificate
  readonly autorita: pkijs.Certificate
}

/** Makes the authority and the certificate at run time; equal seed and name give equal signatures. */
export async function createFirmatario(seme: string, p: { nome: string; codiceFiscale: string }): Promise<Firmatario> {
  const caKeys = seededKeys(`${seme}|firma|autorita`)
  const chiavi = seededKeys(`${seme}|firma|${p.codiceFiscale}`)
  const caName = nameOf('Autorità di firma dimostrativa - non valida', null)
  const autorita = await buildCertificate({
    seme,
    soggetto: caName,
    emittente: caName,
    chiavi: caKeys,
    firmatario: caKeys,
    estensioni: caExtensions(),
  })
  const soggetto = nameOf(p.nome, `TINIT-${p.codiceFiscale}`)
  const certificato = await buildCertificate({
    seme,
    soggetto,
    emittente: caName,
    chiavi,
    firmatario: caKeys,
    estensioni: signerExtensions(),
  })
  const identita = { chiavi, certificato, autorita }
  return {
    autoritaPem: toPem(autorita),
    firmaPdf: async (f, istante) => await signPdf(identita, f, p.nome, istante),
    firmaEsistente: async (pdf, istante, motivo) =>
      await fillPosto(identita, await addPosto(pdf, { nome: p.nome, motivo, istante }), istante),
    firmaBusta: async (contenuto, istante) => await signCms(identita, contenuto, { istante, incluso: true }),
    firmaDistaccata: async (contenuto) => await signCms(identita, contenuto, { istante: null, incluso: false }),
  }
}

async function signPdf(identita: Identita, f: Foglio, nome: string, istante: Date): Promise<Buffer> {
  pdflibAddPlaceholder({
    pdfDoc: f.documento,
    reason: 'Firma digitale dimostrativa',
    contactInfo: '',
    name: nome,
    location: '',
    signingTime: istante,
    signatureLength: 6000,
    subFilter: SUBFILTER_ETSI_CADES_DETACHED,
  })
  return await fillPosto(identita, await saveFoglio(f), istante)
}

/** Signs in the place that is ready for it. */
async function fillPosto(identita: Identita, pdf: Buffer, istante: Date): Promise<Buffer> {
  class Demo extends Signer {
    override async sign(bytes: Buffer): Promise<Buffer> {
      // In PAdES the time of signing stays in the dictionary of the PDF, not in the CMS.
      return await signCms(identita, bytes, { istante: null, incluso: false })
    }
  }
  return await new SignPdf().sign(pdf, new Demo(), istante)
}

/** A CMS of SHA-256 and RSA with the signed attributes of CAdES-B. */
async function signCms(identita: Identita, contenuto: Buffer, o: { istante: Date | null; incluso: boolean }): Promise<Buffer> {
  const attributes = [
    attribute(OID.contentType, new asn1js.ObjectIdentifier({ value: OID.data })),
    attribute(OID.digest, new asn1js.OctetString({ valueHex: sha256(contenuto) })),
    attribute(OID.signingCertificateV2, certificateReference(identita.certificato)),
    ...(o.istante === null ? [] : [attribute(OID.signingTime, new asn1js.UTCTime({ valueDate: o.istante }))]),
  ]
  const cms = new pkijs.SignedData({
    version: 1,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: OID.data }),
    signerInfos: [
      new pkijs.SignerInfo({
        version: 1,
        sid: new pkijs.IssuerAndSerialNumber({ issuer: identita.certificato.issuer, serialNumber: identita.certificato.serialNumber }),
        digestAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: OID.sha256, algorithmParams: new asn1js.Null() }),
        signedAttrs: new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes }),
      }),
    ],
    certificates: [identita.certificato, identita.autorita],
  })
  await cms.sign(await identita.chiavi.privata('SHA-256'), 0, 'SHA-256', new Uint8Array(contenuto))
  // Put in after signing: the signature is over the attributes, and in one piece the content stays readable to every program.
  if (o.incluso) cms.encapContentInfo.eContent = new asn1js.OctetString({ valueHex: new Uint8Array(contenuto) })
  return Buffer.from(new pkijs.ContentInfo({ contentType: OID.signedData, content: cms.toSchema(true) }).toSchema().toBER(false))
}

function attribute(type: string, value: asn1js.BaseBlock): pkijs.Attribute {
  return new pkijs.Attribute({ type, values: [value] })
}

function sha256(bytes: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(bytes).digest())
}

function certificateReference(certificate: pkijs.Certificate): asn1js.Sequence {
  const hash = new asn1js.OctetString({ valueHex: sha256(derOf(certificate)) })
  const wrap = (inner: asn1js.BaseBlock): asn1js.Sequence => new asn1js.Sequence({ value: [inner] })
  return wrap(wrap(wrap(hash)))
}

function derOf(certificate: pkijs.Certificate): Buffer {
  return Buffer.from(certificate.toSchema(false).toBER(false))
}

function toPem(certificate: pkijs.Certificate): string {
  return `-----BEGIN CERTIFICATE-----\n${derOf(certificate).toString('base64').replace(/.{64}/gu, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`
}

interface DatiCertificato {
  readonly seme: string
  readonly soggetto: readonly pkijs.AttributeTypeAndValue[]
  readonly emittente: readonly pkijs.AttributeTypeAndValue[]
  readonly chiavi: CoppiaChiavi
  readonly firmatario: CoppiaChiavi
  readonly estensioni: pkijs.Extension[]
}

async function buildCertificate(d: DatiCertificato): Promise<pkijs.Certificate> {
  const certificate = new pkijs.Certificate()
  certificate.version = 2
  const serial = Buffer.from(seededBytes(`${d.seme}|seriale|${d.chiavi === d.firmatario ? 'autorita' : 'firma'}`)(8))
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  certificate.serialNumber = new asn1js.Integer({ valueHex: new Uint8Array(serial) })
  certificate.subject.typesAndValues.push(...d.soggetto)
  certificate.issuer.typesAndValues.push(...d.emittente)
  certificate.notBefore.value = VALIDO_DAL
  certificate.notAfter.value = VALIDO_AL
  certificate.extensions = d.estensioni
  await certificate.subjectPublicKeyInfo.importKey(await d.chiavi.pubblica())
  await certificate.sign(await d.firmatario.privata('SHA-256'), 'SHA-256')
  return certificate
}

function nameOf(commonName: string, serialNumber: string | null): pkijs.AttributeTypeAndValue[] {
  const text = (type: string, value: string) => new pkijs.AttributeTypeAndValue({ type, value: new asn1js.Utf8String({ value }) })
  const printable = (type: string, value: string) => new pkijs.AttributeTypeAndValue({ type, value: new asn1js.PrintableString({ value }) })
  return [
    printable('2.5.4.6', 'IT'),
    text('2.5.4.10', 'Firma dimostrativa'),
    text('2.5.4.3', commonName),
    ...(serialNumber === null ? [] : [printable('2.5.4.5', serialNumber)]),
  ]
}

function extension(extnID: string, critical: boolean, value: { toBER: (sizeOnly?: boolean) => ArrayBuffer }): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical, extnValue: value.toBER(false) })
}

function keyUsage(bits: number, unused: number): pkijs.Extension {
  return extension('2.5.29.15', true, new asn1js.BitString({ valueHex: Uint8Array.from([bits]), unusedBits: unused }))
}

function caExtensions(): pkijs.Extension[] {
  return [extension('2.5.29.19', true, new pkijs.BasicConstraints({ cA: true }).toSchema()), keyUsage(0x06, 1)]
}

/** Content commitment only, as certificates for digital signatures have. */
function signerExtensions(): pkijs.Extension[] {
  return [keyUsage(0x40, 6)]
}
