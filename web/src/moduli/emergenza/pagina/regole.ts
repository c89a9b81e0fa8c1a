/** What the emergency page allows at an instant: coverage of 24 hours and of weeks, numbers without gaps, day totals (TUDA 63). Pure. */
import type { FattoEmergenza, SerieDocumento } from '../tipi.ts'
import { emergenza as testi } from '../../../testi/it-emergenza.ts'
import type { Voce } from './formato.ts'

const t = testi.pagina
const HOUR = 3_600_000
const MINUTE = 60_000
const WEEK = 168

type Fatto<T extends FattoEmergenza['tipo']> = Extract<FattoEmergenza, { tipo: T }>

/** A registration with the code of its receipt. */
export interface RigaRegistro {
  readonly fatto: Fatto<'registrazione'>
  readonly impronta: string
}

/** One interruption in the journal. */
export interface Interruzione {
  readonly fatto: Fatto<'apertura'>
  readonly autorizzazioni: Fatto<'autorizzazione'>[]
  readonly righe: RigaRegistro[]
  readonly giornate: Map<string, number>
  chiusura: Fatto<'chiusura'> | null
}

/** Where the journal stands. */
export interface Stato {
  readonly interruzioni: readonly Interruzione[]
  readonly aperta: Interruzione | null
  readonly ultimoIstante: number
  readonly prossimi: ReadonlyMap<number, number>
}

const romeDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Rome', year: 'numeric', month: '2-digit', day: '2-digit' })

/** Rome day of an instant, `YYYY-MM-DD`. */
export function giornoDi(istante: string | number): string {
  return romeDay.format(typeof istante === 'number' ? istante : Date.parse(istante))
}

/** Reads the journal from its first fact. */
export function statoDi(serie: Pick<SerieDocumento, 'anno' | 'primo'>, voci: readonly Voce[]): Stato {
  const interruzioni: Interruzione[] = []
  const prossimi = new Map([[serie.anno, serie.primo]])
  let ultimoIstante = -Infinity
  for (const { fatto, impronta } of voci) {
    if (fatto.tipo === 'apertura') {
      interruzioni.push({ fatto, autorizzazioni: [], righe: [], giornate: new Map(), chiusura: null })
      continue
    }
    const current = interruzioni.at(-1)
    if (current === undefined) continue
    if (fatto.tipo === 'autorizzazione') current.autorizzazioni.push(fatto)
    else if (fatto.tipo === 'giornata') current.giornate.set(fatto.giorno, fatto.totale)
    else if (fatto.tipo === 'chiusura') current.chiusura = fatto
    else {
      current.righe.push({ fatto, impronta })
      prossimi.set(fatto.anno, fatto.progressivo + 1)
      ultimoIstante = Math.max(ultimoIstante, Date.parse(fatto.istante))
    }
  }
  const last = interruzioni.at(-1)
  return { interruzioni, aperta: last === undefined || last.chiusura !== null ? null : last, ultimoIstante, prossimi }
}

/** The periods in which the interruption may be written: 24 hours from its start, then each authorisation. */
export function copertureDi(i: Interruzione): { dal: number; al: number }[] {
  const dal = Date.parse(i.fatto.inizio)
  return [{ dal, al: dal + 24 * HOUR }, ...i.autorizzazioni.map((a) => ({ dal: Date.parse(a.dal), al: Date.parse(a.al) }))]
}

/** The instant at which writing stops being allowed, when now it is; null when nothing covers now. */
export function copertaFino(i: Interruzione, istante: number): number | null {
  let end: number | null = null
  for (const c of copertureDi(i).toSorted((a, b) => a.dal - b.dal)) {
    if (end === null ? istante >= c.dal && istante < c.al : c.dal <= end && c.al > end) end = c.al
  }
  return end
}

/** Rows of each day. */
export function righePerGiorno(i: Interruzione): Map<string, number> {
  const days = new Map<string, number>()
  for (const { fatto } of i.righe) days.set(giornoDi(fatto.istante), (days.get(giornoDi(fatto.istante)) ?? 0) + 1)
  return days
}

/** The next number at an instant: the progressive goes on within the year, and begins again with the new one. */
export function prossimoNumero(
  serie: Pick<SerieDocumento, 'registro'>,
  stato: Stato,
  istante: number,
): { numero: string; anno: number; progressivo: number } {
  const anno = Number(giornoDi(istante).slice(0, 4))
  const progressivo = stato.prossimi.get(anno) ?? 1
  return { numero: `${serie.registro.codice}-${anno}-${String(progressivo).padStart(4, '0')}`, anno, progressivo }
}

/** Why a registration cannot be written at this instant, or null. `adesso` is the device's clock. */
export function bloccoRegistrazione(stato: Stato, istante: number, adesso: number): string | null {
  const { aperta } = stato
  if (aperta === null) return t.blocchi.nessunaApertura
  if (Number.isNaN(istante)) return t.blocchi.istanteMancante
  if (istante > adesso + 60_000) return t.blocchi.futuro
  if (istante < Date.parse(aperta.fatto.inizio)) return t.blocchi.primaDellInizio
  if (istante < stato.ultimoIstante) return t.blocchi.orologioIndietro
  if (copertaFino(aperta, istante) === null) return t.blocchi.nonAutorizzata
  if (aperta.giornate.has(giornoDi(istante))) return t.blocchi.giornataChiusa
  return null
}

/** What is wrong in a new opening, or null. */
export function erroreApertura(stato: Stato, inizio: number, adesso: number): string | null {
  if (stato.aperta !== null) return t.blocchi.giaAperta
  if (Number.isNaN(inizio)) return t.blocchi.istanteMancante
  if (inizio > adesso + 60_000) return t.blocchi.futuro
  const previous = stato.interruzioni.at(-1)?.chiusura
  // People write minutes: the one in which the last interruption ended may begin another.
  if (previous && inizio < Date.parse(previous.ripristino) - MINUTE) return t.blocchi.primaDelRipristino
  return null
}

/** What is wrong in a continuation, or null. */
export function erroreAutorizzazione(i: Interruzione, dal: number, al: number): string | null {
  if (Number.isNaN(dal) || Number.isNaN(al)) return t.blocchi.istanteMancante
  if (al <= dal) return t.blocchi.fineCapovolta
  if (al - dal > WEEK * HOUR) return t.blocchi.settimana
  if (dal < Date.parse(i.fatto.inizio)) return t.blocchi.primaDellInizio
  return null
}

/** What is wrong in the total of a day, or null. */
export function erroreGiornata(i: Interruzione, giorno: string, totale: number): string | null {
  const righe = righePerGiorno(i).get(giorno) ?? 0
  if (i.giornate.has(giorno)) return t.blocchi.giornataChiusa
  if (!Number.isInteger(totale) || totale < 0) return t.blocchi.totaleMancante
  return totale === righe ? null : t.blocchi.totaleDiverso(totale, righe)
}

/** Days with registrations and no total yet. */
export function giornateDaChiudere(i: Interruzione): string[] {
  return [...righePerGiorno(i).keys()].filter((giorno) => !i.giornate.has(giorno))
}

/** What is wrong in the closing, or null. */
export function erroreChiusura(i: Interruzione, ripristino: number, adesso: number): string | null {
  if (Number.isNaN(ripristino)) return t.blocchi.istanteMancante
  if (ripristino > adesso + 60_000) return t.blocchi.futuro
  const last = i.righe.at(-1)
  if (ripristino < Date.parse(last?.fatto.istante ?? i.fatto.inizio)) return t.blocchi.ripristinoPrima
  return giornateDaChiudere(i).length > 0 ? t.blocchi.giornateAperte : null
}
