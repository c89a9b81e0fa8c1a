import { isWorkingDay, nationalHolidays } from '../enti/index.ts'
import type { Calendario } from '../enti/index.ts'
import { addDays, daysBetween } from '../kernel/time.ts'
import type { RegoleTermini } from './schema.ts'

/** What the law says, and where it leaves room what is usual (L. 241/1990 artt. 2, 10-bis, 16, 17). */
export const REGOLE_PREDEFINITE: RegoleTermini = {
  festivo: 'festivi',
  giorniSospensione: 30,
  giorniOsservazioni: 10,
  giorniRipresa: 10,
  giorniParere: 20,
  giorniValutazione: 90,
  giorniComunicazioneAvvio: 10,
  preavvisi: [10, 3],
}

/** Term of a procedure for which nothing sets one (L. 241/1990 art. 2 c. 2). */
export const TERMINE_ORDINARIO = 30

/** A stretch during which the term does not run: from the day after `dal` to `al` included. */
export interface Sospensione {
  readonly dal: string
  /** Null: what is awaited has not come yet. */
  readonly al: string | null
  /** Days it lasts at most; null: until what is awaited comes. */
  readonly massimo: number | null
}

/** The term stops and begins again from nothing (e.g. D.P.R. 380/2001 art. 20 c. 5). */
export interface Interruzione {
  readonly dal: string
  readonly al: string | null
}

/** Everything a term depends on. Days are `YYYY-MM-DD` of Europe/Rome; the order of the lists does not matter. */
export interface FattiTermine {
  /** Arrival of the request or act that starts it: this day is not counted. */
  readonly avvio: string
  readonly giorni: number
  readonly unita: 'giorni' | 'giorni lavorativi'
  /** Days added by extensions. */
  readonly proroga: number
  readonly sospensioni: readonly Sospensione[]
  readonly interruzioni: readonly Interruzione[]
}

/** A term as the facts make it. */
export interface Termine {
  /** Day the count begins after: the start, or the end of the last interruption. Null while an interruption has not ended. */
  readonly decorrenza: string | null
  /** Last day; null while an interruption has not ended. */
  readonly termine: string | null
  /** Last day if nothing had happened after the start. */
  readonly iniziale: string
}

/** Last day a suspension stops the term, `YYYY-MM-DD`; null when nobody can say. It never passes the days the law allows. Pure. */
export function fineSospensione(s: Sospensione): string | null {
  const cap = s.massimo === null ? null : addDays(s.dal, s.massimo)
  if (s.al === null) return cap
  return cap !== null && s.al > cap ? cap : s.al
}

/**
 * The term of a procedure (L. 241/1990 art. 2): the day of the event is not counted, days inside a suspension are not counted, an interruption makes the
 * count begin again, extensions add days, a last day that falls on a holiday passes to the next day that is not one, as the rules say. Pure.
 */
export function computeTermine(fatti: FattiTermine, regole: Pick<RegoleTermini, 'festivo'>, calendario: Calendario): Termine {
  const days = fatti.giorni + fatti.proroga
  const count = (from: string, stops: readonly Sospensione[], n: number): string | null => {
    const last = nthCounted(from, n, fatti.unita, stops, calendario)
    return last === null ? null : shiftHoliday(last, regole.festivo, calendario)
  }
  const iniziale = count(fatti.avvio, [], fatti.giorni) as string
  if (fatti.interruzioni.some((i) => i.al === null)) return { decorrenza: null, termine: null, iniziale }
  const decorrenza = fatti.interruzioni.reduce((latest, i) => (i.al !== null && i.al > latest ? i.al : latest), fatti.avvio)
  return { decorrenza, termine: count(decorrenza, fatti.sospensioni, days), iniziale }
}

/** The day that is the n-th counted one after `from`; null when a suspension without an end comes first. */
function nthCounted(
  from: string,
  n: number,
  unita: FattiTermine['unita'],
  stops: readonly Sospensione[],
  calendario: Calendario,
): string | null {
  let day = from
  for (let counted = 0; counted < n;) {
    day = addDays(day, 1)
    const stop = stops.find((s) => isInside(day, s))
    if (stop !== undefined) {
      const end = fineSospensione(stop)
      if (end === null) return null
      day = end
      continue
    }
    if (unita === 'giorni' || isWorkingDay(day, calendario)) counted++
  }
  return day
}

function isInside(day: string, s: Sospensione): boolean {
  const end = fineSospensione(s)
  return day > s.dal && (end === null || day <= end)
}

/** True on Sundays, national holidays and the patron saint's day (`festivi`), or on every day that is not a working one. Pure. */
export function isFestivo(giorno: string, festivo: RegoleTermini['festivo'], calendario: Calendario): boolean {
  if (festivo === 'mai') return false
  if (festivo === 'non lavorativi') return !isWorkingDay(giorno, calendario)
  const sunday = new Date(`${giorno}T12:00:00Z`).getUTCDay() === 0
  return sunday || nationalHolidays(Number(giorno.slice(0, 4))).has(giorno) || calendario.patrono === giorno.slice(5)
}

function shiftHoliday(giorno: string, festivo: RegoleTermini['festivo'], calendario: Calendario): string {
  let day = giorno
  while (isFestivo(day, festivo, calendario)) day = addDays(day, 1)
  return day
}

/** The stretch that stops the term on a day, or null. Pure. */
export function sospensioneIn(fatti: FattiTermine, oggi: string): { dal: string; fino: string | null } | null {
  const open = [
    ...fatti.sospensioni.map((s) => ({ dal: s.dal, fino: fineSospensione(s) })),
    ...fatti.interruzioni.map((i) => ({ dal: i.dal, fino: i.al })),
  ]
    .filter((s) => s.dal <= oggi && (s.fino === null || oggi < s.fino))
    .toSorted((a, b) => (a.dal < b.dal ? 1 : -1))
  return open[0] ?? null
}

/** How long a procedure took. */
export interface Misura {
  /** Days from the start to the conclusion. */
  readonly giorni: number
  /** Days among them that do not count for the term. */
  readonly sospesi: number
  readonly neiTermini: boolean
}

/** Measures a concluded procedure (L. 241/1990 art. 2 c. 4-bis): whole time, suspended days, and whether it ended within its term. Pure. */
export function measure(fatti: FattiTermine, termine: Termine, conclusa: string): Misura {
  const giorni = Math.max(0, daysBetween(fatti.avvio, conclusa))
  const from = termine.decorrenza ?? conclusa
  let counted = 0
  for (let day = addDays(from, 1); day <= conclusa; day = addDays(day, 1)) {
    if (!fatti.sospensioni.some((s) => isInside(day, s))) counted++
  }
  return { giorni, sospesi: giorni - counted, neiTermini: termine.termine === null || conclusa <= termine.termine }
}
