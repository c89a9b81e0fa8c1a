import type { CampoErrato } from '../kernel/errors.ts'
import { formatItalianInstant, romeDay, romeYear } from '../kernel/time.ts'
import type { FattoEmergenza, FattoRegistrazione, SerieDocumento } from './schema.ts'

const HOUR = 3_600_000
/** People write minutes: the minute in which an interruption ended may begin another. */
export const MINUTO = 60_000
/** The opening covers its first 24 hours, a continuation one week at most (TUDA 63 c. 2). */
export const ORE_APERTURA = 24
export const ORE_PROSECUZIONE = 168

/** `RE01-2026-0001`: register, year, progressive with at least four digits (REQ-PROT-083). */
export function formatNumeroEmergenza(codice: string, anno: number, progressivo: number): string {
  return `${codice}-${anno}-${String(progressivo).padStart(4, '0')}`
}

/** A period an authorisation covers: from its start included to its end excluded, in milliseconds. */
export interface Copertura {
  readonly dal: number
  readonly al: number
}

/** True when some authorisation covers the instant (REQ-PROT-081). */
export function isCoperto(istante: number, coperture: readonly Copertura[]): boolean {
  return coperture.some((c) => istante >= c.dal && istante < c.al)
}

/** What is wrong in a continuation: longer than a week, backwards, or before the interruption. Null when it stands (REQ-PROT-081). */
export function prosecuzioneErrore(inizio: number, dal: number, al: number): string | null {
  if (al <= dal) return 'La fine dell’autorizzazione viene prima del suo inizio.'
  if (al - dal > ORE_PROSECUZIONE * HOUR) return 'Ogni autorizzazione vale al massimo una settimana.'
  if (dal < inizio) return 'L’autorizzazione comincia prima dell’interruzione.'
  return null
}

/** A row of a file with its place in the chain. */
export interface RigaLetta {
  readonly fatto: FattoRegistrazione
  readonly impronta: string
}

/** One interruption as a device wrote it. */
export interface AperturaLetta {
  readonly fatto: Extract<FattoEmergenza, { tipo: 'apertura' }>
  readonly autorizzazioni: Extract<FattoEmergenza, { tipo: 'autorizzazione' }>[]
  readonly righe: RigaLetta[]
  readonly giornate: Map<string, number>
  ripristino: string | null
}

interface Lettura {
  readonly errori: CampoErrato[]
  readonly aperture: AperturaLetta[]
  readonly prossimi: Map<number, number>
  aperta: AperturaLetta | null
  ultimo: number
}

/**
 * Walks a device's journal from its first fact: interruptions that follow one another, numbers without gaps in the register and year, instants never
 * backwards, every row covered, every day's total equal to its rows (REQ-PROT-080…083). Answers every error with the fact or number it is about; nothing
 * is repaired.
 */
export function readGiornale(
  serie: Pick<SerieDocumento, 'registro' | 'anno' | 'primo'>,
  fatti: readonly { readonly fatto: FattoEmergenza; readonly impronta: string }[],
): { errori: CampoErrato[]; aperture: AperturaLetta[] } {
  const l: Lettura = { errori: [], aperture: [], prossimi: new Map([[serie.anno, serie.primo]]), aperta: null, ultimo: -Infinity }
  fatti.forEach(({ fatto, impronta }, i) => {
    const add = (messaggio: string): void =>
      void l.errori.push({ campo: fatto.tipo === 'registrazione' ? fatto.numero : `fatto ${i + 1}`, messaggio })
    if (fatto.tipo === 'apertura') return readApertura(l, fatto, add)
    if (l.aperta === null) return add('Il fatto non appartiene a nessuna interruzione aperta.')
    if (fatto.tipo === 'registrazione') return readRegistrazione(l, l.aperta, serie.registro.codice, fatto, impronta, add)
    if (fatto.tipo === 'autorizzazione') return readAutorizzazione(l.aperta, fatto, add)
    if (fatto.tipo === 'giornata') return readGiornata(l.aperta, fatto, add)
    readChiusura(l, l.aperta, fatto.ripristino, add)
  })
  if (l.aperta !== null)
    l.errori.push({
      campo: 'chiusura',
      messaggio: 'L’interruzione è ancora aperta sul dispositivo: chiudila con data e ora del ripristino.',
    })
  return { errori: l.errori, aperture: l.aperture }
}

type Aggiungi = (messaggio: string) => void

function readApertura(l: Lettura, fatto: AperturaLetta['fatto'], add: Aggiungi): void {
  if (l.aperta !== null) add('Un’altra interruzione è ancora aperta.')
  const previous = l.aperture.at(-1)?.ripristino
  if (previous !== undefined && previous !== null && Date.parse(fatto.inizio) < Date.parse(previous) - MINUTO)
    add('L’interruzione comincia prima del ripristino di quella precedente.')
  l.aperta = { fatto, autorizzazioni: [], righe: [], giornate: new Map(), ripristino: null }
  l.aperture.push(l.aperta)
}

/** The periods that cover an interruption as its device knows them. */
export function copertureOf(a: Pick<AperturaLetta, 'fatto' | 'autorizzazioni'>): Copertura[] {
  const dal = Date.parse(a.fatto.inizio)
  return [{ dal, al: dal + ORE_APERTURA * HOUR }, ...a.autorizzazioni.map((x) => ({ dal: Date.parse(x.dal), al: Date.parse(x.al) }))]
}

function readRegistrazione(l: Lettura, a: AperturaLetta, codice: string, fatto: FattoRegistrazione, impronta: string, add: Aggiungi): void {
  const istante = Date.parse(fatto.istante)
  const expected = l.prossimi.get(fatto.anno) ?? 1
  if (fatto.progressivo !== expected)
    add(
      `Nella serie manca un numero: dopo ${formatNumeroEmergenza(codice, fatto.anno, expected - 1)} era atteso ${formatNumeroEmergenza(codice, fatto.anno, expected)}.`,
    )
  l.prossimi.set(fatto.anno, fatto.progressivo + 1)
  if (fatto.numero !== formatNumeroEmergenza(codice, fatto.anno, fatto.progressivo)) add('Il numero non è della serie del registro.')
  if (romeYear(new Date(fatto.istante)) !== fatto.anno) add('L’anno del numero non è quello dell’istante.')
  if (istante < l.ultimo) add('L’istante viene prima di quello della registrazione precedente.')
  l.ultimo = Math.max(l.ultimo, istante)
  if (istante < Date.parse(a.fatto.inizio)) add('L’istante viene prima dell’inizio dell’interruzione.')
  if (!isCoperto(istante, copertureOf(a))) add(`Nessuna autorizzazione copre il ${formatItalianInstant(new Date(fatto.istante))}.`)
  if (a.giornate.has(romeDay(new Date(fatto.istante)))) add('La giornata era già stata chiusa con il suo totale.')
  a.righe.push({ fatto, impronta })
}

function readAutorizzazione(a: AperturaLetta, fatto: Extract<FattoEmergenza, { tipo: 'autorizzazione' }>, add: Aggiungi): void {
  const wrong = prosecuzioneErrore(Date.parse(a.fatto.inizio), Date.parse(fatto.dal), Date.parse(fatto.al))
  if (wrong !== null) add(wrong)
  else a.autorizzazioni.push(fatto)
}

/** Rows of each Rome day of an interruption (REQ-PROT-082). */
export function righePerGiorno(righe: readonly RigaLetta[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const r of righe) {
    const giorno = romeDay(new Date(r.fatto.istante))
    found.set(giorno, (found.get(giorno) ?? 0) + 1)
  }
  return found
}

function readGiornata(a: AperturaLetta, fatto: Extract<FattoEmergenza, { tipo: 'giornata' }>, add: Aggiungi): void {
  const righe = righePerGiorno(a.righe).get(fatto.giorno) ?? 0
  if (a.giornate.has(fatto.giorno)) add('La giornata era già stata chiusa.')
  if (fatto.totale !== righe) add(totaleErrato(fatto.giorno, fatto.totale, righe))
  a.giornate.set(fatto.giorno, fatto.totale)
}

/** The sentence for a day whose total is not the number of its rows (REQ-PROT-082). */
export function totaleErrato(giorno: string, totale: number, righe: number): string {
  return `Il totale del ${giorno.slice(8, 10)}/${giorno.slice(5, 7)}/${giorno.slice(0, 4)} è ${totale}, le registrazioni di quel giorno sono ${righe}.`
}

function readChiusura(l: Lettura, a: AperturaLetta, ripristino: string, add: Aggiungi): void {
  const last = a.righe.at(-1)
  const from = Math.max(Date.parse(a.fatto.inizio), last === undefined ? -Infinity : Date.parse(last.fatto.istante))
  if (Date.parse(ripristino) < from) add('Il ripristino viene prima dell’ultima registrazione.')
  for (const [giorno, righe] of righePerGiorno(a.righe))
    if (!a.giornate.has(giorno)) add(`Manca il totale della giornata ${giorno}: le registrazioni sono ${righe}.`)
  a.ripristino = ripristino
  l.aperta = null
}
