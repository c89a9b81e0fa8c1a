import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** `faldone verifica-registro <cartella|zip> [impronta]`: the very script that travels inside every export, in a process of its own. No database, no server. */
export function runVerificaRegistro(args: readonly string[]): number {
  const script = fileURLToPath(new URL('../registro/verifica/verifica-registro.js', import.meta.url))
  return spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' }).status ?? 1
}
