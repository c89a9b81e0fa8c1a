/** Who may work behind each card of the administration. The server decides; this only avoids showing what would be refused. Pure. */
import type { EnteSessione } from '../api/tipi.ts'
import { t } from '../testi/it.ts'

/** Cards whose work asks for a permission of their own; all the others are of who runs the organisation. */
const PERMESSI: Readonly<Record<string, string>> = {
  'amministrazione/etichette': 'stampe.configura',
  'amministrazione/regole-di-smistamento': 'titolario.gestisci',
  'amministrazione/visibilita': 'visibilita.verifica',
  'amministrazione/accessi-autorita': 'accessi.gestisci',
  'fascicoli/livelli': 'titolario.gestisci',
  'amministrazione/titolario': 'titolario.gestisci',
  'amministrazione/piano-di-conservazione': 'titolario.gestisci',
  'amministrazione/importazioni': 'protocollo.importa',
  'amministrazione/procedimenti': 'procedimenti.gestisci',
  'metadati/importati': 'protocollo.importa',
  'metadati/servizio': 'protocollo.importa',
  'protocollo/registro-giornaliero/impostazioni': 'registro.gestisci',
}

export type SchedaAmministrazione = (typeof t.amministrazione.schede)[number]

/** The cards of a person in an ente, in order; none means that the administration is not in the menu. */
export function schedeAmministrazione(ente: Pick<EnteSessione, 'permessi'>): SchedaAmministrazione[] {
  return t.amministrazione.schede.filter((card) => ente.permessi.includes(PERMESSI[card.percorso] ?? 'organizzazione.gestisci'))
}
