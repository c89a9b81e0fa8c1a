/** A document refused before any parser sees it: encoding, DTD, size. The message is Italian and fit for the user. */
export class XmlRefused extends Error {
  override readonly name = 'XmlRefused'
}

/** Encodings that Italian registers, mailboxes and preservation services really use; anything else is refused rather than guessed. */
const ENCODINGS = [
  'utf-8',
  'utf8',
  'ascii',
  'us-ascii',
  'iso-8859-1',
  'iso-8859-15',
  'windows-1252',
  'utf-16',
  'utf-16le',
  'utf-16be',
] as const
const DECLARED = /^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/

function bomEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/**
 * Text of an XML file as received. The byte order mark wins over the declaration, UTF-8 is the default. Throws XmlRefused when the encoding is not one
 * we read or the bytes are not valid in it: a replaced character in a registered subject would be a falsified fact.
 */
export function decodeXml(source: string | Uint8Array): string {
  if (typeof source === 'string') return source.replace(/^\uFEFF/, '')
  const head = new TextDecoder('latin1').decode(source.subarray(0, 200))
  const nome = bomEncoding(source) ?? DECLARED.exec(head)?.[1]?.toLowerCase() ?? 'utf-8'
  if (!ENCODINGS.some((encoding) => encoding === nome)) throw new XmlRefused(`Codifica dei caratteri non ammessa: ${nome}. Serve UTF-8.`)
  try {
    return new TextDecoder(nome, { fatal: true }).decode(source)
  } catch {
    throw new XmlRefused(`Il contenuto non è testo valido nella codifica dichiarata (${nome}).`)
  }
}

/** Position of the first construct after declaration, comments and processing instructions. */
function afterProlog(xml: string): number {
  let at = 0
  for (;;) {
    while (/\s/.test(xml.charAt(at))) at += 1
    const end = xml.startsWith('<?', at) ? ['?>', 2] : xml.startsWith('<!--', at) ? ['-->', 4] : undefined
    if (end === undefined) return at
    const close = xml.indexOf(end[0] as string, at + (end[1] as number))
    if (close < 0) return at
    at = close + (end[0] as string).length
  }
}

/**
 * Throws XmlRefused when the document declares a DTD. Checked on the text, before parsing: entities, external references and default attributes all
 * come from there, and no format we read needs one.
 */
export function refuseDtd(xml: string): void {
  if (xml.startsWith('<!', afterProlog(xml))) throw new XmlRefused('Il documento dichiara un DTD (DOCTYPE): non è ammesso per sicurezza.')
}
