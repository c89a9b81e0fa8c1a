/** Shapes of the emergency register as the server answers and reads them. */
import type { Soggetto } from '../../api/tipi.ts'

export interface Errore {
  campo: string
  messaggio: string
}

export interface RegistroBreve {
  id: string
  codice: string
  sede: string
}

export interface SerieDocumento {
  formato: string
  ente: { slug: string; denominazione: string; codiceIpa: string }
  aoo: { codice: string; denominazione: string }
  registro: RegistroBreve
  serie: string
  dispositivo: string
  provvedimento: string
  anno: number
  primo: number
  chiave: { x: string; y: string }
  rilasciataIl: string
}

interface Scelta {
  id: string
  nome: string
}

export interface DatiEmergenza {
  flusso: 'E' | 'U' | 'I'
  oggetto: string
  corrispondenti: Soggetto[]
  mezzo: string
  dataArrivo: string | null
  dataDocumento: string | null
  protocolloMittente: { numero: string; data: string | null } | null
  voce: Scelta
  ufficio: Scelta
  /** Who formed an internal document; absent from the others. */
  ufficioMittente?: Scelta
  perConoscenza: Scelta[]
  tipologia: string
  riservatezza: string
  note: string
  documento: { nome: string; dimensione: number; sha256: string } | null
  descrizioneCartaceo: string
}

interface Scritto {
  operatore: string
  scritto: string
}

export type FattoEmergenza = Scritto &
  (
    | { tipo: 'apertura'; causa: string; inizio: string; provvedimento: string; autorizzataDa: string }
    | { tipo: 'autorizzazione'; provvedimento: string; autorizzataDa: string; dal: string; al: string }
    | {
        tipo: 'registrazione'
        numero: string
        anno: number
        progressivo: number
        istante: string
        trascritta: boolean
        dati: DatiEmergenza
      }
    | { tipo: 'giornata'; giorno: string; totale: number }
    | { tipo: 'chiusura'; ripristino: string }
  )

export interface FileEmergenza {
  formato: string
  serie: string
  firmaSerie: string
  fatti: { dati: string; impronta: string }[]
  firma: string
}

export interface DotazioneDto {
  serie: string
  firma: string
  chiaveEnte: { x: string; y: string }
  voci: Scelta[]
  uffici: Scelta[]
  mezzi: string[]
  tipologie: string[]
  riservatezze: string[]
}

export interface SerieDto {
  id: string
  registro: RegistroBreve
  dispositivo: string
  provvedimento: string
  stato: string
  anno: number
  primo: number
  autorizzataIl: string
  autorizzataDa: string
  attivataIl: string | null
  attivataDa: string | null
  revocataIl: string | null
  motivoRevoca: string | null
}

export interface AperturaDto {
  id: string
  registro: RegistroBreve
  causa: string
  inizio: string
  provvedimento: string
  autorizzataDa: string
  origine: string
  coperturaFino: string | null
  ripristino: string | null
  chiusaDa: string | null
  righeDichiarate: number | null
  recuperataIl: string | null
  deroga: { motivo: string; il: string; da: string } | null
  righe: number
  autorizzazioni: { tipo: string; provvedimento: string; autorizzataDa: string; dal: string; al: string }[]
  giornate: { giorno: string; totale: number }[]
}

export interface RegistroEmergenza extends RegistroBreve {
  ultimo: string | null
  serie: SerieDto | null
}

export interface RecuperoDto {
  id: string
  registro: RegistroBreve
  istante: string
  operatore: string
  righe: number
  impronta: string
}

export interface Quadro {
  registri: RegistroEmergenza[]
  aperture: AperturaDto[]
  recuperi: RecuperoDto[]
  sospeso: boolean
  puoGestire: boolean
}

export interface StatoEmergenza {
  aperte: { registro: string; sede: string; causa: string; inizio: string }[]
  sospeso: boolean
}

export interface Coppia {
  numero: string
  istante: string
  oggetto: string
  corrispondente: string
  registrazioneId: string | null
  etichetta: string | null
  istanteRegistrazione: string | null
  nuova: boolean
  file: { nome: string; sha256: string; presente: boolean } | null
  codice: string
  differenze: string[]
}

export interface Prova {
  valido: boolean
  errori: Errore[]
  registro: { codice: string; sede: string; dispositivo: string } | null
  impronta: string
  coppie: Coppia[]
}

export interface EsitoRecupero {
  recuperoId: string | null
  nuove: number
  coppie: Coppia[]
}

export interface VerificaCodice {
  valido: boolean
  numero: string
  istante: string | null
  registrazioneId: string | null
  etichetta: string | null
}
