/** Codice fiscale of natural persons (DM 12 March 1974, DM 23 December 1976): form, birthday, control character, omocodia. Pure functions. */

const OMOCODIA = 'LMNPQRSTUV'
const DIGIT_POSITIONS = [6, 7, 9, 10, 12, 13, 14] as const
const MONTHS = 'ABCDEHLMPRST'
/** Weights of the characters in odd position (first, third, …), digits 0-9 then letters A-Z. */
const ODD_DIGITS = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21] as const
const ODD_LETTERS = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23] as const

/** Upper case without spaces, as the code is written in registers and metadata. */
export function normalizeCodiceFiscale(text: string): string {
  return text.replace(/\s+/gu, '').toUpperCase()
}

function weight(character: string, odd: boolean): number {
  const isDigit = character >= '0' && character <= '9'
  const value = isDigit ? Number(character) : character.charCodeAt(0) - 65
  if (!odd) return value
  return (isDigit ? ODD_DIGITS[value] : ODD_LETTERS[value]) ?? 0
}

/** Control character of the first fifteen characters (upper case letters and digits, omocodia letters weighed as letters). */
export function codiceFiscaleControllo(firstFifteen: string): string {
  let sum = 0
  for (let index = 0; index < 15; index += 1) sum += weight(firstFifteen.charAt(index), index % 2 === 0)
  return String.fromCharCode(65 + (sum % 26))
}

/** The same code with every omocodia letter turned back into its digit: two such codes can be compared. The control character is recomputed. */
export function senzaOmocodia(codice: string): string {
  const characters = [...codice]
  for (const position of DIGIT_POSITIONS) {
    const digit = OMOCODIA.indexOf(characters[position] ?? '')
    if (digit >= 0) characters[position] = String(digit)
  }
  const head = characters.slice(0, 15).join('')
  return head + codiceFiscaleControllo(head)
}

function characterFault(codice: string): string | null {
  for (let index = 0; index < 16; index += 1) {
    const character = codice.charAt(index)
    const where = `Il carattere ${index + 1} («${character}») del codice fiscale`
    if (DIGIT_POSITIONS.some((position) => position === index)) {
      if (!/[0-9LMNPQRSTUV]/.test(character)) return `${where} deve essere una cifra.`
    } else if (index === 8) {
      if (!MONTHS.includes(character)) return `${where} non indica un mese.`
    } else if (!/[A-Z]/.test(character)) return `${where} deve essere una lettera.`
  }
  return null
}

/**
 * Null when the code is right; otherwise one Italian sentence that names the fault and, where there is one, the position of the wrong character
 * (counted from 1). Wants the written form (`normalizeCodiceFiscale`). The birthday is checked for plausibility (01-31, 41-71), not against a calendar.
 */
export function codiceFiscaleErrore(codice: string): string | null {
  if (codice === '') return 'Manca il codice fiscale.'
  if (/^[0-9]{11}$/.test(codice)) return 'Il codice di 11 cifre è di un’organizzazione o provvisorio: per una persona servono 16 caratteri.'
  const strange = /[^A-Z0-9]/u.exec(codice)
  if (strange) {
    const lower = /[a-z]/.test(strange[0])
    return `Il carattere ${strange.index + 1} («${strange[0]}») del codice fiscale ${lower ? 'va scritto maiuscolo' : 'non è ammesso: solo lettere e cifre'}.`
  }
  if (codice.length !== 16) return `Il codice fiscale ha ${codice.length} caratteri: devono essere 16.`
  const fault = characterFault(codice)
  if (fault !== null) return fault
  const day = Number(senzaOmocodia(codice).slice(9, 11)) % 40
  if (day < 1 || day > 31) return `I caratteri 10 e 11 («${codice.slice(9, 11)}») del codice fiscale non indicano un giorno di nascita.`
  const control = codiceFiscaleControllo(codice)
  if (codice.charAt(15) !== control) {
    return `Il carattere di controllo del codice fiscale (il 16º, «${codice.charAt(15)}») non torna con gli altri: ricontrolla il codice.`
  }
  return null
}

/** True for a right codice fiscale of a natural person in its written form (16 upper-case characters). */
export function isCodiceFiscale(codice: string): boolean {
  return codiceFiscaleErrore(codice) === null
}
