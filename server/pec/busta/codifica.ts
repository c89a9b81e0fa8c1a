import { Buffer } from 'node:buffer'

/**
 * Removes a content transfer encoding. Base64 ignores what is not in its alphabet and accepts padding in the middle (concatenated
 * blocks); quoted-printable leaves broken escapes as they are; identity and unknown encodings return the same bytes, not a copy.
 */
export function decodeTransfer(body: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') return decodeBase64(body)
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(body)
  return body
}

function decodeBase64(body: Buffer): Buffer {
  const text = body.toString('latin1').replace(/[^A-Za-z0-9+/=]+/gu, '')
  let end = text.length
  while (end > 0 && text[end - 1] === '=') end--
  const padding = text.indexOf('=')
  if (padding === -1 || padding >= end) return Buffer.from(text.slice(0, end), 'base64')
  return Buffer.concat(text.split(/=+/u).map((block) => Buffer.from(block, 'base64')))
}

function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const upper = byte & 0xdf
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1
}

function decodeQuotedPrintable(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length)
  let length = 0
  let position = 0
  while (position < body.length) {
    const byte = body[position] ?? 0
    if (byte === 0x3d) {
      const soft = softBreak(body, position + 1)
      const high = hexValue(body[position + 1])
      const low = hexValue(body[position + 2])
      if (soft !== null) {
        position = soft
        continue
      }
      if (high >= 0 && low >= 0) {
        out[length++] = high * 16 + low
        position += 3
        continue
      }
    }
    if (byte === 0x20 || byte === 0x09) {
      // Blanks at the end of a line were added in transport (RFC 2045 §6.7 rule 3).
      let ahead = position
      while (body[ahead] === 0x20 || body[ahead] === 0x09) ahead++
      const next = body[ahead]
      if (next !== 13 && next !== 10 && next !== undefined) length += body.copy(out, length, position, ahead)
      position = ahead
      continue
    }
    out[length++] = byte
    position++
  }
  return out.subarray(0, length)
}

/** Position after a soft line break whose `=` stands just before `position`, or null. */
function softBreak(body: Buffer, position: number): number | null {
  let at = position
  while (body[at] === 0x20 || body[at] === 0x09) at++
  if (at >= body.length) return at
  if (body[at] === 13 && body[at + 1] === 10) return at + 2
  return body[at] === 10 || body[at] === 13 ? at + 1 : null
}
