import { Buffer } from 'node:buffer'

const OID_HEX = {
  '2a864886f70d010702': 'signedData',
  '2a864886f70d010703': 'envelopedData',
  '2a864886f70d010910011f': 'timestampedData',
} as const
const TST_INFO = '2a864886f70d0109100104'

export interface Cms {
  tipo: 'signedData' | 'envelopedData' | 'timestampedData' | 'timestampReply' | 'certificate'
  /** Enclosed content as far as the given bytes reach, null when the structure carries none. */
  contenuto: Buffer | null
  completo: boolean
}

interface Tlv {
  tag: number
  inizio: number
  /** End of the value; for indefinite lengths the end of the enclosing range. */
  fine: number
  indefinito: boolean
}

function readTlv(bytes: Buffer, at: number, limit: number): Tlv | null {
  const tag = bytes[at]
  const first = bytes[at + 1]
  // High tag numbers do not occur in these structures.
  if (tag === undefined || first === undefined || at + 2 > limit || (tag & 0x1f) === 0x1f) return null
  if (first < 0x80) return { tag, inizio: at + 2, fine: at + 2 + first, indefinito: false }
  if (first === 0x80) return { tag, inizio: at + 2, fine: limit, indefinito: true }
  const count = first & 0x7f
  if (count > 6 || at + 2 + count > limit) return null
  const length = bytes.readUIntBE(at + 2, count)
  return { tag, inizio: at + 2 + count, fine: at + 2 + count + length, indefinito: false }
}

/** Position after an element, walking inside indefinite lengths. Null when the bytes end before. */
function skip(bytes: Buffer, at: number, limit: number, depth = 0): number | null {
  const tlv = readTlv(bytes, at, limit)
  if (tlv === null || depth > 20) return null
  if (!tlv.indefinito) return tlv.fine <= limit ? tlv.fine : null
  let position: number | null = tlv.inizio
  while (position !== null && !(bytes[position] === 0 && bytes[position + 1] === 0)) position = skip(bytes, position, limit, depth + 1)
  return position === null ? null : position + 2
}

/**
 * Looks at the ASN.1 of a file for the signed and time-stamped containers file-type does not know: CAdES p7m and p7s (DER, or BER with
 * indefinite lengths), encrypted S/MIME, TSD (RFC 5544), time stamps, certificates. Works on the first bytes only: `completo` tells
 * whether the whole content was inside them. Returns null when the bytes are something else. Never throws, never alters the file.
 */
export function readCms(bytes: Buffer): Cms | null {
  const outer = bytes[0] === 0x30 ? readTlv(bytes, 0, bytes.length) : null
  if (outer === null) return null
  const limit = Math.min(outer.fine, bytes.length)
  const first = readTlv(bytes, outer.inizio, limit)
  if (first === null) return null
  if (first.tag === 0x30) return readOther(bytes, first, limit)
  if (first.tag !== 0x06 || first.fine > limit) return null
  const tipo = (OID_HEX as Record<string, Cms['tipo']>)[bytes.subarray(first.inizio, first.fine).toString('hex')]
  if (tipo === undefined) return null
  const wrapper = readTlv(bytes, first.fine, limit)
  const body = wrapper?.tag === 0xa0 ? readTlv(bytes, wrapper.inizio, limit) : null
  if (body?.tag !== 0x30) return { tipo, contenuto: null, completo: false }
  if (tipo === 'envelopedData') return { tipo, contenuto: null, completo: true }
  return tipo === 'signedData' ? readSignedData(bytes, body, limit) : readTimestamped(bytes, body, limit)
}

/** Time stamp response: status first, then the token. X.509: a sequence that begins with an explicit version. */
function readOther(bytes: Buffer, first: Tlv, limit: number): Cms | null {
  const inner = readTlv(bytes, first.inizio, limit)
  if (inner?.tag === 0xa0 && bytes[inner.inizio] === 0x02) return { tipo: 'certificate', contenuto: null, completo: true }
  const status = inner?.tag === 0x02 && inner.fine - inner.inizio === 1
  const token = readTlv(bytes, first.fine, limit)
  const oid = token?.tag === 0x30 ? readTlv(bytes, token.inizio, limit) : null
  const signed = oid?.tag === 0x06 && bytes.subarray(oid.inizio, oid.fine).toString('hex') === '2a864886f70d010702'
  return status && signed ? { tipo: 'timestampReply', contenuto: null, completo: true } : null
}

function readSignedData(bytes: Buffer, body: Tlv, limit: number): Cms {
  const nothing: Cms = { tipo: 'signedData', contenuto: null, completo: true }
  const afterVersion = skip(bytes, body.inizio, limit)
  const afterDigests = afterVersion === null ? null : skip(bytes, afterVersion, limit)
  const encapsulated = afterDigests === null ? null : readTlv(bytes, afterDigests, limit)
  if (encapsulated?.tag !== 0x30) return { ...nothing, completo: false }
  const oid = readTlv(bytes, encapsulated.inizio, limit)
  if (oid?.tag !== 0x06) return { ...nothing, completo: false }
  if (bytes.subarray(oid.inizio, oid.fine).toString('hex') === TST_INFO) return { ...nothing, tipo: 'timestampReply' }
  const end = Math.min(encapsulated.fine, limit)
  const wrapper = oid.fine < end ? readTlv(bytes, oid.fine, end) : null
  if (wrapper?.tag !== 0xa0) return nothing
  return { tipo: 'signedData', ...readOctets(bytes, wrapper.inizio, limit) }
}

function readTimestamped(bytes: Buffer, body: Tlv, limit: number): Cms {
  let position = skip(bytes, body.inizio, limit)
  // Version, then optional name of the data (IA5String) and metadata (SEQUENCE), then the content.
  while (position !== null && (bytes[position] === 0x16 || bytes[position] === 0x30)) position = skip(bytes, position, limit)
  const octets = position !== null && (bytes[position] === 0x04 || bytes[position] === 0x24)
  return octets
    ? { tipo: 'timestampedData', ...readOctets(bytes, position ?? 0, limit) }
    : { tipo: 'timestampedData', contenuto: null, completo: position !== null }
}

/** An OCTET STRING, primitive or in pieces. */
function readOctets(bytes: Buffer, at: number, limit: number): { contenuto: Buffer | null; completo: boolean } {
  const tlv = readTlv(bytes, at, limit)
  if (tlv === null || (tlv.tag & 0xdf) !== 0x04) return { contenuto: null, completo: false }
  if (tlv.tag === 0x04)
    return { contenuto: bytes.subarray(tlv.inizio, Math.min(tlv.fine, limit)), completo: !tlv.indefinito && tlv.fine <= limit }
  const chunks: Buffer[] = []
  let position = tlv.inizio
  const end = Math.min(tlv.fine, limit)
  while (position < end && !(bytes[position] === 0 && bytes[position + 1] === 0)) {
    const piece = readTlv(bytes, position, end)
    if (piece === null || piece.tag !== 0x04 || piece.indefinito) return { contenuto: Buffer.concat(chunks), completo: false }
    chunks.push(bytes.subarray(piece.inizio, Math.min(piece.fine, end)))
    if (piece.fine > end) return { contenuto: Buffer.concat(chunks), completo: false }
    position = piece.fine
  }
  return { contenuto: Buffer.concat(chunks), completo: tlv.indefinito ? position < end : true }
}

/** Binary form of a container that arrived as base64 or PEM text, null when it is not one. */
export function fromBase64(bytes: Buffer): Buffer | null {
  const start = bytes
    .subarray(0, 200)
    .toString('latin1')
    .replace(/^\ufeff|^ï»¿/u, '')
    .trimStart()
  const pem = /^-----BEGIN [A-Z0-9 ]+-----/u.exec(start)
  if (pem === null && !/^M[A-P][A-Za-z0-9+/\r\n]{20}/u.test(start)) return null
  const text = bytes.toString('latin1').replace(/-----(?:BEGIN|END) [A-Z0-9 ]+-----/gu, '')
  if (/[^A-Za-z0-9+/=\s]/u.test(text.slice(0, 2000).replace(/^ï»¿/u, ''))) return null
  return Buffer.from(text.replace(/\s+/gu, ''), 'base64')
}
