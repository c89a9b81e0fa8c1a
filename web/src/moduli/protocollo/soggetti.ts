/** Senders and parties: how they are written, checked and turned into what the API wants. Pure. */
import type { Corrispondente, Soggetto } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'

export interface SoggettoModulo {
  tipo: Soggetto['tipo']
  nome: string
  cognome: string
  denominazione: string
  codiceFiscale: string
  codiceIpa: string
  codiceAoo: string
  denominazioneAoo: string
  indirizzoDigitale: string
}

export const SOGGETTO_VUOTO: SoggettoModulo = {
  tipo: 'PF',
  nome: '',
  cognome: '',
  denominazione: '',
  codiceFiscale: '',
  codiceIpa: '',
  codiceAoo: '',
  denominazioneAoo: '',
  indirizzoDigitale: '',
}

/** The one line people read: 'Ventaglio Ortensia', 'Provincia di Valserena'. */
export function nomeSoggetto(soggetto: Soggetto | Corrispondente): string {
  return soggetto.tipo === 'PF' ? `${soggetto.cognome} ${soggetto.nome}`.trim() : soggetto.denominazione
}

/** The identifying code of a subject, when it has one. */
export function codiceSoggetto(soggetto: Soggetto | Corrispondente): string {
  if (soggetto.tipo === 'PF') return soggetto.codiceFiscale ?? ''
  if (soggetto.tipo === 'PG') return soggetto.codiceFiscalePartitaIva ?? ''
  return soggetto.tipo === 'PAI' ? soggetto.codiceIpa : ''
}

/** A subject of the API as editable fields. */
export function inModulo(soggetto: Soggetto): SoggettoModulo {
  const base = { ...SOGGETTO_VUOTO, tipo: soggetto.tipo, indirizzoDigitale: soggetto.indirizzoDigitale ?? '' }
  if (soggetto.tipo === 'PF')
    return { ...base, nome: soggetto.nome, cognome: soggetto.cognome, codiceFiscale: soggetto.codiceFiscale ?? '' }
  if (soggetto.tipo === 'PG')
    return { ...base, denominazione: soggetto.denominazione, codiceFiscale: soggetto.codiceFiscalePartitaIva ?? '' }
  if (soggetto.tipo === 'PAE') return { ...base, denominazione: soggetto.denominazione }
  return {
    ...base,
    denominazione: soggetto.denominazione,
    codiceIpa: soggetto.codiceIpa,
    codiceAoo: soggetto.codiceAoo ?? '',
    denominazioneAoo: soggetto.denominazioneAoo ?? '',
  }
}

function optional<K extends string>(key: K, value: string): Partial<Record<K, string>> {
  const trimmed = value.trim()
  return trimmed === '' ? {} : ({ [key]: trimmed } as Partial<Record<K, string>>)
}

/** Editable fields as a subject of the API; empty optional data are left out. */
export function inSoggetto(modulo: SoggettoModulo): Soggetto {
  const digital = optional('indirizzoDigitale', modulo.indirizzoDigitale)
  const denominazione = modulo.denominazione.trim()
  const code = modulo.codiceFiscale.toUpperCase()
  if (modulo.tipo === 'PF') {
    return { tipo: 'PF', nome: modulo.nome.trim(), cognome: modulo.cognome.trim(), ...optional('codiceFiscale', code), ...digital }
  }
  if (modulo.tipo === 'PG') return { tipo: 'PG', denominazione, ...optional('codiceFiscalePartitaIva', code), ...digital }
  if (modulo.tipo === 'PAE') return { tipo: 'PAE', denominazione, ...digital }
  return {
    tipo: 'PAI',
    denominazione,
    codiceIpa: modulo.codiceIpa.trim(),
    ...optional('codiceAoo', modulo.codiceAoo),
    ...optional('denominazioneAoo', modulo.denominazioneAoo),
    ...digital,
  }
}

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
const SHAPE = /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/

function rank(character: string): number {
  return /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65
}

/**
 * Checks an Italian codice fiscale of a person (16 characters, also with the substitutions for equal codes).
 * Null when it is right, otherwise what to tell the person.
 */
export function erroreCodiceFiscale(raw: string): string | null {
  const code = raw.trim().toUpperCase()
  if (code === '') return null
  if (code.length !== 16) return t.controlli.cfLunghezza(code.length)
  if (!SHAPE.test(code)) return t.controlli.cfForma
  let sum = 0
  for (let index = 0; index < 15; index += 1) {
    const value = rank(code.charAt(index))
    sum += index % 2 === 0 ? (ODD[value] ?? 0) : value
  }
  return String.fromCharCode(65 + (sum % 26)) === code.charAt(15) ? null : t.controlli.cfControllo
}

/** Checks an 11-digit partita IVA / codice fiscale of a body (or a 16-character one of a sole trader). Null when right. */
export function errorePartitaIva(raw: string): string | null {
  const code = raw.trim().toUpperCase()
  if (code === '') return null
  if (code.length === 16) return erroreCodiceFiscale(code)
  if (!/^\d{11}$/.test(code)) return t.controlli.pivaCifre
  let sum = 0
  for (let index = 0; index < 10; index += 1) {
    const digit = Number(code.charAt(index))
    const doubled = digit * 2
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled
  }
  return (10 - (sum % 10)) % 10 === Number(code.charAt(10)) ? null : t.controlli.pivaControllo
}
