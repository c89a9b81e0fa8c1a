import type { AnniDiConservazione, ModalitaDiFormazione, TipoAggregazione, TipologiaDiFlusso, TipoModifica } from '../literals.ts'

/** An optional value: absent, null and blank mean the same, and are never written as an empty element. */
export type Opz<T> = T | null | undefined

/** Digest of a file: standard base64 of the raw bytes, label of the algorithm (normalised on output). */
export interface Impronta {
  valore: string
  algoritmo: string
}
/** Name and code of an administration, AOO or office as registered in IPA. */
export interface CodiceIpa {
  denominazione: string
  codice: string
}
export interface ChiaveDescrittiva {
  oggetto: string
  paroleChiave?: Opz<readonly string[]>
}
export interface IdAggregazione {
  tipo: TipoAggregazione
  id: string
}
export interface Classificazione {
  indice: string
  descrizione: string
  /** Absolute URI of the published titolario. */
  piano?: Opz<string>
}
/** Outcome of the checks made when the document entered the system. */
export interface Verifica {
  firmato: boolean
  sigillato: boolean
  marcato: boolean
  conformitaCopia: boolean
}
export interface Formato {
  /** MIME type. */
  formato: string
  prodotto?: Opz<{ nome?: Opz<string>; versione?: Opz<string>; produttore?: Opz<string> }>
}
/** `data` YYYY-MM-DD in Rome, `ora` HH:MM:SS local; a zone is dropped on output. */
export interface RegistrazioneProtocollo {
  tipo: 'protocollo'
  data: string
  ora?: Opz<string>
  /** At least seven digits, padded with zeros. */
  numero: string
  codiceRegistro: string
}
export interface RegistrazioneRepertorio {
  tipo: 'repertorio'
  data: string
  ora?: Opz<string>
  numero: string
  codiceRegistro: string
}
/** Attachments. `numero` is derived from the list when absent; it is there so that a wrong count read from outside stays visible (R30). */
export interface Allegati<IdDoc> {
  numero?: Opz<number>
  indice: readonly { idDoc: IdDoc; descrizione: string }[]
}
export interface TracciaturaModifica<IdDoc, Persona> {
  tipo: TipoModifica
  autore: Persona
  data: string
  ora?: Opz<string>
  versionePrecedente: IdDoc
}

/** A subject with the name of its kind as discriminator. */
export type Soggetto<Tipo extends string, Contenuto> = { tipo: Tipo } & Contenuto
/** A role and the kinds of subject it may hold: other pairs do not compile. */
export type Ruolo<Nome extends string, Chi> = { ruolo: Nome; soggetto: Chi }

/** What the two document profiles have in common, over the types that differ. */
export interface ModelloDocumento<IdDoc, Registro, UnRuolo, Persona, Classe> {
  idDoc: IdDoc
  modalita: ModalitaDiFormazione
  tipologiaDocumentale: string
  flusso: TipologiaDiFlusso
  registro: Registro
  soggetti: readonly UnRuolo[]
  chiaveDescrittiva: ChiaveDescrittiva
  allegati: Allegati<IdDoc>
  classificazione: Classe
  riservato: boolean
  formato: Formato
  verifica: Verifica
  aggregazioni: readonly IdAggregazione[]
  documentoPrimario?: Opz<IdDoc>
  nome: string
  /** A whole number from 1 without sign or zeros; anything else is a label. */
  versione: string
  modifica?: Opz<TracciaturaModifica<IdDoc, Persona>>
  tempoDiConservazione?: Opz<AnniDiConservazione>
  note?: Opz<string>
}
