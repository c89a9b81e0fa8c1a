import { inTransaction } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { addDays, now } from '../../kernel/time.ts'
import { openAvviso } from '../repository/avvisi.ts'
import { findPrimoGiorno, findRegistri, findUltimo, readGiornoLegale } from '../repository/registri.ts'
import type { RegistroRow } from '../repository/registri.ts'
import { produceRegistro } from './produce.ts'
import type { EsitoProduzione, PorteRegistro, Richiesta } from './produce.ts'

/** Minutes after midnight before a day is closed: what was begun in it has ended. */
const DOPO_MEZZANOTTE = 5
/** How long one run goes on when many days are missing: then it queues the next one, so that a stop never waits long. */
const TURNO_MS = 15_000

/**
 * Produces, in order, every day that is over and has no daily register yet, from the day of the first registration on, and the register of each year that is
 * over. Hourly and idempotent: days missed while the product was stopped are made up for. One register that is blocked does not keep the others. True when
 * there is more to do.
 */
export async function produceDovuti(scope: Scope, ports: PorteRegistro): Promise<boolean> {
  const stop = now().getTime() + TURNO_MS
  const today = await readGiornoLegale(scope, DOPO_MEZZANOTTE)
  for (const registro of await findRegistri(scope)) {
    for (let due = await nextDue(scope, registro, today, null); due !== null;) {
      if (now().getTime() > stop) return true
      const { esito } = await attempt(scope, ports, due)
      if (esito === 'bloccato') break
      due = await nextDue(scope, registro, today, due)
    }
  }
  return false
}

/** A fault of one day (paper that cannot be printed, seal out of reach) alarms and is tried again by the job, without hiding the other registers' days. */
async function attempt(scope: Scope, ports: PorteRegistro, due: Richiesta): Promise<EsitoProduzione> {
  try {
    return await produceRegistro(scope, ports, due)
  } catch (error) {
    scope.log.error({ err: error, giorno: due.giorno, registro: due.registro.codice }, 'registro giornaliero non prodotto')
    await inTransaction(scope, async (tx) => {
      const testo = `Il registro giornaliero del giorno non è stato prodotto per un guasto: sarà ritentato ogni ora.`
      await openAvviso(tx, { registroId: due.registro.id, giorno: due.giorno, tipo: 'errore', testo })
    })
    return { esito: 'bloccato', id: null }
  }
}

/** What follows the register just made: the year when its last day is done, then the next day that is over. */
async function nextDue(scope: Scope, registro: RegistroRow, today: string, done: Richiesta | null): Promise<Richiesta | null> {
  const last = await findUltimo(scope, registro.id)
  if (registro.annuale && last !== null) {
    const anno = last.giorno.endsWith('-12-31') ? last.anno : last.anno - 1
    const year = await findUltimo(scope, registro.id, 'annuale')
    const first = await findPrimoGiorno(scope, registro.id)
    if (first !== null && Number(first.slice(0, 4)) <= anno && (year === null || year.anno < anno))
      return { registro, tipo: 'annuale', giorno: `${year === null ? Number(first.slice(0, 4)) : year.anno + 1}-12-31` }
  }
  // Without empty days the last one made may be behind the last one looked at.
  const reached = [last?.giorno, done?.tipo === 'giornaliero' ? done.giorno : undefined]
    .filter((g) => g !== undefined)
    .toSorted()
    .at(-1)
  const day = reached === undefined ? await findPrimoGiorno(scope, registro.id) : addDays(reached, 1)
  return day === null || day >= today ? null : { registro, tipo: 'giornaliero', giorno: day }
}
