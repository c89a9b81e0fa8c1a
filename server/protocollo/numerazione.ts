import type { ChainLink } from '../kernel/audit.ts'
import { query, queryOne } from '../kernel/scope.ts'
import type { Attore, Rows, TxScope } from '../kernel/scope.ts'
import type { RegistroRow, UfficioRow } from './repository.ts'

/** A key that already produced something, and from which request. */
export interface ChiaveUsata {
  richiesta: string
  risultatoId: string
}

/** Register, open offices and keys already used, in one statement: what every registration begins by asking. */
export async function findAmbito(
  tx: TxScope,
  nomi: { registroId: string | null; uffici: readonly string[]; chiavi: readonly string[] },
): Promise<{ registro: RegistroRow | null; uffici: Map<string, UfficioRow>; chiavi: Map<string, ChiaveUsata> }> {
  const row = await queryOne<{
    registro: RegistroRow | null
    uffici: UfficioRow[] | null
    chiavi: (ChiaveUsata & { chiave: string })[] | null
  }>(
    tx,
    `select (select json_build_object('id', r.id, 'codice', r.codice, 'aooId', a.id, 'aooCodice', a.codice, 'aooDenominazione', a.denominazione, 'aooIndirizzo', a.domicilio_digitale)
               from registro r join aoo a on a.ente_id = r.ente_id and a.id = r.aoo_id
              where r.ente_id = $1 and r.attivo and ($2::uuid = r.id or ($2::uuid is null and r.generale and a.predefinita))) as registro,
            (select json_agg(json_build_object('id', id, 'codice', codice, 'denominazione', denominazione, 'indirizzoDigitale', indirizzo_digitale))
               from ufficio where ente_id = $1 and id = any($3::uuid[]) and al is null) as uffici,
            (select json_agg(json_build_object('chiave', chiave, 'richiesta', richiesta, 'risultatoId', risultato_id))
               from chiave_idempotenza where ente_id = $1 and operazione = 'registrazione' and chiave = any($4::text[])) as chiavi`,
    [tx.ente.id, nomi.registroId, nomi.uffici, nomi.chiavi],
  )
  return {
    registro: row?.registro ?? null,
    uffici: new Map(row?.uffici?.map((u) => [u.id, u])),
    chiavi: new Map(row?.chiavi?.map((k) => [k.chiave, k])),
  }
}

/** Claims the keys of several registrations at once, always in the same order so that two processes never wait for each other. Answers those now ours. */
export async function claimKeys(
  tx: TxScope,
  claims: readonly { readonly chiave: string; readonly richiesta: string; readonly risultatoId: string }[],
): Promise<Set<string>> {
  const rows = await query<{ chiave: string }>(
    tx,
    `insert into chiave_idempotenza (ente_id, operazione, chiave, richiesta, risultato_id, creata_il)
     select $1, 'registrazione', k.chiave, k.richiesta, k."risultatoId", clock_timestamp()
       from jsonb_to_recordset($2::jsonb) as k(chiave text, richiesta text, "risultatoId" uuid) order by k.chiave
     on conflict do nothing returning chiave`,
    [tx.ente.id, JSON.stringify(claims)],
  )
  return new Set(rows.map((r) => r.chiave))
}

/** Number and instant of one registration: they belong together. `istante` keeps the microseconds of the database. */
export interface Numero {
  anno: number
  numero: number
  istante: string
  giorno: string
  ora: string
}

/** What the counter gave to some registrations at once: consecutive numbers from `primo`, one instant, the last link of the chain. */
export interface Numeri {
  anno: number
  primo: number
  istante: string
  giorno: string
  ora: string
  catenaProgressivo: number
  catenaImpronta: string | null
}

/** Locks the register's counter and takes the next numbers. The lock is held until the caller's transaction ends: call it last. */
export async function takeNumeri(tx: TxScope, registroId: string, quanti: number): Promise<Numeri> {
  const row = await queryOne<Numeri>(
    tx,
    `select anno, primo, to_char(istante at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as istante, to_char(giorno, 'YYYY-MM-DD') as giorno,
            to_char(istante at time zone 'Europe/Rome', 'HH24:MI:SS') as ora, coalesce(catena_progressivo, 0)::int as "catenaProgressivo", catena_impronta as "catenaImpronta"
       from app.prendi_numeri($1, $2)`,
    [registroId, quanti],
  )
  return row as Numeri
}

/**
 * Inserts rows of several tables in one statement whose text does not depend on their number, so that it is planned once: each table's rows travel as one
 * JSON value. Every row of a table has the same columns, none of them jsonb. `ente_id` is added.
 */
export async function insertSets(tx: TxScope, inserts: readonly Rows[]): Promise<void> {
  const values: unknown[] = [tx.ente.id]
  const parts = inserts.filter(([, rows]) => rows.length > 0).map(([table, rows]) => setOf(table, rows, values))
  const last = parts.pop()
  if (last === undefined) return
  const before = parts.map((part, i) => `i${i} as (${part})`)
  await query(tx, before.length === 0 ? last : `with ${before.join(', ')} ${last}`, values)
}

function setOf(table: string, rows: readonly Readonly<Record<string, unknown>>[], values: unknown[]): string {
  const columns = Object.keys(rows[0] ?? {}).join(', ')
  return `insert into ${table} (ente_id, ${columns}) select $1, ${columns} from jsonb_populate_recordset(null::${table}, $${values.push(JSON.stringify(rows))}::jsonb)`
}

/** An event of the register's chain with everything its row says. */
export interface EventoConcatenato extends ChainLink {
  readonly impronta: string
  readonly attore: Attore
  readonly documentoId: string
  readonly richiesta: string
  readonly registroId: string
}

/** The rows that carry the numbers, in one statement: registrations, segnature, links of the register's chain (decision 13). */
export async function insertNumbered(
  tx: TxScope,
  righe: {
    registrazioni: readonly Readonly<Record<string, unknown>>[]
    segnature: readonly { readonly registrazione_id: string; readonly xml: string }[]
    eventi: readonly EventoConcatenato[]
  },
): Promise<void> {
  await insertSets(tx, [
    ['registrazione', righe.registrazioni],
    ['segnatura', righe.segnature],
    [
      'evento_audit',
      righe.eventi.map((e) => ({
        id: e.id,
        istante: e.istante,
        attore_tipo: e.attore.tipo,
        attore_id: e.attoreId,
        attore_nome: e.attore.nome,
        azione: e.azione,
        oggetto_tipo: e.oggettoTipo,
        oggetto_id: e.oggettoId,
        documento_id: e.documentoId,
        dati: e.dati,
        richiesta: e.richiesta,
        registro_id: e.registroId,
        progressivo: e.progressivo,
        impronta_precedente: e.improntaPrecedente,
        impronta: e.impronta,
      })),
    ],
  ])
}
