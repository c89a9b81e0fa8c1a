import { createHash } from 'node:crypto'
import PizZip from 'pizzip'
import { joinCsv } from '../../titolario/csv.ts'

/** A ZIP of some files. */
export function buildZip(files: Readonly<Record<string, string>>): Buffer {
  const zip = new PizZip()
  for (const [nome, testo] of Object.entries(files)) zip.file(nome, testo)
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' })
}

export const sha256 = (testo: string): string => createHash('sha256').update(testo).digest('hex')

/** A table of a past register: header and rows. */
export function buildCsv(colonne: readonly string[], righe: readonly (readonly string[])[]): Buffer {
  return Buffer.from(joinCsv([colonne, ...righe]))
}
