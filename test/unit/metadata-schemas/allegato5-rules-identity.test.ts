import { describe } from '@jest/globals'
import { testRows } from './allegato5-rule-rows.ts'
import type { Riga } from './allegato5-rule-rows.ts'

const IMPRONTA = 'ImprontaCrittograficaDelDocumento'
const PROTOCOLLO = 'DatiDiRegistrazione/TipoRegistro/ProtocolloOrdinario_ProtocolloEmergenza'

const IDENTITA: Riga[] = [
  {
    regola: 'R01',
    campione: 'dai-minimo',
    caso: 'blank oggetto',
    viola: (m) => (m.chiaveDescrittiva.oggetto = ' \u00A0'),
    percorso: 'ChiaveDescrittiva/Oggetto',
  },
  {
    regola: 'R01',
    campione: 'dai-completo',
    caso: 'blank address among others',
    viola: (m) => m.soggetti[2].soggetto.indirizzi.push(''),
    percorso: 'Soggetti/Ruolo[3]/Destinatario/PF/IndirizziDigitaliDiRiferimento[2]',
  },
  {
    regola: 'R01',
    campione: 'dai-minimo',
    caso: 'administration without a name',
    viola: (m) => (m.soggetti[0].soggetto.ipaAmm.denominazione = ''),
    percorso: 'Soggetti/Ruolo[1]/AmministrazioneCheEffettuaLaRegistrazione/PAI/IPAAmm/Denominazione',
  },
  {
    regola: 'R01',
    campione: 'di-minimo',
    caso: 'person without surname',
    viola: (m) => delete m.soggetti[0].soggetto.cognome,
    percorso: 'Soggetti/Ruolo[1]/Autore/PF/Cognome',
  },
  {
    regola: 'R02',
    campione: 'dai-minimo',
    caso: 'digest of the wrong length',
    viola: (m) => (m.idDoc.impronta.algoritmo = 'SHA-512'),
    percorso: `IdDoc/${IMPRONTA}/Impronta`,
  },
  {
    regola: 'R02',
    campione: 'di-completo',
    caso: 'attachment with a digest that is not base64',
    viola: (m) => (m.allegati.indice[1].idDoc.impronta.valore = 'così no'),
    percorso: `Allegati/IndiceAllegati[2]/IdDoc/${IMPRONTA}/Impronta`,
  },
  {
    regola: 'R03',
    campione: 'dai-completo',
    caso: 'digest of another file',
    viola: (m, c) => (c.improntePerIdentificativo[m.idDoc.identificativo].valore = m.allegati.indice[0].idDoc.impronta.valore),
    percorso: `IdDoc/${IMPRONTA}/Impronta`,
    fatti: ['improntePerIdentificativo'],
  },
  {
    regola: 'R04',
    campione: 'dai-minimo',
    caso: 'algorithm out of the list',
    prima: (m) => (m.idDoc.impronta.algoritmo = 'sha256'),
    viola: (m) => (m.idDoc.impronta.algoritmo = 'MD5'),
    percorso: `IdDoc/${IMPRONTA}/Algoritmo`,
  },
  {
    regola: 'R05',
    campione: 'dai-completo',
    caso: 'attachment with the identifier of the document',
    viola: (m) => (m.allegati.indice[0].idDoc.identificativo = m.idDoc.identificativo.toUpperCase()),
    percorso: 'Allegati/IndiceAllegati[1]/IdDoc/Identificativo',
  },
]

const REGISTRAZIONE: Riga[] = [
  {
    regola: 'R10',
    campione: 'dai-minimo',
    caso: 'segnatura missing',
    viola: (m) => (m.idDoc.segnatura = null),
    percorso: 'IdDoc/Segnatura',
  },
  {
    regola: 'R10',
    campione: 'dai-minimo',
    caso: 'segnatura of another number',
    viola: (m) => (m.idDoc.segnatura = m.idDoc.segnatura.replace('417', '4170')),
    percorso: 'IdDoc/Segnatura',
  },
  {
    regola: 'R10',
    campione: 'dai-minimo',
    caso: 'segnatura of another day, Italian dates read too',
    prima: (m) => (m.idDoc.segnatura = 'Comune - Prot. PG n. 417 del 11/03/2026'),
    viola: (m) => (m.idDoc.segnatura = 'Comune - Prot. PG n. 417 del 12/03/2026'),
    percorso: 'IdDoc/Segnatura',
  },
  {
    regola: 'R10',
    campione: 'dai-minimo',
    caso: 'segnatura of another register',
    viola: (m) => (m.idDoc.segnatura = m.idDoc.segnatura.replace('|PG|', '|PGX|')),
    percorso: 'IdDoc/Segnatura',
  },
  {
    regola: 'R11',
    campione: 'dai-minimo',
    caso: 'filler in a repertorio',
    prima: (m) => {
      m.registro.tipo = 'repertorio'
      m.idDoc.segnatura = null
    },
    viola: (m) => (m.idDoc.segnatura = 'n.d.'),
    percorso: 'IdDoc/Segnatura',
  },
  {
    regola: 'R20',
    campione: 'dai-minimo',
    caso: 'other branch than the registration',
    viola: (_m, c) => (c.registrazione.tipo = 'repertorio'),
    percorso: 'DatiDiRegistrazione/TipoRegistro',
    fatti: ['registrazione'],
  },
  {
    regola: 'R20',
    campione: 'dai-minimo',
    caso: 'other number than the registration',
    viola: (_m, c) => (c.registrazione.numero = '0000418'),
    percorso: `${PROTOCOLLO}/NumeroProtocolloDocumento`,
  },
  {
    regola: 'R20',
    campione: 'dai-minimo',
    caso: 'DAI in no register',
    viola: (m, c) => {
      m.registro.tipo = 'nessuno'
      c.registrazione = null
    },
    percorso: 'DatiDiRegistrazione/TipoRegistro',
  },
  {
    regola: 'R20',
    campione: 'di-minimo',
    caso: 'branch that does not exist',
    viola: (m) => (m.registro.tipo = 'altro'),
    percorso: 'DatiDiRegistrazione/TipoRegistro',
  },
  {
    regola: 'R21',
    campione: 'dai-minimo',
    caso: 'register without code',
    viola: (m) => (m.registro.codiceRegistro = ''),
    percorso: `${PROTOCOLLO}/CodiceRegistro`,
  },
  {
    regola: 'R21',
    campione: 'di-minimo',
    caso: 'code without register',
    viola: (m) => (m.registro.codiceRegistro = 'PG'),
    percorso: 'DatiDiRegistrazione/TipoRegistro/Nessuno/CodiceRegistro',
  },
  {
    regola: 'R22',
    campione: 'dai-minimo',
    caso: 'date in the future',
    viola: (_m, c) => (c.oggi = '2026-03-10'),
    percorso: `${PROTOCOLLO}/DataProtocollazioneDocumento`,
    fatti: ['oggi', 'dataDocumento', 'registrazione'],
  },
  {
    regola: 'R22',
    campione: 'dai-minimo',
    caso: 'registered before it existed',
    viola: (_m, c) => (c.dataDocumento = '2026-03-12'),
    percorso: `${PROTOCOLLO}/DataProtocollazioneDocumento`,
  },
  {
    regola: 'R22',
    campione: 'dai-minimo',
    caso: 'other day than the system assigned',
    viola: (_m, c) => (c.registrazione.data = '2026-03-10'),
    percorso: `${PROTOCOLLO}/DataProtocollazioneDocumento`,
  },
  {
    regola: 'R23',
    campione: 'di-minimo',
    caso: 'internal between two AOO',
    viola: (_m, c) => (c.scambioInternoAoo = false),
    percorso: 'DatiDiRegistrazione/TipologiaDiFlusso',
    fatti: ['scambioInternoAoo'],
  },
]

describe('Allegato 5 rules: identity', () => testRows(IDENTITA))
describe('Allegato 5 rules: registration', () => testRows(REGISTRAZIONE))
