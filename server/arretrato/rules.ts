import { addDays } from '../kernel/time.ts'
import type { Causa, FasciaEta } from './schema.ts'

/** Ageing thresholds until the ente sets its own, in working days (REQ-FASC-022). */
export const SOGLIE_PREDEFINITE = { giorniResponsabile: 5, giorniRgd: 10 } as const
/** Below this many characters an oggetto says too little to file by it. */
export const OGGETTO_BREVE = 15

/** First and last age in calendar days of each band; null: without end. */
export const FASCE: Readonly<Record<FasciaEta, readonly [number, number | null]>> = {
  '0-5': [0, 5],
  '6-15': [6, 15],
  '16-30': [16, 30],
  '31-90': [31, 90],
  'oltre-90': [91, null],
}

/**
 * The day registered on which a document has exactly `n` working days behind it today; what was registered before is beyond the threshold. Days
 * `YYYY-MM-DD` in Europe/Rome. The day of registration itself is not counted.
 */
export function giornoSoglia(oggi: string, n: number, isWorking: (giorno: string) => boolean): string {
  let day = oggi
  for (let left = n, steps = 0; left > 0 && steps < 2000; steps++) {
    if (isWorking(day)) left--
    day = addDays(day, -1)
  }
  return day
}

/** Monday of the week of a day. */
export function lunediOf(giorno: string): string {
  const weekday = new Date(`${giorno}T12:00:00Z`).getUTCDay()
  return addDays(giorno, -((weekday + 6) % 7))
}

/** What is known of a document in arrears, from which the cause follows. */
export interface FattiArretrato {
  readonly attendeScansione: boolean
  readonly stato: string
  /** Offices the document went through before this one. */
  readonly passaggi: number
  readonly terzoLivello: boolean
  readonly codiceVoce: string
  readonly riclassificazioni: number
  readonly emergenza: boolean
  readonly differita: boolean
  readonly oggettoBreve: boolean
  readonly senzaRecapiti: boolean
}

const times = (n: number, one: string, many: string): string => (n === 1 ? one : many.replace('#', String(n)))

/** A cause: the facts that point to it in words, and the same question over the columns of `fatti` (repository.ts), which are named as the facts. */
interface Regola {
  readonly causa: Causa
  readonly fatti: (f: FattiArretrato) => readonly string[]
  readonly sql: string
}

/** In the order in which they are looked for: the first that finds something is the cause. */
export const REGOLE: readonly Regola[] = [
  {
    causa: 'scansione',
    fatti: (f) => (f.attendeScansione ? ['la scansione del documento cartaceo non è ancora arrivata'] : []),
    sql: '"attendeScansione"',
  },
  {
    causa: 'smistamento',
    fatti: (f) => [
      ...(f.stato === 'rifiutata' ? ['l’ufficio ha rifiutato l’assegnazione'] : []),
      ...(f.stato === 'da_prendere_in_carico' ? ['nessuno lo ha preso in carico'] : []),
      ...(f.passaggi > 0 ? [times(f.passaggi, 'è già passato da un altro ufficio', 'è già passato da # altri uffici')] : []),
    ],
    sql: `stato in ('rifiutata', 'da_prendere_in_carico') or passaggi > 0`,
  },
  {
    causa: 'titolario',
    fatti: (f) => [
      ...(f.terzoLivello ? [`la classe ${f.codiceVoce} ha sottoclassi e nessuna è stata scelta`] : []),
      ...(/^XIV(\/|$)/u.test(f.codiceVoce) ? ['è classificato tra gli oggetti diversi'] : []),
      ...(f.riclassificazioni > 0 ? [times(f.riclassificazioni, 'è stato riclassificato', 'è stato riclassificato # volte')] : []),
    ],
    sql: `"terzoLivello" or "codiceVoce" ~ '^XIV(/|$)' or riclassificazioni > 0`,
  },
  {
    causa: 'immissione',
    fatti: (f) => [
      ...(f.emergenza ? ['viene dal registro di emergenza'] : []),
      ...(f.differita ? ['è una registrazione differita'] : []),
      ...(f.oggettoBreve ? ['l’oggetto è troppo breve per capire dove va'] : []),
      ...(f.senzaRecapiti ? ['il corrispondente non ha codice fiscale né recapito'] : []),
    ],
    sql: 'emergenza or differita or "oggettoBreve" or "senzaRecapiti"',
  },
]

/**
 * The cause of a document's arrears with the facts it follows from, in words. Where nothing points elsewhere, the document has all it takes to be filed and
 * nobody files it: training, or limits of the software. Pure.
 */
export function deduceCausa(f: FattiArretrato): { causa: Causa; motivo: string } {
  for (const { causa, fatti } of REGOLE) {
    const found = fatti(f)
    if (found.length > 0) return { causa, motivo: `${sentence(found)}.` }
  }
  return { causa: 'formazione', motivo: 'Assegnazione, classificazione e documento sono completi: manca solo il gesto di fascicolare.' }
}

function sentence(parts: readonly string[]): string {
  const text = parts.join('; ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
