import { identitaDi } from '../kernel/scope.ts'
import type { Attore } from '../kernel/scope.ts'
import type { Causa, Livello } from './schema/condizione.ts'

/**
 * What a person sees of the register, as data (REQ-PROT-141, table of §14): everything; the ordinary documents of the AOO; those that reach him or his
 * offices. Riservati besides: of an office they are for its head only.
 */
export interface Visibilita {
  readonly tutto: boolean
  readonly ordinari: boolean
  readonly uffici: readonly string[]
  /** Offices whose riservati he reads, being their head. */
  readonly ufficiDiretti: readonly string[]
  /** Ids under which documents were given to him: his own and that of who he works for. */
  readonly persone: readonly string[]
  readonly attoreId: string
}

/** The visibility that follows from the profiles of a person in this ente. */
export function visibilitaOf(attore: Attore): Visibilita {
  const has = (...profili: readonly string[]): boolean => attore.profili.some((p) => profili.includes(p))
  return {
    tutto: attore.tipo === 'sistema' || has('responsabileGestioneDocumentale', 'vicario'),
    ordinari: has('operatoreProtocollo'),
    uffici: has('responsabileUor', 'addettoUor', 'consultazione') ? attore.uffici : [],
    ufficiDiretti: has('responsabileUor') ? (attore.ufficiDiretti ?? attore.uffici) : [],
    persone: identitaDi(attore),
    attoreId: attore.id,
  }
}

/** One reason by which a registration reaches an office or a person: a row of table `accesso` that has not expired. */
export interface AccessoVisto {
  readonly chi: string
  readonly causa: Causa
}

/** What the visibility must know of one registration: its level in force and whom it reaches. */
export interface RegistrazioneVista {
  readonly livello: Livello
  readonly accessi: readonly AccessoVisto[]
}

/** Causes that name a person: they open whatever the level. */
export const causePersonali: readonly Causa[] = ['operatore', 'assegnatario', 'lettore', 'autorita']
/** Causes that name an office: ordinary documents for who works there, riservati for its head, PARTICOLARE for nobody by this way. */
export const causeUfficio: readonly Causa[] = ['competenza', 'conoscenza', 'mittente']

/** Does this reason let this person read, at this level? A fascicolo opens ordinary documents only (REQ-PROT-062). */
export function opens(v: Visibilita, livello: Livello, a: AccessoVisto): boolean {
  const mine = v.persone.includes(a.chi)
  if (causePersonali.includes(a.causa)) return mine
  if (a.causa === 'fascicolo') return livello === 'ORDINARIO' && (mine || v.uffici.includes(a.chi))
  if (!v.uffici.includes(a.chi)) return false
  return livello === 'ORDINARIO' || (livello !== 'PARTICOLARE' && v.ufficiDiretti.includes(a.chi))
}

/** May this person read this registration and its files? `readableCondition` is the same rule for the database. */
export function canReadRegistrazione(v: Visibilita, r: RegistrazioneVista): boolean {
  if (v.tutto || (v.ordinari && r.livello === 'ORDINARIO')) return true
  return r.accessi.some((a) => opens(v, r.livello, a))
}

/** May this person decide annulments, levels of reserve and accesses of authorities? The RGD and the vicario (TUDA 54, 61; REQ-PROT-049). */
export function isRgd(attore: Attore): boolean {
  return attore.profili.includes('responsabileGestioneDocumentale') || attore.profili.includes('vicario')
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

/**
 * May this person register? Protocol office and RGD anything; the head of an office what his offices send out or give to other offices (table of
 * specification §14, columns "Register in" and "Register out").
 */
export function canRegister(attore: Attore, tipo: 'E' | 'U' | 'I', ufficioMittenteId: string | null): boolean {
  if (attore.tipo === 'sistema') return true
  if (attore.profili.some((p) => p === 'operatoreProtocollo' || p === 'responsabileGestioneDocumentale' || p === 'vicario')) return true
  return (
    tipo !== 'E' && attore.profili.includes('responsabileUor') && ufficioMittenteId !== null && attore.uffici.includes(ufficioMittenteId)
  )
}
