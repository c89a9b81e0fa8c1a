import { query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import type { Campo, FiltriRighe, Numerazione } from './schema.ts'

export interface RepertorioRow {
  id: string
  aooId: string
  aooCodice: string
  codice: string
  denominazione: string
  tipologia: string
  ufficioId: string | null
  ufficio: string | null
  numerazione: Numerazione
  mandato: string | null
  campi: Campo[]
  visibilita: 'ufficio' | 'ente'
  conservazioneAnni: number | null
  albo: boolean
  giorniAlbo: number
  attivo: boolean
  serie: string
  ultimo: number
}

const REPERTORIO = `p.id, p.aoo_id as "aooId", o.codice as "aooCodice", p.codice, p.denominazione, p.tipologia, p.ufficio_id as "ufficioId", u.denominazione as ufficio, p.numerazione,
  p.mandato, p.campi, p.visibilita, p.conservazione_anni as "conservazioneAnni", p.albo, p.giorni_albo as "giorniAlbo", p.attivo, k.serie, k.ultimo`
const REPERTORIO_FROM = `from repertorio p join aoo o on o.ente_id = p.ente_id and o.id = p.aoo_id join contatore_repertorio k on k.ente_id = p.ente_id and k.repertorio_id = p.id
  left join ufficio u on u.ente_id = p.ente_id and u.id = p.ufficio_id`

/** Every repertory of the body, by name. */
export async function findRepertori(scope: Scope): Promise<RepertorioRow[]> {
  return await query<RepertorioRow>(scope, `select ${REPERTORIO} ${REPERTORIO_FROM} where p.ente_id = $1 order by p.denominazione`, [
    scope.ente.id,
  ])
}

/** A repertory by id or by code in the default AOO. */
export async function findRepertorio(scope: Scope, key: { id: string } | { codice: string }): Promise<RepertorioRow | null> {
  const [condition, value] = 'id' in key ? ['p.id = $2', key.id] : ['p.codice = $2 and o.predefinita', key.codice]
  return await queryOne<RepertorioRow>(scope, `select ${REPERTORIO} ${REPERTORIO_FROM} where p.ente_id = $1 and ${condition}`, [
    scope.ente.id,
    value,
  ])
}

/** The default AOO of the body. */
export async function findAooPredefinita(scope: Scope): Promise<string | null> {
  const row = await queryOne<{ id: string }>(scope, 'select id from aoo where ente_id = $1 and predefinita', [scope.ente.id])
  return row?.id ?? null
}

/** What the counter gave: series, number and instant belong together. */
export interface NumeroRepertorio {
  serie: string
  anno: number
  numero: number
  istante: string
  giorno: string
}

/** Locks the counter of a repertory: its facts are chained under this lock. */
export async function lockRepertorio(tx: TxScope, repertorioId: string): Promise<void> {
  await query(tx, 'select 1 from contatore_repertorio where ente_id = $1 and repertorio_id = $2 for update', [tx.ente.id, repertorioId])
}

/** Takes the next number under the counter's row lock, held until the transaction ends: a rollback gives it back (REQ-PROT-112). Call it last. */
export async function takeNumeroRepertorio(tx: TxScope, repertorioId: string): Promise<NumeroRepertorio> {
  const row = await queryOne<NumeroRepertorio>(
    tx,
    `select serie, anno, numero, to_char(istante at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as istante, to_char(giorno, 'YYYY-MM-DD') as giorno
       from app.prendi_numero_repertorio($1)`,
    [repertorioId],
  )
  return row as NumeroRepertorio
}

export interface RigaRow {
  id: string
  repertorioId: string
  codice: string
  denominazione: string
  ufficioId: string | null
  visibilita: 'ufficio' | 'ente'
  campi: Campo[]
  albo: boolean
  giorniAlbo: number
  serie: string
  anno: number
  numero: number
  istante: Date
  giorno: string
  riferimento: string
  oggetto: string
  formatore: string
  dati: Record<string, string>
  documentoId: string
  impronta: string
  riservato: boolean
  operatoreId: string
  operatoreNome: string
  note: string
  voceId: string
  annullataIl: Date | null
  annullataDa: string | null
  provvedimentoNumero: string | null
  provvedimentoData: string | null
}

const RIGA = `r.id, r.repertorio_id as "repertorioId", p.codice, p.denominazione, p.ufficio_id as "ufficioId", p.visibilita, p.campi, p.albo, p.giorni_albo as "giorniAlbo", r.serie, r.anno,
  r.numero, r.istante, to_char(r.giorno, 'YYYY-MM-DD') as giorno, r.riferimento, r.oggetto, r.formatore, r.dati, r.documento_id as "documentoId", r.impronta, r.riservato,
  r.operatore_id as "operatoreId", r.operatore_nome as "operatoreNome", r.note, d.voce_id as "voceId", n.deciso_il as "annullataIl", n.deciso_da_nome as "annullataDa",
  n.provvedimento_numero as "provvedimentoNumero", to_char(n.provvedimento_data, 'YYYY-MM-DD') as "provvedimentoData"`
const RIGA_FROM = `from registrazione_repertorio r join repertorio p on p.ente_id = r.ente_id and p.id = r.repertorio_id join documento d on d.ente_id = r.ente_id and d.id = r.documento_id
  left join annullamento_repertorio n on n.ente_id = r.ente_id and n.riga_id = r.id and n.esito = 'autorizzato'`

/** A row by id. */
export async function findRiga(scope: Scope, id: string): Promise<RigaRow | null> {
  return await queryOne<RigaRow>(scope, `select ${RIGA} ${RIGA_FROM} where r.ente_id = $1 and r.id = $2`, [scope.ente.id, id])
}

/** The row a document is in, or null. */
export async function findRigaByDocumento(scope: Scope, documentoId: string): Promise<RigaRow | null> {
  return await queryOne<RigaRow>(scope, `select ${RIGA} ${RIGA_FROM} where r.ente_id = $1 and r.documento_id = $2`, [
    scope.ente.id,
    documentoId,
  ])
}

/** Rows of a period in number order, for the static extraction. */
export async function findRighePeriodo(scope: Scope, repertorioId: string, dal: string, al: string): Promise<RigaRow[]> {
  return await query<RigaRow>(
    scope,
    `select ${RIGA} ${RIGA_FROM} where r.ente_id = $1 and r.repertorio_id = $2 and r.giorno between $3::date and $4::date order by r.istante, r.numero`,
    [scope.ente.id, repertorioId, dal, al],
  )
}

/**
 * Rows of a repertory, newest first. Without `tutto` a riservato is found by its number only, whatever the words say. Answers also how many there are.
 */
export async function findRighe(
  scope: Scope,
  repertorioId: string,
  f: FiltriRighe,
  readable: { tutto: boolean; riservati: boolean },
): Promise<{ righe: RigaRow[]; totale: number }> {
  const binds: unknown[] = [scope.ente.id, repertorioId]
  const bind = (value: unknown): string => `$${binds.push(value)}`
  const where = ['r.ente_id = $1', 'r.repertorio_id = $2']
  if (f.serie !== undefined) where.push(`r.serie = ${bind(f.serie)}`)
  if (f.da !== undefined) where.push(`r.giorno >= ${bind(f.da)}::date`)
  if (f.a !== undefined) where.push(`r.giorno <= ${bind(f.a)}::date`)
  const numero = /^0*(\d{1,9})$/u.exec(f.q ?? '')
  if (numero !== null) where.push(`r.numero = ${bind(Number(numero[1]))}`)
  else if (f.q !== undefined && f.q !== '') {
    if (!readable.tutto) where.push(`r.operatore_id = ${bind(scope.attore.id)}`)
    else if (!readable.riservati) where.push(`(not r.riservato or r.operatore_id = ${bind(scope.attore.id)})`)
    for (const word of f.q.split(/\s+/u).slice(0, 8)) {
      const like = bind(`%${word.replaceAll(/[%_\\]/gu, String.raw`\$&`)}%`)
      where.push(`(r.oggetto ilike ${like} or r.formatore ilike ${like} or r.dati::text ilike ${like})`)
    }
  }
  const condition = where.join(' and ')
  const totale = await queryOne<{ n: number }>(scope, `select count(*)::int as n from registrazione_repertorio r where ${condition}`, binds)
  const righe = await query<RigaRow>(
    scope,
    `select ${RIGA} ${RIGA_FROM} where ${condition} order by r.istante desc, r.numero desc limit ${f.perPagina} offset ${(f.pagina - 1) * f.perPagina}`,
    binds,
  )
  return { righe, totale: totale?.n ?? 0 }
}

export interface AnnullamentoRow {
  id: string
  rigaId: string
  motivo: string
  richiestoDaNome: string
  richiestoIl: Date
  esito: 'autorizzato' | 'rifiutato' | null
  decisoDaNome: string | null
  decisoIl: Date | null
  provvedimentoNumero: string | null
  provvedimentoData: string | null
  nota: string | null
}

const ANNULLAMENTO = `id, riga_id as "rigaId", motivo, richiesto_da_nome as "richiestoDaNome", richiesto_il as "richiestoIl", esito, deciso_da_nome as "decisoDaNome", deciso_il as "decisoIl",
  provvedimento_numero as "provvedimentoNumero", to_char(provvedimento_data, 'YYYY-MM-DD') as "provvedimentoData", nota`

/** Requests of annulment of a row, oldest first. */
export async function findAnnullamenti(scope: Scope, rigaId: string): Promise<AnnullamentoRow[]> {
  return await query<AnnullamentoRow>(
    scope,
    `select ${ANNULLAMENTO} from annullamento_repertorio where ente_id = $1 and riga_id = $2 order by richiesto_il, id`,
    [scope.ente.id, rigaId],
  )
}

/** Requests still to be decided, oldest first. */
export async function findAnnullamentiAperti(scope: Scope): Promise<AnnullamentoRow[]> {
  return await query<AnnullamentoRow>(
    scope,
    `select ${ANNULLAMENTO} from annullamento_repertorio where ente_id = $1 and esito is null order by richiesto_il, id`,
    [scope.ente.id],
  )
}

/** An open request, locked. */
export async function lockAnnullamento(tx: TxScope, id: string): Promise<AnnullamentoRow | null> {
  return await queryOne<AnnullamentoRow>(
    tx,
    `select ${ANNULLAMENTO} from annullamento_repertorio where ente_id = $1 and id = $2 and esito is null for update`,
    [tx.ente.id, id],
  )
}

/** Covering letters of a row. */
export async function findTrasmissioni(scope: Scope, rigaId: string): Promise<{ registrazioneId: string; creataIl: Date }[]> {
  return await query(
    scope,
    `select registrazione_id as "registrazioneId", creata_il as "creataIl" from trasmissione_repertorio where ente_id = $1 and riga_id = $2 order by creata_il`,
    [scope.ente.id, rigaId],
  )
}

/** What happened to a row, newest first. */
export async function findStoria(
  scope: Scope,
  rigaId: string,
): Promise<{ istante: Date; attoreNome: string; azione: string; dati: string }[]> {
  return await query(
    scope,
    `select istante, attore_nome as "attoreNome", azione, dati from evento_audit where ente_id = $1 and oggetto_id = $2 order by istante desc, id desc limit 200`,
    [scope.ente.id, rigaId],
  )
}
