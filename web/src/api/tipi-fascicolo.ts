/** What stands around a fascicolo, as the API gives it. */
import type { TipoFascicolo } from './tipi-messaggi.ts'
import type { Soggetto } from './tipi-soggetti.ts'

export type TipoCollegamento = 'collegato' | 'presupposto' | 'conseguente'

/** Another fascicolo, as far as one may know of it. */
export interface AltroFascicolo {
  id: string
  codice: string
  slug: string
  oggetto: string
}

export interface MovimentoFascicolo {
  id: string
  tipo: 'trasferimento' | 'trasmissione' | 'deposito' | 'prelievo'
  stato: 'richiesto' | 'accettato' | 'rifiutato' | 'eseguito' | 'restituito'
  daUfficio: { id: string; denominazione: string } | null
  aUfficio: { id: string; denominazione: string } | null
  destinatario: string | null
  motivo: string
  richiestoDa: string
  richiestoIl: string
  decisoDa: string | null
  decisoIl: string | null
  nota: string | null
  impronta: string | null
  documenti: number | null
  esclusi: number | null
  conRiservati: boolean | null
  registrazioneUscita: Registrata | null
  esitoFascicolo: 'chiuso' | 'continua' | null
  registrazioneEntrata: Registrata | null
  riscontro: { da: string; il: string; nota: string | null } | null
}

export interface Registrata {
  anno: number
  numero: number
  etichetta: string
}

/** A fascicolo proposed to who may open it. */
export interface PropostaApertura {
  id: string
  stato: 'PROPOSTO' | 'APERTO' | 'RESPINTO'
  ufficio: { id: string; denominazione: string }
  dati: {
    voceId: string
    tipo: TipoFascicolo
    oggetto: string
    responsabileId?: string
    interessati?: Soggetto[]
    amministrazioniPartecipanti?: Soggetto[]
    procedimento?: { materia: string; denominazione: string; termineGiorni?: number }
    visibileCittadino?: boolean
    paroleChiave?: string[]
    posizioneFisica?: string
    note?: string
  }
  voce: { codice: string; denominazione: string }
  documento: (Registrata & { id: string; registrazioneId: string }) | null
  precedente: AltroFascicolo | null
  nota: string
  propostaDa: string
  propostaIl: string
  motivo: string | null
  fascicolo: AltroFascicolo | null
  azioni: { decidi: boolean; ritira: boolean }
}

export type StatoFascicolo = 'APERTO' | 'SOSPESO' | 'CHIUSO' | 'IN_CONSERVAZIONE' | 'IN_DEPOSITO' | 'STORICO' | 'APERTO_PER_ERRORE'

export interface IntornoFascicolo {
  totaleDocumenti: number
  livello: number
  padre: AltroFascicolo | null
  parti: (AltroFascicolo & { stato: StatoFascicolo; documenti: number; responsabile: string })[]
  divisibile: boolean
  posizioneFisica: string | null
  note: string | null
  paroleChiave: string[]
  statoDal: string | null
  statoMotivo: string | null
  collegamenti: { id: string; tipo: TipoCollegamento; motivo: string; fascicolo: AltroFascicolo }[]
  cartacei: { id: string; oggetto: string; tipologia: string; consistenza: string; posizioneFisica: string; dataDocumento: string | null }[]
  usciti: {
    oggetto: string
    etichetta: string | null
    toltoIl: string
    toltoDa: string
    motivo: string
    destinazione: { codice: string; slug: string } | null
  }[]
  entrati: {
    oggetto: string
    etichetta: string | null
    inseritoIl: string
    inseritoDa: string
    provenienza: { codice: string; slug: string } | null
  }[]
  movimenti: MovimentoFascicolo[]
  riaperture: { riapertoIl: string; riapertoDa: string; motivo: string; chiusoIl: string; esito: string; idPdv: string | null }[]
  ammessi: { id: string; chi: string; motivo: string; dal: string; al: string | null }[]
}
