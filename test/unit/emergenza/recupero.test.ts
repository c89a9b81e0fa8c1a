import { describe, expect, it } from '@jest/globals'
import { documentiAttesi, inSostituzioni, sostituibili } from '../../../web/src/moduli/emergenza/recupero.ts'

const fatto = (numero: string, sha256: string | null): { dati: string; impronta: string } => ({
  dati: JSON.stringify({
    tipo: 'registrazione',
    numero,
    dati: { documento: sha256 === null ? null : { nome: 'a.pdf', dimensione: 1, sha256 } },
  }),
  impronta: '',
})

describe('what a recovery is completed with', () => {
  it('finds the rows that wait for each document, also when two wait for the same bytes', () => {
    const fatti = [
      { dati: JSON.stringify({ tipo: 'apertura' }), impronta: '' },
      fatto('RE01-2026-0001', 'aa'),
      fatto('RE01-2026-0002', null),
    ]
    expect([
      ...documentiAttesi(JSON.stringify({ fatti: [...fatti, fatto('RE01-2026-0003', 'aa'), fatto('RE01-2026-0004', 'bb')] })),
    ]).toEqual([
      ['aa', ['RE01-2026-0001', 'RE01-2026-0003']],
      ['bb', ['RE01-2026-0004']],
    ])
    expect(documentiAttesi('not a file').size).toBe(0)
    expect(documentiAttesi('{"fatti":[{"dati":"cut').size).toBe(0)
  })

  it('offers a replacement for a class and for each office that no longer stands, and for nothing else', () => {
    const errori = [
      'RE02-2026-0001.assegnazione.ufficioId',
      'RE02-2026-0002.voceId',
      'RE02-2026-0003.documento',
      'RE02-2026-0004.ufficioMittenteId',
      'RE02-2026-0002.voceId',
      'serie',
    ].map((campo) => ({ campo, messaggio: 'x' }))
    expect(sostituibili(errori).map(({ numero, cosa }) => [numero, cosa])).toEqual([
      ['RE02-2026-0001', 'ufficioId'],
      ['RE02-2026-0002', 'voceId'],
      ['RE02-2026-0004', 'ufficioMittenteId'],
    ])
  })

  it('asks one replacement for each row, with bare identifiers', () => {
    const cosa = (numero: string, what: 'voceId' | 'ufficioId') => ({ campo: `${numero}.${what}`, numero, cosa: what })
    expect(
      inSostituzioni([
        { cosa: cosa('RE02-2026-0001', 'voceId'), id: 'v1' },
        { cosa: cosa('RE02-2026-0001', 'ufficioId'), id: 'ufficio:u1' },
        { cosa: cosa('RE02-2026-0002', 'ufficioId'), id: 'ufficio:u2' },
      ]),
    ).toEqual([
      { numero: 'RE02-2026-0001', voceId: 'v1', ufficioId: 'u1' },
      { numero: 'RE02-2026-0002', ufficioId: 'u2' },
    ])
  })
})
