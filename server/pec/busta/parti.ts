import type { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { cleanLine, decodeText } from './charset.ts'
import { headerValue } from './intestazioni.ts'
import { decodedBody, entityBytes } from './mime.ts'
import type { EntitaMime } from './mime.ts'
import type { ParteMessaggio, RuoloParte } from './tipi.ts'
import { localName, parseUntrustedXml } from './xml.ts'

const MAX_NAME = 200
const INTEROPERABILITY_ROOTS = [
  'SegnaturaInformatica',
  'Segnatura',
  'ConfermaRicezione',
  'AggiornamentoConferma',
  'NotificaEccezione',
  'AnnullamentoProtocollazione',
]
const INTEROPERABILITY_NAMES = /^(?:segnatura|conferma|aggiornamento|eccezione|annullamento)\.xml$/iu
const MAX_TEXT = 200_000
const MAX_XML = 4 * 1024 * 1024

export interface RuoliNoti {
  /** Entity of the message whose parts are the document: postacert's content, the anomaly's content, or the message itself. */
  originale: EntitaMime
  daticert: EntitaMime | null
  postacert: EntitaMime | null
}

/** Safe name for display: no path, no control or direction-changing characters, capped. The name as received is kept beside it. */
export function displayName(name: string | null, fallback: string): string {
  const base = cleanLine((name ?? '').replace(/^.*[\\/]/su, ''), MAX_NAME)
    .replace(/[<>:"|?*]/gu, '_')
    .replace(/^\.+/u, '')
    .normalize('NFC')
  return base === '' ? fallback : base
}

/**
 * Flat list of the tree of parts, in document order, with a role each. The first element (`percorso` empty) is the whole message as
 * received: the primary evidence of an arrival by PEC (REQ-PROT-025). Nothing is decoded twice or altered (REQ-PEC-009, REQ-PEC-025).
 */
export function buildParti(radice: EntitaMime, ruoli: RuoliNoti): ParteMessaggio[] {
  const raw = radice.sorgente
  const whole = part({
    percorso: '',
    padre: null,
    ruolo: 'busta',
    mime: 'message/rfc822',
    nome: 'messaggio.eml',
    contenuto: () => raw,
    inizio: 0,
    fine: raw.length,
  })
  const out = [whole]
  const visit = (entity: EntitaMime, parent: string, inside: boolean) => {
    const within = inside || entity === ruoli.originale
    out.push(partOf(entity, parent, roleOf(entity, within, ruoli)))
    for (const child of entity.figli) visit(child, entity.percorso, within)
  }
  visit(radice, '', false)
  return out
}

function isContainer(entity: EntitaMime): boolean {
  return entity.mime.startsWith('multipart/') || entity.mime === 'message/rfc822' || entity.mime === 'message/global'
}

function roleOf(entity: EntitaMime, inside: boolean, ruoli: RuoliNoti): RuoloParte | null {
  if (entity === ruoli.daticert) return 'daticert'
  if (entity === ruoli.postacert) return 'originale'
  if (!inside) return isContainer(entity) ? null : 'busta'
  if (entity === ruoli.originale) return isContainer(entity) ? null : leafRole(entity)
  if (entity.mime.startsWith('multipart/')) return null
  return isContainer(entity) ? 'allegato' : leafRole(entity)
}

function leafRole(entity: EntitaMime): RuoloParte {
  const text = entity.mime === 'text/plain' || entity.mime === 'text/html'
  if (text && entity.nome === null && entity.disposizione !== 'attachment') return 'corpo'
  return isInteroperabilita(entity) ? 'segnatura' : 'allegato'
}

/** Segnatura and its answers, by file name ignoring case, else by root element (REQ-SEGN-053). A file that only has the name stays an attachment. */
function isInteroperabilita(entity: EntitaMime): boolean {
  const name = entity.nome ?? ''
  if (!/\.xml$/iu.test(name) && !entity.mime.endsWith('/xml')) return false
  const bytes = decodedBody(entity)
  const named = INTEROPERABILITY_NAMES.test(name.trim())
  // The 2001 circular declares a DTD: refused by the safe parse, recognised by name and by the first tag.
  const opening =
    /<(?:[\w.-]+:)?([\w.-]+)[\s>]/u.exec(
      bytes
        .subarray(0, 4096)
        .toString('latin1')
        .replace(/<[!?][^>]*>/gu, ''),
    )?.[1] ?? ''
  if (!INTEROPERABILITY_ROOTS.includes(opening) && !named) return false
  try {
    return INTEROPERABILITY_ROOTS.includes(localName(parseUntrustedXml(bytes, MAX_XML).nome))
  } catch {
    return named && INTEROPERABILITY_ROOTS.includes(opening)
  }
}

function signedContainer(entity: EntitaMime): ParteMessaggio['contenitoreFirmato'] {
  const name = (entity.nome ?? '').toLowerCase()
  if (/\.(?:p7m|m7m)$/u.test(name)) return 'p7m'
  if (name.endsWith('.p7s')) return 'p7s'
  if (/\.(?:tsd|tsr)$/u.test(name)) return 'tsd'
  if (/^application\/(?:x-)?pkcs7-mime$/u.test(entity.mime)) return 'p7m'
  return /^application\/(?:x-)?pkcs7-signature$/u.test(entity.mime) ? 'p7s' : null
}

function partOf(entity: EntitaMime, parent: string, ruolo: RuoloParte | null): ParteMessaggio {
  const container = isContainer(entity)
  const multipart = entity.mime.startsWith('multipart/')
  const inLinea =
    headerValue(entity.intestazioni, 'content-id') !== null && entity.mime.startsWith('image/') && entity.disposizione !== 'attachment'
  const encrypted =
    /^application\/(?:x-)?pkcs7-mime$/u.test(entity.mime) && entity.parametri.get('smime-type')?.toLowerCase() === 'enveloped-data'
  return part({
    percorso: entity.percorso,
    padre: parent,
    ruolo,
    mime: entity.mime,
    nome: displayName(entity.nome, fallbackName(entity)),
    nomeOriginale: entity.nome,
    contenitore: container,
    inLinea,
    contenitoreFirmato: signedContainer(entity),
    avvisi: [...entity.difetti, ...(encrypted ? ['contenuto cifrato'] : [])],
    inizio: entity.derivata ? null : multipart ? entity.inizio : entity.inizioCorpo,
    fine: entity.derivata ? null : entity.fine,
    // A multipart has no content of its own: its bytes are those of the entity, headers included, which is what a signature covers.
    contenuto: multipart ? () => entityBytes(entity) : () => decodedBody(entity),
  })
}

function fallbackName(entity: EntitaMime): string {
  const number = entity.percorso.replaceAll('.', '-')
  if (entity.mime === 'text/plain') return `testo-${number}.txt`
  if (entity.mime === 'text/html') return `testo-${number}.html`
  return entity.mime === 'message/rfc822' ? `messaggio-${number}.eml` : `parte-${number}`
}

type DatiParte = Pick<ParteMessaggio, 'percorso' | 'padre' | 'ruolo' | 'mime' | 'nome' | 'contenuto' | 'inizio' | 'fine'> &
  Partial<ParteMessaggio>

function part(data: DatiParte): ParteMessaggio {
  const bytes: Buffer = data.contenuto()
  return {
    nomeOriginale: null,
    contenitore: false,
    inLinea: false,
    contenitoreFirmato: null,
    principaleProposto: false,
    avvisi: [],
    ...data,
    dimensione: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}

/** First readable text of the document for display: plain text if there is one, else the HTML source. */
export function bodyText(originale: EntitaMime): string | null {
  const texts: EntitaMime[] = []
  const visit = (entity: EntitaMime) => {
    if (entity.mime === 'message/rfc822' && entity !== originale) return
    if (!isContainer(entity) && leafRole(entity) === 'corpo') texts.push(entity)
    for (const child of entity.figli) visit(child)
  }
  visit(originale)
  const chosen = texts.find((entity) => entity.mime === 'text/plain') ?? texts[0]
  if (chosen === undefined) return null
  return decodeText(decodedBody(chosen), chosen.parametri.get('charset') ?? null)
    .slice(0, MAX_TEXT)
    .replaceAll('\0', '')
}
