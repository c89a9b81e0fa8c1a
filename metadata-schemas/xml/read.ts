import { XmlCData, XmlElement, XmlText } from 'libxml2-wasm'
import { withDocument } from './validate.ts'

/** An element as read. `nome` and attribute names are local names; `namespace` is the address, '' when there is none. */
export interface ElementoXml {
  readonly nome: string
  readonly namespace: string
  readonly attributi: Readonly<Record<string, string>>
  readonly figli: readonly ElementoXml[]
  /** Text directly inside, white space kept, CDATA and references resolved. */
  readonly testo: string
  readonly riga: number
}

function toElement(node: XmlElement): ElementoXml {
  const figli: ElementoXml[] = []
  let testo = ''
  for (let child = node.firstChild; child !== null; child = child.next) {
    if (child instanceof XmlElement) figli.push(toElement(child))
    else if (child instanceof XmlText || child instanceof XmlCData) testo += child.content
  }
  const attributi: Record<string, string> = {}
  for (const attribute of node.attrs) attributi[attribute.name] = attribute.value
  return { nome: node.name, namespace: node.namespaceUri, attributi, figli, testo, riga: node.line }
}

/**
 * The document as a plain tree, read by the same parser that validates (two parsers could disagree on one document). Throws XmlRefused (DTD, encoding)
 * or libxml2's XmlLibError (not well-formed).
 */
export function readXml(source: string | Uint8Array): ElementoXml {
  return withDocument(source, (document) => toElement(document.root))
}

/** First child with this local name. */
export function child(element: ElementoXml | undefined, nome: string): ElementoXml | undefined {
  return element?.figli.find((figlio) => figlio.nome === nome)
}

/** All children with this local name, in order. */
export function children(element: ElementoXml | undefined, nome: string): readonly ElementoXml[] {
  return element?.figli.filter((figlio) => figlio.nome === nome) ?? []
}

/** Text of the first child with this local name, trimmed; undefined when the child is absent. */
export function childText(element: ElementoXml | undefined, nome: string): string | undefined {
  return child(element, nome)?.testo.trim()
}
