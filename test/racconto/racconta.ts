import { parseArgs } from 'node:util'
import { passi } from './passi.ts'
import { Bugia } from './prove.ts'
import { startServer } from './server.ts'

const { values } = parseArgs({ options: { indirizzo: { type: 'string' } } })
const server =
  values.indirizzo === undefined
    ? await startServer()
    : { indirizzo: values.indirizzo.replace(/\/$/u, ''), stop: async () => await Promise.resolve() }

let code = 0
let numero = 0
const storia: Record<string, unknown> = {}
console.log(`Il racconto di un documento — ${server.indirizzo}`)
for (const passo of passi) {
  numero++
  try {
    const prove = await passo.svolgi(server.indirizzo, storia)
    console.log(`\n${String(numero).padStart(2)}. ${passo.titolo}`)
    for (const prova of prove) console.log(`    ✔ ${prova}`)
  } catch (error) {
    console.log(`\n${String(numero).padStart(2)}. ${passo.titolo}`)
    console.error(
      `    ✘ ${error instanceof Bugia ? `BUGIA: ${error.message}` : String(error instanceof Error ? (error.stack ?? error.message) : error)}`,
    )
    code = 1
    break
  }
}
await server.stop()
console.log(code === 0 ? `\nTutti i ${passi.length} passi sono veri.` : `\nIl racconto si ferma al passo ${numero} di ${passi.length}.`)
process.exit(code)
