import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import type { AmbitoTraccia } from './policy.ts'
import type { FiltriTraccia } from './schema.ts'

/** A fact of the trail as it is stored. */
export interface EventoRow {
  id: string
  istante: Date
  azione: string
  attoreId: string
  attoreNome: string
  attoreTipo: string
  oggettoTipo: string
  oggettoId: string
  dati: string
  progressivo: number | null
  impronta: string | null
}

const EVENTO = `e.id, e.istante, e.azione, e.attore_id as "attoreId", e.attore_nome as "attoreNome", e.attore_tipo as "attoreTipo", e.oggetto_tipo as "oggettoTipo", e.oggetto_id as "oggettoId", e.dati,
  e.progressivo::int as progressivo, e.impronta`
const LIMITE = 1000

/** Facts of a registration and its document, newest first. */
export async function findEventiRegistrazione(scope: Scope, registrazioneId: string, documentoId: string): Promise<EventoRow[]> {
  return await query<EventoRow>(
    scope,
    `select ${EVENTO} from evento_audit e where e.ente_id = $1 and (e.documento_id = $2 or e.oggetto_id = $3) order by e.istante desc, e.id desc limit ${LIMITE}`,
    [scope.ente.id, documentoId, registrazioneId],
  )
}

/** Facts of a fascicolo, newest first. */
export async function findEventiFascicolo(scope: Scope, fascicoloId: string): Promise<EventoRow[]> {
  return await query<EventoRow>(
    scope,
    `select ${EVENTO} from evento_audit e where e.ente_id = $1 and e.fascicolo_id = $2 order by e.istante desc, e.id desc limit ${LIMITE}`,
    [scope.ente.id, fascicoloId],
  )
}

/** The trail as far as `ambito` reaches, newest first. */
export async function findEventi(scope: Scope, ambito: AmbitoTraccia, f: FiltriTraccia): Promise<{ rows: EventoRow[]; totale: number }> {
  const binds: unknown[] = [scope.ente.id]
  const bind = (value: unknown): string => `$${binds.push(value)}`
  const where = ['e.ente_id = $1']
  if (ambito !== 'tutto') where.push(ownCondition(scope, ambito, bind))
  if (f.azione !== undefined) where.push(`e.azione = ${bind(f.azione)}`)
  if (f.attore !== undefined) where.push(`e.attore_id = ${bind(f.attore)}`)
  if (f.oggetto !== undefined) where.push(`e.oggetto_id = ${bind(f.oggetto)}`)
  if (f.da !== undefined) where.push(`e.istante >= ${bind(f.da)}::timestamp at time zone 'Europe/Rome'`)
  if (f.a !== undefined) where.push(`e.istante < (${bind(f.a)}::timestamp + interval '1 day') at time zone 'Europe/Rome'`)
  const all = where.join(' and ')
  const totale = await queryOne<{ n: number }>(scope, `select count(*)::int as n from evento_audit e where ${all}`, binds)
  const rows = await query<EventoRow>(
    scope,
    `select ${EVENTO} from evento_audit e where ${all} order by e.istante desc, e.id desc limit ${f.perPagina} offset ${(f.pagina - 1) * f.perPagina}`,
    binds,
  )
  return { rows, totale: totale?.n ?? 0 }
}

/** My own facts and, for the head of an office, those on what his offices have. */
function ownCondition(scope: Scope, ambito: AmbitoTraccia, bind: (value: unknown) => string): string {
  const mine = `e.attore_id = ${bind(scope.attore.id)}`
  if (ambito !== 'ufficio' || scope.attore.uffici.length === 0) return mine
  const offices = `any(${bind(scope.attore.uffici)}::uuid[])`
  return `(${mine} or exists (select 1 from assegnazione a where a.ente_id = e.ente_id and a.documento_id = e.documento_id and a.ufficio_id = ${offices})
    or exists (select 1 from fascicolo f where f.ente_id = e.ente_id and f.id = e.fascicolo_id and f.ufficio_id = ${offices}))`
}

/** Names of offices, people and voices among some ids. */
export async function findNomi(scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await query<{ id: string; nome: string }>(
    scope,
    `select id, denominazione as nome from ufficio where ente_id = $1 and id = any($2::uuid[])
     union all select id, codice || ' ' || denominazione from voce_titolario where ente_id = $1 and id = any($2::uuid[])
     union all select id, nome || ' ' || cognome from operatore where id = any($2::uuid[])`,
    [scope.ente.id, [...new Set(ids)]],
  )
  return new Map(rows.map((r) => [r.id, r.nome]))
}

/** Every register of the ente with the length of its chain. */
export async function findCatene(scope: Scope): Promise<{ id: string; codice: string; denominazione: string; eventi: number }[]> {
  return await query(
    scope,
    `select r.id, r.codice, r.denominazione, (select count(*)::int from evento_audit e where e.ente_id = r.ente_id and e.registro_id = r.id) as eventi
       from registro r where r.ente_id = $1 order by r.codice`,
    [scope.ente.id],
  )
}
