import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import {
  formatConservazione,
  longestConservazione,
  parsePianoCsv,
  resolveRegola,
  writePianoCsv,
  type Regola,
  type RegolaVoce,
} from '../../../titolario/index.ts'

const rule = (r: Partial<Regola>): Regola => ({
  tipologia: null,
  tipoFascicolo: null,
  anni: 10,
  condizione: null,
  decorrenza: 'chiusura',
  sfoltimento: false,
  ...r,
})

describe('piano di conservazione', () => {
  it('REQ-FASC-050 takes the nearest voice with a rule, and at the same voice the most specific one', () => {
    const titolo = [rule({ anni: 40 })]
    const classe = [
      rule({ anni: 10 }),
      rule({ anni: 5, tipoFascicolo: 'affare' }),
      rule({ anni: 9999, tipologia: 'Regolamento' }),
      rule({ anni: 1, tipologia: 'Regolamento', tipoFascicolo: 'affare' }),
    ]
    const anni = (o: { tipologia?: string; tipoFascicolo?: string }, percorso = [classe, titolo]) => resolveRegola(percorso, o)?.anni
    expect(anni({})).toBe(10)
    expect(anni({ tipoFascicolo: 'affare' })).toBe(5)
    expect(anni({ tipologia: 'regolamento' })).toBe(9999)
    expect(anni({ tipologia: 'Regolamento', tipoFascicolo: 'affare' })).toBe(1)
    expect(anni({ tipologia: 'Istanza' }, [[], titolo])).toBe(40)
    expect(resolveRegola([[rule({ tipologia: 'Verbale' })], []], { tipologia: 'Istanza' })).toBeNull()
  })

  it('REQ-FASC-051 the longest time inside wins, unless the rule of the fascicolo allows internal selection', () => {
    const ten = { anni: 10, sfoltimento: false }
    expect(longestConservazione(ten, [{ anni: 5 }, { anni: 40 }])).toBe(40)
    expect(longestConservazione(ten, [{ anni: 5 }])).toBe(10)
    expect(longestConservazione({ anni: 10, sfoltimento: true }, [{ anni: 40 }])).toBe(10)
    expect(longestConservazione(ten, [{ anni: null }])).toBeNull()
    expect(longestConservazione(ten, [{ anni: null }, { anni: 9999 }])).toBe(9999)
    expect(longestConservazione({ anni: null, sfoltimento: false }, [])).toBeNull()
  })

  it('REQ-FASC-051 never gives less than any time inside', () => {
    const anni = fc.oneof(fc.integer({ min: 1, max: 9999 }), fc.constant(null))
    fc.assert(
      fc.property(anni, fc.array(anni), (own, documents) => {
        const result = longestConservazione(
          { anni: own, sfoltimento: false },
          documents.map((a) => ({ anni: a })),
        )
        if (result !== null) for (const one of [own, ...documents]) expect(result).toBeGreaterThanOrEqual(one ?? 0)
        else expect([own, ...documents]).toContain(null)
      }),
    )
  })

  it('writes times in words', () => {
    expect([formatConservazione(9999), formatConservazione(1), formatConservazione(10), formatConservazione(null)]).toEqual([
      'Permanente',
      '1 anno',
      '10 anni',
      'DA DEFINIRE',
    ])
    expect(formatConservazione(null, 'finché dura il vincolo')).toBe('finché dura il vincolo')
    expect(formatConservazione(5, 'dopo il collaudo')).toBe('5 anni, dopo il collaudo')
  })
})

describe('CSV of the piano di conservazione', () => {
  const nomi = { codici: new Set(['I/1', 'I/2']), tipologie: ['Istanza'], tipiFascicolo: ['affare', 'attivita'] }

  it('gives back the rules it wrote', () => {
    const regole: RegolaVoce[] = [
      { codice: 'I/1', ...rule({ anni: 9999 }) },
      {
        codice: 'I/2',
        ...rule({ tipologia: 'Istanza', tipoFascicolo: 'affare', anni: null, condizione: 'finché; dura', decorrenza: 'documento' }),
      },
      { codice: 'I/2', ...rule({ sfoltimento: true }) },
    ]
    expect(parsePianoCsv(writePianoCsv(regole), nomi)).toEqual({ valido: true, rilievi: [], regole })
  })

  it('says every fault at once with its line', () => {
    const r = parsePianoCsv(
      'codice;tipologia;tipo_fascicolo;anni;decorrenza;sfoltimento\nIX/9;;;10;;\nI/1;;strano;zero;mai;forse\nI/2;Boh;;;;\nI/1;;strano;5;;',
      nomi,
    )
    expect(r.valido).toBe(false)
    expect(r.regole).toEqual([])
    expect(r.rilievi.map((one) => [one.gravita, one.riga, one.colonna])).toEqual([
      ['errore', 2, 'codice'],
      ['errore', 3, 'tipo_fascicolo'],
      ['errore', 3, 'anni'],
      ['errore', 3, 'decorrenza'],
      ['errore', 3, 'sfoltimento'],
      ['avviso', 4, 'tipologia'],
      ['errore', 4, 'anni'],
      ['errore', 5, 'tipo_fascicolo'],
      ['errore', 5, 'codice'],
    ])
  })

  it('refuses a file that is none', () => {
    expect(parsePianoCsv('', nomi).rilievi).toEqual([{ gravita: 'errore', riga: 0, messaggio: 'Il file non contiene righe.' }])
    expect(parsePianoCsv('nome;anni\nx;1', nomi).rilievi[0]).toMatchObject({ gravita: 'errore', messaggio: 'Manca la colonna «codice».' })
    expect(parsePianoCsv('codice\n"aperta', nomi).valido).toBe(false)
  })
})
