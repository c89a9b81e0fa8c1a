import { describe, expect, it } from '@jest/globals'
import { ambitoTracciaOf, canReadAccessi, canReadDati } from '../../../server/audit/policy.ts'
import { changesOf, describeEvento, idsIn, isLettura } from '../../../server/audit/rules.ts'
import type { Attore, Profilo } from '../../../server/kernel/scope.ts'

const attore = (...profili: Profilo[]): Attore => ({ tipo: 'operatore', id: 'io', nome: 'Prova', profili, uffici: [], permessi: new Set() })

describe('a fact in words', () => {
  const id = '01990000-0000-7000-8000-000000000001'

  it('puts what changed side by side and calls ids by name', () => {
    const dati = JSON.stringify({
      prima: { ufficio: id, tipo: 'competenza' },
      dopo: { ufficio: '01990000-0000-7000-8000-000000000002', tipo: 'competenza', nota: '' },
      motivo: 'Competenza',
    })
    expect(idsIn(dati)).toHaveLength(2)
    expect(changesOf(dati, new Map([[id, 'Protocollo']]))).toEqual({
      cambiamenti: [{ campo: 'ufficio', prima: 'Protocollo', dopo: '01990000-0000-7000-8000-000000000002' }],
      motivo: 'Competenza',
    })
  })

  it('reads yes and no, lists and facts without data', () => {
    expect(
      changesOf(JSON.stringify({ prima: { visibileCittadino: true }, dopo: { visibileCittadino: false }, motivo: null }), new Map())
        .cambiamenti,
    ).toEqual([{ campo: 'visibile al cittadino', prima: 'sì', dopo: 'no' }])
    expect(
      changesOf(JSON.stringify({ prima: null, dopo: { rilievi: ['uno', 'due'], versione: 3 }, motivo: null }), new Map()).cambiamenti,
    ).toEqual([
      { campo: 'rilievi', prima: null, dopo: 'uno, due' },
      { campo: 'versione', prima: null, dopo: '3' },
    ])
    expect(changesOf(JSON.stringify({ prima: null, dopo: null, motivo: null }), new Map())).toEqual({ cambiamenti: [], motivo: null })
  })

  it('tells reads from changes and has a sentence for everything', () => {
    expect(['documento-letto', 'registrazione-letta', 'metadati-letti'].every(isLettura)).toBe(true)
    expect(['registrata', 'fascicolo-chiuso', 'riclassificata'].some(isLettura)).toBe(false)
    expect(describeEvento('riclassificata')).toBe('Classificazione cambiata')
    expect(describeEvento('qualcosa-di-nuovo')).toBe('Qualcosa di nuovo')
  })
})

describe('who reads how much of the trail', () => {
  it('gives the widest reach of the profiles held', () => {
    expect(ambitoTracciaOf(attore())).toBe('nessuno')
    expect(ambitoTracciaOf(attore('consultazione'))).toBe('nessuno')
    expect(ambitoTracciaOf(attore('operatoreProtocollo'))).toBe('propri')
    expect(ambitoTracciaOf(attore('addettoUor', 'responsabileUor'))).toBe('ufficio')
    expect(ambitoTracciaOf(attore('responsabileUor', 'auditor'))).toBe('tutto')
  })

  it('keeps the content from who only oversees, also when he holds another profile', () => {
    expect(canReadDati(attore('auditor'))).toBe(false)
    expect(canReadDati(attore('auditor', 'operatoreProtocollo'))).toBe(false)
    expect(canReadDati(attore('responsabileConservazione'))).toBe(false)
    expect(canReadDati(attore('vicario'))).toBe(true)
    expect(canReadDati(attore('responsabileUor'))).toBe(true)
  })

  it('shows who read a page to who answers for it', () => {
    expect(canReadAccessi(attore('responsabileUor'))).toBe(true)
    expect(canReadAccessi(attore('auditor'))).toBe(true)
    expect(canReadAccessi(attore('operatoreProtocollo'))).toBe(false)
  })
})
