import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseDomanda, readGiorno } from '../../../server/ricerca/domanda.ts'
import type { Termine } from '../../../server/ricerca/domanda.ts'

const OGGI = '2026-09-20'
const terms = (testo: string): Termine[] =>
  parseDomanda(testo, OGGI)
    .gruppi.flat()
    .map((e) => e.termine)
const words = (...parole: string[]): Termine => ({ tipo: 'parole', campo: 'tutto', parole, esatta: false })

describe('the one box', () => {
  it.each<[string, Termine[]]>([
    ['15183', [{ tipo: 'numero', numero: 15183, anno: null }]],
    ['0015183/26', [{ tipo: 'numero', numero: 15183, anno: 2026 }]],
    ['15183/2026', [{ tipo: 'numero', numero: 15183, anno: 2026 }]],
    ['n:42', [{ tipo: 'numero', numero: 42, anno: null }]],
    ['c_x901#AX1#PG#2026-09-14#0015183#E', [{ tipo: 'segnatura', testo: 'c_x901#AX1#PG#2026-09-14#0015183#E', numero: 15183, anno: 2026 }]],
    ['3B7F9C0A1D2E4F56', [{ tipo: 'impronta', prefisso: '3b7f9c0a1d2e4f56' }]],
    ['impronta:3b7f', [{ tipo: 'impronta', prefisso: '3b7f' }]],
    ['sha256:3b7f9c', [{ tipo: 'impronta', prefisso: '3b7f9c' }]],
    ['re1-2026-0003', [{ tipo: 'emergenza', codice: 'RE01-2026-3' }]],
    ['protmitt:P-77/2026', [{ tipo: 'protocolloMittente', testo: 'P-77/2026' }]],
    ['mitt:ventaglio', [{ tipo: 'parole', campo: 'mittente', parole: ['ventaglio'], esatta: false }]],
    ['mittente: "Torre Bruna"', [{ tipo: 'parole', campo: 'mittente', parole: ['torre', 'bruna'], esatta: false }]],
    ['dest:regione', [{ tipo: 'parole', campo: 'destinatario', parole: ['regione'], esatta: false }]],
    ['class:06.03', [{ tipo: 'voce', codice: 'VI/3' }]],
    ['classe:vi/3', [{ tipo: 'voce', codice: 'VI/3' }]],
    ['uff:SUE', [{ tipo: 'ufficio', parole: ['sue'] }]],
    ['smistamento:SUE', [{ tipo: 'ufficio', parole: ['sue'] }]],
    ['tipo:arrivo', [{ tipo: 'verso', valore: 'E' }]],
    ['tipo:partenza', [{ tipo: 'verso', valore: 'U' }]],
    ['stato:annullato', [{ tipo: 'stato', valore: 'annullata' }]],
    ['pratica:2026-06.03-12', [{ tipo: 'fascicolo', testo: '2026-06.03-12' }]],
    ['cartella:2026-06.03-12', [{ tipo: 'fascicolo', testo: '2026-06.03-12' }]],
    [
      'da:01/09 a:14/09',
      [
        { tipo: 'da', giorno: '2026-09-01' },
        { tipo: 'a', giorno: '2026-09-14' },
      ],
    ],
    [
      'oggi',
      [
        { tipo: 'da', giorno: OGGI },
        { tipo: 'a', giorno: OGGI },
      ],
    ],
    ['"permesso di costruire"', [{ tipo: 'parole', campo: 'tutto', parole: ['permesso', 'di', 'costruire'], esatta: true }]],
    ['“parole esatte”', [{ tipo: 'parole', campo: 'tutto', parole: ['parole', 'esatte'], esatta: true }]],
    ['"aperta senza fine', [{ tipo: 'parole', campo: 'tutto', parole: ['aperta', 'senza', 'fine'], esatta: true }]],
    ['VNTRNS74E50X901P', [words('vntrns74e50x901p')]],
    ['ortensia@posta.example', [words('ortensia', 'posta', 'example')]],
    ['Mobilità mobilita', [words('mobilita'), words('mobilita')]],
    ['di il la', []],
    ['   ', []],
    ['-', []],
  ])('reads %s', (testo, wanted) => {
    expect(terms(testo)).toEqual(wanted)
  })

  it('REQ-PROT-142 composes with AND, OR and NOT', () => {
    const read = parseDomanda('scuola OR asilo mensa -rifiuto NOT bozza non parere', OGGI).gruppi.map((g) =>
      g.map((e) => `${e.nega ? '!' : ''}${e.termine.tipo === 'parole' ? e.termine.parole.join(' ') : ''}`),
    )
    expect(read).toEqual([['scuola', 'asilo'], ['mensa'], ['!rifiuto'], ['!bozza'], ['!parere']])
  })

  it('an unknown filter and a day that does not exist become words', () => {
    expect(terms('colore:verde')).toEqual([words('colore', 'verde')])
    expect(terms('da:31/02')).toEqual([words('31', '02')])
    expect(terms('class:pippo')).toEqual([words('class', 'pippo')])
  })

  it('a day without its year is the last one that has come', () => {
    expect(readGiorno('31/12', OGGI)).toBe('2025-12-31')
    expect(readGiorno('20/9', OGGI)).toBe(OGGI)
    expect(readGiorno('29/02/24', OGGI)).toBe('2024-02-29')
    expect(readGiorno('29/2/2025', OGGI)).toBeNull()
  })

  it('says where each piece is, so that it can be taken away', () => {
    const testo = 'scuola mitt: "torre bruna" -nido'
    const pieces = parseDomanda(testo, OGGI)
      .gruppi.flat()
      .map((e) => testo.slice(e.inizio, e.fine))
    expect(pieces).toEqual(['scuola', 'mitt: "torre bruna"', '-nido'])
  })

  it('never throws, whatever is typed', () => {
    const bits = fc.constantFrom('mitt:', 'a:', '"', '-', 'OR', 'non', '15', '/26', ' ', "'", ':', '(', '|', '&', '!', '\\', '#', 'è', '€')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(bits, { maxLength: 30 }).map((b) => b.join('')),
        ),
        (testo) => {
          for (const { inizio, fine } of parseDomanda(testo, OGGI).gruppi.flat()) {
            expect(inizio).toBeGreaterThanOrEqual(0)
            expect(fine).toBeLessThanOrEqual(testo.length)
          }
        },
      ),
    )
  })
})
