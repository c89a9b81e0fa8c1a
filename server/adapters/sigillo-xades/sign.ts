import { createPrivateKey, webcrypto } from 'node:crypto'
import { DOMImplementation, DOMParser, XMLSerializer } from '@xmldom/xmldom'
import { Application, setNodeDependencies, SignedXml, xml as xades } from 'xadesjs'
import { SigilloNonApponibile } from './errors.ts'

export const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const TIPO_PROPRIETA_FIRMATE = 'http://uri.etsi.org/01903#SignedProperties'
const ID_FIRMA = 'sigillo'
const ID_PROPRIETA = 'sigillo-proprieta'
const ID_RIFERIMENTO = 'sigillo-contenuto'
const RSA_SHA256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }

setNodeDependencies({ DOMParser, XMLSerializer, DOMImplementation })
Application.setEngine('node', webcrypto as unknown as Crypto)

/**
 * XAdES baseline B as EN 319 132-1 wants it, on top of the library: fixed identifiers, exclusive canonicalisation also of SignedInfo and of the signed
 * properties (with the inclusive one the digest would change when the signature enters a document with other namespaces), DataObjectFormat.
 */
class SealXml extends SignedXml {
  constructor() {
    super()
    this.XmlSignature.Id = ID_FIRMA
    if (this.Properties === null) throw new Error('qualifying properties are missing')
    this.Properties.Target = `#${ID_FIRMA}`
    this.Properties.SignedProperties.Id = ID_PROPRIETA
  }

  protected override async ApplySignOptions(...args: Parameters<SignedXml['ApplySignOptions']>): Promise<void> {
    await super.ApplySignOptions(...args)
    const [signature] = args
    signature.SignedInfo.CanonicalizationMethod.Algorithm = EXC_C14N
    for (const riferimento of signature.SignedInfo.References.GetIterator())
      if (riferimento.Type === TIPO_PROPRIETA_FIRMATE) riferimento.Transforms.Add(this.ResolveTransform('exc-c14n'))
    const formato = new xades.DataObjectFormat()
    formato.ObjectReference = `#${ID_RIFERIMENTO}`
    formato.MimeType = 'text/xml'
    this.SignedProperties.SignedDataObjectProperties.DataObjectFormats.Add(formato)
  }
}

function parse(xml: string): Document {
  if (/<!DOCTYPE/i.test(xml)) throw new SigilloNonApponibile('Il documento dichiara un DTD: non si può sigillare.')
  try {
    const parser = new DOMParser({
      onError: (livello, messaggio) => {
        if (livello !== 'warning') throw new SigilloNonApponibile(messaggio)
      },
    })
    return parser.parseFromString(xml, 'text/xml') as unknown as Document
  } catch (error) {
    throw new SigilloNonApponibile('Il documento da sigillare non è XML ben formato.', { cause: error })
  }
}

/** Private key in PKCS#8 PEM, not extractable once loaded. Throws SigilloNonApponibile when the text is not an RSA key. */
export async function importPrivateKey(chiavePem: string): Promise<CryptoKey> {
  try {
    const der = createPrivateKey(chiavePem).export({ type: 'pkcs8', format: 'der' })
    return (await webcrypto.subtle.importKey('pkcs8', new Uint8Array(der), RSA_SHA256, false, ['sign'])) as CryptoKey
  } catch (error) {
    throw new SigilloNonApponibile('La chiave del sigillo non è leggibile o non è RSA.', { cause: error })
  }
}

/**
 * The document with the enveloped signature just before the closing tag of its root. The signature is inserted in the text, so everything else keeps
 * its exact bytes. Throws SigilloNonApponibile when the document is not well-formed or already has a signature.
 */
export async function signXml(xml: string, chiave: CryptoKey, certificatoDer: Uint8Array, istante: Date): Promise<string> {
  const documento = parse(xml)
  if (documento.getElementsByTagNameNS('http://www.w3.org/2000/09/xmldsig#', 'Signature').length > 0)
    throw new SigilloNonApponibile('Il documento è già sigillato o contiene una firma.')
  const certificato = Buffer.from(certificatoDer).toString('base64')
  const sigillo = new SealXml()
  await sigillo.Sign(RSA_SHA256, chiave, documento, {
    x509: [certificato],
    references: [{ id: ID_RIFERIMENTO, uri: '', hash: 'SHA-256', transforms: ['enveloped', 'exc-c14n'] }],
    signingTime: { value: istante },
    signingCertificateV2: { certificate: certificato, digestAlgorithm: 'SHA-256' },
  })
  const elemento = sigillo.GetXml()
  const chiusura = xml.lastIndexOf('</')
  if (elemento === null || chiusura < 0) throw new SigilloNonApponibile('Il documento da sigillare è vuoto.')
  const firma = new XMLSerializer().serializeToString(elemento as unknown as Parameters<XMLSerializer['serializeToString']>[0])
  return `${xml.slice(0, chiusura)}${firma}${xml.slice(chiusura)}`
}
