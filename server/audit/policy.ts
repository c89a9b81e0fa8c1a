import { ambiti } from '../enti/index.ts'
import type { Attore } from '../kernel/scope.ts'

/** How much of the trail a person reads (column "Audit" of the table of specification §14). */
export type AmbitoTraccia = 'tutto' | 'ufficio' | 'propri' | 'nessuno'

const order: readonly AmbitoTraccia[] = ['nessuno', 'propri', 'ufficio', 'tutto']

/** The widest of what the profiles of a person give. */
export function ambitoTracciaOf(attore: Attore): AmbitoTraccia {
  return attore.profili
    .map((p) => ambiti[p].audit)
    .reduce<AmbitoTraccia>((widest, a) => (order.indexOf(a) > order.indexOf(widest) ? a : widest), 'nessuno')
}

/**
 * Whether the person reads what changed, not only that something did: who reads the whole trail to oversee, without being in charge of the content,
 * does not (REQ-PROT-141).
 */
export function canReadDati(attore: Attore): boolean {
  const inCharge = attore.profili.includes('responsabileGestioneDocumentale') || attore.profili.includes('vicario')
  return inCharge || ambitoTracciaOf(attore) !== 'tutto'
}

/** Whether the person sees in a page who read it, or only what changed in it. */
export function canReadAccessi(attore: Attore): boolean {
  const ambito = ambitoTracciaOf(attore)
  return ambito === 'tutto' || ambito === 'ufficio'
}
