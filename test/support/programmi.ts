import { spawnSync } from 'node:child_process'
import { it } from '@jest/globals'

/** True when the outside program answers here. Outside programs are optional: tests that need one are skipped, by name, where it is not installed. */
export function hasProgram(nome: string): boolean {
  return spawnSync(nome, ['--version'], { stdio: 'ignore' }).error === undefined
}

/** `it` when every named program is installed (and the outside materials are configured, when asked); otherwise a reported skip. */
export function itWithPrograms(programmi: readonly string[], materiali = false): typeof it {
  const presenti = programmi.every(hasProgram) && (!materiali || process.env['FALDONE_MATERIALI'] !== undefined)
  return presenti ? it : (it.skip as typeof it)
}

/** Runs an outside program with a closed standard input; returns its exit code and everything it wrote. */
export function runProgram(nome: string, argomenti: readonly string[]): { codice: number | null; uscita: string } {
  const esito = spawnSync(nome, argomenti, { encoding: 'utf8', timeout: 60_000 })
  return { codice: esito.status, uscita: `${esito.stdout}${esito.stderr}` }
}
