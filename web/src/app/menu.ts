/** Which pages each person sees in the menu. The server decides what is allowed; this only avoids showing what would be refused. Pure. */
import type { EnteSessione } from '../api/tipi.ts'
import { schedeAmministrazione } from './schede-amministrazione.ts'

export interface VoceMenu {
  chiave:
    | 'scrivania'
    | 'daProtocollare'
    | 'bozze'
    | 'assegnazioni'
    | 'fascicoli'
    | 'pratiche'
    | 'arretrato'
    | 'archivio'
    | 'scarto'
    | 'registro'
    | 'ricerca'
    | 'registroGiornaliero'
    | 'annullamenti'
    | 'emergenza'
    | 'repertori'
    | 'conservazione'
    | 'statistiche'
    | 'amministrazione'
  percorso: string
  icona: string
  tasto: string
  /** Null for the administration, which is there when at least one of its cards is. */
  permesso: string | null
}

const VOCI: readonly VoceMenu[] = [
  { chiave: 'scrivania', percorso: 'scrivania', icona: 'presentation', tasto: 's', permesso: 'scrivania.leggi' },
  { chiave: 'daProtocollare', percorso: 'protocollo/da-protocollare', icona: 'inbox', tasto: 'p', permesso: 'messaggi.leggi' },
  { chiave: 'bozze', percorso: 'bozze', icona: 'pencil', tasto: 'b', permesso: 'bozze.lavora' },
  { chiave: 'assegnazioni', percorso: 'assegnazioni', icona: 'check-circle', tasto: 'a', permesso: 'assegnazioni.leggi' },
  { chiave: 'fascicoli', percorso: 'fascicoli', icona: 'folder', tasto: 'f', permesso: 'fascicoli.leggi' },
  { chiave: 'pratiche', percorso: 'pratiche', icona: 'clock', tasto: 'w', permesso: 'pratiche.leggi' },
  { chiave: 'arretrato', percorso: 'arretrato', icona: 'warning-circle', tasto: 'o', permesso: 'arretrato.leggi' },
  { chiave: 'registro', percorso: 'protocollo/registro', icona: 'list', tasto: 'r', permesso: 'protocollo.leggi' },
  { chiave: 'ricerca', percorso: 'ricerca', icona: 'search', tasto: 'k', permesso: 'ricerca.usa' },
  { chiave: 'registroGiornaliero', percorso: 'protocollo/registro-giornaliero', icona: 'calendar', tasto: 'd', permesso: 'registro.leggi' },
  { chiave: 'annullamenti', percorso: 'protocollo/annullamenti', icona: 'ban', tasto: 'n', permesso: 'annullamenti.richiedi' },
  { chiave: 'emergenza', percorso: 'protocollo/emergenza', icona: 'warning', tasto: 'e', permesso: 'emergenza.leggi' },
  { chiave: 'repertori', percorso: 'repertori', icona: 'files', tasto: 't', permesso: 'repertori.leggi' },
  { chiave: 'conservazione', percorso: 'conservazione', icona: 'box', tasto: 'c', permesso: 'conservazione.leggi' },
  { chiave: 'archivio', percorso: 'archivio', icona: 'pa', tasto: 'v', permesso: 'archivio.gestisci' },
  { chiave: 'scarto', percorso: 'scarto', icona: 'delete', tasto: 'y', permesso: 'scarto.gestisci' },
  { chiave: 'statistiche', percorso: 'statistiche', icona: 'chart-line', tasto: 'z', permesso: 'statistiche.leggi' },
  { chiave: 'amministrazione', percorso: 'amministrazione', icona: 'settings', tasto: 'm', permesso: null },
]

/** True when the person registers documents in this ente. */
export function puoProtocollare(ente: Pick<EnteSessione, 'permessi'>): boolean {
  return ente.permessi.includes('protocollo.registra')
}

/** The menu of a person in an ente, in order. */
export function vociMenu(ente: Pick<EnteSessione, 'permessi'>): VoceMenu[] {
  return VOCI.filter(({ permesso }) => (permesso === null ? schedeAmministrazione(ente).length > 0 : ente.permessi.includes(permesso)))
}
