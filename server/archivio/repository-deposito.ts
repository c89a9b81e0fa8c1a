import { FASCICOLO, FASCICOLO_FROM } from '../fascicoli/index.ts'
import type { FascicoloRow } from '../fascicoli/index.ts'
import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { ORDINE } from './repository.ts'
import type { TipoElenco } from './schema.ts'

const OGGI = `(app.istante() at time zone 'Europe/Rome')::date`
/** SQL truth "fascicolo f is whole, concluded and not yet in the deposit archive". */
export const CONCLUSO = `f.livello = 0 and f.stato in ('CHIUSO', 'IN_CONSERVAZIONE') and f.chiuso_il is not null`
/** SQL truth "f is in deposit, permanent, concluded for more than forty years" (D.lgs. 42/2004 art. 30). */
const STORICO = `f.livello = 0 and f.stato = 'IN_DEPOSITO' and f.conservazione_anni = 9999 and (f.chiuso_il + interval '40 years')::date < ${OGGI}`

/** Concluded fascicoli that wait to pass, in the order of the titolario (TUDA art. 67). */
export async function findDaVersare(scope: Scope, conclusiEntro: string | null): Promise<FascicoloRow[]> {
  return await query<FascicoloRow>(
    scope,
    `select ${FASCICOLO} ${FASCICOLO_FROM} where f.ente_id = $1 and ${CONCLUSO} and ($2::date is null or f.chiuso_il <= $2) order by ${ORDINE}, f.id limit 2000`,
    [scope.ente.id, conclusiEntro],
  )
}

/** How many were concluded in a year before this one and have not passed: the law wants them passed each year. */
export async function countDovuti(scope: Scope): Promise<number> {
  const row = await queryOne<{ n: number }>(
    scope,
    `select count(*)::int as n from fascicolo f where f.ente_id = $1 and ${CONCLUSO} and f.chiuso_il < date_trunc('year', ${OGGI})`,
    [scope.ente.id],
  )
  return row?.n ?? 0
}

/** Fascicoli of the deposit that may pass to the historical section. */
export async function findPerStorico(scope: Scope): Promise<FascicoloRow[]> {
  return await query<FascicoloRow>(
    scope,
    `select ${FASCICOLO} ${FASCICOLO_FROM} where f.ente_id = $1 and ${STORICO} order by ${ORDINE}, f.id limit 2000`,
    [scope.ente.id],
  )
}

/** What is already in the historical section. */
export async function findStorici(scope: Scope): Promise<{ rows: FascicoloRow[]; totale: number }> {
  const rows = await query<FascicoloRow>(
    scope,
    `select ${FASCICOLO} ${FASCICOLO_FROM} where f.ente_id = $1 and f.livello = 0 and f.stato = 'STORICO' order by ${ORDINE}, f.id limit 500`,
    [scope.ente.id],
  )
  const n = await queryOne<{ n: number }>(
    scope,
    `select count(*)::int as n from fascicolo f where f.ente_id = $1 and f.livello = 0 and f.stato = 'STORICO'`,
    [scope.ente.id],
  )
  return { rows, totale: n?.n ?? 0 }
}

/** Fascicoli by id with every part of them that is concluded, in the order of the titolario: a part after its whole. */
export async function findConParti(scope: Scope, ids: readonly string[]): Promise<FascicoloRow[]> {
  return await query<FascicoloRow>(
    scope,
    `with recursive tutti as (
       select id from fascicolo where ente_id = $1 and id = any($2::uuid[])
       union select p.id from tutti t join fascicolo p on p.ente_id = $1 and p.fascicolo_padre_id = t.id)
     select ${FASCICOLO} ${FASCICOLO_FROM} where f.ente_id = $1 and f.id in (select id from tutti) order by ${ORDINE}, f.id`,
    [scope.ente.id, ids],
  )
}

/** Ids of those that are out of the archive. */
export async function findFuori(scope: Scope, ids: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    scope,
    `select fascicolo_id as id from fascicolo_movimento where ente_id = $1 and fascicolo_id = any($2::uuid[]) and tipo = 'prelievo' and stato = 'eseguito'`,
    [scope.ente.id, ids],
  )
  return new Set(rows.map((r) => r.id))
}

/** True when a series of fascicoli has one that is still worked in. */
export async function hasAperti(scope: Scope, serieId: string): Promise<boolean> {
  const row = await queryOne(
    scope,
    `select 1 from serie_membro m join fascicolo f on f.ente_id = m.ente_id and f.id = m.fascicolo_id
      where m.ente_id = $1 and m.serie_id = $2 and f.stato in ('APERTO', 'SOSPESO') limit 1`,
    [scope.ente.id, serieId],
  )
  return row !== null
}

/** A list kept. */
export interface ElencoRow {
  id: string
  tipo: TipoElenco
  numero: number
  aoo: string
  righe: number
  posizione: string | null
  nota: string
  testo: string
  impronta: string
  creatoIl: Date
  creatoDa: string
}

/** Every list, newest first; or one of them. */
export async function findElenchi(scope: Scope, id: string | null = null): Promise<ElencoRow[]> {
  return await query<ElencoRow>(
    scope,
    `select e.id, e.tipo, e.numero, a.denominazione as aoo, e.righe, e.posizione, e.nota, case when $2::uuid is null then '' else e.testo end as testo, e.impronta,
            e.creato_il as "creatoIl", e.creato_da_nome as "creatoDa"
       from elenco_deposito e join aoo a on a.ente_id = e.ente_id and a.id = e.aoo_id where e.ente_id = $1 and ($2::uuid is null or e.id = $2) order by e.creato_il desc, e.id limit 500`,
    [scope.ente.id, id],
  )
}
