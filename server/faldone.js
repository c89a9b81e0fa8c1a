#!/usr/bin/env node
// The `faldone` command. A plain JavaScript launcher: it re-executes itself with a Node that runs the TypeScript sources.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNode } from './runtime.js'

let node
try {
  node = findNode()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}

const cli = join(dirname(fileURLToPath(import.meta.url)), 'cli', 'index.ts')
// The channel tells the child when the launcher is no more, however it ended: the child then stops in order by itself.
const child = spawn(node, ['--disable-warning=ExperimentalWarning', cli, ...process.argv.slice(2)], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, TZ: 'UTC' },
})
// A signal may reach the launcher alone or the whole group: it is passed on in any case, and the launcher only waits for the child.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 128 + (constants.signals[signal] ?? 0)))
