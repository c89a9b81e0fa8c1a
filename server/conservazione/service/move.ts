import type { TxScope } from '../../kernel/scope.ts'
import { lockVersamento, updateVersamento } from '../repository.ts'
import type { Avanzamento, VersamentoRow } from '../repository.ts'
import { recordPassoWithin } from '../../registro/index.ts'
import type { PassoRegistro } from '../../registro/index.ts'
import { canMove } from '../rules.ts'
import type { Anomalia, StatoVersamento } from '../rules.ts'

/** One step of a versamento. */
export interface Passo {
  readonly stato: StatoVersamento
  readonly columns?: Avanzamento
  readonly azione: string
  readonly dopo?: Readonly<Record<string, unknown>>
}

/**
 * Moves a versamento when it is still where the caller left it; false when another run already went on. Locks the row. Throws Error for a step outside the
 * closed table (REQ-CONS-100). Every step is written in the trail.
 */
export async function moveVersamento(tx: TxScope, id: string, da: StatoVersamento, passo: Passo): Promise<VersamentoRow | null> {
  const row = await lockVersamento(tx, id)
  if (row === null || row.stato !== da) return null
  if (!canMove(da, passo.stato)) throw new Error(`a versamento cannot go from ${da} to ${passo.stato}`)
  await updateVersamento(tx, id, { stato: passo.stato, ...passo.columns })
  tx.audit({
    azione: passo.azione,
    oggettoTipo: 'versamento',
    oggettoId: id,
    ...(row.fascicoloId === null ? {} : { fascicoloId: row.fascicoloId }),
    prima: { stato: da },
    dopo: { stato: passo.stato, idPdv: row.idPdv, ...passo.dopo },
  })
  if (row.registroGiornalieroId !== null) await followRegistro(tx, row.registroGiornalieroId, row.idPdv, passo)
  return row
}

const PASSI: Readonly<Partial<Record<StatoVersamento, PassoRegistro>>> = {
  TRASMESSO: 'inviato',
  CONSERVATO: 'conservato',
  RIFIUTATO: 'rifiutato',
  ERRORE: 'errore',
}

/** The daily register is told of its road: instants, receipt, refusal (REQ-PROT-106). */
async function followRegistro(tx: TxScope, id: string, riferimento: string, passo: Passo): Promise<void> {
  const step = PASSI[passo.stato]
  if (step === undefined) return
  const dettaglio = (passo.columns?.anomalie ?? []).map((a) => a.messaggio).join(' ')
  await recordPassoWithin(tx, id, step, { riferimento, dettaglio })
}

/** Stops a versamento with the reasons, to be read by a person: nothing repeats it by itself. */
export async function stopVersamento(
  tx: TxScope,
  id: string,
  da: StatoVersamento,
  anomalie: readonly Anomalia[],
  columns: Avanzamento = {},
): Promise<void> {
  const row = await moveVersamento(tx, id, da, {
    stato: 'ERRORE',
    columns: { ...columns, anomalie },
    azione: 'versamento-in-errore',
    dopo: { anomalie },
  })
  if (row !== null)
    tx.log.error({ versamento: row.idPdv, ente: tx.ente.slug, codici: anomalie.map((a) => a.codice) }, 'versamento in errore')
}
