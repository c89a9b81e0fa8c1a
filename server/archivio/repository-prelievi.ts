import { query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import type { PrelievoDto } from './schema.ts'

/** A withdrawal. */
export interface PrelievoRow {
  id: string
  fascicoloId: string
  stato: PrelievoDto['stato']
  motivo: string
  richiestoDaId: string
  richiestoDa: string
  richiestoIl: Date
  entro: string
  scaduto: boolean
  consegnatoDa: string | null
  consegnatoIl: Date | null
  nota: string | null
  restituitoIl: Date | null
  ricevutoDa: string | null
  notaRestituzione: string | null
}

const PRELIEVO = `select m.id, m.fascicolo_id as "fascicoloId", m.stato, m.motivo, m.richiesto_da as "richiestoDaId", m.richiesto_da_nome as "richiestoDa", m.richiesto_il as "richiestoIl",
  to_char(m.entro, 'YYYY-MM-DD') as entro, (m.stato = 'eseguito' and m.entro < (app.istante() at time zone 'Europe/Rome')::date) as scaduto,
  m.deciso_da_nome as "consegnatoDa", m.deciso_il as "consegnatoIl", m.nota, m.restituito_il as "restituitoIl", m.restituito_da_nome as "ricevutoDa",
  m.nota_restituzione as "notaRestituzione" from fascicolo_movimento m`

/** Withdrawals, those under way first, then the newest. */
export async function findPrelievi(scope: Scope): Promise<PrelievoRow[]> {
  return await query<PrelievoRow>(
    scope,
    `${PRELIEVO} where m.ente_id = $1 and m.tipo = 'prelievo' order by case m.stato when 'richiesto' then 0 when 'eseguito' then 1 else 2 end, m.richiesto_il desc, m.id limit 500`,
    [scope.ente.id],
  )
}

/** One withdrawal, locked. */
export async function lockPrelievo(tx: TxScope, id: string): Promise<PrelievoRow | null> {
  await query(tx, `select 1 from fascicolo_movimento where ente_id = $1 and id = $2 for update`, [tx.ente.id, id])
  return await queryOne<PrelievoRow>(tx, `${PRELIEVO} where m.ente_id = $1 and m.id = $2 and m.tipo = 'prelievo'`, [tx.ente.id, id])
}

/** Those out past their day. */
export async function findScaduti(scope: Scope): Promise<(PrelievoRow & { codice: string })[]> {
  return await query(
    scope,
    `select x.*, f.codice from (${PRELIEVO} where m.ente_id = $1 and m.tipo = 'prelievo' and m.stato = 'eseguito') x
       join fascicolo f on f.ente_id = $1 and f.id = x."fascicoloId" where x.scaduto order by x.entro, f.codice`,
    [scope.ente.id],
  )
}
