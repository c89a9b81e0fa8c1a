import Holidays from 'date-holidays'
import { addDays } from '../kernel/time.ts'

/** A day that is not what the week says: closed (extra holiday, strike, local closure) or open (an extraordinary Saturday). */
export interface GiornoParticolare {
  /** `YYYY-MM-DD`. */
  readonly giorno: string
  readonly lavorativo: boolean
  readonly motivo: string
}

/** The working calendar of an AOO beside the national one: patron saint (`MM-DD`, every year) and single days (REQ-PROT-105). */
export interface Calendario {
  readonly patrono: string | null
  readonly santoPatrono: string
  readonly giorni: readonly GiornoParticolare[]
}

/** National holidays only. */
export const CALENDARIO_NAZIONALE: Calendario = { patrono: null, santoPatrono: '', giorni: [] }

/** The next day that counts is always this near: a calendar that closes more than this is a mistake. */
const FARTHEST = 366

let italy: Holidays | undefined
const years = new Map<number, ReadonlyMap<string, string>>()

/** National holidays of a year by day, with their Italian name (Easter Monday included; the same law for every ente). */
export function nationalHolidays(anno: number): ReadonlyMap<string, string> {
  const known = years.get(anno)
  if (known !== undefined) return known
  italy ??= new Holidays('IT', { languages: ['it'], timezone: 'Europe/Rome' })
  const found = new Map(
    italy
      .getHolidays(anno, 'it')
      .filter((h) => h.type === 'public')
      .map((h) => [h.date.slice(0, 10), h.name]),
  )
  years.set(anno, found)
  return found
}

/** Why a day is not a working one, in Italian; null when it is. A single day of the AOO's calendar wins over everything. Pure. */
export function whyNotWorking(giorno: string, calendario: Calendario): string | null {
  const own = calendario.giorni.find((g) => g.giorno === giorno)
  if (own !== undefined) return own.lavorativo ? null : own.motivo
  const holiday = nationalHolidays(Number(giorno.slice(0, 4))).get(giorno)
  if (holiday !== undefined) return holiday
  if (calendario.patrono === giorno.slice(5)) return calendario.santoPatrono === '' ? 'Santo patrono' : calendario.santoPatrono
  const weekday = new Date(`${giorno}T12:00:00Z`).getUTCDay()
  return weekday === 0 ? 'domenica' : weekday === 6 ? 'sabato' : null
}

/** Monday to Friday minus national holidays, the patron saint's day and the AOO's own closures, plus its own openings (REQ-PROT-105). Pure. */
export function isWorkingDay(giorno: string, calendario: Calendario): boolean {
  return whyNotWorking(giorno, calendario) === null
}

/** The first working day after `giorno`, both `YYYY-MM-DD` in Europe/Rome. Throws RangeError when the calendar has none within a year. Pure. */
export function nextWorkingDay(giorno: string, calendario: Calendario): string {
  let day = giorno
  for (let i = 0; i < FARTHEST; i++) {
    day = addDays(day, 1)
    if (isWorkingDay(day, calendario)) return day
  }
  throw new RangeError(`no working day within a year after ${giorno}`)
}
