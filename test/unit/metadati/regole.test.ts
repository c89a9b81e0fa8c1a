import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { checkAgg, checkDai, checkDi, REGOLE, TABELLA_REGOLE } from '../../../metadata-schemas/allegato5/index.ts'
import { toAgg } from '../../../server/metadati/presenter/agg.ts'
import { toDai } from '../../../server/metadati/presenter/dai.ts'
import { toDi } from '../../../server/metadati/presenter/di.ts'
import { buildDocumento, buildFascicolo } from '../../support/fatti-esempio.ts'

const page = readFileSync(new URL('../../../docs/allegato5-regole.md', import.meta.url), 'utf8')
const [, table = '', held = ''] = page.split(/^## /mu)
const idsOf = (section: string): string[] => [...section.matchAll(/^\| (R\d{2}) \|/gmu)].map((m) => m[1] ?? '')

describe('docs/allegato5-regole.md', () => {
  it('prints the rule table of the program, row by row', () => {
    const rows = [
      ...table.matchAll(/^\| ([RI]\d{2}) \| (.*?) \| ([EW]) \| (.*) \| ([A-Z, ]+?) +\| (sì|in parte|no) +\| (sì|no) +\|$/gmu),
    ].map((m) => m.slice(1).map((cell) => cell.trim()))
    expect(rows).toEqual(
      TABELLA_REGOLE.map((r) => [r.id, r.profili.join(', '), r.gravita, r.enunciato, r.fonte, r.schema, r.configurabile ? 'sì' : 'no']),
    )
  })

  it('says of every rule of the annex against what it is judged', () => {
    expect(idsOf(held).toSorted()).toEqual([...new Set(REGOLE.map((r) => r.id).filter((id) => id.startsWith('R')))].toSorted())
  })

  it('leaves none unjudged and none broken on complete facts', () => {
    const dai = toDai(buildDocumento(), '2026-05-02')
    const di = toDi(buildDocumento({ registrazione: null }), '2026-05-02')
    const agg = toAgg(buildFascicolo(), '2026-05-02')
    if (dai === null || di === null) throw new Error('the sample has its file')
    const findings = [...checkDai(dai.modello, dai.contesto), ...checkDi(di.modello, di.contesto), ...checkAgg(agg.modello, agg.contesto)]
    expect(findings.filter((f) => f.regola.startsWith('R'))).toEqual([])
  })

  it('defers no rule', () => {
    const rinvii = JSON.parse(readFileSync(new URL('../../../docs/requisiti/rinvii.json', import.meta.url), 'utf8')) as { id: string }[]
    expect(rinvii.map((r) => r.id).filter((id) => /^R\d\d$/u.test(id))).toEqual([])
  })
})
