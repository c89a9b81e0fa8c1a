import { describe } from '@jest/globals'
import { testRows } from './allegato5-rule-rows.ts'
import type { Bozza, Riga } from './allegato5-rule-rows.ts'

const POSIZIONE = 'PosizioneFisicaAggregazioneDocumentale'

function serie(modello: Bozza): void {
  modello.idAgg.tipo = 'Serie Documentale'
  modello.tipologiaFascicolo = null
}

const RIGHE: Riga[] = [
  {
    regola: 'R01',
    campione: 'agg-minima',
    caso: 'blank identifier of the aggregation',
    viola: (m) => (m.idAgg.id = ' '),
    percorso: 'IdAgg/IdAggregazione',
  },
  {
    regola: 'R02',
    campione: 'agg-minima',
    caso: 'digest of the wrong length in the index',
    viola: (m) => (m.documenti[0].impronta.valore = 'AAAA'),
    percorso: 'IndiceDocumenti/TipoDocumento[1]/DocumentoAmministativoinformatico/ImprontaCrittograficaDelDocumento/Impronta',
  },
  {
    regola: 'R03',
    campione: 'agg-completa',
    caso: 'digest of another file in the index',
    viola: (m) => (m.documenti[1].impronta = m.documenti[0].impronta),
    percorso: 'IndiceDocumenti/TipoDocumento[2]/Documentoinformatico/ImprontaCrittograficaDelDocumento/Impronta',
    fatti: ['improntePerIdentificativo'],
  },
  {
    regola: 'R60',
    campione: 'agg-completa',
    caso: 'other years than the plan',
    viola: (m) => (m.tempoDiConservazione = 10),
    percorso: 'TempoDiConservazione',
    fatti: ['conservazioneDelPiano'],
  },
  {
    regola: 'R61',
    campione: 'agg-minima',
    caso: 'closed, plan gives years and it has none',
    prima: (m, c) => {
      m.dataChiusura = '2026-06-30'
      c.chiusa = true
    },
    viola: (_m, c) => (c.conservazioneDelPiano = 10),
    percorso: 'TempoDiConservazione',
    fatti: ['conservazioneDelPiano'],
  },
  {
    regola: 'R79',
    campione: 'agg-completa',
    caso: 'kind of subject that the role does not admit',
    viola: (m) => (m.soggetti[4].ruolo = 'AmministrazioneTitolare'),
    percorso: 'Soggetti/Ruolo[5]/AmministrazioneTitolare',
  },
  {
    regola: 'R80',
    campione: 'agg-minima',
    caso: 'fascicolo without type',
    viola: (m) => (m.tipologiaFascicolo = ''),
    percorso: 'TipologiaFascicolo',
  },
  {
    regola: 'R80',
    campione: 'agg-minima',
    caso: 'serie with a type',
    prima: serie,
    viola: (m) => (m.tipologiaFascicolo = 'affare'),
    percorso: 'TipologiaFascicolo',
  },
  {
    regola: 'R81',
    campione: 'agg-completa',
    caso: 'procedure without its data',
    viola: (m) => (m.procedimento = null),
    percorso: 'ProcedimentoAmministrativo',
  },
  {
    regola: 'R81',
    campione: 'agg-completa',
    caso: 'data of a procedure in an affare',
    viola: (m) => (m.tipologiaFascicolo = 'affare'),
    percorso: 'ProcedimentoAmministrativo',
  },
  {
    regola: 'R82',
    campione: 'agg-minima',
    caso: 'number of another aggregation',
    viola: (_m, c) => (c.progressivoUnico = false),
    percorso: 'Progressivo',
    fatti: ['progressivoUnico'],
  },
  {
    regola: 'R83',
    campione: 'agg-completa',
    caso: 'closed before opened',
    viola: (m) => (m.dataChiusura = '2026-03-10'),
    percorso: 'DataChiusura',
    fatti: ['chiusa'],
  },
  {
    regola: 'R83',
    campione: 'agg-completa',
    caso: 'closed without a date',
    viola: (m) => (m.dataChiusura = null),
    percorso: 'DataChiusura',
  },
  {
    regola: 'R83',
    campione: 'agg-completa',
    caso: 'open with a date of closing',
    viola: (_m, c) => (c.chiusa = false),
    percorso: 'DataChiusura',
  },
  {
    regola: 'R84',
    campione: 'agg-minima',
    caso: 'paper part without its place',
    viola: (_m, c) => (c.parteCartacea = true),
    percorso: POSIZIONE,
    fatti: ['parteCartacea'],
  },
  {
    regola: 'R85',
    campione: 'agg-completa',
    caso: 'sottofascicolo without parent',
    viola: (m) => (m.idAggPrimario = null),
    percorso: 'IdAggPrimario',
    fatti: ['sottofascicolo', 'antenati'],
  },
  {
    regola: 'R85',
    campione: 'agg-completa',
    caso: 'parent of what is no sottofascicolo',
    viola: (_m, c) => (c.sottofascicolo = false),
    percorso: 'IdAggPrimario',
  },
  {
    regola: 'R85',
    campione: 'agg-completa',
    caso: 'parent of itself',
    viola: (m) => (m.idAggPrimario.id = m.idAgg.id),
    percorso: 'IdAggPrimario/IdAggregazione',
  },
  {
    regola: 'R85',
    campione: 'agg-completa',
    caso: 'cycle of parents',
    viola: (m, c) => c.antenati.push(m.idAgg.id),
    percorso: 'IdAggPrimario/IdAggregazione',
  },
]

describe('Allegato 5 rules: identity and state of aggregations', () => testRows(RIGHE))
