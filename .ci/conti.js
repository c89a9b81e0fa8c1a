// The closing line of the run: tests that passed, failed and were skipped, from the results every test run leaves.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../test/.risultati')
const counts = { passato: 0, fallito: 0, saltato: 0 }
for (const name of readdirSync(folder).filter((n) => n.endsWith('.json'))) {
  for (const { test } of Object.values(JSON.parse(readFileSync(join(folder, name), 'utf8')).file))
    for (const { esito } of test) counts[esito]++
}
console.log(`${counts.passato} passed, ${counts.fallito} failed, ${counts.saltato} skipped`)
process.exit(counts.passato > 0 && counts.fallito === 0 ? 0 : 1)
