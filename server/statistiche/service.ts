import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { recordFact } from '../kernel/audit.ts'
import { FileReply } from '../kernel/endpoint.ts'
import { inReadTransaction, query, queryFound } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { addDays, now, romeDay } from '../kernel/time.ts'
import { visibilitaOf } from '../protocollo/index.ts'
import { periodoTroppoLungo } from './errors.ts'
import { definizioni } from './queries.ts'
import type { Misura } from './queries.ts'
import type { FiltriStatistica, Grafico, StatisticaDto } from './schema.ts'

/** A chart by day shows no more than this: beyond, it is read by month. */
const GIORNI_MASSIMI = 400

/**
 * One chart of the register as numbers, over a period of Rome days (the last twelve months unless told) and one office or all (TUDA art. 65 c. 1 c; REQ-PROT-143). The
 * riservati are counted only for who may read them (A8). Throws NotFound for an office that is not of the ente, InvalidInput for too long a period by day.
 */
export async function readStatistica(scope: Scope, grafico: Grafico, filtri: FiltriStatistica): Promise<StatisticaDto> {
  const oggi = romeDay(now())
  const m: Misura = {
    a: filtri.a ?? oggi,
    da: filtri.da ?? addDays(filtri.a ?? oggi, -364),
    ufficio: filtri.ufficio ?? null,
    passo: filtri.passo,
  }
  if (m.passo === 'giorno' && addDays(m.da, GIORNI_MASSIMI) < m.a) throw periodoTroppoLungo()
  return await inReadTransaction(scope, async (s) => {
    const ufficio =
      m.ufficio === null
        ? null
        : await queryFound<{ denominazione: string }>(
            s,
            'L’ufficio non esiste.',
            'select denominazione from ufficio where ente_id = $1 and id = $2',
            [s.ente.id, m.ufficio],
          )
    const d = definizioni[grafico]
    const binds: unknown[] = [s.ente.id]
    const sql = d.sql(m, (value) => `$${binds.push(value)}`, s)
    const rows = (await query<Record<string, unknown>>(s, sql, binds)).map((row) => ({
      etichetta: String(row['etichetta']),
      valori: d.serie.map((_, i) => (row[`v${i}`] ?? null) as number | null),
    }))
    const righe = d.righe?.map(
      (etichetta) => rows.find((row) => row.etichetta === etichetta) ?? { etichetta, valori: d.serie.map(() => 0) },
    )
    return {
      grafico,
      da: m.da,
      a: m.a,
      ufficio: ufficio?.denominazione ?? null,
      unita: d.unita,
      serie: [...d.serie],
      righe: righe ?? rows,
      riservatiEsclusi: !visibilitaOf(s.attore).tutto,
    }
  })
}

/** The same numbers as a file for a spreadsheet (UTF-8 with its mark, semicolons, decimal comma); the export is in the trail. */
export async function exportStatistica(scope: Scope, grafico: Grafico, filtri: FiltriStatistica): Promise<FileReply> {
  const s = await readStatistica(scope, grafico, filtri)
  await recordFact(scope, {
    azione: 'statistica-esportata',
    oggettoTipo: 'statistica',
    oggettoId: grafico,
    dopo: { da: s.da, a: s.a, ufficio: filtri.ufficio ?? null },
  })
  const records = [
    [`Periodo ${s.da} ${s.a}`, ...s.serie],
    ...s.righe.map((row) => [row.etichetta, ...row.valori.map((v) => (v === null ? '' : String(v).replace('.', ',')))]),
  ]
  const bytes = Buffer.from(stringify(records, { bom: true, delimiter: ';', record_delimiter: 'windows', escape_formulas: true }), 'utf8')
  return new FileReply({
    nome: `statistica-${grafico}-${s.da}-${s.a}.csv`,
    tipo: 'text/csv; charset=utf-8',
    stream: Readable.from([bytes]),
    dimensione: bytes.length,
  })
}
