import { query, queryOne } from '../kernel/scope.ts'
import type { Attore, Scope, TxScope } from '../kernel/scope.ts'
import { visibilitaOf } from '../protocollo/index.ts'
import type { FiltriStorico, StatoImportazione } from './schema.ts'
import type { Rapporto } from './storico/riconcilia.ts'

export interface ImportazioneRow {
  id: string
  stato: StatoImportazione
  codice: string
  anno: number
  denominazione: string
  provenienza: string
  righeContenutoId: string
  tabella: string
  righeSha256: string
  archivioContenutoId: string | null
  archivio: string | null
  archivioSha256: string | null
  rapporto: Rapporto | null
  accettazione: string
  fatte: number
  errore: string | null
  attore: { id: string; nome: string }
  creataIl: Date
  conclusaIl: Date | null
  registroStoricoId: string | null
}

const IMPORTAZIONE = `select i.id, i.stato, i.codice, i.anno, i.denominazione, i.provenienza, i.righe_contenuto_id as "righeContenutoId", cr.nome as tabella, cr.sha256 as "righeSha256",
  i.archivio_contenuto_id as "archivioContenutoId", ca.nome as archivio, ca.sha256 as "archivioSha256", i.rapporto, i.accettazione, i.fatte, i.errore, i.attore, i.creata_il as "creataIl",
  i.conclusa_il as "conclusaIl", i.registro_storico_id as "registroStoricoId"
  from importazione i join contenuto cr on cr.ente_id = i.ente_id and cr.id = i.righe_contenuto_id left join contenuto ca on ca.ente_id = i.ente_id and ca.id = i.archivio_contenuto_id
  where i.ente_id = $1`

export async function findImportazione(scope: Scope, id: string): Promise<ImportazioneRow | null> {
  return await queryOne<ImportazioneRow>(scope, `${IMPORTAZIONE} and i.id = $2`, [scope.ente.id, id])
}

/** The same under its row lock. */
export async function lockImportazione(tx: TxScope, id: string): Promise<ImportazioneRow | null> {
  await query(tx, 'select 1 from importazione where ente_id = $1 and id = $2 for update', [tx.ente.id, id])
  return await findImportazione(tx, id)
}

export async function listImportazioni(scope: Scope): Promise<ImportazioneRow[]> {
  return await query<ImportazioneRow>(scope, `${IMPORTAZIONE} order by i.creata_il desc limit 100`, [scope.ente.id])
}

/** Writes the changed columns of an import. */
export async function updateImportazione(scope: Scope, id: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
  const params: unknown[] = [scope.ente.id, id]
  const sets = Object.entries(changes).map(([column, value]) => `${column} = $${params.push(value)}`)
  await query(scope, `update importazione set ${sets.join(', ')} where ente_id = $1 and id = $2`, params)
}

export interface RegistroStoricoRow {
  id: string
  codice: string
  anno: number
  denominazione: string
  provenienza: string
  righe: number
  primo: number
  ultimo: number
  importatoDa: string
  importatoIl: Date
}

const REGISTRO = `select id, codice, anno, denominazione, provenienza, righe, primo, ultimo, importato_da as "importatoDa", importato_il as "importatoIl"
  from registro_storico where ente_id = $1`

export async function listRegistriStorici(scope: Scope): Promise<RegistroStoricoRow[]> {
  return await query<RegistroStoricoRow>(scope, `${REGISTRO} order by anno desc, codice`, [scope.ente.id])
}

/** The past register of a code and a year, when it is already here. */
export async function findRegistroStorico(scope: Scope, codice: string, anno: number): Promise<RegistroStoricoRow | null> {
  return await queryOne<RegistroStoricoRow>(scope, `${REGISTRO} and codice = $2 and anno = $3`, [scope.ente.id, codice, anno])
}

/** A registration of the past with its register. */
export interface StoricaRow {
  id: string
  registro: string
  denominazioneRegistro: string
  provenienza: string
  anno: number
  numero: number
  giorno: string
  ora: string | null
  tipo: 'E' | 'U' | 'I'
  oggetto: string
  mittenti: string
  destinatari: string
  protocolloMittente: string | null
  classificazione: string
  fascicolo: string
  ufficio: string
  riservata: boolean
  annullata: boolean
  annullamento: string
  note: string
  leggibile: boolean
  file: number
}

type Bind = (value: unknown) => string

/**
 * SQL truths on alias s: the row is there for this person, and its words too. The same visibility as the live register, without assignments. `leggibile`
 * binds its values when it is called.
 */
function conditions(attore: Attore, bind: Bind): { vista: string; leggibile: () => string } {
  const v = visibilitaOf(attore)
  if (v.tutto) return { vista: 'true', leggibile: () => 'true' }
  const of = (uffici: readonly string[]): string => `coalesce(s.ufficio_id = any(${bind(uffici)}::uuid[]), false)`
  return {
    vista: v.ordinari ? 'true' : of(v.uffici),
    leggibile: () => `case when s.riservata then ${of(v.ufficiDiretti)} else ${v.ordinari ? 'true' : of(v.uffici)} end`,
  }
}

const storicaColumns = (
  leggibile: string,
): string => `s.id, g.codice as registro, g.denominazione as "denominazioneRegistro", g.provenienza, s.anno, s.numero,
  to_char(s.giorno, 'YYYY-MM-DD') as giorno, s.ora, s.tipo, s.oggetto, s.mittenti, s.destinatari, s.protocollo_mittente as "protocolloMittente", s.classificazione, s.fascicolo, s.ufficio,
  s.riservata, s.annullata, s.annullamento, s.note, ${leggibile} as leggibile,
  (select count(*)::int from file_storico f where f.ente_id = s.ente_id and f.registrazione_storica_id = s.id) as file`
const STORICA_FROM = 'from registrazione_storica s join registro_storico g on g.ente_id = s.ente_id and g.id = s.registro_storico_id'

/** One page of the past registers, from the last. Words are looked for only in what the person may read: a riservato answers to its number alone. */
export async function listStoriche(scope: Scope, f: FiltriStorico): Promise<{ rows: StoricaRow[]; totale: number }> {
  const params: unknown[] = [scope.ente.id]
  const bind: Bind = (value) => `$${params.push(value)}`
  const { vista, leggibile } = conditions(scope.attore, bind)
  const parts = ['s.ente_id = $1', vista]
  if (f.registro !== undefined) parts.push(`s.registro_storico_id = ${bind(f.registro)}`)
  if (f.anno !== undefined) parts.push(`s.anno = ${bind(f.anno)}`)
  if (f.tipo !== undefined) parts.push(`s.tipo = ${bind(f.tipo)}`)
  if (f.da !== undefined) parts.push(`s.giorno >= ${bind(f.da)}::date`)
  if (f.a !== undefined) parts.push(`s.giorno <= ${bind(f.a)}::date`)
  if (f.q !== undefined && f.q !== '') parts.push(wordsCondition(f.q, leggibile, bind))
  const where = parts.join(' and ')
  const total = await queryOne<{ totale: number }>(scope, `select count(*)::int as totale ${STORICA_FROM} where ${where}`, params)
  const page = `limit ${bind(f.perPagina)} offset ${bind((f.pagina - 1) * f.perPagina)}`
  const rows = await query<StoricaRow>(
    scope,
    `select ${storicaColumns(leggibile())} ${STORICA_FROM} where ${where} order by s.anno desc, s.numero desc, s.id ${page}`,
    params,
  )
  return { rows, totale: total?.totale ?? 0 }
}

function wordsCondition(q: string, leggibile: () => string, bind: Bind): string {
  const [, numero, anno] = /^0*(\d{1,9})(?:\/(\d{4}))?$/u.exec(q) ?? []
  if (numero !== undefined) return `(s.numero = ${bind(Number(numero))}${anno === undefined ? '' : ` and s.anno = ${bind(Number(anno))}`})`
  const words = q.split(/\s+/u).map((word) => `%${word.replaceAll(/[\\%_]/gu, (sign) => `\\${sign}`)}%`)
  const text = "concat_ws(' ', s.oggetto, s.mittenti, s.destinatari, s.protocollo_mittente, s.fascicolo)"
  return `(${leggibile()} and ${words.map((word) => `${text} ilike ${bind(word)}`).join(' and ')})`
}

/** A registration of the past this person may see, masked or whole; null otherwise. */
export async function findStorica(scope: Scope, id: string): Promise<StoricaRow | null> {
  const params: unknown[] = [scope.ente.id, id]
  const { vista, leggibile } = conditions(scope.attore, (value) => `$${params.push(value)}`)
  return await queryOne<StoricaRow>(
    scope,
    `select ${storicaColumns(leggibile())} ${STORICA_FROM} where s.ente_id = $1 and s.id = $2 and ${vista}`,
    params,
  )
}

export interface FileStoricoRow {
  id: string
  nome: string
  mime: string
  dimensione: number
  sha256: string
  improntaDichiarata: string | null
}

export async function findFileStorici(scope: Scope, registrazioneStoricaId: string): Promise<FileStoricoRow[]> {
  return await query<FileStoricoRow>(
    scope,
    `select f.id, f.nome, c.mime, c.dimensione::float8 as dimensione, c.sha256, f.impronta_dichiarata as "improntaDichiarata"
       from file_storico f join contenuto c on c.ente_id = f.ente_id and c.id = f.contenuto_id where f.ente_id = $1 and f.registrazione_storica_id = $2 order by f.posizione`,
    [scope.ente.id, registrazioneStoricaId],
  )
}

/** Codes of the offices of the default AOO with their ids, closed ones too: the past was theirs. */
export async function findCodiciUffici(scope: Scope): Promise<Map<string, string>> {
  const rows = await query<{ codice: string; id: string }>(scope, 'select codice, id from ufficio where ente_id = $1', [scope.ente.id])
  return new Map(rows.map((row) => [row.codice, row.id]))
}
