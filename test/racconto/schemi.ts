import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { validateAgg, validateDai } from '../../metadata-schemas/allegato5/index.ts'
import { checkRapporto } from '../../metadata-schemas/rdv/index.ts'
import { checkPIndex } from '../../metadata-schemas/sincro/index.ts'
import { Bugia, giudice, schemaUfficiale } from './prove.ts'

/** Verdicts of libxml2 with our schemas, and of xmllint with the official ones where they are at hand. */
export const documenti = {
  dai: {
    nome: 'DocumentoAmministrativoInformatico',
    check: (xml: string) => validateDai(xml),
    ufficiale: ['allegato5', 'DocumentoAmministrativoInformatico.xsd'],
  },
  agg: {
    nome: 'AggregazioneDocumentaliInformatiche',
    check: (xml: string) => validateAgg(xml),
    ufficiale: ['allegato5', 'AggregazioneDocumentaliInformatiche.xsd'],
  },
  pindex: { nome: 'PIndex', check: (xml: string) => checkPIndex(xml), ufficiale: ['conservazione', 'sincro-v2', 'PIndex.xsd'] },
  rapporto: {
    nome: 'Rapporto di versamento',
    check: (xml: string) => checkRapporto(xml),
    ufficiale: ['conservazione', 'rdv', 'RdV-neutro.xsd'],
  },
} as const

export type TipoDocumento = keyof typeof documenti

/** Throws Bugia when the document is not valid; answers the sentences of evidence. */
export function assertValido(tipo: TipoDocumento, bytes: Buffer): string[] {
  const { nome, check, ufficiale } = documenti[tipo]
  const esito = check(bytes.toString('utf8'))
  if (!esito.valido) throw new Bugia(`${nome} non valido: ${esito.errori.map((e) => e.messaggio).join('; ')}`)
  return [`${nome}: valido per libxml2 con gli schemi del progetto`, ...ufficialmente(nome, ufficiale, bytes)]
}

/** The sealed segnatura goes to the official schema (which wants the seal) and to xmlsec1. */
export function assertSegnatura(bytes: Buffer): string[] {
  const prove = ufficialmente('Segnatura', ['allegato6', 'segnatura_protocollo.xsd'], bytes)
  const xmlsec = giudice(
    'xmlsec1',
    (file) => [
      '--verify',
      '--insecure',
      '--enabled-key-data',
      'x509',
      '--id-attr:Id',
      'http://uri.etsi.org/01903/v1.3.2#:SignedProperties',
      file,
    ],
    bytes,
    'segnatura.xml',
  )
  if (xmlsec !== null && !xmlsec.esito) throw new Bugia(`xmlsec1 rifiuta il sigillo: ${xmlsec.testo}`)
  if (xmlsec !== null) prove.push('Sigillo XAdES: verificato da xmlsec1')
  return prove
}

function ufficialmente(nome: string, path: readonly string[], bytes: Buffer): string[] {
  const schema = schemaUfficiale(...path)
  if (schema === null) return []
  const verdict = giudice('xmllint', (file) => ['--nonet', '--noout', '--schema', schema, file], bytes, 'documento.xml')
  if (verdict === null) return []
  if (!verdict.esito) throw new Bugia(`xmllint con lo schema ufficiale rifiuta ${nome}: ${verdict.testo}`)
  return [`${nome}: valido per xmllint con lo schema ufficiale`]
}

/** Version of the project, for the first line of the story. */
export const versione = (
  JSON.parse(readFileSync(join(resolve(dirname(fileURLToPath(import.meta.url)), '../..'), 'package.json'), 'utf8')) as { version: string }
).version
