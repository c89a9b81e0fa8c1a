export interface PersonaFisica {
  tipo: 'PF'
  nome: string
  cognome: string
  codiceFiscale?: string
  indirizzoDigitale?: string
}
export interface PersonaGiuridica {
  tipo: 'PG'
  denominazione: string
  codiceFiscalePartitaIva?: string
  indirizzoDigitale?: string
}
export interface AmministrazioneItaliana {
  tipo: 'PAI'
  denominazione: string
  codiceIpa: string
  codiceAoo?: string
  denominazioneAoo?: string
  indirizzoDigitale?: string
}
export interface AmministrazioneEstera {
  tipo: 'PAE'
  denominazione: string
  indirizzoDigitale?: string
}
export type Soggetto = PersonaFisica | PersonaGiuridica | AmministrazioneItaliana | AmministrazioneEstera
/** A sender who does not say who he is, or whose name cannot be read. */
export interface MittenteIgnoto {
  tipo: 'NN'
  denominazione: 'ANONIMO' | 'NON IDENTIFICABILE'
}
/** An office an internal document was given to. */
export interface Unita {
  tipo: 'UO'
  denominazione: string
  codice: string
}
/** Any correspondent of a registration as it is shown. */
export type Corrispondente = (Soggetto | MittenteIgnoto | Unita) & { perConoscenza?: boolean; canale?: Mezzo }

export const MEZZI = ['PEC', 'PEO', 'PORTALE', 'COOPERAZIONE', 'POSTA', 'RACCOMANDATA', 'A_MANO', 'NOTIFICA', 'ALTRO'] as const
export type Mezzo = (typeof MEZZI)[number]
