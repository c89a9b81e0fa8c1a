import { describe, expect, it } from '@jest/globals'
import { scarto } from '../../../server/kernel/db/migrations/0026-scarto.ts'
import { loadConfig } from '../../../server/kernel/config.ts'
import {
  addYears,
  canMove,
  distrutti,
  esitoOf,
  fermabili,
  nonPrimaDel,
  PASSI,
  restaNellaSelezione,
  termineOf,
} from '../../../server/scarto/rules.ts'
import type { FattiTermine } from '../../../server/scarto/rules.ts'
import { statiVoce } from '../../../server/scarto/schema.ts'
import type { StatoVoce } from '../../../server/scarto/schema.ts'

const fatti = (changes: Partial<FattiTermine> = {}): FattiTermine => ({
  chiusoIl: '2010-06-15',
  decorrenza: 'chiusura',
  ultimoDocumento: '2009-03-02',
  anni: 10,
  sfoltimento: false,
  dentro: [{ anni: 5 }],
  ...changes,
})

describe('the term of a fascicolo', () => {
  it('REQ-CONS-218 runs from 1 January after the closing, or from that after the last document where the plan says so', () => {
    expect(termineOf(fatti())).toEqual({ anni: 10, decorrenza: '2011-01-01', scadenza: '2021-01-01' })
    expect(termineOf(fatti({ chiusoIl: '2010-01-01' }))?.decorrenza).toBe('2011-01-01')
    expect(termineOf(fatti({ chiusoIl: '2010-12-31' }))?.decorrenza).toBe('2011-01-01')
    expect(termineOf(fatti({ decorrenza: 'documento' }))).toEqual({ anni: 10, decorrenza: '2010-01-01', scadenza: '2020-01-01' })
    expect(termineOf(fatti({ decorrenza: 'documento', ultimoDocumento: null }))?.decorrenza).toBe('2011-01-01')
  })

  it('REQ-CONS-218 a fascicolo that is not closed never expires, nor what is permanent or not yet said', () => {
    expect(termineOf(fatti({ chiusoIl: null }))).toBeNull()
    expect(termineOf(fatti({ anni: 9999 }))).toBeNull()
    expect(termineOf(fatti({ dentro: [{ anni: 9999 }] }))).toBeNull()
    expect(termineOf(fatti({ anni: null }))).toBeNull()
    expect(termineOf(fatti({ dentro: [{ anni: null }] }))).toBeNull()
  })

  it('REQ-CONS-217 the longest time inside wins, unless the plan allows internal selection: then longer documents stay', () => {
    expect(termineOf(fatti({ dentro: [{ anni: 5 }, { anni: 40 }] }))?.scadenza).toBe('2051-01-01')
    expect(termineOf(fatti({ sfoltimento: true, dentro: [{ anni: 40 }] }))?.scadenza).toBe('2021-01-01')
    expect(restaNellaSelezione(40, '2011-01-01', '2026-11-24')).toBe(true)
    expect(restaNellaSelezione(null, '2011-01-01', '2026-11-24')).toBe(true)
    expect(restaNellaSelezione(9999, '2011-01-01', '2026-11-24')).toBe(true)
    expect(restaNellaSelezione(10, '2011-01-01', '2026-11-24')).toBe(false)
  })

  it('REQ-CONS-212 what is refused waits for the day of the authority, or twelve months', () => {
    expect(nonPrimaDel('2026-03-02', null)).toBe('2027-03-02')
    expect(nonPrimaDel('2026-03-02', '2030-01-01')).toBe('2030-01-01')
    expect([esitoOf(3, 0), esitoOf(2, 1), esitoOf(0, 3)]).toEqual(['totale', 'parziale', 'negata'])
    expect(addYears('2026-03-02', 10)).toBe('2036-03-02')
  })
})

describe('the states of an item', () => {
  /** The table of states as the trigger of the database holds it. */
  const inDatabase = (): Record<string, string[]> => {
    const trigger = scarto(loadConfig({}).ruoli).find((sql) => sql.includes('function app.controlla_voce_scarto()')) ?? ''
    return Object.fromEntries(
      [...trigger.matchAll(/when '(\w+)' then array\[([^\]]*)\]/gu)].map(([, da, a]) => [
        da,
        [...(a ?? '').matchAll(/'(\w+)'/gu)].map((m) => m[1] ?? ''),
      ]),
    )
  }

  it('REQ-CONS-211 are those of the specification, and the database holds the same table of steps', () => {
    const table = inDatabase()
    for (const stato of statiVoce)
      expect({ stato, a: [...(table[stato] ?? [])].toSorted() }).toEqual({ stato, a: [...PASSI[stato]].toSorted() })
    expect(fermabili).toEqual(['PROPOSTO', 'VERIFICATO', 'RICHIESTO', 'AUTORIZZATO', 'ORDINATO'])
  })

  it('REQ-CONS-211 property: however an item walks, it is destroyed only after an authorisation and an order, and never goes back from it', () => {
    let seed = 7
    const random = (n: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % n
    }
    let destroyed = 0
    for (let walk = 0; walk < 2000; walk++) {
      const path: StatoVoce[] = ['PROPOSTO']
      let from: StatoVoce | null = null
      for (let step = 0; step < 30; step++) {
        const here = path.at(-1) as StatoVoce
        // From a hold an item goes back only where it was.
        const next: StatoVoce[] = PASSI[here].filter(
          (a) => here !== 'SOSPESO_PER_VINCOLO' || a === 'ESCLUSO' || a === 'NON_AUTORIZZATO' || a === from,
        )
        const to = next[random(Math.max(next.length, 1))]
        if (to === undefined) break
        expect(canMove(here, to)).toBe(true)
        from = to === 'SOSPESO_PER_VINCOLO' ? here : from
        path.push(to)
      }
      const first = path.findIndex((stato) => distrutti.includes(stato))
      if (first < 0) continue
      destroyed++
      const before = path.slice(0, first)
      expect(before).toEqual(expect.arrayContaining(['VERIFICATO', 'RICHIESTO', 'AUTORIZZATO', 'ORDINATO']))
      expect(path.slice(first).every((stato) => distrutti.includes(stato))).toBe(true)
    }
    expect(destroyed).toBeGreaterThan(50)
  })
})
