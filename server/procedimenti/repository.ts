import { CALENDARIO_NAZIONALE, findCalendario } from '../enti/index.ts'
import type { Calendario } from '../enti/index.ts'
import { query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import type { FiltriProcedimenti, ModelloFascicolo, Passo, RegoleTermini, Scheda, Silenzio } from './schema.ts'
import { REGOLE_PREDEFINITE } from './termini.ts'

/** A version of a model with the procedure it belongs to. */
export interface VersioneRow {
  id: string
  aooId: string
  procedimentoId: string
  codice: string
  attivo: boolean
  numero: number
  denominazione: string
  materia: string
  iniziativa: 'parte' | 'ufficio'
  codiceVoce: string
  voce: string | null
  ufficioId: string | null
  ufficio: string | null
  responsabileId: string | null
  responsabile: string | null
  termineGiorni: number | null
  termineUnita: 'giorni' | 'giorni lavorativi'
  silenzio: Silenzio
  scheda: Scheda
  passi: Passo[]
  fascicolo: ModelloFascicolo
  motivo: string
  autoreNome: string
  creataIl: Date
}

const OGGI = "(app.istante() at time zone 'Europe/Rome')::date"
const VERSIONE = `v.id, p.aoo_id as "aooId", v.procedimento_id as "procedimentoId", p.codice, p.attivo, v.numero, v.denominazione, v.materia, v.iniziativa, v.codice_voce as "codiceVoce",
  (select t.denominazione from voce_titolario t join titolario_versione tv on tv.ente_id = t.ente_id and tv.id = t.versione_id
    where t.ente_id = v.ente_id and t.codice = v.codice_voce and tv.aoo_id = p.aoo_id and tv.dal <= ${OGGI} and (tv.al is null or tv.al > ${OGGI}) order by tv.dal desc limit 1) as voce,
  v.ufficio_id as "ufficioId", u.denominazione as ufficio, v.responsabile_id as "responsabileId", o.nome || ' ' || o.cognome as responsabile, v.termine_giorni as "termineGiorni",
  v.termine_unita as "termineUnita", v.silenzio, v.scheda, v.passi, v.fascicolo, v.motivo, v.autore_nome as "autoreNome", v.creata_il as "creataIl"`
const FROM = `from procedimento_versione v join procedimento p on p.ente_id = v.ente_id and p.id = v.procedimento_id
  left join ufficio u on u.ente_id = v.ente_id and u.id = v.ufficio_id left join operatore o on o.id = v.responsabile_id`
const ULTIMA =
  'v.numero = (select max(w.numero) from procedimento_versione w where w.ente_id = v.ente_id and w.procedimento_id = v.procedimento_id)'

const like = (text: string): string => `%${text.replaceAll(/[%_\\]/gu, String.raw`\$&`)}%`

/** The version in force of every procedure, by code. */
export async function findCatalogo(scope: Scope, f: FiltriProcedimenti): Promise<VersioneRow[]> {
  const binds: unknown[] = [scope.ente.id]
  const bind = (value: unknown): string => `$${binds.push(value)}`
  const where = ['v.ente_id = $1', ULTIMA]
  if (f.attivi !== 'tutti') where.push(f.attivi === 'si' ? 'p.attivo' : 'not p.attivo')
  if (f.materia !== undefined) where.push(`v.materia = ${bind(f.materia)}`)
  if (f.ufficio !== undefined) where.push(`v.ufficio_id = ${bind(f.ufficio)}::uuid`)
  if (f.responsabile !== undefined) where.push(`v.responsabile_id = ${bind(f.responsabile)}::uuid`)
  if (f.iniziativa !== undefined) where.push(`v.iniziativa = ${bind(f.iniziativa)}`)
  for (const word of (f.q ?? '')
    .split(/\s+/u)
    .filter((w) => w !== '')
    .slice(0, 8)) {
    const w = bind(like(word))
    where.push(`(v.denominazione ilike ${w} or p.codice ilike ${w} or v.materia ilike ${w} or v.scheda ->> 'descrizione' ilike ${w})`)
  }
  return await query<VersioneRow>(scope, `select ${VERSIONE} ${FROM} where ${where.join(' and ')} order by p.codice`, binds)
}

/** The version in force of a procedure, or null. */
export async function findUltima(scope: Scope, procedimentoId: string): Promise<VersioneRow | null> {
  return await queryOne<VersioneRow>(scope, `select ${VERSIONE} ${FROM} where v.ente_id = $1 and v.procedimento_id = $2 and ${ULTIMA}`, [
    scope.ente.id,
    procedimentoId,
  ])
}

/** The version in force of a procedure by its code in the default AOO, or null. */
export async function findUltimaByCodice(scope: Scope, codice: string): Promise<VersioneRow | null> {
  return await queryOne<VersioneRow>(
    scope,
    `select ${VERSIONE} ${FROM} join aoo a on a.ente_id = p.ente_id and a.id = p.aoo_id where v.ente_id = $1 and p.codice = $2 and ${ULTIMA} order by a.predefinita desc limit 1`,
    [scope.ente.id, codice],
  )
}

/** Every version of a procedure, newest first. */
export async function findVersioni(scope: Scope, procedimentoId: string): Promise<VersioneRow[]> {
  return await query<VersioneRow>(
    scope,
    `select ${VERSIONE} ${FROM} where v.ente_id = $1 and v.procedimento_id = $2 order by v.numero desc`,
    [scope.ente.id, procedimentoId],
  )
}

/** Versions by id, whatever their age. */
export async function findVersioniById(scope: Scope, ids: readonly string[]): Promise<Map<string, VersioneRow>> {
  if (ids.length === 0) return new Map()
  const rows = await query<VersioneRow>(scope, `select ${VERSIONE} ${FROM} where v.ente_id = $1 and v.id = any($2::uuid[])`, [
    scope.ente.id,
    ids,
  ])
  return new Map(rows.map((r) => [r.id, r]))
}

/** Locks a procedure against another change until the transaction ends; false when it is not there. */
export async function lockProcedimento(tx: TxScope, id: string): Promise<boolean> {
  return (await queryOne(tx, 'select 1 from procedimento where ente_id = $1 and id = $2 for update', [tx.ente.id, id])) !== null
}

/** The default AOO of the ente, or null. */
export async function findAooPredefinita(scope: Scope): Promise<string | null> {
  const row = await queryOne<{ id: string }>(scope, 'select id from aoo where ente_id = $1 and predefinita', [scope.ente.id])
  return row?.id ?? null
}

/** How an AOO counts its terms: its own rules and calendar, or the usual ones. */
export async function findRegole(scope: Scope, aooId: string): Promise<{ regole: RegoleTermini; calendario: Calendario }> {
  const row = await queryOne<{ regole: Partial<RegoleTermini> }>(
    scope,
    'select regole from regole_termini where ente_id = $1 and aoo_id = $2',
    [scope.ente.id, aooId],
  )
  const calendario = (await findCalendario(scope, aooId)) ?? CALENDARIO_NAZIONALE
  return { regole: { ...REGOLE_PREDEFINITE, ...row?.regole }, calendario }
}

/** Default offices of some voices of the plan in force, by code of the voice: own or of the nearest voice above. */
export async function findUfficiDiVoci(scope: Scope, aooId: string): Promise<Map<string, string>> {
  const rows = await query<{ codice: string; ufficioId: string }>(
    scope,
    `select v.codice, v.ufficio_predefinito_id as "ufficioId" from voce_titolario v join titolario_versione t on t.ente_id = v.ente_id and t.id = v.versione_id
      where v.ente_id = $1 and t.aoo_id = $2 and t.dal <= ${OGGI} and (t.al is null or t.al > ${OGGI}) and v.ufficio_predefinito_id is not null`,
    [scope.ente.id, aooId],
  )
  return new Map(rows.map((r) => [r.codice, r.ufficioId]))
}
