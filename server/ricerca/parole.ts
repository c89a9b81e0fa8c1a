/** Longest word kept: longer ones are encodings, not words. */
const LUNGHEZZA = 40

/** Articles, prepositions and conjunctions: they say nothing to who searches, and are everywhere. */
const vuote = new Set(
  `a ad ai al alla alle allo agli all con col da dai dal dalla dalle dallo dagli dall de dei del della delle dello degli dell di e ed gli i il in la le lo nei nel
   nella nelle nello negli nell o od per su sui sul sulla sulle sullo sugli sull tra fra un una uno l d c che si`.split(/\s+/u),
)

/** Words that people use for those of the product: either finds the other (ux.md rule 10). */
const sinonimi: readonly (readonly string[])[] = [
  ['entrata', 'arrivo'],
  ['uscita', 'partenza'],
  ['assegnazione', 'smistamento'],
  ['fascicolo', 'pratica', 'cartella'],
]

/** The words of a text as they are compared: lower case, no accents, only letters and digits (`Mobilità` and `mobilita'` are one). */
export function splitParole(testo: string): string[] {
  return testo
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word.length <= LUNGHEZZA)
}

/** The words worth looking for. */
export function parolePiene(testo: string): string[] {
  return splitParole(testo).filter((word) => !vuote.has(word))
}

/** A text as the index reads it: its words and nothing else. */
export function toIndice(testo: string): string {
  return splitParole(testo).join(' ')
}

/** Words that complete others or forgive mistakes: of letters only, three or more, each once, at most `limite`. */
export function vocabolario(testi: readonly string[], limite = 3000): string[] {
  const found = new Set<string>()
  for (const testo of testi) {
    for (const word of splitParole(testo)) {
      if (found.size >= limite) return [...found]
      if (/^\p{L}{3,}$/u.test(word) && !vuote.has(word)) found.add(word)
    }
  }
  return [...found]
}

/** The other words for this one; none for most. */
export function sinonimiDi(parola: string): readonly string[] {
  return sinonimi.find((group) => group.includes(parola))?.filter((word) => word !== parola) ?? []
}

/** How many letters must be added, taken, changed or exchanged with their neighbour to make one word of the other. */
export function distanza(left: string, right: string): number {
  let before: number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, i) => i)
  for (let i = 1; i <= left.length; i++) {
    const row = [i]
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1] ? 0 : 1
      let best = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + same)
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1)
      row.push(best)
    }
    before = previous
    previous = row
  }
  return previous[right.length] ?? 0
}

/** Mistakes forgiven in a word of this length. */
export function tolleranza(parola: string): number {
  return parola.length < 4 ? 0 : parola.length < 8 ? 1 : 2
}
