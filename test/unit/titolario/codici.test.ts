import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { compareNumeri, formatCodice, formatEtichetta, fromRoman, parseCodice, readCodice, toRoman } from '../../../titolario/index.ts'

const numeri = fc
  .tuple(fc.integer({ min: 1, max: 3999 }), fc.array(fc.integer({ min: 1, max: 9999 }), { maxLength: 4 }))
  .map(([titolo, others]) => [titolo, ...others])

describe('Roman numerals', () => {
  it('are written as in every book', () => {
    expect([1, 4, 6, 9, 14, 40, 90, 400, 1994, 3999].map(toRoman)).toEqual([
      'I',
      'IV',
      'VI',
      'IX',
      'XIV',
      'XL',
      'XC',
      'CD',
      'MCMXCIV',
      'MMMCMXCIX',
    ])
  })

  it('read back what was written, for every value', () => {
    for (let value = 1; value <= 3999; value += 1) expect(fromRoman(toRoman(value))).toBe(value)
  })

  it('refuse irregular forms and values without a numeral', () => {
    for (const text of ['', 'IIII', 'VX', 'IC', 'VV', 'vi', '6', 'VI ', 'MMMM']) expect(fromRoman(text)).toBeNull()
    for (const value of [0, -1, 1.5, 4000, Number.NaN]) expect(() => toRoman(value)).toThrow(RangeError)
  })
})

describe('codes', () => {
  it('REQ-TIT-026 one written form: titolo in Roman numerals, bars, Arabic numbers', () => {
    expect(formatCodice([6])).toBe('VI')
    expect(formatCodice([6, 3])).toBe('VI/3')
    expect(formatCodice([6, 3, 1])).toBe('VI/3/1')
    expect(parseCodice('VI/3/1')).toEqual([6, 3, 1])
    for (const other of ['VI.3', 'vi/3', '6/3', 'VI/03', 'VI/', '/3', 'VI//3', 'VI/3/', ' VI/3', 'VI/0', 'VI/a', ''])
      expect(parseCodice(other)).toBeNull()
  })

  it('REQ-TIT-026 every code is written and read back unchanged', () => {
    fc.assert(fc.property(numeri, (code) => expect(parseCodice(formatCodice(code))).toEqual(code)))
  })

  it('REQ-TIT-001 up to five levels, never none and never six', () => {
    expect(formatCodice([1, 2, 3, 4, 5])).toBe('I/2/3/4/5')
    expect(parseCodice('I/2/3/4/5')).toEqual([1, 2, 3, 4, 5])
    expect(parseCodice('I/2/3/4/5/6')).toBeNull()
    expect(() => formatCodice([1, 2, 3, 4, 5, 6])).toThrow(RangeError)
    expect(() => formatCodice([])).toThrow(RangeError)
    expect(() => formatCodice([1, 0])).toThrow(RangeError)
  })

  it('labels sort as text within a hundred and grow beyond', () => {
    expect(formatEtichetta([6, 3, 1])).toBe('06.03.01')
    expect(formatEtichetta([14])).toBe('14')
    expect(formatEtichetta([6, 123])).toBe('06.123')
  })

  it('what people type is understood', () => {
    for (const typed of ['VI/3', 'vi/3', 'VI.3', '6.3', '06.03', '6/3', 'VI 3', ' vi-3 ', 'VI / 3', '6. 3'])
      expect(readCodice(typed)).toEqual([6, 3])
    expect(readCodice('6')).toEqual([6])
    expect(readCodice('06.03.01')).toEqual([6, 3, 1])
    for (const typed of ['edilizia', 'VI/III', '0', '6.0', '6.', '6..3', '1.2.3.4.5.6', '']) expect(readCodice(typed)).toBeNull()
  })

  it('order follows the numbers, not the letters', () => {
    const codes = ['X/1', 'IX/1', 'VI/10', 'VI/3/1', 'VI/3', 'VI/2', 'VI']
    const ordered = codes
      .map((code) => parseCodice(code) ?? [])
      .sort(compareNumeri)
      .map(formatCodice)
    expect(ordered).toEqual(['VI', 'VI/2', 'VI/3', 'VI/3/1', 'VI/10', 'IX/1', 'X/1'])
  })
})
