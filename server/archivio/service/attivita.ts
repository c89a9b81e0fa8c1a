import { closeFascicoloWithin, lockFascicolo, proposeWithin, verifyChiusura } from '../../fascicoli/index.ts'
import type { ControlloChiusura, FascicoloRow } from '../../fascicoli/index.ts'
import { FaldoneError } from '../../kernel/errors.ts'
import { inTransaction, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now, romeDay, romeYear } from '../../kernel/time.ts'
import { isIncaricato } from '../../protocollo/index.ts'
import { findEquivalenti, findVersioneInForce } from '../../titolario/index.ts'
import { oggettoNuovoAnno } from '../rules.ts'
import { openAvvisoWithin } from './avvisi.ts'

/** An activity that may not close: what blocks it. The act is undone, the notice is written after it. */
class Bloccata extends Error {
  readonly motivi: readonly string[]
  constructor(motivi: readonly string[]) {
    super('the activity may not close')
    this.motivi = motivi
  }
}

const MOTIVI = 5

/**
 * When a year has ended, in Rome, closes its activities by themselves on the last day of the year, parts first, and proposes those of the new year to their
 * offices (REQ-FASC-043). The checks of every closing hold and nothing is forced: what blocks leaves the activity open, with a notice that names it, tried again
 * the next day. Hourly, idempotent.
 */
export async function closeAttivita(scope: Scope, controlli: readonly ControlloChiusura[]): Promise<void> {
  const anno = romeYear(now())
  const rows = await query<{ id: string }>(
    scope,
    `select f.id from fascicolo f where f.ente_id = $1 and f.tipo = 'attivita' and f.livello = 0 and f.anno < $2
        and ((f.stato in ('APERTO', 'SOSPESO') and not exists (select 1 from avviso_archivio a where a.ente_id = f.ente_id and a.tipo = 'attivita' and a.chiave = f.id::text
               and a.chiuso_il is null and (a.dato_il at time zone 'Europe/Rome')::date >= $3::date)))
      order by f.codice`,
    [scope.ente.id, anno, romeDay(now())],
  )
  for (const { id } of rows) {
    await closeOne(scope, id, controlli)
    await proposeNext(scope, id, anno)
  }
}

async function closeOne(scope: Scope, id: string, controlli: readonly ControlloChiusura[]): Promise<void> {
  try {
    await inTransaction(scope, async (tx) => {
      const row = await lockFascicolo(tx, id)
      if (row === null || !['APERTO', 'SOSPESO'].includes(row.stato)) return
      for (const part of await findAperti(tx, id)) await closeChecked(tx, part, row.anno, controlli)
      await query(
        tx,
        `update avviso_archivio set chiuso_il = app.istante() where ente_id = $1 and tipo = 'attivita' and chiave = $2 and chiuso_il is null`,
        [tx.ente.id, id],
      )
    })
  } catch (error) {
    if (!(error instanceof Bloccata) && !(error instanceof FaldoneError)) throw error
    const motivi = error instanceof Bloccata ? error.motivi : [error.message]
    await warn(scope, id, id, (codice) => `L’attività ${codice} è finita con il suo anno e resta aperta: ${tell(motivi)}`)
  }
}

function tell(motivi: readonly string[]): string {
  const altri = motivi.length - MOTIVI
  return `${motivi.slice(0, MOTIVI).join(' ')}${altri > 0 ? ` E altre ${altri}.` : ''}`
}

/** The activity and its open parts, the innermost first. */
async function findAperti(tx: TxScope, id: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    tx,
    `with recursive tutti as (
       select id, livello, stato, codice from fascicolo where ente_id = $1 and id = $2
       union select p.id, p.livello, p.stato, p.codice from tutti t join fascicolo p on p.ente_id = $1 and p.fascicolo_padre_id = t.id)
     select id from tutti where stato in ('APERTO', 'SOSPESO') order by livello desc, codice`,
    [tx.ente.id, id],
  )
  return rows.map((r) => r.id)
}

async function closeChecked(tx: TxScope, id: string, anno: number, controlli: readonly ControlloChiusura[]): Promise<void> {
  const { bloccanti, dataProposta } = await verifyChiusura(tx, id, controlli)
  if (bloccanti.length > 0) throw new Bloccata(bloccanti.map((b) => b.messaggio))
  const row = await lockFascicolo(tx, id)
  if (row === null) return
  const fine = `${anno}-12-31`
  await closeFascicoloWithin(
    tx,
    id,
    {
      versione: row.versione,
      esito: 'conclusione',
      nota: `Chiusa con la fine dell’anno ${anno}`,
      data: dataProposta > fine ? dataProposta : fine,
    },
    controlli,
  )
}

async function warn(scope: Scope, id: string, chiave: string, testo: (codice: string) => string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockFascicolo(tx, id)
    if (row !== null) await openAvvisoWithin(tx, { tipo: 'attivita', chiave, fascicoloId: id, testo: testo(row.codice) })
  })
}

/** Proposes the activity of the new year, once: also when the old one is still open, never again when the proposal was refused. */
async function proposeNext(scope: Scope, id: string, anno: number): Promise<void> {
  try {
    await inTransaction(scope, async (tx) => {
      const row = await lockFascicolo(tx, id)
      if (row === null || (await isProposed(tx, id))) return
      await proposeWithin(tx, await nextOf(tx, row, anno), id)
    })
  } catch (error) {
    if (!(error instanceof FaldoneError)) throw error
    const why = error.campi.length > 0 ? error.campi.map((c) => c.messaggio).join(' ') : error.message
    await warn(scope, id, `${id}:${anno}`, (codice) => `L’attività che segue ${codice} nel ${anno} non è stata proposta: ${why}`)
  }
}

async function isProposed(tx: TxScope, id: string): Promise<boolean> {
  return (
    (await queryOne(tx, 'select 1 from fascicolo_proposta where ente_id = $1 and precedente_id = $2 limit 1', [tx.ente.id, id])) !== null
  )
}

async function nextOf(tx: TxScope, row: FascicoloRow, anno: number): Promise<Parameters<typeof proposeWithin>[1]> {
  const responsabile = await isIncaricato(tx, row.responsabileId, row.ufficioId)
  return {
    voceId: await voceOfToday(tx, row),
    tipo: 'attivita',
    oggetto: oggettoNuovoAnno(row.oggetto, row.anno, anno),
    ufficioId: row.ufficioId,
    ...(responsabile ? { responsabileId: row.responsabileId } : {}),
    ...(row.paroleChiave.length === 0 ? {} : { paroleChiave: row.paroleChiave }),
    visibileCittadino: row.visibileCittadino,
    nota: `Segue l’attività ${row.codice}, dell’anno ${row.anno}.`,
  }
}

/** The same voice when the plan has not changed, the one that took its place when there is one only; else the old one, which is then refused by name. */
async function voceOfToday(tx: TxScope, row: FascicoloRow): Promise<string> {
  const versione = await findVersioneInForce(tx)
  const equivalenti = (await findEquivalenti(tx, row.codiceVoce)).filter((v) => v.versioneId === versione?.id)
  const same = equivalenti.find((v) => v.id === row.voceId)
  if (same !== undefined) return same.id
  const exact = equivalenti.filter((v) => v.codice === row.codiceVoce)
  const [only] = exact.length === 1 ? exact : equivalenti
  return only !== undefined && (exact.length === 1 || equivalenti.length === 1) ? only.id : row.voceId
}
