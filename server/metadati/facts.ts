import type { Gravita, InsiemeSchemi } from '../../metadata-schemas/allegato5/index.ts'

/** The live facts of a document and of a fascicolo that Allegato 5 asks for, as read in one transaction. Days are Rome days `YYYY-MM-DD`, times `HH:MM:SS`. */

export interface AooFatti {
  readonly codice: string
  readonly denominazione: string
  readonly domicilioDigitale: string
}

/** What the body chose for the preservation service it uses; `null` for permanent leaves the element out. */
export interface ServizioFatti {
  readonly schemi: InsiemeSchemi
  readonly permanente: number | null
  readonly soloFascicoli: boolean
  readonly letterali: Readonly<Record<string, string>>
  readonly gravita: Readonly<Record<string, Gravita | 'ignora'>>
}

/** The body that owns the register, with the AOO in question. */
export interface EnteFatti {
  readonly denominazione: string
  readonly codiceIpa: string
  readonly aoo: AooFatti
  /** Absent: the published forms. */
  readonly servizio?: ServizioFatti
}

export interface PersonaFatti {
  readonly id: string
  readonly nome: string
  readonly cognome: string
  readonly codiceFiscale: string
}

export interface UfficioFatti {
  readonly id: string
  readonly codice: string
  readonly denominazione: string
  readonly indirizzoDigitale: string
}

/** Mittente, destinatario, interessato or participating administration, as written in its row. */
export interface SoggettoFatti {
  readonly ruolo: string
  readonly tipo: string
  readonly nome: string | null
  readonly cognome: string | null
  readonly denominazione: string | null
  readonly codiceFiscale: string | null
  readonly codiceIpa: string | null
  readonly codiceAoo: string | null
  readonly denominazioneAoo: string | null
  readonly indirizzoDigitale: string | null
}

export interface VoceFatti {
  readonly codice: string
  /** From the titolo to the voice, as the description of the code. */
  readonly descrizione: string
  readonly piano: string | null
  /** Years, 9999 for permanent, null while the plan does not say. */
  readonly conservazioneAnni: number | null
  readonly chiusaDal: string | null
  readonly versioneDal: string
  readonly versioneAl: string | null
}

export interface FileFatti {
  readonly id: string
  readonly contenutoId: string
  readonly ruolo: 'principale' | 'allegato' | 'annesso'
  readonly posizione: number
  readonly nome: string
  readonly descrizione: string
  readonly sha256: string
  readonly dimensione: number
  readonly mime: string
  readonly firmato: boolean
}

export interface RegistrazioneFatti {
  readonly id: string
  readonly tipo: 'E' | 'U' | 'I'
  readonly anno: number
  readonly numero: number
  readonly giorno: string
  readonly ora: string
  readonly codiceRegistro: string
  readonly segnatura: string
  /** Lower-case hexadecimal SHA-256 recorded with the number. */
  readonly impronta: string
  readonly riservato: boolean
  readonly giornoArrivo: string | null
  readonly operatore: PersonaFatti | null
  readonly soggetti: readonly SoggettoFatti[]
  /** The office that formed an outgoing or internal document. */
  readonly ufficioMittente: UfficioFatti | null
  /** Authorised corrections and annulment, oldest first: each makes a version (REQ-PROT-058). */
  readonly variazioni: readonly VariazioneFatti[]
}

/** An authorised change of what was registered. Day and time of Rome. */
export interface VariazioneFatti {
  readonly tipo: 'Rettifica' | 'Integrazione' | 'Annullamento'
  readonly giorno: string
  readonly ora: string
  readonly operatore: PersonaFatti | null
}

/** The facts of a row of a repertory that its metadata ask for. Days are Rome days, times `HH:MM:SS`. */
export interface RepertorioFatti {
  readonly codice: string
  readonly denominazione: string
  readonly serie: string
  readonly numero: number
  readonly giorno: string
  readonly ora: string
  readonly formatore: string
  readonly impronta: string
  readonly riservato: boolean
  /** Years of the repertory, null without a limit. */
  readonly conservazioneAnni: number | null
  readonly annullato: boolean
  readonly operatore: PersonaFatti | null
  readonly responsabileGestione: PersonaFatti | null
}

/** A fascicolo that holds the document, as the document sees it. */
export interface AggregazioneFatti {
  readonly id: string
  readonly codice: string
  readonly tipo: string
  readonly conservazioneAnni: number | null
  readonly responsabile: PersonaFatti
  readonly ufficio: UfficioFatti
}

export interface DocumentoFatti {
  readonly id: string
  readonly ente: EnteFatti
  readonly oggetto: string
  readonly tipologia: string
  readonly modalita: string
  readonly riservatezza: string
  readonly dataDocumento: string | null
  readonly versione: number
  readonly voce: VoceFatti
  readonly files: readonly FileFatti[]
  readonly registrazione: RegistrazioneFatti | null
  /** The row of a repertory it is in, when it is in no protocol register. */
  readonly repertorio: RepertorioFatti | null
  readonly assegnazioni: readonly { readonly ufficio: UfficioFatti; readonly operatore: PersonaFatti | null }[]
  readonly aggregazioni: readonly AggregazioneFatti[]
  /** In charge on the day of registration. */
  readonly responsabileGestione: PersonaFatti | null
  /** Day it entered the system, and who put it there first, for what is in no register. */
  readonly creatoIl: string
  readonly inseritoDa: PersonaFatti | null
  /** The document this one completes; null for what stands on its own. */
  readonly primario: { readonly id: string; readonly sha256: string; readonly segnatura: string | null } | null
}

export interface FascicoloFatti {
  readonly id: string
  readonly ente: EnteFatti
  readonly codice: string
  readonly tipo: string
  readonly oggetto: string
  readonly stato: string
  readonly progressivo: number
  readonly progressivoUnico: boolean
  readonly apertoIl: string
  readonly chiusoIl: string | null
  readonly materia: string | null
  readonly procedimento: string | null
  readonly conservazioneAnni: number | null
  readonly versione: number
  readonly voce: VoceFatti
  readonly responsabile: PersonaFatti
  readonly ufficio: UfficioFatti
  readonly soggetti: readonly SoggettoFatti[]
  readonly assegnazioni: readonly {
    readonly tipo: string
    readonly ufficio: UfficioFatti
    readonly operatore: PersonaFatti | null
    readonly dal: string
    readonly oraDal: string
    readonly al: string | null
    readonly oraAl: string | null
  }[]
  /** Codes of the fascicoli above a part of a fascicolo, the nearest first; empty for a fascicolo. */
  readonly antenati: readonly string[]
  readonly posizioneFisica: string | null
  /** Papers kept by reference, with the places where they are. */
  readonly cartacei: readonly { readonly posizioneFisica: string }[]
  readonly paroleChiave: readonly string[]
  readonly note: string | null
  /** Handovers from office to office that were accepted. */
  readonly trasferimenti: number
  readonly fasi: readonly { readonly fase: string; readonly dal: string; readonly al: string | null }[]
  /** In the order of the fascicolo. */
  readonly documenti: readonly DocumentoFatti[]
}
