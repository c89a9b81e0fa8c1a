import { stringify } from 'csv-stringify/sync'
import type { DurataRow } from '../repository-misure.ts'

/** Fewer concluded practices than these would tell the time of one person's practice: their times are not published. */
export const SOGLIA = 3
/** Licence of the published dataset. */
export const LICENZA = {
  nome: 'Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)',
  uri: 'https://creativecommons.org/licenses/by/4.0/',
} as const

/** A row of the published dataset: no personal data, times only where there are enough of them. */
export interface RigaTempi {
  readonly anno: number
  readonly codice: string
  readonly procedimento: string
  readonly materia: string
  readonly termine_giorni: number
  readonly conclusi: number
  readonly in_corso: number
  readonly oltre_il_termine: number
  readonly giorni_mediana: number | null
  readonly giorni_novantesimo_percentile: number | null
  readonly giorni_mediana_al_netto_delle_sospensioni: number | null
  readonly percentuale_nei_termini: number | null
}

const round = (value: number | null): number | null => (value === null ? null : Math.round(value * 10) / 10)

/** The dataset of the times (L. 241/1990 art. 2 c. 4-bis). Pure. */
export function composeTempi(rows: readonly DurataRow[]): RigaTempi[] {
  return rows.map((r) => {
    const enough = r.conclusi >= SOGLIA
    return {
      anno: r.anno,
      codice: r.codice,
      procedimento: r.denominazione,
      materia: r.materia,
      termine_giorni: r.termineGiorni,
      conclusi: r.conclusi,
      in_corso: r.inCorso,
      oltre_il_termine: r.oltreTermine,
      giorni_mediana: enough ? round(r.mediana) : null,
      giorni_novantesimo_percentile: enough ? round(r.novantesimo) : null,
      giorni_mediana_al_netto_delle_sospensioni: enough ? round(r.medianaNetta) : null,
      percentuale_nei_termini: enough && r.neiTermini !== null ? round(r.neiTermini * 100) : null,
    }
  })
}

/** Columns of the dataset, in their order. */
export const COLONNE = [
  'anno',
  'codice',
  'procedimento',
  'materia',
  'termine_giorni',
  'conclusi',
  'in_corso',
  'oltre_il_termine',
  'giorni_mediana',
  'giorni_novantesimo_percentile',
  'giorni_mediana_al_netto_delle_sospensioni',
  'percentuale_nei_termini',
] as const satisfies readonly (keyof RigaTempi)[]

/** The dataset as CSV (RFC 4180, UTF-8, comma): a cell that a spreadsheet would run is neutralised. Pure. */
export function writeCsv(righe: readonly RigaTempi[]): string {
  return stringify([...righe], { header: true, columns: [...COLONNE], record_delimiter: 'windows', escape_formulas: true })
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Text inside XML; characters that XML does not admit are left out. Pure. */
export function escapeXml(value: string): string {
  // oxlint-disable-next-line no-control-regex -- the characters XML 1.0 forbids
  return value.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu, '').replaceAll(/[&<>"']/gu, (c) => ENTITIES[c] ?? c)
}

/** The dataset as XML. A time that is not published has no element. Pure. */
export function writeXml(righe: readonly RigaTempi[], ente: { denominazione: string; codiceIpa: string }): string {
  const body = righe.map((r) => {
    const cells = COLONNE.flatMap((c) => (r[c] === null ? [] : [`    <${c}>${escapeXml(String(r[c]))}</${c}>`]))
    return `  <riga>\n${cells.join('\n')}\n  </riga>`
  })
  const attributes = `ente="${escapeXml(ente.denominazione)}" codiceIpa="${escapeXml(ente.codiceIpa)}" licenza="${LICENZA.uri}"`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<tempiProcedimenti ${attributes}>\n${body.join('\n')}\n</tempiProcedimenti>\n`
}
