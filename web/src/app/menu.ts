/** Which pages each person sees in the menu. The server decides what is allowed; this only avoids showing what would be refused. Pure. */
import type { EnteSessione } from '../api/tipi.ts'

export interface VoceMenu {
  chiave: 'scrivania' | 'daProtocollare' | 'assegnazioni' | 'fascicoli' | 'registro' | 'conservazione'
  percorso: string
  icona: string
  tasto: string
  permesso: string
}

const VOCI: readonly VoceMenu[] = [
  { chiave: 'scrivania', percorso: 'scrivania', icona: 'presentation', tasto: 's', permesso: 'scrivania.leggi' },
  { chiave: 'daProtocollare', percorso: 'protocollo/da-protocollare', icona: 'inbox', tasto: 'p', permesso: 'messaggi.leggi' },
  { chiave: 'assegnazioni', percorso: 'assegnazioni', icona: 'check-circle', tasto: 'a', permesso: 'assegnazioni.leggi' },
  { chiave: 'fascicoli', percorso: 'fascicoli', icona: 'folder', tasto: 'f', permesso: 'fascicoli.leggi' },
  { chiave: 'registro', percorso: 'protocollo/registro', icona: 'list', tasto: 'r', permesso: 'protocollo.leggi' },
  { chiave: 'conservazione', percorso: 'conservazione', icona: 'box', tasto: 'c', permesso: 'conservazione.leggi' },
]

/** True when the person registers documents in this ente. */
export function puoProtocollare(ente: Pick<EnteSessione, 'permessi'>): boolean {
  return ente.permessi.includes('protocollo.registra')
}

/** The menu of a person in an ente, in order. */
export function vociMenu(ente: Pick<EnteSessione, 'permessi'>): VoceMenu[] {
  return VOCI.filter((voce) => ente.permessi.includes(voce.permesso))
}
