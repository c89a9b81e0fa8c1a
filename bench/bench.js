// `npm run bench`: speed as ratios against a ceiling measured in the same run, on one embedded database.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNode } from '../server/runtime.js'

const program = join(dirname(fileURLToPath(import.meta.url)), 'registrazione.ts')
const result = spawnSync(findNode(), ['--disable-warning=ExperimentalWarning', program, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, TZ: 'UTC' },
})
process.exit(result.status ?? 1)
