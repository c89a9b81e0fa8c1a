import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { findVisibleByDocumento, lockRegistro, reclassifyDocumentoWithin, reclassifyWithin } from '../../protocollo/index.ts'
import { azioneNonConsentita, documentoNonNelFascicolo, fascicoloChiuso, fascicoloUguale, giaNelFascicolo } from '../errors.ts'
import { readClock } from '../numbering.ts'
import { canDecideFascicolo, canFileDocumento, canSeeRiservata, visibilitaFascicoliOf } from '../policy.ts'
import { findCollocazione, lockDocumento } from '../repository-contenuto.ts'
import { findByIdOrSlug } from '../repository.ts'
import type { FascicoloRow } from '../repository.ts'
import { isAperto, placeDocumento } from '../rules.ts'
import type { Rimozione } from '../schema-vita.ts'
import { lockVisibleFascicolo } from './file.ts'

const RICLASSIFICA = 'Voce del fascicolo in cui il documento è spostato'

/**
 * Takes a document out of a fascicolo, or moves it where it belongs: who, when, why and where to stay in both (REQ-FASC-017). A moved document stays primary
 * where it was primary; one taken out leaves the first of its other fascicoli as the primary one (REQ-FASC-016). Throws NotFound, Forbidden, Conflict,
 * RuleViolation when either fascicolo is closed or the classification does not admit the destination.
 */
export async function removeDocumento(scope: Scope, fascicolo: string, documentoId: string, input: Rimozione): Promise<void> {
  await inTransaction(scope, async (tx) => await removeDocumentoWithin(tx, fascicolo, documentoId, input))
}

/** The same act inside the caller's transaction. Fascicoli are locked in the order of their ids. */
export async function removeDocumentoWithin(tx: TxScope, fascicolo: string, documentoId: string, input: Rimozione): Promise<void> {
  const { row, destinazione } = await lockBoth(tx, fascicolo, input.destinazioneId)
  if (!canDecideFascicolo(tx.attore, row)) throw azioneNonConsentita()
  if (!isAperto(row.stato)) throw fascicoloChiuso(row.codice)
  if (destinazione !== null) await checkDestinazione(tx, destinazione, documentoId)
  const place = await findCollocazione(tx, row.id, documentoId)
  if (place === null || (place.area === 'riservata' && !canSeeRiservata(visibilitaFascicoliOf(tx.attore), row)))
    throw documentoNonNelFascicolo()
  if (destinazione !== null) await prepareMove(tx, row, destinazione, documentoId)
  await lockDocumento(tx, documentoId)
  await moveWithin(tx, row, destinazione, documentoId, input.motivo)
}

async function lockBoth(
  tx: TxScope,
  fascicolo: string,
  destinazioneId: string | undefined,
): Promise<{ row: FascicoloRow; destinazione: FascicoloRow | null }> {
  const from = await findByIdOrSlug(tx, fascicolo)
  const to = destinazioneId === undefined ? null : await findByIdOrSlug(tx, destinazioneId)
  const backwards = from !== null && to !== null && to.id < from.id
  const first = backwards ? await lockVisibleFascicolo(tx, to.id) : null
  const row = await lockVisibleFascicolo(tx, fascicolo)
  if (destinazioneId === undefined) return { row, destinazione: null }
  const destinazione = first ?? (await lockVisibleFascicolo(tx, destinazioneId))
  if (destinazione.id === row.id) throw fascicoloUguale()
  return { row, destinazione }
}

async function checkDestinazione(tx: TxScope, destinazione: FascicoloRow, documentoId: string): Promise<void> {
  if (!canFileDocumento(tx.attore, destinazione)) throw azioneNonConsentita()
  if (!isAperto(destinazione.stato)) throw fascicoloChiuso(destinazione.codice)
  if ((await findCollocazione(tx, destinazione.id, documentoId)) !== null) throw giaNelFascicolo(destinazione.codice)
}

/**
 * Decides whether a document of fascicolo `row` may go to another one, and gives it the sottoclasse of that one where it is the primary place: the same rules
 * as a first filing (REQ-TIT-022, REQ-FASC-006). Locks register counter, then document. Throws NotFound for a document that may not be read, RuleViolation.
 */
export async function prepareMove(tx: TxScope, row: FascicoloRow, destinazione: FascicoloRow, documentoId: string): Promise<void> {
  const found = await queryOne<{ principale: boolean; voceId: string; codiceVoce: string; registrato: boolean }>(
    tx,
    `select fd.principale, d.voce_id as "voceId", v.codice as "codiceVoce", exists (select 1 from registrazione r where r.ente_id = d.ente_id and r.documento_id = d.id) as registrato
       from fascicolo_documento fd join documento d on d.ente_id = fd.ente_id and d.id = fd.documento_id join voce_titolario v on v.ente_id = d.ente_id and v.id = d.voce_id
      where fd.ente_id = $1 and fd.fascicolo_id = $2 and fd.documento_id = $3 and fd.tolto_il is null`,
    [tx.ente.id, row.id, documentoId],
  )
  if (found === null) throw documentoNonNelFascicolo()
  const collocazione = placeDocumento({ codiceVoce: found.codiceVoce, giaFascicolato: !found.principale }, destinazione)
  if (collocazione !== 'riclassifica') return
  if (!found.registrato) {
    await lockDocumento(tx, documentoId)
    await reclassifyDocumentoWithin(tx, { documentoId, voceId: found.voceId }, destinazione.voceId, RICLASSIFICA)
    return
  }
  const registrazione = await findVisibleByDocumento(tx, documentoId)
  await lockRegistro(tx, registrazione.registroId)
  await lockDocumento(tx, documentoId)
  await reclassifyWithin(tx, registrazione, destinazione.voceId, RICLASSIFICA)
}

/** Writes the removal, the arrival in the other fascicolo, and both traces. Both fascicoli and the document are locked. */
export async function moveWithin(
  tx: TxScope,
  row: FascicoloRow,
  destinazione: FascicoloRow | null,
  documentoId: string,
  motivo: string,
): Promise<void> {
  const { istante } = await readClock(tx)
  const [left] = await query<{ principale: boolean; area: string }>(
    tx,
    `update fascicolo_documento set tolto_il = $4, tolto_da = $5, motivo_rimozione = $6, destinazione_id = $7
      where ente_id = $1 and fascicolo_id = $2 and documento_id = $3 and tolto_il is null returning principale, area`,
    [tx.ente.id, row.id, documentoId, istante, tx.attore.nome, motivo, destinazione?.id ?? null],
  )
  if (left === undefined) throw documentoNonNelFascicolo()
  await bump(tx, row.id)
  tx.audit({
    azione: destinazione === null ? 'documento-tolto' : 'documento-spostato',
    oggettoTipo: 'documento',
    oggettoId: documentoId,
    documentoId,
    fascicoloId: row.id,
    prima: { fascicolo: row.codice },
    dopo: { fascicolo: destinazione?.codice ?? null },
    motivo,
  })
  if (destinazione === null) {
    if (left.principale) await promote(tx, documentoId)
    return
  }
  await insertRows(tx, 'fascicolo_documento', [
    {
      id: newId(),
      fascicolo_id: destinazione.id,
      documento_id: documentoId,
      area: left.area,
      principale: left.principale,
      inserito_il: istante,
      inserito_da: tx.attore.nome,
      tolto_il: null,
      provenienza_id: row.id,
    },
  ])
  await bump(tx, destinazione.id)
  tx.audit({
    azione: 'documento-ricevuto',
    oggettoTipo: 'documento',
    oggettoId: documentoId,
    documentoId,
    fascicoloId: destinazione.id,
    dopo: { fascicolo: destinazione.codice, da: row.codice },
    motivo,
  })
}

/** The oldest of the other fascicoli of a document becomes its primary one. */
async function promote(tx: TxScope, documentoId: string): Promise<void> {
  await query(
    tx,
    `update fascicolo_documento set principale = true where ente_id = $1 and id =
       (select id from fascicolo_documento where ente_id = $1 and documento_id = $2 and tolto_il is null order by inserito_il, id limit 1)`,
    [tx.ente.id, documentoId],
  )
}

async function bump(tx: TxScope, fascicoloId: string): Promise<void> {
  await query(tx, 'update fascicolo set versione = versione + 1 where ente_id = $1 and id = $2', [tx.ente.id, fascicoloId])
}
