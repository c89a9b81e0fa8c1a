import type { Attore } from '../kernel/scope.ts'
import { gestioneRiservata } from './errors.ts'

/** May this person change the titolario and the piano di conservazione? The RGD and the vicario (TUDA 61; REQ-TIT-010). */
export function canManageTitolario(attore: Attore): boolean {
  return attore.tipo === 'sistema' || attore.profili.some((p) => p === 'responsabileGestioneDocumentale' || p === 'vicario')
}

/** Throws Forbidden for who may not (REQ-TIT-010): asked by every act, whatever door it came through. */
export function assertManages(attore: Attore): void {
  if (!canManageTitolario(attore)) throw gestioneRiservata()
}
