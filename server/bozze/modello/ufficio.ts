import Docxtemplater from 'docxtemplater'
import { XMLValidator } from 'fast-xml-parser'
import PizZip from 'pizzip'
import { compila } from './compila.ts'
import type { Valori } from './compila.ts'

/** The office file cannot be filled: damaged, of another kind, or with broken marks. `message` says why in Italian. */
export class ModelloGuasto extends Error {}

export interface FileCompilato {
  readonly bytes: Buffer
  readonly mancanti: readonly string[]
  readonly sconosciuti: readonly string[]
}

/** Largest part of a template once unpacked, in bytes: more is a trap, not a letter. */
const MAX_PART = 32 * 1024 * 1024

/** Fills the fields of a DOCX or ODT file: everything else of it stays as it is. Throws ModelloGuasto. */
export function compilaFile(bytes: Uint8Array, formato: 'DOCX' | 'ODT', valori: Valori): FileCompilato {
  const zip = openZip(bytes)
  return formato === 'DOCX' ? compilaDocx(zip, valori) : compilaOdt(zip, valori)
}

function openZip(bytes: Uint8Array): PizZip {
  try {
    const zip = new PizZip(bytes)
    for (const file of Object.values(zip.files)) {
      const size = (file as unknown as { _data?: { uncompressedSize?: number } })._data?.uncompressedSize ?? 0
      if (size > MAX_PART) throw new ModelloGuasto('Il file del modello è troppo grande una volta aperto.')
    }
    return zip
  } catch (error) {
    if (error instanceof ModelloGuasto) throw error
    throw new ModelloGuasto('Il file del modello è danneggiato: non si apre.')
  }
}

interface Errore {
  readonly properties?: { readonly explanation?: string; readonly xtag?: string; readonly errors?: readonly Errore[] }
}

function compilaDocx(zip: PizZip, valori: Valori): FileCompilato {
  if (zip.file('word/document.xml') === null) throw new ModelloGuasto('Il file non è un documento DOCX.')
  const mancanti = new Set<string>()
  const sconosciuti = new Set<string>()
  try {
    const document = new Docxtemplater(zip, {
      delimiters: { start: '{{', end: '}}' },
      paragraphLoop: true,
      linebreaks: true,
      errorLogging: false,
      // Names hold dots: they are looked up whole, first in the row of a list, then among the fields.
      parser: (tag: string) => ({
        get: (scope: Record<string, unknown>) => {
          const name = tag.trim()
          const value = Object.hasOwn(scope, name) ? scope[name] : valori[name]
          if (value === undefined) sconosciuti.add(name)
          return value ?? undefined
        },
      }),
      nullGetter: (part: { value: string; module?: string }) => {
        if (part.module !== undefined && part.module !== '') return ''
        const name = part.value.trim()
        if (sconosciuti.has(name)) return `[non esiste: ${name}]`
        mancanti.add(name)
        return `[manca: ${name}]`
      },
    })
    document.render(withoutEmpty(valori))
    return { bytes: document.toBuffer() as Buffer, mancanti: [...mancanti], sconosciuti: [...sconosciuti] }
  } catch (error) {
    const { properties } = error as Errore
    if (properties === undefined) throw new ModelloGuasto('Il file del modello non si compila: è danneggiato.')
    const marks = [...new Set((properties.errors ?? [error as Errore]).map((one) => one.properties?.xtag ?? '?'))]
    throw new ModelloGuasto(`I segnaposto del modello sono scritti male: ${marks.join(', ')}.`)
  }
}

/** An empty value is a missing one, also in a file. */
function withoutEmpty(valori: Valori): Record<string, unknown> {
  return Object.fromEntries(Object.entries(valori).filter(([, value]) => value !== null && value !== ''))
}

/** A mark that the office program split among its elements: the elements are moved after it, so that they still close. */
const SPLIT = /\{(?:<[^<>]+>)*\{(?:<[^<>]+>|[^{}<>])*\}(?:<[^<>]+>)*\}/gu

function joinMarks(xml: string): string {
  return xml.replaceAll(SPLIT, (whole) => {
    const elements = whole.match(/<[^<>]+>/gu) ?? []
    return whole.replaceAll(/<[^<>]+>/gu, '') + elements.join('')
  })
}

const escapeOdt = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(/\r?\n/gu, '<text:line-break/>')

function compilaOdt(zip: PizZip, valori: Valori): FileCompilato {
  if (zip.file('content.xml') === null || !(zip.file('mimetype')?.asText() ?? '').startsWith('application/vnd.oasis.opendocument.text'))
    throw new ModelloGuasto('Il file non è un documento ODT.')
  const mancanti = new Set<string>()
  const sconosciuti = new Set<string>()
  for (const part of ['content.xml', 'styles.xml']) {
    const xml = zip.file(part)?.asText()
    if (xml === undefined) continue
    const done = compila(joinMarks(xml), valori, escapeOdt)
    if (XMLValidator.validate(done.testo) !== true)
      throw new ModelloGuasto('I segnaposto del modello sono scritti male: una ripetizione inizia e finisce in punti diversi della pagina.')
    done.mancanti.forEach((name) => mancanti.add(name))
    done.sconosciuti.forEach((name) => sconosciuti.add(name))
    zip.file(part, done.testo)
  }
  // The first entry says what the file is, readable without unpacking.
  zip.file('mimetype', zip.file('mimetype')?.asText() ?? '', { compression: 'STORE' })
  const bytes = zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' })
  return { bytes, mancanti: [...mancanti], sconosciuti: [...sconosciuti] }
}
