import type { Attore } from '../kernel/scope.ts'

/**
 * What a person sees of the register, as data (REQ-PROT-141, table of §14): everything; the ordinary documents of the AOO; those of some offices.
 * `riservati` says whether the offices' riservati are included too.
 */
export interface Visibilita {
  readonly tutto: boolean
  readonly ordinari: boolean
  readonly uffici: readonly string[]
  readonly riservatiDegliUffici: boolean
  readonly attoreId: string
}

/** The visibility that follows from the profiles of a person in this ente. */
export function visibilitaOf(attore: Attore): Visibilita {
  const has = (...profili: readonly string[]): boolean => attore.profili.some((p) => profili.includes(p))
  return {
    tutto: attore.tipo === 'sistema' || has('responsabileGestioneDocumentale', 'vicario'),
    ordinari: has('operatoreProtocollo'),
    uffici: has('responsabileUor', 'addettoUor', 'consultazione') ? attore.uffici : [],
    riservatiDegliUffici: has('responsabileUor'),
    attoreId: attore.id,
  }
}

/** What the visibility must know of one registration. */
export interface RegistrazioneVista {
  readonly riservato: boolean
  readonly operatoreId: string
  readonly uffici: readonly string[]
  readonly assegnatari: readonly string[]
}

/** May this person read this registration and its files? */
export function canReadRegistrazione(v: Visibilita, r: RegistrazioneVista): boolean {
  if (v.tutto || r.operatoreId === v.attoreId || r.assegnatari.includes(v.attoreId)) return true
  if (v.ordinari && !r.riservato) return true
  return r.uffici.some((u) => v.uffici.includes(u)) && (!r.riservato || v.riservatiDegliUffici)
}

/** May this person work an assignment of this office? Heads and members of the office, the RGD for all. */
export function canWorkAssegnazione(attore: Attore, ufficioId: string): boolean {
  return (
    attore.uffici.includes(ufficioId) || attore.profili.includes('responsabileGestioneDocumentale') || attore.profili.includes('vicario')
  )
}

/** May this person assign from one office to another? The protocol office gives the first assignment, a head moves what his office has, the RGD anything. */
export function canReassign(attore: Attore, ufficioCompetenteId: string | null): boolean {
  if (
    attore.profili.includes('responsabileGestioneDocumentale') ||
    attore.profili.includes('vicario') ||
    attore.profili.includes('operatoreProtocollo')
  )
    return true
  return attore.profili.includes('responsabileUor') && ufficioCompetenteId !== null && attore.uffici.includes(ufficioCompetenteId)
}

/** May this person choose below the classe? Not a protocol operator (REQ-TIT-022). */
export function canChooseSottoclasse(attore: Attore): boolean {
  return (
    attore.tipo === 'sistema' ||
    attore.profili.some((p) => p === 'responsabileUor' || p === 'responsabileGestioneDocumentale' || p === 'vicario')
  )
}
