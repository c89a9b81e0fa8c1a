import { describe, expect, it } from '@jest/globals'
import {
  codiceFiscaleControllo,
  codiceFiscaleErrore,
  isCodiceFiscale,
  isPartitaIva,
  normalizeCodiceFiscale,
  partitaIvaErrore,
  senzaOmocodia,
} from '../../../metadata-schemas/codici/index.ts'

describe('codice fiscale', () => {
  it('accepts right codes', () => {
    for (const codice of ['RSSMRA80A01H501U', 'BNCGLI85M41F205B', 'VRDLCU75T10L219Q', 'NREPLA90E55D612H'])
      expect(codiceFiscaleErrore(codice)).toBeNull()
  })

  it('accepts omocodia and weighs its letters as letters', () => {
    expect(isCodiceFiscale('RSSMRA80A01H50MM')).toBe(true)
    expect(senzaOmocodia('RSSMRA80A01H50MM')).toBe('RSSMRA80A01H501U')
    const tutte = 'RSSMRAULALMHRLM'
    expect(isCodiceFiscale(tutte + codiceFiscaleControllo(tutte))).toBe(true)
    expect(senzaOmocodia(tutte + codiceFiscaleControllo(tutte))).toBe('RSSMRA80A01H501U')
  })

  it('names the wrong character and its position', () => {
    expect(codiceFiscaleErrore('RSSMRA80A01H501X')).toContain('il 16º, «X»')
    expect(codiceFiscaleErrore('RSSMRAA0A01H501U')).toBe('Il carattere 7 («A») del codice fiscale deve essere una cifra.')
    expect(codiceFiscaleErrore('RSSMRA80F01H501U')).toBe('Il carattere 9 («F») del codice fiscale non indica un mese.')
    expect(codiceFiscaleErrore('RS1MRA80A01H501U')).toBe('Il carattere 3 («1») del codice fiscale deve essere una lettera.')
    expect(codiceFiscaleErrore('RSSMRA80a01H501U')).toBe('Il carattere 9 («a») del codice fiscale va scritto maiuscolo.')
    expect(codiceFiscaleErrore('RSSMRA80A00H501U')).toContain('giorno di nascita')
    expect(codiceFiscaleErrore('RSSMRA80A33H501U')).toContain('giorno di nascita')
    expect(codiceFiscaleErrore('RSSMRA80A72H501U')).toContain('giorno di nascita')
  })

  it('says what is wrong with the length', () => {
    expect(codiceFiscaleErrore('')).toBe('Manca il codice fiscale.')
    expect(codiceFiscaleErrore('RSSMRA80A01H501')).toBe('Il codice fiscale ha 15 caratteri: devono essere 16.')
    expect(codiceFiscaleErrore('01234567897')).toContain('11 cifre')
  })

  it('finds a wrong first letter and a wrong control character, whatever they are', () => {
    const codice = 'RSSMRA80A01H501U'
    for (const altra of 'ABCDEFGHIJKLMNOPQRST') expect(isCodiceFiscale(codice.slice(0, 15) + altra)).toBe(false)
    for (const altra of 'ABCDEFGHIJKLMNOPQSTUVWXYZ') expect(isCodiceFiscale(altra + codice.slice(1))).toBe(false)
  })

  it('normalises what people type', () => {
    expect(normalizeCodiceFiscale(' rss mra 80a01 h501u ')).toBe('RSSMRA80A01H501U')
  })
})

describe('partita IVA', () => {
  it('accepts a right control digit and refuses a wrong one', () => {
    expect(isPartitaIva('01234567897')).toBe(true)
    expect(partitaIvaErrore('01234567898')).toContain('cifra di controllo')
    for (let cifra = 0; cifra < 10; cifra += 1) expect(isPartitaIva(`0123456789${cifra}`)).toBe(cifra === 7)
  })

  it('says what is wrong', () => {
    expect(partitaIvaErrore('')).toBe('Manca la partita IVA.')
    expect(partitaIvaErrore('IT01234567897')).toContain('senza il prefisso IT')
    expect(partitaIvaErrore('0123456789')).toBe('La partita IVA ha 10 cifre: devono essere 11.')
    expect(partitaIvaErrore('0123456789A')).toContain('Il carattere 11 («A»)')
    expect(partitaIvaErrore('٠١٢٣٤٥٦٧٨٩٧')).toContain('non è una cifra')
    expect(partitaIvaErrore('00000000000')).toContain('zeri')
  })
})
