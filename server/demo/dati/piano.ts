import { writePianoCsv } from '../../../titolario/index.ts'
import type { RegolaVoce } from '../../../titolario/index.ts'

/** For ever, in the years of the piano. */
const SEMPRE = 9999

/** Invented years of each titolo: what its classi take unless they say otherwise. The last titolo has no classi and takes its own. */
const TITOLI: Readonly<Record<string, number>> = {
  I: 10,
  II: SEMPRE,
  III: SEMPRE,
  IV: 10,
  V: SEMPRE,
  VI: SEMPRE,
  VII: 10,
  VIII: 20,
  IX: 5,
  X: 10,
  XI: SEMPRE,
  XII: 10,
  XIII: SEMPRE,
  XIV: 5,
}

const CLASSI: Readonly<Record<string, number>> = {
  'I/2': SEMPRE,
  'I/3': SEMPRE,
  'I/4': SEMPRE,
  'I/5': SEMPRE,
  'I/6': SEMPRE,
  'I/8': 5,
  'I/12': 5,
  'II/6': 10,
  'III/1': 10,
  'III/4': 20,
  'III/11': 5,
  'III/12': 10,
  'III/14': 20,
  'IV/1': SEMPRE,
  'IV/6': SEMPRE,
  'IV/8': SEMPRE,
  'IV/10': 5,
  'IV/11': 2,
  'V/3': 20,
  'VI/7': 20,
  'VI/8': 20,
  'VI/10': 30,
  'VII/5': SEMPRE,
  'VII/11': SEMPRE,
  'VII/14': 40,
  'VIII/7': 10,
  'X/2': SEMPRE,
  'X/5': 5,
  'XI/2': 30,
  'XII/2': 20,
  'XII/3': 20,
}

const regola = (codice: string, anni: number, altro: Partial<RegolaVoce> = {}): RegolaVoce => ({
  codice,
  tipologia: null,
  tipoFascicolo: null,
  anni,
  condizione: null,
  decorrenza: 'chiusura',
  sfoltimento: false,
  ...altro,
})

/** Where a document, or a kind of fascicolo, lasts otherwise than its class. */
const PARTICOLARI: readonly RegolaVoce[] = [
  regola('III/1', SEMPRE, { tipologia: 'Provvedimento' }),
  regola('IV/4', SEMPRE, { tipologia: 'Provvedimento', condizione: 'determinazioni raccolte nel repertorio' }),
  regola('IV/4', 10, { tipologia: 'Fattura', decorrenza: 'documento' }),
  regola('VI/3', 10, { tipologia: 'Comunicazione', decorrenza: 'documento', sfoltimento: true }),
  regola('VI/3/4', 5, { condizione: 'dall’esercizio dell’accesso' }),
  regola('VII/12', SEMPRE, { tipoFascicolo: 'persona fisica' }),
  regola('IX/2', 10, { tipologia: 'Atto giudiziario' }),
]

/** An invented piano di conservazione, in the layout of the import, with a rule for every classe of the voices it is given. Values are of the demo only. */
export function pianoDimostrativo(codici: Iterable<string>): string {
  const known = [...codici]
  const titoli = known.filter((c) => !c.includes('/'))
  const classi = known.filter((c) => c.split('/').length === 2)
  const generali = [...titoli.filter((t) => !classi.some((c) => c.startsWith(`${t}/`))), ...classi].map((codice) =>
    regola(codice, CLASSI[codice] ?? TITOLI[codice.split('/')[0] ?? ''] ?? 10),
  )
  return writePianoCsv([...generali, ...PARTICOLARI.filter((r) => known.includes(r.codice))])
}
