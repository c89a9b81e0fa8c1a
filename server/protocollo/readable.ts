import { query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { causePersonali, causeUfficio, visibilitaOf } from './policy.ts'
import type { RegistrazioneVista, Visibilita } from './policy.ts'
import type { Causa, Livello } from './schema/condizione.ts'

/** A bind of a statement: gives the placeholder of a value. */
export type Bind = (value: unknown) => string

/** Today in Rome by the database's legal clock, asked once in a statement. */
const OGGI = `(select (app.istante() at time zone 'Europe/Rome')::date)`
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu

/** SQL truth "the level in force of this registration is not ORDINARIO": what `app.riservata` answers, in a form the planner can join. */
export function riservataCondition(r = 'r', id = 'id'): string {
  return inForce(r, id, "v.livello <> 'ORDINARIO'")
}

function inForce(r: string, id: string, livello: string): string {
  return `exists (select 1 from riserva v where v.ente_id = ${r}.ente_id and v.registrazione_id = ${r}.${id} and v.al is null and ${livello} and (v.fino is null or v.fino >= ${OGGI}))`
}

/** Offices and people through whom documents reach this person. */
export function tokensOf(v: Visibilita): string[] {
  return [...new Set([...v.persone.filter((p) => UUID.test(p)), ...v.uffici])]
}

/** What must be true of the owner of an access for each part of the rule: conditions on the row `x` itself, or on what selected it. */
interface Titolare {
  readonly persona: string
  readonly ufficio: string
  readonly diretto: string
}

/** SQL truths on the level in force of the registration of row `x` of accesso. */
interface LivelloInVigore {
  readonly ordinaria: string
  readonly particolare: string
}

/** The level as the history says it. */
const dallaStoria: LivelloInVigore = {
  ordinaria: `not ${riservataCondition('x', 'registrazione_id')}`,
  particolare: inForce('x', 'registrazione_id', "v.livello = 'PARTICOLARE'"),
}
/** The level as the row itself says it (kept by triggers on the history): its expiry is judged here (REQ-PROT-063). */
const dallaRiga: LivelloInVigore = {
  ordinaria: `(x.livello = 'ORDINARIO' or x.livello_fino < ${OGGI})`,
  particolare: `(x.livello = 'PARTICOLARE' and (x.livello_fino is null or x.livello_fino >= ${OGGI}))`,
}

/** SQL truth "row `x` of accesso opens its registration to this person": the same rule as `opens`. */
function opensWhen(t: Titolare, { ordinaria, particolare }: LivelloInVigore): string {
  const list = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ')
  return `((x.causa in (${list(causePersonali)}) and ${t.persona} and (x.fino is null or x.fino >= ${OGGI}))
    or (x.causa = 'fascicolo' and (${t.persona} or ${t.ufficio}) and ${ordinaria})
    or (x.causa in (${list(causeUfficio)}) and ${t.ufficio} and (${ordinaria} or (${t.diretto} and not ${particolare}))))`
}

/**
 * The offices and people through whom documents reach this person as rows `c(chi, persona, ufficio, diretto, posto)`, and the condition under which a row `x` of
 * accesso with `x.chi = c.chi` opens its registration: of the columns of `x` alone, so that its index gives and judges the rows in their order.
 */
export function tokenRows(v: Visibilita, bind: Bind): { from: string; opens: string; quanti: number } {
  const tokens = tokensOf(v)
  const flags = (list: readonly string[]): string => `${bind(tokens.map((t) => list.includes(t)))}::boolean[]`
  return {
    from: `unnest(${bind(tokens)}::uuid[], ${flags(v.persone)}, ${flags(v.uffici)}, ${flags(v.ufficiDiretti)}) with ordinality as c(chi, persona, ufficio, diretto, posto)`,
    opens: opensWhen({ persona: 'c.persona', ufficio: 'c.ufficio', diretto: 'c.diretto' }, dallaRiga),
    quanti: tokens.length,
  }
}

/**
 * SQL condition "this person may read registration r" with its binds: set-based over the table of accesses, the same rule as `canReadRegistrazione`.
 * THE visibility condition: every list, count, search and export asks it.
 */
export function readableCondition(scope: Scope, bind: Bind): string {
  const v = visibilitaOf(scope.attore)
  if (v.tutto) return 'true'
  const among = (ids: readonly string[]): string => (ids.length === 0 ? 'false' : `x.chi = any(${bind(ids)}::uuid[])`)
  const opens = opensWhen(
    {
      persona: among(v.persone.filter((p) => UUID.test(p))),
      ufficio: among(v.uffici),
      diretto: among(v.ufficiDiretti),
    },
    dallaStoria,
  )
  const reached = `exists (select 1 from accesso x where x.ente_id = r.ente_id and x.registrazione_id = r.id and ${opens})`
  return v.ordinari ? `(not ${riservataCondition()} or ${reached})` : reached
}

/** What the visibility must know of one registration, as `canReadRegistrazione` wants it: accesses given for a time only while it lasts. */
export async function findVista(scope: Scope, registrazioneId: string): Promise<RegistrazioneVista> {
  const rows = await query<{ livello: Livello; chi: string | null; causa: Causa | null }>(
    scope,
    `select q.livello, x.chi, x.causa from (select app.livello($1, $2) as livello) q
       left join accesso x on x.ente_id = $1 and x.registrazione_id = $2 and (x.fino is null or x.fino >= ${OGGI})`,
    [scope.ente.id, registrazioneId],
  )
  return {
    livello: rows[0]?.livello ?? 'ORDINARIO',
    accessi: rows.flatMap(({ chi, causa }) => (chi === null || causa === null ? [] : [{ chi, causa }])),
  }
}
