import { describe, expect, it } from '@jest/globals'
import { giornoItaliano, leggiGiorno, scriviGiorno, spostaGiorno } from '../../../web/src/ui/date.ts'
import { giornoEOra, numero, peso, plurale, quando, tipoFile } from '../../../web/src/ui/formati.ts'

const TODAY = '2026-09-14'

describe('dates as people write them', () => {
  it.each([
    ['oggi', '2026-09-14'],
    ['Ieri', '2026-09-13'],
    ['14/9', '2026-09-14'],
    ['1.9.26', '2026-09-01'],
    ['01-09-2025', '2025-09-01'],
    ['2026-2-28', '2026-02-28'],
  ])('%s is %s', (text, day) => {
    expect(leggiGiorno(text, TODAY)).toBe(day)
  })

  it('a day without year is the most recent one, never a future one', () => {
    expect(leggiGiorno('15/9', TODAY)).toBe('2025-09-15')
    expect(leggiGiorno('31/12', TODAY)).toBe('2025-12-31')
  })

  it.each(['', '31/2', '40/1', 'domenica', '14/13/2026', '29/2/2025'])('%s is not a date', (text) => {
    expect(leggiGiorno(text, TODAY)).toBeNull()
  })

  it('the Italian day changes at midnight in Rome', () => {
    expect(giornoItaliano(new Date('2026-12-31T22:59:59Z'))).toBe('2026-12-31')
    expect(giornoItaliano(new Date('2026-12-31T23:00:00Z'))).toBe('2027-01-01')
  })

  it('moves across months and writes in Italian', () => {
    expect(spostaGiorno('2026-03-01', -1)).toBe('2026-02-28')
    expect(scriviGiorno('2026-09-14')).toBe('14/09/2026')
    expect(scriviGiorno('boh')).toBe('boh')
  })
})

describe('formats', () => {
  it('writes instants in the Italian time', () => {
    expect(giornoEOra('2026-09-14T06:12:00Z')).toBe('14/09/2026, 08:12')
    expect(giornoEOra('2026-09-14')).toBe('14/09/2026')
    expect(giornoEOra(null)).toBe('')
  })

  it('a queue shows the hour today and the day before', () => {
    expect(quando('2026-09-14T06:12:00Z', TODAY)).toBe('08:12')
    expect(quando('2026-09-13T06:12:00Z', TODAY)).toBe('13/09')
  })

  it('numbers, sizes, plurals and kinds of file', () => {
    expect(numero(1248)).toBe('1.248')
    expect(peso(38_200)).toBe('38 kB')
    expect(peso(4_230_000)).toBe('4,2 MB')
    expect(plurale(1, { one: '# campo', other: '# campi' })).toBe('1 campo')
    expect(plurale(0, { one: '# campo', other: '# campi' })).toBe('0 campi')
    expect(tipoFile('atto.PDF', 'application/pdf')).toBe('PDF')
    expect(tipoFile('senza-estensione', 'image/png')).toBe('PNG')
  })
})
