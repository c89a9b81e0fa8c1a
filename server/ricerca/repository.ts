import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { readableCondition, visibilitaOf } from '../protocollo/index.ts'
import { identitaDi } from '../kernel/scope.ts'
import { distanza, splitParole, tolleranza } from './parole.ts'
import type { Espansione } from './tsquery.ts'

/** Most candidates looked at: beyond them the newest are, and the answer says so. */
export const TETTO = 4000
/** Other words looked for in the place of one. */
const CONTENENTI = 20
const INIZIANTI = 40
const SIMILI = 5

/** What the ente's words say of each typed word: one journey. `simili` are asked only when mistakes are to be forgiven. */
export async function findEspansioni(scope: Scope, parole: readonly string[], simili: boolean): Promise<Map<string, Espansione>> {
  if (parole.length === 0) return new Map()
  const rows = await query<{ parola: string; radice: string | null; inizianti: string[] | null; contenenti: string[]; simili: string[] }>(
    scope,
    `select w as parola, (ts_lexize('pg_catalog.italian_stem', w))[1] as radice,
            case when w ~ '^[[:alpha:]]{3,}$' then array(select app.parole_da(w, ${INIZIANTI + 1})) end as inizianti,
            case when length(w) >= 4 then array(select c from app.parole_con(w, ${CONTENENTI}) c where not starts_with(c, w)) else '{}' end as contenenti,
            case when $2 and length(w) >= 4 then array(select app.parole_simili(w, 60)) else '{}' end as simili
       from unnest($1::text[]) w`,
    [parole, simili],
  )
  return new Map(
    rows.map((r) => [
      r.parola,
      {
        radice: r.radice,
        inizianti: r.inizianti === null || r.inizianti.length > INIZIANTI ? null : r.inizianti.filter((s) => s !== r.parola),
        contenenti: r.contenenti,
        simili: r.simili.filter((s) => s !== r.parola && distanza(s, r.parola) <= tolleranza(r.parola)).slice(0, SIMILI),
      },
    ]),
  )
}

/** Offices of the ente with the words that name them, open and closed. */
export async function findNomiUffici(scope: Scope): Promise<{ id: string; denominazione: string; parole: readonly string[] }[]> {
  const rows = await query<{ id: string; codice: string; denominazione: string }>(
    scope,
    'select id, codice, denominazione from ufficio where ente_id = $1 order by denominazione',
    [scope.ente.id],
  )
  return rows.map((r) => ({ id: r.id, denominazione: r.denominazione, parole: splitParole(`${r.codice} ${r.denominazione}`) }))
}

/**
 * The offices and people through whom documents reach this person, to be looked for together with his words: null for who sees whole kinds of documents. They
 * only narrow the candidates: `readableCondition` decides.
 */
export function chiOf(scope: Scope): string[] | null {
  const v = visibilitaOf(scope.attore)
  if (v.tutto || v.ordinari) return null
  return [...new Set([...v.uffici, ...scope.attore.uffici, ...identitaDi(scope.attore)])].filter((id) => /^[0-9a-f-]{36}$/u.test(id))
}

/** What to look for, already compiled. */
export interface Cerca {
  /** `tsquery` of each part: all must hold. */
  readonly parti: readonly string[]
  /** The only registrations to look among, best first: an outside engine's candidates, or those of a fascicolo. */
  readonly fra: readonly string[] | null
  /** More conditions on alias `r`, with their binds. */
  readonly condizioni: (bind: (value: unknown) => string) => string[]
  readonly rilevanza: boolean
  readonly limite: number
  readonly salta: number
  readonly conteggi: boolean
  /** Most candidates looked at. */
  readonly tetto: number
}

/** A value of a facet with how many documents have it. */
export interface Conteggio {
  readonly faccia: string
  readonly valore: string
  readonly quanti: number
}

export interface Trovate {
  readonly ids: readonly string[]
  readonly totale: number
  /** False when there are more than were looked at: these are the newest. */
  readonly completo: boolean
  readonly conteggi: readonly Conteggio[]
}

/**
 * The registrations that answer a question and that the scope's person may read: candidates by the index, judged by the register's own condition, counted,
 * cut. Nothing of what may not be read enters ids, totals or counts (REQ-PROT-061).
 */
export async function findTrovate(scope: Scope, c: Cerca): Promise<Trovate> {
  const binds: unknown[] = [scope.ente.id]
  const bind = (value: unknown): string => `$${binds.push(value)}`
  const source = `select k.registrazione as id, k.istante, k.rango::float8 as rango, k.completo
    from app.cerca_registrazioni(${bind(c.parti)}::text[]::tsquery[], ${bind(chiOf(scope))}::uuid[], ${c.tetto}, ${bind(c.rilevanza)}::boolean, ${bind(c.fra)}::uuid[]) k`
  const where = ['r.ente_id = $1', readableCondition(scope, bind), ...c.condizioni(bind)].join(' and ')
  const row = await queryOne<{ ids: string[] | null; totale: number; completo: boolean | null; conteggi: Conteggio[] | null }>(
    scope,
    `with c as materialized (${source}),
     v as materialized (select r.id, r.istante, r.documento_id, c.rango from c join registrazione r on r.ente_id = $1 and r.id = c.id where ${where})
     select (select array_agg(p.id order by p.rango desc, p.istante desc) from (select v.id, v.rango, v.istante from v order by v.rango desc, v.istante desc limit ${c.limite} offset ${c.salta}) p) as ids,
            (select count(*)::int from v) as totale, (select bool_and(c.completo) from c) as completo${c.conteggi ? `, (${CONTEGGI}) as conteggi` : ', null as conteggi'}`,
    binds,
  )
  return { ids: row?.ids ?? [], totale: row?.totale ?? 0, completo: row?.completo ?? true, conteggi: row?.conteggi ?? [] }
}

const faccia = (nome: string, valore: string): string =>
  `select '${nome}' as faccia, ${valore} as valore, count(*)::int as quanti from f group by 2`

/** Counts of every facet over the visible documents. Fascicoli are looked up as they are now, the rest as the index knows it. */
const CONTEGGI = `with f as materialized (select t.tipo, t.anno::text as anno, t.voce, t.ufficio_id::text as ufficio, t.stato, t.mezzo, v.documento_id
      from v join testo_registrazione t on t.ente_id = $1 and t.registrazione_id = v.id)
    select json_agg(json_build_object('faccia', x.faccia, 'valore', x.valore, 'quanti', x.quanti) order by x.faccia, x.quanti desc, x.valore) from (
      ${['tipo', 'anno', 'voce', 'ufficio', 'stato', 'mezzo'].map((name) => faccia(name === 'mezzo' ? 'canale' : name === 'voce' ? 'classe' : name, name)).join(' union all ')}
      union all select 'fascicolo', x.slug, x.quanti from (select fa.slug, count(*)::int as quanti from f join fascicolo_documento fd on fd.ente_id = $1 and fd.documento_id = f.documento_id and fd.tolto_il is null
        join fascicolo fa on fa.ente_id = fd.ente_id and fa.id = fd.fascicolo_id group by fa.slug order by 2 desc limit 12) x) x where x.valore is not null`

/** Registrations of the fascicoli with this code or address, newest first; at most `TETTO`. */
export async function findRegistrazioniDiFascicolo(scope: Scope, testo: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    scope,
    `select r.id from fascicolo f join fascicolo_documento fd on fd.ente_id = f.ente_id and fd.fascicolo_id = f.id and fd.tolto_il is null
       join registrazione r on r.ente_id = fd.ente_id and r.documento_id = fd.documento_id
      where f.ente_id = $1 and (lower(f.slug) = lower($2) or lower(f.codice) = lower($2)) group by r.id, r.istante order by r.istante desc limit ${TETTO}`,
    [scope.ente.id, testo],
  )
  return rows.map((r) => r.id)
}

/** Registrations by number in every register of the ente, without the index: found even before the job has run. */
export async function findByNumeri(scope: Scope, numero: number, anno: number | null): Promise<string[]> {
  const binds: unknown[] = [scope.ente.id, numero, anno]
  const readable = readableCondition(scope, (value) => `$${binds.push(value)}`)
  const rows = await query<{ id: string }>(
    scope,
    `select r.id from registro g join registrazione r on r.ente_id = g.ente_id and r.registro_id = g.id and r.numero = $2
        and r.anno in (select generate_series(extract(year from now())::int, 1990, -1) where $3::int is null union all select $3::int where $3::int is not null)
      where g.ente_id = $1 and ${readable} order by r.istante desc limit 50`,
    binds,
  )
  return rows.map((r) => r.id)
}

/** Registrations among the newest ones that the index does not have yet. */
export async function findNonIndicizzate(scope: Scope, quante: number): Promise<string[]> {
  const rows = await query<{ id: string }>(
    scope,
    `select r.id from (select ente_id, id, istante from registrazione where ente_id = $1 order by istante desc limit ${quante}) r
      where not exists (select 1 from testo_registrazione t where t.ente_id = r.ente_id and t.registrazione_id = r.id)`,
    [scope.ente.id],
  )
  return rows.map((r) => r.id)
}

/** Texts of the files of some registrations, as far as a snippet looks. */
export async function findCorpi(scope: Scope, ids: readonly string[]): Promise<Map<string, { corpo: string; estrazione: string }>> {
  const rows = await query<{ id: string; corpo: string; estrazione: string }>(
    scope,
    `select registrazione_id as id, left(corpo, 40000) as corpo, estrazione from testo_registrazione where ente_id = $1 and registrazione_id = any($2::uuid[])`,
    [scope.ente.id, ids],
  )
  return new Map(rows.map((r) => [r.id, r]))
}
