import { compareNumeri } from './codici.ts'
import type { Titolario, Voce } from './modello.ts'
import { normalizeWords } from './ricerca.ts'
import { espandi, SINONIMI_COMUNI, stem } from './sinonimi.ts'

/** What of a voice answered. */
export const FONTI = ['denominazione', 'parola chiave', 'esempio', 'descrizione', 'voce superiore'] as const
export type Fonte = (typeof FONTI)[number]

/** One reason: a word of the text, where it was found, and the synonym it was found through. */
export interface Ragione {
  readonly parola: string
  readonly fonte: Fonte
  /** The keyword, example or name that contains it. */
  readonly trovataIn: string
  readonly sinonimoDi: string | null
}

/** A voice where a document could go, with its reasons, best first. */
export interface Destinazione {
  readonly voce: Voce
  readonly punti: number
  readonly ragioni: readonly Ragione[]
  /** The reasons as one Italian sentence. */
  readonly spiegazione: string
}

/** What a voice has besides its name and keywords. */
export interface TestiVoce {
  readonly descrizione: string
  readonly esempi: readonly string[]
}

/** Options of the tester. */
export interface OpzioniProva {
  readonly limite?: number
  /** Groups of synonyms of the ente, after the general ones. */
  readonly sinonimi?: readonly (readonly string[])[]
  /** Descriptions and examples by code. */
  readonly testi?: ReadonlyMap<string, TestiVoce>
}

const weights: Readonly<Record<Fonte, number>> = { denominazione: 4, 'parola chiave': 3, esempio: 3, descrizione: 1.5, 'voce superiore': 1 }
const SINONIMO = 0.7
const weak = new Set(
  'richiesta domanda istanza comunicazione trasmissione invio oggetto comune relativa presentazione servizio ufficio pratica documento non come per'
    .split(' ')
    .map(stem),
)

interface Term {
  readonly parola: string
  readonly sinonimoDi: string | null
}

/**
 * "Dove finirebbe…?": the voices a document with this subject could be given, best first, each with the words that led there. A rare word says more than
 * one that many voices share; words that open half of the letters say nothing. A synonym counts less than the word itself. Only voices a document may
 * be given; empty when no word answers.
 */
export function findDestinazioni(titolario: Titolario, testo: string, opzioni: OpzioniProva = {}): Destinazione[] {
  const terms = termsOf(testo, opzioni.sinonimi ?? [])
  const entries = titolario.voci
    .filter((voce) => voce.selezionabile)
    .map((voce) => ({ voce, parts: partsOf(titolario, voce, opzioni.testi) }))
  const reasons = entries.map(({ voce, parts }) => ({ voce, found: terms.flatMap((term) => match(term, parts)) }))
  const frequency = new Map<string, number>()
  for (const { found } of reasons)
    for (const parola of new Set(found.map((r) => r.parola))) frequency.set(parola, (frequency.get(parola) ?? 0) + 1)
  return reasons
    .filter(({ found }) => found.length > 0)
    .map(({ voce, found }) => toDestinazione(voce, found, frequency, entries.length))
    .sort((left, right) => right.punti - left.punti || compareNumeri(left.voce.numeri, right.voce.numeri))
    .slice(0, opzioni.limite ?? 5)
}

function termsOf(testo: string, own: readonly (readonly string[])[]): Term[] {
  const all = [...new Set(normalizeWords(testo))]
  const telling = all.filter((word) => !weak.has(stem(word)) && !/^\d+$/u.test(word))
  const terms: Term[] = (telling.length > 0 ? telling : all).map((parola) => ({ parola, sinonimoDi: null }))
  for (const { parola, sinonimi } of espandi(testo, [...SINONIMI_COMUNI, ...own]))
    for (const sinonimo of sinonimi) terms.push({ parola: sinonimo, sinonimoDi: parola })
  return terms
}

interface Part {
  readonly fonte: Fonte
  readonly testo: string
  readonly parole: ReadonlySet<string>
}

function partsOf(titolario: Titolario, voce: Voce, testi: ReadonlyMap<string, TestiVoce> | undefined): Part[] {
  const part = (fonte: Fonte, testo: string, mostrato = testo): Part => ({
    fonte,
    testo: mostrato,
    parole: new Set(normalizeWords(testo).map(stem)),
  })
  const more = testi?.get(voce.codice)
  const above = titolario.pathOf(voce.codice).slice(0, -1)
  return [
    part('denominazione', voce.denominazione),
    ...voce.paroleChiave.map((chiave) => part('parola chiave', chiave)),
    ...(more?.esempi ?? []).map((esempio) => part('esempio', esempio)),
    ...(more === undefined || more.descrizione === '' ? [] : [part('descrizione', more.descrizione)]),
    ...above.flatMap((ancestor) =>
      [ancestor.denominazione, ...ancestor.paroleChiave].map((testo) => part('voce superiore', testo, `${ancestor.codice} ${testo}`)),
    ),
  ]
}

/** The best place where a term answers: all of its words in the same part. */
function match(term: Term, parts: readonly Part[]): Ragione[] {
  const words = normalizeWords(term.parola).map(stem)
  const [best] = parts
    .filter((part) => words.length > 0 && words.every((word) => part.parole.has(word)))
    .sort((left, right) => weights[right.fonte] - weights[left.fonte])
  return best === undefined ? [] : [{ parola: term.parola, fonte: best.fonte, trovataIn: best.testo, sinonimoDi: term.sinonimoDi }]
}

function toDestinazione(voce: Voce, found: readonly Ragione[], frequency: ReadonlyMap<string, number>, voices: number): Destinazione {
  const worth = (r: Ragione): number =>
    weights[r.fonte] * (r.sinonimoDi === null ? 1 : SINONIMO) * Math.log(1 + voices / (frequency.get(r.parola) ?? 1))
  // Of a group of synonyms the best counts, not their number.
  const best = new Map<string, Ragione>()
  for (const r of found) {
    const key = r.sinonimoDi === null ? `= ${r.parola}` : `~ ${r.sinonimoDi}`
    const known = best.get(key)
    if (known === undefined || worth(r) > worth(known)) best.set(key, r)
  }
  const ragioni = [...best.values()].sort((left, right) => worth(right) - worth(left))
  const punti = Math.round(ragioni.reduce((sum, r) => sum + worth(r), 0) * 100) / 100
  return { voce, punti, ragioni, spiegazione: ragioni.slice(0, 3).map(explain).join('; ') }
}

const places: Readonly<Record<Fonte, string>> = {
  denominazione: 'è nella denominazione',
  'parola chiave': 'è nella parola chiave',
  esempio: 'è nell’esempio',
  descrizione: 'è nella descrizione',
  'voce superiore': 'è nella voce superiore',
}

function explain(r: Ragione): string {
  const where = r.fonte === 'denominazione' || r.fonte === 'descrizione' ? places[r.fonte] : `${places[r.fonte]} «${r.trovataIn}»`
  return r.sinonimoDi === null ? `«${r.parola}» ${where}` : `«${r.parola}», sinonimo di «${r.sinonimoDi}», ${where}`
}
