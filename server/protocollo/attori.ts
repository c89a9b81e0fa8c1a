import { permessiDi, isProfilo } from '../enti/index.ts'
import { query, queryOne } from '../kernel/scope.ts'
import type { Attore, Scope } from '../kernel/scope.ts'

const OGGI = "(app.istante() at time zone 'Europe/Rome')::date"

/** Names of the people among `ids` who hold an appointment in this ente today. */
export async function findOperatoriIncaricati(scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await query<{ id: string; nome: string }>(
    scope,
    `select o.id, o.nome || ' ' || o.cognome as nome from operatore o where o.id = any($2::uuid[])
        and exists (select 1 from incarico i where i.ente_id = $1 and i.operatore_id = o.id and i.dal <= ${OGGI} and (i.al is null or i.al >= ${OGGI}))`,
    [scope.ente.id, ids],
  )
  return new Map(rows.map((r) => [r.id, r.nome]))
}

/** A person as he would act today in this ente, from his appointments; null when he has none. */
export async function findAttore(scope: Scope, operatoreId: string): Promise<Attore | null> {
  const persona = await queryOne<{ nome: string }>(scope, `select nome || ' ' || cognome as nome from operatore where id = $1`, [
    operatoreId,
  ])
  const incarichi = await query<{ profilo: string; ufficioId: string | null }>(
    scope,
    `select profilo, ufficio_id as "ufficioId" from incarico where ente_id = $1 and operatore_id = $2 and dal <= ${OGGI} and (al is null or al >= ${OGGI})`,
    [scope.ente.id, operatoreId],
  )
  if (persona === null || incarichi.length === 0) return null
  const profili = [...new Set(incarichi.map((i) => i.profilo))].filter(isProfilo)
  const officesOf = (rows: typeof incarichi): string[] => [...new Set(rows.flatMap((i) => (i.ufficioId === null ? [] : [i.ufficioId])))]
  return {
    tipo: 'operatore',
    id: operatoreId,
    nome: persona.nome,
    profili,
    uffici: officesOf(incarichi),
    ufficiDiretti: officesOf(incarichi.filter((i) => i.profilo === 'responsabileUor')),
    permessi: permessiDi(profili),
  }
}
