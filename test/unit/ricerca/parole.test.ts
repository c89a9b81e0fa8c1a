import { describe, expect, it } from '@jest/globals'
import { estratto, evidenzia, toRicercatore } from '../../../server/ricerca/evidenza.ts'
import { distanza, sinonimiDi, splitParole, vocabolario } from '../../../server/ricerca/parole.ts'
import { completions } from '../../../server/ricerca/service/suggerisci.ts'
import { parseDomanda } from '../../../server/ricerca/domanda.ts'
import { paroleDaEspandere, paroleOf, toParti } from '../../../server/ricerca/tsquery.ts'
import type { Contesto } from '../../../server/ricerca/tsquery.ts'

const plain: Contesto = { oggi: '2026-09-20', espansioni: new Map(), uffici: () => [], perdona: false }

describe('words', () => {
  it('are compared without case, accents and signs', () => {
    expect(splitParole('Mobilità: l’ATTO n. 15/bis')).toEqual(['mobilita', 'l', 'atto', 'n', '15', 'bis'])
  })
  it('count their mistakes, an exchange of neighbours as one', () => {
    expect([distanza('ventaglo', 'ventaglio'), distanza('vetnaglio', 'ventaglio'), distanza('casa', 'casa'), distanza('', 'ab')]).toEqual([
      1, 1, 0, 2,
    ])
  })
  it('make a vocabulary of letters only, each once', () => {
    expect(vocabolario(['Via Roma 12, via dei Mulini', 'XII 2026'])).toEqual(['via', 'roma', 'mulini', 'xii'])
  })
  it('know the synonyms of the product', () => {
    expect(sinonimiDi('pratica')).toEqual(['fascicolo', 'cartella'])
    expect(sinonimiDi('edilizia')).toEqual([])
  })
})

describe('hits in a text', () => {
  it('are pieces of the text as it was written, and together they are the text', () => {
    const testo = 'Mobilità <b>e</b> mobilitazione, immobile'
    const pezzi = evidenzia(testo, toRicercatore(['mobilita']))
    expect(pezzi.filter((p) => p.trovata).map((p) => p.testo)).toEqual(['Mobilità', 'mobilitazione'])
    expect(pezzi.map((p) => p.testo).join('')).toBe(testo)
  })
  it('in a long text are shown with some words around', () => {
    const testo = `${'parola '.repeat(100)}mulini a vento ${'altro '.repeat(100)}`
    const found = (estratto(testo, toRicercatore(['mulini'])) ?? []).map((p) => p.testo).join('')
    expect(found).toMatch(/^… parola.*mulini a vento.*altro …$/u)
    expect(found.length).toBeLessThan(260)
    expect(estratto(testo, toRicercatore(['assente']))).toBeNull()
  })
})

describe('the question for PostgreSQL', () => {
  it('holds nothing that the person could have written as syntax', () => {
    for (const testo of ["a' | 'b", 'x & !y', "mitt:'); drop", 'stato:"\'"', "o'brien \\"]) {
      const text = toParti(parseDomanda(testo, '2026-09-20'), plain).join(' & ')
      expect(text.replaceAll(/'[\p{L}\p{N}]+'(:\*)?|<->|[&|!() ]/gu, '')).toBe('')
    }
  })
  it('names the months of a period, and nothing for an endless one', () => {
    expect(toParti(parseDomanda('da:15/08 a:3/9', '2026-09-20'), plain).join(' & ')).toBe("( 'zzm202608' | 'zzm202609' )")
    expect(toParti(parseDomanda('a:3/9/2020', '2026-09-20'), plain).join(' & ')).toBe('')
  })
  it('excludes, offers alternatives, keeps neighbours together', () => {
    expect(toParti(parseDomanda('scuola OR asilo -nido', '2026-09-20'), plain).join(' & ')).toBe("( 'scuola':* | 'asilo':* ) & !'nido':*")
    expect(toParti(parseDomanda('"permesso di"', '2026-09-20'), plain).join(' & ')).toBe("( 'permesso' <-> 'di' )")
  })
})

describe('completions', () => {
  it('come from the given texts only, most frequent first', () => {
    expect(completions('richiesta edi', ['Edilizia privata', 'edile', 'Pratica edilizia', 'mensa'])).toEqual([
      'richiesta edilizia',
      'richiesta edile',
    ])
    expect(completions('richiesta ', ['edilizia'])).toEqual([])
  })
  it('names the known words that begin as the one typed, and looks by the beginning where they are too many or nothing else was found', () => {
    const espansioni = (inizianti: string[] | null): Contesto => ({
      ...plain,
      espansioni: new Map([['castello', { radice: 'castell', inizianti, contenenti: ['bicastello'], simili: [] }]]),
    })
    const parts = (testo: string, c: Contesto): string => toParti(parseDomanda(testo, '2026-09-20'), c).join(' & ')
    expect(parts('castello', espansioni(['castellone']))).toBe("( 'castello' | 'castellone' | 'castell' | 'bicastello' )")
    expect(parts('castello', espansioni(null))).toBe("( 'castello':* | 'castell' | 'bicastello' )")
    expect(parts('castello', { ...espansioni(['castellone']), perdona: true })).toBe("( 'castello':* | 'castell' | 'bicastello' )")
    expect(parts('mulino -castello', espansioni(['castellone']))).toBe("'mulino':* & !( 'castello' | 'castellone' )")
    expect(paroleOf(parseDomanda('mulino -castello', '2026-09-20'))).toEqual(['mulino'])
    expect(paroleDaEspandere(parseDomanda('mulino -castello', '2026-09-20'))).toEqual(['mulino', 'castello'])
  })
})
