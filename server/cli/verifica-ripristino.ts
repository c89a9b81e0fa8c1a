import { readFile } from 'node:fs/promises'
import type { Config } from '../kernel/config.ts'
import { findPerdite, readIntestazione } from '../registro/index.ts'
import { withEnti } from './ambiti.ts'

/**
 * `faldone verifica-ripristino <giorno.json>`: compares a restored database with the header of the last daily register in preservation; 1 when committed
 * numbers were lost, naming them (REQ-PROT-152). With the product stopped.
 */
export async function runVerificaRipristino(args: readonly string[], config: Config): Promise<number> {
  const [file] = args
  if (file === undefined) {
    console.error('Uso: faldone verifica-ripristino <giorno.json dell’ultimo registro giornaliero conservato>')
    return 2
  }
  const testo = await readFile(file, 'utf8')
  const i = readIntestazione(testo)
  const lost: string[] = []
  const found = await withEnti(config, i.ente.codiceIpa, async (scope) => void lost.push(...(await findPerdite(scope, testo))))
  if (found === 0) lost.push(`L’ente ${i.ente.codiceIpa} non c’è in questa base dati.`)
  for (const sentence of lost) console.log(sentence)
  if (lost.length === 0) console.log(`Nulla manca rispetto al registro ${i.identificativo}.`)
  return lost.length === 0 ? 0 : 1
}
