import type { Formato } from '../documenti/index.ts'
import { json, query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import { seenCondition } from './policy.ts'
import type { BozzaVista } from './policy.ts'
import type { DatiBozza, FiltriBozze, FormatoModello, StatoBozza, TipoBozza, VistaBozze } from './schema.ts'

/** A content as a draft shows it. */
export interface ContenutoBozza {
  id: string
  sha256: string
  dimensione: number
  nome: string
  formato: Formato
}

/** A draft with the words of what it names. */
export interface BozzaRow extends Omit<BozzaVista, 'alProtocollo'> {
  id: string
  tipo: TipoBozza
  stato: StatoBozza
  dati: DatiBozza
  modelloId: string | null
  modelloNome: string | null
  modelloFormato: FormatoModello | null
  modelloContenutoId: string | null
  corpo: string
  ufficioId: string | null
  ufficio: string | null
  ufficioIndirizzo: string | null
  fascicoloId: string | null
  fascicoloCodice: string | null
  fascicoloOggetto: string | null
  rispostaA: string | null
  rispostaEtichetta: string | null
  richiedeFirma: boolean
  documento: ContenutoBozza | null
  firmato: ContenutoBozza | null
  preparazione: string | null
  alProtocolloIl: Date | null
  notaProtocollo: string
  motivoScarto: string | null
  statoPrimaDelloScarto: StatoBozza | null
  registrazioneId: string | null
  registrazioneEtichetta: string | null
  riservata: boolean
  versione: number
  autoreId: string
  autoreNome: string
  aggiornataDa: string
  aggiornataIl: Date
}

const ETICHETTA = (alias: string): string =>
  `case when ${alias}.id is null then null else lpad(${alias}.numero::text, greatest(7, length(${alias}.numero::text)), '0') || '/' || ${alias}.anno end`
const CONTENUTO = (alias: string): string =>
  `case when ${alias}.id is null then null else jsonb_build_object('id', ${alias}.id, 'sha256', ${alias}.sha256, 'dimensione', ${alias}.dimensione, 'nome', ${alias}.nome, 'formato', ${alias}.formato) end`

const BOZZA = `b.id, b.tipo, b.stato, b.dati, b.modello_id as "modelloId", m.nome as "modelloNome", m.formato as "modelloFormato", m.contenuto_id as "modelloContenutoId", b.corpo,
  b.ufficio_id as "ufficioId", u.denominazione as ufficio, u.indirizzo_digitale as "ufficioIndirizzo", b.fascicolo_id as "fascicoloId", f.codice as "fascicoloCodice", f.oggetto as "fascicoloOggetto",
  b.risposta_a as "rispostaA", ${ETICHETTA('rr')} as "rispostaEtichetta", b.richiede_firma as "richiedeFirma", ${CONTENUTO('cd')} as documento, ${CONTENUTO('cf')} as firmato,
  b.preparazione, b.al_protocollo_il as "alProtocolloIl", b.nota_protocollo as "notaProtocollo", b.motivo_scarto as "motivoScarto", b.stato_prima_dello_scarto as "statoPrimaDelloScarto",
  b.registrazione_id as "registrazioneId", ${ETICHETTA('rg')} as "registrazioneEtichetta", b.riservata, b.versione, b.autore_id as "autoreId", b.autore_nome as "autoreNome",
  b.aggiornata_da as "aggiornataDa", b.aggiornata_il as "aggiornataIl"`
const FROM = `from bozza b left join modello_documento m on m.ente_id = b.ente_id and m.id = b.modello_id left join ufficio u on u.ente_id = b.ente_id and u.id = b.ufficio_id
  left join fascicolo f on f.ente_id = b.ente_id and f.id = b.fascicolo_id left join registrazione rr on rr.ente_id = b.ente_id and rr.id = b.risposta_a
  left join registrazione rg on rg.ente_id = b.ente_id and rg.id = b.registrazione_id left join contenuto cd on cd.ente_id = b.ente_id and cd.id = b.documento_contenuto_id
  left join contenuto cf on cf.ente_id = b.ente_id and cf.id = b.firmato_contenuto_id`

/** A draft by id, whoever may see it. */
export async function findBozza(scope: Scope, id: string): Promise<BozzaRow | null> {
  return await queryOne<BozzaRow>(scope, `select ${BOZZA} ${FROM} where b.ente_id = $1 and b.id = $2`, [scope.ente.id, id])
}

/** The same under its row lock. */
export async function lockBozza(tx: TxScope, id: string): Promise<BozzaRow | null> {
  await query(tx, 'select 1 from bozza where ente_id = $1 and id = $2 for update', [tx.ente.id, id])
  return await findBozza(tx, id)
}

/** What a view of the list holds. */
function viewCondition(vista: VistaBozze, scope: Scope, bind: (value: unknown) => string): string {
  const open = "b.stato not in ('PROTOCOLLATA', 'SCARTATA')"
  switch (vista) {
    case 'mie':
      return `${open} and b.autore_id = ${bind(scope.attore.id)}`
    case 'ufficio':
      return `${open} and b.ufficio_id = any(${bind(scope.attore.uffici)}::uuid[])`
    case 'protocollo':
      return `${open} and b.al_protocollo_il is not null`
    case 'scartate':
      return "b.stato = 'SCARTATA'"
    default:
      return "b.stato = 'PROTOCOLLATA'"
  }
}

/** One page of the drafts this person sees; those sent to the protocol office from the oldest, the others from the last touched. */
export async function listBozze(scope: Scope, f: FiltriBozze): Promise<{ rows: BozzaRow[]; totale: number }> {
  const params: unknown[] = [scope.ente.id]
  const bind = (value: unknown): string => `$${params.push(value)}`
  const where = [
    'b.ente_id = $1',
    seenCondition(scope.attore, bind),
    viewCondition(f.vista, scope, bind),
    ...(f.fascicolo === undefined ? [] : [`b.fascicolo_id = ${bind(f.fascicolo)}`]),
  ].join(' and ')
  const total = await queryOne<{ totale: number }>(scope, `select count(*)::int as totale from bozza b where ${where}`, params)
  const order = f.vista === 'protocollo' ? 'b.al_protocollo_il, b.id' : 'b.aggiornata_il desc, b.id'
  const page = `limit ${bind(f.perPagina)} offset ${bind((f.pagina - 1) * f.perPagina)}`
  const rows = await query<BozzaRow>(scope, `select ${BOZZA} ${FROM} where ${where} order by ${order} ${page}`, params)
  return { rows, totale: total?.totale ?? 0 }
}

/** Writes the changed columns of a draft and its new version. */
export async function updateBozza(tx: TxScope, id: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
  const params: unknown[] = [tx.ente.id, id, tx.attore.nome]
  const sets = Object.entries(changes).map(([column, value]) => `${column} = $${params.push(column === 'dati' ? json(value) : value)}`)
  await query(
    tx,
    `update bozza set ${[...sets, 'versione = versione + 1', 'aggiornata_da = $3', 'aggiornata_il = clock_timestamp()'].join(', ')} where ente_id = $1 and id = $2`,
    params,
  )
}

/** Words of the offices, people and registrations that a draft names by id. */
export async function findNomi(scope: Scope, ids: readonly string[]): Promise<Record<string, string>> {
  if (ids.length === 0) return {}
  const rows = await query<{ id: string; nome: string }>(
    scope,
    `select id, denominazione as nome from ufficio where ente_id = $1 and id = any($2::uuid[])
     union all select o.id, o.nome || ' ' || o.cognome from operatore o where o.id = any($2::uuid[])
     union all select r.id, ${ETICHETTA('r')} from registrazione r where r.ente_id = $1 and r.id = any($2::uuid[])`,
    [scope.ente.id, ids],
  )
  return Object.fromEntries(rows.map((row) => [row.id, row.nome]))
}

export interface ModelloRow {
  id: string
  nome: string
  descrizione: string
  formato: FormatoModello
  corpo: string
  contenutoId: string | null
  fileNome: string | null
  fileDimensione: number | null
  oggetto: string
  tipologia: string
  richiedeFirma: boolean
  attivo: boolean
  versione: number
  aggiornatoDa: string
  aggiornatoIl: Date
}

const MODELLO = `select m.id, m.nome, m.descrizione, m.formato, m.corpo, m.contenuto_id as "contenutoId", c.nome as "fileNome", c.dimensione::float8 as "fileDimensione", m.oggetto,
  m.tipologia, m.richiede_firma as "richiedeFirma", m.attivo, m.versione, m.aggiornato_da as "aggiornatoDa", m.aggiornato_il as "aggiornatoIl"
  from modello_documento m left join contenuto c on c.ente_id = m.ente_id and c.id = m.contenuto_id where m.ente_id = $1`

/** Every template of the ente by name; the retired ones too when asked. */
export async function listModelli(scope: Scope, anche: boolean): Promise<ModelloRow[]> {
  return await query<ModelloRow>(scope, `${MODELLO} and (m.attivo or $2) order by m.nome`, [scope.ente.id, anche])
}

export async function findModello(scope: Scope, id: string): Promise<ModelloRow | null> {
  return await queryOne<ModelloRow>(scope, `${MODELLO} and m.id = $2`, [scope.ente.id, id])
}
