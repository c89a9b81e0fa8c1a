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
const child = spawn(node, ['--disable-warning=ExperimentalWarning', cli, ...process.argv.slice(2)], { stdio: 'inherit', env: { ...process.env, TZ: 'UTC' } })
// The terminal sends Ctrl+C to the whole group: the child stops itself in order, the launcher only waits for it.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 128 + (constants.signals[signal] ?? 0)))
