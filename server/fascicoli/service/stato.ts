import { inTransaction, insertRows, json, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { newId } from '../../kernel/ids.ts'
import {
  azioneNonConsentita,
  erroreConDocumenti,
  fascicoloChiuso,
  fascicoloUguale,
  nonRiapribile,
  padreChiuso,
  statoNonAmmesso,
  versioneSuperata,
} from '../errors.ts'
import { readClock } from '../numbering.ts'
import { canDecideFascicolo, canFileDocumento } from '../policy.ts'
import { findParti } from '../repository-contorno.ts'
import { countDocumenti, findCollocazione, findDocumenti, lockDocumento } from '../repository-contenuto.ts'
import { findByIdOrSlug } from '../repository.ts'
import type { FascicoloRow } from '../repository.ts'
import { isAperto, isChiuso } from '../rules.ts'
import type { ApertoPerErrore } from '../schema-vita.ts'
import { lockVisibleFascicolo } from './file.ts'
import { moveSospensioneWithin } from './procedimento.ts'
import { moveWithin, prepareMove } from './sposta.ts'

/** Suspends an open fascicolo, or takes it up again, with the reason. Throws NotFound, Forbidden, RuleViolation. */
export async function suspendFascicolo(scope: Scope, fascicolo: string, motivo: string, sospendi: boolean): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockVisibleFascicolo(tx, fascicolo)
    if (!canDecideFascicolo(tx.attore, row)) throw azioneNonConsentita()
    if (row.stato !== (sospendi ? 'APERTO' : 'SOSPESO')) throw statoNonAmmesso(row.codice)
    await moveSospensioneWithin(tx, row.id, sospendi, motivo)
  })
}

/**
 * Reopens a closed fascicolo (REQ-FASC-042): a new version, annotated in the repertorio with what the closing was and the package already transferred, which
 * the next closing updates with one of its own. Throws NotFound, Forbidden, Conflict for a stale version, RuleViolation when it is not closed, was opened by
 * mistake, or is a part of one that is closed.
 */
export async function reopenFascicolo(scope: Scope, fascicolo: string, input: { versione: number; motivo: string }): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockVisibleFascicolo(tx, fascicolo)
    if (!canDecideFascicolo(tx.attore, row)) throw azioneNonConsentita()
    if (!isChiuso(row.stato)) throw nonRiapribile(row.codice)
    if (row.versione !== input.versione) throw versioneSuperata()
    if (row.padreId !== null) {
      const padre = await findByIdOrSlug(tx, row.padreId)
      if (padre !== null && !isAperto(padre.stato)) throw padreChiuso(padre.codice)
    }
    await writeRiapertura(tx, row, input.motivo)
  })
}

async function writeRiapertura(tx: TxScope, row: FascicoloRow, motivo: string): Promise<void> {
  const clock = await readClock(tx)
  const versato = await queryOne<{ idPdv: string }>(
    tx,
    `select id_pdv as "idPdv" from versamento where ente_id = $1 and fascicolo_id = $2 and stato in ('TRASMESSO', 'CONSERVATO') order by fascicolo_versione desc limit 1`,
    [tx.ente.id, row.id],
  )
  await insertRows(tx, 'fascicolo_riapertura', [
    {
      id: newId(),
      fascicolo_id: row.id,
      motivo,
      riaperto_da: tx.attore.id,
      riaperto_da_nome: tx.attore.nome,
      riaperto_il: clock.istante,
      stato_precedente: row.stato,
      chiuso_il: row.chiusoIl ?? '',
      esito: row.esito ?? '',
      versione_precedente: row.versione,
      id_pdv: versato?.idPdv ?? null,
    },
  ])
  await query(
    tx,
    `update fascicolo set stato = 'APERTO', chiuso_il = null, esito = null, nota_chiusura = null, versione = versione + 1, stato_dal = null, stato_motivo = null where ente_id = $1 and id = $2`,
    [tx.ente.id, row.id],
  )
  // Who had it in charge has it again: the assignment that ended stays, a new one starts (REQ-FASC-023).
  await insertRows(tx, 'fascicolo_assegnazione', [
    {
      id: newId(),
      fascicolo_id: row.id,
      tipo: 'competenza',
      ufficio_id: row.ufficioId,
      operatore_id: row.responsabileId,
      dal: clock.istante,
      al: null,
    },
  ])
  tx.audit({
    azione: 'fascicolo-riaperto',
    oggettoTipo: 'fascicolo',
    oggettoId: row.id,
    fascicoloId: row.id,
    prima: { stato: row.stato, chiusoIl: row.chiusoIl, esito: row.esito, versione: row.versione },
    dopo: { stato: 'APERTO', versione: row.versione + 1, pacchetto: versato?.idPdv ?? null },
    motivo,
  })
}

/**
 * Ends a fascicolo opened by mistake (REQ-FASC-006): its documents go to the right one with their trace, its number is never used again. A fascicolo with
 * documents wants a destination. Throws NotFound, Forbidden, Conflict for a stale version, RuleViolation.
 */
export async function closeAsError(scope: Scope, fascicolo: string, input: ApertoPerErrore): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockVisibleFascicolo(tx, fascicolo)
    if (!canDecideFascicolo(tx.attore, row)) throw azioneNonConsentita()
    if (!isAperto(row.stato)) throw fascicoloChiuso(row.codice)
    if (row.versione !== input.versione) throw versioneSuperata()
    if ((await findParti(tx, row.id)).length > 0) throw erroreConDocumenti('sottofascicoli')
    const destinazione = input.destinazioneId === undefined ? null : await lockVisibleFascicolo(tx, input.destinazioneId)
    if (destinazione?.id === row.id) throw fascicoloUguale()
    if (destinazione === null) {
      if ((await countDocumenti(tx, row.id, true)) > 0) throw erroreConDocumenti('documenti')
    } else await moveAll(tx, row, destinazione, input.motivo)
    const { giorno, istante } = await readClock(tx)
    await query(
      tx,
      `update fascicolo set stato = 'APERTO_PER_ERRORE', chiuso_il = $3::date, esito = 'errore di apertura', stato_dal = $3::date, stato_motivo = $4, visibile_cittadino = false, versione = versione + 1
        where ente_id = $1 and id = $2`,
      [tx.ente.id, row.id, giorno, input.motivo],
    )
    await query(tx, 'update fascicolo_assegnazione set al = $3 where ente_id = $1 and fascicolo_id = $2 and al is null', [
      tx.ente.id,
      row.id,
      istante,
    ])
    tx.audit({
      azione: 'fascicolo-aperto-per-errore',
      oggettoTipo: 'fascicolo',
      oggettoId: row.id,
      fascicoloId: row.id,
      prima: { stato: row.stato },
      dopo: { stato: 'APERTO_PER_ERRORE', destinazione: destinazione?.codice ?? null },
      motivo: input.motivo,
    })
  })
}

async function moveAll(tx: TxScope, row: FascicoloRow, destinazione: FascicoloRow, motivo: string): Promise<void> {
  if (!canFileDocumento(tx.attore, destinazione)) throw azioneNonConsentita()
  if (!isAperto(destinazione.stato)) throw fascicoloChiuso(destinazione.codice)
  for (const d of await findDocumenti(tx, row.id)) {
    await prepareMove(tx, row, destinazione, d.documentoId)
    await lockDocumento(tx, d.documentoId)
    if ((await findCollocazione(tx, destinazione.id, d.documentoId)) !== null) await moveWithin(tx, row, null, d.documentoId, motivo)
    else await moveWithin(tx, row, destinazione, d.documentoId, motivo)
  }
}

/** Changes what describes a fascicolo: place of its paper, notes, keywords. Throws NotFound, Forbidden. */
export async function describeFascicolo(
  scope: Scope,
  fascicolo: string,
  input: { posizioneFisica?: string | undefined; note?: string | undefined; paroleChiave?: string[] | undefined },
): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockVisibleFascicolo(tx, fascicolo)
    if (!canFileDocumento(tx.attore, row)) throw azioneNonConsentita()
    const next = {
      posizioneFisica: input.posizioneFisica ?? row.posizioneFisica,
      note: input.note ?? row.note,
      paroleChiave: input.paroleChiave ?? row.paroleChiave,
    }
    await query(
      tx,
      `update fascicolo set posizione_fisica = nullif($3, ''), note = nullif($4, ''), parole_chiave = $5, versione = versione + case when stato in ('APERTO', 'SOSPESO') then 1 else 0 end
        where ente_id = $1 and id = $2`,
      [tx.ente.id, row.id, next.posizioneFisica, next.note, json(next.paroleChiave)],
    )
    tx.audit({
      azione: 'fascicolo-descritto',
      oggettoTipo: 'fascicolo',
      oggettoId: row.id,
      fascicoloId: row.id,
      prima: { posizioneFisica: row.posizioneFisica, note: row.note, paroleChiave: row.paroleChiave },
      dopo: next,
    })
  })
}
