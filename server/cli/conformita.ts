import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  countConformita,
  namesInSource,
  readDefinizioni,
  type ConteggioSpecifica,
  type EsitoTest,
  type Rinvio,
} from './conformita-conteggio.ts'

/** Where things are; given only by tests. */
export interface LuoghiConformita {
  /** Root of the repository: `docs/requisiti` and `test` are looked for in it. */
  readonly root: string
  readonly print: (text: string) => void
}

/** What `test/support/reporter.js` writes for each project of the test run. */
interface EsitiProgetto {
  readonly progetto: string
  readonly file: Record<string, { readonly sha256: string; readonly test: readonly EsitoTest[] }>
}

interface Prove {
  readonly esiti: readonly EsitoTest[]
  /** One line for people: which evidence the count rests on. */
  readonly fonte: string
}

/**
 * `faldone conformita [--json]`: prints for each specification how many requirements are covered by passing tests, deferred and missing.
 * Answers the exit status: 0, or 1 when the requirements or the list of deferrals cannot be read or contradict themselves.
 */
export async function runConformita(args: string[], luoghi: LuoghiConformita = defaultLuoghi()): Promise<number> {
  const unknown = args.find((arg) => arg !== '--json')
  if (unknown !== undefined) {
    luoghi.print(`Opzione non prevista: ${unknown}. Uso: faldone conformita [--json]`)
    return 1
  }
  try {
    const prove = readProve(luoghi.root)
    const files = countConformita(readSpecifiche(luoghi.root), readRinvii(luoghi.root), prove.esiti)
    luoghi.print(args.includes('--json') ? JSON.stringify({ files }) : formatTable(files, prove.fonte))
    return 0
  } catch (error) {
    luoghi.print(`Conformità non calcolabile: ${error instanceof Error ? error.message : String(error)}`)
    return 1
  }
}

function defaultLuoghi(): LuoghiConformita {
  return { root: fileURLToPath(new URL('../..', import.meta.url)), print: (text) => process.stdout.write(`${text}\n`) }
}

function readSpecifiche(root: string) {
  const folder = join(root, 'docs/requisiti')
  return readdirSync(folder)
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .sort()
    .map((file) => ({ file, ids: readDefinizioni(file, readFileSync(join(folder, file), 'utf8')) }))
}

function readRinvii(root: string): Rinvio[] {
  const value: unknown = JSON.parse(readFileSync(join(root, 'docs/requisiti/rinvii.json'), 'utf8'))
  if (!Array.isArray(value) || !value.every(isRinvio)) throw new Error('rinvii.json is not a list of {id, reason, attende}')
  return value
}

function isRinvio(value: unknown): value is Rinvio {
  if (typeof value !== 'object' || value === null) return false
  return ['id', 'reason', 'attende'].every((key) => typeof (value as Record<string, unknown>)[key] === 'string')
}

/** Outcomes of the last run, or the names in the sources where there was none. */
function readProve(root: string): Prove {
  const folder = join(root, 'test/.risultati')
  const results = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : []
  if (results.length === 0) return proveFromSources(root)
  const esiti: EsitoTest[] = []
  const progetti: string[] = []
  let stale = 0
  for (const file of results.sort()) {
    const { progetto, file: tests } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as EsitiProgetto
    progetti.push(progetto)
    for (const [path, risultato] of Object.entries(tests)) {
      if (hashOf(join(root, path)) === risultato.sha256) esiti.push(...risultato.test)
      else stale += 1
    }
  }
  const old = stale === 0 ? '' : ` ${stale} file di test cambiati dopo l’esecuzione non contano.`
  return { esiti, fonte: `Esiti dell’ultima esecuzione dei test (${progetti.join(', ')}).${old}` }
}

function hashOf(path: string): string | null {
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : null
}

function proveFromSources(root: string): Prove {
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'))
  const esiti = files
    .flatMap((file) => namesInSource(readFileSync(join(root, 'test', file), 'utf8')))
    .map((nome): EsitoTest => ({ nome, esito: 'passato' }))
  return { esiti, fonte: 'Nessuna esecuzione dei test: nomi letti dai sorgenti, non provati. Eseguire npm test.' }
}

function formatTable(files: readonly ConteggioSpecifica[], fonte: string): string {
  const total = (pick: (file: ConteggioSpecifica) => number): number => files.reduce((sum, file) => sum + pick(file), 0)
  const width = Math.max(...files.map((file) => file.file.length), 10)
  const row = (cells: readonly [string, ...(string | number)[]]): string =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(width) : String(cell).padStart(10))).join('')
  const lines = [row(['Specifica', 'totale', 'coperti', 'rinviati', 'mancanti']), '-'.repeat(width + 40)]
  for (const file of files) lines.push(row([file.file, file.total, file.covered, file.deferred.length, file.missing.length]))
  lines.push('-'.repeat(width + 40))
  const sums = [total((file) => file.total), total((file) => file.covered), total((file) => file.deferred.length)]
  lines.push(row(['Totale', ...sums, total((file) => file.missing.length)]))
  for (const file of files.filter(({ missing }) => missing.length > 0)) lines.push('', `Mancanti in ${file.file}:`, ...wrap(file.missing))
  for (const file of files.filter(({ deferred }) => deferred.length > 0))
    lines.push('', `Rinviati in ${file.file}:`, ...byReason(file.deferred))
  lines.push('', fonte)
  return lines.join('\n')
}

/** Deferred ids gathered under their reason, one paragraph each. */
function byReason(deferred: ConteggioSpecifica['deferred']): string[] {
  const groups = Map.groupBy(deferred, (rinvio) => rinvio.reason)
  return [...groups].flatMap(([reason, rinvii]) => [`  ${reason}`, ...wrap(rinvii.map((rinvio) => rinvio.id)).map((line) => `  ${line}`)])
}

function wrap(ids: readonly string[]): string[] {
  const lines: string[] = []
  for (let from = 0; from < ids.length; from += 8) lines.push(`  ${ids.slice(from, from + 8).join(' ')}`)
  return lines
}
