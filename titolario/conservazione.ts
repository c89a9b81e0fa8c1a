import { CONSERVAZIONE_PERMANENTE } from './modello.ts'

/** From when the years are counted. */
export const DECORRENZE = ['chiusura', 'documento'] as const
export type Decorrenza = (typeof DECORRENZE)[number]

/** A rule of the piano di conservazione, as it was approved (REQ-FASC-050). */
export interface Regola {
  /** Documentary type it is for; null for all. */
  readonly tipologia: string | null
  /** Type of fascicolo it is for; null for all. */
  readonly tipoFascicolo: string | null
  /** Years, 9999 for ever; null when only the condition says. */
  readonly anni: number | null
  /** A condition in words ("finché dura il vincolo"): who proposes the disposal must check it. */
  readonly condizione: string | null
  readonly decorrenza: Decorrenza
  /** The plan allows selecting inside the fascicolo: its documents follow their own times. */
  readonly sfoltimento: boolean
}

/** What is asked of the plan. */
export interface Oggetto {
  readonly tipologia?: string | null | undefined
  readonly tipoFascicolo?: string | null | undefined
}

/**
 * The rule for an object, or null: DA DEFINIRE. `percorso` holds the rules of each voice from the voice itself up to its titolo: the nearest voice that has a
 * rule for the object decides, and at the same voice the most specific rule (type of document and of fascicolo, then document, then fascicolo, then all).
 */
export function resolveRegola<R extends Regola>(percorso: readonly (readonly R[])[], oggetto: Oggetto): R | null {
  for (const regole of percorso) {
    const best = regole
      .filter((r) => applies(r, oggetto))
      .sort((left, right) => weight(right) - weight(left))
      .at(0)
    if (best !== undefined) return best
  }
  return null
}

function applies(r: Regola, o: Oggetto): boolean {
  const same = (wanted: string | null, got: string | null | undefined): boolean =>
    wanted === null || wanted.toLocaleLowerCase('it') === (got ?? '').toLocaleLowerCase('it')
  return same(r.tipologia, o.tipologia) && same(r.tipoFascicolo, o.tipoFascicolo)
}

const weight = (r: Regola): number => (r.tipologia === null ? 0 : 2) + (r.tipoFascicolo === null ? 0 : 1)

/** A time as the plan gives it: years, and whether they are still to be defined. */
export interface Tempo {
  readonly anni: number | null
  /** Whether the rule of this object allows selecting inside the fascicolo. */
  readonly sfoltimento: boolean
}

/**
 * How long a fascicolo is kept, years or 9999, null for DA DEFINIRE: the longest time inside it wins, unless its own rule allows internal selection and then
 * its own time holds (REQ-FASC-051). One undefined time inside makes the whole undefined, except that what is kept for ever stays so.
 */
export function longestConservazione(fascicolo: Tempo, documenti: readonly Pick<Tempo, 'anni'>[]): number | null {
  if (fascicolo.sfoltimento) return fascicolo.anni
  const all = [fascicolo, ...documenti].map((t) => t.anni)
  if (all.includes(CONSERVAZIONE_PERMANENTE)) return CONSERVAZIONE_PERMANENTE
  return all.reduce<number | null>((longest, anni) => (longest === null || anni === null ? null : Math.max(longest, anni)), 0)
}

/** `Permanente`, `10 anni`, `1 anno`, or `DA DEFINIRE`. */
export function formatConservazione(anni: number | null, condizione: string | null = null): string {
  const tempo = anni === null ? null : anni === CONSERVAZIONE_PERMANENTE ? 'Permanente' : anni === 1 ? '1 anno' : `${anni} anni`
  if (tempo === null) return condizione ?? 'DA DEFINIRE'
  return condizione === null ? tempo : `${tempo}, ${condizione}`
}
