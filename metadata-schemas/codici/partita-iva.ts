/** Partita IVA and eleven-digit codice fiscale: ASCII digits with a Luhn control digit (DPR 605/1973; DM 23 December 1976). Pure functions. */

/** Control digit of the first ten digits. */
export function partitaIvaControllo(firstTen: string): string {
  let sum = 0
  for (let index = 0; index < 10; index += 1) {
    const digit = Number(firstTen.charAt(index))
    const doubled = digit * 2
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled
  }
  return String((10 - (sum % 10)) % 10)
}

/** Null when the code is right, otherwise one Italian sentence. Wants eleven digits: no country prefix, no spaces. */
export function partitaIvaErrore(codice: string): string | null {
  if (codice === '') return 'Manca la partita IVA.'
  if (/^IT[0-9]{11}$/i.test(codice)) return 'La partita IVA va scritta senza il prefisso IT.'
  const strange = /[^0-9]/u.exec(codice)
  if (strange) return `Il carattere ${strange.index + 1} («${strange[0]}») non è una cifra: la partita IVA ha 11 cifre.`
  if (codice.length !== 11) return `La partita IVA ha ${codice.length} cifre: devono essere 11.`
  if (codice === '00000000000') return 'La partita IVA non può essere fatta di soli zeri.'
  if (codice.charAt(10) !== partitaIvaControllo(codice))
    return 'La cifra di controllo della partita IVA (l’undicesima) non torna con le altre.'
  return null
}

/** True for a right partita IVA or eleven-digit codice fiscale. */
export function isPartitaIva(codice: string): boolean {
  return partitaIvaErrore(codice) === null
}
