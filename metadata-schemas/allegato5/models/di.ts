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

export interface IdDocDi {
  impronta: Impronta
  identificativo: string
}
export interface PersonaDi {
  cognome: string
  nome: string
  codiceFiscale?: Opz<string>
  indirizzi?: Opz<readonly string[]>
}
export type PfDi = Soggetto<'PF', PersonaDi>
export type PgDi = Soggetto<
  'PG',
  { denominazione: string; codiceFiscalePartitaIva?: Opz<string>; denominazioneUfficio?: Opz<string>; indirizzi?: Opz<readonly string[]> }
>
export type PaiDi = Soggetto<
  'PAI',
  { ipaAmm: CodiceIpa; ipaAoo?: Opz<CodiceIpa>; ipaUor?: Opz<CodiceIpa>; indirizzi?: Opz<readonly string[]> }
>
export type PaeDi = Soggetto<'PAE', { denominazione: string; denominazioneUfficio?: Opz<string>; indirizzi?: Opz<readonly string[]> }>
export type AsDi = Soggetto<
  'AS',
  {
    cognome?: Opz<string>
    nome?: Opz<string>
    codiceFiscale?: Opz<string>
    denominazione: string
    denominazioneUfficio: string
    indirizzi?: Opz<readonly string[]>
  }
>
export type SwDi = Soggetto<'SW', { denominazione: string }>

type ChiunqueDi = PfDi | PgDi | PaiDi | PaeDi
export type RuoloDi =
  | Ruolo<'SoggettoCheEffettuaLaRegistrazione', PfDi | PgDi>
  | Ruolo<'Assegnatario', AsDi>
  | Ruolo<'Destinatario' | 'Mittente' | 'Autore' | 'Altro', ChiunqueDi>
  | Ruolo<'Operatore' | 'ResponsabileGestioneDocumentale' | 'ResponsabileServizioProtocollo', PfDi>
  | Ruolo<'Produttore', SwDi>

/** A document in no register: its own date and number. */
export interface RegistrazioneNessuna {
  tipo: 'nessuno'
  data: string
  ora?: Opz<string>
  numero: string
}
export type RegistroDi = RegistrazioneNessuna | RegistrazioneProtocollo | RegistrazioneRepertorio

/** Documento informatico: drafts, internal notes, files received and not registered. */
export interface ModelloDi extends ModelloDocumento<
  IdDocDi,
  RegistroDi,
  RuoloDi,
  PersonaDi,
  Opz<{ [Campo in keyof Classificazione]?: Opz<Classificazione[Campo]> }>
> {
  profilo: 'DI'
}
