// Six instances of our own, minimal and full for each profile.
import type { ModelloAgg } from '../../../metadata-schemas/allegato5/index.ts'
import {
  comune,
  aoo,
  edilizia,
  beatrice,
  sofia,
  ente,
  ufficioSofia,
  ufficioVigili,
  fascicolo,
  classificazione,
  piano,
} from './allegato5-people.ts'
import { DAI_COMPLETO, DAI_MINIMO, DI_COMPLETO, DI_MINIMO } from './allegato5-sample-documents.ts'

export { DAI_COMPLETO, DAI_MINIMO, DI_COMPLETO, DI_MINIMO }

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
