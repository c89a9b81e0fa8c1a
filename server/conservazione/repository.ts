import { json, query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import type { Anomalia, StatoVersamento } from './rules.ts'
import type { Annesso } from './snapshot.ts'

/** A versamento with what its screens and jobs need. */
export interface VersamentoRow {
  id: string
  /** Of a fascicolo, or null when it is a daily register's. */
  fascicoloId: string | null
  fascicoloVersione: number | null
  fascicoloCodice: string | null
  fascicoloSlug: string | null
  fascicoloOggetto: string | null
  fascicoloRiservato: boolean
  registroGiornalieroId: string | null
  registroIdentificativo: string | null
  registroOggetto: string | null
  registroGiorno: string | null
  tentativo: number
  idPdv: string
  stato: StatoVersamento
  congelato: boolean
  improntaIndice: string | null
  improntaPacchetto: string | null
  dimensione: number | null
  presaInCarico: string | null
  trasmessoIl: Date | null
  rapportoId: string | null
  esito: string | null
  rapportoRicevutoIl: Date | null
  rapportoSha256: string | null
  rapportoMime: string | null
  rapportoDimensione: number | null
  anomalie: Anomalia[] | null
  creatoIl: Date
  produttoreNome: string
}

const VERSAMENTO = `v.id, v.fascicolo_id as "fascicoloId", v.fascicolo_versione as "fascicoloVersione", f.codice as "fascicoloCodice", f.slug as "fascicoloSlug",
  f.oggetto as "fascicoloOggetto", v.registro_giornaliero_id as "registroGiornalieroId", rg.identificativo as "registroIdentificativo", rg.oggetto as "registroOggetto",
  to_char(rg.giorno, 'YYYY-MM-DD') as "registroGiorno", v.tentativo, exists (select 1 from fascicolo_documento fd join registrazione g on g.ente_id = fd.ente_id and g.documento_id = fd.documento_id
    where fd.ente_id = f.ente_id and fd.fascicolo_id = f.id and fd.tolto_il is null and app.riservata(g.ente_id, g.id)) as "fascicoloRiservato", v.id_pdv as "idPdv", v.stato, v.istantanea <> '' as congelato, v.impronta_indice as "improntaIndice",
  v.impronta_pacchetto as "improntaPacchetto", v.dimensione::float8 as dimensione, v.presa_in_carico as "presaInCarico", v.trasmesso_il as "trasmessoIl",
  v.rapporto_id as "rapportoId", v.esito, v.rapporto_ricevuto_il as "rapportoRicevutoIl", r.sha256 as "rapportoSha256", r.mime as "rapportoMime",
  r.dimensione::float8 as "rapportoDimensione", v.anomalie, v.creato_il as "creatoIl", v.produttore_nome as "produttoreNome"`
const FROM = `from versamento v left join fascicolo f on f.ente_id = v.ente_id and f.id = v.fascicolo_id
  left join registro_giornaliero rg on rg.ente_id = v.ente_id and rg.id = v.registro_giornaliero_id
  left join contenuto r on r.ente_id = v.ente_id and r.id = v.rapporto_contenuto_id`

export async function findVersamento(scope: Scope, id: string): Promise<VersamentoRow | null> {
  return await queryOne<VersamentoRow>(scope, `select ${VERSAMENTO} ${FROM} where v.ente_id = $1 and v.id = $2`, [scope.ente.id, id])
}

/**
 * The last package of an earlier version of a fascicolo that was handed to the conservatore: a reopened fascicolo is closed again with a package that names it,
 * never changed in silence (REQ-FASC-042).
 */
export async function findPrecedente(
  scope: Scope,
  fascicoloId: string,
  versione: number,
): Promise<{ idPdv: string; improntaIndice: string } | null> {
  return await queryOne(
    scope,
    `select id_pdv as "idPdv", impronta_indice as "improntaIndice" from versamento
      where ente_id = $1 and fascicolo_id = $2 and fascicolo_versione < $3 and stato in ('TRASMESSO', 'CONSERVATO') and impronta_indice is not null
      order by fascicolo_versione desc limit 1`,
    [scope.ente.id, fascicoloId, versione],
  )
}

/** The row, locked until the commit: two runs of the same job wait for each other here. */
export async function lockVersamento(tx: TxScope, id: string): Promise<VersamentoRow | null> {
  return await queryOne<VersamentoRow>(tx, `select ${VERSAMENTO} ${FROM} where v.ente_id = $1 and v.id = $2 for update of v`, [
    tx.ente.id,
    id,
  ])
}

/** The versamento of one version of a fascicolo, locked. */
export async function lockVersamentoOf(tx: TxScope, fascicoloId: string, versione: number): Promise<VersamentoRow | null> {
  return await queryOne<VersamentoRow>(
    tx,
    `select ${VERSAMENTO} ${FROM} where v.ente_id = $1 and v.fascicolo_id = $2 and v.fascicolo_versione = $3 for update of v`,
    [tx.ente.id, fascicoloId, versione],
  )
}

/** The last attempt to transfer a daily register, locked. */
export async function lockUltimoTentativo(tx: TxScope, registroGiornalieroId: string): Promise<VersamentoRow | null> {
  return await queryOne<VersamentoRow>(
    tx,
    `select ${VERSAMENTO} ${FROM} where v.ente_id = $1 and v.registro_giornaliero_id = $2 order by v.tentativo desc limit 1 for update of v`,
    [tx.ente.id, registroGiornalieroId],
  )
}

/** The frozen text; empty while nothing is frozen yet. */
export async function findIstantanea(scope: Scope, id: string): Promise<string> {
  const row = await queryOne<{ istantanea: string }>(scope, 'select istantanea from versamento where ente_id = $1 and id = $2', [
    scope.ente.id,
    id,
  ])
  return row?.istantanea ?? ''
}

export interface FiltriVersamenti {
  readonly stato?: StatoVersamento | undefined
  readonly pagina: number
  readonly perPagina: number
}

/** Versamenti, newest first. */
export async function listVersamenti(scope: Scope, f: FiltriVersamenti): Promise<{ righe: VersamentoRow[]; totale: number }> {
  const params = [scope.ente.id, f.stato ?? null]
  const where = 'where v.ente_id = $1 and ($2::text is null or v.stato = $2)'
  const righe = await query<VersamentoRow>(
    scope,
    `select ${VERSAMENTO} ${FROM} ${where} order by v.creato_il desc, v.id desc limit $3 offset $4`,
    [...params, f.perPagina, (f.pagina - 1) * f.perPagina],
  )
  const count = await queryOne<{ totale: number }>(scope, `select count(*)::int as totale from versamento v ${where}`, params)
  return { righe, totale: count?.totale ?? 0 }
}

/** How many versamenti are preserved, on their way, refused or stopped. */
export async function countVersamenti(scope: Scope): Promise<{ conservati: number; inAttesa: number; rifiutati: number }> {
  const row = await queryOne<{ conservati: number; inAttesa: number; rifiutati: number }>(
    scope,
    `select count(*) filter (where stato = 'CONSERVATO')::int as conservati,
            count(*) filter (where stato in ('IN_PREPARAZIONE', 'PRONTO', 'TRASMESSO'))::int as "inAttesa",
            count(*) filter (where stato in ('RIFIUTATO', 'ERRORE'))::int as rifiutati
       from versamento where ente_id = $1`,
    [scope.ente.id],
  )
  return row ?? { conservati: 0, inAttesa: 0, rifiutati: 0 }
}

/** The fascicolo, locked: nobody reopens or changes it while it is being frozen. */
export async function lockFascicolo(tx: TxScope, id: string): Promise<{ stato: string; versione: number; aooId: string } | null> {
  return await queryOne(tx, 'select stato, versione, aoo_id as "aooId" from fascicolo where ente_id = $1 and id = $2 for update', [
    tx.ente.id,
    id,
  ])
}

/** The fascicolo is preserved: from here on it is the conservatore's copy that counts. */
export async function markInConservazione(tx: TxScope, fascicoloId: string): Promise<void> {
  await query(tx, `update fascicolo set stato = 'IN_CONSERVAZIONE' where ente_id = $1 and id = $2 and stato = 'CHIUSO'`, [
    tx.ente.id,
    fascicoloId,
  ])
}

/** Next number of the idPdV of an AOO in a year, under the lock of its counter row (REQ-CONS-030). */
export async function takeProgressivo(tx: TxScope, aooId: string, anno: number): Promise<number> {
  const row = await queryOne<{ ultimo: number }>(
    tx,
    `insert into contatore_versamento (ente_id, aoo_id, anno, ultimo) values ($1, $2, $3, 1)
     on conflict (ente_id, aoo_id, anno) do update set ultimo = contatore_versamento.ultimo + 1 returning ultimo`,
    [tx.ente.id, aooId, anno],
  )
  return row?.ultimo ?? 1
}

/** Columns of a versamento that its road fills one after the other. */
export interface Avanzamento {
  readonly stato?: StatoVersamento
  readonly istantanea?: string
  readonly produttore_nome?: string
  readonly produttore_codice_fiscale?: string
  readonly impronta_indice?: string
  readonly impronta_pacchetto?: string
  readonly dimensione?: number
  readonly indice_contenuto_id?: string
  readonly pacchetto_contenuto_id?: string
  readonly presa_in_carico?: string
  readonly trasmesso_il?: string
  readonly rapporto_contenuto_id?: string
  readonly rapporto_id?: string
  readonly esito?: string
  readonly rapporto_ricevuto_il?: string
  readonly anomalie?: readonly Anomalia[]
}

/** Writes the named columns. */
export async function updateVersamento(tx: TxScope, id: string, columns: Avanzamento): Promise<void> {
  const entries = Object.entries(columns).map(([name, value]): [string, unknown] => [name, name === 'anomalie' ? json(value) : value])
  const assignments = entries.map(([name], i) => `${name} = $${i + 3}`).join(', ')
  await query(tx, `update versamento set ${assignments} where ente_id = $1 and id = $2`, [
    tx.ente.id,
    id,
    ...entries.map(([, value]) => value),
  ])
}

/** Sealed segnature and messages as received of some documents: evidence that travels with them (REQ-CONS-038). */
export async function findAnnessi(scope: Scope, documentoIds: readonly string[]): Promise<Annesso[]> {
  if (documentoIds.length === 0) return []
  const CONTENUTO = 'c.id, c.nome, c.mime, c.sha256, c.dimensione::float8 as dimensione'
  return await query<Annesso>(
    scope,
    `select * from (
       select r.documento_id as "documentoId", 1 as ordine, ${CONTENUTO} from registrazione r
         join copia_segnata k on k.ente_id = r.ente_id and k.registrazione_id = r.id and k.tipo = 'segnatura'
         join contenuto c on c.ente_id = k.ente_id and c.id = k.contenuto_id
        where r.ente_id = $1 and r.documento_id = any($2::uuid[])
       union all
       select r.documento_id, 2, ${CONTENUTO} from registrazione r
         join messaggio m on m.ente_id = r.ente_id and m.registrazione_id = r.id
         join contenuto c on c.ente_id = m.ente_id and c.id = m.contenuto_id
        where r.ente_id = $1 and r.documento_id = any($2::uuid[])
     ) a order by "documentoId", ordine, id`,
    [scope.ente.id, documentoIds],
  )
}

/** Digest and size of the index and the package of a versamento. */
export async function findPacchetto(
  scope: Scope,
  id: string,
): Promise<{ indice: ContenutoVersamento; pacchetto: ContenutoVersamento } | null> {
  const rows = await query<ContenutoVersamento & { parte: 'indice' | 'pacchetto' }>(
    scope,
    `select case when c.id = v.indice_contenuto_id then 'indice' else 'pacchetto' end as parte, c.nome, c.mime, c.sha256, c.dimensione::float8 as dimensione
       from versamento v join contenuto c on c.ente_id = v.ente_id and c.id in (v.indice_contenuto_id, v.pacchetto_contenuto_id)
      where v.ente_id = $1 and v.id = $2`,
    [scope.ente.id, id],
  )
  const indice = rows.find((r) => r.parte === 'indice')
  const pacchetto = rows.find((r) => r.parte === 'pacchetto')
  return indice === undefined || pacchetto === undefined ? null : { indice, pacchetto }
}

export interface ContenutoVersamento {
  readonly nome: string
  readonly mime: string
  readonly sha256: string
  readonly dimensione: number
}
