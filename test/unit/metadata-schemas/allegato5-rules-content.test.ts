import { describe } from '@jest/globals'
import { testRows } from './allegato5-rule-rows.ts'
import type { Riga } from './allegato5-rule-rows.ts'

const CONFORMITA = 'Verifica/ConformitaCopieImmagineSuSupportoInformatico'

const CONTENUTO: Riga[] = [
  {
    regola: 'R30',
    campione: 'dai-completo',
    caso: 'declared and listed attachments differ',
    prima: (m) => (m.allegati.numero = 2),
    viola: (m) => (m.allegati.numero = 0),
    percorso: 'Allegati/NumeroAllegati',
  },
  {
    regola: 'R31',
    campione: 'dai-completo',
    caso: 'the same attachment twice',
    viola: (m) => m.allegati.indice.push(m.allegati.indice[0]),
    percorso: 'Allegati/IndiceAllegati[3]/IdDoc/Identificativo',
  },
  {
    regola: 'R35',
    campione: 'dai-minimo',
    caso: 'flag that no check gave',
    viola: (_m, c) => (c.controlloFirme.firmato = false),
    percorso: 'Verifica/FirmatoDigitalmente',
    fatti: ['controlloFirme'],
  },
  {
    regola: 'R35',
    campione: 'di-completo',
    caso: 'flag true in mode d',
    viola: (m) => (m.verifica.marcato = true),
    percorso: 'Verifica/MarcaturaTemporale',
  },
  {
    regola: 'R36',
    campione: 'dai-completo',
    caso: 'conformity without attestation',
    viola: (_m, c) => (c.attestazione.presente = false),
    percorso: CONFORMITA,
    fatti: ['attestazione'],
  },
  {
    regola: 'R36',
    campione: 'di-minimo',
    caso: 'conformity in mode a',
    viola: (m, c) => {
      m.verifica.conformitaCopia = true
      c.attestazione.presente = true
    },
    percorso: CONFORMITA,
  },
  {
    regola: 'R37',
    campione: 'dai-completo',
    caso: 'attestation nowhere to be found',
    viola: (m) => {
      m.allegati.indice = []
      m.documentoPrimario = null
      m.note = null
    },
    percorso: CONFORMITA,
  },
  {
    regola: 'R37',
    campione: 'dai-completo',
    caso: 'attestation with an identifier of its own, not referred to',
    prima: (m, c) => (c.attestazione.identificativo = m.allegati.indice[1].idDoc.identificativo),
    viola: (_m, c) => (c.attestazione.identificativo = 'un-altro'),
    percorso: CONFORMITA,
  },
  {
    regola: 'R38',
    campione: 'dai-minimo',
    caso: 'signed, says the flag, and no signature',
    viola: (_m, c) => (c.firmaNelFile = false),
    percorso: 'Verifica/FirmatoDigitalmente',
    fatti: ['firmaNelFile'],
  },
  {
    regola: 'R40',
    campione: 'di-completo',
    caso: 'DI of a public body without classification',
    viola: (m) => (m.classificazione = null),
    percorso: 'Classificazione',
  },
  {
    regola: 'R40',
    campione: 'di-minimo',
    caso: 'body not known to be public',
    prima: (_m, c) => (c.pubblicaAmministrazione = false),
    viola: (m, c) => {
      m.classificazione = { indice: 'VI/3' }
      c.pubblicaAmministrazione = true
    },
    percorso: 'Classificazione',
    fatti: ['pubblicaAmministrazione'],
  },
  {
    regola: 'R41',
    campione: 'dai-minimo',
    caso: 'voice no longer active',
    viola: (_m, c) => (c.voceClassificazione = 'cessata'),
    percorso: 'Classificazione/IndiceDiClassificazione',
    fatti: ['voceClassificazione'],
  },
  {
    regola: 'R45',
    campione: 'dai-minimo',
    caso: 'proprietary format without its software',
    viola: (m) => (m.formato.formato = 'application/vnd.ms-excel'),
    percorso: 'IdentificativoDelFormato/ProdottoSoftware',
  },
  {
    regola: 'R45',
    campione: 'dai-completo',
    caso: 'ambiguous format, told by the system',
    prima: (_m, c) => (c.formatoProprietario = true),
    viola: (m) => (m.formato.prodotto = null),
    percorso: 'IdentificativoDelFormato/ProdottoSoftware',
  },
]

const IDENTIFICATIVI: Riga[] = [
  {
    regola: 'I01',
    campione: 'dai-completo',
    caso: 'wrong control character',
    viola: (m) => (m.soggetti[2].soggetto.codiceFiscale = 'LNDBRC82C44X901A'),
    percorso: 'Soggetti/Ruolo[3]/Destinatario/PF/CodiceFiscale',
  },
  {
    regola: 'I02',
    campione: 'dai-completo',
    caso: 'wrong control digit',
    viola: (m) => (m.soggetti[3].soggetto.codiceFiscalePartitaIva = '99999020020'),
    percorso: 'Soggetti/Ruolo[4]/Destinatario/PG/CodiceFiscale_PartitaIva',
  },
  {
    regola: 'I03',
    campione: 'dai-minimo',
    caso: 'IPA code with a space',
    viola: (m) => (m.soggetti[0].soggetto.ipaAmm.codice = 'c x901'),
    percorso: 'Soggetti/Ruolo[1]/AmministrazioneCheEffettuaLaRegistrazione/PAI/IPAAmm/CodiceIPA',
  },
  {
    regola: 'I04',
    campione: 'dai-minimo',
    caso: 'free code of an AOO',
    viola: (m) => (m.soggetti[0].soggetto.ipaAoo.codice = 'AOO1'),
    percorso: 'Soggetti/Ruolo[1]/AmministrazioneCheEffettuaLaRegistrazione/PAI/IPAAOO/CodiceIPA',
  },
  {
    regola: 'I05',
    campione: 'dai-completo',
    caso: 'free code of an office',
    viola: (m) => (m.soggetti[1].soggetto.ipaUor.codice = 'edilizia'),
    percorso: 'Soggetti/Ruolo[2]/Assegnatario/AS/IPAUOR/CodiceIPA',
  },
  {
    regola: 'I06',
    campione: 'dai-minimo',
    caso: 'two addresses in one',
    viola: (m) => (m.soggetti[0].soggetto.indirizzi[0] += '; altro@pec.example'),
    percorso: 'Soggetti/Ruolo[1]/AmministrazioneCheEffettuaLaRegistrazione/PAI/IndirizziDigitaliDiRiferimento[1]',
  },
  {
    regola: 'I07',
    campione: 'dai-completo',
    caso: 'plan without a full address',
    viola: (m) => (m.classificazione.piano = 'titolario 2026'),
    percorso: 'Classificazione/PianoDiClassificazione',
  },
  {
    regola: 'I08',
    campione: 'dai-minimo',
    caso: 'format as an extension',
    viola: (m) => (m.formato.formato = 'PDF'),
    percorso: 'IdentificativoDelFormato/Formato',
  },
  {
    regola: 'I09',
    campione: 'dai-minimo',
    caso: 'file name as identifier',
    viola: (m) => (m.idDoc.identificativo = m.nome),
    percorso: 'IdDoc/Identificativo',
  },
]

describe('Allegato 5 rules: content', () => testRows(CONTENUTO))
describe('Allegato 5 form of identifiers', () => testRows(IDENTIFICATIVI))
