import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { checkAgg, checkDai, REGOLE } from '../../../metadata-schemas/allegato5/index.ts'
import { toAgg } from '../../../server/metadati/presenter/agg.ts'
import { toDai } from '../../../server/metadati/presenter/dai.ts'
import { buildDocumento, buildFascicolo } from '../../support/fatti-esempio.ts'

const page = readFileSync(new URL('../../../docs/allegato5-regole.md', import.meta.url), 'utf8')
const [, held = '', deferred = ''] = page.split(/^## /mu)
const idsOf = (section: string): string[] => [...section.matchAll(/^\| (R\d{2}) \|/gmu)].map((m) => m[1] ?? '')

describe('docs/allegato5-regole.md', () => {
  it('puts every rule of the annex in exactly one of its two tables', () => {
    const rules = [...new Set(REGOLE.map((r) => r.id).filter((id) => id.startsWith('R')))].toSorted()
    expect([...idsOf(held), ...idsOf(deferred)].toSorted()).toEqual(rules)
  })

  it('says held only of rules that are judged and respected on complete facts', () => {
    const dai = toDai(buildDocumento(), '2026-05-02')
    const agg = toAgg(buildFascicolo(), '2026-05-02')
    if (dai === null) throw new Error('the sample is registered')
    const findings = [...checkDai(dai.modello, dai.contesto), ...checkAgg(agg.modello, agg.contesto)]
    expect(findings.filter((f) => idsOf(held).includes(f.regola))).toEqual([])
  })

  it('names as deferred only rules that the list of deferrals has too', () => {
    const rinvii = JSON.parse(readFileSync(new URL('../../../docs/requisiti/rinvii.json', import.meta.url), 'utf8')) as { id: string }[]
    const waiting = rinvii.map((r) => r.id)
    expect(idsOf(deferred).filter((id) => !waiting.includes(id))).toEqual([])
    expect(idsOf(held).filter((id) => waiting.includes(id))).toEqual([])
  })
})
