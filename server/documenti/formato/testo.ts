import type { Buffer } from 'node:buffer'
import { ParseOption, XmlDocument } from 'libxml2-wasm'
import { verdict } from './catalogo.ts'
import { includesAny } from './tipi.ts'
import type { Campione, Riconosciuto } from './tipi.ts'

/** Enough to tell a kind of text; hostile files are not read further. */
const TEXT_WINDOW = 64 * 1024
const ROOT_WINDOW = 8192
const MAX_XML_CHECK = 4 * 1024 * 1024
const MAIL_HEADERS =
  /^(?:return-path|received|from|to|subject|date|message-id|mime-version|content-type|x-[\w-]+|delivered-to|reply-to|dkim-signature):/iu

/** Text of the first bytes, or null when they are not text: NUL bytes, or control characters no text has. */
function readText(bytes: Buffer): string | null {
  const head = bytes.subarray(0, TEXT_WINDOW)
  if (head.length === 0) return null
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le').decode(head)
  // In stream mode a character cut by the end of the window is not an error.
  const strict = new TextDecoder('utf-8', { fatal: true })
  let text: string
  try {
    text = strict.decode(head, { stream: true })
  } catch {
    text = new TextDecoder('windows-1252').decode(head)
  }
  // oxlint-disable-next-line no-control-regex -- control characters tell binary from text
  const controls = text.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/gu)?.length ?? 0
  return controls === 0 ? text.replace(/^\ufeff/u, '') : null
}

/** Formats made of text: XML and its kinds, HTML, mail, JSON, CSV, RTF, plain text. Null when the bytes are not text. */
export function recogniseTesto(sample: Campione): Riconosciuto | null {
  const text = readText(sample.inizio)
  if (text === null) return null
  const start = text.trimStart()
  if (start.startsWith('{\\rtf')) return verdict('application/rtf')
  if (start.startsWith('-----BEGIN CERTIFICATE')) return verdict('application/pkix-cert')
  if (/^(?:<!doctype\s+html|<html[\s>])/iu.test(start)) return html(sample)
  if (/^<(?:\?xml[\s?]|!--|!DOCTYPE|[A-Za-z_][\w.:-]*[\s/>])/u.test(start)) return xml(sample, start)
  if (isMail(start)) return verdict('message/rfc822')
  if (start.startsWith('From ') && isMail(start.slice(start.indexOf('\n') + 1))) return verdict('application/mbox')
  if (/^[[{]/u.test(start) && isJson(sample)) return verdict('application/json')
  return isTable(text, sample.nome) ? verdict('text/csv') : verdict('text/plain')
}

function isMail(text: string): boolean {
  const lines = text.split(/\r?\n/u, 40)
  const end = lines.findIndex((line) => line === '')
  const headers = lines.slice(0, end === -1 ? undefined : end)
  return (
    headers.length > 1 &&
    headers.every((line) => /^(?:[\w-]+:|[ \t])/u.test(line)) &&
    headers.filter((line) => MAIL_HEADERS.test(line)).length >= 2
  )
}

function isJson(sample: Campione): boolean {
  if (sample.tutto === undefined) return /\.(?:geo)?json$|\.jsonld$/iu.test(sample.nome)
  try {
    JSON.parse(sample.tutto.toString('utf8'))
    return true
  } catch {
    return false
  }
}

/** Same number of separators, at least one, in the first lines; without the extension three equal lines are asked. */
function isTable(text: string, name: string): boolean {
  const lines = text.split(/\r?\n/u, 20).filter((line) => line !== '')
  const named = /\.(?:csv|tsv)$/iu.test(name)
  return [';', '\t', ','].some((separator) => {
    const counts = lines.slice(0, -1).map((line) => line.replace(/"[^"]*"/gu, '').split(separator).length)
    const same = counts.length > 0 && counts.every((count) => count === counts[0] && count > 1)
    return same && (named || (separator !== ',' && counts.length >= 3))
  })
}

function html(sample: Campione): Riconosciuto {
  const active = includesAny(sample, '<script') ? ['La pagina contiene codice attivo.'] : []
  return verdict('text/html', { avvisi: active })
}

const RADICI: readonly (readonly [name: RegExp, namespace: RegExp, mime: string, descrizione: string])[] = [
  [/^svg$/u, /./su, 'image/svg+xml', 'Disegno SVG'],
  [/^html$/u, /./su, 'text/html', 'Pagina XHTML'],
  [/^(?:stylesheet|transform)$/u, /www\.w3\.org\/1999\/XSL\/Transform/u, 'application/xslt+xml', 'Foglio di stile XSLT'],
  [/^schema$/u, /www\.w3\.org\/2001\/XMLSchema/u, 'application/xml', 'Schema XSD'],
  [/^FatturaElettronica$/u, /./su, 'application/xml', 'Fattura elettronica'],
  [/^SegnaturaInformatica$/u, /agid\.gov\.it\/protocollo/u, 'application/xml', 'Segnatura di protocollo'],
  [/^postacert$/u, /./su, 'application/xml', 'Dati di certificazione della posta certificata'],
]

function xml(sample: Campione, text: string): Riconosciuto {
  const root = /<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)([^>]*)/u.exec(
    text.slice(0, ROOT_WINDOW).replace(/<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^[>]*(?:\[.*?\])?\s*>/gsu, ''),
  )
  const known = RADICI.find(([name, namespace]) => name.test(root?.[2] ?? '') && namespace.test(root?.[3] ?? ''))
  const xades = includesAny(sample, 'http://uri.etsi.org/01903/') && includesAny(sample, 'http://www.w3.org/2000/09/xmldsig#')
  const base = verdict(known?.[2] ?? 'application/xml')
  const dtd = /<!DOCTYPE/u.test(text) && base.mime === 'application/xml'
  const avvisi = [
    dtd ? 'Il documento XML dichiara una DTD: non viene interpretata.' : '',
    !dtd && isBroken(sample) ? 'Il documento XML non è ben formato (ILLEGGIBILE).' : '',
    base.mime === 'image/svg+xml' && includesAny(sample, '<script') ? 'Il disegno contiene codice attivo.' : '',
  ].filter((warning) => warning !== '')
  return {
    ...base,
    descrizione: `${known?.[3] ?? base.descrizione}${xades ? ' con firma XAdES' : ''}`,
    firmato: xades ? 'xades' : 'nessuna',
    avvisi,
    estensioni: [...base.estensioni, 'xml'],
  }
}

function isBroken(sample: Campione): boolean {
  if (sample.tutto === undefined || sample.tutto.length > MAX_XML_CHECK) return false
  try {
    XmlDocument.fromBuffer(sample.tutto, { option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE }).dispose()
    return false
  } catch {
    return true
  }
}
