// `npm run racconto`: tells the whole road through the HTTP API, with the evidence of every step; exit 1 at the first lie.
//   npm run racconto                                   starts a server of its own on a temporary folder
//   npm run racconto -- --indirizzo http://localhost:8080   against a running demonstration
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNode } from '../../server/runtime.js'

const program = join(dirname(fileURLToPath(import.meta.url)), 'racconta.ts')
const result = spawnSync(findNode(), ['--disable-warning=ExperimentalWarning', program, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, TZ: 'UTC' },
})
process.exit(result.status ?? 1)
