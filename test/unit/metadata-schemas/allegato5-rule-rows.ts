// How a rule is tested: a sample that satisfies it, changes that violate it, facts without which it cannot be judged.
import { expect, it } from '@jest/globals'
import { checkModello, REGOLE } from '../../../metadata-schemas/allegato5/index.ts'
import type { Contesto, Esito, Gravita, Modello } from '../../../metadata-schemas/allegato5/index.ts'
import { contestoDi } from './allegato5-contexts.ts'
import { CAMPIONI } from './allegato5-samples.ts'

/** A deep copy that a test may spoil at will, even against the types: rules also judge what comes from outside. */
export type Bozza = any

export interface Riga {
  readonly regola: string
  readonly campione: keyof typeof CAMPIONI
  readonly caso: string
  readonly gravita?: Gravita
  /** Brings the sample to the state in which the rule holds, when it does not start there. */
  readonly prima?: (modello: Bozza, contesto: Bozza) => void
  readonly viola: (modello: Bozza, contesto: Bozza) => void
  readonly percorso: string
  /** Facts whose absence leaves the rule unjudged (in the satisfied state). */
  readonly fatti?: readonly (keyof Contesto)[]
}

function draft(riga: Riga): { modello: Bozza; contesto: Bozza } {
  const modello: Bozza = structuredClone(CAMPIONI[riga.campione])
  const contesto: Bozza = structuredClone(contestoDi(CAMPIONI[riga.campione]))
  riga.prima?.(modello, contesto)
  return { modello, contesto }
}

function of(riga: Riga, modello: Modello, contesto: Contesto): Esito[] {
  return checkModello(modello, contesto).filter((esito) => esito.regola === riga.regola)
}

function testRow(riga: Riga): void {
  const before = draft(riga)
  expect(of(riga, before.modello, before.contesto)).toEqual([])
  const after = draft(riga)
  riga.viola(after.modello, after.contesto)
  const violate = of(riga, after.modello, after.contesto).filter((esito) => esito.stato === 'violata')
  expect(violate.map((esito) => esito.percorso)).toContain(riga.percorso)
  const gravita = riga.gravita ?? REGOLE.find((regola) => regola.id === riga.regola)?.gravita
  for (const esito of violate) {
    expect(esito.gravita).toBe(gravita)
    expect(esito.messaggio).toMatch(/^\S.*[.?]$/)
  }
  for (const fatto of riga.fatti ?? []) {
    const without = draft(riga)
    delete without.contesto[fatto]
    const esiti = of(riga, without.modello, without.contesto)
    expect(esiti.length).toBeGreaterThan(0)
    for (const esito of esiti) expect(esito.stato).toBe('non verificata')
  }
}

/** Declares one test per row; its name starts with the rule. */
export function testRows(righe: readonly Riga[]): void {
  for (const riga of righe) it(`${riga.regola} ${riga.caso} (${riga.campione})`, () => testRow(riga))
}
