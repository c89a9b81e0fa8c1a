import type { Buffer } from 'node:buffer'
import { XMLParser } from 'fast-xml-parser'
import { ParseOption, XmlDocument } from 'libxml2-wasm'

/** The XML was refused; `message` is the Italian reason. Internal to this room: callers turn it into a failed check. */
export class XmlRifiutato extends Error {}

export interface NodoXml {
  nome: string
  attributi: Record<string, string>
  testo: string
  figli: NodoXml[]
}

const ENCODINGS = ['utf-8', 'utf8', 'us-ascii', 'iso-8859-1', 'iso-8859-15', 'windows-1252']

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  processEntities: true,
  // Numeric character references: named ones beyond the five of XML were already refused by the well-formedness check.
  htmlEntities: true,
})

/**
 * Reads a small XML document from bytes nobody trusts: size limit, one of the listed encodings, no DTD and no entity declarations
 * (REQ-PEC-007), well-formedness judged by libxml2 before fast-xml-parser sees it. Prefixes are kept in the names.
 * Throws XmlRifiutato with an Italian reason.
 */
export function parseUntrustedXml(bytes: Buffer, maxBytes: number): NodoXml {
  const text = readSafeText(bytes, maxBytes)
  let document: XmlDocument
  try {
    document = XmlDocument.fromString(text, { option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE })
  } catch (error) {
    throw new XmlRifiutato(`XML non ben formato${lineOf(error)}`)
  }
  document.dispose()
  try {
    const root = toNodes(parser.parse(text) as unknown).find((node) => node.nome !== '#text')
    if (root === undefined) throw new XmlRifiutato('XML senza elemento radice')
    return root
  } catch (error) {
    if (error instanceof XmlRifiutato) throw error
    // Limits of the second parser (nesting, reserved names): its own words are English and of no use to an operator.
    throw new XmlRifiutato('XML non leggibile: struttura non ammessa')
  }
}

/** Where libxml2 stopped; its explanation is English and stays out of what operators read. */
function lineOf(error: unknown): string {
  const line = /\bline (\d+)/u.exec(error instanceof Error ? error.message : '')?.[1]
  return line === undefined ? '' : ` (riga ${line})`
}

function readSafeText(bytes: Buffer, maxBytes: number): string {
  if (bytes.length > maxBytes) throw new XmlRifiutato(`XML troppo grande (${bytes.length} byte, massimo ${maxBytes})`)
  if (bytes.includes(0)) throw new XmlRifiutato('XML con byte nulli o codifica non ammessa')
  const declared = /^(?:\ufeff|\u00ef\u00bb\u00bf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']/u.exec(
    bytes.subarray(0, 400).toString('latin1'),
  )
  const encoding = (declared?.[1] ?? 'utf-8').toLowerCase()
  if (!ENCODINGS.includes(encoding)) throw new XmlRifiutato(`XML con codifica non ammessa (${encoding})`)
  let text: string
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new XmlRifiutato(`XML con caratteri non validi per la codifica ${encoding}`)
  }
  if (/<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/iu.test(text))
    throw new XmlRifiutato('XML con DTD o dichiarazioni di entità: rifiutato')
  // The text is already decoded: the declaration would make the parser decode it again.
  return text.replace(/^\s*<\?xml[^>]{0,300}\?>/u, '')
}

function toNodes(value: unknown): NodoXml[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null) return []
    const record = item as Record<string, unknown>
    const nome = Object.keys(record).find((key) => key !== ':@')
    if (nome === undefined) return []
    if (nome === '#text') return [{ nome, attributi: {}, testo: String(record[nome]), figli: [] }]
    const children = toNodes(record[nome])
    const attributi = Object.fromEntries(
      Object.entries((record[':@'] ?? {}) as Record<string, unknown>).map(([key, text]) => [key, String(text)]),
    )
    return [
      {
        nome,
        attributi,
        testo: children
          .filter((child) => child.nome === '#text')
          .map((child) => child.testo)
          .join(''),
        figli: children.filter((child) => child.nome !== '#text'),
      },
    ]
  })
}

/** Local part of a qualified name. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
