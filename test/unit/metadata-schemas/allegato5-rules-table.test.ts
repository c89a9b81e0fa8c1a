import { describe, expect, it } from '@jest/globals'
import { checkDai, checkModello, REGOLE } from '../../../metadata-schemas/allegato5/index.ts'
import { contestoDi } from './allegato5-contexts.ts'
import { CAMPIONI } from './allegato5-samples.ts'

describe('Allegato 5 rule table', () => {
  it('has no finding on the full samples with all the facts', () => {
    for (const campione of ['di-completo', 'dai-minimo', 'dai-completo', 'agg-minima', 'agg-completa'] as const) {
      expect([campione, checkModello(CAMPIONI[campione], contestoDi(CAMPIONI[campione]))]).toEqual([campione, []])
    }
  })

  it('never passes in silence a rule that wants a fact nobody gave', () => {
    const rules = new Set(
      checkDai(CAMPIONI['dai-completo'], {})
        .filter((esito) => esito.stato === 'non verificata')
        .map((esito) => esito.regola),
    )
    expect([...rules].sort()).toEqual([
      'R03',
      'R20',
      'R22',
      'R35',
      'R36',
      'R38',
      'R41',
      'R50',
      'R55',
      'R58',
      'R60',
      'R62',
      'R72',
      'R74',
      'R77',
    ])
  })

  it('lets warnings and decisions of the project be configured, and nothing else', () => {
    const { idDoc, ...resto } = CAMPIONI['dai-minimo']
    const modello = { ...resto, idDoc: { ...idDoc, segnatura: null } }
    const contesto = contestoDi(CAMPIONI['dai-minimo'])
    const senza = { ...modello, soggetti: [...modello.soggetti, ...modello.soggetti.slice(0, 1)] }
    const gravita = (id: string, voluta: 'E' | 'W' | 'ignora'): (string | undefined)[] =>
      checkDai(senza, { ...contesto, gravita: { [id]: voluta } })
        .filter((esito) => esito.regola === id)
        .map((esito) => esito.gravita)
    expect(gravita('R74', 'W')).toEqual(['W'])
    expect(gravita('R74', 'ignora')).toEqual([])
    expect(() => gravita('R10', 'W')).toThrow(TypeError)
  })

  it('states every rule of the specification once per profile, in Italian', () => {
    const ids = [...new Set(REGOLE.map((regola) => regola.id))].filter((id) => id.startsWith('R'))
    expect(ids.map((id) => Number(id.slice(1)))).toEqual([
      1, 2, 3, 4, 5, 10, 11, 20, 21, 22, 23, 30, 31, 35, 36, 37, 38, 40, 41, 45, 50, 55, 56, 57, 58, 60, 61, 62, 70, 71, 72, 73, 74, 75, 76,
      77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95,
    ])
    for (const regola of REGOLE) expect(regola.enunciato).toMatch(/^\p{Lu}.*\.$/u)
    const pairs = REGOLE.flatMap((regola) => regola.profili.map((profilo) => `${regola.id} ${profilo}`))
    expect(new Set(pairs).size).toBe(pairs.length)
  })
})
