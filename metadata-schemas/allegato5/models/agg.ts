import type { AnniDiConservazione, NomeFase, TipologiaFascicolo } from '../literals.ts'
import type { AlmenoUnIndirizzo } from './dai.ts'
import type { ChiaveDescrittiva, Classificazione, CodiceIpa, IdAggregazione, Impronta, Opz, Ruolo, Soggetto } from './shared.ts'

export type PfAgg = Soggetto<'PF', { cognome: string; nome: string; codiceFiscale?: Opz<string>; indirizzi?: Opz<readonly string[]> }>
/** No office here: the published schema types it as a date, so it is never written in an aggregation. */
export type PgAgg = Soggetto<'PG', { denominazione: string; codiceFiscalePartitaIva?: Opz<string>; indirizzi?: Opz<readonly string[]> }>
export type PaiAgg = Soggetto<'PAI', { ipaAmm: CodiceIpa; ipaAoo: CodiceIpa; ipaUor?: Opz<CodiceIpa>; indirizzi: AlmenoUnIndirizzo }>
export type PaeAgg = Soggetto<'PAE', { denominazione: string; denominazioneUfficio?: Opz<string>; indirizzi: AlmenoUnIndirizzo }>
export interface UfficioAgg {
  cognome?: Opz<string>
  nome?: Opz<string>
  codiceFiscale?: Opz<string>
  ipaAmm: CodiceIpa
  ipaAoo: CodiceIpa
  ipaUor: CodiceIpa
  indirizzi: AlmenoUnIndirizzo
}
export type AsAgg = Soggetto<'AS', UfficioAgg>
export type RupAgg = Soggetto<
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
export type RuoloAgg =
  | Ruolo<'AmministrazioneTitolare', PaiAgg>
  | Ruolo<'AmministrazionePartecipante', PaiAgg | PaeAgg>
  | Ruolo<'SoggettoIntestatarioPersonaGiuridica', PgAgg | PaiAgg | PaeAgg>
  | Ruolo<'SoggettoIntestatarioPersonaFisica', PfAgg>
  | Ruolo<'RUP', RupAgg>
  | Ruolo<'Assegnatario', AsAgg>

/** One handover of the aggregation; without an end it still holds. */
export interface AssegnazioneAgg {
  tipo: 'PerCompetenza' | 'PerConoscenza'
  assegnatario: UfficioAgg
  dataInizio: string
  oraInizio?: Opz<string>
  dataFine?: Opz<string>
  oraFine?: Opz<string>
}
export interface FaseAgg {
  fase: NomeFase
  dataInizio: string
  dataFine?: Opz<string>
}
export interface ProcedimentoAgg {
  materia: string
  procedimento: string
  /** Absolute URI of the published catalogue. */
  catalogo?: Opz<string>
  fasi: readonly FaseAgg[]
}
/** A document of the aggregation: with segnatura when it is a documento amministrativo informatico. */
export type DocumentoAgg =
  | { tipo: 'DAI'; impronta: Impronta; identificativo: string; segnatura?: Opz<string> }
  | { tipo: 'DI'; impronta: Impronta; identificativo: string }

/** Aggregazione documentale informatica: fascicolo, serie documentale, serie di fascicoli. */
export interface ModelloAgg {
  profilo: 'AGG'
  idAgg: IdAggregazione
  tipologiaFascicolo?: Opz<TipologiaFascicolo>
  soggetti: readonly RuoloAgg[]
  assegnazioni: readonly AssegnazioneAgg[]
  dataApertura: string
  classificazione: Classificazione
  progressivo: number
  chiaveDescrittiva: ChiaveDescrittiva
  dataChiusura?: Opz<string>
  procedimento?: Opz<ProcedimentoAgg>
  documenti: readonly DocumentoAgg[]
  posizioneFisica?: Opz<string>
  idAggPrimario?: Opz<IdAggregazione>
  tempoDiConservazione?: Opz<AnniDiConservazione>
  note?: Opz<string>
}
