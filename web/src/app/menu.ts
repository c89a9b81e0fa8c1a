/** Which pages each profile sees in the menu. The server decides what is allowed; this only avoids showing what would be refused. Pure. */
import type { EnteSessione, Profilo } from '../api/tipi.ts'

export interface VoceMenu {
  chiave: 'scrivania' | 'daProtocollare' | 'assegnazioni' | 'fascicoli' | 'registro' | 'conservazione'
  percorso: string
  icona: string
  tasto: string
}

const PROTOCOLLO: readonly Profilo[] = ['operatoreProtocollo', 'responsabileGestioneDocumentale', 'vicario']
const CONSERVAZIONE: readonly Profilo[] = ['responsabileConservazione', 'responsabileGestioneDocumentale', 'vicario', 'auditor']

const VOCI: readonly (VoceMenu & { profili?: readonly Profilo[] })[] = [
  { chiave: 'scrivania', percorso: 'scrivania', icona: 'presentation', tasto: 's' },
  { chiave: 'daProtocollare', percorso: 'protocollo/da-protocollare', icona: 'inbox', tasto: 'p', profili: PROTOCOLLO },
  { chiave: 'assegnazioni', percorso: 'assegnazioni', icona: 'check-circle', tasto: 'a' },
  { chiave: 'fascicoli', percorso: 'fascicoli', icona: 'folder', tasto: 'f' },
  { chiave: 'registro', percorso: 'protocollo/registro', icona: 'list', tasto: 'r' },
  { chiave: 'conservazione', percorso: 'conservazione', icona: 'box', tasto: 'c', profili: CONSERVAZIONE },
]

/** True when the person registers documents in this ente. */
export function puoProtocollare(ente: Pick<EnteSessione, 'profili' | 'permessi'>): boolean {
  return ente.permessi.includes('protocollo.registra') || ente.profili.some((profilo) => PROTOCOLLO.includes(profilo))
}

/** The menu of a person in an ente, in order. */
export function vociMenu(ente: Pick<EnteSessione, 'profili' | 'permessi'>): VoceMenu[] {
  return VOCI.filter(
    (voce) =>
      voce.profili === undefined ||
      voce.profili.some((profilo) => ente.profili.includes(profilo)) ||
      (voce.chiave === 'daProtocollare' && puoProtocollare(ente)),
  )
}
