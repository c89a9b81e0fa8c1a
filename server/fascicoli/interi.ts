import type { Scope } from '../kernel/scope.ts'
import { visibilitaFascicoliOf } from './policy.ts'
import { RISERVATO, visibleCondition } from './repository.ts'

/**
 * SQL condition "this person reads all of fascicolo f", for lists and counts that show what a fascicolo says: who sees the frame of the riservati only
 * (conservation, auditor) is given none of them.
 */
export function wholeCondition(scope: Scope, bind: (value: unknown) => string): string {
  const visible = visibleCondition(scope, bind)
  const v = visibilitaFascicoliOf(scope.attore)
  return v.metadati && !v.tutto ? `(${visible} and not ${RISERVATO})` : visible
}
