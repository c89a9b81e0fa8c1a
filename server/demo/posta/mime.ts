import { Buffer } from 'node:buffer'

export interface ParteDaScrivere {
  intestazioni: string[]
  corpo: Buffer
}

const CRLF = '\r\n'

/** Header value as ASCII: encoded words of at most 40 bytes each, never split inside a character. */
export function encodeHeader(text: string): string {
  // oxlint-disable-next-line no-control-regex -- ASCII is what needs no encoding
  if (/^[\u0020-\u007e]*$/u.test(text)) return text
  const words: string[] = []
  let current = ''
  for (const char of text) {
    if (Buffer.byteLength(current + char) > 40) {
      words.push(current)
      current = ''
    }
    current += char
  }
  if (current !== '') words.push(current)
  return words.map((word) => `=?utf-8?B?${Buffer.from(word).toString('base64')}?=`).join(`${CRLF} `)
}

/** File name parameter: plain when ASCII, RFC 2231 otherwise. */
export function nameParameter(parameter: string, name: string): string {
  return /^[\w .()+-]+$/u.test(name) ? `${parameter}="${name}"` : `${parameter}*=utf-8''${encodeURIComponent(name).replaceAll("'", '%27')}`
}

function base64Lines(content: Buffer): Buffer {
  return Buffer.from(content.toString('base64').replace(/.{76}/gu, `$&${CRLF}`).trimEnd() + CRLF)
}

/** A base64 leaf. */
export function leaf(type: string, name: string, content: Buffer, disposition: 'attachment' | 'inline'): ParteDaScrivere {
  return {
    intestazioni: [
      `Content-Type: ${type}; ${nameParameter('name', name)}`,
      'Content-Transfer-Encoding: base64',
      `Content-Disposition: ${disposition}; ${nameParameter('filename', name)}`,
    ],
    corpo: base64Lines(content),
  }
}

/** A text part in UTF-8, quoted-printable. */
export function textPart(text: string): ParteDaScrivere {
  return {
    intestazioni: ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable', 'Content-Disposition: inline'],
    corpo: Buffer.from(quotedPrintable(text)),
  }
}

function quotedPrintable(text: string): string {
  return text
    .split(/\r?\n/u)
    .map((line) => {
      let out = ''
      let column = 0
      for (const byte of Buffer.from(line)) {
        const plain = byte >= 32 && byte < 127 && byte !== 61
        const piece = plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
        if (column + piece.length > 74) {
          out += `=${CRLF}`
          column = 0
        }
        out += piece
        column += piece.length
      }
      return out.replace(/ $/u, '=20')
    })
    .join(CRLF)
}

/** A message carried whole and untouched, as gestori carry `postacert.eml`. */
export function messagePart(name: string, message: Buffer): ParteDaScrivere {
  return {
    intestazioni: [
      `Content-Type: message/rfc822; name="${name}"`,
      'Content-Transfer-Encoding: 7bit',
      `Content-Disposition: inline; filename="${name}"`,
    ],
    corpo: message,
  }
}

/** Parts joined under a boundary. */
export function multipart(subtype: string, boundary: string, parts: readonly ParteDaScrivere[], parameters = ''): ParteDaScrivere {
  const chunks = parts.flatMap((part) => [Buffer.from(`--${boundary}${CRLF}`), serialize(part), Buffer.from(CRLF)])
  return {
    intestazioni: [`Content-Type: multipart/${subtype};${parameters} boundary="${boundary}"`],
    corpo: Buffer.concat([...chunks, Buffer.from(`--${boundary}--${CRLF}`)]),
  }
}

/** Bytes of a part: headers, blank line, body. */
export function serialize(part: ParteDaScrivere): Buffer {
  return Buffer.concat([Buffer.from(part.intestazioni.join(CRLF) + CRLF + CRLF), part.corpo])
}

/** A whole message: given headers first, then those of the content. */
export function message(headers: readonly string[], content: ParteDaScrivere): Buffer {
  return serialize({ intestazioni: [...headers, 'MIME-Version: 1.0', ...content.intestazioni], corpo: content.corpo })
}
