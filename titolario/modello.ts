import { compareNumeri, formatEtichetta, parseCodice } from './codici.ts'

/** One level of a plan. How many there are and what they are called is data of the version (REQ-TIT-001). */
export interface Livello {
  readonly livello: number
  readonly nome: string
}

/** The three levels of the municipal plans. */
export const LIVELLI_COMUNI: readonly Livello[] = [
  { livello: 1, nome: 'titolo' },
  { livello: 2, nome: 'classe' },
  { livello: 3, nome: 'sottoclasse' },
]

/** Retention of who keeps for ever, as Allegato 5 writes it. */
export const CONSERVAZIONE_PERMANENTE = 9999

/** What a file or a form says of a voice. */
export interface DatiVoce {
  /** Written form, `VI/3/1`. */
  readonly codice: string
  readonly denominazione: string
  readonly paroleChiave: readonly string[]
  /** Years, 9999 for permanent, null while the retention plan does not say (DA DEFINIRE). */
  readonly conservazioneAnni: number | null
  /** What helps who classifies and what follows for who files; absent when the source does not say. */
  readonly aiuti?: AiutiVoce
}

/** What a voice carries besides its place, its name and its keywords (REQ-TIT-009). */
export interface AiutiVoce {
  readonly descrizione: string
  readonly noteUso: string
  readonly esempi: readonly string[]
  /** Types of fascicolo that may be opened here; empty for all. */
  readonly tipiFascicolo: readonly string[]
  readonly sottoclasseObbligatoria: boolean
  /** Level of reserve proposed; null when none is. */
  readonly accessoPredefinito: string | null
}

/** Levels of reserve a voice may propose for its documents. */
export const LIVELLI_ACCESSO = ['ORDINARIO', 'RISERVATO', 'DATI_PARTICOLARI', 'PARTICOLARE'] as const

/** The five types of fascicolo of Allegato 5, as the fascicoli write them. */
export const TIPI_FASCICOLO = ['affare', 'attivita', 'persona fisica', 'persona giuridica', 'procedimento amministrativo'] as const

/** A voice in its plan: what was said of it and what follows from its place. */
export interface Voce extends DatiVoce {
  readonly numeri: readonly number[]
  /** Short label, `06.03.01`. */
  readonly etichetta: string
  readonly livello: number
  readonly codicePadre: string | null
  readonly haFigli: boolean
  /**
   * Whether a document may be given this voice: classe and deeper, and a titolo only when it has no classi (REQ-TIT-021). Who may choose
   * deeper than the classe is a matter of permissions, not of the plan.
   */
  readonly selezionabile: boolean
}

export const STATI_VERSIONE = ['BOZZA', 'ATTIVO', 'STORICO'] as const
export type StatoVersione = (typeof STATI_VERSIONE)[number]

/** A version of the plan as a fact of its own: the act that adopted it is the AOO's, not the library's (REQ-TIT-003). */
export interface VersioneTitolario {
  readonly numero: number
  readonly denominazione: string
  readonly stato: StatoVersione
  readonly titolario: Titolario
}

/** A tree of voices, in the order of the plan, with the questions everybody asks of it. Immutable. */
export interface Titolario {
  readonly livelli: readonly Livello[]
  readonly voci: readonly Voce[]
  find(codice: string): Voce | null
  /** Children of a voice, or the titoli when null is given. */
  childrenOf(codice: string | null): readonly Voce[]
  /** From the titolo down to the voice itself; empty when the voice does not exist. */
  pathOf(codice: string): readonly Voce[]
}

/**
 * Builds the tree. Throws `RangeError` for a code that is not one, that comes twice, that is deeper than the levels, or whose parent is missing:
 * data from outside goes through `parseTitolarioCsv`, which reports such faults row by row instead.
 */
export function buildTitolario(dati: readonly DatiVoce[], livelli: readonly Livello[] = LIVELLI_COMUNI): Titolario {
  const placed = dati.map((voce) => ({ voce, numeri: numeriOf(voce.codice, livelli.length) }))
  placed.sort((left, right) => compareNumeri(left.numeri, right.numeri))
  const parents = new Set(placed.map(({ voce }) => codicePadreOf(voce.codice)).filter((codice) => codice !== null))
  const byCodice = new Map<string, Voce>()
  for (const { voce, numeri } of placed) {
    const codicePadre = codicePadreOf(voce.codice)
    if (byCodice.has(voce.codice)) throw new RangeError(`voice ${voce.codice} comes twice`)
    if (codicePadre !== null && !byCodice.has(codicePadre)) throw new RangeError(`voice ${voce.codice} has no parent`)
    const haFigli = parents.has(voce.codice)
    byCodice.set(voce.codice, {
      ...voce,
      numeri,
      etichetta: formatEtichetta(numeri),
      livello: numeri.length,
      codicePadre,
      haFigli,
      selezionabile: numeri.length > 1 || !haFigli,
    })
  }
  return treeOf([...byCodice.values()], livelli, byCodice)
}

function treeOf(voci: readonly Voce[], livelli: readonly Livello[], byCodice: ReadonlyMap<string, Voce>): Titolario {
  const children = Map.groupBy(voci, (voce) => voce.codicePadre)
  return {
    livelli,
    voci,
    find: (codice) => byCodice.get(codice) ?? null,
    childrenOf: (codice) => children.get(codice) ?? [],
    pathOf: (codice) => {
      const path: Voce[] = []
      for (let voce = byCodice.get(codice); voce !== undefined; voce = byCodice.get(voce.codicePadre ?? '')) path.unshift(voce)
      return path
    },
  }
}

/** The code one level up, null for a titolo. */
export function codicePadreOf(codice: string): string | null {
  const cut = codice.lastIndexOf('/')
  return cut === -1 ? null : codice.slice(0, cut)
}

/** The path as people read it: `VI Pianificazione e gestione del territorio › VI/3 Edilizia privata`. */
export function formatPercorso(path: readonly Pick<Voce, 'codice' | 'denominazione'>[]): string {
  return path.map((voce) => `${voce.codice} ${voce.denominazione}`).join(' › ')
}

function numeriOf(codice: string, depth: number): number[] {
  const numeri = parseCodice(codice)
  if (numeri === null || numeri.length > depth) throw new RangeError(`not a code of this plan: ${codice}`)
  return numeri
}
