// Runs jest with the project's own Node (decision: the supported runtime is Node 24, whatever the machine has).
//   node test/run.js                    unit and integration tests
//   node test/run.js browser            browser journeys
//   node test/run.js resistenza         crash, restart and load
//   node test/run.js <path fragment>    the files whose path matches
import { spawnSync } from 'node:child_process'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNode } from '../server/runtime.js'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const args = process.argv.slice(2)
const apart = args[0] === 'browser' || args[0] === 'resistenza' ? args[0] : null
const rest = apart === null ? args : args.slice(1)
const projects = apart === null ? ['unit', 'integration'] : [apart]
const jest = resolve(root, 'node_modules/jest/bin/jest.js')
const result = spawnSync(
  findNode(),
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    jest,
    '--config',
    resolve(root, 'test/jest.config.js'),
    '--selectProjects',
    ...projects,
    '--maxWorkers',
    apart === null ? '2' : '1',
    ...(rest.length > 0 ? ['--testPathPatterns', ...rest] : []),
  ],
  { stdio: 'inherit', cwd: root, env: { ...process.env, TZ: 'UTC' } },
)
process.exit(result.status ?? 1)
