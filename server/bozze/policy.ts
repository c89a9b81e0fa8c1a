import type { Attore } from '../kernel/scope.ts'
import type { StatoBozza, TipoBozza } from './schema.ts'

/** What the policy must know of a draft. */
export interface BozzaVista {
  readonly tipo: TipoBozza
  readonly stato: StatoBozza
  readonly autoreId: string
  readonly ufficioId: string | null
  readonly riservata: boolean
  readonly alProtocollo: boolean
}

const has = (attore: Attore, ...profili: readonly string[]): boolean => attore.profili.some((p) => profili.includes(p))
const manager = (attore: Attore): boolean => has(attore, 'responsabileGestioneDocumentale', 'vicario')

/**
 * Who sees a draft: its author, the office that prepares it, the protocol office once it was sent there, RGD and vicario. A reserved one is for its author
 * and the head of the office only, until it is sent.
 */
export function canSeeBozza(attore: Attore, b: BozzaVista): boolean {
  if (manager(attore) || b.autoreId === attore.id) return true
  if (b.alProtocollo && has(attore, 'operatoreProtocollo')) return true
  if (isCapo(attore, b.ufficioId)) return true
  const mine = b.ufficioId !== null && attore.uffici.includes(b.ufficioId)
  return mine && !b.riservata && has(attore, 'responsabileUor', 'addettoUor', 'operatoreProtocollo')
}

/** True for the head of the office, or who stands in for him. */
function isCapo(attore: Attore, ufficioId: string | null): boolean {
  return has(attore, 'responsabileUor') && ufficioId !== null && (attore.ufficiDiretti ?? attore.uffici).includes(ufficioId)
}

/**
 * Who gives the number: the protocol office any draft it sees; the head of an office what his own office sends out or inside (table of §14, columns
 * "Register in" and "Register out"). The others send it to the protocol office.
 */
export function canProtocolla(attore: Attore, b: BozzaVista): boolean {
  if (!canSeeBozza(attore, b)) return false
  if (manager(attore) || has(attore, 'operatoreProtocollo')) return true
  return b.tipo !== 'E' && isCapo(attore, b.ufficioId)
}

/** Who keeps templates: whoever configures the organisation, and the heads for what their offices write. */
export function canEditModelli(attore: Attore): boolean {
  return manager(attore) || has(attore, 'responsabileUor')
}

/** Office a new draft belongs to, when the person did not say: the only one he has. */
export function ufficioProposto(attore: Attore): string | null {
  return attore.uffici.length === 1 ? (attore.uffici[0] ?? null) : null
}

/** Conditions of the list of a view, on alias b; `bind` gives the placeholder of a value. */
export function seenCondition(attore: Attore, bind: (value: unknown) => string): string {
  if (manager(attore)) return 'true'
  const own = `b.autore_id = ${bind(attore.id)}`
  const office = (uffici: readonly string[]): string => `b.ufficio_id = any(${bind(uffici)}::uuid[])`
  const parts = [own]
  if (has(attore, 'operatoreProtocollo')) parts.push('b.al_protocollo_il is not null')
  if (has(attore, 'responsabileUor')) parts.push(office(attore.ufficiDiretti ?? attore.uffici))
  if (has(attore, 'responsabileUor', 'addettoUor', 'operatoreProtocollo')) parts.push(`(${office(attore.uffici)} and not b.riservata)`)
  return `(${parts.join(' or ')})`
}
