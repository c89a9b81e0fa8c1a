import type { IdDocDai, PaeDai, PaiDai, PersonaDai, PgDai, RupDai, SwDai, UfficioDai } from '../models/dai.ts'
import { CLASSIFICAZIONE, CODICE_IPA, IMPRONTA, RAMI_REGISTRO, ramiRuolo, tabellaDocumento } from './shared.ts'
import { tabella } from './types.ts'

const PF = tabella<PersonaDai>((riga) => [
  riga.valore('Cognome', 'cognome', 'riga'),
  riga.valore('Nome', 'nome', 'riga'),
  riga.valore('CodiceFiscale', 'codiceFiscale', 'codiceFiscale', '0..1'),
  riga.struttura('IPAAmm', 'ipaAmm', CODICE_IPA, '0..1'),
  riga.struttura('IPAAOO', 'ipaAoo', CODICE_IPA, '0..1'),
  riga.struttura('IPAUOR', 'ipaUor', CODICE_IPA, '0..1'),
  riga.valore('IndirizziDigitaliDiRiferimento', 'indirizzi', 'riga', '0..n'),
])

const SOGGETTI = {
  PF,
  PG: tabella<PgDai>((riga) => [
    riga.valore('DenominazioneOrganizzazione', 'denominazione', 'riga'),
    riga.valore('CodiceFiscale_PartitaIva', 'codiceFiscalePartitaIva', 'riga', '0..1'),
    riga.valore('DenominazioneUfficio', 'denominazioneUfficio', 'riga', '0..1'),
    riga.valore('IndirizziDigitaliDiRiferimento', 'indirizzi', 'riga', '0..n'),
  ]),
  PAI: tabella<PaiDai>((riga) => [
    riga.struttura('IPAAmm', 'ipaAmm', CODICE_IPA),
    riga.struttura('IPAAOO', 'ipaAoo', CODICE_IPA),
    riga.struttura('IPAUOR', 'ipaUor', CODICE_IPA, '0..1'),
    riga.valore('IndirizziDigitaliDiRiferimento', 'indirizzi', 'riga', '1..n'),
  ]),
  PAE: tabella<PaeDai>((riga) => [
    riga.valore('DenominazioneAmministrazione', 'denominazione', 'riga'),
    riga.valore('DenominazioneUfficio', 'denominazioneUfficio', 'riga', '0..1'),
    riga.valore('IndirizziDigitaliDiRiferimento', 'indirizzi', 'riga', '1..n'),
  ]),
  AS: tabella<UfficioDai>((riga) => [
    riga.valore('Cognome', 'cognome', 'riga', '0..1'),
    riga.valore('Nome', 'nome', 'riga', '0..1'),
    riga.valore('CodiceFiscale', 'codiceFiscale', 'codiceFiscale', '0..1'),
    riga.struttura('IPAAmm', 'ipaAmm', CODICE_IPA),
    riga.struttura('IPAAOO', 'ipaAoo', CODICE_IPA),
    riga.struttura('IPAUOR', 'ipaUor', CODICE_IPA),
    riga.valore('IndirizziDigitaliDiRiferimento', 'indirizzi', 'riga', '1..n'),
  ]),
  RUP: tabella<RupDai>((riga) => [
    riga.valore('Cognome', 'cognome', 'riga'),
    riga.valore('Nome', 'nome', 'riga'),
    riga.valore('CodiceFiscale', 'codiceFiscale', 'codiceFiscale', '0..1'),
    riga.struttura('IPAAmm', 'ipaAmm', CODICE_IPA),
    riga.struttura('IPAAOO', 'ipaAoo', CODICE_IPA),
    riga.struttura('IPAUOR', 'ipaUor', CODICE_IPA),
    riga.valore('IndirizziDigitaliDiRiferimento', 'indirizzi', 'riga', '1..n'),
  ]),
  SW: tabella<SwDai>((riga) => [riga.valore('DenominazioneSistema', 'denominazione', 'riga')]),
}

/** Kinds of subject each role admits in this profile. */
export const RUOLI_DAI = {
  AmministrazioneCheEffettuaLaRegistrazione: ['PAI'],
  Assegnatario: ['AS'],
  Destinatario: ['PF', 'PG', 'PAI', 'PAE'],
  Mittente: ['PF', 'PG', 'PAI', 'PAE'],
  Autore: ['PF', 'PG', 'PAI', 'PAE'],
  Operatore: ['PF'],
  ResponsabileGestioneDocumentale: ['PF'],
  ResponsabileServizioProtocollo: ['PF'],
  Produttore: ['SW'],
  RUP: ['RUP'],
} as const

/** Correspondence between ModelloDai and the children of `DocumentoAmministrativoInformatico`. */
export const TABELLA_DAI = tabellaDocumento({
  idDoc: tabella<IdDocDai>((riga) => [
    riga.struttura('ImprontaCrittograficaDelDocumento', 'impronta', IMPRONTA),
    riga.valore('Identificativo', 'identificativo', 'riga'),
    riga.valore('Segnatura', 'segnatura', 'riga', '0..1'),
  ]),
  registri: RAMI_REGISTRO,
  ruoli: ramiRuolo(SOGGETTI, RUOLI_DAI),
  persona: PF,
  classificazione: { forma: 'struttura', el: 'Classificazione', campo: 'classificazione', struttura: CLASSIFICAZIONE, card: '1' },
  cardAggregazioni: '1..n',
})
