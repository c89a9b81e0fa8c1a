import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { CALENDARIO_NAZIONALE, isWorkingDay } from '../../../server/enti/index.ts'
import type { Calendario } from '../../../server/enti/index.ts'
import { addDays, daysBetween } from '../../../server/kernel/time.ts'
import { computeTermine, fineSospensione, measure, REGOLE_PREDEFINITE, sospensioneIn } from '../../../server/procedimenti/index.ts'
import type { FattiTermine, Sospensione } from '../../../server/procedimenti/index.ts'
import { isFestivo } from '../../../server/procedimenti/termini.ts'

const cal: Calendario = { patrono: '06-29', santoPatrono: 'Santi Pietro e Paolo', giorni: [] }
const mai = { festivo: 'mai' } as const
const fatti = (more: Partial<FattiTermine> = {}): FattiTermine => ({
  avvio: '2026-03-02',
  giorni: 30,
  unita: 'giorni',
  proroga: 0,
  sospensioni: [],
  interruzioni: [],
  ...more,
})
const termine = (f: FattiTermine, regole: Parameters<typeof computeTermine>[1] = mai) => computeTermine(f, regole, cal).termine

describe('the term of a procedure', () => {
  it.each([
    ['2026-03-02', 30, '2026-04-01'],
    ['2024-02-10', 30, '2024-03-11'],
    ['2023-02-10', 30, '2023-03-12'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-12-15', 30, '2027-01-14'],
    ['2027-03-27', 2, '2027-03-29'],
  ])('from %s, %i days end on %s: the day of arrival is not counted, leap years and clock changes do not matter', (avvio, giorni, last) => {
    expect(termine(fatti({ avvio, giorni }))).toBe(last)
  })

  it.each([
    // 25/04/2026 is a holiday on a Saturday, the next day is a Sunday.
    ['2026-03-26', 'mai', '2026-04-25'],
    ['2026-03-26', 'festivi', '2026-04-27'],
    ['2026-03-26', 'non lavorativi', '2026-04-27'],
    // 18/04/2026 is a plain Saturday.
    ['2026-03-19', 'festivi', '2026-04-18'],
    ['2026-03-19', 'non lavorativi', '2026-04-20'],
    // The patron saint.
    ['2026-05-30', 'festivi', '2026-06-30'],
    ['2026-05-30', 'mai', '2026-06-29'],
  ] as const)('a term from %s with the rule "%s" ends on %s', (avvio, festivo, last) => {
    expect(termine(fatti({ avvio }), { festivo })).toBe(last)
  })

  it('counts working days only where the law says working days', () => {
    // Easter Monday 6/4 and the weekend are not counted.
    expect(termine(fatti({ avvio: '2026-04-02', giorni: 2, unita: 'giorni lavorativi' }))).toBe('2026-04-07')
  })

  it('a suspension adds its days, and never more than it may last', () => {
    expect(termine(fatti({ sospensioni: [{ dal: '2026-03-12', al: '2026-03-22', massimo: 30 }] }))).toBe('2026-04-11')
    expect(termine(fatti({ sospensioni: [{ dal: '2026-03-12', al: '2026-12-31', massimo: 30 }] }))).toBe('2026-05-01')
    expect(termine(fatti({ sospensioni: [{ dal: '2026-03-12', al: null, massimo: 30 }] }))).toBe('2026-05-01')
    expect(termine(fatti({ sospensioni: [{ dal: '2026-03-12', al: null, massimo: null }] }))).toBeNull()
  })

  it('a suspension that begins after the last day changes nothing', () => {
    expect(termine(fatti({ sospensioni: [{ dal: '2026-04-01', al: null, massimo: null }] }))).toBe('2026-04-01')
  })

  it('an interruption begins the count again from its end, and nobody can say the term before', () => {
    expect(termine(fatti({ interruzioni: [{ dal: '2026-03-12', al: '2026-03-25' }] }))).toBe('2026-04-24')
    expect(computeTermine(fatti({ interruzioni: [{ dal: '2026-03-12', al: null }] }), mai, cal)).toEqual({
      decorrenza: null,
      termine: null,
      iniziale: '2026-04-01',
    })
  })

  it('says what stops the term on a day', () => {
    const f = fatti({ sospensioni: [{ dal: '2026-03-12', al: null, massimo: 30 }], interruzioni: [{ dal: '2026-03-20', al: null }] })
    expect(sospensioneIn(f, '2026-03-11')).toBeNull()
    expect(sospensioneIn(f, '2026-03-12')).toEqual({ dal: '2026-03-12', fino: '2026-04-11' })
    expect(sospensioneIn(f, '2026-03-25')).toEqual({ dal: '2026-03-20', fino: null })
    expect(sospensioneIn(fatti({ sospensioni: [{ dal: '2026-03-12', al: '2026-03-15', massimo: 30 }] }), '2026-03-15')).toBeNull()
  })

  it('measures a concluded procedure: whole days, suspended ones, within the term', () => {
    const f = fatti({ sospensioni: [{ dal: '2026-03-12', al: '2026-03-22', massimo: 30 }] })
    const t = computeTermine(f, mai, cal)
    expect(measure(f, t, '2026-04-11')).toEqual({ giorni: 40, sospesi: 10, neiTermini: true })
    expect(measure(f, t, '2026-04-12')).toEqual({ giorni: 41, sospesi: 10, neiTermini: false })
  })
})

const day = fc.integer({ min: 0, max: 4000 }).map((n) => addDays('2022-01-01', n))
const stop = fc
  .record({
    from: fc.integer({ min: 0, max: 200 }),
    length: fc.option(fc.integer({ min: 0, max: 90 }), { nil: null }),
    massimo: fc.integer({ min: 1, max: 90 }),
  })
  .map(({ from, length, massimo }) => ({ from, length, massimo }))
const world = fc
  .record({
    avvio: day,
    giorni: fc.integer({ min: 1, max: 200 }),
    unita: fc.constantFrom('giorni' as const, 'giorni lavorativi' as const),
    proroga: fc.integer({ min: 0, max: 60 }),
    stops: fc.array(stop, { maxLength: 4 }),
  })
  .map(({ stops, ...rest }) => ({
    ...rest,
    sospensioni: stops.map((s): Sospensione => {
      const dal = addDays(rest.avvio, s.from)
      return { dal, al: s.length === null ? null : addDays(dal, s.length), massimo: s.massimo }
    }),
    interruzioni: [],
  }))
const rule = fc.constantFrom('mai' as const, 'festivi' as const, 'non lavorativi' as const)
const count = (f: FattiTermine, festivo: 'mai' | 'festivi' | 'non lavorativi'): string =>
  computeTermine(f, { festivo }, CALENDARIO_NAZIONALE).termine as string

describe('properties of the term', () => {
  it('exactly the days of the term are counted: neither the first day nor a suspended one is', () => {
    fc.assert(
      fc.property(world, (f) => {
        const last = count(f, 'mai')
        let counted = 0
        for (let d = addDays(f.avvio, 1); d <= last; d = addDays(d, 1)) {
          const stopped = f.sospensioni.some((s) => d > s.dal && d <= (fineSospensione(s) ?? '9999-12-31'))
          if (!stopped && (f.unita === 'giorni' || isWorkingDay(d, CALENDARIO_NAZIONALE))) counted++
        }
        expect(counted).toBe(f.giorni + f.proroga)
        expect(last > f.avvio).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('the order of the events does not matter', () => {
    fc.assert(
      fc.property(world, rule, (f, r) => {
        expect(count({ ...f, sospensioni: f.sospensioni.toReversed() }, r)).toBe(count(f, r))
      }),
      { numRuns: 150 },
    )
  })

  it('a later start, more days or one more suspension never bring the term nearer', () => {
    fc.assert(
      fc.property(world, rule, fc.integer({ min: 0, max: 60 }), stop, (f, r, more, s) => {
        const before = count(f, r)
        expect(count({ ...f, avvio: addDays(f.avvio, more) }, r) >= before).toBe(true)
        expect(count({ ...f, giorni: f.giorni + more }, r) >= before).toBe(true)
        const dal = addDays(f.avvio, s.from)
        const added = { dal, al: s.length === null ? null : addDays(dal, s.length), massimo: s.massimo }
        expect(count({ ...f, sospensioni: [...f.sospensioni, added] }, r) >= before).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('the last day is never a holiday where the rule moves it, and it moves by a few days only', () => {
    fc.assert(
      fc.property(world, rule, (f, r) => {
        const last = count(f, r)
        expect(isFestivo(last, r, CALENDARIO_NAZIONALE)).toBe(false)
        const shift = daysBetween(count(f, 'mai'), last)
        expect(shift >= 0 && shift <= 5).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('registering the request late does not lengthen the term: only its arrival counts', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 0, max: 30 }), (f, late) => {
        // The registration is not among the facts of the term: whatever day it is made, the arrival gives the last day.
        const registered = addDays(f.avvio, late)
        expect(count(f, REGOLE_PREDEFINITE.festivo) <= count({ ...f, avvio: registered }, REGOLE_PREDEFINITE.festivo)).toBe(true)
      }),
      { numRuns: 100 },
    )
  })
})
