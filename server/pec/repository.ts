import { query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import type { Daticert } from './busta/index.ts'
import { visteMessaggi } from './rules.ts'
import type { AnalisiSalvata, Blocco, ParteSalvata, StatoMessaggio, VistaMessaggi } from './rules.ts'

export interface CasellaRow {
  id: string
  indirizzo: string
  tipo: string
  attiva: boolean
  ultimoControllo: Date | null
  errore: string | null
}

const CASELLA = 'id, indirizzo, tipo, attiva, ultimo_controllo as "ultimoControllo", errore'

/** Mailboxes of the ente by address. */
export async function listCaselle(scope: Scope): Promise<CasellaRow[]> {
  return await query<CasellaRow>(scope, `select ${CASELLA} from casella where ente_id = $1 order by indirizzo`, [scope.ente.id])
}

export async function findCasella(scope: Scope, id: string): Promise<CasellaRow | null> {
  return await queryOne<CasellaRow>(scope, `select ${CASELLA} from casella where ente_id = $1 and id = $2`, [scope.ente.id, id])
}

/** Serialises the arrivals of one mailbox: two readers at once cannot both take the same message for new. */
export async function lockCasella(tx: TxScope, id: string): Promise<void> {
  await query(tx, 'select 1 from casella where ente_id = $1 and id = $2 for update', [tx.ente.id, id])
}

/** Notes the outcome of a reading; `errore` null when it went well. */
export async function noteControllo(scope: Scope, id: string, istante: Date, errore: string | null): Promise<void> {
  await query(scope, 'update casella set ultimo_controllo = $3, errore = $4 where ente_id = $1 and id = $2', [
    scope.ente.id,
    id,
    istante.toISOString(),
    errore,
  ])
}

/** Is a message with this key, or with these bytes, already in the mailbox? (REQ-PEC-019, REQ-PROT-136) */
export async function isKnown(scope: Scope, casellaId: string, chiave: string | null, sha256: string): Promise<boolean> {
  const row = await queryOne(
    scope,
    `select 1 from messaggio m join contenuto c on c.ente_id = m.ente_id and c.id = m.contenuto_id
      where m.ente_id = $1 and m.casella_id = $2 and (m.chiave = $3 or c.sha256 = $4) limit 1`,
    [scope.ente.id, casellaId, chiave, sha256],
  )
  return row !== null
}

export interface MessaggioRow extends Blocco {
  id: string
  casellaId: string
  chiave: string
  contenutoId: string
  classe: string
  stato: StatoMessaggio
  tipo: 'pec' | 'email'
  mittente: string
  mittenteIndirizzo: string
  oggetto: string
  ricevutoIl: Date
  esitoFirma: string
  controlli: AnalisiSalvata
  daticert: Daticert | null
  parti: ParteSalvata[]
  motivo: string | null
  voceEsclusione: string | null
  nota: string | null
  registrazioneId: string | null
  decisioni: DecisioneAperta[]
}

/** A decision in force on an item of the queue. */
export interface DecisioneAperta {
  id: string
  tipo: 'escluso' | 'unito' | 'restituito' | 'da_inoltrare' | 'passato'
  voce: string | null
  operatoreId: string | null
  destinatario: string | null
  nota: string
  dal: string
  autore: string
}

const MESSAGGIO = `m.id, m.casella_id as "casellaId", m.chiave, m.contenuto_id as "contenutoId", m.classe, m.stato, m.tipo, m.mittente, m.mittente_indirizzo as "mittenteIndirizzo",
  m.oggetto, m.ricevuto_il as "ricevutoIl", m.esito_firma as "esitoFirma", m.controlli, m.daticert, m.parti, m.motivo, m.voce_esclusione as "voceEsclusione", m.nota,
  m.registrazione_id as "registrazioneId", m.bloccato_da as "bloccatoDa", m.bloccato_da_nome as "bloccatoDaNome", m.bloccato_il as "bloccatoIl",
  coalesce((select json_agg(json_build_object('id', d.id, 'tipo', d.tipo, 'voce', d.voce, 'operatoreId', d.operatore_id, 'destinatario', d.destinatario, 'nota', d.nota, 'dal', d.dal,
                                              'autore', d.autore_nome) order by d.dal)
     from decisione_messaggio d where d.ente_id = m.ente_id and d.messaggio_id = m.id and d.al is null), '[]') as decisioni`

/** What the views need to know of the person and of today. */
export interface Osservatore {
  readonly identita: readonly string[]
  /** Arrivals up to this day are late. */
  readonly inRitardoFino: string
}

const WAITING = `m.stato = 'da_protocollare'`

/** The one condition of a view, for its list and for its counter alike. */
function viewCondition(vista: VistaMessaggi, chi: Osservatore, bind: (value: unknown) => string): string {
  switch (vista) {
    case 'tutti':
      return WAITING
    case 'pec':
    case 'email':
      return `${WAITING} and m.tipo = ${bind(vista)}`
    case 'in-ritardo':
      return `${WAITING} and (m.ricevuto_il at time zone 'Europe/Rome')::date <= ${bind(chi.inRitardoFino)}::date`
    case 'per-me':
      return `m.stato in ('da_protocollare', 'quarantena') and exists (select 1 from decisione_messaggio d where d.ente_id = m.ente_id and d.messaggio_id = m.id and d.al is null
                and d.tipo = 'passato' and d.operatore_id::text = any(${bind(chi.identita)}::text[]))`
    case 'quarantena':
      return `m.stato = 'quarantena'`
    case 'scartati':
      return `m.stato in ('scartato', 'restituito')`
    case 'uniti':
      return `m.stato = 'unito'`
  }
}

/** How many messages each view holds: the very condition of the lists. */
export async function countViste(scope: Scope, chi: Osservatore): Promise<Record<VistaMessaggi, number>> {
  const binds: unknown[] = [scope.ente.id]
  const bind = (value: unknown): string => `$${binds.push(value)}`
  const counts = visteMessaggi.map((vista, i) => `count(*) filter (where ${viewCondition(vista, chi, bind)})::int as v${i}`)
  const row = await queryOne<Record<string, number>>(scope, `select ${counts.join(', ')} from messaggio m where m.ente_id = $1`, binds)
  return Object.fromEntries(visteMessaggi.map((vista, i) => [vista, row?.[`v${i}`] ?? 0])) as Record<VistaMessaggi, number>
}

/** One page of a view of the queue, oldest first: what arrived first is registered first. */
export async function listMessaggi(
  scope: Scope,
  vista: VistaMessaggi,
  chi: Osservatore,
  pagina: number,
  perPagina: number,
): Promise<{ rows: MessaggioRow[]; totale: number }> {
  const binds: unknown[] = [scope.ente.id]
  const bind = (value: unknown): string => `$${binds.push(value)}`
  const where = `m.ente_id = $1 and ${viewCondition(vista, chi, bind)}`
  const total = await queryOne<{ n: number }>(scope, `select count(*)::int as n from messaggio m where ${where}`, binds)
  const rows = await query<MessaggioRow>(
    scope,
    `select ${MESSAGGIO} from messaggio m where ${where} order by m.ricevuto_il, m.id limit ${perPagina} offset ${(pagina - 1) * perPagina}`,
    binds,
  )
  return { rows, totale: total?.n ?? 0 }
}

export async function findMessaggio(scope: Scope, id: string): Promise<MessaggioRow | null> {
  return await queryOne<MessaggioRow>(scope, `select ${MESSAGGIO} from messaggio m where m.ente_id = $1 and m.id = $2`, [scope.ente.id, id])
}

/** The message under its row lock: whoever comes second sees what the first decided. */
export async function lockMessaggio(tx: TxScope, id: string): Promise<MessaggioRow | null> {
  return await queryOne<MessaggioRow>(tx, `select ${MESSAGGIO} from messaggio m where m.ente_id = $1 and m.id = $2 for update of m`, [
    tx.ente.id,
    id,
  ])
}
