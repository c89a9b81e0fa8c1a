import { XMLBuilder } from 'fast-xml-parser'
import { escapeAttribute, escapeText } from './text.ts'

/** An element to write: either text or child elements, never both, so that indentation can never change a value. */
export interface NodoXml {
  readonly nome: string
  readonly contenuto: string | readonly NodoXml[]
  readonly attributi: Readonly<Record<string, string>>
}

/** Children as callers write them: absent and disabled branches are skipped. */
export type Figli = readonly (NodoXml | readonly NodoXml[] | null | undefined | false)[]

const NAME = /^[\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{N}_.-]*)?$/u

/**
 * One element. `contenuto` is its text (written byte for byte, escaped) or its children in order; lists of elements are flattened, absent ones
 * skipped. Attributes with undefined value are skipped. Throws TypeError on a name that XML does not allow.
 */
export function el(nome: string, contenuto: string | Figli = '', attributi: Readonly<Record<string, string | undefined>> = {}): NodoXml {
  const presenti: Record<string, string> = {}
  for (const [chiave, valore] of Object.entries(attributi)) {
    if (valore === undefined) continue
    if (!NAME.test(chiave)) throw new TypeError(`not an XML name: ${chiave}`)
    presenti[chiave] = valore
  }
  if (!NAME.test(nome)) throw new TypeError(`not an XML name: ${nome}`)
  if (typeof contenuto === 'string') return { nome, contenuto, attributi: presenti }
  const figli = contenuto.flat().filter((figlio): figlio is NodoXml => typeof figlio === 'object' && figlio !== null)
  return { nome, contenuto: figli, attributi: presenti }
}

type Ordered = Record<string, unknown>

/** Entities are written by our own escape: the builder's one loses the line ends of attributes and writes needless references in text. */
const builder = new XMLBuilder({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  format: true,
  indentBy: '  ',
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
  processEntities: false,
})

function toOrdered(nodo: NodoXml): Ordered {
  const { contenuto } = nodo
  let figli: Ordered[]
  if (typeof contenuto !== 'string') figli = contenuto.map(toOrdered)
  else figli = contenuto === '' ? [] : [{ '#text': escapeText(contenuto) }]
  const attributi = Object.entries(nodo.attributi).map(([chiave, valore]) => [chiave, escapeAttribute(valore)])
  return { [nodo.nome]: figli, ...(attributi.length > 0 ? { ':@': Object.fromEntries(attributi) } : {}) }
}

/**
 * The document with this root, UTF-8, XML declaration, two-space indentation between elements and none inside text. Deterministic: same tree, same
 * string. The caller cleans the values first (`cleanLine`, `cleanNote`): a forbidden control character would make the document unreadable.
 */
export function writeXml(radice: NodoXml): string {
  const corpo = builder.build([toOrdered(radice)]) as string
  return `<?xml version="1.0" encoding="UTF-8"?>\n${corpo.trim()}\n`
}
