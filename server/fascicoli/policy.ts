import type { Attore } from '../kernel/scope.ts'
import { visibilitaOf } from '../protocollo/index.ts'

/** What a person sees of the fascicoli, as data (REQ-PROT-141, table of §14). */
export interface VisibilitaFascicoli {
  readonly tutto: boolean
  /** Every fascicolo without riservati (protocol operators insert documents in all of them, REQ-FASC-010). */
  readonly ordinari: boolean
  /** Every fascicolo, but one with riservati is masked (conservation, auditor). */
  readonly metadati: boolean
  readonly uffici: readonly string[]
  /** Offices he is the head of: also their fascicoli with riservati. */
  readonly ufficiDiretti: readonly string[]
  readonly attoreId: string
}

/** The visibility that follows from the profiles of a person in this ente. */
export function visibilitaFascicoliOf(attore: Attore): VisibilitaFascicoli {
  const { tutto, ordinari, uffici, ufficiDiretti, attoreId } = visibilitaOf(attore)
  const metadati = attore.profili.some((p) => p === 'responsabileConservazione' || p === 'auditor')
  return { tutto, ordinari, metadati, uffici, ufficiDiretti, attoreId }
}

/** What the visibility must know of one fascicolo. `uffici` and `assegnatari` come from its assignments; `riservato`: it holds a riservato. */
export interface FascicoloVisto {
  readonly responsabileId: string
  readonly uffici: readonly string[]
  readonly assegnatari: readonly string[]
  readonly riservato: boolean
}

/** How much of a fascicolo this person sees: all of it, its frame without what it says, nothing. */
export function sightOf(v: VisibilitaFascicoli, f: FascicoloVisto): 'intero' | 'mascherato' | 'niente' {
  if (v.tutto || f.responsabileId === v.attoreId || f.assegnatari.includes(v.attoreId)) return 'intero'
  if (v.ordinari && !f.riservato) return 'intero'
  if (f.uffici.some((u) => v.ufficiDiretti.includes(u) || (!f.riservato && v.uffici.includes(u)))) return 'intero'
  if (v.metadati) return f.riservato ? 'mascherato' : 'intero'
  return 'niente'
}

/**
 * Who sees the documents of the reserved area: who answers for the fascicolo or works in an office in charge of it, whoever is named, and who must see
 * everything. For the others they are not there, in lists, counts and prints (CAD 41 c. 2-quater, REQ-FASC-013).
 */
export function canSeeRiservata(
  v: VisibilitaFascicoli,
  f: Pick<FascicoloVisto, 'responsabileId' | 'assegnatari'> & {
    readonly ufficiTitolari: readonly string[]
    readonly ammessi: readonly string[]
  },
): boolean {
  if (v.tutto || v.metadati || f.responsabileId === v.attoreId || f.assegnatari.includes(v.attoreId)) return true
  const mine = [...v.uffici, ...v.ufficiDiretti]
  return f.ammessi.includes(v.attoreId) || [...f.ufficiTitolari, ...f.ammessi].some((u) => mine.includes(u))
}

const manager = (attore: Attore): boolean =>
  attore.tipo === 'sistema' || attore.profili.includes('responsabileGestioneDocumentale') || attore.profili.includes('vicario')

/** Who governs the archive: repertorio, deposit, series, handing over to other bodies. */
export const isGestore = manager

/** Who opens fascicoli for an office: its head, the RGD and the vicario (REQ-FASC-010). Protocol operators and members of the office may not. */
export function canOpenFascicolo(attore: Attore, ufficioId: string): boolean {
  return manager(attore) || (attore.profili.includes('responsabileUor') && attore.uffici.includes(ufficioId))
}

/** Who answers for the office a fascicolo is transferred to: its head, RGD and vicario (REQ-FASC-023). */
export function canAccept(attore: Attore, ufficioId: string | null): boolean {
  return ufficioId !== null && canOpenFascicolo(attore, ufficioId)
}

/** Who puts a document he can read into a fascicolo he sees: whoever works for one of its offices, protocol operators, RGD and vicario. */
export function canFileDocumento(attore: Attore, f: FascicoloVisto): boolean {
  if (manager(attore) || attore.profili.includes('operatoreProtocollo') || f.responsabileId === attore.id) return true
  const works = attore.profili.includes('responsabileUor') || attore.profili.includes('addettoUor')
  return works && f.uffici.some((u) => attore.uffici.includes(u))
}

/**
 * Who decides area, visibility to the citizen and closing: the responsible person, the head of the office in charge, RGD and vicario
 * (CAD 41 c. 2-quater, REQ-FASC-040).
 */
export function canDecideFascicolo(attore: Attore, f: { readonly responsabileId: string; readonly ufficioId: string }): boolean {
  return (
    manager(attore) || f.responsabileId === attore.id || (attore.profili.includes('responsabileUor') && attore.uffici.includes(f.ufficioId))
  )
}
