import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Config } from '../kernel/config.ts'
import { now } from '../kernel/time.ts'
import { findPerdite, formatEsito, readIntestazione } from '../registro/index.ts'
import { withEnti } from './ambiti.ts'

const USO =
  'Uso: faldone verifica-ripristino <giorno.json dell’ultimo registro giornaliero conservato> [--esito FILE --operatore CHI --copia-registri LUOGO --copia-emergenza LUOGO]'

const options = {
  esito: { type: 'string' },
  operatore: { type: 'string' },
  'copia-registri': { type: 'string' },
  'copia-emergenza': { type: 'string' },
} as const

/**
 * `faldone verifica-ripristino <giorno.json>`: compares a restored database with the header of the last daily register in preservation; 1 when committed
 * numbers were lost, naming them (REQ-PROT-152). With the product stopped. `--esito` writes the outcome to a file that the head of records management
 * records in the installation that is alive; 2 when who did it or where the two copies are kept is missing.
 */
export async function runVerificaRipristino(args: readonly string[], config: Config): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  const [file] = positionals
  const chi = { operatore: values.operatore, copiaRegistri: values['copia-registri'], copiaEmergenza: values['copia-emergenza'] }
  if (file === undefined || (values.esito !== undefined && Object.values(chi).some((v) => v === undefined || v.trim() === ''))) {
    console.error(USO)
    return 2
  }
  const testo = await readFile(file, 'utf8')
  const i = readIntestazione(testo)
  const lost: string[] = []
  const found = await withEnti(config, i.ente.codiceIpa, async (scope) => void lost.push(...(await findPerdite(scope, testo))))
  if (found === 0) lost.push(`L’ente ${i.ente.codiceIpa} non c’è in questa base dati.`)
  for (const sentence of lost) console.log(sentence)
  if (lost.length === 0) console.log(`Nulla manca rispetto al registro ${i.identificativo}.`)
  if (values.esito !== undefined)
    await writeFile(values.esito, formatEsito(testo, lost, { ...(chi as Record<keyof typeof chi, string>), eseguitaIl: now() }))
  return lost.length === 0 ? 0 : 1
}
