import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { azioneNonConsentita, collegamentoAssente, fascicoloUguale, giaCollegato } from '../errors.ts'
import { readClock } from '../numbering.ts'
import { canDecideFascicolo, canFileDocumento } from '../policy.ts'
import type { NuovoCollegamento } from '../schema-vita.ts'
import { lockVisibleFascicolo } from './file.ts'
import { findVisibleFascicolo } from './read.ts'

/**
 * Links a fascicolo to another one this person sees, also of another series and also closed (REQ-FASC-018). Read from the other side a presupposto is a
 * conseguente. Throws NotFound, Forbidden, Conflict, RuleViolation for itself.
 */
export async function linkFascicolo(scope: Scope, fascicolo: string, input: NuovoCollegamento): Promise<void> {
  await inTransaction(scope, async (tx) => await linkFascicoloWithin(tx, fascicolo, input))
}

/** The same act inside the caller's transaction. */
export async function linkFascicoloWithin(tx: TxScope, fascicolo: string, input: NuovoCollegamento): Promise<void> {
  const row = await lockVisibleFascicolo(tx, fascicolo)
  if (!canFileDocumento(tx.attore, row)) throw azioneNonConsentita()
  const altro = await findVisibleFascicolo(tx, input.altroId)
  if (altro.id === row.id) throw fascicoloUguale()
  const known = await queryOne(
    tx,
    `select 1 from fascicolo_collegamento where ente_id = $1 and ((fascicolo_id = $2 and altro_id = $3) or (fascicolo_id = $3 and altro_id = $2)) and tolto_il is null`,
    [tx.ente.id, row.id, altro.id],
  )
  if (known !== null) throw giaCollegato(altro.codice)
  const id = newId()
  await insertRows(tx, 'fascicolo_collegamento', [
    {
      id,
      fascicolo_id: row.id,
      altro_id: altro.id,
      tipo: input.tipo,
      motivo: input.motivo,
      creato_il: (await readClock(tx)).istante,
      creato_da: tx.attore.nome,
    },
  ])
  for (const [mine, other] of [
    [row, altro],
    [altro, row],
  ] as const)
    tx.audit({
      azione: 'fascicolo-collegato',
      oggettoTipo: 'fascicolo',
      oggettoId: mine.id,
      fascicoloId: mine.id,
      dopo: { collegamento: id, tipo: input.tipo, fascicolo: other.codice },
      motivo: input.motivo,
    })
}

/** Ends a link, with its reason; the row stays. Throws NotFound, Forbidden. */
export async function unlinkFascicolo(scope: Scope, fascicolo: string, id: string, motivo: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockVisibleFascicolo(tx, fascicolo)
    if (!canDecideFascicolo(tx.attore, row)) throw azioneNonConsentita()
    const [gone] = await query<{ altroId: string }>(
      tx,
      `update fascicolo_collegamento set tolto_il = $4, tolto_da = $5, motivo_rimozione = $6
        where ente_id = $1 and $2 in (fascicolo_id, altro_id) and id = $3 and tolto_il is null returning case when fascicolo_id = $2 then altro_id else fascicolo_id end as "altroId"`,
      [tx.ente.id, row.id, id, (await readClock(tx)).istante, tx.attore.nome, motivo],
    )
    if (gone === undefined) throw collegamentoAssente()
    for (const fascicoloId of [row.id, gone.altroId])
      tx.audit({ azione: 'fascicolo-scollegato', oggettoTipo: 'fascicolo', oggettoId: fascicoloId, fascicoloId, motivo })
  })
}
