import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Formato } from './schema.ts'

/** A content row. */
export interface ContenutoRow {
  id: string
  sha256: string
  dimensione: number
  mime: string
  nome: string
  formato: Formato
  caricatoDa: string
}

const CONTENUTO = `c.id, c.sha256, c.dimensione::float8 as dimensione, c.mime, c.nome, c.formato, c.caricato_da as "caricatoDa"`

/** Contents of this ente by id; absent ones are simply not in the answer. */
export async function findContenuti(scope: Scope, ids: readonly string[]): Promise<Map<string, ContenutoRow>> {
  if (ids.length === 0) return new Map()
  const rows = await query<ContenutoRow>(scope, `select ${CONTENUTO} from contenuto c where c.ente_id = $1 and c.id = any($2::uuid[])`, [
    scope.ente.id,
    ids,
  ])
  return new Map(rows.map((r) => [r.id, r]))
}

/** A file of a document with its content. */
export interface FileRow {
  id: string
  documentoId: string
  contenutoId: string
  ruolo: 'principale' | 'allegato' | 'annesso'
  posizione: number
  nome: string
  descrizione: string
  sha256: string
  dimensione: number
  mime: string
  formato: Formato
}

const FILE = `df.id, df.documento_id as "documentoId", df.contenuto_id as "contenutoId", df.ruolo, df.posizione, df.nome, df.descrizione,
  c.sha256, c.dimensione::float8 as dimensione, c.mime, c.formato`

/** Files of some documents, main first, then attachments in their order. */
export async function findFiles(scope: Scope, documentoIds: readonly string[]): Promise<FileRow[]> {
  if (documentoIds.length === 0) return []
  return await query<FileRow>(
    scope,
    `select ${FILE} from documento_file df join contenuto c on c.ente_id = df.ente_id and c.id = df.contenuto_id
      where df.ente_id = $1 and df.documento_id = any($2::uuid[])
      order by df.documento_id, case df.ruolo when 'principale' then 0 when 'allegato' then 1 else 2 end, df.posizione`,
    [scope.ente.id, documentoIds],
  )
}

/** When and by which authorisation a document was destroyed, or the bytes of a digest were (REQ-FASC-053); null for what is kept. */
export async function findScartato(
  scope: Scope,
  cosa: { readonly documentoId?: string | null; readonly sha256?: string | null },
): Promise<{ scartatoIl: Date; riferimento: string } | null> {
  return await queryOne<{ scartatoIl: Date; riferimento: string }>(
    scope,
    'select s.scartato_il as "scartatoIl", s.riferimento from app.scarto_di($1::uuid, $2) s',
    [cosa.documentoId ?? null, cosa.sha256 ?? null],
  )
}
