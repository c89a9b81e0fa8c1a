// `npm run bench`: speed as ratios against a ceiling measured in the same run, on one embedded database.
// `npm run bench -- grande`: lists, search and registration on a register of 1,000,000 rows (`--cartella DIR`: one already loaded).
// `npm run bench -- fascicolo`: opening of a fascicolo of 5,000 documents, and the memory its index takes.
// `npm run demo:grande`: the same rows in the data folder of the product.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNode } from '../server/runtime.js'

const programs = { grande: 'grande.ts', 'demo-grande': 'demo-grande.ts', fascicolo: 'fascicolo.ts' }
const [first, ...rest] = process.argv.slice(2)
const program = join(dirname(fileURLToPath(import.meta.url)), programs[first] ?? 'registrazione.ts')
const result = spawnSync(
  findNode(),
  ['--disable-warning=ExperimentalWarning', program, ...(first in programs ? rest : process.argv.slice(2))],
  {
    stdio: 'inherit',
    env: { ...process.env, TZ: 'UTC' },
  },
)
process.exit(result.status ?? 1)
