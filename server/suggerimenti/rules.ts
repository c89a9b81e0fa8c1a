import { createHash } from 'node:crypto'
import { normalizeWords } from '../../titolario/index.ts'

/** What is known of a document before it is classified. */
export interface DocumentoDescritto {
  readonly oggetto: string
  /** Codice fiscale, partita IVA or digital address of who sent it; empty when unknown. */
  readonly mittente: string
  readonly tipologia: string
}

export type TipoSegno = 'parola' | 'mittente' | 'tipologia'

/** Something a document shows and from which its classe or office may be guessed. */
export interface Segno {
  /** Key in the memory: no personal datum in clear. */
  readonly chiave: string
  readonly tipo: TipoSegno
  /** As the person wrote it. */
  readonly testo: string
}

/** Key that every document shows: how many there were in all, and of each outcome. */
export const OGNI_DOCUMENTO = '*'
const PAROLE_MASSIME = 24
/** Words of every letter: they say nothing of the subject. */
const VUOTE = new Set(
  (
    'a ad al alla alle ai agli allo con da dal dalla dai dalle d de dei del dell della delle degli dello di e ed i il in la le lo l gli nel nella nelle o per presso su sul sulla ' +
    'un una uno che non si come richiesta domanda istanza comunicazione trasmissione invio oggetto comune relativa presentazione'
  ).split(' '),
)

/** A word without accents, capitals and final vowels: singular and plural become one. */
function stem(word: string): string {
  return word.length >= 5 ? word.replace(/[aeiou]+$/u, '') : word
}

/** What a document shows, without repetitions: the words of its oggetto that say something, who sent it, its kind. Pure. */
export function segniOf(d: DocumentoDescritto): Segno[] {
  const segni = new Map<string, Segno>()
  const words = normalizeWords(d.oggetto).filter((w) => w.length >= 3 && !VUOTE.has(w) && !/^\d+$/u.test(w))
  for (const word of words.slice(0, PAROLE_MASSIME)) {
    const chiave = `p:${stem(word)}`
    if (!segni.has(chiave)) segni.set(chiave, { chiave, tipo: 'parola', testo: word })
  }
  const mittente = d.mittente.trim().toLowerCase()
  if (mittente !== '') {
    const chiave = `m:${createHash('sha256').update(mittente).digest('hex').slice(0, 32)}`
    segni.set(chiave, { chiave, tipo: 'mittente', testo: d.mittente })
  }
  if (d.tipologia !== '') segni.set(`t:${d.tipologia}`, { chiave: `t:${d.tipologia}`, tipo: 'tipologia', testo: d.tipologia })
  return [...segni.values()]
}

/** How many documents with a sign had an outcome. */
export interface Conteggio {
  readonly chiave: string
  readonly esito: string
  readonly quante: number
}

/** An outcome in its place, with the signs that speak for it. */
export interface Candidato {
  readonly esito: string
  readonly punti: number
  /** Strongest first; `volte` documents of `su` with that sign had this outcome. */
  readonly prove: readonly { readonly segno: Segno; readonly volte: number; readonly su: number }[]
}

/** Documents an unseen combination is worth: a word met once decides nothing. */
const PRUDENZA = 2

/**
 * The outcomes in order of likelihood, by the signs of a document and what the memory counted: for each outcome, how much more often than elsewhere its
 * documents show those signs (naive Bayes, Dirichlet smoothing). Only outcomes for which some sign speaks. `conteggi` holds the rows of the signs and of
 * `OGNI_DOCUMENTO`. Pure.
 */
export function rankEsiti(segni: readonly Segno[], conteggi: readonly Conteggio[]): Candidato[] {
  const byKey = new Map<string, Map<string, number>>()
  for (const { chiave, esito, quante } of conteggi) {
    const row = byKey.get(chiave) ?? new Map<string, number>()
    row.set(esito, quante)
    byKey.set(chiave, row)
  }
  const every = byKey.get(OGNI_DOCUMENTO) ?? new Map<string, number>()
  const total = sum(every)
  const known = segni.flatMap((segno) => {
    const row = byKey.get(segno.chiave)
    return row === undefined ? [] : [{ segno, row, su: sum(row) }]
  })
  const candidates = [...every].flatMap(([esito, quante]) => {
    const prove = known.map(({ segno, row, su }) => {
      const common = su / total
      const here = ((row.get(esito) ?? 0) + PRUDENZA * common) / (quante + PRUDENZA)
      return { segno, volte: row.get(esito) ?? 0, su, peso: Math.log(here / common) }
    })
    const speaking = prove.filter((p) => p.volte > 0 && p.peso > 0).toSorted((a, b) => b.peso - a.peso)
    if (speaking.length === 0) return []
    const punti = Math.log(quante / total) + prove.reduce((n, p) => n + p.peso, 0)
    return [{ esito, punti, prove: speaking.map(({ segno, volte, su }) => ({ segno, volte, su })) }]
  })
  return candidates.toSorted((a, b) => b.punti - a.punti || (a.esito < b.esito ? -1 : 1))
}

function sum(row: ReadonlyMap<string, number>): number {
  let total = 0
  for (const n of row.values()) total += n
  return total
}

/** Why a candidate is proposed, in words: the strongest signs with what they are worth, at most two. Pure. */
export function spiegaCandidato(c: Pick<Candidato, 'prove'>): string {
  const words = c.prove.filter((p) => p.segno.tipo === 'parola').slice(0, 2)
  const sender = c.prove.find((p) => p.segno.tipo === 'mittente')
  const kind = c.prove.find((p) => p.segno.tipo === 'tipologia')
  const times = (p: { volte: number; su: number }): string => (p.su === 1 ? '1 volta su 1' : `${p.volte} volte su ${p.su}`)
  const parts = [
    ...(sender === undefined ? [] : [`stesso mittente: ${times(sender)}`]),
    ...words.map((p) => `parola «${p.segno.testo}»: ${times(p)}`),
    ...(sender === undefined && words.length === 0 && kind !== undefined ? [`tipo «${kind.segno.testo}»: ${times(kind)}`] : []),
  ].slice(0, 2)
  const text = parts.join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** A rule of the ente: where it holds, what it proposes comes before what the memory says. */
export interface Regola {
  readonly id: string
  readonly parole: string
  readonly mittente: string
  readonly voceId: string | null
  readonly ufficioId: string | null
}

/** True when every word of the rule is in the oggetto and its sender, if any, is the sender. A rule without either holds for nothing. Pure. */
export function regolaVale(r: Pick<Regola, 'parole' | 'mittente'>, d: DocumentoDescritto): boolean {
  const wanted = normalizeWords(r.parole).map(stem)
  if (wanted.length === 0 && r.mittente === '') return false
  const present = new Set(normalizeWords(d.oggetto).map(stem))
  return wanted.every((w) => present.has(w)) && (r.mittente === '' || r.mittente.toLowerCase() === d.mittente.trim().toLowerCase())
}

/** Place of what was chosen among what was proposed: 1 the first, 0 not proposed, null when nothing was proposed. Pure. */
export function rangoOf(proposti: readonly string[], scelto: string): number | null {
  return proposti.length === 0 ? null : proposti.indexOf(scelto) + 1
}
