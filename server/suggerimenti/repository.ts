import { query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import { riservataCondition } from '../protocollo/index.ts'
import { OGNI_DOCUMENTO } from './rules.ts'
import type { Conteggio, Regola } from './rules.ts'
import type { MisuraDto } from './schema.ts'

export type Genere = 'voce' | 'ufficio'

/** What the memory counted for some signs, and for every document. */
export async function findConteggi(scope: Scope, genere: Genere, chiavi: readonly string[]): Promise<Conteggio[]> {
  return await query<Conteggio>(
    scope,
    'select chiave, esito, quante from memoria_suggerimento where ente_id = $1 and genere = $2 and chiave = any($3::text[]) and quante > 0',
    [scope.ente.id, genere, [OGNI_DOCUMENTO, ...chiavi]],
  )
}

/** A registration as the memory learns it: the classe, not what is below it, because that is what is asked at registration (REQ-TIT-022). */
export interface DaImparare {
  id: string
  oggetto: string
  mittente: string
  tipologia: string
  voceId: string
  ufficioId: string
}

const DOCUMENTO = `r.id, r.oggetto, d.tipologia,
  coalesce((select coalesce(s.codice_fiscale, s.indirizzo_digitale) from soggetto s where s.ente_id = r.ente_id and s.registrazione_id = r.id and s.ruolo = 'mittente'
    order by s.posizione limit 1), '') as mittente,
  case when v.livello > 2 then coalesce((select t.id from voce_titolario t where t.ente_id = v.ente_id and t.id = v.padre_id), v.id) else v.id end as "voceId",
  (select a.ufficio_id from assegnazione a where a.ente_id = r.ente_id and a.registrazione_id = r.id and a.tipo = 'competenza' order by a.dal, a.id limit 1) as "ufficioId"`
const FROM = `from registrazione r join documento d on d.ente_id = r.ente_id and d.id = r.documento_id join voce_titolario v on v.ente_id = d.ente_id and v.id = d.voce_id`
const IMPARABILE = `r.tipo = 'E' and not ${riservataCondition('r')}`

/** An incoming ordinary registration; null for the others: riservati teach nothing. */
export async function findDaImparare(scope: Scope, registrazioneId: string): Promise<DaImparare | null> {
  return await queryOne<DaImparare>(scope, `select ${DOCUMENTO} ${FROM} where r.ente_id = $1 and r.id = $2 and ${IMPARABILE}`, [
    scope.ente.id,
    registrazioneId,
  ])
}

/** Every incoming ordinary registration in the order of its number's instant: what the measure splits in time. */
export async function findStoria(scope: Scope): Promise<DaImparare[]> {
  return await query<DaImparare>(scope, `select ${DOCUMENTO} ${FROM} where r.ente_id = $1 and ${IMPARABILE} order by r.istante, r.numero`, [
    scope.ente.id,
  ])
}

/** The last incoming ordinary registrations, newest first. */
export async function findUltime(scope: Scope, quante: number): Promise<(DaImparare & { anno: number; numero: number })[]> {
  return await query(
    scope,
    `select ${DOCUMENTO}, r.anno, r.numero ${FROM} where r.ente_id = $1 and ${IMPARABILE} order by r.istante desc, r.numero desc limit ${quante}`,
    [scope.ente.id],
  )
}

export interface ImparataRow {
  voceId: string
  ufficioId: string
  chiavi: string[]
}

/** What was learned of a registration, locked until the transaction ends; null when nothing was. */
export async function lockImparata(tx: TxScope, registrazioneId: string): Promise<ImparataRow | null> {
  // Two jobs of the same registration follow each other also when neither finds a row.
  await query(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 20))', [`${tx.ente.id}:${registrazioneId}`])
  return await queryOne<ImparataRow>(
    tx,
    'select voce_id as "voceId", ufficio_id as "ufficioId", chiavi from registrazione_imparata where ente_id = $1 and registrazione_id = $2 for update',
    [tx.ente.id, registrazioneId],
  )
}

/** Adds a document to the counts of its signs. Keys in one order, so that two documents never wait for each other in a ring. */
export async function addConteggi(tx: TxScope, genere: Genere, esito: string, chiavi: readonly string[]): Promise<void> {
  await query(
    tx,
    `insert into memoria_suggerimento (ente_id, genere, chiave, esito, quante) select $1, $2, k, $3::uuid, 1 from unnest($4::text[]) as k order by k
     on conflict (ente_id, genere, chiave, esito) do update set quante = memoria_suggerimento.quante + 1`,
    [tx.ente.id, genere, esito, [OGNI_DOCUMENTO, ...chiavi].toSorted()],
  )
}

/** Takes a document away from the counts of its signs, in the same order. */
export async function removeConteggi(tx: TxScope, genere: Genere, esito: string, chiavi: readonly string[]): Promise<void> {
  await query(
    tx,
    `with righe as (select chiave from memoria_suggerimento where ente_id = $1 and genere = $2 and esito = $3::uuid and chiave = any($4::text[]) order by chiave for update)
     update memoria_suggerimento m set quante = m.quante - 1 from righe q where m.ente_id = $1 and m.genere = $2 and m.esito = $3::uuid and m.chiave = q.chiave`,
    [tx.ente.id, genere, esito, [OGNI_DOCUMENTO, ...chiavi]],
  )
}

/** Open rules, oldest first. */
export async function findRegole(scope: Scope): Promise<(Regola & { dal: Date; autore: string })[]> {
  return await query(
    scope,
    `select id, parole, mittente, voce_id as "voceId", ufficio_id as "ufficioId", dal, autore_nome as autore from regola_suggerimento
      where ente_id = $1 and al is null order by dal, id`,
    [scope.ente.id],
  )
}

/** How often what was chosen had been proposed. */
export async function countRanghi(scope: Scope): Promise<MisuraDto> {
  const of = (column: string): string =>
    `json_build_object('misurate', count(*) filter (where ${column} is not null), 'prima', count(*) filter (where ${column} = 1),
       'traLePrimeTre', count(*) filter (where ${column} between 1 and 3), 'maiProposte', count(*) filter (where ${column} = 0))`
  const row = await queryOne<MisuraDto>(
    scope,
    `select ${of('rango_voce')} as voci, ${of('rango_ufficio')} as uffici from registrazione_imparata where ente_id = $1`,
    [scope.ente.id],
  )
  if (row === null) throw new Error('an aggregate without its row')
  return row
}
