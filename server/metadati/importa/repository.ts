import { query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { formatEtichetta } from '../../protocollo/index.ts'
import type { Collegamento, FiltriImportati, ImportatiDto, RapportoIstanza, RigaImportataDto } from './schema.ts'

/** An imported metadata file with what names the record of ours it speaks of. */
export interface ImportatoRow {
  id: string
  profilo: 'DI' | 'DAI' | 'AGG'
  identificativo: string
  oggetto: string
  riferimento: string
  provenienza: string
  nomeFile: string
  sha256: string
  dimensione: number
  rapporto: RapportoIstanza
  accettazione: string
  documentoId: string | null
  documentoOggetto: string | null
  anno: number | null
  numero: number | null
  fascicoloId: string | null
  codice: string | null
  slug: string | null
  storicaId: string | null
  storicaCodice: string | null
  storicaAnno: number | null
  storicaNumero: number | null
  importatoDa: string
  importatoIl: Date
}

const ROW = `m.id, m.profilo, m.identificativo, m.oggetto, m.riferimento, m.provenienza, m.nome_file as "nomeFile", m.sha256, c.dimensione::float8 as dimensione, m.rapporto,
  m.accettazione, m.documento_id as "documentoId", d.oggetto as "documentoOggetto", r.anno, r.numero, m.fascicolo_id as "fascicoloId", f.codice, f.slug,
  m.registrazione_storica_id as "storicaId", g.codice as "storicaCodice", s.anno as "storicaAnno", s.numero as "storicaNumero",
  m.importato_da_nome as "importatoDa", m.importato_il as "importatoIl"`
const FROM = `from metadati_importati m join contenuto c on c.ente_id = m.ente_id and c.id = m.contenuto_id
  left join documento d on d.ente_id = m.ente_id and d.id = m.documento_id
  left join registrazione r on r.ente_id = d.ente_id and r.documento_id = d.id
  left join fascicolo f on f.ente_id = m.ente_id and f.id = m.fascicolo_id
  left join registrazione_storica s on s.ente_id = m.ente_id and s.id = m.registrazione_storica_id
  left join registro_storico g on g.ente_id = s.ente_id and g.id = s.registro_storico_id`

function linkOf(scope: Scope, row: ImportatoRow): Collegamento | null {
  const base = `/${scope.ente.slug}`
  const motivo = 'Collegato all’importazione.'
  if (row.fascicoloId !== null)
    return { tipo: 'fascicolo', id: row.fascicoloId, etichetta: row.codice ?? '', pagina: `${base}/fascicoli/${row.slug}`, motivo }
  if (row.storicaId !== null)
    return {
      tipo: 'registrazione-storica',
      id: row.storicaId,
      etichetta: `${row.storicaCodice} ${formatEtichetta(row.storicaNumero ?? 0, row.storicaAnno ?? 0)}`,
      pagina: `${base}/protocollo/registri-storici/${row.storicaId}`,
      motivo,
    }
  if (row.documentoId === null) return null
  const registrato = row.anno !== null && row.numero !== null
  return {
    tipo: 'documento',
    id: row.documentoId,
    etichetta: registrato ? formatEtichetta(row.numero ?? 0, row.anno ?? 0) : (row.documentoOggetto ?? ''),
    pagina: registrato ? `${base}/protocollo/${row.anno}/${row.numero}` : null,
    motivo,
  }
}

/** A row as lists show it. */
export function presentRiga(scope: Scope, row: ImportatoRow): RigaImportataDto {
  const { id, profilo, identificativo, oggetto, riferimento, provenienza, nomeFile, importatoDa } = row
  return {
    id,
    profilo,
    identificativo,
    oggetto,
    riferimento,
    provenienza,
    nomeFile,
    collegamento: linkOf(scope, row),
    importatoDa,
    importatoIl: row.importatoIl.toISOString(),
  }
}

/** A page of the imported files, the last first; `digests` narrows to some of them. */
export async function findImportati(scope: Scope, filtri: FiltriImportati, digests: readonly string[] | null): Promise<ImportatiDto> {
  const binds: unknown[] = [scope.ente.id]
  const bind = (value: unknown): string => `$${binds.push(value)}`
  const where = ['m.ente_id = $1']
  if (digests !== null) where.push(`m.sha256 = any(${bind(digests)}::text[])`)
  for (const word of (filtri.q ?? '')
    .split(/\s+/u)
    .filter((one) => one !== '')
    .slice(0, 8)) {
    const like = bind(`%${word.replaceAll(/[%_\\]/gu, String.raw`\$&`)}%`)
    where.push(`(m.oggetto ilike ${like} or m.identificativo ilike ${like} or m.riferimento ilike ${like} or m.provenienza ilike ${like})`)
  }
  const all = where.join(' and ')
  const totale = await queryOne<{ n: number }>(scope, `select count(*)::int as n from metadati_importati m where ${all}`, binds)
  const rows = await query<ImportatoRow>(
    scope,
    `select ${ROW} ${FROM} where ${all} order by m.importato_il desc, m.id desc limit ${filtri.perPagina} offset ${(filtri.pagina - 1) * filtri.perPagina}`,
    binds,
  )
  return { elementi: rows.map((row) => presentRiga(scope, row)), totale: totale?.n ?? 0 }
}

/** One imported file, or null. */
export async function findImportato(scope: Scope, id: string): Promise<ImportatoRow | null> {
  return await queryOne<ImportatoRow>(scope, `select ${ROW} ${FROM} where m.ente_id = $1 and m.id = $2`, [scope.ente.id, id])
}
