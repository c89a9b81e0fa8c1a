/** The rapporto di versamento in canonical form (LG 4.7). Digests are lower-case hexadecimal, whatever encoding they came in. */

export const ESITI_PACCHETTO = ['POSITIVO', 'PARZIALE', 'NEGATIVO'] as const
export type EsitoPacchetto = (typeof ESITI_PACCHETTO)[number]
export const ESITI_OGGETTO = ['ACCETTATO', 'ACCETTATO_CON_AVVISI', 'RIFIUTATO'] as const
export type EsitoOggetto = (typeof ESITI_OGGETTO)[number]
export const TIPI_OGGETTO = ['DOCUMENTO', 'FASCICOLO', 'SERIE'] as const
export type TipoOggetto = (typeof TIPI_OGGETTO)[number]
export const OGGETTI_IMPRONTA = ['PACCHETTO', 'INDICE', 'INDICE_CANONICO', 'FILE'] as const
export type OggettoImpronta = (typeof OGGETTI_IMPRONTA)[number]
export const ALGORITMI_RAPPORTO = ['SHA-256', 'SHA-384', 'SHA-512'] as const
export type AlgoritmoRapporto = (typeof ALGORITMI_RAPPORTO)[number]

export interface ImprontaRapporto {
  readonly oggetto: OggettoImpronta
  readonly algoritmo: AlgoritmoRapporto
  readonly esadecimale: string
}

export interface AnomaliaRapporto {
  readonly gravita: 'ERRORE' | 'AVVISO'
  readonly codice: string
  readonly percorso?: string
  readonly messaggio: string
  /** True when the same bytes, sent again, may be accepted. */
  readonly riprovabile: boolean
}

export interface OggettoRapporto {
  readonly tipo: TipoOggetto
  readonly idOggetto: string
  readonly idConservazione?: string
  readonly esito: EsitoOggetto
  readonly file: readonly { readonly percorso: string; readonly impronta: ImprontaRapporto }[]
  readonly anomalie: readonly AnomaliaRapporto[]
}

export interface PacchettoRapporto {
  readonly idPdv: string
  readonly idAssegnato?: string
  readonly nomeFile?: string
  readonly ricevutoIl?: Date
  readonly impronte: readonly ImprontaRapporto[]
  readonly esito: EsitoPacchetto
  readonly rifiuto?: { readonly numero: number; readonly massimo: number }
  readonly anomalie: readonly AnomaliaRapporto[]
  readonly oggetti: readonly OggettoRapporto[]
}

export interface RapportoVersamento {
  readonly idRapporto: string
  readonly riferimentoTemporale: Date
  readonly conservatore: { readonly denominazione: string; readonly identificativo: string; readonly manuale?: string }
  readonly titolare: {
    readonly denominazione: string
    readonly identificativo: string
    readonly codiceIpa: string
    readonly codiceAoo?: string
  }
  readonly esito: EsitoPacchetto
  readonly pacchetti: readonly PacchettoRapporto[]
  readonly note?: string
}

export const NS_RAPPORTO = 'urn:pa-conservazione:rdv:1.0'
export const BYTE_IMPRONTA: Readonly<Record<AlgoritmoRapporto, number>> = { 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 }
