import { FASCICOLO, FASCICOLO_FROM, visibleCondition } from '../fascicoli/index.ts'
import type { FascicoloRow } from '../fascicoli/index.ts'
import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import type { FiltriRepertorio } from './schema.ts'

/** A fascicolo with what the repertorio adds: what it is a part of, its transfers and reopenings in words. */
export interface RigaRepertorioRow extends FascicoloRow {
  parteDi: string | null
  trasferimenti: string
  riaperture: string
}

const ROME = (column: string): string => `to_char(${column} at time zone 'Europe/Rome', 'DD/MM/YYYY')`

const ANNOTAZIONI = `(select p.codice from fascicolo p where p.ente_id = f.ente_id and p.id = f.fascicolo_padre_id) as "parteDi",
  coalesce((select string_agg(${ROME('m.deciso_il')} || ' ' || coalesce(da.denominazione, '') || ' > ' || coalesce(a.denominazione, m.destinatario, ''), '; ' order by m.deciso_il, m.id)
     from fascicolo_movimento m left join ufficio da on da.ente_id = m.ente_id and da.id = m.da_ufficio_id left join ufficio a on a.ente_id = m.ente_id and a.id = m.a_ufficio_id
    where m.ente_id = f.ente_id and m.fascicolo_id = f.id and m.tipo in ('trasferimento', 'trasmissione') and m.stato in ('accettato', 'eseguito')), '') as trasferimenti,
  coalesce((select string_agg(${ROME('ri.riaperto_il')} || ' ' || ri.motivo, '; ' order by ri.riaperto_il, ri.id)
     from fascicolo_riapertura ri where ri.ente_id = f.ente_id and ri.fascicolo_id = f.id), '') as riaperture`

/** The order of the titolario: year, voice, progressivo, a part after its whole. */
export const ORDINE = `f.anno, v.ordine, f.serie collate "C", string_to_array(substring(f.codice from '[.]([0-9.]+)$'), '.')::int[]`

type Condizioni = Omit<FiltriRepertorio, 'pagina' | 'perPagina'>

function whereOf(scope: Scope, f: Condizioni, bind: (value: unknown) => string): string {
  const where = ['f.ente_id = $1', visibleCondition(scope, bind)]
  if (f.aoo !== undefined) where.push(`f.aoo_id = ${bind(f.aoo)}::uuid`)
  if (f.anno !== undefined) where.push(`f.anno = ${bind(f.anno)}`)
  if (f.ufficio !== undefined) where.push(`f.ufficio_id = ${bind(f.ufficio)}::uuid`)
  if (f.tipo !== undefined) where.push(`f.tipo = ${bind(f.tipo)}`)
  if (f.stato !== undefined) where.push(`f.stato = ${bind(f.stato)}`)
  if (f.voce !== undefined && f.voce !== '') {
    const voce = bind(f.voce)
    where.push(`(v.codice = ${voce} or left(v.codice, length(${voce}) + 1) = ${voce} || '/')`)
  }
  return where.join(' and ')
}

/** A part of the repertorio of what this person sees, in the order of the titolario, newest year first. */
export async function findRepertorio(scope: Scope, f: FiltriRepertorio): Promise<{ rows: RigaRepertorioRow[]; totale: number }> {
  const binds: unknown[] = [scope.ente.id]
  const where = whereOf(scope, f, (value) => `$${binds.push(value)}`)
  const totale = await queryOne<{ n: number }>(scope, `select count(*)::int as n ${FASCICOLO_FROM} where ${where}`, binds)
  const rows = await query<RigaRepertorioRow>(
    scope,
    `select ${FASCICOLO}, ${ANNOTAZIONI} ${FASCICOLO_FROM} where ${where} order by ${ORDINE.replace('f.anno', 'f.anno desc')}, f.id
      limit ${f.perPagina} offset ${(f.pagina - 1) * f.perPagina}`,
    binds,
  )
  return { rows, totale: totale?.n ?? 0 }
}

/** Every fascicolo of an AOO opened in a year, in order. */
export async function findAnnoRepertorio(scope: Scope, aooId: string, anno: number): Promise<RigaRepertorioRow[]> {
  const binds: unknown[] = [scope.ente.id]
  const where = whereOf(scope, { aoo: aooId, anno }, (value) => `$${binds.push(value)}`)
  return await query<RigaRepertorioRow>(
    scope,
    `select ${FASCICOLO}, ${ANNOTAZIONI} ${FASCICOLO_FROM} where ${where} order by ${ORDINE}, f.id`,
    binds,
  )
}

/** Years, offices of the fascicoli this person sees. */
export async function findScelte(scope: Scope): Promise<{ anni: number[]; uffici: { id: string; denominazione: string }[] }> {
  const binds: unknown[] = [scope.ente.id]
  const visible = visibleCondition(scope, (value) => `$${binds.push(value)}`)
  const rows = await query<{ anno: number; id: string; denominazione: string }>(
    scope,
    `select distinct f.anno, f.ufficio_id as id, u.denominazione ${FASCICOLO_FROM} where f.ente_id = $1 and ${visible} order by 1 desc, 3`,
    binds,
  )
  const uffici = new Map(rows.map((r) => [r.id, r.denominazione]))
  return {
    anni: [...new Set(rows.map((r) => r.anno))],
    uffici: [...uffici]
      .map(([id, denominazione]) => ({ id, denominazione }))
      .toSorted((a, b) => a.denominazione.localeCompare(b.denominazione, 'it')),
  }
}

/** An AOO of the ente. */
export interface AooRow {
  id: string
  codice: string
  denominazione: string
}

/** The AOOs of the ente, the predefined one first. */
export async function findAoo(scope: Scope): Promise<AooRow[]> {
  return await query<AooRow>(
    scope,
    'select id, codice, denominazione from aoo where ente_id = $1 order by predefinita desc, denominazione, id',
    [scope.ente.id],
  )
}
