/** Dates as people write them ('14/9', 'oggi', 'ieri') and days as the API wants them ('YYYY-MM-DD'). Pure: the clock is a parameter. */

const ZONE = 'Europe/Rome'

/** Day in Italy of an instant, as 'YYYY-MM-DD'. */
export function giornoItaliano(instant: Date): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant)
  return parts.slice(0, 10)
}

/** Moves a day by some days. */
export function spostaGiorno(day: string, days: number): string {
  const moved = new Date(`${day}T12:00:00Z`)
  moved.setUTCDate(moved.getUTCDate() + days)
  return moved.toISOString().slice(0, 10)
}

function existing(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  return date.toISOString().slice(0, 10)
}

/**
 * Reads what a person typed. `oggi` is today in Italy ('YYYY-MM-DD'). Accepts oggi, ieri, domani, 14/9, 14.9.26, 14-09-2026, 2026-09-14.
 * A day and month without year is the most recent such day, never a future one. Null when it is not a date.
 */
export function leggiGiorno(text: string, oggi: string): string | null {
  const value = text.trim().toLowerCase()
  if (value === 'oggi') return oggi
  if (value === 'ieri') return spostaGiorno(oggi, -1)
  if (value === 'domani') return spostaGiorno(oggi, 1)
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(value)
  if (iso !== null) return existing(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const italian = /^(\d{1,2})[/.\-\s](\d{1,2})(?:[/.\-\s](\d{2}|\d{4}))?$/.exec(value)
  if (italian === null) return null
  const day = Number(italian[1])
  const month = Number(italian[2])
  if (italian[3] !== undefined) {
    const year = Number(italian[3])
    return existing(year < 100 ? 2000 + year : year, month, day)
  }
  const year = Number(oggi.slice(0, 4))
  const thisYear = existing(year, month, day)
  return thisYear !== null && thisYear <= oggi ? thisYear : (existing(year - 1, month, day) ?? thisYear)
}

/**
 * The instant of a day and an hour ('8:05', '08.05') in Italy, as ISO in UTC. Null when the hour is not one. On the hour that does not exist in
 * spring the clock goes forward; of the hour that comes twice in autumn the first is meant.
 */
export function istanteItaliano(day: string, hour: string): string | null {
  const match = /^(\d{1,2})[:.](\d{2})$/.exec(hour.trim())
  if (match === null || Number(match[1]) > 23 || Number(match[2]) > 59) return null
  const wall = `${day}T${(match[1] ?? '').padStart(2, '0')}:${match[2]}:00`
  for (const offset of ['+02:00', '+01:00']) {
    const instant = new Date(wall + offset)
    if (Number.isNaN(instant.getTime())) return null
    if (oraItaliana(instant) === wall.slice(11, 16) && giornoItaliano(instant) === day) return instant.toISOString()
  }
  return new Date(`${wall}+01:00`).toISOString()
}

/** Hour in Italy of an instant, as 'HH:MM'. */
export function oraItaliana(instant: Date): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant)
}

/** '2026-09-14' as '14/09/2026'; anything else is returned as it is. */
export function scriviGiorno(day: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  return match === null ? day : `${match[3]}/${match[2]}/${match[1]}`
}
