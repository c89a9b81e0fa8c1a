import { gettone, mesiTra } from './gettoni.ts'
import { sinonimiDi } from './parole.ts'
import type { Campo, Domanda, Elemento, Termine } from './domanda.ts'

/** What the database knows of a word: its Italian root (null for a word without meaning) and the words of the ente that hold it or look like it. */
export interface Espansione {
  readonly radice: string | null
  /** The others that begin so, by name; null where they are too many, and then all words that begin so are looked for. */
  readonly inizianti: readonly string[] | null
  readonly contenenti: readonly string[]
  readonly simili: readonly string[]
}

/** What compiling a question needs from outside. */
export interface Contesto {
  readonly oggi: string
  readonly espansioni: ReadonlyMap<string, Espansione>
  /** Ids of the offices that a filter's words name. */
  readonly uffici: (parole: readonly string[]) => readonly string[]
  /** Codes under which the index may hold a voice and those it continues or that continue it, where they are not only its own (REQ-TIT-007). */
  readonly voci?: ReadonlyMap<string, readonly string[]>
  /** Mistakes are forgiven only when nothing else was found. */
  readonly perdona: boolean
}

/** Shortest word that also finds those that begin with it. */
const INIZIO = 3
const MESI = 60

/** A word between quotes, with nothing in it that could mean something to PostgreSQL. */
function lexeme(word: string, prefix = false): string {
  const clean = word.replaceAll(/[^\p{L}\p{N}]/gu, '')
  return `'${clean === '' ? 'zz0' : clean}'${prefix ? ':*' : ''}`
}
const either = (parts: readonly string[]): string => (parts.length === 1 ? (parts[0] as string) : `( ${[...new Set(parts)].join(' | ')} )`)
const all = (parts: readonly string[]): string => (parts.length === 1 ? (parts[0] as string) : `( ${parts.join(' & ')} )`)
/** A word that is in no document. */
const NESSUNO = "'zz0'"

/**
 * The parts of a question, each a PostgreSQL `tsquery`, all of which must hold; none when it asks nothing. They are of the index's own words, so that one index
 * answers all of them; what days mean inside a month and the text of a segnatura are left to `condizioni`.
 */
export function toParti(domanda: Domanda, c: Contesto): string[] {
  const parts = domanda.gruppi.flatMap((gruppo) => {
    const options = gruppo.flatMap((e) => toPart(e, c))
    return options.length === 0 ? [] : [either(options)]
  })
  const period = periodOf(domanda, c.oggi)
  return [...parts, ...(period === null ? [] : [period])]
}

function toPart({ termine, nega }: Elemento, c: Contesto): string[] {
  const part = positive(termine, nega ? { ...c, espansioni: asTyped(c.espansioni) } : c)
  return part === null ? [] : [nega ? `!${part}` : part]
}

/** What is excluded is what was typed and what begins so: neither its root nor what resembles it. */
function asTyped(espansioni: Contesto['espansioni']): Contesto['espansioni'] {
  return new Map([...espansioni].map(([word, e]) => [word, { radice: null, inizianti: e.inizianti, contenenti: [], simili: [] }]))
}

function positive(t: Termine, c: Contesto): string | null {
  switch (t.tipo) {
    case 'parole':
      return t.campo === 'tutto' ? inText(t.parole, t.esatta, c) : inField(t.campo, t.parole, c)
    case 'numero':
      return t.anno === null
        ? either([lexeme(gettone.numero(t.numero, null)), lexeme(String(t.numero))])
        : lexeme(gettone.numero(t.numero, t.anno))
    case 'segnatura':
      return lexeme(gettone.numero(t.numero, t.anno))
    case 'impronta':
      return lexeme(gettone.impronta(t.prefisso), true)
    case 'emergenza':
      return lexeme(gettone.emergenza(t.codice))
    case 'protocolloMittente':
      return lexeme(gettone.protocolloMittente(t.testo))
    case 'voce':
      return either((c.voci?.get(t.codice) ?? [t.codice]).map((codice) => lexeme(gettone.voce(codice), true)))
    case 'ufficio': {
      const ids = c.uffici(t.parole)
      return ids.length === 0 ? NESSUNO : either(ids.map((id) => lexeme(gettone.ufficio(id))))
    }
    case 'ufficioId':
      return lexeme(gettone.ufficio(t.id))
    case 'statoIndice':
      return lexeme(gettone.stato(t.valore))
    case 'verso':
      return lexeme(gettone.verso(t.valore))
    case 'stato':
      return lexeme(gettone.stato(t.valore))
    case 'anno':
      return lexeme(gettone.anno(t.anno))
    case 'canale':
      return lexeme(gettone.canale(t.valore))
    case 'fascicolo':
    case 'da':
    case 'a':
      return null
  }
}

function inText(parole: readonly string[], esatta: boolean, c: Contesto): string {
  if (parole.length === 1 && !esatta) return either(formsOf(parole[0] as string, c))
  const last = parole.length - 1
  return `( ${parole.map((word, i) => lexeme(word, !esatta && i === last && word.length >= INIZIO)).join(' <-> ')} )`
}

/**
 * Whether a word is looked for by its beginning. Where those that begin so are named it is not: PostgreSQL would read the whole list of each of them, in which names can be
 * skipped through. Names are words of letters only; where nothing was found, words such as `casa2bis` are looked for as well.
 */
function byBeginning(word: string, c: Contesto): boolean {
  return word.length >= INIZIO && (c.perdona || (c.espansioni.get(word)?.inizianti ?? null) === null)
}

/** Every way a word may stand in the index. */
function formsOf(word: string, c: Contesto): string[] {
  const e = c.espansioni.get(word)
  const forms = [lexeme(word, byBeginning(word, c)), ...(c.perdona ? [] : (e?.inizianti ?? [])).map((other) => lexeme(other))]
  if (e?.radice != null) forms.push(lexeme(e.radice))
  for (const other of [...sinonimiDi(word), ...(e?.contenenti ?? []), ...(c.perdona ? (e?.simili ?? []) : [])]) forms.push(lexeme(other))
  return forms
}

function inField(campo: Exclude<Campo, 'tutto'>, parole: readonly string[], c: Contesto): string {
  const mark = gettone[campo]
  return all(
    parole.map((word) => {
      const e = c.espansioni.get(word)
      const others = [...(e?.contenenti ?? []), ...(c.perdona ? (e?.simili ?? []) : [])]
      return either([
        lexeme(mark(word), byBeginning(word, c)),
        ...[...(c.perdona ? [] : (e?.inizianti ?? [])), ...others].map((other) => lexeme(mark(other))),
      ])
    }),
  )
}

/** First and last day of a question, where it says them. */
export function giorniOf(domanda: Domanda): { da: string | null; a: string | null } {
  const days = (tipo: 'da' | 'a'): string[] =>
    domanda.gruppi.flatMap((g) => g.flatMap((e) => (e.termine.tipo === tipo && !e.nega ? [e.termine.giorno] : [])))
  return { da: days('da').toSorted().at(-1) ?? null, a: days('a').toSorted().at(0) ?? null }
}

/** The months of the days asked, when they are few enough to be named. */
function periodOf(domanda: Domanda, oggi: string): string | null {
  const { da, a } = giorniOf(domanda)
  if (da === null) return null
  const mesi = mesiTra(da, a ?? (oggi > da ? oggi : da), MESI)
  if (mesi === null) return null
  return mesi.length === 0 ? NESSUNO : either(mesi.map((m) => lexeme(gettone.mese(m))))
}

/** The words of a question that are searched as words, each once: what highlights are asked for. */
export function paroleOf(domanda: Domanda): string[] {
  return allWords(domanda, (e) => !e.nega)
}

/** Those of `paroleOf` and the excluded ones: what expansions are asked for. */
export function paroleDaEspandere(domanda: Domanda): string[] {
  return allWords(domanda, () => true)
}

function allWords(domanda: Domanda, wanted: (e: Elemento) => boolean): string[] {
  return [...new Set(domanda.gruppi.flatMap((g) => g.flatMap((e) => (e.termine.tipo === 'parole' && wanted(e) ? e.termine.parole : []))))]
}
