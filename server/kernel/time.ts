/** The only place that reads the process clock. Legal instants (numbering) come from the database, never from here. */

const ROME = 'Europe/Rome'
const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: ROME, year: 'numeric', month: '2-digit', day: '2-digit' })
const timeFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: ROME,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

let clock = (): Date => new Date()

/** The current instant of the process clock. */
export function now(): Date {
  return clock()
}

/**
 * Replaces the process clock, and gives it back with `null`. Only the generator of invented data does so, together with the database's legal clock, to
 * write a past that is in order.
 */
export function replaceClock(replacement: (() => Date) | null): void {
  clock = replacement ?? ((): Date => new Date())
}

/** The calendar day of an instant in Europe/Rome, as `YYYY-MM-DD` (legal dates, REQ-PROT-006). */
export function romeDay(instant: Date): string {
  return dayFormat.format(instant)
}

/** The calendar year of an instant in Europe/Rome (REQ-PROT-034). */
export function romeYear(instant: Date): number {
  return Number(romeDay(instant).slice(0, 4))
}

/** The time of day of an instant in Europe/Rome, as `HH:MM:SS`. */
export function romeTime(instant: Date): string {
  return timeFormat.format(instant)
}

/** An instant for Italian readers: `14/09/2026 08:13`. */
export function formatItalianInstant(instant: Date): string {
  return `${formatItalianDay(romeDay(instant))} ${romeTime(instant).slice(0, 5)}`
}

/** A day `YYYY-MM-DD` for Italian readers: `14/09/2026`. */
export function formatItalianDay(day: string): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`
}

/** `day` plus a number of calendar days, both as `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  const instant = new Date(`${day}T12:00:00Z`)
  instant.setUTCDate(instant.getUTCDate() + days)
  return instant.toISOString().slice(0, 10)
}

/** Whole days from `from` to `to`, both `YYYY-MM-DD`; negative when `to` comes first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / 86_400_000)
}
