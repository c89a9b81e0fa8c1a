import type { AnniDiConservazione, TipoAggregazione } from '../literals.ts'
import type { ModelloAgg } from '../models/agg.ts'
import type { ModelloDai } from '../models/dai.ts'
import type { ModelloDi } from '../models/di.ts'
import type { Impronta } from '../models/shared.ts'
import type { InsiemeSchemi, Profilo } from '../schemas.ts'
import type { Modello } from '../write.ts'

/** What the preservation service wants; everything has the published default. */
export interface ProfiloServizio {
  readonly schemi?: InsiemeSchemi
  /** Number that stands for permanent retention; null leaves the element out. */
  readonly permanente?: number | null
  /** The service takes only fascicoli through its channel for aggregations (R95). */
  readonly soloFascicoli?: boolean
  /**
   * Other texts the service wants in the place of published literals, by the published one (E12). Applied after every check has passed on the published
   * form; never by default.
   */
  readonly letterali?: Readonly<Record<string, string>>
}

/** What the letters of `Regola.fonte` stand for. */
export const FONTI: Readonly<Record<string, string>> = {
  X: 'schemi XML pubblicati (2021)',
  B: 'bozza in consultazione dell’Allegato 5 (2019), dove il campo è rimasto',
  G: 'testo delle Linee guida',
  L: 'legge: TUDA (d.P.R. 445/2000) e CAD (d.lgs. 82/2005)',
  S: 'prassi dei servizi di conservazione',
  P: 'scelta di questo progetto: la gravità si può configurare',
}

export const GRAVITA = ['E', 'W'] as const
/** E blocks emission, W warns. */
export type Gravita = (typeof GRAVITA)[number]

/** Facts that only the system knows, for any profile. A fact left out makes the rules that need it "non verificate", never passed. */
export interface ContestoComune {
  /** Day of emission in Rome, YYYY-MM-DD. */
  readonly oggi?: string
  readonly pubblicaAmministrazione?: boolean
  readonly servizio?: ProfiloServizio
  /** Other severity for a configurable rule (all warnings, and the rules that are a decision of this project). */
  readonly gravita?: Readonly<Record<string, Gravita | 'ignora'>>
  /** Digests of the stored files, by `Identificativo`. */
  readonly improntePerIdentificativo?: Readonly<Record<string, Impronta>>
  /** Years that the piano di conservazione gives for the classification; null when it gives none. */
  readonly conservazioneDelPiano?: AnniDiConservazione | null
}

/** Facts about a document (DI, DAI). */
export interface ContestoDocumento extends ContestoComune {
  /** The registration as the system holds it; null when the document is in no register. */
  readonly registrazione?: {
    readonly tipo: 'protocollo' | 'repertorio'
    readonly numero: string
    readonly data: string
    readonly codiceRegistro: string
  } | null
  /** Day from which the document existed (arrival, signature or creation). */
  readonly dataDocumento?: string
  /** The AOO that owns the register. */
  readonly aoo?: { readonly codiceIpa: string; readonly codiceAoo: string }
  /** Sender and addressee are UOR of one and the same AOO. */
  readonly scambioInternoAoo?: boolean
  /** State of the classification voice in the titolario version in force at the registration date. */
  readonly voceClassificazione?: 'attiva' | 'cessata' | 'assente'
  /** The format does not identify its version by itself, or is proprietary. */
  readonly formatoProprietario?: boolean
  /** Outcome of an actual check of signatures, seals and time stamps. */
  readonly controlloFirme?: { readonly firmato: boolean; readonly sigillato: boolean; readonly marcato: boolean }
  /** The file carries a signature (PAdES, CAdES, XAdES, ASiC) or has a detached one. */
  readonly firmaNelFile?: boolean
  /** An attestation of conformity of the copy exists; `identificativo` is that of the document that holds it. */
  readonly attestazione?: { readonly presente: boolean; readonly identificativo?: string }
  /** The aggregations that hold the document: whether their index lists it, and their retention. */
  readonly aggregazioni?: readonly {
    readonly tipo: TipoAggregazione
    readonly id: string
    readonly elencaDocumento: boolean
    readonly conservazione?: AnniDiConservazione | null
  }[]
  /** The document completes another one, or is an attachment handed over as a record of its own. */
  readonly completaAltroDocumento?: boolean
  readonly annullato?: boolean
  /** The version before this one; null when this is the first. */
  readonly versionePrecedente?: { readonly data: string } | null
  /** How many recipients the registration has. */
  readonly numeroDestinatari?: number
  /** Produced by a system without a human author. */
  readonly prodottoAutomaticamente?: boolean
  /** Offices to which the document is assigned inside the AOO. */
  readonly ufficiAssegnatari?: readonly { readonly codice: string; readonly denominazione: string }[]
  /** The document is in a fascicolo of type procedimento amministrativo. */
  readonly fascicoloDiProcedimento?: boolean
}

/** Facts about an aggregation (AGG). */
export interface ContestoAggregazione extends ContestoComune {
  /** No other aggregation has this number in the opening year and classification. */
  readonly progressivoUnico?: boolean
  readonly chiusa?: boolean
  /** Part of the aggregation is on paper. */
  readonly parteCartacea?: boolean
  readonly sottofascicolo?: boolean
  /** Identifiers of parent, grandparent and so on. */
  readonly antenati?: readonly string[]
  /** How many handovers the system recorded. */
  readonly passaggi?: number
  /** IPA codes (or names, for foreign ones) of the other administrations of the procedure. */
  readonly amministrazioniDelProcedimento?: readonly string[]
  /** Segnatura of each document by `Identificativo`; null when it has none. */
  readonly segnatureDocumenti?: Readonly<Record<string, string | null>>
}

export type Contesto = ContestoDocumento & ContestoAggregazione

/** What a check finds at one place: a violation, or a fact that was needed and not given. */
export interface Riscontro {
  readonly stato: 'violata' | 'non verificata'
  readonly percorso: string
  readonly messaggio: string
}

/** One rule: for which profiles it holds, how grave a violation is, what it says, how it is checked. */
export interface Regola {
  readonly id: string
  readonly profili: readonly Profilo[]
  readonly gravita: Gravita
  /** Decision of this project rather than of the annex: its severity can be set by configuration, like that of every warning. */
  readonly diProgetto?: true
  /** Where it comes from: letters of FONTI, the first one the strongest. */
  readonly fonte: string
  /** Whether the published schema already holds it; absent when it does not. */
  readonly schema?: 'sì' | 'in parte'
  readonly enunciato: string
  check(modello: Modello, contesto: Contesto): Iterable<Riscontro>
}

type Riga<M, C> = Omit<Regola, 'check' | 'profili'> & { check(modello: M, contesto: C): Iterable<Riscontro> }
export type ModelloDocumentale = ModelloDi | ModelloDai

/** A rule of both document profiles. */
export function perDocumenti(riga: Riga<ModelloDocumentale, ContestoDocumento>): Regola {
  return { ...riga, profili: ['DI', 'DAI'] } as Regola
}
/** A rule of documenti informatici only. */
export function perDi(riga: Riga<ModelloDi, ContestoDocumento>): Regola {
  return { ...riga, profili: ['DI'] } as Regola
}
/** A rule of documenti amministrativi informatici only. */
export function perDai(riga: Riga<ModelloDai, ContestoDocumento>): Regola {
  return { ...riga, profili: ['DAI'] } as Regola
}
/** A rule of aggregations. */
export function perAgg(riga: Riga<ModelloAgg, ContestoAggregazione>): Regola {
  return { ...riga, profili: ['AGG'] } as Regola
}
/** A rule of every profile. */
export function perTutti(riga: Riga<Modello, Contesto>): Regola {
  return { ...riga, profili: ['DI', 'DAI', 'AGG'] }
}
