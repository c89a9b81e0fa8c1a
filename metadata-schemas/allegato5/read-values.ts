import { cleanLine, cleanNote } from '../xml/index.ts'
import type { ElementoXml } from '../xml/index.ts'
import type { VoceValore } from './grammar/types.ts'
import { normalizeAlgoritmo } from './literals.ts'

/** Something read although it is not as it should be written: where (path and line) and, in Italian, what. */
export interface Tolleranza {
  readonly percorso: string
  readonly riga: number
  readonly messaggio: string
}

/** A document whose content cannot be given a meaning; `percorso` says where, '' for the whole. The message is Italian. */
export class MetadatiIllegibili extends Error {
  override readonly name = 'MetadatiIllegibili'
  readonly percorso: string
  constructor(messaggio: string, percorso = '') {
    super(percorso === '' ? messaggio : `${percorso}: ${messaggio}`)
    this.percorso = percorso
  }
}

/** What a reading carries along. */
export interface Lettura {
  readonly permanente: number | null
  readonly tolleranze: Tolleranza[]
}

const ZONE = /(?:Z|[+-]\d\d:\d\d)$/

/** Comparable form of a literal: case, accents, kinds of apostrophe and white space do not count. */
export function looseKey(text: string): string {
  return cleanLine(text)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\u2018\u2019\u02BC`\u00B4]/gu, "'")
    .toLowerCase()
}

function readBooleano(testo: string, note: (messaggio: string) => void): boolean | undefined {
  if (testo === 'true' || testo === 'false') return testo === 'true'
  const found = { '1': true, '0': false, si: true, no: false, sì: true, true: true, false: false }[testo.toLowerCase()]
  if (found !== undefined) note(`il valore «${testo}» è letto come ${found}; si scrive ${found}.`)
  return found
}

function readLetterale(voce: VoceValore, testo: string, note: (messaggio: string) => void): string | undefined {
  const pairs = Object.entries(voce.letterali ?? {})
  const exact = pairs.find(([, letterale]) => letterale === testo)
  if (exact) return exact[0]
  const close = pairs.find(([chiave, letterale]) => looseKey(letterale) === looseKey(testo) || looseKey(chiave) === looseKey(testo))
  if (close) note(`il valore «${testo.trim()}» è letto come «${close[1]}».`)
  return close?.[0]
}

/** Reading of each kind of value that is more than text; undefined when the text cannot be such a value. */
function interpret(voce: VoceValore, testo: string, lettura: Lettura, note: (messaggio: string) => void): unknown {
  const riga = cleanLine(testo)
  switch (voce.tipo) {
    case 'letterale':
      return readLetterale(voce, testo, note)
    case 'booleano':
      return readBooleano(riga, note)
    case 'intero':
    case 'anni': {
      if (!/^[+-]?\d{1,15}$/.test(riga)) return undefined
      const numero = Number(riga)
      return voce.tipo === 'anni' && numero === lettura.permanente ? 'permanente' : numero
    }
    case 'data':
    case 'ora':
      if (ZONE.test(riga)) note(`il fuso orario di «${riga}» è ignorato.`)
      return riga.replace(ZONE, '')
    case 'algoritmo': {
      if (riga === '') return 'SHA-256'
      const algoritmo = normalizeAlgoritmo(riga)
      if (algoritmo !== undefined && algoritmo !== riga) note(`l’algoritmo «${riga}» è letto come ${algoritmo}.`)
      return algoritmo ?? riga
    }
    case 'base64':
      return testo.replace(/\s+/gu, '')
    case 'nota':
      return cleanNote(testo)
    default:
      return riga
  }
}

/** Value of one leaf element. Throws MetadatiIllegibili when a number, boolean or literal cannot be understood. */
export function readValue(voce: VoceValore, elemento: ElementoXml, percorso: string, lettura: Lettura): unknown {
  const note = (messaggio: string): void => {
    lettura.tolleranze.push({ percorso, riga: elemento.riga, messaggio })
  }
  const valore = interpret(voce, elemento.testo, lettura, note)
  if (valore !== undefined) return valore
  throw new MetadatiIllegibili(`il valore «${cleanLine(elemento.testo)}» (riga ${elemento.riga}) non è tra quelli possibili.`, percorso)
}
