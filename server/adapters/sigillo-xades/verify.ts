import { createHash, createPublicKey, verify as verifySignature, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { ParseOption, XmlC14NMode, XmlDocument, XmlElement } from 'libxml2-wasm'
import type { CertificatoSigillo } from '../../ports/sigillo.ts'
import { describeCertificate } from './certificate.ts'

const NS = { ds: 'http://www.w3.org/2000/09/xmldsig#', x: 'http://uri.etsi.org/01903/v1.3.2#' }
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
const TIPO_PROPRIETA = 'http://uri.etsi.org/01903#SignedProperties'
const OPZIONI: ParseOption =
  ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_IGNORE_ENC | ParseOption.XML_PARSE_BIG_LINES

/** What is strong enough today. Anything else (SHA-1 first of all) makes the seal refused, not tolerated. */
const DIGEST: Readonly<Record<string, string>> = {
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
}
const SIGNATURE: Readonly<Record<string, { hash: string; type: 'rsa' | 'ec' }>> = {
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256': { hash: 'sha256', type: 'rsa' },
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384': { hash: 'sha384', type: 'rsa' },
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512': { hash: 'sha512', type: 'rsa' },
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256': { hash: 'sha256', type: 'ec' },
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384': { hash: 'sha384', type: 'ec' },
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512': { hash: 'sha512', type: 'ec' },
}
const C14N: Readonly<Record<string, (typeof XmlC14NMode)[keyof typeof XmlC14NMode]>> = {
  'http://www.w3.org/2001/10/xml-exc-c14n#': XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315': XmlC14NMode.XML_C14N_1_0,
  'http://www.w3.org/2006/12/xml-c14n11': XmlC14NMode.XML_C14N_1_1,
}

/** Outcome of the cryptographic check. It says nothing on trust: chain, revocation and trusted list are another step (REQ-SEGN-005). */
export type EsitoSigillo =
  | { readonly valido: true; readonly istante: Date; readonly certificato: CertificatoSigillo }
  | { readonly valido: false; readonly motivo: string }

/** Internal: the first reason met. */
class Refused extends Error {}

function only(scope: XmlElement | XmlDocument, xpath: string, cosa: string): XmlElement {
  const found = scope.find(xpath, NS).filter((node): node is XmlElement => node instanceof XmlElement)
  if (found.length !== 1) throw new Refused(`${cosa}: attesi 1, trovati ${found.length}`)
  return found[0] as XmlElement
}

function bytes(element: XmlElement): Buffer {
  return Buffer.from(element.content.replace(/\s+/g, ''), 'base64')
}

function algorithm(element: XmlElement | undefined): string {
  return element?.attr('Algorithm')?.value ?? ''
}

function children(element: XmlElement, xpath: string): XmlElement[] {
  return element.find(xpath, NS).filter((node): node is XmlElement => node instanceof XmlElement)
}

interface Canonicalizzazione {
  readonly mode: (typeof XmlC14NMode)[keyof typeof XmlC14NMode]
  readonly withComments: false
  readonly inclusiveNamespacePrefixes?: string[]
}

/** The declared canonicalisation, or exclusive when a transform list names none is not allowed: implicit rules are where verifiers disagree. */
function canonicalization(element: XmlElement): Canonicalizzazione {
  const mode = C14N[algorithm(element)]
  if (mode === undefined) throw new Refused(`canonicalizzazione non ammessa: ${algorithm(element)}`)
  const prefissi = children(element, '*[local-name()="InclusiveNamespaces"]')[0]?.attr('PrefixList')?.value
  return { mode, withComments: false, ...(prefissi ? { inclusiveNamespacePrefixes: prefissi.trim().split(/\s+/) } : {}) }
}

interface Riferimento {
  readonly uri: string
  readonly tipo: string
  readonly id: string
  readonly hash: string
  readonly atteso: Buffer
  readonly forma: Canonicalizzazione
  readonly enveloped: boolean
}

function reference(element: XmlElement): Riferimento {
  const hash = DIGEST[algorithm(only(element, 'ds:DigestMethod', 'DigestMethod'))]
  if (hash === undefined) throw new Refused('algoritmo di impronta non ammesso')
  const trasformazioni = children(element, 'ds:Transforms/ds:Transform')
  const enveloped = trasformazioni.length > 0 && algorithm(trasformazioni[0]) === ENVELOPED
  const resto = enveloped ? trasformazioni.slice(1) : trasformazioni
  if (resto.length !== 1) throw new Refused('trasformazioni non ammesse')
  return {
    uri: element.attr('URI')?.value ?? '\0',
    tipo: element.attr('Type')?.value ?? '',
    id: element.attr('Id')?.value ?? '',
    hash,
    atteso: bytes(only(element, 'ds:DigestValue', 'DigestValue')),
    forma: canonicalization(resto[0] as XmlElement),
    enveloped,
  }
}

function checkDigest(riferimento: Riferimento, canonical: string, cosa: string): void {
  const calcolato = createHash(riferimento.hash).update(canonical, 'utf8').digest()
  if (!calcolato.equals(riferimento.atteso)) throw new Refused(`${cosa}: il contenuto è stato alterato dopo il sigillo`)
}

function elementById(document: XmlDocument, id: string): XmlElement {
  if (!/^[\w.:-]+$/.test(id)) throw new Refused('identificativo non ammesso')
  return only(document, `//*[@Id="${id}"]`, `elemento con Id ${id}`)
}

/** The certificate that the signed properties commit to, among those carried: the key of any other one proves nothing. */
function signingCertificate(firma: XmlElement, proprieta: XmlElement): { pem: string; chiave: KeyObject } {
  const digest = only(proprieta, 'x:SignedSignatureProperties/x:SigningCertificateV2/x:Cert/x:CertDigest', 'SigningCertificateV2')
  const hash = DIGEST[algorithm(only(digest, 'ds:DigestMethod', 'DigestMethod'))]
  if (hash === undefined) throw new Refused('algoritmo di impronta del certificato non ammesso')
  const atteso = bytes(only(digest, 'ds:DigestValue', 'DigestValue'))
  const der = children(firma, 'ds:KeyInfo/ds:X509Data/ds:X509Certificate')
    .map(bytes)
    .find((candidato) => createHash(hash).update(candidato).digest().equals(atteso))
  if (der === undefined) throw new Refused('il certificato non è quello indicato nelle proprietà firmate')
  const certificato = new X509Certificate(der)
  return { pem: certificato.toString(), chiave: createPublicKey(certificato.publicKey.export({ type: 'spki', format: 'pem' })) }
}

function checkSignatureValue(firma: XmlElement, signedInfo: XmlElement, chiave: KeyObject): void {
  const metodo = SIGNATURE[algorithm(only(signedInfo, 'ds:SignatureMethod', 'SignatureMethod'))]
  if (metodo === undefined || metodo.type !== chiave.asymmetricKeyType) throw new Refused('algoritmo di firma non ammesso')
  const forma = canonicalization(only(signedInfo, 'ds:CanonicalizationMethod', 'CanonicalizationMethod'))
  const dati = Buffer.from(signedInfo.canonicalizeToString(forma), 'utf8')
  const valore = bytes(only(firma, 'ds:SignatureValue', 'SignatureValue'))
  if (!verifySignature(metodo.hash, dati, { key: chiave, dsaEncoding: 'ieee-p1363' }, valore))
    throw new Refused('la firma non corrisponde al certificato')
}

/** Every reference is checked; the one on the whole document must exist, so must the one on the signed properties. */
function checkReferences(document: XmlDocument, firma: XmlElement, proprieta: XmlElement, riferimenti: readonly Riferimento[]): void {
  const contenuto = riferimenti.filter((r) => r.uri === '')
  const [intero] = contenuto
  if (intero === undefined || contenuto.length > 1 || !intero.enveloped) throw new Refused('il sigillo non copre l’intero documento')
  const sulleProprieta = riferimenti.filter((r) => r.tipo === TIPO_PROPRIETA)
  const idProprieta = proprieta.attr('Id')?.value
  if (sulleProprieta.length !== 1 || idProprieta === undefined || sulleProprieta[0]?.uri !== `#${idProprieta}`)
    throw new Refused('le proprietà firmate non sono coperte dal sigillo')
  for (const r of riferimenti) {
    if (r === intero) continue
    if (!r.uri.startsWith('#') || r.enveloped) throw new Refused(`riferimento non ammesso: ${r.uri}`)
    checkDigest(r, elementById(document, r.uri.slice(1)).canonicalizeToString(r.forma), 'proprietà firmate')
  }
  const formati = children(proprieta, 'x:SignedDataObjectProperties/x:DataObjectFormat').map((f) => f.attr('ObjectReference')?.value)
  if (!formati.includes(`#${intero.id}`)) throw new Refused('manca il formato del documento sigillato (DataObjectFormat)')
  // last: the transform takes the signature out of the tree
  firma.remove()
  checkDigest(intero, document.canonicalizeToString(intero.forma), 'documento')
}

function check(document: XmlDocument): EsitoSigillo {
  const firma = only(document, '//ds:Signature', 'firme nel documento')
  if (firma.parent?.isSameNode(document.root) !== true) throw new Refused('la firma non è figlia della radice')
  if (firma.find('following-sibling::*').length > 0) throw new Refused('la firma non è l’ultimo elemento')
  const signedInfo = only(firma, 'ds:SignedInfo', 'SignedInfo')
  const proprieta = only(firma, 'ds:Object/x:QualifyingProperties/x:SignedProperties', 'SignedProperties')
  const { pem, chiave } = signingCertificate(firma, proprieta)
  const istante = new Date(only(proprieta, 'x:SignedSignatureProperties/x:SigningTime', 'SigningTime').content.trim())
  checkSignatureValue(firma, signedInfo, chiave)
  checkReferences(document, firma, proprieta, children(signedInfo, 'ds:Reference').map(reference))
  const { valeDal, der: _der, ...certificato } = describeCertificate(pem)
  if (Number.isNaN(istante.getTime()) || istante < valeDal || istante > certificato.scadeIl)
    throw new Refused('il certificato non era valido all’istante dichiarato')
  return { valido: true, istante, certificato }
}

/**
 * Cryptographic check of an enveloped XAdES baseline B seal (REQ-SEGN-004): both references, the signature value, the certificate named by the signed
 * properties and its validity at the declared instant. The document is parsed once, DTDs are refused (REQ-SEGN-008). Independent from the signer: other
 * parser, other canonicalisation, other cryptographic interface. Never throws for a faulty document: the reason is in `motivo` (Italian).
 */
export function verifySeal(xml: string): EsitoSigillo {
  if (/<!DOCTYPE/i.test(xml)) return { valido: false, motivo: 'il documento dichiara un DTD' }
  let document: XmlDocument
  try {
    document = XmlDocument.fromString(xml.replace(/^\uFEFF/, ''), { option: OPZIONI })
  } catch {
    return { valido: false, motivo: 'il documento non è XML ben formato' }
  }
  try {
    return check(document)
  } catch (error) {
    if (error instanceof Refused) return { valido: false, motivo: error.message }
    return { valido: false, motivo: `struttura del sigillo non leggibile: ${(error as Error).message}` }
  } finally {
    document.dispose()
  }
}
