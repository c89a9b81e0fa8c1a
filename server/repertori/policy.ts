import type { Attore } from '../kernel/scope.ts'

const isResponsabileGestione = (a: Attore): boolean =>
  a.profili.includes('responsabileGestioneDocumentale') || a.profili.includes('vicario')

/** What the visibility must know of a row. */
export interface RigaVista {
  readonly riservato: boolean
  readonly visibilita: string
  readonly ufficioId: string | null
  readonly operatoreId: string
}

/**
 * May this person read the row and its files? The head of records all; whoever registered it; the head of the owner office also riservati; the owner
 * office the ordinary ones, and every office when the repertory is of the whole body. Who only controls sees numbers, not contents.
 */
export function canReadRiga(a: Attore, r: RigaVista): boolean {
  if (a.tipo === 'sistema' || isResponsabileGestione(a) || r.operatoreId === a.id) return true
  const owner = r.ufficioId !== null && a.uffici.includes(r.ufficioId)
  if (r.riservato) return owner && a.profili.includes('responsabileUor')
  if (owner) return true
  return (
    r.visibilita === 'ente' &&
    a.profili.some((p) => p === 'operatoreProtocollo' || p === 'responsabileUor' || p === 'addettoUor' || p === 'consultazione')
  )
}

/** May this person register in the repertory? Its office, the protocol office and the head of records; without an owner whoever holds the permission. */
export function canRegisterRiga(a: Attore, ufficioId: string | null): boolean {
  return ufficioId === null || isResponsabileGestione(a) || a.profili.includes('operatoreProtocollo') || a.uffici.includes(ufficioId)
}
