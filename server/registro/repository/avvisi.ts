import { newId } from '../../kernel/ids.ts'
import { query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'

/** Kinds of alarm: what keeps a day from being produced, and what endangers its term. */
export const tipiAvviso = [
  'continuita',
  'sigillatura',
  'errore',
  'rifiuto',
  'firma',
  'scadenza-12',
  'scadenza-16',
  'scadenza-20',
  'scaduto',
] as const
export type TipoAvviso = (typeof tipiAvviso)[number]

export interface Avviso {
  readonly registroId: string
  readonly giorno: string
  readonly tipo: TipoAvviso
  readonly testo: string
  readonly registroGiornalieroId?: string
}

/**
 * Opens an alarm; telling it again while it is open changes nothing. True when it is new: then it is a line of the log too, unless the caller writes one of
 * its own for many.
 */
export async function openAvviso(tx: TxScope, a: Avviso, registro: 'error' | 'info' | 'nessuna' = 'error'): Promise<boolean> {
  const rows = await query(
    tx,
    `insert into avviso_registro (ente_id, id, registro_id, giorno, tipo, testo, registro_giornaliero_id, dato_il, chiuso_il)
     values ($1, $2, $3, $4, $5, $6, $7, app.istante(), null) on conflict (ente_id, registro_id, giorno, tipo) where chiuso_il is null do nothing returning id`,
    [tx.ente.id, newId(), a.registroId, a.giorno, a.tipo, a.testo, a.registroGiornalieroId ?? null],
  )
  if (rows.length > 0 && registro !== 'nessuna') tx.log[registro]({ ente: tx.ente.slug, giorno: a.giorno, tipo: a.tipo }, a.testo)
  return rows.length > 0
}

/** Closes the open alarms of these kinds on a day: their cause is gone. */
export async function closeAvvisi(
  tx: TxScope,
  registroId: string,
  giorno: string,
  tipi: readonly TipoAvviso[] = tipiAvviso,
): Promise<void> {
  await query(
    tx,
    `update avviso_registro set chiuso_il = app.istante() where ente_id = $1 and registro_id = $2 and giorno = $3 and tipo = any($4::text[]) and chiuso_il is null`,
    [tx.ente.id, registroId, giorno, tipi],
  )
}

export interface AvvisoRow {
  readonly id: string
  readonly giorno: string
  readonly tipo: TipoAvviso
  readonly testo: string
  readonly registroGiornalieroId: string | null
  readonly datoIl: Date
  readonly chiusoIl: Date | null
}

/** Alarms of a period, or every open one, oldest day first. */
export async function findAvvisi(scope: Scope, f: { aperti: boolean; dal?: string; al?: string }): Promise<AvvisoRow[]> {
  return await query<AvvisoRow>(
    scope,
    `select id, to_char(giorno, 'YYYY-MM-DD') as giorno, tipo, testo, registro_giornaliero_id as "registroGiornalieroId", dato_il as "datoIl", chiuso_il as "chiusoIl"
       from avviso_registro where ente_id = $1 and (not $2 or chiuso_il is null) and ($3::date is null or giorno >= $3) and ($4::date is null or giorno <= $4)
      order by giorno, dato_il, id limit 200`,
    [scope.ente.id, f.aperti, f.dal ?? null, f.al ?? null],
  )
}
