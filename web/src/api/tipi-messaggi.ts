/** Shapes of the API used by the queue of received messages, fascicoli, preservation, the desk and the citizen area. */
import type { IntornoFascicolo, StatoFascicolo } from './tipi-fascicolo.ts'
import type { EventoStoria, FileDocumento, RigaRegistro, Soggetto, Voce } from './tipi.ts'

export const VISTE_MESSAGGI = ['tutti', 'pec', 'email', 'in-ritardo', 'per-me', 'quarantena', 'scartati', 'uniti'] as const
export type VistaMessaggi = (typeof VISTE_MESSAGGI)[number]

export interface RigaMessaggio {
  id: string
  tipo: 'pec' | 'email'
  mittente: string
  mittenteIndirizzo: string
  oggetto: string
  ricevutoIl: string
  allegati: number
  firma: string
  stato: string
  motivo: string | null
  bloccatoDa: { nome: string; da: string; scaduto: boolean } | null
  possibileDuplicato: { registrazioneId: string; etichetta: string; motivo: string } | null
  inRitardo: boolean
  passatoDa: { nome: string; nota: string; aMe: boolean } | null
}

export interface ParteMessaggio {
  id: string
  /** Place in the tree of the message: '1.2' is inside '1'. */
  percorso: string
  nome: string
  mime: string
  dimensione: number
  sha256: string
  inLinea: boolean
  firmato: string
  avvisi: string[]
  ruolo: 'corpo' | 'allegato' | 'busta' | 'daticert' | 'segnatura' | 'originale'
  principaleProposto: boolean
}

export interface PropostaMessaggio {
  mittente: Soggetto
  motivoMittente: string
  oggetto: string
  voce?: Voce & { motivo: string }
  ufficio?: { id: string; denominazione: string; motivo: string }
  tipologia: string
  dataArrivo: string
  mezzo: 'PEC' | 'PEO'
  protocolloMittente?: { numero: string; data?: string }
  riservatezza?: 'RISERVATO'
  dallaSegnatura: ('oggetto' | 'mittente' | 'protocolloMittente' | 'riservatezza')[]
}

/** Where a message meant for others was sent, or is to be. */
export interface DecisioneMessaggio {
  amministrazione: string
  nota: string
  autore: string
  il: string
}

export interface DettaglioMessaggio extends RigaMessaggio {
  daticert: Record<string, unknown> | null
  verifica: { esito: string; controlli: { nome: string; esito: string; dettaglio: string }[] }
  avvisi: string[]
  registrazioneId: string | null
  esclusione: { voce: string; nota: string | null; autore: string | null; il: string | null } | null
  restituzione: DecisioneMessaggio | null
  inoltro: DecisioneMessaggio | null
  parti: ParteMessaggio[]
  proposta: PropostaMessaggio
}

export interface Casella {
  id: string
  indirizzo: string
  stato: string
  ultimoControllo: string | null
  errore?: string | null
}

export const TIPI_FASCICOLO = ['procedimento amministrativo', 'affare', 'attivita', 'persona fisica', 'persona giuridica'] as const
export type TipoFascicolo = (typeof TIPI_FASCICOLO)[number]

export interface NuovoFascicolo {
  voceId: string
  tipo: TipoFascicolo
  oggetto: string
  responsabileId: string
  ufficioId: string
  interessati: Soggetto[]
  amministrazioniPartecipanti: Soggetto[]
  procedimento?: { materia: string; denominazione: string; termineGiorni?: number }
  visibileCittadino: boolean
  documentoId?: string
}

export interface DocumentoFascicolo {
  id: string
  documentoId: string
  registrazione: { id: string; etichetta: string; tipo: 'E' | 'U' | 'I'; istante: string } | null
  oggetto: string
  tipologia: string
  area: 'comune' | 'riservata'
  ordine: number
  /** False: one may know that the document is there, not what it says. */
  leggibile: boolean
  principale: FileDocumento | null
  allegati: FileDocumento[]
}

export interface Fascicolo extends IntornoFascicolo {
  amministrazioneTitolare: { denominazione: string; codiceIpa: string }
  aoo: { denominazione: string; codice: string }
  percorso: { codice: string; denominazione: string }[]
  id: string
  codice: string
  slug: string
  oggetto: string
  tipo: TipoFascicolo
  stato: StatoFascicolo
  apertoIl: string
  chiusoIl: string | null
  esito: string | null
  responsabile: { id: string; nome: string }
  ufficio: { id: string; denominazione: string }
  interessati: Soggetto[]
  amministrazioniPartecipanti: Soggetto[]
  assegnazioni: { tipo: 'competenza' | 'conoscenza'; ufficio: string; operatore: string | null; dal: string; al: string | null }[]
  voce: Voce
  procedimento: { materia: string; denominazione: string } | null
  termine: string | null
  visibileCittadino: boolean
  conservazioneAnni: number | null
  /** The first ones; the others are asked a part at a time. */
  documenti: DocumentoFascicolo[]
  versamento: { id: string; stato: string; esito: string | null; idPdv: string } | null
  storia: EventoStoria[]
  versione: number
  /** What this person may do here now. */
  azioni: { inserisci: boolean; decidi: boolean; chiudi: boolean; riapri: boolean; accetta: boolean; gestisci: boolean }
}

export interface RigaFascicolo extends Pick<
  Fascicolo,
  'id' | 'codice' | 'slug' | 'oggetto' | 'tipo' | 'stato' | 'apertoIl' | 'termine' | 'responsabile' | 'ufficio'
> {
  voce: { codice: string; denominazione: string }
  documenti: number
}

export interface PropostaFascicolo {
  id: string
  codice: string
  slug: string
  oggetto: string
  responsabile: string
  motivo: string
}

export interface Rilievo {
  codice: string
  messaggio: string
  collegamento?: string
  /** The closing may go on in spite of it, with a reason. */
  forzabile: boolean
}

export interface VerificaChiusura {
  /** Day of the last document. */
  dataProposta: string
  bloccanti: Rilievo[]
  avvisi: Rilievo[]
}

export const ESITI_CHIUSURA = [
  'provvedimento finale',
  'archiviazione',
  'rinuncia',
  'silenzio',
  'trasmissione per competenza',
  'conclusione',
] as const
export type EsitoChiusura = (typeof ESITI_CHIUSURA)[number]

export const STATI_VERSAMENTO = ['IN_PREPARAZIONE', 'PRONTO', 'TRASMESSO', 'CONSERVATO', 'RIFIUTATO', 'ERRORE'] as const

export interface Anomalia {
  gravita: 'ERRORE' | 'AVVISO'
  codice: string
  percorso: string
  messaggio: string
}

export interface Versamento {
  id: string
  idPdv: string
  /** What is transferred: a fascicolo, or a daily register. */
  fascicolo: { id: string; codice: string; slug: string; oggetto: string } | null
  registro: { id: string; identificativo: string; giorno: string; oggetto: string } | null
  stato: (typeof STATI_VERSAMENTO)[number]
  creatoIl: string
  trasmessoIl: string | null
  improntaIndice: string | null
  improntaPacchetto: string | null
  dimensione: number | null
  anomalie: Anomalia[]
  rapporto?: { id: string | null; esito: string | null; ricevutoIl: string; anomalie: Anomalia[] }
  /** This person may send it again. */
  ripetibile: boolean
}

export interface Scrivania {
  contatori: {
    daProtocollare: number | null
    inRitardo: number | null
    passatiAMe: number | null
    quarantena: number | null
    daPrendereInCarico: number | null
    inCarico: number | null
    nonFascicolati: number | null
    perConoscenza: number | null
    rifiutate: number | null
    oltreSogliaUfficio: number | null
    oltreSogliaRgd: number | null
    fascicoliProposti: number | null
    trasferimentiDaDecidere: number | null
    praticheScadute: number | null
    praticheOggi: number | null
    praticheInScadenza: number | null
  }
  andamento: { giorno: string; entrata: number; uscita: number; interno: number }[]
  ultimi: RigaRegistro[]
  scadenze: { fascicolo: { id: string; codice: string; slug: string; oggetto: string }; termine: string; giorni: number }[]
  avvisi: { tipo: string; giorno: string; testo: string; il: string }[]
  revisioneTitolario: { entroIl: string; giorni: number } | null
  registroGiornaliero: { giorno: string; stato: string; scadenza: string } | null
  conservazione: { conservati: number; inAttesa: number; rifiutati: number } | null
}

export const FASI = ['ricevuta', 'presa-in-carico', 'istruttoria', 'integrazioni', 'esito'] as const
export type FasePratica = (typeof FASI)[number]

export interface ProfiloCittadino {
  nome: string
  codiceFiscale: string
  schema: string
  livello: string
  ente: string
}

export interface RigaPratica {
  id: string
  slug: string
  oggetto: string
  stato: string
  fase: FasePratica
  protocollo: string | null
  apertoIl: string
  aggiornatoIl: string
  termine?: string | null
}

export interface Pratica extends RigaPratica {
  dataProtocollo: string | null
  esito: string | null
  responsabile: { nome: string; ufficio: string; email: string }
  fasi: { nome: FasePratica; stato: 'fatta' | 'ora' | 'futura'; quando?: string | null }[]
  documenti: {
    id: string
    oggetto: string
    protocollo: string | null
    data: string
    flusso: 'inviato da te' | 'ricevuto' | 'agli atti'
    annullamento: string | null
    file: { id: string; nome: string; mime: string; dimensione: number; sha256: string }[]
  }[]
}

export interface AccessoAiDati {
  id: string
  istante: string
  chi: string
  tu: boolean
  descrizione: string
  oggetto: string
  protocollo: string | null
}
