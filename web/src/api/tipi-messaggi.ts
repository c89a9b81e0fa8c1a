/** Shapes of the API used by the queue of received messages, fascicoli, preservation, the desk and the citizen area. */
import type { FileDocumento, RigaRegistro, Soggetto, Voce } from './tipi.ts'

export const VISTE_MESSAGGI = ['pec', 'email', 'scartati', 'quarantena'] as const
export type VistaMessaggi = (typeof VISTE_MESSAGGI)[number]

export interface RigaMessaggio {
  id: string
  tipo: 'pec' | 'email'
  mittente: string
  mittenteIndirizzo: string
  oggetto: string
  ricevutoIl: string
  allegati: number
  firma?: string
  stato: string
  motivo?: string | null
  bloccatoDa?: { nome: string; da: string } | null
  possibileDuplicato?: { registrazioneId: string; etichetta: string } | null
}

export interface ParteMessaggio {
  id: string
  nome: string
  mime: string
  dimensione: number
  sha256: string
  ruolo: 'corpo' | 'allegato' | 'busta' | 'daticert' | 'segnatura' | 'originale'
  principaleProposto: boolean
}

export interface PropostaMessaggio {
  mittente: Soggetto | null
  motivoMittente?: string | null
  oggetto: string
  voce?: (Voce & { motivo?: string | null }) | null
  ufficio?: { id: string; denominazione: string; motivo?: string | null } | null
  tipologia?: string | null
  dataArrivo: string
  mezzo: 'PEC' | 'PEO'
  protocolloMittente?: { numero: string; data?: string | null } | null
}

export interface DettaglioMessaggio extends RigaMessaggio {
  daticert: Record<string, unknown> | null
  verifica: { esito: string; controlli: { nome: string; esito: string; dettaglio?: string | null }[] } | null
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
  registrazione?: { etichetta: string; tipo: 'E' | 'U' | 'I'; istante: string } | null
  oggetto: string
  area: 'comune' | 'riservata'
  ordine: number
  principale: FileDocumento | null
  allegati: FileDocumento[]
}

export interface Fascicolo {
  id: string
  codice: string
  slug: string
  oggetto: string
  tipo: TipoFascicolo
  stato: 'APERTO' | 'CHIUSO' | 'IN_CONSERVAZIONE'
  apertoIl: string
  chiusoIl?: string | null
  responsabile: { id: string; nome: string } | null
  ufficio: { id: string; denominazione: string } | string | null
  interessati: Soggetto[]
  voce: Voce
  procedimento?: { materia: string; denominazione: string; termineGiorni?: number | null } | null
  termine?: string | null
  visibileCittadino: boolean
  conservazioneAnni?: number | null
  documenti: DocumentoFascicolo[]
  versamento?: { id?: string; stato: string; esito?: string | null; idPdv: string } | null
  storia?: { istante: string; attore: string | { nome: string } | null; azione?: string; descrizione?: string; motivo?: string | null }[]
  versione: number
}

export interface RigaFascicolo extends Omit<Fascicolo, 'documenti' | 'storia'> {
  documenti?: number | DocumentoFascicolo[]
}

export interface PropostaFascicolo {
  id: string
  codice?: string
  slug?: string
  etichetta?: string
  oggetto: string
  motivo?: string | null
}

export interface VerificaChiusura {
  bloccanti: { codice: string; messaggio: string; collegamento?: string | null }[]
  avvisi: { codice: string; messaggio: string; collegamento?: string | null }[]
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

export interface Versamento {
  id: string
  idPdv: string
  fascicolo: { id: string; codice: string; slug?: string; oggetto: string } | null
  stato: (typeof STATI_VERSAMENTO)[number]
  improntaIndice?: string | null
  improntaPacchetto?: string | null
  dimensione?: number | null
  creatoIl?: string | null
  errore?: string | null
  rapporto?: { id: string; esito: string; ricevutoIl: string; anomalie: ({ codice?: string; messaggio: string } | string)[] } | null
}

export interface Scrivania {
  contatori: { daProtocollare: number; daPrendereInCarico: number; quarantena: number; nonFascicolati: number; inCarico: number }
  andamento: { giorno: string; entrata: number; uscita: number; interno: number }[]
  ultimi: RigaRegistro[]
  scadenze: { fascicolo: { id: string; codice: string; slug?: string; oggetto: string }; termine: string; giorni: number }[]
  conservazione: { conservati: number; inAttesa: number; rifiutati: number }
}

export const FASI = ['ricevuta', 'presa-in-carico', 'istruttoria', 'integrazioni', 'esito'] as const
export type FasePratica = (typeof FASI)[number]

export interface ProfiloCittadino {
  nome: string
  codiceFiscale: string
  schema?: string
  livello?: string | number
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
  responsabile: { nome: string; ufficio?: string | null; email?: string | null } | null
  fasi: { nome: FasePratica; stato: 'fatta' | 'ora' | 'futura'; quando?: string | null }[]
  documenti: {
    id: string
    oggetto: string
    protocollo: string | null
    data: string
    flusso: string
    file: { id: string; nome: string; mime: string; dimensione: number; sha256: string }[]
  }[]
}

export interface AccessoAiDati {
  istante: string
  chi?: string
  attore?: string | { nome: string } | null
  ufficio?: string | null
  cosa?: string
  descrizione?: string
}
