import { compareNumeri, formatCodice, readCodice } from './codici.ts'
import type { Titolario, Voce } from './modello.ts'

export interface OpzioniRicerca {
  /** At most this many voices; 20 if not said. */
  readonly limite?: number
  /** Only voices a document may be given. */
  readonly soloSelezionabili?: boolean
}

export interface VoceTrovata {
  readonly voce: Voce
  /** Why it was found, to be shown beside it. */
  readonly motivo: 'codice' | 'denominazione' | 'parola chiave' | 'voce superiore'
}

interface Entry {
  readonly voce: Voce
  readonly nome: readonly string[]
  readonly chiavi: readonly string[]
  readonly sopra: readonly string[]
}

// Words that say nothing about the subject; "richiesta" and its like open half of the letters a comune receives.
const emptyWords = new Set(
  'a ad al alla alle ai agli con da dal dalla dai d de dei del dell della delle degli di e ed i il in la le lo l gli nel nella o per su sul sulla un una uno'.split(
    ' ',
  ),
)
const weakWords = new Set('richiesta domanda istanza comunicazione trasmissione invio oggetto comune relativa presentazione'.split(' '))

const indexes = new WeakMap<Titolario, readonly Entry[]>()

/**
 * Finds voices as a clerk types: by code in any usual form (`VI/3`, `06.03`, `6.3`), by beginnings of words of the name, of the keywords and of
 * the voices above, whatever the accents and capitals. A code comes first, with what is under it. Words: the voices that answer to all of them,
 * and only when there is none those that answer to some; the best answers first, equal ones in the order of the plan. An empty text gives the
 * plan from its beginning.
 */
export function searchVoci(titolario: Titolario, testo: string, opzioni: OpzioniRicerca = {}): VoceTrovata[] {
  const limite = opzioni.limite ?? 20
  const admitted = (voce: Voce): boolean => opzioni.soloSelezionabili !== true || voce.selezionabile
  if (testo.trim() === '') {
    return titolario.voci
      .filter(admitted)
      .slice(0, limite)
      .map((voce) => ({ voce, motivo: 'denominazione' }))
  }
  const found = new Map<string, VoceTrovata>()
  for (const voce of byCode(titolario, testo)) found.set(voce.codice, { voce, motivo: 'codice' })
  for (const trovata of byWords(titolario, testo)) if (!found.has(trovata.voce.codice)) found.set(trovata.voce.codice, trovata)
  return [...found.values()].filter(({ voce }) => admitted(voce)).slice(0, limite)
}

/** Lower case, no accents, only letters and digits: `Mobilità` and `mobilita'` become the same word. */
export function normalizeWords(testo: string): string[] {
  return testo
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !emptyWords.has(word))
}

function byCode(titolario: Titolario, testo: string): Voce[] {
  const numeri = readCodice(testo)
  const voce = numeri === null ? null : titolario.find(formatCodice(numeri))
  if (voce === null) return []
  return titolario.voci.filter((other) => other.codice === voce.codice || other.codice.startsWith(`${voce.codice}/`))
}

function byWords(titolario: Titolario, testo: string): VoceTrovata[] {
  const all = normalizeWords(testo)
  const telling = all.filter((word) => !weakWords.has(word))
  const words = telling.length > 0 ? telling : all
  if (words.length === 0) return []
  const scored = indexOf(titolario)
    .map((entry) => score(entry, words))
    .filter((result) => result.matched > 0)
  const complete = scored.filter((result) => result.matched === words.length)
  return (complete.length > 0 ? complete : scored)
    .sort((left, right) => right.matched - left.matched || right.points - left.points || compareNumeri(left.voce.numeri, right.voce.numeri))
    .map(({ voce, motivo }) => ({ voce, motivo }))
}

interface Score extends VoceTrovata {
  readonly matched: number
  readonly points: number
}

function score(entry: Entry, words: readonly string[]): Score {
  let matched = 0
  let points = 0
  let inName = 0
  let inKeys = 0
  for (const word of words) {
    const name = strength(entry.nome, word)
    const key = strength(entry.chiavi, word)
    const above = strength(entry.sopra, word)
    if (name + key + above === 0) continue
    matched += 1
    inName += name
    inKeys += key
    points += Math.max(name * 3, key * 2, above)
  }
  const motivo = inName > 0 ? 'denominazione' : inKeys > 0 ? 'parola chiave' : 'voce superiore'
  return { voce: entry.voce, motivo, matched, points }
}

/** 3 for the word itself, 2 for a word that begins so, 1 when they differ in the ending (singular and plural), 0 otherwise. */
function strength(terms: readonly string[], word: string): number {
  let best = 0
  const stem = word.length >= 5 ? word.replace(/[aeiou]+$/, '') : word
  for (const term of terms) {
    if (term === word) return 3
    if (word.length >= 2 && term.startsWith(word)) best = 2
    else if (best === 0 && stem.length >= 4 && term.startsWith(stem) && term.length <= word.length + 1) best = 1
  }
  return best
}

function indexOf(titolario: Titolario): readonly Entry[] {
  const known = indexes.get(titolario)
  if (known !== undefined) return known
  const entries = titolario.voci.map((voce) => {
    const above = titolario.pathOf(voce.codice).slice(0, -1)
    return {
      voce,
      nome: normalizeWords(voce.denominazione),
      chiavi: normalizeWords(voce.paroleChiave.join(' ')),
      sopra: above.flatMap((ancestor) => normalizeWords([ancestor.denominazione, ...ancestor.paroleChiave].join(' '))),
    }
  })
  indexes.set(titolario, entries)
  return entries
}
