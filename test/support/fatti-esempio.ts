import type { DocumentoFatti, FascicoloFatti, SoggettoFatti } from '../../server/metadati/facts.ts'

/** Facts of an invented municipality, complete and valid; whatever is given replaces the default. */

const ENTE = {
  denominazione: 'Comune di Castelvento',
  codiceIpa: 'c_x901',
  aoo: {
    codice: 'AX901A0',
    denominazione: 'Area organizzativa di Castelvento',
    domicilioDigitale: 'protocollo@pec.comune.castelvento.example',
  },
}
const UFFICIO = {
  id: 'u-1',
  codice: 'UFX901',
  denominazione: 'Sportello unico edilizia',
  indirizzoDigitale: 'edilizia@comune.castelvento.example',
}
const RESPONSABILE = { id: 'p-1', nome: 'Renato', cognome: 'Ventura', codiceFiscale: 'VNTRNT74E10X901I' }
const OPERATORE = { id: 'p-2', nome: 'Lidia', cognome: 'Acquaviva', codiceFiscale: 'CQVLDI80A41X901U' }
const VOCE = {
  codice: 'VI/3',
  descrizione: 'Pianificazione e gestione del territorio / Edilizia privata',
  piano: 'https://www.comune.castelvento.example/titolario',
  conservazioneAnni: 10,
  chiusaDal: null,
  versioneDal: '2020-01-01',
  versioneAl: null,
}

export const PRINCIPALE = '9c7082fec046306f407 9cafc306405cc9c63c0ba9d8f3add8634 45b2c672ec03'.replaceAll(' ', '')
export const ALLEGATO = 'a'.repeat(64)

export function buildSoggetto(changes: Partial<SoggettoFatti> = {}): SoggettoFatti {
  return {
    ruolo: 'mittente',
    tipo: 'PF',
    nome: 'Ortensia',
    cognome: 'Ventaglio',
    denominazione: null,
    codiceFiscale: 'VNTRNS74E50X901P',
    codiceIpa: null,
    codiceAoo: null,
    denominazioneAoo: null,
    indirizzoDigitale: 'ortensia@posta.example',
    ...changes,
  }
}

export function buildDocumento(changes: Partial<DocumentoFatti> = {}): DocumentoFatti {
  return {
    id: '0197f0a0-2222-7000-8000-000000000001',
    ente: ENTE,
    oggetto: 'Richiesta di permesso di costruire in via dei Mulini',
    tipologia: 'Istanza',
    modalita: 'b',
    riservatezza: 'ORDINARIO',
    dataDocumento: '2026-03-10',
    versione: 1,
    voce: VOCE,
    files: [
      {
        id: '0197f0a0-2222-7000-8000-000000000011',
        contenutoId: 'c-1',
        ruolo: 'principale',
        posizione: 1,
        nome: 'istanza.pdf',
        descrizione: '',
        sha256: PRINCIPALE,
        dimensione: 1200,
        mime: 'application/pdf',
        firmato: true,
      },
      {
        id: '0197f0a0-2222-7000-8000-000000000012',
        contenutoId: 'c-2',
        ruolo: 'allegato',
        posizione: 1,
        nome: 'planimetria.pdf',
        descrizione: '',
        sha256: ALLEGATO,
        dimensione: 800,
        mime: 'application/pdf',
        firmato: false,
      },
    ],
    repertorio: null,
    registrazione: {
      id: 'r-1',
      tipo: 'E',
      anno: 2026,
      numero: 417,
      giorno: '2026-03-11',
      ora: '09:15:42',
      codiceRegistro: 'PG',
      segnatura: 'c_x901|AX901A0|PG|2026-03-11|0000417|E',
      impronta: PRINCIPALE,
      riservato: false,
      giornoArrivo: '2026-03-11',
      operatore: OPERATORE,
      soggetti: [buildSoggetto()],
      ufficioMittente: null,
      variazioni: [],
    },
    assegnazioni: [{ ufficio: UFFICIO, operatore: null }],
    aggregazioni: [
      {
        id: 'f-1',
        codice: '2026-VI/3.12',
        tipo: 'procedimento amministrativo',
        conservazioneAnni: 10,
        responsabile: RESPONSABILE,
        ufficio: UFFICIO,
      },
    ],
    responsabileGestione: RESPONSABILE,
    creatoIl: '2026-03-10',
    inseritoDa: OPERATORE,
    primario: null,
    ...changes,
  }
}

export function buildFascicolo(changes: Partial<FascicoloFatti> = {}): FascicoloFatti {
  return {
    id: 'f-1',
    ente: ENTE,
    codice: '2026-VI/3.12',
    tipo: 'procedimento amministrativo',
    oggetto: 'Permesso di costruire in via dei Mulini',
    stato: 'CHIUSO',
    progressivo: 12,
    progressivoUnico: true,
    apertoIl: '2026-03-11',
    chiusoIl: '2026-04-20',
    materia: 'Edilizia',
    procedimento: 'Permesso di costruire',
    conservazioneAnni: 10,
    versione: 3,
    voce: VOCE,
    responsabile: RESPONSABILE,
    ufficio: UFFICIO,
    soggetti: [buildSoggetto({ ruolo: 'interessato' })],
    assegnazioni: [
      { tipo: 'competenza', ufficio: UFFICIO, operatore: RESPONSABILE, dal: '2026-03-11', oraDal: '09:20:00', al: null, oraAl: null },
    ],
    antenati: [],
    posizioneFisica: null,
    cartacei: [],
    paroleChiave: [],
    note: null,
    trasferimenti: 0,
    fasi: [{ fase: 'Istruttoria', dal: '2026-03-11', al: '2026-04-20' }],
    documenti: [buildDocumento()],
    ...changes,
  }
}
