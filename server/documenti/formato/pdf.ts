import type { Buffer } from 'node:buffer'
import { PROTETTO, verdict } from './catalogo.ts'
import { searchable } from './tipi.ts'
import type { Campione, Riconosciuto } from './tipi.ts'

const HEADER_WINDOW = 1024
const TRAILER_WINDOW = 2048

/**
 * PDF by its header within the first kilobyte. Tells version and declared PDF/A level (declared, not validated), PAdES signatures, and what an
 * operator must know before opening it: encryption, truncation, scripts, launch actions, attached files. Null when it is not a PDF.
 */
export function recognisePdf(sample: Campione): Riconosciuto | null {
  const at = sample.inizio.subarray(0, HEADER_WINDOW).indexOf('%PDF-')
  if (at === -1) return null
  const texts = searchable(sample).map((bytes) => bytes.toString('latin1'))
  const has = (pattern: RegExp) => texts.some((text) => pattern.test(text))
  const version = /^%PDF-(\d\.\d)/u.exec(sample.inizio.subarray(at, at + 8).toString('latin1'))?.[1] ?? ''
  const avvisi = [
    at > 0 ? 'Il PDF è preceduto da byte estranei.' : '',
    isTruncated(sample) ? 'Il PDF è incompleto o danneggiato: manca la parte finale (ILLEGGIBILE).' : '',
    has(/\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/u) ? PROTETTO : '',
    has(/\/JavaScript\b|\/JS\s*[(<\d]/u) ? 'Il PDF contiene codice JavaScript.' : '',
    has(/\/S\s*\/Launch\b/u) ? 'Il PDF contiene comandi che avviano programmi.' : '',
    has(/\/EmbeddedFiles?\b/u) ? 'Il PDF contiene file allegati al suo interno.' : '',
    has(/\/XFA\b/u) ? 'Il PDF contiene un modulo dinamico (XFA).' : '',
  ].filter((text) => text !== '')
  const signed = has(/\/ByteRange\s*\[/u) && has(/\/Contents\s*</u)
  return verdict('application/pdf', {
    descrizione: `Documento PDF${version === '' ? '' : ` ${version}`}${declaredLevel(texts)}${signed ? ' con firma PAdES' : ''}`,
    firmato: signed ? 'pades' : 'nessuna',
    avvisi,
    estensioni: ['pdf'],
  })
}

function isTruncated(sample: Campione): boolean {
  const end: Buffer | undefined = sample.tutto ?? sample.fine
  return end !== undefined && !end.subarray(Math.max(0, end.length - TRAILER_WINDOW)).includes('%%EOF')
}

function declaredLevel(texts: readonly string[]): string {
  for (const text of texts) {
    const part = /pdfaid:part(?:>|=["'])\s*([1-4])/u.exec(text)?.[1]
    const conformance = /pdfaid:conformance(?:>|=["'])\s*([ABUEFabuef])/u.exec(text)?.[1] ?? ''
    if (part !== undefined) return ` (dichiara PDF/A-${part}${conformance.toLowerCase()})`
  }
  return ''
}
