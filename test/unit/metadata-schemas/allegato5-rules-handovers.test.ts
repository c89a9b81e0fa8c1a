import { describe } from '@jest/globals'
import { testRows } from './allegato5-rule-rows.ts'
import type { Bozza, Riga } from './allegato5-rule-rows.ts'

const FASI = 'ProcedimentoAmministrativo/Fasi/TipoFase'

function without(modello: Bozza, ruolo: string): void {
  modello.soggetti = modello.soggetti.filter((voce: Bozza) => voce.ruolo !== ruolo)
}
function serie(modello: Bozza): void {
  modello.idAgg.tipo = 'Serie Documentale'
  modello.tipologiaFascicolo = null
}

const RIGHE: Riga[] = [
  {
    regola: 'R86',
    campione: 'agg-completa',
    caso: 'handover not listed',
    viola: (_m, c) => (c.passaggi = 3),
    percorso: 'Assegnazione',
    fatti: ['passaggi'],
  },
  {
    regola: 'R86',
    campione: 'agg-completa',
    caso: 'two offices in charge at a time',
    prima: (m, c) => {
      m.assegnazioni.push({ ...m.assegnazioni[0], dataInizio: '2026-05-20', oraInizio: '11:42:07', dataFine: null, oraFine: null })
      c.passaggi = 3
    },
    viola: (m) => (m.assegnazioni[0].oraFine = '11:42:08'),
    percorso: 'Assegnazione/TipoAssegnazione[3]/PerCompetenza',
  },
  {
    regola: 'R86',
    campione: 'agg-completa',
    caso: 'two offices in charge, neither ended',
    prima: (m, c) => {
      m.assegnazioni.unshift({ ...m.assegnazioni[0], dataInizio: '2026-05-21', dataFine: null, oraFine: null })
      c.passaggi = 3
    },
    viola: (m) => (m.assegnazioni[1].dataFine = null),
    percorso: 'Assegnazione/TipoAssegnazione[1]/PerCompetenza',
  },
  {
    regola: 'R87',
    campione: 'agg-completa',
    caso: 'assignee not among the subjects',
    viola: (m) => m.soggetti.pop(),
    percorso: 'Assegnazione/TipoAssegnazione[2]/PerConoscenza/SoggettoAssegnatario',
  },
  {
    regola: 'R87',
    campione: 'agg-completa',
    caso: 'same office, other person',
    viola: (m) => Object.assign(m.assegnazioni[0].assegnatario, { codiceFiscale: 'MRSTTR75L19X901H' }),
    percorso: 'Assegnazione/TipoAssegnazione[1]/PerCompetenza/SoggettoAssegnatario',
  },
  {
    regola: 'R88',
    campione: 'agg-completa',
    caso: 'assignment ends before it starts',
    viola: (m) => (m.assegnazioni[0].dataFine = '2026-03-10'),
    percorso: 'Assegnazione/TipoAssegnazione[1]/PerCompetenza/DataFineAssegnazione',
  },
  {
    regola: 'R88',
    campione: 'agg-completa',
    caso: 'assignment ends the same day at an earlier hour',
    viola: (m) => Object.assign(m.assegnazioni[0], { dataFine: '2026-03-11', oraFine: '09:59:59' }),
    percorso: 'Assegnazione/TipoAssegnazione[1]/PerCompetenza/DataFineAssegnazione',
  },
  {
    regola: 'R88',
    campione: 'agg-completa',
    caso: 'hour of the end without its day',
    viola: (m) => (m.assegnazioni[0].dataFine = null),
    percorso: 'Assegnazione/TipoAssegnazione[1]/PerCompetenza/OraFineAssegnazione',
  },
  {
    regola: 'R88',
    campione: 'agg-completa',
    caso: 'phase ends before it starts',
    viola: (m) => (m.procedimento.fasi[1].dataFine = '2026-03-20'),
    percorso: `${FASI}[2]/Istruttoria/DataFineFase`,
  },
  {
    regola: 'R89',
    campione: 'agg-completa',
    caso: 'phases out of order',
    viola: (m) => (m.procedimento.fasi[2].dataInizio = '2026-03-20'),
    percorso: `${FASI}[3]/Consultiva/DataInizioFase`,
  },
  {
    regola: 'R89',
    campione: 'agg-completa',
    caso: 'open phase in a closed fascicolo',
    viola: (m) => (m.procedimento.fasi[3].dataFine = null),
    percorso: `${FASI}[4]/Decisoriaodeliberativa/DataFineFase`,
  },
  { regola: 'R90', campione: 'agg-minima', caso: 'two owners', viola: (m) => m.soggetti.push(m.soggetti[0]), percorso: 'Soggetti' },
  {
    regola: 'R90',
    campione: 'agg-completa',
    caso: 'no owner for a public body',
    prima: (m, c) => {
      without(m, 'AmministrazioneTitolare')
      c.pubblicaAmministrazione = false
    },
    viola: (_m, c) => (c.pubblicaAmministrazione = true),
    percorso: 'Soggetti',
    fatti: ['pubblicaAmministrazione'],
  },
  {
    regola: 'R91',
    campione: 'agg-completa',
    caso: 'administration of the procedure not listed',
    prima: (_m, c) => (c.amministrazioniDelProcedimento = ['P_X9', 'Mairie de Valvent']),
    viola: (m) => without(m, 'AmministrazionePartecipante'),
    percorso: 'Soggetti',
    fatti: ['amministrazioniDelProcedimento'],
  },
  { regola: 'R92', campione: 'agg-completa', caso: 'procedure without RUP', viola: (m) => without(m, 'RUP'), percorso: 'Soggetti' },
  { regola: 'R92', campione: 'agg-completa', caso: 'RUP of a serie', viola: serie, percorso: 'Soggetti' },
  {
    regola: 'R93',
    campione: 'agg-completa',
    caso: 'persona fisica without its person',
    prima: (m) => (m.tipologiaFascicolo = 'persona fisica'),
    viola: (m) => without(m, 'SoggettoIntestatarioPersonaFisica'),
    percorso: 'Soggetti',
  },
  {
    regola: 'R93',
    campione: 'agg-completa',
    caso: 'persona giuridica without its organisation',
    prima: (m) => (m.tipologiaFascicolo = 'persona giuridica'),
    viola: (m) => without(m, 'SoggettoIntestatarioPersonaGiuridica'),
    percorso: 'Soggetti',
  },
  {
    regola: 'R94',
    campione: 'agg-minima',
    caso: 'no document',
    viola: (m) => (m.documenti = []),
    percorso: 'IndiceDocumenti',
    fatti: ['segnatureDocumenti'],
  },
  {
    regola: 'R94',
    campione: 'agg-minima',
    caso: 'the same document twice',
    viola: (m) => m.documenti.push(m.documenti[0]),
    percorso: 'IndiceDocumenti/TipoDocumento[2]',
  },
  {
    regola: 'R94',
    campione: 'agg-minima',
    caso: 'segnatura left out',
    viola: (m) => (m.documenti[0].segnatura = null),
    percorso: 'IndiceDocumenti/TipoDocumento[1]/DocumentoAmministativoinformatico/Segnatura',
  },
  {
    regola: 'R94',
    campione: 'agg-minima',
    caso: 'segnatura that the document does not have',
    viola: (m, c) => (c.segnatureDocumenti[m.documenti[0].identificativo] = null),
    percorso: 'IndiceDocumenti/TipoDocumento[1]/DocumentoAmministativoinformatico/Segnatura',
  },
  {
    regola: 'R95',
    campione: 'agg-minima',
    caso: 'serie for a service that takes fascicoli only',
    prima: serie,
    viola: (_m, c) => (c.servizio = { soloFascicoli: true }),
    percorso: 'IdAgg/TipoAggregazione',
    fatti: ['servizio'],
  },
]

describe('Allegato 5 rules: handovers, subjects and index of aggregations', () => testRows(RIGHE))
