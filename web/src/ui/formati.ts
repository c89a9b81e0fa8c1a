/** Numbers, dates and sizes in Italian, always in the Italian time zone. Pure. */
import { scriviGiorno } from './date.ts'

const ZONE = 'Europe/Rome'
const dayFormat = new Intl.DateTimeFormat('it-IT', { timeZone: ZONE, day: '2-digit', month: '2-digit', year: 'numeric' })
const timeFormat = new Intl.DateTimeFormat('it-IT', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' })
const longFormat = new Intl.DateTimeFormat('it-IT', { timeZone: ZONE, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const shortFormat = new Intl.DateTimeFormat('it-IT', { timeZone: ZONE, day: 'numeric', month: 'short' })
const numberFormat = new Intl.NumberFormat('it-IT', { useGrouping: 'always' })
const pluralRules = new Intl.PluralRules('it-IT')

const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value)

/** '14/09/2026' for an instant or a day. */
export function giorno(value: string | null | undefined): string {
  if (value === null || value === undefined || value === '') return ''
  if (isDay(value)) return scriviGiorno(value)
  const date = new Date(value)
  return Number.isNaN(date.getTime()) ? value : dayFormat.format(date)
}

/** '08:12' for an instant, nothing for a day. */
export function ora(value: string | null | undefined): string {
  if (value === null || value === undefined || value === '' || isDay(value)) return ''
  const date = new Date(value)
  return Number.isNaN(date.getTime()) ? '' : timeFormat.format(date)
}

/** '14/09/2026, 08:12', or the day alone when there is no hour. */
export function giornoEOra(value: string | null | undefined): string {
  const hour = ora(value)
  return hour === '' ? giorno(value) : `${giorno(value)}, ${hour}`
}

/** 'lunedì 14 settembre 2026'. */
export function giornoLungo(value: Date): string {
  return longFormat.format(value)
}

/** '14 set' for charts. */
export function giornoBreve(value: string): string {
  const date = new Date(isDay(value) ? `${value}T12:00:00Z` : value)
  return Number.isNaN(date.getTime()) ? value : shortFormat.format(date)
}

/** Hour today, day otherwise: what a queue needs. */
export function quando(value: string, oggi: string): string {
  const date = giorno(value)
  return date === scriviGiorno(oggi) ? ora(value) : date.slice(0, 5)
}

/** '1.248'. */
export function numero(value: number): string {
  return numberFormat.format(value)
}

/** '38 kB', '4,2 MB'. */
export function peso(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined || !Number.isFinite(bytes)) return ''
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${numberFormat.format(Math.max(1, Math.round(bytes / 1000)))} kB`
  return `${new Intl.NumberFormat('it-IT', { maximumFractionDigits: 1 }).format(bytes / 1_000_000)} MB`
}

/** Picks the Italian plural form: one for 1, other for the rest (0 included). */
export function plurale(count: number, forms: { one: string; other: string }): string {
  return (pluralRules.select(count) === 'one' ? forms.one : forms.other).replace('#', numberFormat.format(count))
}

/** 'PDF', 'DOCX', 'XML'… for people, from the name and the media type. */
export function tipoFile(nome: string, mime: string): string {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(nome)?.[1]
  if (extension !== undefined) return extension.toUpperCase()
  return (mime.split('/')[1] ?? mime).toUpperCase()
}
