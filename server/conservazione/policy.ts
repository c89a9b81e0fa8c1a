import type { Attore } from '../kernel/scope.ts'

/** May this person open the content of a package or repeat a versamento? Only who answers for it as produttore; the others see states and outcomes (§20). */
export function isProduttore(attore: Attore): boolean {
  return attore.profili.includes('responsabileGestioneDocumentale') || attore.profili.includes('vicario')
}
