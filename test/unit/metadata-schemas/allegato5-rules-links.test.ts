import { describe } from '@jest/globals'
import { testRows } from './allegato5-rule-rows.ts'
import type { Bozza, Riga } from './allegato5-rule-rows.ts'

const TRACCIA = 'TracciatureModificheDocumento'

function without(modello: Bozza, ruolo: string): void {
  modello.soggetti = modello.soggetti.filter((voce: Bozza) => voce.ruolo !== ruolo)
}

const LEGAMI: Riga[] = [
  { regola: 'R50', campione: 'dai-minimo', caso: 'DAI in no aggregation', viola: (m) => (m.aggregazioni = []), percorso: 'Agg' },
  {
    regola: 'R50',
    campione: 'dai-completo',
    caso: 'the same aggregation twice',
    viola: (m) => m.aggregazioni.push(m.aggregazioni[0]),
    percorso: 'Agg/TipoAgg[3]',
    fatti: ['aggregazioni'],
  },
  {
    regola: 'R50',
    campione: 'dai-minimo',
    caso: 'unknown aggregation',
    viola: (_m, c) => (c.aggregazioni = []),
    percorso: 'Agg/TipoAgg[1]',
  },
  {
    regola: 'R50',
    campione: 'di-completo',
    caso: 'aggregation that does not list the document',
    viola: (_m, c) => (c.aggregazioni[1].elencaDocumento = false),
    percorso: 'Agg/TipoAgg[2]',
  },
  {
    regola: 'R55',
    campione: 'dai-completo',
    caso: 'primary document missing',
    viola: (m) => (m.documentoPrimario = null),
    percorso: 'IdIdentificativoDocumentoPrimario',
    fatti: ['completaAltroDocumento'],
  },
  {
    regola: 'R55',
    campione: 'dai-completo',
    caso: 'primary document not due',
    viola: (_m, c) => (c.completaAltroDocumento = false),
    percorso: 'IdIdentificativoDocumentoPrimario',
  },
  {
    regola: 'R55',
    campione: 'dai-completo',
    caso: 'primary document is itself',
    viola: (m) => (m.documentoPrimario = m.idDoc),
    percorso: 'IdIdentificativoDocumentoPrimario/Identificativo',
  },
  { regola: 'R56', campione: 'dai-completo', caso: 'second version without trace', viola: (m) => (m.modifica = null), percorso: TRACCIA },
  {
    regola: 'R56',
    campione: 'dai-minimo',
    caso: 'annulled first version without trace',
    viola: (_m, c) => (c.annullato = true),
    percorso: TRACCIA,
    fatti: ['annullato'],
  },
  {
    regola: 'R56',
    campione: 'dai-completo',
    caso: 'first version with trace',
    prima: (m, c) => {
      m.versione = '1'
      m.modifica.tipo = 'Annullamento'
      c.annullato = true
    },
    viola: (m) => (m.modifica.tipo = 'Rettifica'),
    percorso: TRACCIA,
  },
  {
    regola: 'R56',
    campione: 'dai-completo',
    caso: 'annulment that the system does not know',
    prima: (m, c) => {
      m.modifica.tipo = 'Annullamento'
      c.annullato = true
    },
    viola: (_m, c) => (c.annullato = false),
    percorso: `${TRACCIA}/TipoModifica`,
  },
  {
    regola: 'R56',
    campione: 'dai-completo',
    caso: 'version that is a label, judged by the previous one',
    prima: (m) => (m.versione = 'bis'),
    viola: (m) => (m.modifica = null),
    percorso: TRACCIA,
    fatti: ['versionePrecedente'],
  },
  {
    regola: 'R57',
    campione: 'dai-completo',
    caso: 'author of the change is no operator',
    viola: (m) => without(m, 'Operatore'),
    percorso: `${TRACCIA}/SoggettoAutoreDellaModifica`,
  },
  {
    regola: 'R58',
    campione: 'dai-completo',
    caso: 'previous version is itself',
    viola: (m) => (m.modifica.versionePrecedente = m.idDoc),
    percorso: `${TRACCIA}/IdDocVersionePrecedente`,
    fatti: ['versionePrecedente'],
  },
  {
    regola: 'R58',
    campione: 'dai-completo',
    caso: 'change before the version changed',
    viola: (_m, c) => (c.versionePrecedente.data = '2026-05-20'),
    percorso: `${TRACCIA}/DataModifica`,
  },
  {
    regola: 'R60',
    campione: 'dai-completo',
    caso: 'other years than the plan',
    viola: (m) => (m.tempoDiConservazione = 5),
    percorso: 'TempoDiConservazione',
    fatti: ['conservazioneDelPiano'],
  },
  {
    regola: 'R60',
    campione: 'dai-completo',
    caso: 'zero years',
    viola: (m) => (m.tempoDiConservazione = 0),
    percorso: 'TempoDiConservazione',
  },
  {
    regola: 'R60',
    campione: 'di-completo',
    caso: 'years in words',
    viola: (m) => (m.tempoDiConservazione = 'illimitato'),
    percorso: 'TempoDiConservazione',
  },
  {
    regola: 'R60',
    campione: 'di-completo',
    caso: 'permanent for a service whose schemas stop at 4999',
    prima: (_m, c) => (c.servizio = { schemi: '4999', permanente: 4999 }),
    viola: (_m, c) => (c.servizio = { schemi: '4999' }),
    percorso: 'TempoDiConservazione',
  },
  {
    regola: 'R61',
    campione: 'dai-minimo',
    caso: 'plan gives years and the document has none',
    viola: (_m, c) => (c.conservazioneDelPiano = 10),
    percorso: 'TempoDiConservazione',
    fatti: ['conservazioneDelPiano'],
  },
  {
    regola: 'R62',
    campione: 'dai-completo',
    caso: 'shorter than its aggregation',
    viola: (_m, c) => (c.aggregazioni[0].conservazione = 'permanente'),
    percorso: 'TempoDiConservazione',
    fatti: ['aggregazioni'],
  },
]

describe('Allegato 5 rules: links', () => testRows(LEGAMI))
