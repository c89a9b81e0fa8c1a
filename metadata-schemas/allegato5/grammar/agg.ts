import { FASI, TIPOLOGIE_FASCICOLO } from '../literals.ts'
import type {
  AssegnazioneAgg,
  DocumentoAgg,
  FaseAgg,
  ModelloAgg,
  PaeAgg,
  PaiAgg,
  PfAgg,
  PgAgg,
  ProcedimentoAgg,
  RupAgg,
  UfficioAgg,
} from '../models/agg.ts'
import { CHIAVE_DESCRITTIVA, CLASSIFICAZIONE, CODICE_IPA, ID_AGG, IMPRONTA, ramiRuolo } from './shared.ts'
import { tabella } from './types.ts'
import type { Ramo } from './types.ts'

const UFFICIO = tabella<UfficioAgg>((riga) => [
  riga.valore('Cognome', 'cognome', 'riga', '0..1'),
  riga.valore('Nome', 'nome', 'riga', '0..1'),
  riga.valore('CodiceFiscale', 'codiceFiscale', 'codiceFiscale', '0..1'),
  riga.struttura('IPAAmm', 'ipaAmm', CODICE_IPA),
  riga.struttura('IPAAOO', 'ipaAoo', CODICE_IPA),
  riga.struttura('IPAUOR', 'ipaUor', CODICE_IPA),
  riga.valore('IndirizziDigitaliDiRiferimento', 'indirizzi', 'riga', '1..n'),
])

const SOGGETTI = {
  PF: tabella<PfAgg>((riga) => [
    riga.valore('Cognome', 'cognome', 'riga'),
    riga.valore('Nome', 'nome', 'riga'),
    riga.valore('CodiceFiscale', 'codiceFiscale', 'codiceFiscale', '0..1'),
    riga.valore('IndirizziDigitaliDiRiferimento', 'indirizzi', 'riga', '0..n'),
  ]),
  PG: tabella<PgAgg>((riga) => [
    riga.valore('DenominazioneOrganizzazione', 'denominazione', 'riga'),
    riga.valore('CodiceFiscale_PartitaIva', 'codiceFiscalePartitaIva', 'riga', '0..1'),
    riga.valore('IndirizziDigitaliDiRiferimento', 'indirizzi', 'riga', '0..n'),
  ]),
  PAI: tabella<PaiAgg>((riga) => [
    riga.struttura('IPAAmm', 'ipaAmm', CODICE_IPA),
    riga.struttura('IPAAOO', 'ipaAoo', CODICE_IPA),
    riga.struttura('IPAUOR', 'ipaUor', CODICE_IPA, '0..1'),
    riga.valore('IndirizziDigitaliDiRiferimento', 'indirizzi', 'riga', '1..n'),
  ]),
  PAE: tabella<PaeAgg>((riga) => [
    riga.valore('DenominazioneAmministrazione', 'denominazione', 'riga'),
    riga.valore('DenominazioneUfficio', 'denominazioneUfficio', 'riga', '0..1'),
    riga.valore('IndirizziDigitaliDiRiferimento', 'indirizzi', 'riga', '1..n'),
  ]),
  AS: UFFICIO,
  RUP: tabella<RupAgg>((riga) => [
    riga.valore('Cognome', 'cognome', 'riga'),
    riga.valore('Nome', 'nome', 'riga'),
    riga.valore('CodiceFiscale', 'codiceFiscale', 'codiceFiscale', '0..1'),
    riga.struttura('IPAAmm', 'ipaAmm', CODICE_IPA),
    riga.struttura('IPAAOO', 'ipaAoo', CODICE_IPA),
    riga.struttura('IPAUOR', 'ipaUor', CODICE_IPA),
    riga.valore('IndirizziDigitaliDiRiferimento', 'indirizzi', 'riga', '1..n'),
  ]),
}

/** Kinds of subject each role admits in this profile. */
export const RUOLI_AGG = {
  AmministrazioneTitolare: ['PAI'],
  AmministrazionePartecipante: ['PAI', 'PAE'],
  SoggettoIntestatarioPersonaGiuridica: ['PG', 'PAI', 'PAE'],
  SoggettoIntestatarioPersonaFisica: ['PF'],
  RUP: ['RUP'],
  Assegnatario: ['AS'],
} as const

function ramoAssegnazione(el: string, testo: string): Ramo {
  return {
    el,
    struttura: tabella<AssegnazioneAgg>((riga) => [
      riga.fissa('TipoAssegnazioneRuolo', testo),
      riga.struttura('SoggettoAssegnatario', 'assegnatario', UFFICIO),
      riga.valore('DataInizioAssegnazione', 'dataInizio', 'data'),
      riga.valore('OraInizioAssegnazione', 'oraInizio', 'ora', '0..1'),
      riga.valore('DataFineAssegnazione', 'dataFine', 'data', '0..1'),
      riga.valore('OraFineAssegnazione', 'oraFine', 'ora', '0..1'),
    ]),
  }
}

const ramiFase: Readonly<Record<string, Ramo>> = Object.fromEntries(
  Object.entries(FASI).map(([nome, testo]) => [
    nome,
    {
      el: nome,
      struttura: tabella<FaseAgg>((riga) => [
        riga.fissa('Fase', testo),
        riga.valore('DataInizioFase', 'dataInizio', 'data'),
        riga.valore('DataFineFase', 'dataFine', 'data', '0..1'),
      ]),
    },
  ]),
)

const PROCEDIMENTO = tabella<ProcedimentoAgg>((riga) => [
  riga.valore('MateriaArgomentoStruttura', 'materia', 'riga'),
  riga.valore('Procedimento', 'procedimento', 'riga'),
  riga.valore('CatalogoProcedimenti', 'catalogo', 'riga', '0..1'),
  riga.involucro('Fasi', [riga.scelta('TipoFase', 'fasi', 'fase', ramiFase, '1..n')]),
])

/** The misspelled element names are the published ones; the right spellings are accepted on reading only. */
const RAMI_DOCUMENTO: Readonly<Record<DocumentoAgg['tipo'], Ramo>> = {
  DAI: {
    el: 'DocumentoAmministativoinformatico',
    alias: ['DocumentoAmministrativoInformatico', 'DocumentoAmministrativoinformatico'],
    struttura: tabella<Extract<DocumentoAgg, { tipo: 'DAI' }>>((riga) => [
      riga.struttura('ImprontaCrittograficaDelDocumento', 'impronta', IMPRONTA),
      riga.valore('Identificativo', 'identificativo', 'riga'),
      riga.valore('Segnatura', 'segnatura', 'riga', '0..1'),
    ]),
  },
  DI: {
    el: 'Documentoinformatico',
    alias: ['DocumentoInformatico'],
    struttura: tabella<Extract<DocumentoAgg, { tipo: 'DI' }>>((riga) => [
      riga.struttura('ImprontaCrittograficaDelDocumento', 'impronta', IMPRONTA),
      riga.valore('Identificativo', 'identificativo', 'riga'),
    ]),
  },
}

/** Correspondence between ModelloAgg and the children of `AggregazioneDocumentaliInformatiche`. */
export const TABELLA_AGG = tabella<ModelloAgg>((riga) => [
  riga.struttura('IdAgg', 'idAgg', ID_AGG),
  riga.letterale('TipologiaFascicolo', 'tipologiaFascicolo', TIPOLOGIE_FASCICOLO, '0..1'),
  riga.involucro('Soggetti', [riga.scelta('Ruolo', 'soggetti', 'ruolo', ramiRuolo(SOGGETTI, RUOLI_AGG), '1..n')]),
  riga.involucro('Assegnazione', [
    riga.scelta(
      'TipoAssegnazione',
      'assegnazioni',
      'tipo',
      {
        PerCompetenza: ramoAssegnazione('PerCompetenza', 'Per Competenza'),
        PerConoscenza: ramoAssegnazione('PerConoscenza', 'Per Conoscenza'),
      },
      '0..n',
    ),
  ]),
  riga.valore('DataApertura', 'dataApertura', 'data'),
  riga.struttura('Classificazione', 'classificazione', CLASSIFICAZIONE),
  riga.valore('Progressivo', 'progressivo', 'intero'),
  riga.struttura('ChiaveDescrittiva', 'chiaveDescrittiva', CHIAVE_DESCRITTIVA),
  riga.valore('DataChiusura', 'dataChiusura', 'data', '0..1'),
  riga.struttura('ProcedimentoAmministrativo', 'procedimento', PROCEDIMENTO, '0..1'),
  riga.involucro('IndiceDocumenti', [riga.scelta('TipoDocumento', 'documenti', 'tipo', RAMI_DOCUMENTO, '1..n')]),
  riga.valore('PosizioneFisicaAggregazioneDocumentale', 'posizioneFisica', 'riga', '0..1'),
  riga.struttura('IdAggPrimario', 'idAggPrimario', ID_AGG, '0..1'),
  riga.valore('TempoDiConservazione', 'tempoDiConservazione', 'anni', '0..1'),
  riga.valore('Note', 'note', 'nota', '0..1'),
])
