/**
 * Shapes of the HTTP API as the pages use them: session, organisation, titolario, contents, subjects and registrations.
 * Instants are ISO strings in UTC ("…Z"), days are 'YYYY-MM-DD'.
 */
import type { CondizioneDto } from '../../../server/protocollo/schema/condizione.ts'
import type { ConsegnaDto } from '../../../server/protocollo/schema/consegne.ts'
import type { Corrispondente, Mezzo, Soggetto } from './tipi-soggetti.ts'

export * from './tipi-soggetti.ts'

/** An addressee of an outgoing registration with the state of its delivery. */
export type Consegna = ConsegnaDto

export interface Lista<T> {
  elementi: T[]
  totale: number
  /** The rows are more than `totale`. */
  totaleParziale?: boolean
}

export const PROFILI = [
  'responsabileGestioneDocumentale',
  'vicario',
  'coordinatore',
  'operatoreProtocollo',
  'responsabileUor',
  'addettoUor',
  'consultazione',
  'pubblicoUfficialeDelegato',
  'responsabileConservazione',
  'auditor',
  'amministratoreSistema',
] as const
export type Profilo = (typeof PROFILI)[number]

export interface EnteSessione {
  slug: string
  denominazione: string
  tavolozza: string
  profili: Profilo[]
  permessi: string[]
  uffici: { id: string; denominazione: string }[]
  /** Whose work this person may do today. */
  sostituzioni: { id: string; titolare: string; al: string }[]
  /** Under whom he is working: profiles and permissions above are then the other person's. */
  perContoDi: { id: string; titolare: string } | null
}

export interface Sessione {
  autenticato: boolean
  csrf: string
  dimostrativo: boolean
  attore?: { nome: string; codiceFiscale?: string; tipo: 'operatore' | 'cittadino' }
  schema?: string
  livello?: string | number
  amministratoreSia?: boolean
  scadeIl?: string
  enti: EnteSessione[]
}

export interface AccessoDimostrativo {
  etichetta: string
  nome: string
  descrizione: string
  per: 'operatore' | 'cittadino'
  avvia: string
}

export interface Accessi {
  dimostrativo: boolean
  accessi: AccessoDimostrativo[]
}

export interface EnteCabina {
  slug: string
  denominazione: string
  codiceIpa: string
  inCoda: number
  tavolozza: string
  piuVecchio: string | null
  caselle: { indirizzo: string; stato: string }[]
  ultimaRegistrazione: string | null
  utentiAttivi: number
}

export interface Ufficio {
  id: string
  codice: string
  denominazione: string
  padreId: string | null
  responsabile: { id: string; nome: string } | null
}

export interface Operatore {
  id: string
  nome: string
  ufficioIds: string[]
  profili: Profilo[]
}

export interface Voce {
  id: string
  codice: string
  etichetta: string
  livello: 1 | 2 | 3
  denominazione: string
  padreId: string | null
  selezionabile: boolean
  haSottoclassi: boolean
  ufficioPredefinito: { id: string; denominazione: string } | null
  conservazioneAnni: number | null
}

export interface VoceTrovata extends Voce {
  percorso: string
}

export interface Titolario {
  versione: { id: string; denominazione: string; valeDal: string; stato: string }
  voci: Voce[]
}

export interface Contenuto {
  id: string
  sha256: string
  dimensione: number
  nome: string
  formato: { mime: string; descrizione: string; firmato: 'nessuna' | 'pades' | 'cades' | 'xades'; avvisi: string[] }
}

export const RISERVATEZZE = ['ORDINARIO', 'RISERVATO', 'DATI_PARTICOLARI'] as const
export type Riservatezza = (typeof RISERVATEZZE)[number]

export interface NuovaRegistrazioneEntrata {
  registroId?: string
  oggetto: string
  mittenti: Soggetto[]
  mezzo: Mezzo
  dataArrivo: string
  dataDocumento?: string
  protocolloMittente?: { numero: string; data?: string }
  voceId: string
  assegnazione: { ufficioId: string; operatoreId?: string }
  perConoscenza?: string[]
  documento?: { contenutoId: string; nome: string; descrizione?: string; formazione: 'messaggio' | 'file' | 'scansione' }
  scansioneAttesa?: boolean
  descrizioneCartaceo?: string
  collegamenti?: { registrazioneId: string; tipo: string }[]
  differimento?: { autorizzazione: string; motivo: string; entroIl: string }
  allegati: { contenutoId: string; nome: string; descrizione: string }[]
  tipologia: string
  riservatezza: Riservatezza
  note?: string
}

/** A received message brings its own means, date of arrival and files: what the person did not change is left to the server. */
export type RegistrazioneMessaggio = Omit<NuovaRegistrazioneEntrata, 'dataArrivo' | 'documento' | 'allegati'> & {
  documento?: { contenutoId: string; nome: string }
  allegati?: NuovaRegistrazioneEntrata['allegati']
}

export interface FileDocumento {
  id: string
  nome: string
  mime: string
  dimensione: number
  sha256: string
  descrizione?: string
  firmato?: string
}

export interface Assegnazione {
  id: string
  ufficio: { id: string; denominazione: string }
  operatore: { nome: string } | null
  tipo: 'competenza' | 'conoscenza'
  stato: string
  dal: string
  al: string | null
  autore: string
  motivo: string | null
  nota: string | null
}

export interface RigaRegistro {
  id: string
  etichetta: string
  istante: string
  tipo: 'E' | 'U' | 'I'
  corrispondente: string
  oggetto: string
  voce: { codice: string; denominazione: string } | null
  fascicolo: { id: string; slug: string; codice: string } | null
  ufficio: string | null
  stato: string
  riservata: boolean
  annullata: boolean
  /** "ANNULLATO il … – provv. …" */
  annullamento: string | null
  scansioneAttesa: boolean
  differita: boolean
  /** Number in the emergency register, when it came from there. */
  emergenza?: string | null
}

export interface Registrazione {
  id: string
  registro: { id: string; codice: string }
  anno: number
  numero: number
  numeroFormattato: string
  etichetta: string
  istante: string
  giorno: string
  tipo: 'E' | 'U' | 'I'
  oggetto: string
  mezzo: Mezzo
  dataArrivo: string | null
  scostamento18bis: boolean
  protocolloMittente: { numero: string; data: string | null } | null
  mittenti: Corrispondente[]
  destinatari: Corrispondente[]
  ufficioMittente: { id: string; denominazione: string } | null
  collegamenti: {
    id: string
    etichetta: string
    tipo: 'risposta' | 'provvedimento' | 'sostituisce' | 'stesso-documento' | 'correlata'
    verso: 'uscente' | 'entrante'
  }[]
  /** The paper has a number and no file yet. */
  scansioneAttesa: boolean
  descrizioneCartaceo: string | null
  differimento: { autorizzazione: string; motivo: string; entroIl: string } | null
  emergenza: { numero: string; istante: string; registro: string } | null
  documento: {
    id: string
    tipologia: string
    formazione: string
    riservatezza: Riservatezza
    dataDocumento: string | null
    /** Null while the scan is awaited. */
    principale: FileDocumento | null
    allegati: FileDocumento[]
    annessi: FileDocumento[]
    copiaSegnata: boolean
  }
  segnatura: { testo: string; sigillata: boolean }
  voce: Voce
  storiaClassificazione: { codice: string; denominazione: string; dal: string; al: string | null; autore: string; motivo: string }[]
  assegnazioni: Assegnazione[]
  fascicoli: { id: string; codice: string; slug: string; oggetto: string; stato: string }[]
  operatore: { nome: string }
  impronta: string
  note: string
  annullata: boolean
  /** What was annulled, corrected, asked and reserved: the data above are those in force. */
  condizione: CondizioneDto
}

export interface EventoStoria {
  id?: string
  istante: string
  attore: string
  azione: string
  descrizione: string
  motivo: string | null
  /** What changed, side by side. */
  cambiamenti?: { campo: string; prima: string | null; dopo: string | null }[]
}

export interface EsitoMetadati {
  xml: string | null
  completo: boolean
  /** Completeness, 0-100. */
  punteggio: number
  esiti: {
    regola: string
    gravita: 'errore' | 'avviso' | 'non-verificata'
    percorso: string
    messaggio: string
    riparazione?: { campo: string; pagina: string | null } | undefined
  }[]
}

export interface RigaAssegnazione {
  id: string
  registrazione: RigaRegistro
  tipo: string
  stato: string
  dal: string
  giorni: number
  documentoId: string
  motivo: string | null
  nota: string | null
  principale: FileDocumento | null
  allegati: FileDocumento[]
  ufficio: string
  operatore: string | null
}
