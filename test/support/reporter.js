import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const outcomes = { passed: 'passato', failed: 'fallito' }

/**
 * Jest reporter: leaves in `test/.risultati/<project>.json` the name and outcome of every test, file by file, for `faldone conformita`.
 * A run of some files replaces only what it ran; the hash of each test file lets the reader see that a result is older than the file.
 */
export default class EsitiReporter {
  #root
  #folder

  constructor(globalConfig) {
    this.#root = globalConfig.rootDir
    this.#folder = join(this.#root, 'test/.risultati')
  }

  onTestResult(test, result) {
    const progetto = test.context.config.displayName?.name ?? 'test'
    const known = this.#read(progetto)
    const path = relative(this.#root, result.testFilePath)
    known.file[path] = {
      sha256: createHash('sha256').update(readFileSync(result.testFilePath)).digest('hex'),
      test: result.testResults.map((each) => ({ nome: each.title, esito: outcomes[each.status] ?? 'saltato' })),
    }
    this.#write(progetto, known)
  }

  /** What earlier runs left, without the files that are gone. */
  #read(progetto) {
    const path = join(this.#folder, `${progetto}.json`)
    const known = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { progetto, file: {} }
    known.file = Object.fromEntries(Object.entries(known.file).filter(([file]) => existsSync(join(this.#root, file))))
    return known
  }

  #write(progetto, known) {
    mkdirSync(this.#folder, { recursive: true })
    // Results belong to a machine, never to the repository.
    writeFileSync(join(this.#folder, '.gitignore'), '*\n')
    const path = join(this.#folder, `${progetto}.json`)
    // Written aside and renamed: who reads while a run goes on never sees half a file.
    writeFileSync(`${path}.${process.pid}`, `${JSON.stringify(known, null, 1)}\n`)
    renameSync(`${path}.${process.pid}`, path)
  }
}
