import { findVisibili, lockVisibleFascicolo, MASCHERA, readClock, sightOf, visibilitaFascicoliOf } from '../../fascicoli/index.ts'
import type { FascicoloRow } from '../../fascicoli/index.ts'
import { newId } from '../../kernel/ids.ts'
import { sqlState } from '../../kernel/problem.ts'
import { inReadTransaction, inTransaction, insertRows, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { assente, datiErrati, giaRichiesto, nonPrelevabile, prelievoAltrove } from '../errors.ts'
import { assertGestore } from '../policy.ts'
import { findPrelievi, lockPrelievo } from '../repository-prelievi.ts'
import type { PrelievoRow } from '../repository-prelievi.ts'
import type { NuovoPrelievo, PrelievoDto } from '../schema.ts'

const IN_ARCHIVIO = ['IN_DEPOSITO', 'STORICO']

/** Withdrawals of the fascicoli this person sees, those under way first (REQ-FASC-046). Of one with riservati he may not read, only that it moved. */
export async function listPrelievi(scope: Scope): Promise<PrelievoDto[]> {
  return await inReadTransaction(scope, async (s) => {
    const rows = await findPrelievi(s)
    const seen = await findVisibili(
      s,
      rows.map((r) => r.fascicoloId),
    )
    const v = visibilitaFascicoliOf(s.attore)
    return rows.flatMap((r) => {
      const f = seen.get(r.fascicoloId)
      return f === undefined ? [] : [present(r, f, sightOf(v, f) !== 'intero')]
    })
  })
}

function present(r: PrelievoRow, f: FascicoloRow, masked: boolean): PrelievoDto {
  return {
    id: r.id,
    fascicolo: { codice: f.codice, slug: f.slug, oggetto: masked ? MASCHERA : f.oggetto, posizioneFisica: f.posizioneFisica },
    stato: r.stato,
    motivo: masked ? MASCHERA : r.motivo,
    richiestoDa: r.richiestoDa,
    richiestoIl: r.richiestoIl.toISOString(),
    entro: r.entro,
    scaduto: r.scaduto,
    consegnatoDa: r.consegnatoDa,
    consegnatoIl: r.consegnatoIl?.toISOString() ?? null,
    nota: masked ? null : r.nota,
    restituitoIl: r.restituitoIl?.toISOString() ?? null,
    ricevutoDa: r.ricevutoDa,
    notaRestituzione: masked ? null : r.notaRestituzione,
  }
}

/**
 * Asks to take a fascicolo out of the archive: who, why, until when (TUDA art. 68 c. 2, REQ-FASC-046). For who sees it whole. Answers the id. Throws NotFound,
 * RuleViolation when it is not in the archive, InvalidInput for a day that is past, Conflict when it is asked for or out.
 */
export async function requestPrelievo(scope: Scope, input: NuovoPrelievo): Promise<string> {
  const id = newId()
  let codice = input.fascicolo
  try {
    await inTransaction(scope, async (tx) => {
      const row = await lockVisibleFascicolo(tx, input.fascicolo)
      codice = row.codice
      if (!IN_ARCHIVIO.includes(row.stato)) throw nonPrelevabile(row.codice)
      const { giorno, istante } = await readClock(tx)
      if (input.entro < giorno) throw datiErrati([{ campo: 'entro', messaggio: 'Il giorno della restituzione è passato.' }])
      await insertRows(tx, 'fascicolo_movimento', [
        {
          id,
          fascicolo_id: row.id,
          tipo: 'prelievo',
          stato: 'richiesto',
          destinatario: tx.attore.nome,
          motivo: input.motivo,
          richiesto_da: tx.attore.id,
          richiesto_da_nome: tx.attore.nome,
          richiesto_il: istante,
          entro: input.entro,
        },
      ])
      record(tx, row.id, 'prelievo-richiesto', { movimento: id, entro: input.entro }, input.motivo)
    })
  } catch (error) {
    if (sqlState(error) === '23505') throw giaRichiesto(codice)
    throw error
  }
  return id
}

function record(tx: TxScope, fascicoloId: string, azione: string, dopo: Readonly<Record<string, unknown>>, motivo?: string): void {
  tx.audit({
    azione,
    oggettoTipo: 'fascicolo',
    oggettoId: fascicoloId,
    fascicoloId,
    dopo,
    ...(motivo === undefined || motivo === '' ? {} : { motivo }),
  })
}

async function locked(tx: TxScope, id: string, stato: PrelievoDto['stato']): Promise<PrelievoRow> {
  const row = await lockPrelievo(tx, id)
  if (row === null) throw assente('Il prelievo')
  if (row.stato !== stato) throw prelievoAltrove()
  return row
}

/** The fascicolo leaves the archive: who handed it over and when (REQ-FASC-046). Throws Forbidden, NotFound, Conflict. */
export async function handOver(scope: Scope, id: string, nota: string): Promise<void> {
  assertGestore(scope.attore)
  await decide(scope, id, 'eseguito', nota, 'fascicolo-prelevato')
}

/** The withdrawal is refused, with the reason. Throws Forbidden, NotFound, Conflict. */
export async function refusePrelievo(scope: Scope, id: string, nota: string): Promise<void> {
  assertGestore(scope.attore)
  await decide(scope, id, 'rifiutato', nota, 'prelievo-rifiutato')
}

async function decide(scope: Scope, id: string, stato: 'eseguito' | 'rifiutato', nota: string, azione: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await locked(tx, id, 'richiesto')
    const { istante } = await readClock(tx)
    await query(
      tx,
      `update fascicolo_movimento set stato = $3, deciso_da_nome = $4, deciso_il = $5, nota = nullif($6, '') where ente_id = $1 and id = $2`,
      [tx.ente.id, id, stato, tx.attore.nome, istante, nota],
    )
    record(tx, row.fascicoloId, azione, { movimento: id, a: row.richiestoDa, entro: row.entro }, nota)
  })
}

/** The fascicolo is back: who took it back, when, in which condition; its reminder ends (REQ-FASC-046). Throws Forbidden, NotFound, Conflict. */
export async function takeBack(scope: Scope, id: string, nota: string): Promise<void> {
  assertGestore(scope.attore)
  await inTransaction(scope, async (tx) => {
    const row = await locked(tx, id, 'eseguito')
    const { istante } = await readClock(tx)
    await query(
      tx,
      `update fascicolo_movimento set stato = 'restituito', restituito_il = $3, restituito_da_nome = $4, nota_restituzione = nullif($5, '') where ente_id = $1 and id = $2`,
      [tx.ente.id, id, istante, tx.attore.nome, nota],
    )
    await query(
      tx,
      `update avviso_archivio set chiuso_il = $3 where ente_id = $1 and tipo = 'prelievo' and chiave = $2 and chiuso_il is null`,
      [tx.ente.id, id, istante],
    )
    record(tx, row.fascicoloId, 'fascicolo-restituito', { movimento: id, da: row.richiestoDa }, nota)
  })
}
