import { wholeCondition } from '../fascicoli/index.ts'
import { query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import type { Passo } from '../procedimenti/index.ts'
import type { Evento, FattoPasso } from './rules.ts'
import type { Contatori, FiltriPratiche, Situazione } from './schema.ts'

/** A practice with what its lists show. */
export interface PraticaRow {
  id: string
  fascicoloId: string
  fascicoloCodice: string
  fascicoloSlug: string
  fascicoloOggetto: string
  fascicoloTipo: string
  procedimentoId: string
  procedimentoCodice: string
  denominazione: string
  versioneId: string
  versione: number
  ultimaVersione: number
  aooId: string
  iniziativa: 'parte' | 'ufficio'
  silenzio: string
  termineGiorni: number | null
  termineUnita: 'giorni' | 'giorni lavorativi'
  modello: Passo[]
  ufficioId: string
  ufficio: string
  responsabileId: string
  responsabile: string
  registrazioneId: string | null
  registrazioneAnno: number | null
  registrazioneNumero: number | null
  avvio: string
  termine: string | null
  termineIniziale: string
  silenzioIl: string | null
  sospesaFino: string | null
  fascicoloSospeso: boolean
  conclusaIl: string | null
  esito: string | null
  motivoEsito: string | null
  giorniDurata: number | null
  giorniSospesi: number | null
  neiTermini: boolean | null
  situazione: Situazione
  giorni: number | null
  fase: string | null
  passiFatti: number
}

export const OGGI = "(app.istante() at time zone 'Europe/Rome')::date"
/** Days before the term from which a practice is said to be near it. */
export const VICINO = 7

const SITUAZIONE = `case when p.conclusa_il is not null then 'conclusa'
  when p.termine is null or (p.sospesa_dal <= ${OGGI} and (p.sospesa_fino is null or ${OGGI} < p.sospesa_fino)) then 'sospesa'
  when p.termine < ${OGGI} then 'scaduta' when p.termine = ${OGGI} then 'oggi' when p.termine <= ${OGGI} + ${VICINO} then 'in scadenza' else 'nei termini' end`
const day = (column: string): string => `to_char(${column}, 'YYYY-MM-DD')`
const PRATICA = `p.id, p.fascicolo_id as "fascicoloId", f.codice as "fascicoloCodice", f.slug as "fascicoloSlug", f.oggetto as "fascicoloOggetto", f.tipo as "fascicoloTipo",
  p.procedimento_id as "procedimentoId", pr.codice as "procedimentoCodice", v.denominazione, p.versione_id as "versioneId", v.numero as versione,
  (select max(w.numero) from procedimento_versione w where w.ente_id = p.ente_id and w.procedimento_id = p.procedimento_id) as "ultimaVersione", pr.aoo_id as "aooId",
  v.iniziativa, v.silenzio, v.termine_giorni as "termineGiorni", v.termine_unita as "termineUnita", v.passi as modello, f.ufficio_id as "ufficioId", u.denominazione as ufficio,
  f.responsabile_id as "responsabileId", coalesce(o.nome || ' ' || o.cognome, '') as responsabile, p.registrazione_id as "registrazioneId", r.anno as "registrazioneAnno",
  r.numero as "registrazioneNumero", ${day('p.avvio')} as avvio, ${day('p.termine')} as termine, ${day('p.termine_iniziale')} as "termineIniziale", ${day('p.silenzio_il')} as "silenzioIl",
  ${day('p.sospesa_fino')} as "sospesaFino", p.fascicolo_sospeso as "fascicoloSospeso", ${day('p.conclusa_il')} as "conclusaIl", p.esito, p.motivo_esito as "motivoEsito", p.giorni as "giorniDurata",
  p.giorni_sospesi as "giorniSospesi", p.nei_termini as "neiTermini", ${SITUAZIONE} as situazione,
  case when p.conclusa_il is null then (p.termine - ${OGGI})::int end as giorni,
  (select fa.fase from fase fa where fa.ente_id = p.ente_id and fa.fascicolo_id = p.fascicolo_id order by fa.al desc nulls first, fa.dal desc, fa.id desc limit 1) as fase,
  (select count(*)::int from (select distinct on (pp.passo) pp.esito from pratica_passo pp where pp.ente_id = p.ente_id and pp.pratica_id = p.id
     order by pp.passo, pp.istante desc, pp.id desc) x where x.esito <> 'riaperto') as "passiFatti"`
const FROM = `from pratica p join fascicolo f on f.ente_id = p.ente_id and f.id = p.fascicolo_id join voce_titolario vt on vt.ente_id = f.ente_id and vt.id = f.voce_id
  join ufficio u on u.ente_id = f.ente_id and u.id = f.ufficio_id left join operatore o on o.id = f.responsabile_id
  join procedimento pr on pr.ente_id = p.ente_id and pr.id = p.procedimento_id join procedimento_versione v on v.ente_id = p.ente_id and v.id = p.versione_id
  left join registrazione r on r.ente_id = p.ente_id and r.id = p.registrazione_id`

/** One practice, by its own id or by its fascicolo's, whatever its visibility. */
export async function findPratica(scope: Scope, key: { id: string } | { fascicoloId: string }): Promise<PraticaRow | null> {
  const [column, value] = 'id' in key ? ['p.id', key.id] : ['p.fascicolo_id', key.fascicoloId]
  return await queryOne<PraticaRow>(scope, `select ${PRATICA} ${FROM} where p.ente_id = $1 and ${column} = $2`, [scope.ente.id, value])
}

/** Locks a practice against every other change until the transaction ends. */
export async function lockPratica(tx: TxScope, id: string): Promise<void> {
  await query(tx, 'select 1 from pratica where ente_id = $1 and id = $2 for update', [tx.ente.id, id])
}

/** The practice that a registration already opened for a procedure, or null. */
export async function findDoppia(scope: Scope, procedimentoId: string, registrazioneId: string): Promise<{ codice: string } | null> {
  return await queryOne(
    scope,
    `select f.codice from pratica p join fascicolo f on f.ente_id = p.ente_id and f.id = p.fascicolo_id
      where p.ente_id = $1 and p.procedimento_id = $2 and p.registrazione_id = $3 limit 1`,
    [scope.ente.id, procedimentoId, registrazioneId],
  )
}

const like = (text: string): string => `%${text.replaceAll(/[%_\\]/gu, String.raw`\$&`)}%`

function conditions(scope: Scope, f: Omit<FiltriPratiche, 'pagina' | 'perPagina'>, binds: unknown[]): string {
  const bind = (value: unknown): string => `$${binds.push(value)}`
  const where = ['p.ente_id = $1', wholeCondition(scope, bind)]
  if (f.procedimento !== undefined) where.push(`p.procedimento_id = ${bind(f.procedimento)}::uuid`)
  if (f.ufficio !== undefined) where.push(`f.ufficio_id = ${bind(f.ufficio)}::uuid`)
  if (f.responsabile !== undefined) where.push(`f.responsabile_id = ${bind(f.responsabile)}::uuid`)
  if (f.registrazione !== undefined) where.push(`p.registrazione_id = ${bind(f.registrazione)}::uuid`)
  if (f.documento !== undefined)
    where.push(
      `exists (select 1 from fascicolo_documento fd where fd.ente_id = f.ente_id and fd.fascicolo_id = f.id and fd.tolto_il is null and fd.documento_id = ${bind(f.documento)}::uuid)`,
    )
  if (f.termineDa !== undefined) where.push(`p.termine >= ${bind(f.termineDa)}::date`)
  if (f.termineA !== undefined) where.push(`p.termine <= ${bind(f.termineA)}::date`)
  for (const word of (f.q ?? '')
    .split(/\s+/u)
    .filter((w) => w !== '')
    .slice(0, 8)) {
    const w = bind(like(word))
    where.push(`(f.oggetto ilike ${w} or f.codice ilike ${w} or f.slug ilike ${w} or v.denominazione ilike ${w} or pr.codice ilike ${w})`)
  }
  return where.join(' and ')
}

/** The practices this person reads, the nearest term first. */
export async function findPratiche(scope: Scope, f: FiltriPratiche): Promise<{ rows: PraticaRow[]; totale: number }> {
  const binds: unknown[] = [scope.ente.id]
  let where = conditions(scope, f, binds)
  if (f.situazione !== undefined) where += ` and ${SITUAZIONE} = $${binds.push(f.situazione)}`
  const totale = await queryOne<{ n: number }>(scope, `select count(*)::int as n ${FROM} where ${where}`, binds)
  const rows = await query<PraticaRow>(
    scope,
    `select ${PRATICA} ${FROM} where ${where} order by p.conclusa_il desc nulls first, p.termine nulls last, f.codice limit ${f.perPagina} offset ${(f.pagina - 1) * f.perPagina}`,
    binds,
  )
  return { rows, totale: totale?.n ?? 0 }
}

/** How many practices are in each situation, under the same filters but the situation: each number is the length of its list. */
export async function countPratiche(scope: Scope, f: FiltriPratiche): Promise<Contatori> {
  const binds: unknown[] = [scope.ente.id]
  const where = conditions(scope, f, binds)
  const rows = await query<{ situazione: Situazione; n: number }>(
    scope,
    `select ${SITUAZIONE} as situazione, count(*)::int as n ${FROM} where ${where} group by 1`,
    binds,
  )
  const counted: Contatori = { scaduta: 0, oggi: 0, 'in scadenza': 0, 'nei termini': 0, sospesa: 0, conclusa: 0 }
  for (const r of rows) counted[r.situazione] = r.n
  return counted
}

/** How many open terms fall on each day between two days, of what this person reads; suspended ones are left out. */
export async function countTermini(scope: Scope, f: FiltriPratiche, dal: string, al: string): Promise<Map<string, number>> {
  const binds: unknown[] = [scope.ente.id]
  const where = conditions(scope, f, binds)
  const rows = await query<{ giorno: string; n: number }>(
    scope,
    `select ${day('p.termine')} as giorno, count(*)::int as n ${FROM} where ${where} and ${SITUAZIONE} not in ('conclusa', 'sospesa')
        and p.termine between $${binds.push(dal)}::date and $${binds.push(al)}::date group by p.termine`,
    binds,
  )
  return new Map(rows.map((r) => [r.giorno, r.n]))
}

/** An event with who wrote it. */
export interface EventoRow extends Evento {
  readonly motivo: string
  readonly autore: string
}

/** The events of a practice, oldest first. */
export async function findEventi(scope: Scope, praticaId: string): Promise<EventoRow[]> {
  return await query<EventoRow>(
    scope,
    `select id, tipo, riferito_id as "riferitoId", ${day('giorno')} as giorno, giorni, motivo, autore_nome as autore from pratica_evento
      where ente_id = $1 and pratica_id = $2 order by istante, id`,
    [scope.ente.id, praticaId],
  )
}

/** What was done of its steps, oldest first. */
export async function findPassi(scope: Scope, praticaId: string): Promise<FattoPasso[]> {
  return await query<FattoPasso>(
    scope,
    `select passo, esito, motivo, ${day('giorno')} as giorno, documento_id as "documentoId", autore_nome as autore from pratica_passo
      where ente_id = $1 and pratica_id = $2 order by istante, id`,
    [scope.ente.id, praticaId],
  )
}

/** Today in Rome by the legal clock, and its instant. */
export async function readClock(scope: Scope): Promise<{ oggi: string; istante: string }> {
  const row = await queryOne<{ oggi: string; istante: string }>(
    scope,
    `select to_char(t at time zone 'Europe/Rome', 'YYYY-MM-DD') as oggi, to_char(t at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as istante from app.istante() as t`,
  )
  return row as { oggi: string; istante: string }
}
