import { newId } from '../../kernel/ids.ts'
import { insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { TxScope } from '../../kernel/scope.ts'
import { readClock } from '../numbering.ts'
import type { FaseProcedimento } from '../schema.ts'

/**
 * Ties a fascicolo that was just opened to the version of the model it runs, with the term computed by who runs it. Inside the caller's transaction. The tie
 * is made once: the database refuses a second one.
 */
export async function bindProcedimentoWithin(tx: TxScope, fascicoloId: string, versioneId: string, termine: string | null): Promise<void> {
  await query(tx, 'update fascicolo set procedimento_id = $3, termine = $4::date where ente_id = $1 and id = $2', [
    tx.ente.id,
    fascicoloId,
    versioneId,
    termine,
  ])
}

/** The term as its events make it now (`YYYY-MM-DD`); null while nobody can say it. Inside the caller's transaction. */
export async function moveTermineWithin(tx: TxScope, fascicoloId: string, termine: string | null): Promise<void> {
  await query(tx, 'update fascicolo set termine = $3::date where ente_id = $1 and id = $2 and termine is distinct from $3::date', [
    tx.ente.id,
    fascicoloId,
    termine,
  ])
}

/**
 * Suspends an open fascicolo with the procedure it runs, or takes a suspended one up again, with the reason; in another state nothing happens. Answers true
 * when the state changed. Inside the caller's transaction, with the fascicolo locked.
 */
export async function moveSospensioneWithin(tx: TxScope, fascicoloId: string, sospendi: boolean, motivo: string): Promise<boolean> {
  const [prima, dopo] = sospendi ? ['APERTO', 'SOSPESO'] : ['SOSPESO', 'APERTO']
  const { giorno } = await readClock(tx)
  const moved = await query(
    tx,
    `update fascicolo set stato = $3, stato_dal = $4::date, stato_motivo = $5, versione = versione + 1 where ente_id = $1 and id = $2 and stato = $6 returning 1`,
    [tx.ente.id, fascicoloId, dopo, sospendi ? giorno : null, sospendi ? motivo : null, prima],
  )
  if (moved.length === 0) return false
  tx.audit({
    azione: sospendi ? 'fascicolo-sospeso' : 'fascicolo-ripreso',
    oggettoTipo: 'fascicolo',
    oggettoId: fascicoloId,
    fascicoloId,
    prima: { stato: prima },
    dopo: { stato: dopo, dal: giorno },
    motivo,
  })
  return true
}

/**
 * Passes a procedure to a phase: the open one ends on `giorno`, the new one starts there; the same phase changes nothing (Allegato 5, R89). A day before the
 * start of the open phase counts as that day. Answers true when the phase changed. Inside the caller's transaction.
 */
export async function moveFaseWithin(tx: TxScope, fascicoloId: string, fase: FaseProcedimento, giorno: string): Promise<boolean> {
  const open = await queryOne<{ fase: string; dal: string }>(
    tx,
    `select fase, to_char(dal, 'YYYY-MM-DD') as dal from fase where ente_id = $1 and fascicolo_id = $2 and al is null order by dal desc, id desc limit 1`,
    [tx.ente.id, fascicoloId],
  )
  if (open?.fase === fase) return false
  const dal = open !== null && open.dal > giorno ? open.dal : giorno
  await query(tx, 'update fase set al = $3::date where ente_id = $1 and fascicolo_id = $2 and al is null', [tx.ente.id, fascicoloId, dal])
  await insertRows(tx, 'fase', [{ id: newId(), fascicolo_id: fascicoloId, fase, dal, al: null }])
  return true
}
