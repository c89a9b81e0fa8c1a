import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { splitCsv } from '../../../titolario/csv.ts'
import { formatPercorso, readTitolarioComuni, searchVoci } from '../../../titolario/index.ts'
import { itWithMateriali, materiale } from '../../support/materiali.ts'

const versione = readTitolarioComuni()
const { titolario } = versione
const codes = (testo: string, opzioni = {}) => searchVoci(titolario, testo, opzioni).map(({ voce }) => voce.codice)

describe('the model plan for municipalities', () => {
  it('REQ-TIT-011 is delivered as version 1 in BOZZA with 14 titoli and 125 classi', () => {
    expect(versione).toMatchObject({ numero: 1, stato: 'BOZZA' })
    expect(titolario.voci.filter((voce) => voce.livello === 1)).toHaveLength(14)
    expect(titolario.voci.filter((voce) => voce.livello === 2)).toHaveLength(125)
    const perTitolo = titolario.childrenOf(null).map((titolo) => titolario.childrenOf(titolo.codice).length)
    expect(perTitolo).toEqual([17, 22, 15, 14, 3, 10, 15, 7, 4, 5, 4, 5, 4, 0])
  })

  it('REQ-TIT-001 titoli and classi are numbered without holes, titoli in Roman numerals', () => {
    for (const padre of [null, ...titolario.voci.map((voce) => voce.codice)]) {
      const last = titolario.childrenOf(padre).map((voce) => voce.numeri.at(-1))
      expect(last).toEqual(last.map((_, index) => index + 1))
    }
    expect(
      titolario
        .childrenOf(null)
        .map((voce) => voce.codice)
        .join(' '),
    ).toBe('I II III IV V VI VII VIII IX X XI XII XIII XIV')
  })

  it('no voice has a retention time before a retention plan is adopted, every classe has words of its own', () => {
    expect(titolario.voci.filter((voce) => voce.conservazioneAnni !== null)).toEqual([])
    expect(titolario.voci.filter((voce) => voce.paroleChiave.length === 0)).toEqual([])
  })

  itWithMateriali('titoli and classi say what the source of facts says', () => {
    const facts = splitCsv(readFileSync(materiale('data', 'titolario-comuni.csv'), 'utf8')).slice(1)
    const expected = facts.map(({ campi }) => [campi[0]?.replace('.', '/'), campi[1]])
    const ours = titolario.voci.filter((voce) => voce.livello <= 2).map((voce) => [voce.codice, voce.denominazione])
    expect(ours).toEqual(expected)
  })
})

describe('lookup', () => {
  it('finds a code in every usual form, with what is under it', () => {
    for (const typed of ['VI/3', 'vi/3', '06.03', '6.3']) expect(codes(typed).slice(0, 2)).toEqual(['VI/3', 'VI/3/1'])
    expect(searchVoci(titolario, '06.03')[0]?.motivo).toBe('codice')
    expect(codes('06.03.04')).toEqual(['VI/3/4'])
    expect(codes('99.1')).toEqual([])
  })

  it('finds by the beginning of words, whatever accents and capitals', () => {
    expect(codes('edil')[0]).toBe('VI/3')
    expect(codes('EDILIZIA PRIV')[0]).toBe('VI/3')
    expect(codes('mobilita')).toContain('III/3')
    expect(codes('viabilità')).toEqual(codes('viabilita'))
    expect(codes('attivita sportivi').at(0)).toBe('VII/7')
  })

  it('answers with the class to what people write on their letters', () => {
    const expected: Record<string, string> = {
      'richiesta occupazione suolo pubblico': 'VI/7/1',
      'iscrizione mensa scolastica': 'VII/1/1',
      'domanda di contributo affitto': 'VII/14',
      'ricorso al Tribunale': 'V/1',
      SCIA: 'VI/3/2',
      'cambio di residenza': 'XI/2',
      multa: 'IX/2',
      'fattura elettronica': 'IV/4',
      'cani randagi': 'X/5',
      loculo: 'XI/4',
      scuolabus: 'VII/1',
      'permessi sindacali': 'I/10',
    }
    const first = Object.keys(expected).map((testo) => [testo, codes(testo)[0]])
    expect(Object.fromEntries(first)).toEqual(expected)
  })

  it('says why a voice was found', () => {
    const motivo = (testo: string) => searchVoci(titolario, testo)[0]?.motivo
    expect(motivo('catasto')).toBe('denominazione')
    expect(motivo('scuolabus')).toBe('parola chiave')
    const under = searchVoci(titolario, 'condono').find(({ voce }) => voce.codice === 'VI/3/1')
    expect(under?.motivo).toBe('voce superiore')
  })

  it('prefers voices that answer to all words and falls back to some', () => {
    expect(codes('edilizia agibilita').slice(0, 2)).toEqual(['VI/3', 'VI/3/3'])
    expect(codes('zzz catasto')).toEqual(codes('catasto'))
    expect(codes('zzzz')).toEqual([])
    expect(codes('di del con')).toEqual([])
  })

  it('obeys its options and the order of the plan', () => {
    expect(codes('edilizia', { limite: 2 })).toHaveLength(2)
    expect(codes('', { limite: 3 })).toEqual(['I', 'I/1', 'I/2'])
    expect(codes('', { limite: 2, soloSelezionabili: true })).toEqual(['I/1', 'I/2'])
    expect(codes('VI', { soloSelezionabili: true })).not.toContain('VI')
    expect(codes('XIV', { soloSelezionabili: true })).toEqual(['XIV'])
  })

  it('the path reads from the titolo down', () => {
    expect(formatPercorso(titolario.pathOf('VI/3'))).toBe('VI Pianificazione e gestione del territorio › VI/3 Edilizia privata')
  })
})
