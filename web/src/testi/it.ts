/** The Italian catalogue: every sentence the person reads, by area. Functions take what varies; plurals go through Intl. */
import { assegnazioni, fascicoli } from './it-fascicoli.ts'
import { cittadino } from './it-cittadino.ts'
import { comune, errori, accesso, menu, tastiera, stati, profilo } from './it-comune.ts'
import { controlli, messaggi, modulo, registro, scheda } from './it-protocollo.ts'
import { cabina, conservazione, scrivania } from './it-uffici.ts'

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
  conservazione,
  scrivania,
  cabina,
  cittadino,
} as const
