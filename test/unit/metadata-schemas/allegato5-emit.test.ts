import { describe, expect, it } from '@jest/globals'
import {
  emitAgg,
  emitDai,
  emitDi,
  emitModello,
  isBlocking,
  MetadatiNonEmettibili,
  validateDai,
  writeModello,
} from '../../../metadata-schemas/allegato5/index.ts'
import type { ModelloAgg, ModelloDai } from '../../../metadata-schemas/allegato5/index.ts'
import { contestoDi } from './allegato5-contexts.ts'
import { AGG_MINIMA, CAMPIONI, DAI_MINIMO, DI_MINIMO } from './allegato5-samples.ts'

function refusal(emit: () => unknown): MetadatiNonEmettibili {
  try {
    emit()
  } catch (error) {
    if (error instanceof MetadatiNonEmettibili) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('Allegato 5 emission', () => {
  it('emits the samples without findings when all the facts agree', () => {
    for (const [nome, modello] of Object.entries(CAMPIONI)) {
      if (nome === 'di-minimo') continue
      expect(emitModello(modello, contestoDi(modello))).toEqual({ xml: writeModello(modello), esiti: [] })
    }
  })

  it('emits with warnings and rules not judged, and hands them over', () => {
    const { xml, esiti } = emitDi(DI_MINIMO, { ...contestoDi(DI_MINIMO), pubblicaAmministrazione: false })
    expect(xml).toContain('<Agg/>')
    expect(esiti.map((esito) => [esito.regola, esito.stato])).toEqual([['R73', 'violata']])
    const senzaFatti = emitDai(DAI_MINIMO, {})
    expect(validateDai(senzaFatti.xml).valido).toBe(true)
    expect(senzaFatti.esiti.some((esito) => esito.regola === 'R03' && esito.stato === 'non verificata')).toBe(true)
    expect(senzaFatti.esiti.some(isBlocking)).toBe(false)
  })

  it('stops at the rules with every finding, warnings included', () => {
    const modello: ModelloDai = { ...DAI_MINIMO, idDoc: { ...DAI_MINIMO.idDoc, segnatura: null }, formato: { formato: 'PDF' } }
    const error = refusal(() => emitDai(modello, contestoDi(DAI_MINIMO)))
    expect(error.fase).toBe('regole')
    expect(error.esiti.map((esito) => esito.regola)).toEqual(['R10', 'I08'])
    expect(error.message).toContain('R10 IdDoc/Segnatura: Manca la segnatura')
    expect(error.message).not.toContain('I08')
  })

  it('stops at the schema of the service, with the line', () => {
    const modello: ModelloDai = { ...DAI_MINIMO, registro: { ...DAI_MINIMO.registro, numero: '417' } }
    const contesto = { ...contestoDi(DAI_MINIMO), registrazione: { ...DAI_MINIMO.registro, numero: '417' } }
    const error = refusal(() => emitDai(modello, contesto))
    expect(error.fase).toBe('schema')
    expect(error.esiti).toHaveLength(1)
    expect(error.esiti[0]).toMatchObject({ regola: 'XSD', gravita: 'E', percorso: expect.stringMatching(/^riga \d+$/) })
    const largo: ModelloAgg = { ...AGG_MINIMA, progressivo: 86971 }
    expect(refusal(() => emitAgg(largo, contestoDi(AGG_MINIMA))).fase).toBe('schema')
    expect(emitAgg({ ...AGG_MINIMA, progressivo: 9999 }, contestoDi(AGG_MINIMA)).esiti).toEqual([])
  })

  it('stops when the file read back does not say what the model says', () => {
    const modello: ModelloDai = { ...DAI_MINIMO, riservato: 'true' as unknown as boolean }
    expect(refusal(() => emitDai(modello, contestoDi(DAI_MINIMO))).fase).toBe('rilettura')
  })
})
