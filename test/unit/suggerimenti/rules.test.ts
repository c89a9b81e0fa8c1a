import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { splitNelTempo } from '../../../server/suggerimenti/misura.ts'
import { OGNI_DOCUMENTO, rangoOf, rankEsiti, regolaVale, segniOf, spiegaCandidato } from '../../../server/suggerimenti/rules.ts'
import type { Conteggio } from '../../../server/suggerimenti/rules.ts'

const describeDocument = (oggetto: string, mittente = '', tipologia = '') => ({ oggetto, mittente, tipologia })
const count = (chiave: string, esito: string, quante: number): Conteggio => ({ chiave, esito, quante })

describe('the signs of a document', () => {
  it('are the words that say something, once, without accents and endings; who sent it is not written in clear', () => {
    const segni = segniOf(describeDocument('Richiesta di permessi: permesso di costruire 41/2019', 'VNTRNS74E50X901Q', 'Istanza'))
    expect(segni.map((s) => s.chiave)).toEqual(['p:permess', 'p:costruir', expect.stringMatching(/^m:[0-9a-f]{32}$/u), 't:Istanza'])
    expect(JSON.stringify(segni.map((s) => s.chiave))).not.toContain('vntrns')
    expect(segniOf(describeDocument('di e con 12'))).toEqual([])
  })
})

describe('the order of the proposals', () => {
  const memory = [
    count(OGNI_DOCUMENTO, 'edilizia', 60),
    count(OGNI_DOCUMENTO, 'scuola', 30),
    count(OGNI_DOCUMENTO, 'tributi', 10),
    count('p:mens', 'scuola', 20),
    count('p:mens', 'edilizia', 1),
    count('p:rimbors', 'tributi', 5),
    count('p:rimbors', 'scuola', 5),
  ]

  it('REQ-TIT-025 what documents like it were given comes first, with the reason in numbers', () => {
    const [first, second] = rankEsiti(segniOf(describeDocument('Rimborso mensa')), memory)
    expect(first?.esito).toBe('scuola')
    expect(spiegaCandidato(first ?? { prove: [] })).toBe('Parola «mensa»: 20 volte su 21; parola «rimborso»: 5 volte su 10.')
    expect(second?.esito).toBe('tributi')
  })

  it('nothing is proposed where no sign speaks, however frequent an outcome is', () => {
    expect(rankEsiti(segniOf(describeDocument('Parola mai vista')), memory)).toEqual([])
    expect(rankEsiti(segniOf(describeDocument('Rimborso')), memory).map((c) => c.esito)).not.toContain('edilizia')
    expect(rankEsiti([], [])).toEqual([])
  })

  it('scores are finite and ordered, whatever the memory', () => {
    const row = fc.record({
      chiave: fc.constantFrom('p:aaa', 'p:bbb', 'p:ccc'),
      esito: fc.constantFrom('x', 'y', 'z'),
      quante: fc.integer({ min: 1, max: 50 }),
    })
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: (r) => r.chiave + r.esito }), (rows) => {
        const totals = new Map<string, number>()
        for (const r of rows) totals.set(r.esito, (totals.get(r.esito) ?? 0) + r.quante)
        const all = [...rows, ...[...totals].map(([esito, quante]) => count(OGNI_DOCUMENTO, esito, quante))]
        const ranked = rankEsiti(segniOf(describeDocument('aaa bbb ccc')), all)
        expect(ranked.every((c) => Number.isFinite(c.punti) && c.prove.length > 0)).toBe(true)
        expect(ranked.map((c) => c.punti)).toEqual(ranked.map((c) => c.punti).toSorted((a, b) => b - a))
      }),
    )
  })
})

describe('rules and ranks', () => {
  it('a rule holds when all its words and its sender are there', () => {
    const d = describeDocument('Occupazione di suolo pubblico per la sagra', 'proloco@posta.example')
    expect(regolaVale({ parole: 'suolo pubblico', mittente: '' }, d)).toBe(true)
    expect(regolaVale({ parole: 'suolo pubblico mercato', mittente: '' }, d)).toBe(false)
    expect(regolaVale({ parole: '', mittente: 'Proloco@posta.example' }, d)).toBe(true)
    expect(regolaVale({ parole: 'suolo', mittente: 'altro@posta.example' }, d)).toBe(false)
    expect(regolaVale({ parole: '', mittente: '' }, d)).toBe(false)
  })

  it('the place of what was chosen', () => {
    expect([rangoOf(['a', 'b'], 'b'), rangoOf(['a'], 'b'), rangoOf([], 'b')]).toEqual([2, 0, null])
  })
})

describe('the measure in time', () => {
  const story = (n: number, of: (i: number) => string) =>
    Array.from({ length: n }, (_, i) => ({
      id: String(i),
      oggetto: i % 2 === 0 ? 'Iscrizione mensa scolastica' : 'Permesso di costruire',
      mittente: '',
      tipologia: 'Istanza',
      voceId: of(i),
      ufficioId: 'u',
    }))

  it('guesses only what comes after the split, and never from itself', () => {
    const m = splitNelTempo(
      story(100, (i) => (i % 2 === 0 ? 'scuola' : 'edilizia')),
      0.8,
    )
    expect(m).toMatchObject({ imparati: 80, provati: 20, voci: { prima: 1, traLePrimeTre: 1, piuFrequente: expect.closeTo(0.5, 1) } })
    // An outcome never seen before cannot be guessed the first time.
    expect(
      splitNelTempo(
        story(10, (i) => String(i)),
        0.5,
      ).voci.prima,
    ).toBe(0)
  })
})
