import { ParseOption, XmlBufferInputProvider, XmlDocument, XmlLibError, xmlRegisterInputProvider, XsdValidator } from 'libxml2-wasm'
import { decodeXml, refuseDtd, XmlRefused } from './decode.ts'
import { italianMessage } from './messages.ts'

/** One fault, with its line in the document (0 when it has none). `messaggio` is Italian where the kind of fault is known. */
export interface ErroreXml {
  readonly riga: number
  readonly messaggio: string
  /** Name of the element at fault, where the validator says it. */
  readonly elemento?: string
}

/** Verdict of a check on an XML document: `valido` is true exactly when `errori` is empty. */
export interface EsitoXml {
  readonly valido: boolean
  readonly errori: readonly ErroreXml[]
}

/** A compiled schema. `validate` takes a document as received (string or bytes), never throws for a faulty document. */
export interface SchemaXml {
  readonly nome: string
  validate(source: string | Uint8Array): EsitoXml
}

const OPTIONS: ParseOption =
  ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_BIG_LINES | ParseOption.XML_PARSE_IGNORE_ENC

function faults(error: unknown): ErroreXml[] {
  if (error instanceof XmlRefused) return [{ riga: 0, messaggio: error.message }]
  if (!(error instanceof XmlLibError)) throw error
  if (error.details.length === 0) return [{ riga: 0, messaggio: italianMessage(error.message) }]
  return error.details.map((detail) => {
    const elemento = /^Element '(?:\{[^}]*\})?([^']+)'/u.exec(detail.message)?.[1]
    return { riga: Math.max(0, detail.line), messaggio: italianMessage(detail.message), ...(elemento === undefined ? {} : { elemento }) }
  })
}

/**
 * Parses with the one parser of this library and hands the document to `use`, freeing it afterwards. DTDs are refused before parsing, nothing is ever
 * fetched. Throws XmlRefused or XmlLibError (not well-formed).
 */
export function withDocument<T>(source: string | Uint8Array, use: (document: XmlDocument) => T): T {
  const xml = decodeXml(source)
  refuseDtd(xml)
  const document = XmlDocument.fromString(xml, { option: OPTIONS })
  try {
    return use(document)
  } finally {
    document.dispose()
  }
}

function verdict(check: () => void): EsitoXml {
  try {
    check()
    return { valido: true, errori: [] }
  } catch (error) {
    return { valido: false, errori: faults(error) }
  }
}

/** Well-formedness, DTD and encoding only. Never throws for a faulty document. */
export function checkWellFormed(source: string | Uint8Array): EsitoXml {
  return verdict(() => withDocument(source, () => undefined))
}

let memory: XmlBufferInputProvider | undefined
let compiled = 0
/** Kept for good: a compiled schema may point into the nodes of its document, which would be freed when nothing in JavaScript holds it. */
const schemaDocuments: XmlDocument[] = []

/** Imports resolve against an address that exists only in memory; each schema has a folder of its own, so two sets never mix. */
function memoryFolder(imports: Readonly<Record<string, string>>): string {
  if (memory === undefined) {
    memory = new XmlBufferInputProvider({})
    xmlRegisterInputProvider(memory)
  }
  compiled += 1
  const folder = `mem:///schema-${compiled}/`
  const encoder = new TextEncoder()
  for (const [name, text] of Object.entries(imports)) memory.addBuffer(`${folder}${name}`, encoder.encode(text))
  return folder
}

/**
 * Compiles an XSD given as text; the result is meant to be kept for the life of the process. `imports` maps the `schemaLocation` of each import or
 * include (as written in the schema, relative) to its text. Throws XmlLibError when the schema itself is wrong.
 */
export function compileSchema(nome: string, xsd: string, imports: Readonly<Record<string, string>> = {}): SchemaXml {
  const folder = memoryFolder(imports)
  const document = XmlDocument.fromString(xsd, { option: OPTIONS, url: `${folder}${nome}` })
  let validator: XsdValidator
  try {
    validator = XsdValidator.fromDoc(document)
  } catch (error) {
    document.dispose()
    throw error
  }
  schemaDocuments.push(document)
  return { nome, validate: (source) => verdict(() => withDocument(source, (parsed) => validator.validate(parsed))) }
}
