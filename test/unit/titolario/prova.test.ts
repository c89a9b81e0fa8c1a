import { describe, expect, it } from '@jest/globals'
import { buildTitolario, espandi, findDestinazioni, readTitolarioComuni } from '../../../titolario/index.ts'

const { titolario } = readTitolarioComuni()
const codes = (testo: string, limite = 3) => findDestinazioni(titolario, testo, { limite }).map((d) => d.voce.codice)

describe('Dove finirebbe…?', () => {
  it.each([
    ['Richiesta occupazione suolo pubblico', 'VI/7/1'],
    ['Immondizia non ritirata', 'IV/3/1'],
    ['Multa per divieto di sosta', 'IX/2'],
    ['Iscrizione asilo nido', 'VII/2'],
    ['Matrimonio civile', 'XI/1'],
    ['Accesso agli atti di edilizia', 'VI/3/4'],
    ['Buche in strada, via Roma', 'VI/7'],
    ['Rilascio loculo cimiteriale', 'XI/4'],
  ])('sends «%s» to %s first', (testo, codice) => {
    expect(codes(testo)[0]).toBe(codice)
  })

  it('says in words which keyword and which synonym led there', () => {
    const [rifiuti] = findDestinazioni(titolario, 'immondizia', { limite: 1 })
    expect(rifiuti?.spiegazione).toBe('«tassa rifiuti», sinonimo di «immondizia», è nella denominazione')
    const [viabilita] = findDestinazioni(titolario, 'buche', { limite: 1 })
    expect(viabilita?.spiegazione).toMatch(/^«buche» è nella parola chiave «buche stradali»/u)
    expect(viabilita?.ragioni.slice(0, 1)).toEqual([
      { parola: 'buche', fonte: 'parola chiave', trovataIn: 'buche stradali', sinonimoDi: null },
    ])
  })

  it('uses the examples, the descriptions and the synonyms of the ente', () => {
    const piano = buildTitolario([
      { codice: 'I', denominazione: 'Primo', paroleChiave: [], conservazioneAnni: null },
      { codice: 'I/1', denominazione: 'Alfa', paroleChiave: [], conservazioneAnni: null },
      { codice: 'I/2', denominazione: 'Beta', paroleChiave: ['carretti'], conservazioneAnni: null },
    ])
    const testi = new Map([['I/1', { descrizione: 'Cose di zootecnia', esempi: ['domanda di alpeggio'] }]])
    expect(findDestinazioni(piano, 'alpeggio', { testi })[0]).toMatchObject({
      voce: { codice: 'I/1' },
      spiegazione: '«alpeggio» è nell’esempio «domanda di alpeggio»',
    })
    expect(findDestinazioni(piano, 'zootecnia', { testi })[0]?.spiegazione).toBe('«zootecnia» è nella descrizione')
    expect(findDestinazioni(piano, 'barroccio')).toEqual([])
    expect(findDestinazioni(piano, 'barroccio', { sinonimi: [['barroccio', 'carretti']] })[0]?.voce.codice).toBe('I/2')
  })

  it('never proposes a titolo that has classi, and nothing for words no voice knows', () => {
    expect(findDestinazioni(titolario, 'amministrazione generale', { limite: 200 }).map((d) => d.voce.codice)).not.toContain('I')
    expect(codes('qwertyuiop')).toEqual([])
    expect(codes('')).toEqual([])
  })

  it('touches a group of synonyms only with all the words of a member', () => {
    expect(espandi('servizio idrico')).toEqual([{ parola: 'servizio idrico', sinonimi: ['acquedotto', 'acqua potabile'] }])
    expect(espandi('servizio')).toEqual([])
  })
})
