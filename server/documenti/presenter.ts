import type { FileRow } from './repository.ts'
import type { FileDto } from './schema.ts'

/** A file row as the screens see it. */
export function presentFile(row: FileRow): FileDto {
  return {
    id: row.id,
    nome: row.nome,
    mime: row.mime,
    dimensione: row.dimensione,
    sha256: row.sha256,
    firmato: row.formato.firmato,
    ...(row.descrizione === '' ? {} : { descrizione: row.descrizione }),
  }
}
