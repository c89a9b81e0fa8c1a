import { createHash } from 'node:crypto'
import { CAMPI_REPERTORIO } from '../../metadata-schemas/repertorio/index.ts'
import type { CampoRepertorio, RigaRepertorioXml } from '../../metadata-schemas/repertorio/index.ts'
import type { CampoErrato } from '../kernel/errors.ts'
import { addDays } from '../kernel/time.ts'
import type { NuovaSerie } from './schema.ts'

/** Kept for ever, in years. */
export const PERMANENTE = 9999
/** Documentary type of the static extractions: the permanent series of the repertori (REQ-FASC-032). */
export const TIPOLOGIA_REPERTORIO = 'Repertorio dei fascicoli'
/** Years after which what is concluded and permanent goes to the historical section (D.lgs. 42/2004 art. 30, D.P.R. 445/2000 art. 69). */
export const ANNI_STORICO = 40

/** SHA-256 of a text, hexadecimal. */
export function digest(testo: string): string {
  return createHash('sha256').update(testo, 'utf8').digest('hex')
}

const quote = (valore: string): string => `"${valore.replaceAll('"', '""')}"`

/** Rows as CSV: semicolons, every value quoted, CRLF. */
export function writeCsv(righe: readonly (readonly string[])[]): string {
  return righe.map((r) => `${r.map(quote).join(';')}\r\n`).join('')
}

/** Reads what `writeCsv` wrote. */
export function readCsv(testo: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, valore = '', fine = ''] of testo.matchAll(/"((?:[^"]|"")*)"(;|\r\n)/gu)) {
    row.push(valore.replaceAll('""', '"'))
    if (fine === ';') continue
    rows.push(row)
    row = []
  }
  return rows
}

/** The data of an extraction as CSV, headings first. Equal data give equal bytes. */
export function writeDati(righe: readonly RigaRepertorioXml[]): string {
  return writeCsv([[...CAMPI_REPERTORIO], ...righe.map((r) => CAMPI_REPERTORIO.map((c) => r[c]))])
}

/** The data back from the CSV of an earlier extraction. */
export function readDati(csv: string): RigaRepertorioXml[] {
  const [intestazione = [], ...righe] = readCsv(csv)
  return righe.map((r) => Object.fromEntries(intestazione.map((campo, i) => [campo, r[i] ?? ''])) as Record<CampoRepertorio, string>)
}

const NOMI: Readonly<Record<CampoRepertorio, string>> = {
  Identificativo: 'identificativo',
  ParteDi: 'parte di',
  Tipo: 'tipo',
  Classificazione: 'classificazione',
  DenominazioneVoce: 'denominazione della voce',
  Oggetto: 'oggetto',
  Apertura: 'apertura',
  Chiusura: 'chiusura',
  UOR: 'ufficio responsabile',
  RUP: 'responsabile',
  Stato: 'stato',
  Documenti: 'documenti',
  Conservazione: 'conservazione',
  Trasferimenti: 'trasferimenti',
  Riaperture: 'riaperture',
}

/** What changed from an extraction to the next, one sentence for each fascicolo (REQ-FASC-032). */
export function describeVariazioni(prima: readonly RigaRepertorioXml[], dopo: readonly RigaRepertorioXml[]): string[] {
  const old = new Map(prima.map((r) => [r.Identificativo, r]))
  const now = new Set(dopo.map((r) => r.Identificativo))
  const changed = dopo.flatMap((r) => {
    const was = old.get(r.Identificativo)
    if (was === undefined) return [`${r.Identificativo}: aggiunto`]
    const differences = CAMPI_REPERTORIO.filter((c) => was[c] !== r[c]).map((c) => `${NOMI[c]} da «${was[c]}» a «${r[c]}»`)
    return differences.length === 0 ? [] : [`${r.Identificativo}: ${differences.join('; ')}`]
  })
  return [...changed, ...prima.filter((r) => !now.has(r.Identificativo)).map((r) => `${r.Identificativo}: non c’è più`)]
}

/** Everything wrong in the criterion of a new series (REQ-FASC-031). `livello` is that of its voice. */
export function serieErrors(s: NuovaSerie, oggi: string, livello: number | null): CampoErrato[] {
  const campi: CampoErrato[] = []
  const add = (campo: string, messaggio: string): void => void campi.push({ campo, messaggio })
  if (s.anno > Number(oggi.slice(0, 4))) add('anno', 'L’anno non è ancora cominciato.')
  if (s.tipo === 'documentale') {
    if ((s.tipologia ?? '') === '') add('tipologia', 'Indica il tipo di documento: una serie ha documenti dello stesso tipo.')
    if (s.voceId === undefined) add('voceId', 'Indica la voce di titolario della serie.')
    if (s.tipoFascicolo !== undefined) add('tipoFascicolo', 'Una serie di documenti non ha un tipo di fascicolo.')
  } else {
    if (s.voceId === undefined && s.tipoFascicolo === undefined) add('voceId', 'Indica la classe o il tipo dei fascicoli.')
    if ((s.tipologia ?? '') !== '') add('tipologia', 'Una serie di fascicoli non ha un tipo di documento.')
  }
  if (livello !== null && livello > 3) add('voceId', 'Una serie si ferma al terzo livello del titolario.')
  return campi
}

/** What the membership of a series looks at, of a document or of a fascicolo. `giorno`: `YYYY-MM-DD`. */
export interface FattiMembro {
  readonly genere: 'documento' | 'fascicolo'
  readonly giorno: string
  readonly tipo: string
  readonly codiceVoce: string
  readonly versioneId: string
}

/** The criterion of a series. */
export interface CriterioSerie {
  readonly tipo: 'documentale' | 'fascicoli'
  readonly anno: number
  readonly tipologia: string | null
  readonly tipoFascicolo: string | null
  readonly voce: { readonly codice: string; readonly versioneId: string } | null
}

/** Why this does not belong to the series, or null: another year, another type, another class (REQ-FASC-031). */
export function estraneita(s: CriterioSerie, m: FattiMembro): string | null {
  if ((s.tipo === 'documentale') !== (m.genere === 'documento'))
    return s.tipo === 'documentale' ? 'La serie è di documenti, non di fascicoli.' : 'La serie è di fascicoli, non di documenti.'
  if (Number(m.giorno.slice(0, 4)) !== s.anno) return `È del ${m.giorno.slice(0, 4)}: la serie è del ${s.anno}.`
  const tipo = s.tipo === 'documentale' ? s.tipologia : s.tipoFascicolo
  if (tipo !== null && m.tipo !== tipo) return `È di tipo «${m.tipo}»: la serie è di «${tipo}».`
  if (s.voce === null) return null
  const under = m.versioneId === s.voce.versioneId && (m.codiceVoce === s.voce.codice || m.codiceVoce.startsWith(`${s.voce.codice}/`))
  return under ? null : `È classificato ${m.codiceVoce}: la serie è della voce ${s.voce.codice}.`
}

/** The first day after the forty years from the closing; from then on it goes to the historical section. */
export function storicoDal(chiusoIl: string): string {
  const year = Number(chiusoIl.slice(0, 4)) + ANNI_STORICO
  const leap = chiusoIl.slice(5) === '02-29' && !(year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))
  return addDays(`${year}-${leap ? '02-28' : chiusoIl.slice(5)}`, 1)
}

/** Words of a retention in years. */
export function formatConservazione(anni: number | null): string {
  return anni === null ? 'da definire' : anni === PERMANENTE ? 'permanente' : `${anni} anni`
}

/** The subject of last year's activity, for the year that begins: its year becomes the new one (REQ-FASC-043). */
export function oggettoNuovoAnno(oggetto: string, annoVecchio: number, annoNuovo: number): string {
  return oggetto.replaceAll(new RegExp(String.raw`(?<!\d)${annoVecchio}(?!\d)`, 'gu'), String(annoNuovo))
}
