import { parseArgs } from 'node:util'
import { openDatabase } from '../server/avvio/database.ts'
import { readConfig } from '../server/kernel/config.ts'
import { carica } from './grande/carica.ts'

// `npm run demo:grande [-- --righe 1000000]`: a big invented ente in the data folder of the product, which must have been started once with its demo and be stopped.
const { values } = parseArgs({ options: { righe: { type: 'string', default: '1000000' } } })
const righe = Number(values.righe)
const database = await openDatabase(readConfig())
try {
  if (database.ownerUrl === null) throw new Error('Serve l’accesso proprietario: DATABASE_OWNER_URL.')
  console.log(`Carico ${righe} registrazioni nell’ente inventato granvalle:`)
  const carico = await carica(database.ownerUrl, righe, console.log)
  console.log(`in tutto ${carico.secondi.toFixed(0)} s: ${(righe / carico.secondi).toFixed(0)} registrazioni al secondo`)
} finally {
  await database.embedded?.stop()
}
