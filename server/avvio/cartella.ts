import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Unavailable } from '../kernel/errors.ts'

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'non hai il permesso di scriverci',
  EPERM: 'non hai il permesso di scriverci',
  EROFS: 'il disco è in sola lettura',
  ENOSPC: 'il disco è pieno',
  EDQUOT: 'lo spazio concesso è finito',
  ENOTDIR: 'un elemento del percorso non è una cartella',
  EEXIST: 'esiste già e non è una cartella',
  ENOENT: 'il percorso non si può creare',
}

/** Makes the data folder and proves that it can be written, before anything is started. Throws Unavailable that names the folder, the reason and the setting. */
export async function ensureCartellaDati(cartella: string): Promise<void> {
  const probe = join(cartella, `.prova-scrittura-${process.pid}`)
  try {
    await mkdir(cartella, { recursive: true })
    await writeFile(probe, '')
    await rm(probe)
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    throw new Unavailable(
      'cartella-non-scrivibile',
      `La cartella dei dati ${cartella} non si può usare: ${REASONS[code] ?? message}. Correggi, oppure scegline un’altra con FALDONE_DATA_DIR.`,
    )
  }
}
