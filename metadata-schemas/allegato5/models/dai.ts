import type {
  Classificazione,
  CodiceIpa,
  Impronta,
  ModelloDocumento,
  Opz,
  RegistrazioneProtocollo,
  RegistrazioneRepertorio,
  Ruolo,
  Soggetto,
} from './shared.ts'

export interface IdDocDai {
  impronta: Impronta
  identificativo: string
  segnatura?: Opz<string>
}
export interface PersonaDai {
  cognome: string
  nome: string
  codiceFiscale?: Opz<string>
  ipaAmm?: Opz<CodiceIpa>
  ipaAoo?: Opz<CodiceIpa>
  ipaUor?: Opz<CodiceIpa>
  indirizzi?: Opz<readonly string[]>
}
/** Digital addresses of administrations and offices: at least one. */
export type AlmenoUnIndirizzo = readonly [string, ...string[]]

export type PfDai = Soggetto<'PF', PersonaDai>
export type PgDai = Soggetto<
  'PG',
  { denominazione: string; codiceFiscalePartitaIva?: Opz<string>; denominazioneUfficio?: Opz<string>; indirizzi?: Opz<readonly string[]> }
>
export type PaiDai = Soggetto<'PAI', { ipaAmm: CodiceIpa; ipaAoo: CodiceIpa; ipaUor?: Opz<CodiceIpa>; indirizzi: AlmenoUnIndirizzo }>
export type PaeDai = Soggetto<'PAE', { denominazione: string; denominazioneUfficio?: Opz<string>; indirizzi: AlmenoUnIndirizzo }>
/** Assignee; without a name the assignment is to the office. */
export interface UfficioDai {
  cognome?: Opz<string>
  nome?: Opz<string>
  codiceFiscale?: Opz<string>
  ipaAmm: CodiceIpa
  ipaAoo: CodiceIpa
  ipaUor: CodiceIpa
  indirizzi: AlmenoUnIndirizzo
}
export type AsDai = Soggetto<'AS', UfficioDai>
export type RupDai = Soggetto<
  'RUP',
  {
    cognome: string
    nome: string
    codiceFiscale?: Opz<string>
    ipaAmm: CodiceIpa
    ipaAoo: CodiceIpa
    ipaUor: CodiceIpa
    indirizzi: AlmenoUnIndirizzo
  }
>
export type SwDai = Soggetto<'SW', { denominazione: string }>

type ChiunqueDai = PfDai | PgDai | PaiDai | PaeDai
export type RuoloDai =
  | Ruolo<'AmministrazioneCheEffettuaLaRegistrazione', PaiDai>
  | Ruolo<'Assegnatario', AsDai>
  | Ruolo<'Destinatario' | 'Mittente' | 'Autore', ChiunqueDai>
  | Ruolo<'Operatore' | 'ResponsabileGestioneDocumentale' | 'ResponsabileServizioProtocollo', PfDai>
  | Ruolo<'Produttore', SwDai>
  | Ruolo<'RUP', RupDai>

export type RegistroDai = RegistrazioneProtocollo | RegistrazioneRepertorio

/** Documento amministrativo informatico: a document of a public body that is registered and classified. */
export interface ModelloDai extends ModelloDocumento<IdDocDai, RegistroDai, RuoloDai, PersonaDai, Classificazione> {
  profilo: 'DAI'
}
