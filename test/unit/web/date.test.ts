import { describe, expect, it } from '@jest/globals'
import { giornoItaliano, istanteItaliano, leggiGiorno, oraItaliana, scriviGiorno, spostaGiorno } from '../../../web/src/ui/date.ts'
import { corrisponde, filtra } from '../../../web/src/ui/parole.ts'
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

describe('instants from day and hour', () => {
  it('uses the Italian time of that day, winter and summer', () => {
    expect(istanteItaliano('2026-01-10', '8:05')).toBe('2026-01-10T07:05:00.000Z')
    expect(istanteItaliano('2026-07-10', '08.05')).toBe('2026-07-10T06:05:00.000Z')
    expect(oraItaliana(new Date('2026-07-10T06:05:00Z'))).toBe('08:05')
  })

  it('has an answer on the nights when the clock changes', () => {
    expect(istanteItaliano('2026-10-25', '02:30')).toBe('2026-10-25T00:30:00.000Z')
    expect(istanteItaliano('2026-03-29', '02:30')).toBe('2026-03-29T01:30:00.000Z')
  })

  it.each(['', '24:00', '8', '8:60', 'mattina'])('%s is not an hour', (text) => {
    expect(istanteItaliano('2026-01-10', text)).toBeNull()
  })
})

describe('words', () => {
  const names = ['Permessi di costruire', 'Accesso agli atti', 'Attività edilizia']
  it('finds by beginnings of words, without accents', () => {
    expect(filtra(names, 'attivita ed', (name) => name)).toEqual(['Attività edilizia'])
    expect(corrisponde('VI/3 06.03 Edilizia privata', '06.03')).toBe(true)
    expect(filtra(names, '', (name) => name)).toEqual(names)
  })

  it('falls back to any place in the text', () => {
    expect(filtra(names, 'ruire', (name) => name)).toEqual(['Permessi di costruire'])
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
