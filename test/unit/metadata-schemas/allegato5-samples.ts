// Six instances of our own, minimal and full for each profile. Invented people and bodies; codes that cannot exist.
import { createHash } from 'node:crypto'
import type {
  AlmenoUnIndirizzo,
  CodiceIpa,
  Impronta,
  ModelloAgg,
  ModelloDai,
  ModelloDi,
  PaiDai,
  UfficioDai,
} from '../../../metadata-schemas/allegato5/index.ts'

export function improntaDi(testo: string, algoritmo: 'SHA-256' | 'SHA-384' | 'SHA-512' = 'SHA-256'): Impronta {
  return { valore: createHash(algoritmo.replace('-', '')).update(testo).digest('base64'), algoritmo }
}

const comune: CodiceIpa = { denominazione: 'Comune di Castelvento', codice: 'c_x901' }
const aoo: CodiceIpa = { denominazione: 'Area organizzativa di Castelvento', codice: 'AX901A0' }
const protocollo: CodiceIpa = { denominazione: 'Ufficio protocollo', codice: 'X901U1' }
const edilizia: CodiceIpa = { denominazione: 'Sportello unico per l’edilizia', codice: 'X901U2' }
const vigili: CodiceIpa = { denominazione: 'Polizia locale', codice: 'X901U3' }
const pec: AlmenoUnIndirizzo = ['protocollo@pec.comune.castelvento.example']

const beatrice = { cognome: 'Landi', nome: 'Beatrice', codiceFiscale: 'LNDBRC82C44X901O' }
const ettore = { cognome: 'Morosini', nome: 'Ettore', codiceFiscale: 'MRSTTR75L19X901H' }
const sofia = { cognome: 'Valdieri', nome: 'Sofia', codiceFiscale: 'VLDSFO90E55X901J' }

const ente: PaiDai = { tipo: 'PAI', ipaAmm: comune, ipaAoo: aoo, indirizzi: pec }
export const ufficioEdilizia: UfficioDai = {
  ipaAmm: comune,
  ipaAoo: aoo,
  ipaUor: edilizia,
  indirizzi: ['edilizia@comune.castelvento.example'],
}
const ufficioSofia: UfficioDai = { ...sofia, ...ufficioEdilizia }
const ufficioVigili: UfficioDai = { ipaAmm: comune, ipaAoo: aoo, ipaUor: vigili, indirizzi: ['vigili@comune.castelvento.example'] }

export const SEGNATURA = 'c_x901|AX901A0|PG|0000417|2026-03-11'
const fascicolo = { tipo: 'Fascicolo', id: '2026-VI/3.12' } as const
const classificazione = { indice: 'VI/3', descrizione: 'Edilizia privata' }
const piano = 'https://www.comune.castelvento.example/titolario/2026'

export const DI_MINIMO: ModelloDi = {
  profilo: 'DI',
  idDoc: { impronta: improntaDi('appunto'), identificativo: '0197f0a0-1111-7000-8000-000000000001' },
  modalita: 'a',
  tipologiaDocumentale: 'Appunto interno',
  flusso: 'I',
  registro: { tipo: 'nessuno', data: '2026-03-02', numero: 'APP-4' },
  soggetti: [{ ruolo: 'Autore', soggetto: { tipo: 'PF', cognome: 'Landi', nome: 'Beatrice' } }],
  chiaveDescrittiva: { oggetto: 'Appunto sui sopralluoghi di marzo' },
  allegati: { indice: [] },
  classificazione: null,
  riservato: false,
  formato: { formato: 'application/pdf' },
  verifica: { firmato: false, sigillato: false, marcato: false, conformitaCopia: false },
  aggregazioni: [],
  nome: 'appunto-4.pdf',
  versione: '1',
}

export const DI_COMPLETO: ModelloDi = {
  profilo: 'DI',
  idDoc: { impronta: improntaDi('relazione 2'), identificativo: '0197f0a0-1111-7000-8000-000000000012' },
  modalita: 'd',
  tipologiaDocumentale: 'Relazione tecnica',
  flusso: 'U',
  registro: { tipo: 'repertorio', data: '2026-04-08', ora: '09:15:30', numero: 'REL/2026/7', codiceRegistro: 'REL_2026' },
  soggetti: [
    {
      ruolo: 'SoggettoCheEffettuaLaRegistrazione',
      soggetto: { tipo: 'PG', denominazione: 'Borgo Servizi S.r.l.', codiceFiscalePartitaIva: '99999010012' },
    },
    {
      ruolo: 'Assegnatario',
      soggetto: {
        tipo: 'AS',
        ...sofia,
        denominazione: 'Borgo Servizi S.r.l.',
        denominazioneUfficio: 'Ufficio tecnico',
        indirizzi: ['tecnico@borgoservizi.example'],
      },
    },
    { ruolo: 'Destinatario', soggetto: { tipo: 'PAI', ipaAmm: comune, indirizzi: pec } },
    {
      ruolo: 'Mittente',
      soggetto: {
        tipo: 'PG',
        denominazione: 'Borgo Servizi S.r.l.',
        denominazioneUfficio: 'Direzione',
        indirizzi: ['a@borgoservizi.example', 'b@borgoservizi.example'],
      },
    },
    { ruolo: 'Autore', soggetto: { tipo: 'PF', ...beatrice, indirizzi: ['beatrice.landi@borgoservizi.example'] } },
    { ruolo: 'Operatore', soggetto: { tipo: 'PF', ...ettore } },
    { ruolo: 'ResponsabileGestioneDocumentale', soggetto: { tipo: 'PF', ...sofia } },
    { ruolo: 'ResponsabileServizioProtocollo', soggetto: { tipo: 'PF', ...sofia } },
    { ruolo: 'Produttore', soggetto: { tipo: 'SW', denominazione: 'Generatore di relazioni 4' } },
    {
      ruolo: 'Altro',
      soggetto: {
        tipo: 'PAE',
        denominazione: 'Mairie de Valvent',
        denominazioneUfficio: 'Urbanisme',
        indirizzi: ['mairie@valvent.example'],
      },
    },
  ],
  chiaveDescrittiva: { oggetto: 'Relazione <bozza> su argini & sponde', paroleChiave: ['argini', 'sponde', 'rilievo', 'drone', 'piene'] },
  allegati: {
    indice: [
      {
        idDoc: { impronta: improntaDi('tavola', 'SHA-512'), identificativo: '0197f0a0-1111-7000-8000-000000000013' },
        descrizione: 'Tavola 1',
      },
      {
        idDoc: { impronta: improntaDi('foto', 'SHA-384'), identificativo: '0197f0a0-1111-7000-8000-000000000014' },
        descrizione: 'Fotografie',
      },
    ],
  },
  classificazione: { ...classificazione, piano },
  riservato: true,
  formato: { formato: 'application/pdf', prodotto: { nome: 'Generatore di relazioni', versione: '4.2', produttore: 'Officina Esempio' } },
  verifica: { firmato: false, sigillato: false, marcato: false, conformitaCopia: false },
  aggregazioni: [fascicolo, { tipo: 'Serie Documentale', id: 'SERIE-REL' }, { tipo: 'Serie Di Fascicoli', id: 'SERIE-VI' }],
  documentoPrimario: { impronta: improntaDi('incarico'), identificativo: '0197f0a0-1111-7000-8000-000000000010' },
  nome: 'relazione_v2.pdf',
  versione: '2',
  modifica: {
    tipo: 'Integrazione',
    autore: ettore,
    data: '2026-04-08',
    ora: '08:00:00',
    versionePrecedente: { impronta: improntaDi('relazione 1'), identificativo: '0197f0a0-1111-7000-8000-000000000011' },
  },
  tempoDiConservazione: 'permanente',
  note: 'Prima riga.\nSeconda riga.',
}

export const DAI_MINIMO: ModelloDai = {
  profilo: 'DAI',
  idDoc: { impronta: improntaDi('istanza'), identificativo: '0197f0a0-2222-7000-8000-000000000001', segnatura: SEGNATURA },
  modalita: 'b',
  tipologiaDocumentale: 'Istanza',
  flusso: 'E',
  registro: { tipo: 'protocollo', data: '2026-03-11', numero: '0000417', codiceRegistro: 'PG' },
  soggetti: [
    { ruolo: 'AmministrazioneCheEffettuaLaRegistrazione', soggetto: ente },
    { ruolo: 'Mittente', soggetto: { tipo: 'PF', cognome: 'Landi', nome: 'Beatrice' } },
  ],
  chiaveDescrittiva: { oggetto: 'Comunicazione di inizio lavori in via dei Mulini' },
  allegati: { indice: [] },
  classificazione,
  riservato: false,
  formato: { formato: 'application/pdf' },
  verifica: { firmato: true, sigillato: false, marcato: false, conformitaCopia: false },
  aggregazioni: [fascicolo],
  nome: 'istanza.pdf',
  versione: '1',
}

export const DAI_COMPLETO: ModelloDai = {
  profilo: 'DAI',
  idDoc: {
    impronta: improntaDi('permesso 2'),
    identificativo: '0197f0a0-2222-7000-8000-000000000022',
    segnatura: 'c_x901|AX901A0|PG|0000988|2026-05-20',
  },
  modalita: 'b',
  tipologiaDocumentale: 'Permesso di costruire',
  flusso: 'U',
  registro: { tipo: 'protocollo', data: '2026-05-20', ora: '11:42:07', numero: '0000988', codiceRegistro: 'PG' },
  soggetti: [
    { ruolo: 'AmministrazioneCheEffettuaLaRegistrazione', soggetto: { ...ente, ipaUor: protocollo } },
    { ruolo: 'Assegnatario', soggetto: { tipo: 'AS', ...ufficioSofia } },
    { ruolo: 'Destinatario', soggetto: { tipo: 'PF', ...beatrice, indirizzi: ['beatrice.landi@pec.example'] } },
    {
      ruolo: 'Destinatario',
      soggetto: {
        tipo: 'PG',
        denominazione: 'Molino Alto S.n.c.',
        codiceFiscalePartitaIva: '99999020029',
        denominazioneUfficio: 'Cantieri',
        indirizzi: ['molino@pec.example'],
      },
    },
    {
      ruolo: 'Destinatario',
      soggetto: {
        tipo: 'PAI',
        ipaAmm: { denominazione: 'Provincia di Monteventoso', codice: 'p_x9' },
        ipaAoo: { denominazione: 'Provincia di Monteventoso', codice: 'AX902A0' },
        indirizzi: ['provincia@pec.example'],
      },
    },
    {
      ruolo: 'Destinatario',
      soggetto: {
        tipo: 'PAE',
        denominazione: 'Mairie de Valvent',
        denominazioneUfficio: 'Urbanisme',
        indirizzi: ['mairie@valvent.example'],
      },
    },
    { ruolo: 'Mittente', soggetto: { ...ente, ipaUor: edilizia } },
    { ruolo: 'Autore', soggetto: { tipo: 'PF', ...sofia, ipaAmm: comune, ipaAoo: aoo, ipaUor: edilizia } },
    { ruolo: 'Operatore', soggetto: { tipo: 'PF', ...ettore } },
    { ruolo: 'ResponsabileGestioneDocumentale', soggetto: { tipo: 'PF', ...sofia } },
    { ruolo: 'ResponsabileServizioProtocollo', soggetto: { tipo: 'PF', ...sofia } },
    { ruolo: 'Produttore', soggetto: { tipo: 'SW', denominazione: 'Stazione di scansione' } },
    {
      ruolo: 'RUP',
      soggetto: {
        tipo: 'RUP',
        ...sofia,
        ipaAmm: comune,
        ipaAoo: aoo,
        ipaUor: edilizia,
        indirizzi: ['edilizia@comune.castelvento.example'],
      },
    },
  ],
  chiaveDescrittiva: { oggetto: 'Permesso di costruire in via dei Mulini', paroleChiave: ['edilizia', 'permesso'] },
  allegati: {
    indice: [
      {
        idDoc: {
          impronta: improntaDi('planimetria'),
          identificativo: '0197f0a0-2222-7000-8000-000000000023',
          segnatura: 'c_x901|AX901A0|PG|0000988|2026-05-20',
        },
        descrizione: 'Planimetria',
      },
      {
        idDoc: { impronta: improntaDi('attestazione', 'SHA-512'), identificativo: '0197f0a0-2222-7000-8000-000000000024' },
        descrizione: 'Attestazione di conformità della copia',
      },
    ],
  },
  classificazione: { ...classificazione, piano },
  riservato: false,
  formato: { formato: 'application/pdf', prodotto: { nome: 'Stazione di scansione', versione: '3', produttore: 'Officina Esempio' } },
  verifica: { firmato: true, sigillato: true, marcato: true, conformitaCopia: true },
  aggregazioni: [fascicolo, { tipo: 'Serie Documentale', id: 'SERIE-PERMESSI' }],
  documentoPrimario: { impronta: improntaDi('istanza'), identificativo: '0197f0a0-2222-7000-8000-000000000001', segnatura: SEGNATURA },
  nome: 'permesso_v2.pdf',
  versione: '2',
  modifica: {
    tipo: 'Rettifica',
    autore: ettore,
    data: '2026-05-19',
    ora: '16:05:00',
    versionePrecedente: { impronta: improntaDi('permesso 1'), identificativo: '0197f0a0-2222-7000-8000-000000000021' },
  },
  tempoDiConservazione: 10,
  note: 'Copia con attestazione di conformità allegata.',
}

export const AGG_MINIMA: ModelloAgg = {
  profilo: 'AGG',
  idAgg: fascicolo,
  tipologiaFascicolo: 'affare',
  soggetti: [{ ruolo: 'AmministrazioneTitolare', soggetto: ente }],
  assegnazioni: [],
  dataApertura: '2026-03-11',
  classificazione,
  progressivo: 12,
  chiaveDescrittiva: { oggetto: 'Lavori in via dei Mulini' },
  documenti: [{ tipo: 'DAI', ...DAI_MINIMO.idDoc }],
}

export const AGG_COMPLETA: ModelloAgg = {
  profilo: 'AGG',
  idAgg: { tipo: 'Fascicolo', id: '2026-VI/3.12.1' },
  tipologiaFascicolo: 'procedimento amministrativo',
  soggetti: [
    { ruolo: 'AmministrazioneTitolare', soggetto: { ...ente, ipaUor: edilizia } },
    {
      ruolo: 'AmministrazionePartecipante',
      soggetto: {
        tipo: 'PAI',
        ipaAmm: { denominazione: 'Provincia di Monteventoso', codice: 'p_x9' },
        ipaAoo: { denominazione: 'Provincia di Monteventoso', codice: 'AX902A0' },
        indirizzi: ['provincia@pec.example'],
      },
    },
    {
      ruolo: 'AmministrazionePartecipante',
      soggetto: {
        tipo: 'PAE',
        denominazione: 'Mairie de Valvent',
        denominazioneUfficio: 'Urbanisme',
        indirizzi: ['mairie@valvent.example'],
      },
    },
    {
      ruolo: 'SoggettoIntestatarioPersonaGiuridica',
      soggetto: {
        tipo: 'PG',
        denominazione: 'Molino Alto S.n.c.',
        codiceFiscalePartitaIva: '99999020029',
        indirizzi: ['molino@pec.example'],
      },
    },
    { ruolo: 'SoggettoIntestatarioPersonaFisica', soggetto: { tipo: 'PF', ...beatrice, indirizzi: ['beatrice.landi@pec.example'] } },
    {
      ruolo: 'RUP',
      soggetto: {
        tipo: 'RUP',
        ...sofia,
        ipaAmm: comune,
        ipaAoo: aoo,
        ipaUor: edilizia,
        indirizzi: ['edilizia@comune.castelvento.example'],
      },
    },
    { ruolo: 'Assegnatario', soggetto: { tipo: 'AS', ...ufficioSofia } },
    { ruolo: 'Assegnatario', soggetto: { tipo: 'AS', ...ufficioVigili } },
  ],
  assegnazioni: [
    {
      tipo: 'PerCompetenza',
      assegnatario: ufficioSofia,
      dataInizio: '2026-03-11',
      oraInizio: '10:00:00',
      dataFine: '2026-05-20',
      oraFine: '11:42:07',
    },
    { tipo: 'PerConoscenza', assegnatario: ufficioVigili, dataInizio: '2026-03-12' },
  ],
  dataApertura: '2026-03-11',
  classificazione: { ...classificazione, piano },
  progressivo: 12,
  chiaveDescrittiva: { oggetto: 'Permesso di costruire in via dei Mulini', paroleChiave: ['edilizia'] },
  dataChiusura: '2026-06-30',
  procedimento: {
    materia: 'Edilizia privata',
    procedimento: 'Permesso di costruire',
    catalogo: 'https://www.comune.castelvento.example/procedimenti',
    fasi: [
      { fase: 'Preparatoria', dataInizio: '2026-03-11', dataFine: '2026-03-20' },
      { fase: 'Istruttoria', dataInizio: '2026-03-21', dataFine: '2026-04-15' },
      { fase: 'Consultiva', dataInizio: '2026-04-16', dataFine: '2026-05-05' },
      { fase: 'Decisoriaodeliberativa', dataInizio: '2026-05-06', dataFine: '2026-05-20' },
      { fase: 'Integrazionedellefficacia', dataInizio: '2026-05-20' },
    ],
  },
  documenti: [
    { tipo: 'DAI', ...DAI_COMPLETO.idDoc },
    { tipo: 'DI', ...DI_MINIMO.idDoc },
  ],
  posizioneFisica: 'Sede municipale, piano 1, stanza 7, armadio B',
  idAggPrimario: fascicolo,
  tempoDiConservazione: 'permanente',
  note: 'Parte cartacea: tavole fuori formato.',
}

/** All six, by the name of their golden file. */
export const CAMPIONI = {
  'di-minimo': DI_MINIMO,
  'di-completo': DI_COMPLETO,
  'dai-minimo': DAI_MINIMO,
  'dai-completo': DAI_COMPLETO,
  'agg-minima': AGG_MINIMA,
  'agg-completa': AGG_COMPLETA,
} as const
