import { addDays, romeDay, romeTime } from '../../kernel/time.ts'
import type { Caso } from './caso.ts'

/** National holidays with a fixed day; the movable ones fall on Sundays and on one Monday, which the demo works. */
const FESTE = new Set(['01-01', '01-06', '04-25', '05-01', '06-02', '08-15', '11-01', '12-08', '12-25', '12-26'])
/** How busy a day is, Sunday first. */
const RITMO = [0, 1.35, 1.15, 1, 1.1, 0.8, 0] as const

/** The instant of a day and time in Europe/Rome (`YYYY-MM-DD`, `HH:MM:SS`). */
export function romeInstant(giorno: string, ora: string): Date {
  const wanted = Date.parse(`${giorno}T${ora}Z`)
  let instant = wanted
  // Twice, because the offset of the first guess may be that of the other side of a change of hour.
  for (let pass = 0; pass < 2; pass++) {
    const guess = new Date(instant)
    instant += wanted - Date.parse(`${romeDay(guess)}T${romeTime(guess)}Z`)
  }
  return new Date(instant)
}

function weekday(giorno: string): number {
  return new Date(`${giorno}T12:00:00Z`).getUTCDay()
}

/** Is the office open that day? */
export function isLavorativo(giorno: string): boolean {
  return (RITMO[weekday(giorno)] ?? 0) > 0 && !FESTE.has(giorno.slice(5))
}

/** The working day that comes `quanti` working days before (at least one). */
export function lavorativoPrima(giorno: string, quanti: number): string {
  let day = giorno
  for (let left = quanti; left > 0;) {
    day = addDays(day, -1)
    if (isLavorativo(day)) left--
  }
  return day
}

/** The working day that comes `quanti` working days after; the same day with zero. */
export function lavorativoDopo(giorno: string, quanti: number): string {
  let day = giorno
  for (let left = quanti; left > 0;) {
    day = addDays(day, 1)
    if (isLavorativo(day)) left--
  }
  return day
}

/** The opening scene: from eight o'clock of today, or the hour and a half before when it is too early for that. Never in the future. */
export interface Mattina {
  readonly da: Date
  readonly a: Date
}

/** The morning of the demo, ending one minute before now and never after half past nine. */
export function mattinaOf(oggi: Date): Mattina {
  const day = romeDay(oggi)
  const a = new Date(Math.min(oggi.getTime() - 60_000, romeInstant(day, '09:30:00').getTime()))
  const otto = romeInstant(day, '08:00:00')
  return { da: a.getTime() - otto.getTime() >= 600_000 ? otto : new Date(a.getTime() - 5_400_000), a }
}

/** `quanti` instants spread evenly over the morning with a little chance, in order. */
export function istantiDellaMattina(caso: Caso, mattina: Mattina, quanti: number): Date[] {
  const step = (mattina.a.getTime() - mattina.da.getTime()) / quanti
  return Array.from({ length: quanti }, (_, i) => toSecond(mattina.da.getTime() + (i + 0.9 * (caso.intero(0, 999) / 1000)) * step))
}

function toSecond(ms: number): Date {
  return new Date(Math.floor(ms / 1000) * 1000)
}

/** `quanti` instants on the working days of the last `giorni` days before today, with the rhythm of a municipality: Mondays and mornings. In order. */
export function istantiOrdinari(caso: Caso, oggi: Date, quanti: number, giorni: number): Date[] {
  const today = romeDay(oggi)
  const days = Array.from({ length: giorni }, (_, i) => addDays(today, -1 - i)).filter(isLavorativo)
  const instants = Array.from({ length: quanti }, () => {
    const day = caso.scegliPesato(days, (d) => RITMO[weekday(d)] ?? 0)
    return istanteDi(caso, day)
  })
  return instants.sort((x, y) => x.getTime() - y.getTime())
}

/** A working instant of that day: mornings, and afternoons on Tuesdays and Thursdays. */
function istanteDi(caso: Caso, giorno: string): Date {
  const open = weekday(giorno) === 2 || weekday(giorno) === 4
  const minutes = open && caso.vero(0.3) ? caso.intero(15 * 60, 17 * 60 + 20) : caso.intero(8 * 60 + 10, 13 * 60)
  return romeInstant(giorno, `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(caso.intero(0, 59))}`)
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
