import { describe, expect, it } from '@jest/globals'
import { buildTitolario, compareVersioni, nextNumero, parseCodice, proposeLegami } from '../../../titolario/index.ts'
import type { Legame } from '../../../titolario/index.ts'

const plan = (...voci: readonly [string, string][]) =>
  buildTitolario(voci.map(([codice, denominazione]) => ({ codice, denominazione, paroleChiave: [], conservazioneAnni: null })))

describe('links between two plans', () => {
  const prima = plan(['I', 'Uno'], ['I/1', 'Statuto'], ['I/2', 'Archivio'], ['I/3', 'Stemma'], ['I/4', 'Vecchia'])

  it('are read from codes and names: equal, renamed, renumbered, suppressed', () => {
    const dopo = plan(['I', 'Uno'], ['I/1', 'statuto'], ['I/2', 'Archivio e protocollo'], ['I/5', 'Stemma'])
    expect(proposeLegami(prima, dopo)).toEqual(
      expect.arrayContaining([
        { da: 'I', a: 'I', tipo: 'uguale' },
        { da: 'I/1', a: 'I/1', tipo: 'uguale' },
        { da: 'I/2', a: 'I/2', tipo: 'rinominata' },
        { da: 'I/3', a: 'I/5', tipo: 'rinominata' },
        { da: 'I/4', a: null, tipo: 'soppressa' },
      ]),
    )
  })

  it('become the list of what changed', () => {
    const dopo = plan(
      ['I', 'Uno'],
      ['I/1', 'Statuto'],
      ['I/2', 'Archivio'],
      ['I/3', 'Stemma e gonfalone'],
      ['I/5', 'Deposito'],
      ['I/6', 'Nuova'],
    )
    const legami: Legame[] = [
      { da: 'I', a: 'I', tipo: 'uguale' },
      { da: 'I/1', a: 'I/1', tipo: 'uguale' },
      { da: 'I/2', a: 'I/2', tipo: 'divisa' },
      { da: 'I/2', a: 'I/5', tipo: 'divisa' },
      { da: 'I/3', a: 'I/3', tipo: 'rinominata' },
      { da: 'I/4', a: null, tipo: 'soppressa' },
    ]
    expect(compareVersioni(dopo.voci, legami)).toEqual([
      { tipo: 'divisa', prima: ['I/2'], dopo: ['I/2', 'I/5'] },
      { tipo: 'rinominata', prima: ['I/3'], dopo: ['I/3'] },
      { tipo: 'nuova', prima: [], dopo: ['I/6'] },
      { tipo: 'soppressa', prima: ['I/4'], dopo: [] },
    ])
    expect(compareVersioni(dopo.voci, legami, true).filter((c) => c.tipo === 'uguale')).toHaveLength(2)
  })

  it('joins what was united under the voice that took it', () => {
    const legami: Legame[] = [
      { da: 'I/1', a: 'I/1', tipo: 'accorpata' },
      { da: 'I/2', a: 'I/1', tipo: 'accorpata' },
    ]
    expect(compareVersioni([{ codice: 'I/1' }], legami)).toEqual([{ tipo: 'accorpata', prima: ['I/1', 'I/2'], dopo: ['I/1'] }])
  })

  it('gives the number after the highest, never one in between', () => {
    expect(nextNumero(['I/1', 'I/7', 'I/3'], parseCodice)).toBe(8)
    expect(nextNumero([], parseCodice)).toBe(1)
    expect(nextNumero(['I', 'XIV'], parseCodice)).toBe(15)
  })
})
