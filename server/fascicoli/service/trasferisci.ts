import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { findUfficiAttivi, isIncaricato } from '../../protocollo/index.ts'
import { azioneNonConsentita, datiFascicolo, fascicoloChiuso, movimentoAssente, movimentoDeciso, trasferimentoInCorso } from '../errors.ts'
import { readClock } from '../numbering.ts'
import { canAccept, canDecideFascicolo } from '../policy.ts'
import { MASCHERA } from '../presenter.ts'
import { findMovimento, findParti, MOVIMENTO, MOVIMENTO_FROM } from '../repository-contorno.ts'
import type { MovimentoRow } from '../repository-contorno.ts'
import { lockFascicolo } from '../repository.ts'
import type { FascicoloRow } from '../repository.ts'
import { isAperto } from '../rules.ts'
import type { MovimentoDto } from '../schema-contorno.ts'
import type { DecisioneTrasferimento, NuovoTrasferimento } from '../schema-vita.ts'
import { presentMovimento } from './contorno.ts'
import { lockVisibleFascicolo } from './file.ts'

/**
 * Asks another office to take a fascicolo in charge (REQ-FASC-023). Nothing changes until its head accepts. One at a time. Throws NotFound, Forbidden,
 * InvalidInput, RuleViolation, Conflict.
 */
export async function requestTrasferimento(scope: Scope, fascicolo: string, input: NuovoTrasferimento): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockVisibleFascicolo(tx, fascicolo)
    if (!canDecideFascicolo(tx.attore, row)) throw azioneNonConsentita()
    if (!isAperto(row.stato)) throw fascicoloChiuso(row.codice)
    const ufficio = (await findUfficiAttivi(tx, [input.ufficioId])).get(input.ufficioId)
    if (ufficio === undefined || ufficio.id === row.ufficioId)
      throw datiFascicolo([{ campo: 'ufficioId', messaggio: 'Scegli un altro ufficio attivo.' }])
    await checkResponsabile(tx, input.responsabileId, ufficio.id)
    const pending = await queryOne(
      tx,
      `select 1 from fascicolo_movimento where ente_id = $1 and fascicolo_id = $2 and tipo = 'trasferimento' and stato = 'richiesto'`,
      [tx.ente.id, row.id],
    )
    if (pending !== null) throw trasferimentoInCorso()
    const id = newId()
    await insertRows(tx, 'fascicolo_movimento', [
      {
        id,
        fascicolo_id: row.id,
        tipo: 'trasferimento',
        stato: 'richiesto',
        da_ufficio_id: row.ufficioId,
        a_ufficio_id: ufficio.id,
        responsabile_id: input.responsabileId ?? null,
        motivo: input.motivo,
        richiesto_da: tx.attore.id,
        richiesto_da_nome: tx.attore.nome,
        richiesto_il: (await readClock(tx)).istante,
      },
    ])
    tx.audit({
      azione: 'trasferimento-richiesto',
      oggettoTipo: 'fascicolo',
      oggettoId: row.id,
      fascicoloId: row.id,
      dopo: { movimento: id, da: row.ufficio, a: ufficio.denominazione },
      motivo: input.motivo,
    })
  })
}

async function checkResponsabile(tx: TxScope, responsabileId: string | undefined, ufficioId: string): Promise<void> {
  if (responsabileId === undefined || (await isIncaricato(tx, responsabileId, ufficioId))) return
  throw datiFascicolo([{ campo: 'responsabileId', messaggio: 'Il responsabile non ha un incarico in questo ufficio.' }])
}

/**
 * The head of the office it is asked to accepts or refuses. Accepted: office and responsible person change, of its open parts too; the assignment that ends and
 * the one that starts say it (Allegato 5, Assegnazione). Throws NotFound for who does not answer for that office, Conflict when decided, InvalidInput without
 * a responsible person.
 */
export async function decideTrasferimento(scope: Scope, fascicolo: string, id: string, input: DecisioneTrasferimento): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockFascicolo(tx, fascicolo)
    const movimento = row === null ? null : await findMovimento(tx, row.id, id)
    if (row === null || movimento?.tipo !== 'trasferimento' || !canAccept(tx.attore, movimento.aUfficioId)) throw movimentoAssente()
    if (movimento.stato !== 'richiesto') throw movimentoDeciso()
    const { istante } = await readClock(tx)
    const stato = input.accetta ? 'accettato' : 'rifiutato'
    await query(
      tx,
      `update fascicolo_movimento set stato = $3, deciso_da_nome = $4, deciso_il = $5, nota = nullif($6, '') where ente_id = $1 and id = $2`,
      [tx.ente.id, id, stato, tx.attore.nome, istante, input.nota],
    )
    if (!input.accetta) {
      tx.audit({
        azione: 'trasferimento-rifiutato',
        oggettoTipo: 'fascicolo',
        oggettoId: row.id,
        fascicoloId: row.id,
        dopo: { movimento: id },
        ...(input.nota === '' ? {} : { motivo: input.nota }),
      })
      return
    }
    await accept(tx, row, movimento, input.responsabileId, istante)
  })
}

async function accept(tx: TxScope, row: FascicoloRow, movimento: MovimentoRow, scelto: string | undefined, istante: string): Promise<void> {
  const ufficioId = movimento.aUfficioId as string
  const responsabileId = scelto ?? movimento.responsabileId
  if (responsabileId === null) throw datiFascicolo([{ campo: 'responsabileId', messaggio: 'Scegli chi ne risponde nel tuo ufficio.' }])
  await checkResponsabile(tx, responsabileId, ufficioId)
  const whole = [row.id, ...(await findParti(tx, row.id))]
  await query(
    tx,
    `update fascicolo set ufficio_id = $3, responsabile_id = $4, versione = versione + 1 where ente_id = $1 and id = any($2::uuid[]) and stato in ('APERTO', 'SOSPESO')`,
    [tx.ente.id, whole, ufficioId, responsabileId],
  )
  await query(
    tx,
    `update fascicolo_assegnazione set al = $3 where ente_id = $1 and fascicolo_id = any($2::uuid[]) and tipo = 'competenza' and al is null`,
    [tx.ente.id, whole, istante],
  )
  await insertRows(
    tx,
    'fascicolo_assegnazione',
    whole.map((fascicoloId) => ({
      id: newId(),
      fascicolo_id: fascicoloId,
      tipo: 'competenza',
      ufficio_id: ufficioId,
      operatore_id: responsabileId,
      dal: istante,
      al: null,
    })),
  )
  tx.audit({
    azione: 'fascicolo-trasferito',
    oggettoTipo: 'fascicolo',
    oggettoId: row.id,
    fascicoloId: row.id,
    prima: { ufficio: row.ufficio, responsabile: row.responsabileId },
    dopo: { ufficio: movimento.aUfficio, responsabile: responsabileId, movimento: movimento.id },
    motivo: movimento.motivo,
  })
}

/** A transfer waiting for the heads of some offices, with the frame of its fascicolo. */
export interface TrasferimentoAttesoDto extends MovimentoDto {
  readonly fascicolo: { readonly id: string; readonly codice: string; readonly slug: string; readonly oggetto: string }
}

/** Transfers this person may accept or refuse, oldest first; of a fascicolo with riservati the words are not said. */
export async function listTrasferimenti(scope: Scope): Promise<TrasferimentoAttesoDto[]> {
  return await inReadTransaction(scope, async (s) => {
    const rows = await query<MovimentoRow & { codice: string; slug: string; oggetto: string; riservato: boolean }>(
      s,
      `select ${MOVIMENTO}, f.codice, f.slug, f.oggetto,
              exists (select 1 from fascicolo_documento fd where fd.ente_id = f.ente_id and fd.fascicolo_id = f.id and fd.tolto_il is null and app.documento_riservato(fd.ente_id, fd.documento_id)) as riservato
         ${MOVIMENTO_FROM} join fascicolo f on f.ente_id = m.ente_id and f.id = m.fascicolo_id
        where m.ente_id = $1 and m.tipo = 'trasferimento' and m.stato = 'richiesto' order by m.richiesto_il limit 200`,
      [s.ente.id],
    )
    return rows
      .filter((r) => canAccept(s.attore, r.aUfficioId))
      .map((r) => ({
        ...presentMovimento(r),
        motivo: r.riservato ? '' : r.motivo,
        fascicolo: { id: r.fascicoloId, codice: r.codice, slug: r.slug, oggetto: r.riservato ? MASCHERA : r.oggetto },
      }))
  })
}

/** How many transfers wait for the decision of this person. */
export async function countTrasferimenti(s: Scope): Promise<number> {
  const rows = await query<{ aUfficioId: string | null }>(
    s,
    `select a_ufficio_id as "aUfficioId" from fascicolo_movimento where ente_id = $1 and tipo = 'trasferimento' and stato = 'richiesto' limit 1000`,
    [s.ente.id],
  )
  return rows.filter((r) => canAccept(s.attore, r.aUfficioId)).length
}
