/** The message of protocollo as the segnatura describes it: plain values, no entity, no clock. Allegato 6, chapters 2 and 3. */

export const TIPI_REGISTRAZIONE = ['E', 'U', 'I'] as const
export type TipoRegistrazione = (typeof TIPI_REGISTRAZIONE)[number]

export const ALGORITMI_IMPRONTA = ['SHA-256', 'SHA-384', 'SHA-512'] as const
export type AlgoritmoImpronta = (typeof ALGORITMI_IMPRONTA)[number]

/** Coordinates of one registration. `numero` is padded to seven digits when written; a received one keeps its own digits. */
export interface IdentificatoreSegnatura {
  readonly codiceAmministrazione: string
  readonly descrizioneAmministrazione?: string
  readonly codiceAoo: string
  readonly descrizioneAoo?: string
  readonly codiceRegistro: string
  readonly numero: number | string
  /** 'YYYY-MM-DD', the legal day in Europe/Rome. */
  readonly data: string
  /** 'HH:MM:SS', Europe/Rome. Mandatory for our own registration. */
  readonly ora?: string
}

/** Position in the sender's titolario: the whole code in one string, or one code per level from the top. */
export type ClassificaSegnatura =
  | { readonly denominazione: string; readonly codice: string }
  | { readonly denominazione: string; readonly livelli: readonly { readonly codice: string; readonly descrizione?: string }[] }

export interface FascicoloSegnatura {
  readonly denominazione: string
  readonly codice: string
}

export interface IndirizzoTelematico {
  readonly valore: string
  readonly tipo?: 'smtp' | 'url' | 'other'
}

export interface PersonaSegnatura {
  readonly nome: string
  readonly cognome: string
  readonly titolo?: string
  readonly codiceFiscale?: string
  readonly indirizzi?: readonly IndirizzoTelematico[]
}

/** A correspondent. PAI Italian administration, PAE foreign one, PG legal person, PF natural person. Postal addresses have no place here. */
export type SoggettoSegnatura =
  | {
      readonly tipo: 'PAI'
      readonly denominazione: string
      readonly codiceIpa: string
      readonly codiceFiscale?: string
      readonly indirizzi?: readonly IndirizzoTelematico[]
      readonly codiceAoo?: string
      readonly denominazioneAoo?: string
      readonly indirizziAoo?: readonly IndirizzoTelematico[]
      readonly codiceUo?: string
      readonly denominazioneUo?: string
      readonly persone?: readonly PersonaSegnatura[]
    }
  | {
      readonly tipo: 'PG'
      readonly denominazione: string
      readonly codiceFiscalePartitaIva?: string
      readonly indirizzi?: readonly IndirizzoTelematico[]
      readonly persone?: readonly PersonaSegnatura[]
    }
  | ({ readonly tipo: 'PF' } & PersonaSegnatura)
  | {
      readonly tipo: 'PAE'
      readonly denominazione: string
      readonly ufficio?: string
      readonly indirizzi?: readonly IndirizzoTelematico[]
    }

export type DestinatarioSegnatura = SoggettoSegnatura & { readonly confermaRicezione?: boolean; readonly perConoscenza?: boolean }

/** Signature, seal or time stamp on a file: inside the file, or in the separate files listed in signing order. */
export interface SegnoApposto {
  readonly separati?: readonly { readonly nomeFile: string; readonly mimeType?: string }[]
}

export interface DocumentoSegnatura {
  readonly nomeFile: string
  readonly mimeType: string
  readonly descrizione?: string
  /** Digest of the exact bytes, as hexadecimal text; the XML carries the base64 of the binary digest. */
  readonly impronta: { readonly algoritmo: AlgoritmoImpronta; readonly esadecimale: string }
  readonly collocazione?: {
    readonly host: string
    readonly percorso: string
    readonly millisecondi?: number
    readonly utente?: string
    readonly password?: string
  }
  readonly firmatoDigitalmente?: SegnoApposto
  readonly sigillatoElettronicamente?: SegnoApposto
  readonly marcaturaTemporale?: SegnoApposto
}

export interface RiferimentoSegnatura {
  readonly identificatore: IdentificatoreSegnatura
  readonly primaRegistrazione?: IdentificatoreSegnatura
  readonly oggetto: string
  readonly classifica: ClassificaSegnatura
  readonly fascicolo?: FascicoloSegnatura
}

export interface Segnatura {
  readonly identificatore: IdentificatoreSegnatura & { readonly ora: string }
  /** Only when the document was first registered elsewhere (REQ-SEGN-028). */
  readonly primaRegistrazione?: IdentificatoreSegnatura
  readonly oggetto: string
  readonly classifica: ClassificaSegnatura
  readonly fascicolo?: FascicoloSegnatura
  readonly riservato?: { readonly valore: boolean; readonly note?: string }
  /** The received message this one answers (REQ-SEGN-027). */
  readonly riferimenti?: RiferimentoSegnatura
  readonly mittente: SoggettoSegnatura
  readonly destinatari: readonly DestinatarioSegnatura[]
  readonly documentoPrimario: DocumentoSegnatura
  readonly allegati: readonly DocumentoSegnatura[]
}

export const NS_SEGNATURA = 'http://www.agid.gov.it/protocollo/'
export const NS_SEGNATURA_PEC = 'http://www.agid.gov.it/protocollo/pec/'
export const NS_SEGNATURA_2013 = 'http://www.digitPa.gov.it/protocollo/'
