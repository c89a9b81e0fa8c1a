import { fromBufferPromise } from 'yauzl'
import { parseMessaggio } from '../pec/index.ts'

/** What could be read of a file: `senza-testo` is a scan or an image, `parziale` was cut at the limit. */
export type Estrazione = 'testo' | 'parziale' | 'senza-testo' | 'illeggibile' | 'nessun-file'

export interface TestoEstratto {
  readonly testo: string
  readonly estrazione: Estrazione
}

/** Largest file opened, in bytes, and longest text kept of a file, in characters. */
export const MASSIMO_FILE = 30 * 1024 * 1024
export const MASSIMO_TESTO = 200_000
const PAGINE = 300
/** Largest piece of an archive that is inflated, against archives made to explode. */
const MASSIMO_PEZZO = 20 * 1024 * 1024

/** Pieces of a document archive that hold its words. */
const pezzi: Readonly<Record<string, RegExp>> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': /^word\/(document|footnotes|header\d*|footer\d*)\.xml$/u,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': /^xl\/sharedStrings\.xml$/u,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': /^ppt\/slides\/slide\d+\.xml$/u,
  'application/vnd.oasis.opendocument.text': /^content\.xml$/u,
  'application/vnd.oasis.opendocument.spreadsheet': /^content\.xml$/u,
  'application/vnd.oasis.opendocument.presentation': /^content\.xml$/u,
}

/** True when a file of this type may hold words that can be read here. */
export function haTesto(mime: string): boolean {
  return mime === 'application/pdf' || mime in pezzi || mime === 'message/rfc822' || /^text\/|xml$|json$/u.test(mime)
}

/**
 * The words of a file (PDF with text, Office Open XML and OpenDocument, messages, text, XML, HTML), at most `MASSIMO_TESTO` characters. Never throws: what cannot
 * be read says so, and the registration is found by the rest. No optical recognition: a scan is `senza-testo`.
 */
export async function estraiTesto(bytes: Buffer, mime: string): Promise<TestoEstratto> {
  if (!haTesto(mime)) return { testo: '', estrazione: 'senza-testo' }
  try {
    const raw = (await read(bytes, mime)).replaceAll(/\s+/gu, ' ').replaceAll('\0', '').trim()
    if (raw === '') return { testo: '', estrazione: 'senza-testo' }
    return raw.length > MASSIMO_TESTO ? { testo: raw.slice(0, MASSIMO_TESTO), estrazione: 'parziale' } : { testo: raw, estrazione: 'testo' }
  } catch {
    return { testo: '', estrazione: 'illeggibile' }
  }
}

async function read(bytes: Buffer, mime: string): Promise<string> {
  if (mime === 'application/pdf') return await readPdf(bytes)
  const wanted = pezzi[mime]
  if (wanted !== undefined) return await readArchivio(bytes, wanted)
  if (mime === 'message/rfc822') return await readMessaggio(bytes)
  const text = bytes.toString('utf8')
  return mime === 'text/html' || mime.endsWith('xml') ? stripTags(text) : text
}

/** Words between the tags, and the values of the attributes of data files, which are words too. */
function stripTags(text: string): string {
  return text
    .replaceAll(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/giu, ' ')
    .replaceAll(/<[^>]*>/gu, (tag) => ` ${[...tag.matchAll(/="([^"<]{1,200})"/gu)].map((m) => m[1]).join(' ')} `)
    .replaceAll(/&#(\d{1,6});/gu, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10_ff_ff)))
    .replaceAll(/&(amp|lt|gt|quot|apos|nbsp);/gu, (_, name: string) => entities[name] ?? ' ')
}
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** Words of the XML pieces of a document archive: paragraphs and cells are apart, the runs inside a word are not. */
async function readArchivio(bytes: Buffer, wanted: RegExp): Promise<string> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true })
  const parts: string[] = []
  for await (const entry of zip.eachEntry()) {
    if (!wanted.test(entry.fileName) || entry.uncompressedSize > MASSIMO_PEZZO) continue
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    const xml = Buffer.concat(chunks).toString('utf8')
    parts.push(
      xml
        .replaceAll(/<(\/w:p|\/a:p|\/text:p|\/text:h|\/si|\/table:table-cell|w:tab|w:br|text:tab|text:s)\b[^>]*>/gu, ' ')
        .replaceAll(/<[^>]*>/gu, '')
        .replaceAll(/&(amp|lt|gt|quot|apos);/gu, (_, name: string) => entities[name] ?? ' '),
    )
    if (parts.reduce((sum, p) => sum + p.length, 0) > MASSIMO_TESTO) break
  }
  return parts.join(' ')
}

/** Oggetto and text of a message; its attachments are files of their own. */
async function readMessaggio(bytes: Buffer): Promise<string> {
  const m = await parseMessaggio(bytes)
  return `${m.oggetto} ${m.testo ?? ''}`
}

async function readPdf(bytes: Buffer): Promise<string> {
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({
    data: new Uint8Array(bytes),
    disableFontFace: true,
    useSystemFonts: false,
    stopAtErrors: false,
    verbosity: VerbosityLevel.ERRORS,
  })
  try {
    const document = await task.promise
    let text = ''
    for (let n = 1; n <= Math.min(document.numPages, PAGINE) && text.length <= MASSIMO_TESTO; n++) {
      const page = await document.getPage(n)
      const content = await page.getTextContent()
      text += ` ${content.items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('')}`
      page.cleanup()
    }
    return text
  } finally {
    await task.destroy()
  }
}
