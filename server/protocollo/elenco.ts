import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { visibilitaOf } from './policy.ts'
import { readableCondition, tokenRows } from './readable.ts'
import type { Bind } from './readable.ts'
import type { FiltriRegistro } from './schema.ts'

/** Lists count exactly up to here; beyond, they say "more than" (a count of a million rows is worth nobody's wait). */
export const CONTO_ESATTO = 1000

/** The registrations of a page, newest first, with how many the list has: `totaleParziale`, more than `totale`. */
export interface Selezione {
  readonly ids: readonly string[]
  readonly totale: number
  readonly totaleParziale: boolean
}

/**
 * Where the rows of a list come from: `tratti` stretches, each in the list's order by its own index. `each(most, da)` is a statement that gives of every stretch its
 * newest `most` rows as `tratto, istante, numero, id`; only those from the instant on that table `da` has for their stretch, when it is given. Both are SQL.
 */
interface Fonte {
  readonly tratti: number
  readonly each: (most: string, da?: string) => string
  readonly binds: unknown[]
}

/**
 * What the page of a list shows and how many rows the list has. Every stretch is read only as far as a fair share of what is to be counted asks; where that was not enough
 * (one office has nearly all), four times as far, then as far as could ever be needed: never the whole of what a person may see. The count is exact up to `esatto`.
 */
export async function selectPagina(
  scope: Scope,
  filtri: FiltriRegistro,
  limite: number,
  salto: number,
  esatto = CONTO_ESATTO,
): Promise<Selezione> {
  const fonte = await findFonte(scope, filtri)
  if (fonte.tratti === 0) return { ids: [], totale: 0, totaleParziale: false }
  const wanted = Math.max(limite + salto, esatto + 1)
  const share = Math.ceil((wanted * 1.5) / fonte.tratti)
  for (const deep of [share, share * 4, wanted]) {
    const most = Math.min(wanted, roundUp(deep))
    const found = await readTratti(scope, fonte, most, limite, salto)
    if (most === wanted || found.intero || found.distinte > esatto)
      return { ids: found.ids, totale: Math.min(found.distinte, esatto), totaleParziale: found.distinte > esatto }
  }
  throw new Error('the last reading is always enough')
}

/** Few different depths make few different statements, which stay prepared. */
function roundUp(n: number): number {
  const step = 2 ** Math.max(0, Math.floor(Math.log2(n)) - 2)
  return Math.ceil(n / step) * step
}

interface Lettura {
  readonly ids: string[]
  /** Different registrations among those read. */
  readonly distinte: number
  /** No stretch was cut: what was read is the whole list. */
  readonly intero: boolean
}

/**
 * Reads `most` rows of every stretch, to count them. The last row of the page among those is not older than its place in the whole list: the page is made of what every
 * stretch has from that instant on, and only the stretches that were cut before it (one office much busier than the others) are read again, down to there.
 */
async function readTratti(scope: Scope, fonte: Fonte, most: number, limite: number, salto: number): Promise<Lettura> {
  const binds = [...fonte.binds, limite, salto, limite + salto]
  const [limit, offset, last] = [`$${binds.length - 2}::int`, `$${binds.length - 1}::int`, `$${binds.length}::int`]
  const order = (alias: string): string => `order by ${alias}.istante desc, ${alias}.numero desc, ${alias}.id desc`
  const row = await queryOne<{ ids: string[] | null; distinte: number; intero: boolean }>(
    scope,
    `with s as materialized (${fonte.each(String(most))}),
     d as materialized (select distinct s.istante, s.numero, s.id from s),
     fine as materialized (select coalesce((select d.istante from d ${order('d')} limit 1 offset ${last} - 1), '-infinity') as istante),
     corti as materialized (select s.tratto, fine.istante from s cross join fine group by s.tratto, fine.istante having count(*) >= ${most} and min(s.istante) > fine.istante),
     p as (select d.istante, d.numero, d.id from d${fonte.tratti === 1 ? '' : ` union select t.istante, t.numero, t.id from (${fonte.each(last, 'corti')}) t`})
     select (select array_agg(q.id ${order('q')}) from (select p.istante, p.numero, p.id from p ${order('p')} limit ${limit} offset ${offset}) q) as ids,
       (select count(*)::int from d) as distinte, not exists (select 1 from s group by s.tratto having count(*) >= ${most}) as intero`,
    binds,
  )
  return { ids: row?.ids ?? [], distinte: row?.distinte ?? 0, intero: row?.intero ?? true }
}

async function findFonte(scope: Scope, filtri: FiltriRegistro): Promise<Fonte> {
  const v = visibilitaOf(scope.attore)
  const binds: unknown[] = [scope.ente.id]
  const bind: Bind = (value) => `$${binds.push(value)}`
  const everything = v.tutto || v.ordinari
  if (isNarrow(filtri) || (everything && filtri.voce === undefined && filtri.ufficio === undefined))
    return { tratti: 1, each: ofRegistro(scope, filtri, bind), binds }
  const voci = filtri.voce === undefined ? null : await findVoci(scope, filtri.voce)
  const judged = everything || filtri.ufficio !== undefined ? [readableCondition(scope, bind)].filter((c) => c !== 'true') : []
  const words = wordConditions(filtri.q, bind)
  const sotto =
    voci === null
      ? { from: [], where: [] }
      : { from: [`unnest(${bind(voci)}::uuid[]) with ordinality as w(voce, posto)`], where: ['x.voce_id = w.voce'] }
  const where = [...sotto.where, ...instants(filtri, 'x', bind), ...tipo(filtri, 'x', bind), ...words, ...judged]
  const of = { joined: words.length + judged.length > 0, voci: sotto.from, binds }
  if (filtri.ufficio !== undefined) {
    const chi = bind(filtri.ufficio)
    const held = `x.chi = c.chi and x.causa = 'competenza' and exists (select 1 from assegnazione a where a.ente_id = x.ente_id and a.registrazione_id = x.registrazione_id
      and a.tipo = 'competenza' and a.al is null and a.ufficio_id = c.chi)`
    return stretches({
      ...of,
      from: [`(select ${chi}::uuid as chi, 1 as posto) c`],
      table: 'accesso',
      where: [held, ...where],
      tratti: voci?.length ?? 1,
    })
  }
  if (everything) return stretches({ ...of, from: [], table: 'registrazione_voce', where, tratti: voci?.length ?? 1 })
  // The newest of what reaches each office or person, each read from its own stretch of the index.
  const { from, opens, quanti } = tokenRows(v, bind)
  return stretches({
    ...of,
    from: [from],
    table: 'accesso',
    where: ['x.chi = c.chi', opens, ...where],
    tratti: quanti * (voci?.length ?? 1),
  })
}

/** The register itself as one stretch: for who sees everything, and for a number, which has an index of its own. */
function ofRegistro(scope: Scope, filtri: FiltriRegistro, bind: Bind): Fonte['each'] {
  // Who sees the ordinary documents of the AOO also sees where the others are, unless he asks what they say.
  const masked = visibilitaOf(scope.attore).ordinari && !touchesContent(filtri)
  const where = [
    'r.ente_id = $1',
    ...(masked ? [] : [readableCondition(scope, bind)]),
    ...instants(filtri, 'r', bind),
    ...tipo(filtri, 'r', bind),
    ...contentConditions(filtri, bind),
  ]
  return (most) =>
    `select 1 as tratto, r.istante, r.numero, r.id from registrazione r where ${where.join(' and ')} order by r.istante desc, r.numero desc, r.id desc limit ${most}`
}

/** Stretches of a table `x` in the order of lists, one for each row of `from` and of `voci`; the registration is joined only for what asks of it. */
function stretches(s: {
  readonly from: readonly string[]
  readonly voci: readonly string[]
  readonly table: string
  readonly where: readonly string[]
  readonly joined: boolean
  readonly tratti: number
  readonly binds: unknown[]
}): Fonte {
  const source = s.joined ? `${s.table} x join registrazione r on r.ente_id = x.ente_id and r.id = x.registrazione_id` : `${s.table} x`
  const tratto = [...s.from.map(() => 'c.posto * 100000'), ...s.voci.map(() => 'w.posto')].join(' + ')
  const each: Fonte['each'] = (most, da) => {
    const from = [...s.from, ...s.voci].join(' cross join ')
    return `select ${tratto} as tratto, t.istante, t.numero, t.id from ${da === undefined ? from : `${from} join ${da} on ${da}.tratto = ${tratto}`}
      cross join lateral (select distinct x.istante, x.numero, x.registrazione_id as id from ${source}
        where x.ente_id = $1 and ${[...s.where, ...(da === undefined ? [] : [`x.istante >= ${da}.istante`])].join(' and ')}
        order by x.istante desc, x.numero desc, x.registrazione_id desc limit ${most}) t`
  }
  return { tratti: s.tratti, each, binds: s.binds }
}

/** The voices a code names in every version of the titolario: its own, those below and those they come from. */
async function findVoci(scope: Scope, codice: string): Promise<string[]> {
  const rows = await query<{ id: string }>(scope, 'select distinct e as id from app.voci_equivalenti($1, $2) e', [scope.ente.id, codice])
  return rows.map((r) => r.id)
}

/** Year and days as instants, where the index is in the order of instants. */
function instants(f: FiltriRegistro, alias: string, bind: Bind): string[] {
  const from = [f.da, f.anno === undefined ? undefined : `${f.anno}-01-01`]
  const to = [f.a, f.anno === undefined ? undefined : `${f.anno}-12-31`]
  return [
    ...from.flatMap((day) => (day === undefined ? [] : [`${alias}.istante >= ${bind(day)}::timestamp at time zone 'Europe/Rome'`])),
    ...to.flatMap((day) =>
      day === undefined ? [] : [`${alias}.istante < (${bind(day)}::timestamp + interval '1 day') at time zone 'Europe/Rome'`],
    ),
  ]
}

const tipo = (f: FiltriRegistro, alias: string, bind: Bind): string[] => (f.tipo === undefined ? [] : [`${alias}.tipo = ${bind(f.tipo)}`])

const NUMERO = /^0*(\d{1,9})(?:[/ ](\d{2}|\d{4}))?$/u

/** A number is found by its own index, whoever asks. */
function isNarrow(f: FiltriRegistro): boolean {
  return NUMERO.test(f.q ?? '')
}

function touchesContent(f: FiltriRegistro): boolean {
  return (f.q !== undefined && !isNarrow(f)) || f.voce !== undefined || f.ufficio !== undefined
}

/** Office, voice, number and words as conditions on the registration. */
function contentConditions(f: FiltriRegistro, bind: Bind): string[] {
  const out: string[] = []
  if (f.ufficio !== undefined)
    out.push(
      `exists (select 1 from assegnazione a where a.ente_id = r.ente_id and a.registrazione_id = r.id and a.tipo = 'competenza' and a.al is null and a.ufficio_id = ${bind(f.ufficio)}::uuid)`,
    )
  if (f.voce !== undefined) {
    const voce = bind(f.voce)
    out.push(
      `exists (select 1 from documento d where d.ente_id = r.ente_id and d.id = r.documento_id
         and d.voce_id = any(array(select app.voci_equivalenti($1, ${voce}))))`,
    )
  }
  const number = NUMERO.exec(f.q ?? '')
  if (number === null) return [...out, ...wordConditions(f.q, bind)]
  out.push(`r.numero = ${bind(Number(number[1]))}`)
  if (number[2] !== undefined) out.push(`r.anno = ${bind(number[2].length === 2 ? 2000 + Number(number[2]) : Number(number[2]))}`)
  return out
}

/** Words of the oggetto as registered or as corrected, and of the correspondents. */
function wordConditions(q: string | undefined, bind: Bind): string[] {
  return (q ?? '')
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, 8)
    .map((word) => {
      const like = bind(`%${word.replaceAll(/[%_\\]/gu, String.raw`\$&`)}%`)
      return `(r.oggetto ilike ${like}
        or exists (select 1 from rettifica t join decisione_atto k on k.ente_id = t.ente_id and k.id = t.id and k.esito = 'AUTORIZZATO'
                    where t.ente_id = r.ente_id and t.registrazione_id = r.id and t.campo in ('oggetto', 'mittente', 'destinatario') and t.valore_corretto ilike ${like})
        or exists (select 1 from soggetto q where q.ente_id = r.ente_id and q.registrazione_id = r.id
                    and (q.denominazione ilike ${like} or q.cognome || ' ' || q.nome ilike ${like} or q.codice_fiscale ilike ${like} or q.indirizzo_digitale ilike ${like})))`
    })
}
