import type { Persona } from './client.ts'

/** One step: what it does, and the sentences of evidence it leaves. `storia` carries what the next steps need. */
export interface Passo {
  readonly titolo: string
  readonly svolgi: (indirizzo: string, storia: Record<string, unknown>) => Promise<string[]>
}

export const ENTE = 'castelvento'
export const API = `/api/v1/${ENTE}`
export const OSPITE = `/sportello/v1/${ENTE}`

/** What the steps leave to the next ones. */
export interface Storia {
  lidia: Persona
  egidio: Persona
  marta: Persona
  ortensia: Persona
  estranea: Persona
  messaggio: Record<string, unknown>
  registrazione: Registrazione
  fascicolo: { id: string; slug: string; codice: string; versione: number }
  annullata: Registrazione
  versamento: { id: string; improntaIndice: string; improntaPacchetto: string; idPdv: string }
}

export interface FileDto {
  id: string
  nome: string
  sha256: string
}

export interface Registrazione {
  id: string
  etichetta: string
  numeroFormattato: string
  anno: number
  numero: number
  giorno: string
  impronta: string
  segnatura: { testo: string }
  voce: { id: string; codice: string; haSottoclassi: boolean }
  documento: { id: string; principale: FileDto; allegati: FileDto[]; annessi: FileDto[] }
}

/** The story so far, by its names. */
export const of = (storia: Record<string, unknown>): Storia => storia as unknown as Storia
