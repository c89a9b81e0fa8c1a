import type { AsDi, IdDocDi, ModelloDi, PaeDi, PaiDi, PersonaDi, PgDi, RegistrazioneNessuna, SwDi } from '../models/di.ts'
import { CODICE_IPA, IMPRONTA, RAMI_REGISTRO, ramiRuolo, tabellaDocumento } from './shared.ts'
import { tabella } from './types.ts'

const PF = tabella<PersonaDi>((riga) => [
  riga.valore('Cognome', 'cognome', 'riga'),
  riga.valore('Nome', 'nome', 'riga'),
  riga.valore('CodiceFiscale', 'codiceFiscale', 'codiceFiscale', '0..1'),
  riga.valore('IndirizziDigitaliDiRiferimento', 'indirizzi', 'riga', '0..n'),
])

const SOGGETTI = {
  PF,
  PG: tabella<PgDi>((riga) => [
    riga.valore('DenominazioneOrganizzazione', 'denominazione', 'riga'),
    riga.valore('CodiceFiscale_PartitaIva', 'codiceFiscalePartitaIva', 'riga', '0..1'),
    riga.valore('DenominazioneUfficio', 'denominazioneUfficio', 'riga', '0..1'),
    riga.valore('IndirizziDigitaliDiRiferimento', 'indirizzi', 'riga', '0..n'),
  ]),
  PAI: tabella<PaiDi>((riga) => [
    riga.struttura('IPAAmm', 'ipaAmm', CODICE_IPA),
    riga.struttura('IPAAOO', 'ipaAoo', CODICE_IPA, '0..1'),
    riga.struttura('IPAUOR', 'ipaUor', CODICE_IPA, '0..1'),
    riga.valore('IndirizziDigitaliDiRiferimento', 'indirizzi', 'riga', '0..n'),
  ]),
  PAE: tabella<PaeDi>((riga) => [
    riga.valore('DenominazioneAmministrazione', 'denominazione', 'riga'),
    riga.valore('DenominazioneUfficio', 'denominazioneUfficio', 'riga', '0..1'),
    riga.valore('IndirizziDigitaliDiRiferimento', 'indirizzi', 'riga', '0..n'),
  ]),
  AS: tabella<AsDi>((riga) => [
    riga.valore('Cognome', 'cognome', 'riga', '0..1'),
    riga.valore('Nome', 'nome', 'riga', '0..1'),
    riga.valore('CodiceFiscale', 'codiceFiscale', 'codiceFiscale', '0..1'),
    riga.valore('DenominazioneOrganizzazione', 'denominazione', 'riga'),
    riga.valore('DenominazioneUfficio', 'denominazioneUfficio', 'riga'),
    riga.valore('IndirizziDigitaliDiRiferimento', 'indirizzi', 'riga', '0..n'),
  ]),
  SW: tabella<SwDi>((riga) => [riga.valore('DenominazioneSistema', 'denominazione', 'riga')]),
}

/** Kinds of subject each role admits in this profile. */
export const RUOLI_DI = {
  SoggettoCheEffettuaLaRegistrazione: ['PF', 'PG'],
  Assegnatario: ['AS'],
  Destinatario: ['PF', 'PG', 'PAI', 'PAE'],
  Mittente: ['PF', 'PG', 'PAI', 'PAE'],
  Autore: ['PF', 'PG', 'PAI', 'PAE'],
  Operatore: ['PF'],
  ResponsabileGestioneDocumentale: ['PF'],
  ResponsabileServizioProtocollo: ['PF'],
  Produttore: ['SW'],
  Altro: ['PF', 'PG', 'PAI', 'PAE'],
} as const

const NESSUNO = tabella<RegistrazioneNessuna>((riga) => [
  riga.fissa('TipoRegistro', 'Nessuno'),
  riga.valore('DataDocumento', 'data', 'data'),
  riga.valore('OraDocumento', 'ora', 'ora', '0..1'),
  riga.valore('NumeroDocumento', 'numero', 'riga'),
])

const CLASSIFICAZIONE_FACOLTATIVA = tabella<NonNullable<ModelloDi['classificazione']>>((riga) => [
  riga.valore('IndiceDiClassificazione', 'indice', 'riga', '0..1'),
  riga.valore('Descrizione', 'descrizione', 'riga', '0..1'),
  riga.valore('PianoDiClassificazione', 'piano', 'riga', '0..1'),
])

/** Correspondence between ModelloDi and the children of `DocumentoInformatico`. */
export const TABELLA_DI = tabellaDocumento({
  idDoc: tabella<IdDocDi>((riga) => [
    riga.struttura('ImprontaCrittograficaDelDocumento', 'impronta', IMPRONTA),
    riga.valore('Identificativo', 'identificativo', 'riga'),
  ]),
  registri: { nessuno: { el: 'Nessuno', struttura: NESSUNO }, ...RAMI_REGISTRO },
  ruoli: ramiRuolo(SOGGETTI, RUOLI_DI),
  persona: PF,
  classificazione: {
    forma: 'struttura',
    el: 'Classificazione',
    campo: 'classificazione',
    struttura: CLASSIFICAZIONE_FACOLTATIVA,
    card: '0..1',
  },
  cardAggregazioni: '0..n',
})
