/** Values of the `X-Ricevuta` header, which are also values of `postacert/@tipo` (technical rules of the PEC, DPR 68/2005). */
export const TIPI_RICEVUTA = [
  'accettazione',
  'non-accettazione',
  'presa-in-carico',
  'avvenuta-consegna',
  'errore-consegna',
  'preavviso-errore-consegna',
  'rilevazione-virus',
] as const
export type TipoRicevuta = (typeof TIPI_RICEVUTA)[number]

export const TIPI_DATICERT = [...TIPI_RICEVUTA, 'posta-certificata'] as const
export type TipoDaticert = (typeof TIPI_DATICERT)[number]

export const ERRORI_DATICERT = ['nessuno', 'no-dest', 'no-dominio', 'virus', 'altro'] as const
export type ErroreDaticert = (typeof ERRORI_DATICERT)[number]

export const VARIANTI_CONSEGNA = ['completa', 'breve', 'sintetica'] as const
export type VarianteConsegna = (typeof VARIANTI_CONSEGNA)[number]

/**
 * What a message is after classification. `anomalo` is a message that claims to be certified and failed a check, or whose structure
 * passes the limits: it stays visible in a work queue, never moves a delivery state and never counts as arrival by PEC.
 */
export const CLASSI_MESSAGGIO = ['busta', 'ricevuta', 'anomalia', 'ordinaria', 'anomalo'] as const
export type ClasseMessaggio = (typeof CLASSI_MESSAGGIO)[number]
export type ClasseDichiarata = Exclude<ClasseMessaggio, 'anomalo'>

export const ESITI_FIRMA = ['valida', 'valida-catena-non-verificata', 'alterata', 'firma-errata', 'assente'] as const
export type EsitoFirma = (typeof ESITI_FIRMA)[number]

export const RUOLI_PARTE = ['corpo', 'allegato', 'busta', 'daticert', 'segnatura', 'originale'] as const
export type RuoloParte = (typeof RUOLI_PARTE)[number]

export interface Controllo {
  nome: string
  esito: 'superato' | 'fallito' | 'non-eseguito'
  dettaglio: string
}

export interface Indirizzo {
  nome: string
  indirizzo: string
}

export interface Daticert {
  tipo: TipoDaticert
  errore: ErroreDaticert
  mittente: string
  destinatari: { indirizzo: string; tipo: 'certificato' | 'esterno' }[]
  risposte: string
  oggetto: string | null
  gestoreEmittente: string
  /** Certified instant in UTC; `zona` is the offset as the gestore wrote it. */
  istante: string
  zona: string
  giorno: string
  ora: string
  /** Identifier given by the gestore, without angle brackets. */
  identificativo: string
  /** Message-ID of the sender's client, without angle brackets. */
  msgid: string | null
  variante: VarianteConsegna | null
  consegna: string | null
  ricezione: string[]
  erroreEsteso: string | null
  /** Names of elements outside the known structure: tolerated, reported. */
  elementiSconosciuti: string[]
}

export interface VerificaFirma {
  esito: EsitoFirma
  /** Digest algorithm of the signature, for instance `SHA-1`. */
  algoritmo: string | null
  firmatario: { soggetto: string; emittente: string; indirizzi: string[]; impronta: string; validoDal: string; validoAl: string } | null
  istanteFirma: string | null
  /** Digest of the list of anchors used: the outcome can be recomputed later. */
  ancore: string | null
  revoca: 'non-verificata'
  /** True when the stored copy has bare LF line ends and the check succeeded only after restoring CRLF. */
  fineRigaRicostruita: boolean
  dettagli: string[]
}

/** One node of the tree of parts. `inizio`/`fine` are offsets of the raw message, null inside a part that had to be decoded first. */
export interface ParteMessaggio {
  percorso: string
  padre: string | null
  ruolo: RuoloParte | null
  mime: string
  nome: string
  nomeOriginale: string | null
  contenitore: boolean
  inLinea: boolean
  inizio: number | null
  fine: number | null
  dimensione: number
  sha256: string
  /** Signed container recognised by name or declared type: shown, stored as received, never altered. */
  contenitoreFirmato: 'p7m' | 'p7s' | 'tsd' | null
  principaleProposto: boolean
  avvisi: string[]
  /** Decoded bytes as received. Computed on demand, nothing is kept twice. */
  contenuto: () => Buffer
}

export interface FatturaRiconosciuta {
  genere: 'fattura' | 'notifica'
  /** Type of SdI notification (RC, NS, MC, NE, EC, SE, DT, AT), null for an invoice. */
  tipoNotifica: string | null
  percorsoFattura: string | null
  percorsoMetadati: string | null
  identificativoSdi: string | null
}

export interface Messaggio {
  sha256: string
  dimensione: number
  classe: ClasseMessaggio
  /** What the headers claim, whatever the checks say. */
  dichiarata: ClasseDichiarata
  tipoRicevuta: TipoRicevuta | null
  /** `X-VerificaSicurezza: errore` or `errore="virus"` in the daticert. */
  virus: boolean
  /** True only when every check passed, trust of the chain included (REQ-PEC-004). */
  verificato: boolean
  controlli: Controllo[]
  versioneAnalisi: string
  firma: VerificaFirma
  daticert: Daticert | null
  messageId: string | null
  riferimentoMessageId: string | null
  mittenteIntestazione: Indirizzo | null
  /** Author of the document: From of postacert for an envelope, From of the message otherwise. */
  autore: Indirizzo | null
  destinatari: Indirizzo[]
  dataDichiarata: string | null
  oggetto: string
  oggettoOriginale: string | null
  testo: string | null
  parti: ParteMessaggio[]
  fattura: FatturaRiconosciuta | null
  chiaveDuplicati: string
  avvisi: string[]
}

export interface OpzioniAnalisi {
  /** PEM certificates trusted for gestori. Empty: the chain is not judged and the message is not `verificato`. */
  ancore?: readonly string[]
  /** Domains of the Sistema di Interscambio. */
  dominiSdi?: readonly string[]
  limiti?: Partial<Limiti>
}

export interface Limiti {
  profondita: number
  parti: number
  byteIntestazioni: number
  byteDaticert: number
}

export const LIMITI: Limiti = { profondita: 10, parti: 1000, byteIntestazioni: 256 * 1024, byteDaticert: 1024 * 1024 }

/** Version of the reading rules, stored with every outcome so that it can be recomputed (REQ-PEC-002). */
export const VERSIONE_ANALISI = 'busta-1'

export const MOTIVI_ILLEGGIBILE = ['vuoto', 'intestazioni-assenti', 'intestazioni-eccessive', 'confine-assente', 'struttura'] as const
export type MotivoIlleggibile = (typeof MOTIVI_ILLEGGIBILE)[number]

/** The only error `parseMessaggio` throws: the bytes cannot be read as a message. `message` is the Italian reason shown in quarantine. */
export class MessaggioIlleggibile extends Error {
  readonly codice: MotivoIlleggibile
  constructor(codice: MotivoIlleggibile, motivo: string) {
    super(motivo)
    this.name = 'MessaggioIlleggibile'
    this.codice = codice
  }
}
