import type { Buffer } from 'node:buffer'
import { decodeText, decodeWords } from './charset.ts'
import type { Indirizzo } from './tipi.ts'

export interface Intestazione {
  /** Lower case: capitalisation varies from one gestore to the other. */
  nome: string
  /** Unfolded, bytes read as UTF-8 or windows-1252, encoded words still encoded. */
  valore: string
}

export interface BloccoIntestazioni {
  intestazioni: Intestazione[]
  /** Offset of the first byte of the body. */
  inizioCorpo: number
  righeIrregolari: number
}

/**
 * Reads the header block that starts at `start`. Lines that are not headers are counted and skipped; a block that does not end within
 * `maxBytes` gives null, so that a hostile message costs a bounded amount of work.
 */
export function readHeaders(buffer: Buffer, start: number, end: number, maxBytes: number): BloccoIntestazioni | null {
  const intestazioni: Intestazione[] = []
  let righeIrregolari = 0
  let position = start
  let folded: string[] | null = null
  const finish = () => {
    if (folded !== null) pushHeader(intestazioni, folded)
    folded = null
  }
  while (position < end) {
    if (position - start > maxBytes) return null
    const newline = buffer.indexOf(10, position)
    const next = newline === -1 || newline >= end ? end : newline + 1
    if (next - position > maxBytes) return null
    let stop = next
    if (stop > position && buffer[stop - 1] === 10) stop--
    if (stop > position && buffer[stop - 1] === 13) stop--
    const first = buffer[position]
    if (stop === position) {
      finish()
      return { intestazioni, inizioCorpo: next, righeIrregolari }
    }
    const line = buffer.subarray(position, stop)
    if ((first === 0x20 || first === 0x09) && folded !== null) (folded as string[]).push(decodeText(line, null))
    else if (isHeaderLine(line)) {
      finish()
      folded = [decodeText(line, null)]
    } else {
      righeIrregolari++
      finish()
    }
    position = next
  }
  finish()
  return { intestazioni, inizioCorpo: end, righeIrregolari }
}

function isHeaderLine(line: Buffer): boolean {
  const colon = line.indexOf(0x3a)
  if (colon <= 0 || colon > 200) return false
  for (let i = 0; i < colon; i++) {
    const byte = line[i] ?? 0
    const blankBeforeColon = (byte === 0x20 || byte === 0x09) && i > 0
    if (!blankBeforeColon && (byte < 33 || byte > 126)) return false
  }
  // `From sender date` of a mailbox file has blanks inside: a name never does.
  return !/\S\s+\S/u.test(line.subarray(0, colon).toString('latin1'))
}

function pushHeader(list: Intestazione[], lines: string[]): void {
  const [head = '', ...rest] = lines
  const colon = head.indexOf(':')
  const nome = head.slice(0, colon).trim().toLowerCase()
  const valore = [head.slice(colon + 1).trim(), ...rest.map((line) => line.trim())].join(' ').trim()
  list.push({ nome, valore })
}

/** First value of a header, null when absent. `name` in lower case. */
export function headerValue(headers: readonly Intestazione[], name: string): string | null {
  return headers.find((header) => header.nome === name)?.valore ?? null
}

/** Message identifier without angle brackets and blanks, null when empty. */
export function bareId(value: string | null): string | null {
  const bare = (value ?? '').replace(/[<>\s]/gu, '')
  return bare === '' ? null : bare
}

export interface ValoreConParametri {
  valore: string
  parametri: Map<string, string>
}

/**
 * Splits `type/subtype; name=value` headers. Understands RFC 2231 continuations and charsets, and the broken forms real clients write:
 * encoded words inside quotes, values with blanks and no quotes, unclosed quotes. Never throws; parameter names in lower case.
 */
export function parseParameters(header: string): ValoreConParametri {
  const pieces = splitOutsideQuotes(header, ';')
  const raw = new Map<string, string>()
  for (const piece of pieces.slice(1, 200)) {
    const equals = piece.indexOf('=')
    if (equals <= 0) continue
    const name = piece.slice(0, equals).trim().toLowerCase()
    if (!raw.has(name)) raw.set(name, unquote(piece.slice(equals + 1).trim()))
  }
  return { valore: (pieces[0] ?? '').trim().toLowerCase(), parametri: joinContinuations(raw) }
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const out: string[] = []
  let current = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ''
    if (quoted && char === '\\') {
      current += char + (text[i + 1] ?? '')
      i++
      continue
    }
    if (char === '"') quoted = !quoted
    if (char === separator && !quoted) {
      out.push(current)
      current = ''
    } else current += char
  }
  out.push(current)
  return out
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value
  const inner = value.endsWith('"') && value.length > 1 ? value.slice(1, -1) : value.slice(1)
  return inner.replace(/\\(["\\])/gu, '$1')
}

function joinContinuations(raw: Map<string, string>): Map<string, string> {
  const out = new Map<string, string>()
  const groups = new Map<string, { index: number; encoded: boolean; value: string }[]>()
  for (const [name, value] of raw) {
    const match = /^([^*]+)\*(?:(\d{1,3})(\*)?)?$/u.exec(name)
    if (match === null) {
      if (!out.has(name)) out.set(name, decodeWords(value))
      continue
    }
    const base = match[1] ?? name
    const group = groups.get(base) ?? []
    group.push({ index: Number(match[2] ?? 0), encoded: match[2] === undefined || match[3] !== undefined, value })
    groups.set(base, group)
  }
  for (const [base, group] of groups) {
    group.sort((a, b) => a.index - b.index)
    let charset: string | null = null
    const chunks: Uint8Array[] = []
    for (const [position, segment] of group.entries()) {
      let value = segment.value
      if (position === 0 && segment.encoded) {
        const match = /^([^']*)'[^']*'/u.exec(value)
        charset = match?.[1] ?? null
        if (match !== null) value = value.slice(match[0].length)
      }
      chunks.push(segment.encoded ? percentDecode(value) : new TextEncoder().encode(value))
    }
    out.set(base, decodeText(concat(chunks), charset))
  }
  return out
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    out.set(chunk, offset)
    offset += chunk.length
  }
  return out
}

function percentDecode(value: string): Uint8Array {
  const bytes = new TextEncoder().encode(value)
  const out: number[] = []
  for (let i = 0; i < bytes.length; i++) {
    const hex = bytes[i] === 0x25 ? /^[0-9A-Fa-f]{2}$/u.exec(String.fromCharCode(bytes[i + 1] ?? 0, bytes[i + 2] ?? 0)) : null
    if (hex === null) out.push(bytes[i] ?? 0)
    else {
      out.push(Number.parseInt(hex[0], 16))
      i += 2
    }
  }
  return Uint8Array.from(out)
}

/** Mailboxes of an address header, names decoded, addresses lower case. Tolerates anything; groups and comments are ignored. */
export function parseAddresses(value: string | null): Indirizzo[] {
  if (value === null) return []
  const out: Indirizzo[] = []
  for (const piece of splitOutsideQuotes(value.slice(0, 200_000), ',').slice(0, 5000)) {
    const angle = /<([^<>]*)>\s*$/u.exec(piece.trim())
    const address = (angle?.[1] ?? piece).replace(/[\s"]/gu, '').toLowerCase()
    const name = angle === null ? '' : decodeWords(unquote(piece.trim().slice(0, angle.index).trim()))
    if (address !== '') out.push({ nome: name.trim(), indirizzo: address.replace(/^<|>$/gu, '') })
  }
  return out
}
