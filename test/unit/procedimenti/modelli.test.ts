import { describe, expect, it } from '@jest/globals'
import { readTitolarioComuni } from '../../../titolario/index.ts'
import { fasiProcedimento } from '../../../server/fascicoli/index.ts'
import { composeOggetto, fasi, faseOf, readModelliComuni } from '../../../server/procedimenti/index.ts'
import { daDefinire, modelloErrors } from '../../../server/procedimenti/rules.ts'

describe('the starting set of procedures', () => {
  const modelli = readModelliComuni()
  const voci = new Map(readTitolarioComuni().titolario.voci.map((v) => [v.codice, v]))

  it('has the ordinary procedures of a municipality, each with code, law and description of its own', () => {
    expect(modelli.length).toBeGreaterThanOrEqual(65)
    expect(new Set(modelli.map((m) => m.codice)).size).toBe(modelli.length)
    expect(new Set(modelli.map((m) => m.denominazione)).size).toBe(modelli.length)
    expect(modelli.filter((m) => m.scheda.norme.length === 0 || m.scheda.tutela === null)).toEqual([])
    expect(new Set(modelli.map((m) => m.materia)).size).toBeGreaterThanOrEqual(10)
  })

  it('is filed under voices of the model plan where a fascicolo can be opened', () => {
    const parents = new Set(readTitolarioComuni().titolario.voci.map((v) => v.codicePadre))
    expect(modelli.filter((m) => !voci.has(m.codiceVoce) || parents.has(m.codiceVoce)).map((m) => m.codice)).toEqual([])
  })

  it('breaks none of the rules of a model', () => {
    expect(modelli.flatMap((m) => modelloErrors(m).map((e) => `${m.codice}: ${e.messaggio}`))).toEqual([])
  })

  it('says what is not known instead of inventing it', () => {
    const [first] = modelli
    expect(first && daDefinire(first)).toEqual(
      expect.arrayContaining(['ufficio', 'responsabile', 'titolare del potere sostitutivo', 'telefono']),
    )
    expect(modelli.filter((m) => m.termineGiorni === null).length).toBeGreaterThan(5)
  })

  it('has the terms and the silence of the law', () => {
    const by = (codice: string) => modelli.find((m) => m.codice === codice)
    expect(by('EDI-01')).toMatchObject({ termineGiorni: 90, silenzio: 'assenso', iniziativa: 'parte' })
    expect(by('ACC-01')).toMatchObject({ termineGiorni: 30, silenzio: 'diniego' })
    expect(by('ANA-01')).toMatchObject({ termineGiorni: 45, silenzio: 'assenso' })
  })
})

describe('rules of a model', () => {
  const [modello] = readModelliComuni()
  if (modello === undefined) throw new Error('no model')
  const [a, ...rest] = modello.passi
  if (a === undefined) throw new Error('no step')

  it('uses the phases of Allegato 5, the same as the fascicoli', () => {
    expect(fasi).toEqual(fasiProcedimento)
  })

  it('refuses a step that goes back to an earlier phase, two equal keys, a pattern with unknown words, no decision', () => {
    expect(modelloErrors({ ...modello, passi: [...modello.passi, { ...a, chiave: 'indietro' }] })[0]?.campo).toMatch(/^passi\.\d+\.fase$/u)
    expect(modelloErrors({ ...modello, passi: [a, a, ...rest] })[0]?.campo).toBe('passi.1.chiave')
    expect(modelloErrors({ ...modello, fascicolo: { ...modello.fascicolo, oggetto: 'Pratica di {chissà}' } })[0]?.campo).toBe(
      'fascicolo.oggetto',
    )
    expect(modelloErrors({ ...modello, passi: [a] })[0]?.campo).toBe('passi')
    expect(modelloErrors({ ...modello, silenzio: 'assenso', iniziativa: 'ufficio' })[0]?.campo).toBe('silenzio')
  })

  it('composes the oggetto, without a separator where a word is missing', () => {
    const words = { procedimento: 'Passo carrabile', mittente: 'Ventaglio Ortensia', oggetto: 'Domanda', anno: '2026' }
    expect(composeOggetto('{procedimento} – {mittente}', words)).toBe('Passo carrabile – Ventaglio Ortensia')
    expect(composeOggetto('{procedimento} – {mittente}', { ...words, mittente: '' })).toBe('Passo carrabile')
  })

  it('a practice is in the phase of its first mandatory step still to be done', () => {
    expect(faseOf(modello.passi, () => true)).toBe('Preparatoria')
    const done = new Set(modello.passi.filter((p) => p.fase === 'Preparatoria').map((p) => p.chiave))
    expect(faseOf(modello.passi, (c) => !done.has(c))).toBe('Istruttoria')
    expect(faseOf(modello.passi, () => false)).toBe(modello.passi.at(-1)?.fase)
  })
})
