import { formatCodice, readCodice } from '../../titolario/index.ts'
import { addDays } from '../kernel/time.ts'
import { parolePiene, splitParole } from './parole.ts'

/** Where words are looked for. */
export type Campo = 'tutto' | 'mittente' | 'destinatario'

/** One thing asked. `parole` are normalised; more than one stand next to each other in the text. */
export type Termine =
  | { readonly tipo: 'parole'; readonly campo: Campo; readonly parole: readonly string[]; readonly esatta: boolean }
  | { readonly tipo: 'numero'; readonly numero: number; readonly anno: number | null }
  | { readonly tipo: 'segnatura'; readonly testo: string; readonly numero: number; readonly anno: number }
  | { readonly tipo: 'impronta'; readonly prefisso: string }
  | { readonly tipo: 'emergenza'; readonly codice: string }
  | { readonly tipo: 'protocolloMittente'; readonly testo: string }
  | { readonly tipo: 'voce'; readonly codice: string }
  | { readonly tipo: 'ufficio'; readonly parole: readonly string[] }
  /** Office and state chosen on the page by their value. */
  | { readonly tipo: 'ufficioId'; readonly id: string }
  | { readonly tipo: 'statoIndice'; readonly valore: string }
  | { readonly tipo: 'fascicolo'; readonly testo: string }
  | { readonly tipo: 'verso'; readonly valore: 'E' | 'U' | 'I' }
  | { readonly tipo: 'stato'; readonly valore: Stato }
  | { readonly tipo: 'anno'; readonly anno: number }
  | { readonly tipo: 'canale'; readonly valore: string }
  | { readonly tipo: 'da' | 'a'; readonly giorno: string }

export const stati = ['annullata', 'valida', 'da_prendere_in_carico', 'in_carico', 'rifiutata'] as const
export type Stato = (typeof stati)[number]

/** A term with its place in the typed text, so that a page can show it as a chip and take it away. */
export interface Elemento {
  readonly termine: Termine
  readonly nega: boolean
  readonly inizio: number
  readonly fine: number
}

/** A question: every group must hold; a group holds when one of its elements does. */
export interface Domanda {
  readonly testo: string
  readonly gruppi: readonly (readonly Elemento[])[]
}

/** Longest question read; what follows is not looked at. */
const MASSIMO = 500
/** Most elements of a question. */
const ELEMENTI = 24

interface Pezzo {
  readonly nega: boolean
  readonly filtro: string
  readonly valore: string
  readonly citato: boolean
  readonly inizio: number
  readonly fine: number
}

/**
 * Reads what a person typed in the one box (REQ-PROT-142). `oggi` is the Rome day, `YYYY-MM-DD`. Never throws: an unknown filter or a date that does not exist
 * is looked for as words. Terms side by side must all hold; `OR` or `oppure` between two makes alternatives; `-`, `NOT` or `non` before one excludes it.
 */
export function parseDomanda(testo: string, oggi: string): Domanda {
  const gruppi: Elemento[][] = []
  let alternativa = false
  let nega = false
  let letti = 0
  for (const pezzo of splitPezzi(testo.slice(0, MASSIMO))) {
    const parola = pezzo.citato || pezzo.filtro !== '' ? '' : pezzo.valore
    if (/^(OR|oppure|\|)$/u.test(parola)) {
      alternativa = gruppi.length > 0
      continue
    }
    if (/^(AND|&)$/u.test(parola)) continue
    if (/^(NOT|non)$/iu.test(parola) && !pezzo.nega) {
      nega = true
      continue
    }
    const elementi = readPezzo(pezzo, oggi).map((termine): Elemento => ({
      termine,
      nega: pezzo.nega || nega,
      inizio: pezzo.inizio,
      fine: pezzo.fine,
    }))
    nega = false
    if (elementi.length === 0 || letti >= ELEMENTI) continue
    letti += elementi.length
    const ultimo = gruppi.at(-1)
    const [solo] = elementi
    if (alternativa && ultimo !== undefined && elementi.length === 1 && solo !== undefined) ultimo.push(solo)
    else gruppi.push(...elementi.map((e) => [e]))
    alternativa = false
  }
  return { testo, gruppi }
}

/** Cuts the text at spaces, keeping quoted parts whole; an unclosed quote goes to the end. */
function splitPezzi(testo: string): Pezzo[] {
  const found: Pezzo[] = []
  const grammar = /(?<segno>-)?(?<filtro>[\p{L}0-9]+:)?(?:["“«](?<citato>[^"”»]*)["”»]?|(?<nudo>[^\s"“”«»]+))/gu
  for (const m of testo.matchAll(grammar)) {
    const { segno, filtro = '', citato, nudo = '' } = m.groups as Record<string, string | undefined>
    // `mitt: rossi` is read like `mitt:rossi`: the filter waits for its word.
    found.push({
      nega: segno !== undefined,
      filtro: filtro.slice(0, -1).toLowerCase(),
      valore: citato ?? nudo,
      citato: citato !== undefined,
      inizio: m.index,
      fine: m.index + m[0].length,
    })
  }
  return joinSpaced(found, testo)
}

/** `mitt: rossi`: a filter alone takes the next piece as its value. */
function joinSpaced(pezzi: readonly Pezzo[], testo: string): Pezzo[] {
  const out: Pezzo[] = []
  for (let i = 0; i < pezzi.length; i++) {
    const p = pezzi[i] as Pezzo
    const next = pezzi[i + 1]
    const lone = /^[\p{L}0-9]+:$/u.test(p.valore) && p.filtro === '' && !p.citato
    const name = p.valore.slice(0, -1).toLowerCase()
    if (lone && next !== undefined && next.filtro === '' && filtri.has(name) && testo.slice(p.fine, next.inizio).trim() === '') {
      out.push({ ...next, nega: p.nega, filtro: name, inizio: p.inizio })
      i++
    } else out.push(p)
  }
  return out
}

function readPezzo(p: Pezzo, oggi: string): Termine[] {
  if (p.filtro !== '') {
    const read = filtri.get(p.filtro)
    const termine = p.valore === '' ? null : (read?.(p.valore, oggi) ?? null)
    if (termine !== null) return [termine]
    return words(`${p.filtro} ${p.valore}`, 'tutto', false)
  }
  if (p.citato) return words(p.valore, 'tutto', true)
  return readNudo(p.valore, oggi)
}

/** A word without a filter: what it looks like decides what it is. */
function readNudo(valore: string, oggi: string): Termine[] {
  const giorno = /^oggi$/iu.test(valore) ? oggi : /^ieri$/iu.test(valore) ? addDays(oggi, -1) : null
  if (giorno !== null)
    return [
      { tipo: 'da', giorno },
      { tipo: 'a', giorno },
    ]
  const termine = readNumero(valore) ?? readSegnatura(valore) ?? readEmergenza(valore) ?? readImpronta(valore, 16)
  return termine === null ? words(valore, 'tutto', false) : [termine]
}

/** Words of a text: none when there is nothing to look for but articles and prepositions. */
function words(testo: string, campo: Campo, esatta: boolean): Termine[] {
  const parole = esatta ? splitParole(testo) : parolePiene(testo)
  return parole.length === 0 ? [] : [{ tipo: 'parole', campo, parole, esatta }]
}

function oneOf(testo: string, campo: Campo): Termine | null {
  return words(testo, campo, false)[0] ?? null
}

function readNumero(testo: string): Termine | null {
  const m = /^0*([1-9]\d{0,8})(?:[/\\](\d{2}|\d{4}))?$/u.exec(testo)
  if (m === null) return null
  const anno = m[2] === undefined ? null : Number(m[2].length === 2 ? `20${m[2]}` : m[2])
  return { tipo: 'numero', numero: Number(m[1]), anno }
}

function readSegnatura(testo: string): Termine | null {
  const m = /^[^#\s]+#[^#\s]+#[^#\s]+#(\d{4})-\d{2}-\d{2}#0*(\d{1,9})#[EUI]$/u.exec(testo)
  return m === null ? null : { tipo: 'segnatura', testo, numero: Number(m[2]), anno: Number(m[1]) }
}

function readEmergenza(testo: string): Termine | null {
  const m = /^RE0*(\d{1,2})-(\d{4})-0*(\d{1,9})$/iu.exec(testo)
  return m === null ? null : { tipo: 'emergenza', codice: `RE${String(m[1]).padStart(2, '0')}-${m[2]}-${m[3]}` }
}

function readImpronta(testo: string, minimo: number): Termine | null {
  const prefisso = testo.toLowerCase().replace(/^(sha-?256[:=]|0x)/u, '')
  return /^[0-9a-f]{4,64}$/u.test(prefisso) && prefisso.length >= minimo ? { tipo: 'impronta', prefisso } : null
}

function readVoce(testo: string): Termine | null {
  const numeri = readCodice(testo)
  return numeri === null ? null : { tipo: 'voce', codice: formatCodice(numeri) }
}

const versi: Readonly<Record<string, 'E' | 'U' | 'I'>> = {
  e: 'E',
  entrata: 'E',
  arrivo: 'E',
  ingresso: 'E',
  u: 'U',
  uscita: 'U',
  partenza: 'U',
  i: 'I',
  interno: 'I',
  interna: 'I',
}

const nomiStato: Readonly<Record<string, Stato>> = {
  annullato: 'annullata',
  annullata: 'annullata',
  annullati: 'annullata',
  valido: 'valida',
  valida: 'valida',
  daprendere: 'da_prendere_in_carico',
  daprendereincarico: 'da_prendere_in_carico',
  attesa: 'da_prendere_in_carico',
  incarico: 'in_carico',
  carico: 'in_carico',
  rifiutato: 'rifiutata',
  rifiutata: 'rifiutata',
}

const canali: Readonly<Record<string, string>> = {
  pec: 'PEC',
  peo: 'PEO',
  email: 'PEO',
  mail: 'PEO',
  portale: 'PORTALE',
  posta: 'POSTA',
  raccomandata: 'RACCOMANDATA',
  mano: 'A_MANO',
  amano: 'A_MANO',
  sportello: 'A_MANO',
  notifica: 'NOTIFICA',
  altro: 'ALTRO',
}

const plain = (testo: string): string => splitParole(testo).join('')

/** The closest past reading of a day: `1/9` is this year's, or last year's when this year's has not come yet. Null when there is no such day. */
export function readGiorno(testo: string, oggi: string): string | null {
  if (/^oggi$/iu.test(testo)) return oggi
  if (/^ieri$/iu.test(testo)) return addDays(oggi, -1)
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(testo)
  if (iso !== null) return existing(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const m = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?$/u.exec(testo)
  if (m === null) return null
  const [day, month] = [Number(m[1]), Number(m[2])]
  if (m[3] !== undefined) return existing(m[3].length === 2 ? 2000 + Number(m[3]) : Number(m[3]), month, day)
  const year = Number(oggi.slice(0, 4))
  const read = existing(year, month, day)
  return read !== null && read <= oggi ? read : (existing(year - 1, month, day) ?? read)
}

function existing(year: number, month: number, day: number): string | null {
  const written = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const instant = new Date(`${written}T12:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(written) ? written : null
}

type Lettura = (valore: string, oggi: string) => Termine | null

const giorno =
  (tipo: 'da' | 'a'): Lettura =>
  (v, oggi) => {
    const day = readGiorno(v, oggi)
    return day === null ? null : { tipo, giorno: day }
  }
const choice =
  <T extends string>(names: Readonly<Record<string, T>>, make: (value: T) => Termine): Lettura =>
  (v) => {
    const value = names[plain(v)]
    return value === undefined ? null : make(value)
  }
const ufficio: Lettura = (v) => {
  const parole = splitParole(v)
  return parole.length === 0 ? null : { tipo: 'ufficio', parole }
}
const anno: Lettura = (v) => (/^\d{4}$/u.test(v) ? { tipo: 'anno', anno: Number(v) } : null)
const fascicolo: Lettura = (v) => ({ tipo: 'fascicolo', testo: v })

/** The filters by every name people give them: the product's words and their synonyms (ux.md rule 10). */
const filtri: ReadonlyMap<string, Lettura> = new Map(
  (
    [
      ['mitt mittente mittenti', (v) => oneOf(v, 'mittente')],
      ['dest destinatario destinatari', (v) => oneOf(v, 'destinatario')],
      ['class classe classifica classificazione titolo voce', readVoce],
      ['uff ufficio assegnato assegnazione smistamento', ufficio],
      ['tipo verso', choice(versi, (valore) => ({ tipo: 'verso', valore }))],
      ['stato', choice(nomiStato, (valore) => ({ tipo: 'stato', valore }))],
      ['canale mezzo', choice(canali, (valore) => ({ tipo: 'canale', valore }))],
      ['da dal', giorno('da')],
      ['a al', giorno('a')],
      ['anno', anno],
      ['fasc fascicolo pratica cartella', fascicolo],
      ['n num numero prot protocollo', readNumero],
      ['impronta hash sha256', (v) => readImpronta(v, 4)],
      ['protmitt protocollomittente', (v) => ({ tipo: 'protocolloMittente', testo: v })],
      ['emergenza', readEmergenza],
    ] as readonly (readonly [string, Lettura])[]
  ).flatMap(([names, read]) => names.split(' ').map((name) => [name, read] as const)),
)
