import { createDocumentoWithin } from '../../documenti/index.ts'
import type { FileScelto } from '../../documenti/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { claimKey, digestRequest, writePrimaClassificazione } from '../../protocollo/index.ts'
import {
  azioneNonConsentita,
  cartaceoAssente,
  chiaveUsata,
  documentoNonNelFascicolo,
  fascicoloChiuso,
  motivoAreaMancante,
} from '../errors.ts'
import { readClock } from '../numbering.ts'
import { canDecideFascicolo, canFileDocumento } from '../policy.ts'
import { findCollocazione } from '../repository-contenuto.ts'
import type { FascicoloRow } from '../repository.ts'
import { isAperto } from '../rules.ts'
import type { NuovoCartaceo, NuovoNonProtocollato } from '../schema-vita.ts'
import { fileWithin, lockVisibleFascicolo } from './file.ts'

async function lockToAdd(tx: TxScope, fascicolo: string): Promise<FascicoloRow> {
  const row = await lockVisibleFascicolo(tx, fascicolo)
  if (!canFileDocumento(tx.attore, row)) throw azioneNonConsentita()
  if (!isAperto(row.stato)) throw fascicoloChiuso(row.codice)
  return row
}

async function bump(tx: TxScope, fascicoloId: string): Promise<void> {
  await query(tx, 'update fascicolo set versione = versione + 1 where ente_id = $1 and id = $2', [tx.ente.id, fascicoloId])
}

/**
 * A document that is not registered, uploaded into the fascicolo and classified as the fascicolo is (REQ-FASC-014, REQ-TIT-020). Same key and same request
 * give the first result. Throws NotFound, Forbidden, RuleViolation, InvalidInput.
 */
export async function addNonProtocollato(scope: Scope, fascicolo: string, input: NuovoNonProtocollato, chiave: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const richiesta = digestRequest({ fascicolo, ...input })
    const earlier = await claimKey(tx, 'documento', chiave, richiesta, newId())
    if (earlier !== null) {
      if (earlier.richiesta !== richiesta) throw chiaveUsata()
      return
    }
    const row = await lockToAdd(tx, fascicolo)
    const area = input.area ?? 'comune'
    if (area === 'riservata' && input.motivo === undefined) throw motivoAreaMancante(area)
    const [principale, ...allegati] = input.file as [FileScelto, ...FileScelto[]]
    const documento = await createDocumentoWithin(tx, {
      aooId: row.aooId,
      oggetto: input.oggetto,
      tipologia: input.tipologia,
      formazione: 'file',
      riservatezza: 'ORDINARIO',
      dataDocumento: input.dataDocumento ?? null,
      voceId: row.voceId,
      principale,
      allegati,
      annessi: [],
    })
    await writePrimaClassificazione(tx, documento.id, row.voceId)
    await fileWithin(tx, row, {
      documentoId: documento.id,
      etichetta: 'non protocollato',
      area,
      motivo: input.motivo ?? null,
      principale: true,
    })
    await bump(tx, row.id)
  })
}

/** A paper document by reference, with the place where it is and, when there is one, its certified copy (REQ-FASC-014). Throws NotFound, Forbidden, RuleViolation. */
export async function addCartaceo(scope: Scope, fascicolo: string, input: NuovoCartaceo): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockToAdd(tx, fascicolo)
    if (input.copiaDocumentoId !== undefined && (await findCollocazione(tx, row.id, input.copiaDocumentoId)) === null)
      throw documentoNonNelFascicolo()
    const id = newId()
    await insertRows(tx, 'documento_cartaceo', [
      {
        id,
        fascicolo_id: row.id,
        oggetto: input.oggetto,
        tipologia: input.tipologia,
        data_documento: input.dataDocumento ?? null,
        consistenza: input.consistenza,
        posizione_fisica: input.posizioneFisica,
        area: input.area,
        copia_documento_id: input.copiaDocumentoId ?? null,
        inserito_il: (await readClock(tx)).istante,
        inserito_da: tx.attore.nome,
      },
    ])
    await bump(tx, row.id)
    tx.audit({
      azione: 'cartaceo-inserito',
      oggettoTipo: 'cartaceo',
      oggettoId: id,
      fascicoloId: row.id,
      dopo: input.area === 'riservata' ? { area: input.area } : { oggetto: input.oggetto, posizioneFisica: input.posizioneFisica },
    })
  })
}

/** Takes a paper reference out, with its reason; the row stays. Throws NotFound, Forbidden, RuleViolation. */
export async function removeCartaceo(scope: Scope, fascicolo: string, id: string, motivo: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockVisibleFascicolo(tx, fascicolo)
    if (!canDecideFascicolo(tx.attore, row)) throw azioneNonConsentita()
    if (!isAperto(row.stato)) throw fascicoloChiuso(row.codice)
    const gone = await queryOne(
      tx,
      `update documento_cartaceo set tolto_il = $4, tolto_da = $5, motivo_rimozione = $6 where ente_id = $1 and fascicolo_id = $2 and id = $3 and tolto_il is null returning 1 as tolto`,
      [tx.ente.id, row.id, id, (await readClock(tx)).istante, tx.attore.nome, motivo],
    )
    if (gone === null) throw cartaceoAssente()
    await bump(tx, row.id)
    tx.audit({ azione: 'cartaceo-tolto', oggettoTipo: 'cartaceo', oggettoId: id, fascicoloId: row.id, motivo })
  })
}
