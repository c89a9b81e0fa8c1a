import { CONSERVAZIONE_PERMANENTE, longestConservazione } from '../../titolario/index.ts'
import type { Decorrenza } from '../../titolario/index.ts'
import { statiVoce } from './schema.ts'
import type { EsitoAutorizzazione, StatoVoce } from './schema.ts'

/** From each state of an item, those that may follow; the database holds the same table (REQ-CONS-211). */
export const PASSI: Readonly<Record<StatoVoce, readonly StatoVoce[]>> = {
  PROPOSTO: ['VERIFICATO', 'ESCLUSO', 'SOSPESO_PER_VINCOLO'],
  VERIFICATO: ['RICHIESTO', 'ESCLUSO', 'SOSPESO_PER_VINCOLO'],
  RICHIESTO: ['AUTORIZZATO', 'NON_AUTORIZZATO', 'SOSPESO_PER_VINCOLO'],
  AUTORIZZATO: ['ORDINATO', 'SOSPESO_PER_VINCOLO'],
  NON_AUTORIZZATO: [],
  ORDINATO: ['DISTRUTTO_IN_CONSERVAZIONE', 'SOSPESO_PER_VINCOLO'],
  DISTRUTTO_IN_CONSERVAZIONE: ['DISTRUTTO_LOCALMENTE'],
  DISTRUTTO_LOCALMENTE: ['BACKUP_AGGIORNATI'],
  BACKUP_AGGIORNATI: ['COMUNICATO'],
  COMUNICATO: [],
  ESCLUSO: [],
  SOSPESO_PER_VINCOLO: ['PROPOSTO', 'VERIFICATO', 'RICHIESTO', 'AUTORIZZATO', 'ORDINATO', 'NON_AUTORIZZATO', 'ESCLUSO'],
}

/** True when an item may pass from one state to another. */
export function canMove(da: StatoVoce, a: StatoVoce): boolean {
  return PASSI[da].includes(a)
}

/** States from which a hold still stops an item (REQ-CONS-213): all those that lead there. */
export const fermabili: readonly StatoVoce[] = statiVoce.filter((stato) => PASSI[stato].includes('SOSPESO_PER_VINCOLO'))

/** States of an item that is destroyed, wholly or in part. */
export const distrutti: readonly StatoVoce[] = ['DISTRUTTO_IN_CONSERVAZIONE', 'DISTRUTTO_LOCALMENTE', 'BACKUP_AGGIORNATI', 'COMUNICATO']

/** What the term of a fascicolo follows from. Days are `YYYY-MM-DD`. */
export interface FattiTermine {
  /** Null while it is open: it never expires (REQ-CONS-218). */
  readonly chiusoIl: string | null
  readonly decorrenza: Decorrenza
  /** Day of the last document inside, null for an empty fascicolo. */
  readonly ultimoDocumento: string | null
  /** Its own time: the longer of what the plan says today and what it said at its birth. */
  readonly anni: number | null
  /** The plan allows selecting inside: its documents follow their own times (REQ-CONS-217). */
  readonly sfoltimento: boolean
  /** Times of its documents and parts. */
  readonly dentro: readonly { readonly anni: number | null }[]
}

/** Years, the 1 January they run from and the first day after them. */
export interface Termine {
  readonly anni: number
  readonly decorrenza: string
  readonly scadenza: string
}

/** 1 January after a day: terms run from there (REQ-CONS-218). */
export function primoGennaioDopo(giorno: string): string {
  return `${Number(giorno.slice(0, 4)) + 1}-01-01`
}

/** The same day some years later. */
export function addYears(giorno: string, anni: number): string {
  return `${String(Number(giorno.slice(0, 4)) + anni).padStart(4, '0')}${giorno.slice(4)}`
}

/** The term of a fascicolo; null when it has none: open, permanent, or not yet said by the plan. The longest time inside wins (REQ-FASC-051). Pure. */
export function termineOf(f: FattiTermine): Termine | null {
  if (f.chiusoIl === null) return null
  const anni = longestConservazione({ anni: f.anni, sfoltimento: f.sfoltimento }, f.dentro)
  if (anni === null || anni >= CONSERVAZIONE_PERMANENTE || anni < 1) return null
  // A rule that counts from the document counts from the last one: an aggregation goes whole.
  const base = f.decorrenza === 'documento' && f.ultimoDocumento !== null ? f.ultimoDocumento : f.chiusoIl
  const decorrenza = primoGennaioDopo(base)
  return { anni, decorrenza, scadenza: addYears(decorrenza, anni) }
}

/** True for a document that stays when its fascicolo goes by internal selection: its own time is longer, endless or not said. Pure. */
export function restaNellaSelezione(anni: number | null, decorrenza: string, al: string): boolean {
  return anni === null || anni >= CONSERVAZIONE_PERMANENTE || addYears(decorrenza, anni) > al
}

/** The longer of two times: one not said is longer than any. */
export function longer(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b)
}

/** Day before which a refused item is not proposed again: the one the authority gives, or twelve months after its answer (REQ-CONS-212). */
export function nonPrimaDel(del: string, dato: string | null): string {
  return dato ?? addYears(del, 1)
}

/** What an answer is, from how many items it covers and refuses. */
export function esitoOf(coperte: number, rifiutate: number): EsitoAutorizzazione {
  if (coperte === 0) return 'negata'
  return rifiutate === 0 ? 'totale' : 'parziale'
}
