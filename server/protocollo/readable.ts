import { query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { causePersonali, causeUfficio, visibilitaOf } from './policy.ts'
import type { RegistrazioneVista, Visibilita } from './policy.ts'
import type { Causa, Livello } from './schema/atti.ts'

/** A bind of a statement: gives the placeholder of a value. */
export type Bind = (value: unknown) => string

/** Today in Rome by the database's legal clock, asked once in a statement. */
const OGGI = `(select (app.istante() at time zone 'Europe/Rome')::date)`
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu

/** SQL truth "the level in force of registration `r` is not ORDINARIO": what `app.riservata` answers, in a form the planner can join. */
export function riservataCondition(r = 'r'): string {
  return `exists (select 1 from riserva v where v.ente_id = ${r}.ente_id and v.registrazione_id = ${r}.id and v.al is null and v.livello <> 'ORDINARIO' and (v.fino is null or v.fino >= ${OGGI}))`
}

function particolareCondition(r: string): string {
  return `exists (select 1 from riserva v where v.ente_id = ${r}.ente_id and v.registrazione_id = ${r}.id and v.al is null and v.livello = 'PARTICOLARE' and (v.fino is null or v.fino >= ${OGGI}))`
}

/** Offices and people through whom documents reach this person. */
export function tokensOf(v: Visibilita): string[] {
  return [...new Set([...v.persone.filter((p) => UUID.test(p)), ...v.uffici])]
}

/** SQL truth "row `x` of accesso opens registration `r` to this person": the same rule as `opens`. */
export function opensCondition(v: Visibilita, bind: Bind, x = 'x', r = 'r'): string {
  const list = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ')
  const persone = `${bind(v.persone.filter((p) => UUID.test(p)))}::uuid[]`
  const uffici = `${bind(v.uffici)}::uuid[]`
  const parts = [
    `(${x}.causa in (${list(causePersonali)}) and ${x}.chi = any(${persone}) and (${x}.fino is null or ${x}.fino >= ${OGGI}))`,
    `(${x}.causa = 'fascicolo' and (${x}.chi = any(${persone}) or ${x}.chi = any(${uffici})) and not ${riservataCondition(r)})`,
  ]
  const office = `${x}.causa in (${list(causeUfficio)}) and ${x}.chi = any(${uffici})`
  const head =
    v.ufficiDiretti.length === 0 ? '' : ` or (${x}.chi = any(${bind(v.ufficiDiretti)}::uuid[]) and not ${particolareCondition(r)})`
  parts.push(`(${office} and (not ${riservataCondition(r)}${head}))`)
  return `(${parts.join(' or ')})`
}

/**
 * SQL condition "this person may read registration r" with its binds: set-based over the table of accesses, the same rule as `canReadRegistrazione`.
 * THE visibility condition: every list, count, search and export asks it.
 */
export function readableCondition(scope: Scope, bind: Bind): string {
  const v = visibilitaOf(scope.attore)
  if (v.tutto) return 'true'
  const reached = `exists (select 1 from accesso x where x.ente_id = r.ente_id and x.registrazione_id = r.id and ${opensCondition(v, bind)})`
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
