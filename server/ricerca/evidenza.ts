/** A piece of a text: `trovata` when it is what was searched for. Data and never HTML: the page decides how to show it. */
export interface Pezzo {
  readonly testo: string
  readonly trovata: boolean
}

/** Letters around a hit that a snippet shows. */
const INTORNO = 90
const accenti: Readonly<Record<string, string>> = {
  a: '[aàáâäã]',
  c: '[cç]',
  e: '[eèéêë]',
  i: '[iìíîï]',
  n: '[nñ]',
  o: '[oòóôöõ]',
  u: '[uùúûü]',
}

/** What finds the searched words in a text as it was written: `parole` are normalised, and find the words that begin with them. Null without words. */
export function toRicercatore(parole: readonly string[]): RegExp | null {
  const words = parole.filter((word) => word.length > 1 || /\d/u.test(word))
  if (words.length === 0) return null
  const longest = words.toSorted((a, b) => b.length - a.length)
  const pattern = longest.map((word) => [...word].map((letter) => accenti[letter] ?? letter.replaceAll(/[^\p{L}\p{N}]/gu, '')).join(''))
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern.join('|')})[\\p{L}\\p{N}]*`, 'giu')
}

/** A text cut where the searched words are. */
export function evidenzia(testo: string, ricercatore: RegExp | null): Pezzo[] {
  if (testo === '') return []
  if (ricercatore === null) return [{ testo, trovata: false }]
  const pezzi: Pezzo[] = []
  let end = 0
  for (const m of testo.matchAll(ricercatore)) {
    if (m.index > end) pezzi.push({ testo: testo.slice(end, m.index), trovata: false })
    pezzi.push({ testo: m[0], trovata: true })
    end = m.index + m[0].length
  }
  if (end < testo.length) pezzi.push({ testo: testo.slice(end), trovata: false })
  return pezzi
}

/** Some words around the first hit of a long text, cut at spaces; null when there is no hit. */
export function estratto(testo: string, ricercatore: RegExp | null): Pezzo[] | null {
  if (ricercatore === null) return null
  ricercatore.lastIndex = 0
  const hit = ricercatore.exec(testo)
  ricercatore.lastIndex = 0
  if (hit === null) return null
  const from = Math.max(0, hit.index - INTORNO)
  const to = Math.min(testo.length, hit.index + hit[0].length + INTORNO)
  const start = from === 0 ? 0 : testo.indexOf(' ', from) + 1
  const stop = to === testo.length ? to : Math.max(testo.lastIndexOf(' ', to), hit.index + hit[0].length)
  const cut = testo.slice(start > hit.index ? from : start, stop).replaceAll(/\s+/gu, ' ')
  return evidenzia(`${start > 0 ? '… ' : ''}${cut}${stop < testo.length ? ' …' : ''}`, ricercatore)
}
