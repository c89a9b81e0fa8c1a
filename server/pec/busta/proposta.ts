import type { FatturaRiconosciuta, ParteMessaggio } from './tipi.ts'
import { localName, parseUntrustedXml } from './xml.ts'
import type { NodoXml } from './xml.ts'

export const DOMINI_SDI = ['pec.fatturapa.it'] as const

const FILE_FATTURA = /^([A-Z]{2}[A-Z0-9]{2,28}_[A-Z0-9]{1,5})\.xml(?:\.p7m)?$/iu
const FILE_MESSAGGIO = /^([A-Z]{2}[A-Z0-9]{2,28}_[A-Z0-9]{1,5})_(MT|RC|NS|MC|NE|EC|SE|DT|AT)_([A-Z0-9]{1,3})\.xml(?:\.p7m)?$/iu
const MAX_METADATA = 4 * 1024 * 1024

/**
 * Messages of the Sistema di Interscambio (pec.md §10.1), by sender domain and file pattern, never by subject; the caller asks only for
 * messages whose signature holds. Returns null when the message is not one of them.
 */
export function recogniseFattura(parts: readonly ParteMessaggio[], sender: string, domains: readonly string[]): FatturaRiconosciuta | null {
  const domain = sender.slice(sender.lastIndexOf('@') + 1)
  if (!domains.includes(domain) || !/^sdi\d{2,}@/u.test(sender)) return null
  const files = parts.filter((part) => part.ruolo === 'allegato')
  for (const file of files) {
    const match = FILE_MESSAGGIO.exec(file.nome)
    if (match === null) continue
    const type = (match[2] ?? '').toUpperCase()
    const invoice = files.find((item) => FILE_FATTURA.exec(item.nome)?.[1]?.toUpperCase() === match[1]?.toUpperCase()) ?? null
    if (type === 'MT' && invoice === null) continue
    return {
      genere: type === 'MT' ? 'fattura' : 'notifica',
      tipoNotifica: type === 'MT' ? null : type,
      percorsoFattura: invoice?.percorso ?? null,
      percorsoMetadati: file.percorso,
      identificativoSdi: readIdentificativoSdi(file),
    }
  }
  return null
}

function findText(node: NodoXml, name: string): string | null {
  if (localName(node.nome) === name) return node.testo.trim()
  return node.figli.reduce<string | null>((found, child) => found ?? findText(child, name), null)
}

function readIdentificativoSdi(file: ParteMessaggio): string | null {
  try {
    const value = findText(parseUntrustedXml(file.contenuto(), MAX_METADATA), 'IdentificativoSdI')
    return value !== null && /^\w{1,40}$/u.test(value) ? value : null
  } catch {
    return null
  }
}

/** Order of preference of the declared kinds; the bytes are judged again when the file is staged. */
function preference(part: ParteMessaggio): number {
  const name = part.nome.toLowerCase()
  if (part.contenitoreFirmato === 'p7s' || /\.(?:tsr|p7s|vcf|ics|sha256)$/u.test(name) || name === 'winmail.dat') return 9
  if (/\.pdf\.(?:p7m|tsd)$/u.test(name) || part.contenitoreFirmato === 'p7m') return 1
  if (name.endsWith('.pdf') || part.mime === 'application/pdf') return 2
  if (/\.(?:docx?|odt|rtf)$/u.test(name)) return 3
  if (/\.(?:xml|eml|txt|html?)$/u.test(name)) return 4
  if (/\.(?:zip|7z|rar)$/u.test(name)) return 6
  return part.mime.startsWith('image/') ? 7 : 5
}

/**
 * Which part is proposed as primary document: the invoice of an SdI message; else the file the segnatura names; else the first attachment
 * by kind (signed container, PDF, text document…), inline images excluded; else the message itself. The operator decides.
 */
export function proposePrincipale(parts: readonly ParteMessaggio[], invoice: FatturaRiconosciuta | null): ParteMessaggio | null {
  const attachments = parts.filter((part) => part.ruolo === 'allegato' && !part.inLinea && isTopLevel(part, parts))
  const named = namedBySegnatura(parts)
  return (
    parts.find((part) => invoice !== null && part.percorso === (invoice.percorsoFattura ?? invoice.percorsoMetadati)) ??
    attachments.find((part) => named !== null && part.nomeOriginale === named) ??
    attachments.filter((part) => preference(part) < 9).sort((a, b) => preference(a) - preference(b))[0] ??
    parts.find((part) => part.ruolo === 'originale') ??
    parts[0] ??
    null
  )
}

/** Attachments of an attached message are visible in the tree but belong to that message. */
function isTopLevel(part: ParteMessaggio, parts: readonly ParteMessaggio[]): boolean {
  const byPath = new Map(parts.map((item) => [item.percorso, item]))
  for (let parent = part.padre; parent !== null && parent !== ''; parent = byPath.get(parent)?.padre ?? null) {
    if (byPath.get(parent)?.ruolo === 'allegato') return false
  }
  return true
}

function documentName(node: NodoXml): string | null {
  const name = Object.entries(node.attributi).find(([key]) => localName(key) === 'nomeFile' || localName(key) === 'nome')?.[1]
  if (/^Documento(?:Primario|Principale)?$/u.test(localName(node.nome)) && name !== undefined) return name
  return node.figli.reduce<string | null>((found, child) => found ?? documentName(child), null)
}

function namedBySegnatura(parts: readonly ParteMessaggio[]): string | null {
  const segnatura = parts.find((part) => part.ruolo === 'segnatura' && /^segnatura\.xml$/iu.test(part.nome))
  if (segnatura === undefined) return null
  try {
    return documentName(parseUntrustedXml(segnatura.contenuto(), MAX_METADATA))
  } catch {
    return null
  }
}
