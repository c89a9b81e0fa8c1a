import { query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import type { Daticert } from './busta/index.ts'
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
}

const MESSAGGIO = `m.id, m.casella_id as "casellaId", m.chiave, m.contenuto_id as "contenutoId", m.classe, m.stato, m.tipo, m.mittente, m.mittente_indirizzo as "mittenteIndirizzo",
  m.oggetto, m.ricevuto_il as "ricevutoIl", m.esito_firma as "esitoFirma", m.controlli, m.daticert, m.parti, m.motivo, m.voce_esclusione as "voceEsclusione", m.nota,
  m.registrazione_id as "registrazioneId", m.bloccato_da as "bloccatoDa", m.bloccato_da_nome as "bloccatoDaNome", m.bloccato_il as "bloccatoIl"`

const VISTE: Readonly<Record<VistaMessaggi, string>> = {
  pec: `m.stato = 'da_protocollare' and m.tipo = 'pec'`,
  email: `m.stato = 'da_protocollare' and m.tipo = 'email'`,
  scartati: `m.stato = 'scartato'`,
  quarantena: `m.stato = 'quarantena'`,
}

/** One page of a view of the queue, oldest first: what arrived first is registered first. */
export async function listMessaggi(
  scope: Scope,
  vista: VistaMessaggi,
  pagina: number,
  perPagina: number,
): Promise<{ rows: MessaggioRow[]; totale: number }> {
  const where = `m.ente_id = $1 and ${VISTE[vista]}`
  const total = await queryOne<{ n: number }>(scope, `select count(*)::int as n from messaggio m where ${where}`, [scope.ente.id])
  const rows = await query<MessaggioRow>(
    scope,
    `select ${MESSAGGIO} from messaggio m where ${where} order by m.ricevuto_il, m.id limit $2 offset $3`,
    [scope.ente.id, perPagina, (pagina - 1) * perPagina],
  )
  return { rows, totale: total?.n ?? 0 }
}

export async function findMessaggio(scope: Scope, id: string): Promise<MessaggioRow | null> {
  return await queryOne<MessaggioRow>(scope, `select ${MESSAGGIO} from messaggio m where m.ente_id = $1 and m.id = $2`, [scope.ente.id, id])
}

/** The message under its row lock: whoever comes second sees what the first decided. */
export async function lockMessaggio(tx: TxScope, id: string): Promise<MessaggioRow | null> {
  return await queryOne<MessaggioRow>(tx, `select ${MESSAGGIO} from messaggio m where m.ente_id = $1 and m.id = $2 for update`, [
    tx.ente.id,
    id,
  ])
}

export interface Doppione {
  messaggioId: string
  registrazioneId: string
  anno: number
  numero: number
}

/**
 * Registrations made from another copy of the same message: same envelope in another mailbox, same bytes, or same invoice delivered again by the
 * Sistema di Interscambio (REQ-PEC-019, REQ-PEC-027).
 */
export async function findDoppioni(scope: Scope, ids: readonly string[]): Promise<Doppione[]> {
  if (ids.length === 0) return []
  return await query<Doppione>(
    scope,
    `select distinct on (m.id) m.id as "messaggioId", r.id as "registrazioneId", r.anno, r.numero
       from messaggio m
       join contenuto c on c.ente_id = m.ente_id and c.id = m.contenuto_id
       join messaggio a on a.ente_id = m.ente_id and a.id <> m.id and a.registrazione_id is not null
       join contenuto ca on ca.ente_id = a.ente_id and ca.id = a.contenuto_id
       join registrazione r on r.ente_id = a.ente_id and r.id = a.registrazione_id
      where m.ente_id = $1 and m.id = any($2::uuid[])
        and (a.chiave = m.chiave or ca.sha256 = c.sha256 or a.controlli #>> '{fattura,identificativoSdi}' = m.controlli #>> '{fattura,identificativoSdi}')
      order by m.id, r.istante`,
    [scope.ente.id, ids],
  )
}
