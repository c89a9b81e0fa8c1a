import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { runConformita } from '../../../server/cli/conformita.ts'
import {
  countConformita,
  coveredIds,
  idsInName,
  namesInSource,
  readDefinizioni,
  type EsitoTest,
} from '../../../server/cli/conformita-conteggio.ts'
import EsitiReporter from '../../support/reporter.js'

const passed = (nome: string): EsitoTest => ({ nome, esito: 'passato' })
const failed = (nome: string): EsitoTest => ({ nome, esito: 'fallito' })

describe('what a specification defines', () => {
  it('only rows that begin with an id count, not the mentions', () => {
    const markdown =
      '| ID | Requirement |\n| REQ-PROT-001 | see REQ-PROT-009 |\ntext REQ-PROT-008\n | REQ-PROT-007 | indented |\n| REQ-PROT-002 | b |\n'
    expect(readDefinizioni('protocollo.md', markdown)).toEqual(['REQ-PROT-001', 'REQ-PROT-002'])
  })

  it('of Allegato 5 only the rules of section 9', () => {
    const markdown =
      '## 8. Soggetti\n| R01 | no |\n## 9. Rules\n### A\n| R10 | yes |\n| R11 | see R12 |\n## 10. Identifiers\n| R13 | no |\n'
    expect(readDefinizioni('allegato5-metadati.md', markdown)).toEqual(['R10', 'R11'])
    expect(readDefinizioni('protocollo.md', markdown)).toEqual([])
  })

  it('an id defined twice is an error, not one more', () => {
    expect(() => readDefinizioni('pec.md', '| REQ-PEC-001 | a |\n| REQ-PEC-001 | b |')).toThrow('REQ-PEC-001 is defined twice')
  })

  it('the ten specifications of the project define what they are known to define', () => {
    const folder = fileURLToPath(new URL('../../../docs/requisiti/', import.meta.url))
    const totals = [
      ['allegato5-metadati.md', 54],
      ['certificazione-scansione-allegato3.md', 49],
      ['conservazione.md', 145],
      ['formati-allegato2.md', 35],
      ['identita-spid-cie.md', 30],
      ['interoperabilita.md', 30],
      ['pec.md', 32],
      ['protocollo.md', 123],
      ['segnatura-allegato6.md', 55],
      ['titolario-fascicoli.md', 59],
    ] as const
    for (const [file, total] of totals)
      expect([file, readDefinizioni(file, readFileSync(join(folder, file), 'utf8')).length]).toEqual([file, total])
  })
})

describe('what the tests prove', () => {
  it('an id counts as a whole word wherever it stands in the name', () => {
    expect(idsInName('REQ-PROT-032 numbers have no gap (REQ-PROT-033)')).toEqual(['REQ-PROT-032', 'REQ-PROT-033'])
    expect(idsInName('R10, R20 need a segnatura; not CR30, R400 or REQ-PROT-0401')).toEqual(['R10', 'R20'])
  })

  it('covered means passed at least once and never failed; a skipped test proves nothing', () => {
    const esiti: EsitoTest[] = [passed('R01 a'), passed('R02 a'), failed('R02 b'), { nome: 'R03 a', esito: 'saltato' }]
    expect([...coveredIds(esiti)]).toEqual(['R01'])
  })

  it('names are read from sources in every form of declaration, skipped ones left out', () => {
    const source = [
      "it('REQ-X-001 plain', () => {})",
      'it("REQ-X-002 it\'s double", async () => {})',
      "it.each([1, 2])('REQ-X-003 each %i', () => {})",
      "itWithMateriali('REQ-X-004 with materials', () => {})",
      "it.skip('REQ-X-005 skipped', () => {})",
      "it.todo('REQ-X-006 to do')",
      "expect(text).toBe('REQ-X-007 not a test')",
      "  test('REQ-X-008 it\\'s escaped', () => {})",
    ]
    expect(namesInSource(source.join('\n')).flatMap(idsInName)).toEqual(['REQ-X-001', 'REQ-X-002', 'REQ-X-003', 'REQ-X-004', 'REQ-X-008'])
  })
})

describe('the count', () => {
  const specifiche = [
    { file: 'a.md', ids: ['REQ-A-001', 'REQ-A-002', 'REQ-A-003'] },
    { file: 'b.md', ids: ['REQ-B-001'] },
  ]
  const rinvio = { id: 'REQ-A-002', reason: 'waits for the bell', attende: 'issue 9' }

  it('divides every id in covered, deferred and missing', () => {
    expect(countConformita(specifiche, [rinvio], [passed('REQ-A-001 rings'), passed('REQ-C-001 unknown')])).toEqual([
      {
        file: 'a.md',
        total: 3,
        covered: 1,
        deferred: [{ id: 'REQ-A-002', reason: 'waits for the bell (issue 9)' }],
        missing: ['REQ-A-003'],
      },
      { file: 'b.md', total: 1, covered: 0, deferred: [], missing: ['REQ-B-001'] },
    ])
  })

  it('a deferred id that is covered counts as covered; one whose test fails stays deferred', () => {
    expect(countConformita(specifiche, [rinvio], [passed('REQ-A-002 rings')])[0]).toMatchObject({ covered: 1, deferred: [] })
    expect(countConformita(specifiche, [rinvio], [failed('REQ-A-002 rings')])[0]).toMatchObject({
      covered: 0,
      missing: ['REQ-A-001', 'REQ-A-003'],
    })
  })

  it('a list of deferrals that names what does not exist, twice, or without reason is refused', () => {
    expect(() => countConformita(specifiche, [{ ...rinvio, id: 'REQ-A-009' }], [])).toThrow('REQ-A-009 is not a requirement')
    expect(() => countConformita(specifiche, [rinvio, rinvio], [])).toThrow('REQ-A-002 comes twice')
    expect(() => countConformita(specifiche, [{ ...rinvio, reason: ' ' }], [])).toThrow('REQ-A-002 has no reason')
  })
})

describe('the command', () => {
  let root: string
  let printed: string[]
  const run = async (...args: string[]) => {
    printed = []
    return runConformita(args, { root, print: (text) => printed.push(text) })
  }
  const write = (path: string, content: string) => writeFileSync(join(root, path), content)
  const report = (status: string, title = 'REQ-A-001 rings') => {
    const reporter = new EsitiReporter({ rootDir: root })
    const test = { context: { config: { displayName: { name: 'unit' } } } }
    reporter.onTestResult(test, { testFilePath: join(root, 'test/unit/a.test.ts'), testResults: [{ title, status }] })
  }

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'faldone-conformita-'))
    mkdirSync(join(root, 'docs/requisiti'), { recursive: true })
    mkdirSync(join(root, 'test/unit'), { recursive: true })
    write('docs/requisiti/README.md', '| REQ-A-009 | not a specification |')
    write('docs/requisiti/a.md', '| REQ-A-001 | one |\n| REQ-A-002 | two |\n| REQ-A-003 | three |\n')
    write('docs/requisiti/rinvii.json', JSON.stringify([{ id: 'REQ-A-002', reason: 'waits for the bell', attende: 'issue 9' }]))
    write('test/unit/a.test.ts', "it('REQ-A-001 rings', () => {})\n")
  })
  afterEach(() => rmSync(root, { recursive: true }))

  it('prints the JSON that other programs read, from the outcomes the reporter left', async () => {
    report('passed')
    expect(await run('--json')).toBe(0)
    const deferred = [{ id: 'REQ-A-002', reason: 'waits for the bell (issue 9)' }]
    expect(JSON.parse(printed.join(''))).toEqual({ files: [{ file: 'a.md', total: 3, covered: 1, deferred, missing: ['REQ-A-003'] }] })
  })

  it('a failed or skipped test does not cover, and a later run replaces the earlier', async () => {
    report('failed')
    await run('--json')
    expect(printed.join('')).toContain('"covered":0')
    report('pending')
    await run('--json')
    expect(printed.join('')).toContain('"covered":0')
    report('passed')
    await run('--json')
    expect(printed.join('')).toContain('"covered":1')
  })

  it('outcomes of a test file that changed since do not count', async () => {
    report('passed')
    write('test/unit/a.test.ts', "it('REQ-A-001 rings', () => { throw new Error() })\n")
    expect(await run()).toBe(0)
    expect(printed.join('')).toMatch(/a\.md +3 +0 +1 +2\n/)
    expect(printed.join('')).toContain('1 file di test cambiati')
  })

  it('outcomes of a test file that is gone are forgotten', () => {
    report('passed')
    rmSync(join(root, 'test/unit/a.test.ts'))
    write('test/unit/b.test.ts', '')
    const reporter = new EsitiReporter({ rootDir: root })
    const test = { context: { config: { displayName: { name: 'unit' } } } }
    reporter.onTestResult(test, { testFilePath: join(root, 'test/unit/b.test.ts'), testResults: [] })
    expect(Object.keys(JSON.parse(readFileSync(join(root, 'test/.risultati/unit.json'), 'utf8')).file)).toEqual(['test/unit/b.test.ts'])
  })

  it('without a run reads the names from the sources and says so', async () => {
    expect(await run()).toBe(0)
    expect(printed.join('')).toMatch(/a\.md +3 +1 +1 +1\n/)
    expect(printed.join('')).toContain('Nessuna esecuzione dei test')
    expect(printed.join('')).toContain('waits for the bell (issue 9)')
  })

  it('ends with 1 when it cannot count or is asked for something else', async () => {
    expect(await run('--xml')).toBe(1)
    write('docs/requisiti/rinvii.json', '[{"id":"REQ-A-002"}]')
    expect(await run()).toBe(1)
    expect(printed.join('')).toContain('rinvii.json')
    write('docs/requisiti/rinvii.json', '[{"id":"REQ-Z-002","reason":"x","attende":"y"}]')
    expect(await run('--json')).toBe(1)
  })
})

describe('the deferrals of the project', () => {
  it('every one names a requirement and says what it waits for', async () => {
    const printed: string[] = []
    const root = fileURLToPath(new URL('../../..', import.meta.url))
    expect(await runConformita(['--json'], { root, print: (text) => printed.push(text) })).toBe(0)
    const { files } = JSON.parse(printed.join('')) as { files: { deferred: { reason: string }[] }[] }
    for (const { reason } of files.flatMap((file) => file.deferred)) expect(reason).toMatch(/^waits for .{3,} \(issue \d+\)$/)
  })
})
