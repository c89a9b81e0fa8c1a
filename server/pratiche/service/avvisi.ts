import { newId } from '../../kernel/ids.ts'
import { inTransaction, query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { lockVisibleFascicolo } from '../../fascicoli/index.ts'
import { formatItalianDay } from '../../kernel/time.ts'
import { findRegole } from '../../procedimenti/index.ts'
import { findPratica, lockPratica, OGGI, readClock } from '../repository.ts'
import { avvisoOf } from '../rules.ts'
import { followSospensione } from './lavora.ts'

interface Aperta {
  readonly id: string
  readonly aooId: string
  readonly fascicoloId: string
  readonly termine: string
  readonly oggi: string
}

/**
 * Takes up again the fascicoli of the practices whose suspension ended by itself, when its days were over (L. 241/1990 art. 2 c. 7). Hourly, idempotent: each
 * in a transaction of its own, under the locks of whoever works on it.
 */
export async function resumeElapsed(scope: Scope): Promise<void> {
  const rows = await query<{ id: string; fascicoloId: string }>(
    scope,
    `select id, fascicolo_id as "fascicoloId" from pratica where ente_id = $1 and fascicolo_sospeso and conclusa_il is null and sospesa_fino <= ${OGGI} order by id`,
    [scope.ente.id],
  )
  for (const { id, fascicoloId } of rows)
    await inTransaction(scope, async (tx) => {
      await lockVisibleFascicolo(tx, fascicoloId)
      await lockPratica(tx, id)
      const pratica = await findPratica(tx, { id })
      const { oggi } = await readClock(tx)
      if (pratica === null || pratica.conclusaIl !== null || pratica.sospesaFino === null || pratica.sospesaFino > oggi) return
      await followSospensione(tx, pratica, false, `i giorni della sospensione sono finiti il ${formatItalianDay(pratica.sospesaFino)}`)
    })
}

/**
 * Looks at every open practice whose term runs: a notice before the term at each threshold of the rules, one on its day, one past it (L. 241/1990 art. 2).
 * Suspended ones wait; those whose suspension is over are taken up again first. Hourly, idempotent: one notice for each threshold and term.
 */
export async function vigilaTermini(scope: Scope): Promise<void> {
  await resumeElapsed(scope)
  const rows = await query<Aperta>(
    scope,
    `select p.id, pr.aoo_id as "aooId", p.fascicolo_id as "fascicoloId", to_char(p.termine, 'YYYY-MM-DD') as termine, to_char(${OGGI}, 'YYYY-MM-DD') as oggi
       from pratica p join procedimento pr on pr.ente_id = p.ente_id and pr.id = p.procedimento_id
      where p.ente_id = $1 and p.conclusa_il is null and p.termine <= ${OGGI} + 180
        and not (p.sospesa_dal is not null and p.sospesa_dal <= ${OGGI} and (p.sospesa_fino is null or ${OGGI} < p.sospesa_fino)) order by p.termine, p.id`,
    [scope.ente.id],
  )
  const regole = new Map<string, readonly number[]>()
  for (const aooId of new Set(rows.map((r) => r.aooId))) regole.set(aooId, (await findRegole(scope, aooId)).regole.preavvisi)
  const due = rows.flatMap((r) => {
    const tipo = avvisoOf(r.termine, r.oggi, regole.get(r.aooId) ?? [])
    return tipo === null ? [] : [{ ...r, tipo }]
  })
  if (due.length === 0) return
  await inTransaction(scope, async (tx) => {
    for (const d of due) {
      const made = await query(
        tx,
        `insert into pratica_avviso (ente_id, id, pratica_id, tipo, termine, creato_il) values ($1, $2, $3, $4, $5::date, app.istante()) on conflict do nothing returning 1`,
        [tx.ente.id, newId(), d.id, d.tipo, d.termine],
      )
      if (made.length > 0)
        tx.audit({
          azione: 'termine-avviso',
          oggettoTipo: 'pratica',
          oggettoId: d.id,
          fascicoloId: d.fascicoloId,
          dopo: { tipo: d.tipo, termine: d.termine },
        })
    }
  })
}
