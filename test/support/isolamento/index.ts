import { casiAudit } from './audit.ts'
import { casiConservazione, casiMetadati } from './conservazione.ts'
import { casiEnti } from './enti.ts'
import { casiPec } from './pec.ts'
import { casiAtti } from './atti.ts'
import { casiLavoro } from './lavoro.ts'
import { casiProtocollo } from './protocollo.ts'
import { casiFascicoli } from './fascicoli.ts'
import { casiSportello } from './sportello.ts'
import { casiBozze } from './bozze.ts'
import { casiImportazioni } from './importazioni.ts'
import { casiAllegato5 } from './metadati.ts'
import { casiStampe } from './stampe.ts'
import { casiRegistro } from './registro.ts'
import { casiEmergenza } from './emergenza.ts'
import { casiRepertori } from './repertori.ts'
import { casiRicerca } from './ricerca.ts'
import { casiOrganizzazione } from './organizzazione.ts'
import { casiScarto } from './scarto.ts'
import { casiSuggerimenti } from './suggerimenti.ts'
import { casiArchivio } from './archivio.ts'
import { casiArretrato } from './arretrato.ts'
import { casiPratiche } from './pratiche.ts'
import { casiStatistiche } from './statistiche.ts'
import { casiTitolario } from './titolario.ts'
import type { Casi } from './tipi.ts'

/**
 * The isolation cases of every endpoint with `:ente`. A feature adds its own file here (`export const casi<Feature>: Casi`) and one line below; the test
 * fails for an endpoint without a case and for a case without an endpoint.
 */
export const casi: Casi = {
  ...casiEnti,
  ...casiMetadati,
  ...casiConservazione,
  ...casiProtocollo,
  ...casiAtti,
  ...casiLavoro,
  ...casiPec,
  ...casiFascicoli,
  ...casiAudit,
  ...casiSportello,
  ...casiBozze,
  ...casiImportazioni,
  ...casiAllegato5,
  ...casiStampe,
  ...casiRegistro,
  ...casiTitolario,
  ...casiEmergenza,
  ...casiRepertori,
  ...casiRicerca,
  ...casiOrganizzazione,
  ...casiStatistiche,
  ...casiArchivio,
  ...casiArretrato,
  ...casiPratiche,
  ...casiSuggerimenti,
  ...casiScarto,
}
