import { query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { findCondizioni, formatAnnullamento } from './condizioni.ts'
import type { Condizione } from './condizioni.ts'
import { visibilitaOf } from './policy.ts'
import { readableCondition, riservataCondition, tokenRows } from './readable.ts'
import type { Bind } from './readable.ts'
import { formatEtichetta } from './rules.ts'
import type { FiltriRegistro, RigaRegistroDto } from './schema.ts'

/** Lists count exactly up to here; beyond, they say "more than" (a count of a million rows is worth nobody's wait). */
export const CONTO_ESATTO = 1000

/** A page of the register. `totaleParziale`: the rows are more than `totale`. */
export interface PaginaRegistro {
  readonly elementi: RigaRegistroDto[]
  readonly totale: number
  readonly totaleParziale: boolean
}

/**
 * The register, newest first. A person sees what he may read; whoever sees the whole AOO also sees that a riservato exists: number and date only
 * (REQ-PROT-061). A search by words never finds what may not be read. The rows of an ordinary person come from the index of what reaches each of his
 * offices, so that they cost as much as an administrator's, whatever the size of the register.
 */
export async function findRighe(scope: Scope, filtri: FiltriRegistro): Promise<PaginaRegistro> {
  const limite = filtri.perPagina
  const salto = (filtri.pagina - 1) * filtri.perPagina
  const pagina = selectRighe(scope, filtri, limite + salto)
  const ids = await query<{ id: string }>(
    scope,
    `${pagina.sql} order by istante desc, numero desc, id desc limit ${limite} offset ${salto}`,
    pagina.binds,
  )
  const righe = await findRigheById(
    scope,
    ids.map((r) => r.id),
  )
  const elementi = ids.flatMap(({ id }) => righe.get(id) ?? [])
  return { elementi, ...(await countRighe(scope, filtri)) }
}

/** How many rows the list has, exact up to a thousand. */
export async function countRighe(scope: Scope, filtri: FiltriRegistro): Promise<Omit<PaginaRegistro, 'elementi'>> {
  const enough = CONTO_ESATTO + 1
  // The same registration may reach a person by several ways: the first rows are enough unless they repeat one another a lot.
  const some = await counted(scope, filtri, enough * 3)
  const { distinte } = some.rows < enough * 3 || some.distinte >= enough ? some : await counted(scope, filtri, null)
  return { totale: Math.min(distinte, CONTO_ESATTO), totaleParziale: distinte > CONTO_ESATTO }
}

async function counted(scope: Scope, filtri: FiltriRegistro, most: number | null): Promise<{ rows: number; distinte: number }> {
  const all = selectRighe(scope, filtri, CONTO_ESATTO + 1)
  const rows = await query<{ rows: number; distinte: number }>(
    scope,
    `select count(*)::int as rows, count(distinct id)::int as distinte from (select id from (${all.repeated}) t${most === null ? '' : ` limit ${most}`}) c`,
    all.binds,
  )
  return rows[0] ?? { rows: 0, distinte: 0 }
}

/**
 * The statement that selects id, instant and number of what the list shows, at least the newest `most`. `repeated` may give a row more than once, for the
 * different ways it reaches a person, each way with no more than `most`.
 */
export function selectRighe(scope: Scope, filtri: FiltriRegistro, most: number): { sql: string; repeated: string; binds: unknown[] } {
  const v = visibilitaOf(scope.attore)
  const binds: unknown[] = [scope.ente.id]
  const bind: Bind = (value) => `$${binds.push(value)}`
  const filters = filterConditions(filtri, bind)
  if (filtri.ufficio !== undefined) {
    const reached = [`x.chi = ${bind(filtri.ufficio)}::uuid and x.causa = 'competenza'`, readableCondition(scope, bind)]
    const repeated = newest([...reached, ...instants(filtri, 'x', bind), ...filters], most, true)
    return { sql: `select distinct id, istante, numero from (${repeated}) t`, repeated, binds }
  }
  if (v.tutto || v.ordinari || isNarrow(filtri)) {
    // Who sees the ordinary documents of the AOO also sees where the others are, unless he asks what they say.
    const masked = v.ordinari && !touchesContent(filtri)
    const where = ['r.ente_id = $1', ...(masked ? [] : [readableCondition(scope, bind)]), ...instants(filtri, 'r', bind), ...filters].join(
      ' and ',
    )
    const repeated = `select r.id, r.istante, r.numero from registrazione r where ${where} order by r.istante desc, r.numero desc, r.id desc limit ${most}`
    return { sql: `select id, istante, numero from (${repeated}) t`, repeated, binds }
  }
  // The newest of what reaches each office or person, each read from its own stretch of the index and no further than `most`.
  const { from, opens } = tokenRows(v, bind)
  const each = newest(['x.chi = c.chi', opens, ...instants(filtri, 'x', bind), ...filters], most, filters.length > 0)
  const repeated = `select t.id, t.istante, t.numero from ${from} cross join lateral (${each}) t`
  return { sql: `select distinct id, istante, numero from (${repeated}) t`, repeated, binds }
}

/** The newest registrations of some rows `x` of accesso, in the order of its index; the registration itself is joined only for what asks of it. */
function newest(conditions: readonly string[], most: number, joined: boolean): string {
  const from = joined ? 'accesso x join registrazione r on r.ente_id = x.ente_id and r.id = x.registrazione_id' : 'accesso x'
  return `select distinct x.istante, x.numero, x.registrazione_id as id from ${from}
       where x.ente_id = $1 and ${conditions.join(' and ')} order by x.istante desc, x.numero desc, x.registrazione_id desc limit ${most}`
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

const NUMERO = /^0*(\d{1,9})(?:[/ ](\d{2}|\d{4}))?$/u

/** A number is found by its own index, whoever asks. */
function isNarrow(f: FiltriRegistro): boolean {
  return NUMERO.test(f.q ?? '')
}

function touchesContent(f: FiltriRegistro): boolean {
  return (f.q !== undefined && !isNarrow(f)) || f.voce !== undefined || f.ufficio !== undefined
}

function filterConditions(f: FiltriRegistro, bind: Bind): string[] {
  const out: string[] = []
  if (f.tipo !== undefined) out.push(`r.tipo = ${bind(f.tipo)}`)
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
  if (number !== null) {
    out.push(`r.numero = ${bind(Number(number[1]))}`)
    if (number[2] !== undefined) out.push(`r.anno = ${bind(number[2].length === 2 ? 2000 + Number(number[2]) : Number(number[2]))}`)
  } else if (f.q !== undefined) out.push(...wordConditions(f.q, bind))
  return out
}

/** Words of the oggetto as registered or as corrected, and of the correspondents. */
function wordConditions(q: string, bind: Bind): string[] {
  return q
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

interface RigaRow {
  id: string
  anno: number
  numero: number
  istante: Date
  tipo: 'E' | 'U' | 'I'
  voceCodice: string
  voceDenominazione: string
  fascicoloId: string | null
  fascicoloSlug: string | null
  fascicoloCodice: string | null
  ufficio: string | null
  stato: string | null
  riservata: boolean
  leggibile: boolean
  scansioneAttesa: boolean
  emergenza: string | null
  differita: boolean
}

const RIGA = `r.id, r.anno, r.numero, r.istante, r.tipo, v.codice as "voceCodice", v.denominazione as "voceDenominazione", f.id as "fascicoloId", f.slug as "fascicoloSlug",
  f.codice as "fascicoloCodice", u.denominazione as ufficio, a.stato, ${riservataCondition()} as riservata, app.scansione_attesa(r.ente_id, r.id) as "scansioneAttesa",
  r.emergenza_numero as emergenza, r.differimento_autorizzazione is not null as differita`
const RIGA_FROM = `from registrazione r join documento d on d.ente_id = r.ente_id and d.id = r.documento_id join voce_titolario v on v.ente_id = d.ente_id and v.id = d.voce_id
  left join lateral (select f.id, f.slug, f.codice from fascicolo_documento fd join fascicolo f on f.ente_id = fd.ente_id and f.id = fd.fascicolo_id
      where fd.ente_id = r.ente_id and fd.documento_id = r.documento_id and fd.tolto_il is null order by fd.principale desc, fd.inserito_il limit 1) f on true
  left join assegnazione a on a.ente_id = r.ente_id and a.registrazione_id = r.id and a.tipo = 'competenza' and a.al is null
  left join ufficio u on u.ente_id = a.ente_id and u.id = a.ufficio_id`

/** Rows of the register for some registrations, by id. One that may not be read carries number and date only. */
export async function findRigheById(scope: Scope, ids: readonly string[]): Promise<Map<string, RigaRegistroDto>> {
  if (ids.length === 0) return new Map()
  const binds: unknown[] = [scope.ente.id, ids]
  const readable = readableCondition(scope, (value) => `$${binds.push(value)}`)
  const rows = await query<RigaRow>(
    scope,
    `select ${RIGA}, ${readable} as leggibile ${RIGA_FROM} where r.ente_id = $1 and r.id = any($2::uuid[])`,
    binds,
  )
  const condizioni = await findCondizioni(
    scope,
    rows.map((r) => r.id),
  )
  return new Map(rows.map((r) => [r.id, presentRiga(r, condizioni.get(r.id))]))
}

/** A row as the list shows it: an unreadable riservato leaves the server without any content, an annulled one always with its mark (REQ-PROT-048). */
function presentRiga(r: RigaRow, c: Condizione | undefined): RigaRegistroDto {
  const annullata = c?.annullata ?? null
  const base = {
    id: r.id,
    anno: r.anno,
    numero: r.numero,
    etichetta: formatEtichetta(r.numero, r.anno),
    istante: r.istante.toISOString(),
    tipo: r.tipo,
    riservata: r.riservata || !r.leggibile,
    annullata: annullata !== null,
    annullamento: annullata === null ? null : formatAnnullamento(annullata),
  }
  if (!r.leggibile) {
    const nothing = {
      corrispondente: '',
      voce: null,
      fascicolo: null,
      ufficio: null,
      scansioneAttesa: false,
      emergenza: null,
      differita: false,
    }
    return { ...base, ...nothing, oggetto: 'RISERVATO', stato: 'riservata' }
  }
  return {
    ...base,
    corrispondente: c?.corrispondente ?? '',
    oggetto: c?.oggetto ?? '',
    voce: { codice: r.voceCodice, denominazione: r.voceDenominazione },
    fascicolo: r.fascicoloId === null ? null : { id: r.fascicoloId, slug: r.fascicoloSlug ?? '', codice: r.fascicoloCodice ?? '' },
    ufficio: r.ufficio,
    stato: annullata === null ? (r.stato ?? 'registrata') : 'annullata',
    scansioneAttesa: r.scansioneAttesa,
    emergenza: r.emergenza,
    differita: r.differita,
  }
}
