import { codiceFiscaleControllo } from '../../metadata-schemas/codici/index.ts'

const MONTHS = 'ABCDEHLMPRST'
/** Place of birth of invented people: a code no municipality has. */
const LUOGO = 'X901'

function parts(name: string): { consonants: string; vowels: string } {
  const letters = name
    .normalize('NFD')
    .toUpperCase()
    .replaceAll(/[^A-Z]/gu, '')
  return { consonants: letters.replaceAll(/[AEIOU]/gu, ''), vowels: letters.replaceAll(/[^AEIOU]/gu, '') }
}

function surnameCode(surname: string): string {
  const { consonants, vowels } = parts(surname)
  return `${consonants}${vowels}XXX`.slice(0, 3)
}

function nameCode(name: string): string {
  const { consonants, vowels } = parts(name)
  const chosen = consonants.length >= 4 ? `${consonants.charAt(0)}${consonants.charAt(2)}${consonants.charAt(3)}` : consonants
  return `${chosen}${vowels}XXX`.slice(0, 3)
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}

/**
 * The codice fiscale of an invented person, born in a place that does not exist: right in form and control character, impossible as a real one.
 * `nascita` is `YYYY-MM-DD`.
 */
export function codiceFiscaleInventato(p: { cognome: string; nome: string; nascita: string; sesso: 'F' | 'M' }): string {
  const [year, month, day] = p.nascita.split('-').map(Number) as [number, number, number]
  const head = `${surnameCode(p.cognome)}${nameCode(p.nome)}${two(year % 100)}${MONTHS.charAt(month - 1)}${two(p.sesso === 'F' ? day + 40 : day)}${LUOGO}`
  return head + codiceFiscaleControllo(head)
}
