import type { Buffer } from 'node:buffer'
import { bareId } from './intestazioni.ts'
import { ERRORI_DATICERT, LIMITI, TIPI_DATICERT, VARIANTI_CONSEGNA } from './tipi.ts'
import type { Daticert } from './tipi.ts'
import { parseUntrustedXml, XmlRifiutato } from './xml.ts'
import type { NodoXml } from './xml.ts'

/** The certification data cannot be relied on; `message` is the Italian reason. Makes the message `anomalo`, never lost (REQ-PEC-007). */
export class DaticertMalformato extends Error {}

const NOTI = {
  postacert: ['intestazione', 'dati'],
  intestazione: ['mittente', 'destinatari', 'risposte', 'oggetto'],
  dati: ['gestore-emittente', 'data', 'identificativo', 'msgid', 'ricevuta', 'consegna', 'ricezione', 'errore-esteso'],
} as const

/**
 * Reads `daticert.xml` (technical rules of the PEC): values as certified by the gestore, addresses in lower case without brackets, the
 * instant in UTC with the zone it was written in. Unknown elements are tolerated and listed; missing mandatory ones, values outside the
 * lists, stray text between elements, DTDs and malformed XML throw DaticertMalformato.
 */
export function parseDaticert(bytes: Buffer, maxBytes: number = LIMITI.byteDaticert): Daticert {
  const root = readRoot(bytes, maxBytes)
  const header = child(root, 'intestazione')
  const data = child(root, 'dati')
  for (const node of [root, header, data]) {
    if (node.testo.trim() !== '') throw new DaticertMalformato(`daticert.xml contiene testo estraneo in «${node.nome}»`)
  }
  const receipt = optional(data, 'ricevuta')
  return {
    tipo: oneOf(root.attributi['tipo'], TIPI_DATICERT, 'tipo'),
    errore: oneOf(root.attributi['errore'] ?? 'nessuno', ERRORI_DATICERT, 'errore'),
    mittente: address(child(header, 'mittente').testo),
    destinatari: recipients(header),
    risposte: address(optional(header, 'risposte')?.testo ?? ''),
    oggetto: optional(header, 'oggetto')?.testo.trim() ?? null,
    gestoreEmittente: child(data, 'gestore-emittente').testo.trim(),
    ...instant(child(data, 'data')),
    identificativo: identifier(child(data, 'identificativo').testo),
    msgid: messageIdentifier(optional(data, 'msgid')?.testo ?? ''),
    variante: receipt === null ? null : oneOf(receipt.attributi['tipo'], VARIANTI_CONSEGNA, 'tipo di ricevuta'),
    consegna: addressOrNull(optional(data, 'consegna')?.testo),
    ricezione: data.figli.filter((node) => node.nome === 'ricezione').map((node) => address(node.testo)),
    erroreEsteso: optional(data, 'errore-esteso')?.testo.trim() ?? null,
    elementiSconosciuti: unknownElements(root, header, data),
  }
}

function readRoot(bytes: Buffer, maxBytes: number): NodoXml {
  let root: NodoXml
  try {
    root = parseUntrustedXml(bytes, maxBytes)
  } catch (error) {
    if (error instanceof XmlRifiutato) throw new DaticertMalformato(`daticert.xml: ${error.message}`)
    throw error
  }
  if (root.nome !== 'postacert') throw new DaticertMalformato(`daticert.xml ha radice «${root.nome.slice(0, 60)}» invece di «postacert»`)
  return root
}

function optional(node: NodoXml, name: string): NodoXml | null {
  return node.figli.find((item) => item.nome === name) ?? null
}

function child(node: NodoXml, name: string): NodoXml {
  const found = node.figli.filter((item) => item.nome === name)
  const [only] = found
  if (only === undefined) throw new DaticertMalformato(`daticert.xml: manca l'elemento «${name}»`)
  if (found.length > 1) throw new DaticertMalformato(`daticert.xml: l'elemento «${name}» è ripetuto`)
  return only
}

function oneOf<T extends string>(value: string | undefined, allowed: readonly T[], what: string): T {
  const found = allowed.find((item) => item === value)
  if (found === undefined) throw new DaticertMalformato(`daticert.xml: ${what} non previsto («${(value ?? '').slice(0, 60)}»)`)
  return found
}

function address(text: string): string {
  return text.replace(/[<>\s]/gu, '').toLowerCase()
}

function addressOrNull(text: string | undefined): string | null {
  const value = address(text ?? '')
  return value === '' ? null : value
}

function recipients(header: NodoXml): Daticert['destinatari'] {
  const nodes = header.figli.filter((node) => node.nome === 'destinatari')
  if (nodes.length === 0) throw new DaticertMalformato('daticert.xml: manca il destinatario')
  return nodes.map((node) => ({
    indirizzo: address(node.testo),
    tipo: oneOf(node.attributi['tipo'] ?? 'certificato', ['certificato', 'esterno'] as const, 'tipo di destinatario'),
  }))
}

function identifier(text: string): string {
  const value = bareId(text)
  if (value === null) throw new DaticertMalformato("daticert.xml: l'identificativo è vuoto")
  return value
}

/** Brackets off, trimmed, one URL-decode: gestori write the identifier in all these ways. */
function messageIdentifier(text: string): string | null {
  const bare = bareId(text)
  if (bare === null) return null
  try {
    return bareId(decodeURIComponent(bare))
  } catch {
    return bare
  }
}

function number(match: RegExpExecArray, index: number): number {
  return Number(match[index])
}

function instant(node: NodoXml): { istante: string; zona: string; giorno: string; ora: string } {
  const zona = (node.attributi['zona'] ?? '').trim()
  const giorno = child(node, 'giorno').testo.trim()
  const ora = child(node, 'ora').testo.trim()
  const zone = /^([+-])(\d{2}):?(\d{2})$/u.exec(zona)
  const day = /^(\d{2})\/(\d{2})\/(\d{4})$/u.exec(giorno)
  const time = /^(\d{2}):(\d{2}):(\d{2})$/u.exec(ora)
  if (zone === null || day === null || time === null) {
    throw new DaticertMalformato(`daticert.xml: data non valida («${`${giorno} ${ora} ${zona}`.slice(0, 60)}»)`)
  }
  const local = Date.UTC(number(day, 3), number(day, 2) - 1, number(day, 1), number(time, 1), number(time, 2), number(time, 3))
  const back = new Date(local)
  const real =
    back.getUTCDate() === number(day, 1) &&
    back.getUTCMonth() === number(day, 2) - 1 &&
    number(time, 1) < 24 &&
    number(time, 2) < 60 &&
    number(time, 3) < 60
  if (!real || number(zone, 2) > 14 || number(zone, 3) > 59)
    throw new DaticertMalformato(`daticert.xml: data impossibile («${giorno} ${ora} ${zona}»)`)
  const offset = (number(zone, 2) * 60 + number(zone, 3)) * 60_000 * (zone[1] === '-' ? -1 : 1)
  return { istante: new Date(local - offset).toISOString().replace('.000Z', 'Z'), zona, giorno, ora }
}

function unknownIn(node: NodoXml, known: readonly string[]): string[] {
  return node.figli.map((item) => item.nome).filter((name) => !known.includes(name))
}

function unknownElements(root: NodoXml, header: NodoXml, data: NodoXml): string[] {
  return [...unknownIn(root, NOTI.postacert), ...unknownIn(header, NOTI.intestazione), ...unknownIn(data, NOTI.dati)].slice(0, 20)
}
