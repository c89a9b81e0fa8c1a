// Spoiled copies of an Allegato 5 instance, always the same for a seed: what the schemas must agree on.
import { el, readXml, writeXml } from '../../metadata-schemas/xml/index.ts'
import type { ElementoXml, NodoXml } from '../../metadata-schemas/xml/index.ts'

export interface Mutazione {
  readonly tipo: string
  /** Name of the element that was touched. */
  readonly elemento: string
  readonly xml: string
}

/** A small repeatable generator of numbers in [0, 1). */
function seeded(seme: number): () => number {
  let state = seme >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function toNode(element: ElementoXml): NodoXml {
  return el(element.nome, element.figli.length > 0 ? element.figli.map(toNode) : element.testo.trim(), element.attributi)
}

const NUMERI = ['0', '1', '4999', '5000', '9999', '10000', '-1', '+1', '007', '1.0', '1e3', '99999999999999999999', '']
const DATE = [
  '2026-02-30',
  '2026-3-1',
  '2026-03-11Z',
  '2026-03-11+01:00',
  '2026-03-11+15:00',
  '11/03/2026',
  '2026-03-11T10:00:00',
  '0000-01-01',
  '-0001-01-01',
  '',
]
const ORE = ['25:00:00', '24:00:00', '12:00', '12:00:00.5', '12:00:00Z', '12:60:00', '12.00.00', '']
const BOOLEANI = ['1', '0', 'SI', 'NO', 'True', 'TRUE', ' true ', 'yes', '']
const BASE64 = ['', 'AAAA', 'A b=', 'AAA', '====', 'AAAA AAAA', 'à', '  AAAA  ', 'AA==BB']
const CODICI = [
  '0000417',
  '417',
  '٠٠٠٠٤١٧',
  'PG 1',
  'A'.repeat(16),
  'A'.repeat(17),
  'a_b.c-d',
  'RSSMRA80A01H50MM',
  'rssmra80a01h501u',
  '٩٩٩٩٩٠٢٠٠٢٩',
]

type Dado = (quanti: number) => number
type Modo = (node: NodoXml, dado: Dado) => NodoXml | null

const isLeaf = (node: NodoXml): node is NodoXml & { contenuto: string } => typeof node.contenuto === 'string'
const one = <T>(values: readonly T[], dado: Dado): T => values[dado(values.length)] as T
const text = (make: (testo: string, dado: Dado) => string): Modo => {
  return (node, dado) => (isLeaf(node) ? { ...node, contenuto: make(node.contenuto, dado) } : null)
}
const children = (make: (figli: readonly NodoXml[], dado: Dado) => readonly NodoXml[]): Modo => {
  return (node, dado) =>
    isLeaf(node) || node.contenuto.length === 0 ? null : { ...node, contenuto: make(node.contenuto as readonly NodoXml[], dado) }
}

/** A wrong value of the kind the leaf holds. */
function wrongValue(testo: string, dado: Dado): string {
  if (/^\d{4}-\d\d-\d\d/.test(testo)) return one(DATE, dado)
  if (/^\d\d:\d\d/.test(testo)) return one(ORE, dado)
  if (/^(true|false)$/.test(testo)) return one(BOOLEANI, dado)
  if (/^\d{1,6}$/.test(testo)) return one(NUMERI, dado)
  if (/^[A-Za-z0-9+/]{40,}=*$/.test(testo)) return one(BASE64, dado)
  return one(CODICI, dado)
}

/** One change at one element. */
const MODI: Readonly<Record<string, Modo>> = {
  toglie: children((figli, dado) => figli.toSpliced(dado(figli.length), 1)),
  ripete: children((figli, dado) => {
    const posto = dado(figli.length)
    return figli.toSpliced(posto, 0, figli[posto] as NodoXml)
  }),
  scambia: children((figli, dado) => {
    const posto = dado(Math.max(1, figli.length - 1))
    const [uno, due] = [figli[posto], figli[posto + 1]]
    return uno === undefined || due === undefined ? figli : figli.toSpliced(posto, 2, due, uno)
  }),
  rovescia: children((figli) => figli.toReversed()),
  svuota: (node) => ({ ...node, contenuto: '' }),
  estraneo: children((figli, dado) =>
    figli.toSpliced(dado(figli.length + 1), 0, el(one(['Estraneo', 'Note', 'RUP', 'Segnatura', 'DenominazioneUfficio'], dado), 'x')),
  ),
  rinomina: (node, dado) => ({
    ...node,
    nome: one([`${node.nome}X`, node.nome.toLowerCase(), node.nome.replace('Amministativo', 'Amministrativo')], dado),
  }),
  attributo: (node, dado) => ({ ...node, attributi: one([{ id: 'x' }, { xmlns: 'urn:esempio' }, { lang: 'it' }], dado) }),
  bianco: text((_t, dado) => one(['', ' ', '\n  ', '\u00a0'], dado)),
  spazi: text((t, dado) => one([` ${t}`, `${t} `, t.replace(' ', '  '), t.replaceAll(' ', '\n'), t.replaceAll(' ', '\u00a0')], dado)),
  letterale: text((t, dado) =>
    one(
      [t.toUpperCase(), t.toLowerCase(), t.replaceAll('’', "'"), t.replaceAll('ù', 'u'), t.replaceAll('\\', '/'), `${t}à`, t.slice(1)],
      dado,
    ),
  ),
  valore: text(wrongValue),
  lungo: text((t, dado) => one([t.repeat(40), 'x'.repeat(20_000), `${t}${'0'.repeat(300)}`], dado)),
  figlio: (node) => (isLeaf(node) ? { ...node, contenuto: [el('Figlio', node.contenuto)] } : null),
}

/** Every element with the way to put another in its place. */
function* placesOf(
  node: NodoXml,
  put: (instead: NodoXml) => NodoXml = (instead) => instead,
): Generator<{ node: NodoXml; put: (instead: NodoXml) => NodoXml }> {
  yield { node, put }
  if (isLeaf(node)) return
  const figli = node.contenuto as readonly NodoXml[]
  for (const [posto, figlio] of figli.entries())
    yield* placesOf(figlio, (instead) => put({ ...node, contenuto: figli.toSpliced(posto, 1, instead) }))
}

/**
 * Different spoiled copies of an instance, `quante` of them: elements dropped, repeated, out of order, renamed, of another profile; blank, doubled spaces,
 * wrong literals, wrong types, numbers at the bounds, namespaces, very long texts. The same seed gives the same ones.
 */
export function mutazioni(xml: string, quante: number, seme: number): Mutazione[] {
  const random = seeded(seme)
  const dado: Dado = (quanti) => Math.floor(random() * quanti)
  const places = [...placesOf(toNode(readXml(xml)))]
  const leaves = places.filter(({ node }) => isLeaf(node))
  const nomi = Object.keys(MODI)
  const found = new Map<string, Mutazione>()
  const whole = writeXml(toNode(readXml(xml)))
  for (let giro = 0; found.size < quante && giro < quante * 50; giro += 1) {
    const tipo = nomi[giro % nomi.length] as string
    const { node, put } = one(tipo === 'valore' || tipo === 'letterale' || tipo === 'spazi' ? leaves : places, dado)
    const made = MODI[tipo]?.(node, dado) ?? null
    if (made === null) continue
    const spoiled = writeXml(put(made))
    if (spoiled !== whole) found.set(spoiled, { tipo, elemento: node.nome, xml: spoiled })
  }
  return [...found.values()]
}
