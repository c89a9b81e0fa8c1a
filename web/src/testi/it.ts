/** The Italian catalogue: every sentence the person reads, by area. Functions take what varies; plurals go through Intl. */
import { assegnazioni, fascicoli } from './it-fascicoli.ts'
import { fascicolo } from './it-fascicolo.ts'
import { consegnaFascicolo, nuovoFascicolo, proposteFascicolo } from './it-proposte.ts'
import { cittadino } from './it-cittadino.ts'
import { comune, errori, accesso, menu, tastiera, stati, profilo } from './it-comune.ts'
import { controlli, messaggi, modulo, registro, scheda } from './it-protocollo.ts'
import { bozze } from './it-bozze.ts'
import { importazioni } from './it-importazioni.ts'
import { stampe } from './it-stampe.ts'
import { registroGiornaliero } from './it-registro.ts'
import { emergenza } from './it-emergenza.ts'
import { repertori } from './it-repertori.ts'
import { ricerca } from './it-ricerca.ts'
import { statistiche } from './it-statistiche.ts'
import { attiRegistro } from './it-atti-registro.ts'
import { cabina, conservazione, scrivania } from './it-uffici.ts'
import { coda } from './it-coda.ts'
import { arrivo } from './it-arrivo.ts'
import { amministrazione } from './it-amministrazione.ts'
import { metadati } from './it-metadati.ts'
import { archivio } from './it-archivio.ts'
import { arretrato } from './it-arretrato.ts'
import { scarto } from './it-scarto.ts'
import { suggerimenti } from './it-suggerimenti.ts'
import { pratiche } from './it-pratiche.ts'
import { procedimenti } from './it-procedimenti.ts'
import { titolario } from './it-titolario.ts'

export const t = {
  ...comune,
  errori,
  accesso,
  menu,
  tastiera,
  stati,
  profilo,
  controlli,
  messaggi,
  modulo,
  registro,
  scheda,
  assegnazioni,
  fascicoli,
  fascicolo,
  consegnaFascicolo,
  nuovoFascicolo,
  proposteFascicolo,
  archivio,
  conservazione,
  scrivania,
  cabina,
  cittadino,
  bozze,
  importazioni,
  stampe,
  registroGiornaliero,
  emergenza,
  repertori,
  ricerca,
  statistiche,
  attiRegistro,
  coda,
  arrivo,
  amministrazione,
  arretrato,
  scarto,
  suggerimenti,
  pratiche,
  procedimenti,
  metadati,
  titolario,
} as const
