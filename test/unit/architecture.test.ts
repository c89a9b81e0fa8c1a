import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { checkArchitettura, FRASI, readSorgente, RIGHE, type Frase, type Sorgente } from '../support/architettura.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const roots = ['server', 'titolario', 'metadata-schemas', 'storage', 'web/src']

/** Files longer than 300 lines, each with the reason why it stays whole. */
const longFiles: Readonly<Record<string, string>> = {}

function readSorgenti(): Sorgente[] {
  return roots.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|tsx|js)$/.test(file) && !file.endsWith('.d.ts'))
      .map((file) => ({ path: `${folder}/${file}`, testo: readFileSync(join(root, folder, file), 'utf8') })),
  )
}

const broken = (path: string, testo: string) => checkArchitettura([{ path, testo }]).map((violazione) => violazione.frase)

describe('the house plan', () => {
  const sorgenti = readSorgenti()
  const violazioni = checkArchitettura(sorgenti, new Set(Object.keys(longFiles)))

  it.each(Object.keys(FRASI) as Frase[])('%s holds', (frase) => {
    const found = violazioni.filter((violazione) => violazione.frase === frase).map(({ path, dettaglio }) => `${path}: ${dettaglio}`)
    expect({ [FRASI[frase]]: found }).toEqual({ [FRASI[frase]]: [] })
  })

  it('is written down in the same sentences', () => {
    const page = readFileSync(join(root, 'docs/architettura.md'), 'utf8')
    expect(Object.values(FRASI).filter((frase) => !page.includes(`- ${frase}\n`))).toEqual([])
  })

  it('gives every feature the row that the page gives it', () => {
    const page = readFileSync(join(root, 'docs/architettura.md'), 'utf8').replaceAll('\n', ' ')
    const rows = RIGHE.map((nomi, index) => `${index + 1} ${nomi.join(', ')}`).join('; ')
    expect(page).toContain(rows)
  })

  it('is checked on the whole product', () => {
    const checked = new Set(sorgenti.map(({ path }) => path.split('/').slice(0, 2).join('/')))
    for (const place of ['server/kernel', 'storage/index.ts', 'titolario/index.ts', 'web/src']) expect(checked).toContain(place)
    const imports = sorgenti.reduce((sum, sorgente) => sum + readSorgente(sorgente).importazioni.length, 0)
    expect(imports).toBeGreaterThan(100)
  })

  it('has no exception for a file that is short or gone', () => {
    for (const path of Object.keys(longFiles)) {
      expect(sorgenti.find((sorgente) => sorgente.path === path)?.testo.split('\n').length ?? 0).toBeGreaterThan(300)
    }
  })
})

describe('the check itself', () => {
  it.each<[Frase, string, string]>([
    ['base', 'server/kernel/scope.ts', "import { x } from '../enti/index.ts'"],
    ['base', 'server/kernel/scope.ts', "import type { ObjectStore } from '../../storage/index.ts'"],
    ['base', 'storage/s3.ts', "import { now } from '../server/kernel/time.ts'"],
    ['base', 'metadata-schemas/index.ts', "export * from '../titolario/index.ts'"],
    ['porte', 'server/ports/search.ts', "import { now } from '../kernel/time.ts'"],
    ['porte', 'server/ports/search.ts', "import type { X } from '../documenti/index.ts'"],
    ['adattatori', 'server/adapters/s3/index.ts', "import type { X } from '../../protocollo/index.ts'"],
    ['adattatori', 'server/adapters/s3/index.ts', "import { x } from '../pdf-lib/index.ts'"],
    ['adattatori', 'server/adapters/s3/index.ts', "import { x } from '../../../titolario/index.ts'"],
    ['righe', 'server/protocollo/service.ts', "import { x } from '../fascicoli/index.ts'"],
    ['righe', 'server/documenti/service.ts', "import type { X } from '../titolario/index.ts'"],
    ['righe', 'server/protocollo/service.ts', "const x = await import('../adapters/pdf-lib/index.ts')"],
    ['righe', 'server/protocollo/service.ts', "import '../reactions.ts'"],
    ['tipiDellePorte', 'server/protocollo/service.ts', "import { x } from '../ports/index.ts'"],
    ['porta', 'server/fascicoli/service.ts', "import { x } from '../protocollo/repository.ts'"],
    ['porta', 'server/fascicoli/service.ts', "export type X = import('../protocollo/entities.ts').Registrazione"],
    ['porta', 'server/main.ts', "import { x } from './protocollo/service.ts'"],
    ['porta', 'server/pec/service.ts', "import { x } from '../documenti/formato/index.ts'"],
    ['stanza', 'server/varie/index.ts', 'export const x = 1'],
    ['web', 'web/src/api/tipi.ts', "import { nuovaRegistrazione } from '../../../server/protocollo/schema.ts'"],
    ['web', 'web/src/api/tipi.ts', "import type { X } from '../../../server/protocollo/service.ts'"],
    ['web', 'web/src/api/tipi.ts', "import { type A, b } from '../../../server/protocollo/schema.ts'"],
    ['web', 'web/src/app/App.tsx', "import { searchVoci } from '../../../titolario/index.ts'"],
    ['ambiente', 'server/main.ts', "const port = process.env['PORT']"],
    ['ambiente', 'storage/s3.ts', 'const { KEY } = process.env'],
    ['configurazione', 'server/protocollo/service.ts', "import { readConfig } from '../kernel/config.ts'"],
    ['orologio', 'server/protocollo/rules.ts', 'const adesso = new Date()'],
    ['orologio', 'titolario/ricerca.ts', 'export const ora = () => `${Date.now()}`'],
    ['migrazioni', 'server/kernel/db/migrations/0009-x.ts', "import type { Ente } from '../../entities.ts'"],
  ])('finds a file that breaks "%s" (%s: %s)', (frase, path, testo) => {
    expect(broken(path, testo)).toContain(frase)
  })

  it.each<[string, string]>([
    ['server/fascicoli/service.ts', "import { x } from '../protocollo/index.ts'"],
    [
      'server/fascicoli/service.ts',
      "import { x } from './service/open.ts'\nimport { y } from '../kernel/time.ts'\nimport type { P } from '../ports/index.ts'",
    ],
    ['server/titolario/service.ts', "import { searchVoci } from '../../titolario/index.ts'"],
    ['server/ports/search.ts', "import type { Scope } from '../kernel/scope.ts'\nimport type { X } from './index.ts'"],
    [
      'server/adapters/s3/index.ts',
      "import type { P } from '../../ports/index.ts'\nimport { x } from '../../../storage/s3.ts'\nimport { y } from './sign.ts'",
    ],
    [
      'server/main.ts',
      "import { x } from './adapters/s3/index.ts'\nimport { y } from './sportello/index.ts'\nimport { z } from './kernel/config.ts'",
    ],
    [
      'server/pec/rules.ts',
      '// new Date() and process.env in a comment\nconst a = "new Date()"; const b = new Date(a); const c = /process.env/',
    ],
    ['web/src/api/tipi.ts', "import type { X } from '../../../server/protocollo/schema.ts'\nimport React from 'react'"],
    ['web/src/app/App.tsx', 'export const Ora = () => <time>{Date.now()}</time>'],
    ['server/kernel/time.ts', 'export const now = (): Date => new Date()'],
    ['server/kernel/config.ts', 'export const env = process.env'],
  ])('lets pass what the plan allows (%s: %s)', (path, testo) => {
    expect(broken(path, testo)).toEqual([])
  })

  it('counts lines, and spares only the files that have a reason', () => {
    const long = { path: 'server/protocollo/service.ts', testo: 'x()\n'.repeat(301) }
    expect(broken(long.path, long.testo)).toEqual(['lunghezza'])
    expect(broken(long.path, 'x()\n'.repeat(300))).toEqual([])
    expect(checkArchitettura([long], new Set([long.path]))).toEqual([])
  })
})
