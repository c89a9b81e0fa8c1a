import { query, queryOne } from '../kernel/scope.ts'
import type { TxScope } from '../kernel/scope.ts'

/** What the counter of a series gave: number, year, day and instant belong together. */
export interface Progressivo {
  readonly anno: number
  readonly progressivo: number
  readonly giorno: string
  readonly istante: string
}

interface Clock {
  readonly anno: number
  readonly giorno: string
  readonly istante: string
}

/** One reading of the database's clock, in Rome. */
export async function readClock(tx: TxScope): Promise<Clock> {
  const row = await queryOne<Clock>(
    tx,
    `select extract(year from t at time zone 'Europe/Rome')::int as anno, to_char(t at time zone 'Europe/Rome', 'YYYY-MM-DD') as giorno,
            to_char(t at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as istante from app.istante() as t`,
  )
  return row as Clock
}

/**
 * The next progressivo of a series in the year of opening (REQ-FASC-003, REQ-FASC-005), under the counter's row lock, which is held until the caller's
 * transaction ends: a rollback gives the number back, so there are no gaps. The clock is read again after the lock: when the year ended while waiting,
 * the number is taken from the new year's counter.
 */
export async function takeProgressivo(tx: TxScope, aooId: string, serie: string): Promise<Progressivo> {
  let { anno } = await readClock(tx)
  for (;;) {
    const key = [tx.ente.id, aooId, anno, serie]
    await query(
      tx,
      'insert into contatore_fascicolo (ente_id, aoo_id, anno, serie, ultimo) values ($1, $2, $3, $4, 0) on conflict do nothing',
      key,
    )
    await query(tx, 'select 1 from contatore_fascicolo where ente_id = $1 and aoo_id = $2 and anno = $3 and serie = $4 for update', key)
    const clock = await readClock(tx)
    if (clock.anno !== anno) {
      anno = clock.anno
      continue
    }
    const row = await queryOne<{ ultimo: number }>(
      tx,
      'update contatore_fascicolo set ultimo = ultimo + 1 where ente_id = $1 and aoo_id = $2 and anno = $3 and serie = $4 returning ultimo',
      key,
    )
    return { ...clock, progressivo: (row as { ultimo: number }).ultimo }
  }
}

/**
 * The next progressivo of the parts of a fascicolo, whose year is that of the whole whenever they are opened (REQ-FASC-002, REQ-FASC-005). The caller holds the
 * lock of the whole; the counter is locked like any other. Day and instant are those of the opening.
 */
export async function takeProgressivoParte(tx: TxScope, aooId: string, anno: number, serie: string): Promise<Progressivo> {
  const key = [tx.ente.id, aooId, anno, serie]
  await query(
    tx,
    'insert into contatore_fascicolo (ente_id, aoo_id, anno, serie, ultimo) values ($1, $2, $3, $4, 0) on conflict do nothing',
    key,
  )
  const row = await queryOne<{ ultimo: number }>(
    tx,
    'update contatore_fascicolo set ultimo = ultimo + 1 where ente_id = $1 and aoo_id = $2 and anno = $3 and serie = $4 returning ultimo',
    key,
  )
  const { giorno, istante } = await readClock(tx)
  return { anno, giorno, istante, progressivo: (row as { ultimo: number }).ultimo }
}
