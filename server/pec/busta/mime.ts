import { Buffer } from 'node:buffer'
import { decodeWords } from './charset.ts'
import { decodeTransfer } from './codifica.ts'
import { headerValue, parseParameters, readHeaders } from './intestazioni.ts'
import type { Intestazione } from './intestazioni.ts'
import { LIMITI, MessaggioIlleggibile } from './tipi.ts'
import type { Limiti } from './tipi.ts'

/** One MIME entity as a slice: nothing is copied, `inizio`…`fine` delimit headers and body inside `sorgente`. */
export interface EntitaMime {
  percorso: string
  sorgente: Buffer
  /** True when `sorgente` is the decoded body of a base64 or quoted-printable message/rfc822 and not the raw message. */
  derivata: boolean
  inizio: number
  inizioCorpo: number
  fine: number
  intestazioni: Intestazione[]
  mime: string
  parametri: Map<string, string>
  codifica: string
  disposizione: string
  nome: string | null
  figli: EntitaMime[]
  difetti: string[]
}

export interface Affettatura {
  radice: EntitaMime
  /** Italian reasons why the tree is incomplete: limits passed or broken structure. */
  difetti: string[]
  limiteSuperato: boolean
}

interface Lavoro {
  limiti: Limiti
  parti: number
  difetti: string[]
  limiteSuperato: boolean
}

/**
 * Cuts a raw message into its tree of parts without altering or copying a byte (REQ-PEC-001, REQ-PEC-009). Depth and number of parts are
 * limited (REQ-PEC-026): past them the tree stops and `limiteSuperato` is set.
 * Throws MessaggioIlleggibile when there is no message at all: empty, without headers, or a multipart whose boundary is not there.
 */
export function sliceMessage(raw: Buffer, limits: Partial<Limiti> = {}): Affettatura {
  if (raw.length === 0) throw new MessaggioIlleggibile('vuoto', 'Il messaggio è vuoto: il file non contiene alcun byte.')
  const work: Lavoro = { limiti: { ...LIMITI, ...limits }, parti: 0, difetti: [], limiteSuperato: false }
  const block = readHeaders(raw, 0, raw.length, work.limiti.byteIntestazioni)
  if (block === null) {
    throw new MessaggioIlleggibile(
      'intestazioni-eccessive',
      'Il messaggio non è leggibile: le intestazioni superano la dimensione massima ammessa.',
    )
  }
  if (block.intestazioni.length === 0) {
    throw new MessaggioIlleggibile('intestazioni-assenti', 'Il file non è un messaggio di posta: mancano le intestazioni.')
  }
  const radice = sliceEntity(work, {
    sorgente: raw,
    derivata: false,
    inizio: 0,
    fine: raw.length,
    percorso: '0',
    profondita: 0,
    predefinito: 'text/plain',
  })
  if (radice.mime.startsWith('multipart/') && radice.figli.length === 0 && !work.limiteSuperato) {
    throw new MessaggioIlleggibile('confine-assente', 'Il messaggio è danneggiato: non si trova il confine che separa le sue parti.')
  }
  return { radice, difetti: work.difetti, limiteSuperato: work.limiteSuperato }
}

interface Ritaglio {
  sorgente: Buffer
  derivata: boolean
  inizio: number
  fine: number
  percorso: string
  profondita: number
  predefinito: string
}

function sliceEntity(work: Lavoro, cut: Ritaglio): EntitaMime {
  work.parti++
  const block = readHeaders(cut.sorgente, cut.inizio, cut.fine, work.limiti.byteIntestazioni)
  if (block === null) overflow(work, `le intestazioni della parte ${cut.percorso} superano la dimensione massima`)
  const intestazioni = block?.intestazioni ?? []
  const type = parseParameters(headerValue(intestazioni, 'content-type') ?? cut.predefinito)
  const disposition = parseParameters(headerValue(intestazioni, 'content-disposition') ?? '')
  const entity: EntitaMime = {
    percorso: cut.percorso,
    sorgente: cut.sorgente,
    derivata: cut.derivata,
    inizio: cut.inizio,
    inizioCorpo: block?.inizioCorpo ?? cut.fine,
    fine: cut.fine,
    intestazioni,
    mime: /^[\w.+-]+\/[\w.+-]+$/u.test(type.valore) ? type.valore : cut.predefinito,
    parametri: type.parametri,
    codifica: (headerValue(intestazioni, 'content-transfer-encoding') ?? '7bit').replace(/[\s";]/gu, '').toLowerCase(),
    disposizione: disposition.valore,
    nome: fileName(disposition.parametri, type.parametri),
    figli: [],
    difetti: [],
  }
  if (entity.mime.startsWith('multipart/')) sliceMultipart(work, entity, cut.profondita)
  else if (entity.mime === 'message/rfc822' || entity.mime === 'message/global') sliceNested(work, entity, cut.profondita)
  return entity
}

function fileName(disposition: Map<string, string>, type: Map<string, string>): string | null {
  const name = disposition.get('filename') ?? type.get('name')
  if (name === undefined) return null
  const decoded = decodeWords(name).trim()
  return decoded === '' ? null : decoded
}

function overflow(work: Lavoro, reason: string): void {
  work.limiteSuperato = true
  if (work.difetti.length < 50) work.difetti.push(`Limite superato: ${reason}`)
}

/** Can one more level be opened below `depth`? Records the overflow when it cannot. */
function mayDescend(work: Lavoro, depth: number, path: string): boolean {
  if (depth < work.limiti.profondita) return true
  overflow(work, `più di ${work.limiti.profondita} livelli annidati (parte ${path})`)
  return false
}

function sliceMultipart(work: Lavoro, entity: EntitaMime, depth: number): void {
  const boundary = entity.parametri.get('boundary') ?? ''
  if (boundary === '' || boundary.length > 1000) {
    entity.difetti.push('manca il confine tra le parti')
    work.difetti.push(`La parte ${entity.percorso} è composta ma non dichiara il confine tra le parti`)
    return
  }
  if (!mayDescend(work, depth, entity.percorso)) return
  const { ranges, closed } = splitByBoundary(entity, boundary, work.limiti.parti - work.parti)
  if (!closed) {
    entity.difetti.push('troncata')
    work.difetti.push(`La parte ${entity.percorso} è troncata: manca il confine di chiusura`)
  }
  for (const [index, range] of ranges.entries()) {
    if (work.parti >= work.limiti.parti) {
      overflow(work, `più di ${work.limiti.parti} parti`)
      return
    }
    entity.figli.push(
      sliceEntity(work, {
        sorgente: entity.sorgente,
        derivata: entity.derivata,
        inizio: range.inizio,
        fine: range.fine,
        percorso: `${entity.percorso}.${index + 1}`,
        profondita: depth + 1,
        predefinito: entity.mime === 'multipart/digest' ? 'message/rfc822' : 'text/plain',
      }),
    )
  }
}

interface Tratto {
  inizio: number
  fine: number
}

/** Ranges between boundary lines. The line end before a boundary belongs to the boundary, not to the part (RFC 2046 §5.1.1). */
function splitByBoundary(entity: EntitaMime, boundary: string, maxParts: number): { ranges: Tratto[]; closed: boolean } {
  const { sorgente, inizioCorpo, fine } = entity
  // Boundaries are ASCII: anything else was decoded from raw bytes and is searched as UTF-8.
  const marker = Buffer.from(`--${boundary}`, 'utf8')
  const ranges: Tratto[] = []
  let open: number | null = null
  let position = inizioCorpo
  while (position < fine) {
    const found = sorgente.indexOf(marker, position)
    if (found === -1 || found + marker.length > fine) break
    position = found + marker.length
    if (found !== inizioCorpo && sorgente[found - 1] !== 10) continue
    const line = delimiterEnd(sorgente, position, fine)
    if (line === null) continue
    if (open !== null) ranges.push({ inizio: open, fine: beforeLineEnd(sorgente, found, open) })
    if (line.closing) return { ranges, closed: true }
    // One more than allowed is enough for the caller to see the overflow.
    if (ranges.length > maxParts) return { ranges, closed: true }
    open = line.next
    position = line.next
  }
  if (open !== null) ranges.push({ inizio: open, fine })
  return { ranges, closed: false }
}

function beforeLineEnd(buffer: Buffer, position: number, floor: number): number {
  let end = position
  if (end > floor && buffer[end - 1] === 10) end--
  if (end > floor && buffer[end - 1] === 13) end--
  return end
}

/** After the marker only `--`, blanks and a line end may follow: otherwise it is a longer boundary or text. */
function delimiterEnd(buffer: Buffer, position: number, end: number): { closing: boolean; next: number } | null {
  let at = position
  const closing = buffer[at] === 0x2d && buffer[at + 1] === 0x2d && at + 1 < end
  if (closing) at += 2
  while (at < end && (buffer[at] === 0x20 || buffer[at] === 0x09)) at++
  if (at >= end) return { closing, next: end }
  if (buffer[at] === 13 && buffer[at + 1] === 10) return { closing, next: Math.min(at + 2, end) }
  if (buffer[at] === 10) return { closing, next: at + 1 }
  return null
}

function sliceNested(work: Lavoro, entity: EntitaMime, depth: number): void {
  if (!mayDescend(work, depth, entity.percorso)) return
  if (work.parti >= work.limiti.parti) {
    overflow(work, `più di ${work.limiti.parti} parti`)
    return
  }
  const encoded = entity.codifica === 'base64' || entity.codifica === 'quoted-printable'
  // An encoded message/rfc822 is against RFC 2046 and still arrives: its inside can be shown, its offsets are its own.
  const sorgente = encoded ? decodeTransfer(entity.sorgente.subarray(entity.inizioCorpo, entity.fine), entity.codifica) : entity.sorgente
  if (encoded) entity.difetti.push('messaggio allegato in forma codificata')
  entity.figli.push(
    sliceEntity(work, {
      sorgente,
      derivata: entity.derivata || encoded,
      inizio: encoded ? 0 : entity.inizioCorpo,
      fine: encoded ? sorgente.length : entity.fine,
      percorso: `${entity.percorso}.1`,
      profondita: depth + 1,
      predefinito: 'text/plain',
    }),
  )
}

/** Bytes of the body after removing the transfer encoding. */
export function decodedBody(entity: EntitaMime): Buffer {
  return decodeTransfer(entity.sorgente.subarray(entity.inizioCorpo, entity.fine), entity.codifica)
}

/** Exact bytes of the entity, headers included: what a multipart/signed signature covers. */
export function entityBytes(entity: EntitaMime): Buffer {
  return entity.sorgente.subarray(entity.inizio, entity.fine)
}
