import { newId } from '../../kernel/ids.ts'
import { identitaDi, inTransaction, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { formatItalianDay, now, romeDay, romeYear } from '../../kernel/time.ts'
import { isGestore } from '../../fascicoli/index.ts'
import { countDovuti } from '../repository-deposito.ts'
import { findScaduti } from '../repository-prelievi.ts'

export type TipoAvvisoArchivio = 'deposito' | 'prelievo' | 'attivita'

/** Opens a notice, or says it anew while it is open. */
export async function openAvvisoWithin(
  tx: TxScope,
  a: { readonly tipo: TipoAvvisoArchivio; readonly chiave: string; readonly fascicoloId?: string; readonly testo: string },
): Promise<void> {
  await query(
    tx,
    `insert into avviso_archivio (ente_id, id, tipo, chiave, fascicolo_id, testo, dato_il) values ($1, $2, $3, $4, $5, $6, app.istante())
     on conflict (ente_id, tipo, chiave) where chiuso_il is null do update set testo = excluded.testo, dato_il = excluded.dato_il`,
    [tx.ente.id, newId(), a.tipo, a.chiave, a.fascicoloId ?? null, a.testo],
  )
}

/** Closes the open notices of a kind whose key is not among those given: their cause is gone. */
export async function closeAvvisiWithin(tx: TxScope, tipo: TipoAvvisoArchivio, ancora: readonly string[]): Promise<void> {
  await query(
    tx,
    `update avviso_archivio set chiuso_il = app.istante() where ente_id = $1 and tipo = $2 and chiuso_il is null and chiave <> all($3::text[])`,
    [tx.ente.id, tipo, ancora],
  )
}

/**
 * Looks, by the calendar of Rome, at what is due: concluded fascicoli of past years that have not passed to the deposit archive (TUDA art. 67 wants it each
 * year), withdrawals not returned by their day. Hourly, idempotent; a notice whose cause is gone closes by itself.
 */
export async function vigilaArchivio(scope: Scope): Promise<void> {
  const dovuti = await countDovuti(scope)
  const scaduti = await findScaduti(scope)
  const anno = romeYear(now())
  await inTransaction(scope, async (tx) => {
    const quanti = dovuti === 1 ? 'Un fascicolo concluso' : `${dovuti} fascicoli conclusi`
    if (dovuti > 0)
      await openAvvisoWithin(tx, {
        tipo: 'deposito',
        chiave: String(anno),
        testo: `${quanti} prima del ${anno} non ${dovuti === 1 ? 'è passato' : 'sono passati'} all’archivio di deposito: il passaggio si fa almeno una volta all’anno.`,
      })
    await closeAvvisiWithin(tx, 'deposito', dovuti > 0 ? [String(anno)] : [])
    for (const p of scaduti)
      await openAvvisoWithin(tx, {
        tipo: 'prelievo',
        chiave: p.id,
        fascicoloId: p.fascicoloId,
        testo: `Il fascicolo ${p.codice}, prelevato da ${p.richiestoDa}, doveva tornare in archivio il ${formatItalianDay(p.entro)}.`,
      })
    await closeAvvisiWithin(
      tx,
      'prelievo',
      scaduti.map((p) => p.id),
    )
  })
}

/** A notice as the desk shows it. */
export interface AvvisoDeskArchivio {
  readonly tipo: string
  readonly giorno: string
  readonly testo: string
  readonly il: string
}

/** Open notices for the desk: all of them for who governs the archive, the others see those of their own withdrawals and of the activities they answer for. */
export async function readArchivioDesk(scope: Scope): Promise<AvvisoDeskArchivio[]> {
  const rows = await query<{ tipo: string; testo: string; datoIl: Date }>(
    scope,
    `select a.tipo, a.testo, a.dato_il as "datoIl" from avviso_archivio a left join fascicolo f on f.ente_id = a.ente_id and f.id = a.fascicolo_id
      where a.ente_id = $1 and a.chiuso_il is null and ($2
        or (a.tipo = 'attivita' and f.responsabile_id::text = any($3::text[]))
        or (a.tipo = 'prelievo' and exists (select 1 from fascicolo_movimento m where m.ente_id = a.ente_id and m.id::text = a.chiave and m.richiesto_da = any($3::text[]))))
      order by a.dato_il desc, a.id limit 20`,
    [scope.ente.id, isGestore(scope.attore), identitaDi(scope.attore)],
  )
  return rows.map((r) => ({ tipo: r.tipo, giorno: romeDay(r.datoIl), testo: r.testo, il: r.datoIl.toISOString() }))
}
