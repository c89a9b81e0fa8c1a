import { describe, expect, it } from '@jest/globals'
import { leggiNumeroProtocollo } from '../../../web/src/moduli/protocollo/numero.ts'
import { intervallo } from '../../../web/src/ui/selezione.ts'

describe('selection of rows', () => {
  const ids = ['a', 'b', 'c', 'd']
  it('goes from one row to the other in either direction, both included', () => {
    expect(intervallo(ids, 'b', 'd')).toEqual(['b', 'c', 'd'])
    expect(intervallo(ids, 'd', 'b')).toEqual(['b', 'c', 'd'])
  })
  it('is one row when nothing was ticked before, or what was ticked is gone', () => {
    expect(intervallo(ids, null, 'c')).toEqual(['c'])
    expect(intervallo(ids, 'z', 'c')).toEqual(['c'])
    expect(intervallo(ids, 'a', 'z')).toEqual([])
  })
})

describe('numbers of the register as people write them', () => {
  it('with and without zeros, with the year whole, short or missing', () => {
    expect(leggiNumeroProtocollo('0015183/2026', '2027')).toEqual({ numero: '15183', anno: '2026' })
    expect(leggiNumeroProtocollo(' 15183/26 ', '2027')).toEqual({ numero: '15183', anno: '2026' })
    expect(leggiNumeroProtocollo('15183', '2027')).toEqual({ numero: '15183', anno: '2027' })
  })
  it('refuses what is not a number of protocollo', () => {
    for (const text of ['', '0', '15183/', '15183/206', 'abc', '15183/2026/1']) expect(leggiNumeroProtocollo(text, '2026')).toBeNull()
  })
})
