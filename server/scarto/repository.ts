import { query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import { newId } from '../kernel/ids.ts'
import { insertRows } from '../kernel/scope.ts'
import { riservataCondition } from '../protocollo/index.ts'
import type { Autorita, EsitoAutorizzazione, FiltriVoci, StatoVoce } from './schema.ts'

/** A disposal as it stands. Days are `YYYY-MM-DD`. */
export interface ProceduraRow {
  readonly id: string
  readonly aooId: string
  readonly anno: number
  readonly numero: number
  readonly scadutiAl: string
  readonly note: string
  readonly composizione: 'in_corso' | 'pronta' | 'fallita'
  readonly esaminati: number
  readonly daEsaminare: number
  readonly creataIl: Date
  readonly propostaDa: string
  readonly propostaDaNome: string
  readonly verificataIl: Date | null
  readonly verificataDaNome: string | null
  readonly provvedimento: string | null
  readonly provvedimentoDel: string | null
  readonly motivazione: string | null
  readonly richiestaId: string | null
  readonly richiestaInternoId: string | null
  readonly richiestaIl: Date | null
  readonly ordinataDa: string | null
  readonly ordinataDaNome: string | null
  readonly ordinataIl: Date | null
  readonly verbale: string | null
  readonly verbaleDel: string | null
  readonly comunicazioneId: string | null
  readonly comunicazioneInternoId: string | null
  readonly comunicataIl: Date | null
}

const PROCEDURA = `p.id, p.aoo_id as "aooId", p.anno, p.numero, to_char(p.scaduti_al, 'YYYY-MM-DD') as "scadutiAl", p.note, p.composizione, p.esaminati, p.da_esaminare as "daEsaminare",
  p.creata_il as "creataIl", p.proposta_da as "propostaDa", p.proposta_da_nome as "propostaDaNome", p.verificata_il as "verificataIl", p.verificata_da_nome as "verificataDaNome",
  p.provvedimento, to_char(p.provvedimento_del, 'YYYY-MM-DD') as "provvedimentoDel", p.motivazione, p.richiesta_id as "richiestaId", p.richiesta_interno_id as "richiestaInternoId",
  p.richiesta_il as "richiestaIl", p.ordinata_da as "ordinataDa", p.ordinata_da_nome as "ordinataDaNome", p.ordinata_il as "ordinataIl", p.verbale,
  to_char(p.verbale_del, 'YYYY-MM-DD') as "verbaleDel", p.comunicazione_id as "comunicazioneId", p.comunicazione_interno_id as "comunicazioneInternoId", p.comunicata_il as "comunicataIl"`

/** The disposals of the ente, newest first. */
export async function findProcedure(scope: Scope): Promise<ProceduraRow[]> {
  return await query<ProceduraRow>(
    scope,
    `select ${PROCEDURA} from procedura_scarto p where p.ente_id = $1 order by p.anno desc, p.numero desc limit 200`,
    [scope.ente.id],
  )
}

/** A disposal by id; inside a transaction it can be locked against every other step of it. */
export async function findProcedura(scope: Scope, id: string, lock = false): Promise<ProceduraRow | null> {
  return await queryOne<ProceduraRow>(
    scope,
    `select ${PROCEDURA} from procedura_scarto p where p.ente_id = $1 and p.id = $2${lock ? ' for update' : ''}`,
    [scope.ente.id, id],
  )
}

/** How many items of each state some disposals have, and how much they are; what is excluded or refused is counted in its state but not in the quantity. */
export interface ContoRow {
  readonly proceduraId: string
  readonly stato: StatoVoce
  readonly voci: number
  readonly riservate: number
  readonly versate: number
  readonly fascicoli: number
  readonly documenti: number
  readonly file: number
  readonly byte: number
  readonly cartacei: number
}

export async function countVoci(scope: Scope, proceduraIds: readonly string[]): Promise<ContoRow[]> {
  return await query<ContoRow>(
    scope,
    `select procedura_id as "proceduraId", stato, count(*)::int as voci, (count(*) filter (where riservata))::int as riservate, (count(*) filter (where versata))::int as versate,
            sum(fascicoli)::int as fascicoli, sum(documenti)::int as documenti, sum(file)::int as file, sum(byte)::float8 as byte, sum(cartacei)::int as cartacei
       from voce_scarto where ente_id = $1 and procedura_id = any($2::uuid[]) group by procedura_id, stato`,
    [scope.ente.id, proceduraIds],
  )
}

/** An item with its fascicolo. */
export interface VoceRow {
  readonly id: string
  readonly proceduraId: string
  readonly fascicoloId: string
  readonly codice: string
  readonly slug: string
  readonly oggetto: string
  readonly codiceVoce: string
  readonly denominazioneVoce: string
  readonly tipo: string
  readonly chiusoIl: string | null
  readonly stato: StatoVoce
  readonly statoDal: Date
  readonly motivo: string | null
  readonly sospesaDa: StatoVoce | null
  readonly nonPrimaDel: string | null
  readonly regola: string
  readonly anni: number
  readonly decorrenza: string
  readonly scadenza: string
  readonly estremoDal: string
  readonly estremoAl: string
  readonly fascicoli: number
  readonly documenti: number
  readonly file: number
  readonly byte: number
  readonly cartacei: number
  readonly trattenuti: number
  readonly tipologie: string[]
  readonly riservata: boolean
  readonly versata: boolean
  readonly vincolata: boolean
  readonly autorizzazioneId: string | null
  readonly autorizzazioneInternoId: string | null
  readonly distruttaIl: Date | null
}

const DAY = (column: string): string => `to_char(${column}, 'YYYY-MM-DD')`
const VOCE = `v.id, v.procedura_id as "proceduraId", v.fascicolo_id as "fascicoloId", f.codice, f.slug, f.oggetto, t.codice as "codiceVoce", t.denominazione as "denominazioneVoce", f.tipo,
  ${DAY('f.chiuso_il')} as "chiusoIl", v.stato, v.stato_dal as "statoDal", v.motivo, v.sospesa_da as "sospesaDa", ${DAY('v.non_prima_del')} as "nonPrimaDel", v.regola, v.anni,
  ${DAY('v.decorrenza')} as decorrenza, ${DAY('v.scadenza')} as scadenza, ${DAY('v.estremo_dal')} as "estremoDal", ${DAY('v.estremo_al')} as "estremoAl", v.fascicoli, v.documenti, v.file,
  v.byte::float8 as byte, v.cartacei, v.trattenuti, v.tipologie, v.riservata, v.versata, app.scarto_vincolato(v.ente_id, v.fascicolo_id) as vincolata,
  v.autorizzazione_id as "autorizzazioneId", v.autorizzazione_interno_id as "autorizzazioneInternoId", v.distrutta_il as "distruttaIl"`
const FROM_VOCE = `from voce_scarto v join fascicolo f on f.ente_id = v.ente_id and f.id = v.fascicolo_id join voce_titolario t on t.ente_id = f.ente_id and t.id = f.voce_id`

/** A page of the items of a disposal, in the order of the plan and of the years. */
export async function findVoci(scope: Scope, proceduraId: string, filtri: FiltriVoci): Promise<{ rows: VoceRow[]; totale: number }> {
  const where = 'v.ente_id = $1 and v.procedura_id = $2 and ($3::text is null or v.stato = $3)'
  const binds = [scope.ente.id, proceduraId, filtri.stato ?? null]
  const totale = await queryOne<{ n: number }>(scope, `select count(*)::int as n from voce_scarto v where ${where}`, binds)
  const rows = await query<VoceRow>(
    scope,
    `select ${VOCE} ${FROM_VOCE} where ${where} order by t.codice, f.anno, f.progressivo, v.id limit ${filtri.perPagina} offset ${(filtri.pagina - 1) * filtri.perPagina}`,
    binds,
  )
  return { rows, totale: totale?.n ?? 0 }
}

/** The items of a disposal in some states, locked inside a transaction when `lock`. */
export async function findVociIn(scope: Scope, proceduraId: string, stati: readonly StatoVoce[], lock = false): Promise<VoceRow[]> {
  return await query<VoceRow>(
    scope,
    `select ${VOCE} ${FROM_VOCE} where v.ente_id = $1 and v.procedura_id = $2 and v.stato = any($3::text[]) order by t.codice, f.anno, f.progressivo, v.id${lock ? ' for update of v' : ''}`,
    [scope.ente.id, proceduraId, stati],
  )
}

/** One item, locked when `lock`. */
export async function findVoce(scope: Scope, id: string, lock = false): Promise<VoceRow | null> {
  return await queryOne<VoceRow>(scope, `select ${VOCE} ${FROM_VOCE} where v.ente_id = $1 and v.id = $2${lock ? ' for update of v' : ''}`, [
    scope.ente.id,
    id,
  ])
}

/** Steps of some items, oldest first. */
export async function findPassi(
  scope: Scope,
  voceIds: readonly string[],
): Promise<{ voceId: string; da: string | null; a: string; motivo: string | null; istante: Date; autore: string }[]> {
  return await query(
    scope,
    `select voce_id as "voceId", da, a, motivo, istante, autore_nome as autore from passo_scarto where ente_id = $1 and voce_id = any($2::uuid[]) order by istante, id`,
    [scope.ente.id, voceIds],
  )
}

/** An answer of an authority. */
export interface AutorizzazioneRow {
  readonly id: string
  readonly autorita: Autorita
  readonly esito: EsitoAutorizzazione
  readonly protocollo: string
  readonly del: string
  readonly registrazioneId: string
  readonly note: string
  readonly registrataIl: Date
  readonly registrataDaNome: string
}

export async function findAutorizzazioni(scope: Scope, proceduraId: string): Promise<AutorizzazioneRow[]> {
  return await query<AutorizzazioneRow>(
    scope,
    `select id, autorita, esito, protocollo, ${DAY('del')} as del, registrazione_id as "registrazioneId", note, registrata_il as "registrataIl", registrata_da_nome as "registrataDaNome"
       from autorizzazione_scarto where ente_id = $1 and procedura_id = $2 order by registrata_il`,
    [scope.ente.id, proceduraId],
  )
}

/** Labels of some registrations, `2026/0000123`. */
export async function findEtichette(scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await query<{ id: string; anno: number; numero: number }>(
    scope,
    'select id, anno, numero from registrazione where ente_id = $1 and id = any($2::uuid[])',
    [scope.ente.id, ids],
  )
  return new Map(rows.map((r) => [r.id, `${r.anno}/${String(r.numero).padStart(7, '0')}`]))
}

/** What changes on items beside their state. */
export interface Mossa {
  readonly motivo?: string | null
  readonly sospesaDa?: StatoVoce
  readonly autorizzazioneId?: string
  readonly nonPrimaDel?: string
  readonly distrutta?: boolean
}

/** Moves items that the caller holds locked to a state and writes their step; the database refuses what is not in its table of states. */
export async function moveVoci(
  tx: TxScope,
  voci: readonly { readonly id: string; readonly stato: StatoVoce }[],
  a: StatoVoce,
  mossa: Mossa = {},
): Promise<void> {
  if (voci.length === 0) return
  const ids = voci.map((v) => v.id)
  await query(
    tx,
    `update voce_scarto set stato = $3, stato_dal = app.istante(), motivo = $4, sospesa_da = $5, autorizzazione_id = coalesce(autorizzazione_id, $6::uuid),
            non_prima_del = coalesce($7::date, non_prima_del), distrutta_il = case when $8 then app.istante() else distrutta_il end
      where ente_id = $1 and id = any($2::uuid[])`,
    [
      tx.ente.id,
      ids,
      a,
      mossa.motivo ?? null,
      mossa.sospesaDa ?? null,
      mossa.autorizzazioneId ?? null,
      mossa.nonPrimaDel ?? null,
      mossa.distrutta ?? false,
    ],
  )
  const clock = await readClock(tx)
  const passi = voci.map((v) => ({
    id: newId(),
    voce_id: v.id,
    da: v.stato,
    a,
    motivo: mossa.motivo ?? null,
    istante: clock.istante,
    autore_nome: tx.attore.nome,
  }))
  for (let from = 0; from < passi.length; from += 1000) await insertRows(tx, 'passo_scarto', passi.slice(from, from + 1000))
}

/** Marks the items that hold a document made riservato since the proposal: the Ministry of the Interior is asked for them too. */
export async function refreshRiservate(tx: TxScope, proceduraId: string): Promise<void> {
  await query(
    tx,
    `update voce_scarto v set riservata = true where v.ente_id = $1 and v.procedura_id = $2 and not v.riservata and exists (
       select 1 from documento_voce_scarto d join registrazione r on r.ente_id = d.ente_id and r.documento_id = d.documento_id
        where d.ente_id = v.ente_id and d.voce_id = v.id and ${riservataCondition()})`,
    [tx.ente.id, proceduraId],
  )
}

/** Writes on items which answer of which authority covers them. */
export async function coverVoci(tx: TxScope, ids: readonly string[], autorita: Autorita, autorizzazioneId: string): Promise<void> {
  const column = autorita === 'soprintendenza' ? 'autorizzazione_id' : 'autorizzazione_interno_id'
  await query(tx, `update voce_scarto set ${column} = $3 where ente_id = $1 and id = any($2::uuid[])`, [tx.ente.id, ids, autorizzazioneId])
}

/** A stopped item that has been authorised meanwhile: it will go on from there. */
export async function advanceSospese(tx: TxScope, ids: readonly string[]): Promise<void> {
  await query(
    tx,
    `update voce_scarto set sospesa_da = 'AUTORIZZATO' where ente_id = $1 and id = any($2::uuid[]) and stato = 'SOSPESO_PER_VINCOLO' and sospesa_da = 'RICHIESTO'`,
    [tx.ente.id, ids],
  )
}

/** The legal clock: instant and Rome day. */
export async function readClock(scope: Scope): Promise<{ istante: string; oggi: string; anno: number }> {
  const row = await queryOne<{ istante: Date; oggi: string }>(
    scope,
    `select k.t as istante, to_char(k.t at time zone 'Europe/Rome', 'YYYY-MM-DD') as oggi from (select app.istante() as t) k`,
  )
  const oggi = row?.oggi ?? ''
  return { istante: (row?.istante ?? new Date(0)).toISOString(), oggi, anno: Number(oggi.slice(0, 4)) }
}
