import { XmlLibError } from 'libxml2-wasm'
import { el, readXml, writeXml, XmlRefused } from '../xml/index.ts'
import type { ElementoXml, ErroreXml, NodoXml } from '../xml/index.ts'
import { schemaOf } from './schemas.ts'
import type { InsiemeSchemi, Profilo } from './schemas.ts'
import { PROFILO_XML } from './write.ts'

/** A fault of the schema at a field: path without the root ('' for the whole document), line in the file as received, Italian sentence. */
export interface ErroreCampo {
  readonly percorso: string
  readonly riga: number
  readonly messaggio: string
}

/** Verdict of the schema with the field of each fault. */
export interface EsitoCampi {
  readonly valido: boolean
  readonly errori: readonly ErroreCampo[]
}

interface Posto {
  readonly nome: string
  readonly riga: number
  readonly percorso: string
}

/** Every element in document order; siblings of one name carry their position from 1. */
function placesOf(element: ElementoXml, percorso: string, found: Posto[]): Posto[] {
  found.push({ nome: element.nome, riga: element.riga, percorso })
  const many = new Map<string, number>()
  for (const figlio of element.figli) many.set(figlio.nome, (many.get(figlio.nome) ?? 0) + 1)
  const seen = new Map<string, number>()
  for (const figlio of element.figli) {
    const posto = (seen.get(figlio.nome) ?? 0) + 1
    seen.set(figlio.nome, posto)
    const nome = (many.get(figlio.nome) ?? 0) > 1 ? `${figlio.nome}[${posto}]` : figlio.nome
    placesOf(figlio, percorso === '' ? nome : `${percorso}/${nome}`, found)
  }
  return found
}

function parsed(xml: string | Uint8Array): ElementoXml | null {
  try {
    return readXml(xml)
  } catch (error) {
    if (error instanceof XmlRefused || error instanceof XmlLibError) return null
    throw error
  }
}

function toNode(element: ElementoXml): NodoXml {
  return el(element.nome, element.figli.length > 0 ? element.figli.map(toNode) : element.testo, element.attributi)
}

/** True when an error's line and element name say one element only. */
function isPrecise(places: readonly Posto[]): boolean {
  const keys = places.map((posto) => `${posto.riga} ${posto.nome}`)
  return new Set(keys).size === keys.length
}

function located(errori: readonly ErroreXml[], places: readonly Posto[], lines: ReadonlyMap<string, number>): ErroreCampo[] {
  const seen = new Set<string>()
  return errori.flatMap(({ riga, messaggio, elemento }) => {
    const posto = places.find((one) => one.riga === riga && one.nome === elemento) ?? places.find((one) => one.riga === riga)
    const percorso = posto?.percorso ?? ''
    // The validator tells a wrong value twice: the facet it broke, then that the value is not of its type.
    if (percorso !== '' && seen.has(percorso)) return []
    seen.add(percorso)
    return [{ percorso, riga: lines.get(percorso) ?? riga, messaggio }]
  })
}

/**
 * Schema verdict of a profile with the field of each fault and an Italian sentence about it. Also a document written on one line is told field by field.
 * Never throws for a faulty document.
 */
export function judgeSchema(profilo: Profilo, xml: string | Uint8Array, insieme: InsiemeSchemi = '9999'): EsitoCampi {
  const schema = schemaOf(profilo, insieme)
  const verdict = schema.validate(xml)
  if (verdict.valido) return { valido: true, errori: [] }
  const root = parsed(xml)
  if (root === null) return { valido: false, errori: verdict.errori.map(({ riga, messaggio }) => ({ percorso: '', riga, messaggio })) }
  const places = placesOf(root, '', [])
  const lines = new Map(places.map((posto) => [posto.percorso, posto.riga]))
  if (isPrecise(places)) return { valido: false, errori: located(verdict.errori, places, lines) }
  const again = writeXml(toNode(root))
  const precise = schema.validate(again)
  const errori = precise.valido ? located(verdict.errori, places, lines) : located(precise.errori, placesOf(readXml(again), '', []), lines)
  return { valido: false, errori }
}

/** The profile whose root this document has; null when it is not XML or its root is none of the three. */
export function profiloOf(xml: string | Uint8Array): Profilo | null {
  const nome = parsed(xml)?.nome
  const found = (Object.entries(PROFILO_XML) as [Profilo, { radice: string }][]).find(([, { radice }]) => radice === nome)
  return found?.[0] ?? null
}
