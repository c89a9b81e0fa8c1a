import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { it } from '@jest/globals'

const folder = process.env['FALDONE_MATERIALI']

/**
 * Path of an outside test material (official XSD, real PEC message). These files carry their own licences and are not part of the project.
 * Call only inside a test declared with `itWithMateriali`. Throws when the folder is configured and the file is missing.
 */
export function materiale(...path: string[]): string {
  if (folder === undefined) throw new Error('materiale() outside itWithMateriali')
  const full = resolve(join(folder, ...path))
  if (!existsSync(full)) throw new Error(`FALDONE_MATERIALI is set but ${path.join('/')} is not there`)
  return full
}

/** A test that needs the outside materials: reported as skipped where FALDONE_MATERIALI is not set, a failure where it is set and a file is missing. */
export const itWithMateriali: typeof it = folder === undefined ? (it.skip as typeof it) : it
