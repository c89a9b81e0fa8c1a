import { Buffer } from 'node:buffer'

/** Upper half of code page 850, which the Encoding Standard does not know and old Italian programs still declare. */
const CP850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0'

function cleanCharset(name: string): string {
  return name
    .replace(/["'\\\s]/gu, '')
    .replace(/\*.*$/u, '')
    .toLowerCase()
}

function decoderFor(name: string): TextDecoder | null {
  try {
    return new TextDecoder(name)
  } catch {
    return null
  }
}

/**
 * Bytes to text with the declared character set. Never throws: quotes and blanks around the name are dropped, `iso-8859-1` is read as
 * windows-1252 (real messages hide the euro sign there), and an unknown or missing set falls back to UTF-8, then windows-1252.
 */
export function decodeText(bytes: Uint8Array, charset: string | null): string {
  const name = cleanCharset(charset ?? '')
  if (/^(?:cp|ibm)-?850$/u.test(name))
    return Array.from(bytes, (b) => (b < 128 ? String.fromCharCode(b) : (CP850[b - 128] ?? '\ufffd'))).join('')
  // US-ASCII is what broken clients declare while writing accented letters: judged like a missing declaration.
  if (name !== '' && name !== 'us-ascii' && name !== 'ascii') {
    const decoder = decoderFor(name === 'utf8' ? 'utf-8' : name)
    if (decoder !== null && decoder.encoding !== 'utf-8') return decoder.decode(bytes)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder(name.startsWith('utf') ? 'utf-8' : 'windows-1252').decode(bytes)
  }
}

function decodeQ(text: string): Buffer {
  const out: number[] = []
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ''
    const hex = char === '=' ? /^[0-9A-Fa-f]{2}/u.exec(text.slice(i + 1, i + 3)) : null
    if (hex !== null) {
      out.push(Number.parseInt(hex[0], 16))
      i += 2
    } else if (char === '_') out.push(0x20)
    else out.push(...Buffer.from(char, 'utf8'))
  }
  return Buffer.from(out)
}

const ENCODED_WORD = /=\?([^?\s]{1,60})\?([bBqQ])\?([^?\r\n]*)\?=/gu

/**
 * Decodes the encoded words of a header value (RFC 2047). Adjacent words of the same set are joined before decoding, because clients split
 * them inside a multibyte character. Text that is not an encoded word is left as it is. Never throws.
 */
export function decodeWords(value: string): string {
  let out = ''
  let charset: string | null = null
  let chunks: Buffer[] = []
  let last = 0
  const flush = () => {
    if (charset !== null) out += decodeText(Buffer.concat(chunks), charset)
    charset = null
    chunks = []
  }
  for (const match of value.matchAll(ENCODED_WORD)) {
    const between = value.slice(last, match.index)
    const wordCharset = cleanCharset(match[1] ?? '')
    const body = match[3] ?? ''
    // White space between two encoded words is not part of the text.
    const adjacent = charset !== null && /^\s*$/u.test(between)
    if (!adjacent || charset !== wordCharset) flush()
    if (!adjacent) out += between
    charset = wordCharset
    chunks.push((match[2] ?? '').toLowerCase() === 'b' ? Buffer.from(body, 'base64') : decodeQ(body))
    last = match.index + match[0].length
  }
  flush()
  return out + value.slice(last)
}

/** Text safe on one line: control and direction-changing characters removed, blanks collapsed, cut at `max` characters. */
export function cleanLine(text: string, max: number): string {
  const line = text
    // oxlint-disable-next-line no-control-regex -- control characters are exactly what is removed
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
  return Array.from(line).slice(0, max).join('')
}
