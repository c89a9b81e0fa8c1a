import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { CALENDARIO_NAZIONALE, isWorkingDay, nextWorkingDay, whyNotWorking } from '../../../server/enti/index.ts'
import type { Calendario } from '../../../server/enti/index.ts'
import { addDays } from '../../../server/kernel/time.ts'

const conPatrono: Calendario = { patrono: '06-29', santoPatrono: 'Santi Pietro e Paolo', giorni: [] }

describe('working days', () => {
  it.each([
    ['2026-04-03', true],
    ['2026-04-04', false],
    ['2026-04-05', false],
    ['2026-04-06', false],
    ['2026-04-07', true],
    ['2027-03-29', false],
    ['2028-04-17', false],
    ['2024-04-25', false],
    ['2026-06-02', false],
    ['2026-08-15', false],
    ['2026-12-08', false],
    ['2026-12-24', true],
    ['2026-12-31', true],
    ['2027-01-06', false],
    ['2027-10-04', false],
    ['2025-10-03', true],
  ])('REQ-PROT-105 %s is a working day: %s (weekends, fixed and movable national holidays)', (giorno, lavorativo) => {
    expect(isWorkingDay(giorno, CALENDARIO_NAZIONALE)).toBe(lavorativo)
  })

  it('REQ-PROT-105 the patron saint of the AOO is a holiday every year, and only there', () => {
    expect(isWorkingDay('2026-06-29', CALENDARIO_NAZIONALE)).toBe(true)
    expect(isWorkingDay('2026-06-29', conPatrono)).toBe(false)
    expect(isWorkingDay('2027-06-29', conPatrono)).toBe(false)
    expect(whyNotWorking('2026-06-29', conPatrono)).toBe('Santi Pietro e Paolo')
  })

  it('REQ-PROT-105 single days of the AOO win over everything: closures and extraordinary openings', () => {
    const own: Calendario = {
      ...conPatrono,
      giorni: [
        { giorno: '2026-06-29', lavorativo: true, motivo: 'Apertura per elezioni' },
        { giorno: '2026-06-30', lavorativo: false, motivo: 'Disinfestazione' },
      ],
    }
    expect(isWorkingDay('2026-06-29', own)).toBe(true)
    expect(whyNotWorking('2026-06-30', own)).toBe('Disinfestazione')
    expect(nextWorkingDay('2026-06-29', own)).toBe('2026-07-01')
  })
})

describe('the next working day', () => {
  it.each([
    ['Friday before Easter', '2026-04-03', '2026-04-07', CALENDARIO_NAZIONALE],
    ['Easter Monday itself', '2026-04-06', '2026-04-07', CALENDARIO_NAZIONALE],
    ['24 April before a Saturday holiday', '2026-04-24', '2026-04-27', CALENDARIO_NAZIONALE],
    ['24 April 2025, a Thursday', '2025-04-24', '2025-04-28', CALENDARIO_NAZIONALE],
    ['Friday, Monday is the patron saint', '2026-06-26', '2026-06-30', conPatrono],
    ['Friday of the example of the specification', '2026-10-30', '2026-11-02', CALENDARIO_NAZIONALE],
    ['Friday before the spring change of hour', '2026-03-27', '2026-03-30', CALENDARIO_NAZIONALE],
    ['the night of the spring change of hour', '2026-03-28', '2026-03-30', CALENDARIO_NAZIONALE],
    ['the night of the autumn change of hour', '2026-10-24', '2026-10-26', CALENDARIO_NAZIONALE],
    ['the Sunday of the autumn change of hour', '2026-10-25', '2026-10-26', CALENDARIO_NAZIONALE],
    ['the last day of the year', '2026-12-31', '2027-01-04', CALENDARIO_NAZIONALE],
    ['Christmas', '2025-12-24', '2025-12-29', CALENDARIO_NAZIONALE],
  ])('REQ-PROT-105 %s', (_, giorno, atteso, calendario) => {
    expect(nextWorkingDay(giorno, calendario)).toBe(atteso)
  })

  it('REQ-PROT-105 is always a later working day with none in between', () => {
    const days = fc.integer({ min: 0, max: 40 * 365 }).map((n) => addDays('2020-01-01', n))
    fc.assert(
      fc.property(days, (giorno) => {
        const next = nextWorkingDay(giorno, conPatrono)
        expect(next > giorno && isWorkingDay(next, conPatrono)).toBe(true)
        for (let day = addDays(giorno, 1); day < next; day = addDays(day, 1)) expect(isWorkingDay(day, conPatrono)).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('a calendar that never opens is a mistake, not an endless search', () => {
    const closed: Calendario = {
      ...CALENDARIO_NAZIONALE,
      giorni: Array.from({ length: 400 }, (_, i) => ({ giorno: addDays('2026-01-01', i), lavorativo: false, motivo: 'Chiuso' })),
    }
    expect(() => nextWorkingDay('2026-01-01', closed)).toThrow(RangeError)
  })
})
