import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import { interruzioneAssente, interruzioneChiusa } from '../errors.ts'
import type { InterruzioneDto } from '../schema.ts'

interface InterruzioneRow {
  id: string
  inizio: Date
  fine: Date | null
  causa: string
  rimedio: string
  autore: string
}

const DAY_MS = 24 * 3_600_000
const INTERRUZIONE = 'id, inizio, fine, causa, rimedio, autore_nome as autore from interruzione where ente_id = $1'

function present(r: InterruzioneRow): InterruzioneDto {
  const end = r.fine ?? now()
  return {
    ...r,
    inizio: r.inizio.toISOString(),
    fine: r.fine?.toISOString() ?? null,
    oltre24Ore: end.getTime() - r.inizio.getTime() > DAY_MS,
  }
}

/** Outages recorded, newest first (REQ-PROT-151). */
export async function listInterruzioni(scope: Scope): Promise<InterruzioneDto[]> {
  return (
    await query<InterruzioneRow>(scope, `select ${INTERRUZIONE} order by interruzione.inizio desc, id limit 200`, [scope.ente.id])
  ).map(present)
}

/** Records an outage with start, cause and, when it is over, end (REQ-PROT-151). */
export async function recordInterruzione(
  scope: Scope,
  input: { inizio: string; fine: string | null; causa: string; rimedio: string },
): Promise<InterruzioneDto> {
  const id = newId()
  await inTransaction(scope, async (tx) => {
    await insertRows(tx, 'interruzione', [{ id, ...input, autore_nome: tx.attore.nome, registrata_il: now().toISOString() }])
    tx.audit({ azione: 'interruzione-registrata', oggettoTipo: 'interruzione', oggettoId: id, dopo: input })
  })
  return await found(scope, id)
}

/** Records the end of an outage. Throws NotFound, and Conflict when it has one already. */
export async function closeInterruzione(scope: Scope, id: string, input: { fine: string; rimedio: string }): Promise<InterruzioneDto> {
  await inTransaction(scope, async (tx) => {
    const row = await found(tx, id)
    if (row.fine !== null) throw interruzioneChiusa()
    await query(tx, 'update interruzione set fine = $3, rimedio = $4 where ente_id = $1 and id = $2', [
      tx.ente.id,
      id,
      input.fine,
      input.rimedio,
    ])
    tx.audit({ azione: 'interruzione-chiusa', oggettoTipo: 'interruzione', oggettoId: id, prima: { fine: null }, dopo: input })
  })
  return await found(scope, id)
}

async function found(scope: Scope, id: string): Promise<InterruzioneDto> {
  const row = await queryOne<InterruzioneRow>(scope, `select ${INTERRUZIONE} and id = $2`, [scope.ente.id, id])
  if (row === null) throw interruzioneAssente()
  return present(row)
}
