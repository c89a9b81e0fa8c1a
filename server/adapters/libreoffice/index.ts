import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Convertitore } from '../../ports/conversione.ts'

const run = promisify(execFile)
const VERSION_MS = 20_000
const CONVERSION_MS = 120_000

/** Where no office program is installed. */
export const convertitoreAssente: Convertitore = {
  programma: null,
  toPdf: async () => await Promise.reject(new Error('no office program is installed')),
}

/** Looks for LibreOffice once, at start-up; without it the answer says so and nothing else changes (decision 12). */
export async function findConvertitore(comando = 'soffice'): Promise<Convertitore> {
  try {
    const { stdout } = await run(comando, ['--version'], { timeout: VERSION_MS })
    return createConvertitore(comando, stdout.trim().split('\n')[0] ?? comando)
  } catch {
    return convertitoreAssente
  }
}

/** Each conversion has a profile and a folder of its own: two at a time do not meet, and nothing is left behind. */
function createConvertitore(comando: string, programma: string): Convertitore {
  return {
    programma,
    toPdf: async (bytes, formato) => {
      const folder = await mkdtemp(join(tmpdir(), 'faldone-conversione-'))
      try {
        const source = join(folder, `documento.${formato.toLowerCase()}`)
        await writeFile(source, bytes)
        const profile = pathToFileURL(join(folder, 'profilo')).href
        await run(
          comando,
          [`-env:UserInstallation=${profile}`, '--headless', '--norestore', '--convert-to', 'pdf', '--outdir', folder, source],
          { timeout: CONVERSION_MS },
        )
        return await readFile(join(folder, 'documento.pdf'))
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}
