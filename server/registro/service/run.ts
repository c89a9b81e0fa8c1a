import { inTransaction } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { addDays, now } from '../../kernel/time.ts'
import { openAvviso } from '../repository/avvisi.ts'
import { findAnniProdotti, findPrimoGiorno, findRegistri, findUltimo, readGiornoLegale } from '../repository/registri.ts'
import type { RegistroRow } from '../repository/registri.ts'
import { produceRegistro } from './produce.ts'
import type { EsitoProduzione, PorteRegistro, Richiesta } from './produce.ts'

/** Minutes after midnight before a day is closed: what was begun in it has ended. */
const DOPO_MEZZANOTTE = 5
/** How long one run goes on when many days are missing: then it queues the next one, so that a stop never waits long. */
const TURNO_MS = 15_000

/**
 * Produces, in order, every day that is over and has no daily register yet, from the day of the first registration on; then the register of each year that is
 * over. Hourly and idempotent: days missed while the product was stopped are made up for. A day that is blocked keeps its own later days, which are chained to
 * it, and the year it is in; never another register. A year that is blocked keeps nothing: the daily term comes first (REQ-PROT-105). True when there is more
 * to do.
 */
export async function produceDovuti(scope: Scope, ports: PorteRegistro): Promise<boolean> {
  const stop = now().getTime() + TURNO_MS
  const today = await readGiornoLegale(scope, DOPO_MEZZANOTTE)
  for (const registro of await findRegistri(scope)) {
    const { reached, interrotto } = await produceGiorni(scope, ports, { registro, today, stop })
    if (interrotto) return true
    for (const giorno of reached === null ? [] : await anniDovuti(scope, registro, reached)) {
      const { esito } = await attempt(scope, ports, { registro, tipo: 'annuale', giorno })
      if (esito === 'prodotto' && now().getTime() > stop) return true
    }
  }
  return false
}

/** The days that are over, up to the first that is blocked. Answers the last day done, null when there is none yet, and whether the turn ended first. */
async function produceGiorni(
  scope: Scope,
  ports: PorteRegistro,
  { registro, today, stop }: { registro: RegistroRow; today: string; stop: number },
): Promise<{ reached: string | null; interrotto: boolean }> {
  const last = await findUltimo(scope, registro.id)
  let reached = last?.giorno ?? null
  const first = reached === null ? await findPrimoGiorno(scope, registro.id) : addDays(reached, 1)
  // Without empty days the last one made may be behind the last one looked at.
  for (let giorno = first; giorno !== null && giorno < today; giorno = addDays(giorno, 1)) {
    if (now().getTime() > stop) return { reached, interrotto: true }
    const { esito } = await attempt(scope, ports, { registro, tipo: 'giornaliero', giorno })
    if (esito === 'bloccato') break
    reached = giorno
  }
  return { reached, interrotto: false }
}

/** A fault of one day (paper that cannot be printed, seal out of reach) alarms and is tried again by the job, without hiding the other registers' days. */
async function attempt(scope: Scope, ports: PorteRegistro, due: Richiesta): Promise<EsitoProduzione> {
  try {
    return await produceRegistro(scope, ports, due)
  } catch (error) {
    scope.log.error({ err: error, giorno: due.giorno, registro: due.registro.codice }, 'registro giornaliero non prodotto')
    await inTransaction(scope, async (tx) => {
      const what = due.tipo === 'annuale' ? `Il registro annuale del ${due.giorno.slice(0, 4)}` : 'Il registro giornaliero del giorno'
      const testo = `${what} non è stato prodotto per un guasto: sarà ritentato ogni ora.`
      await openAvviso(tx, { registroId: due.registro.id, giorno: due.giorno, tipo: 'errore', testo })
    })
    return { esito: 'bloccato', id: null }
  }
}

/** The 31 December of each year that is done up to `reached` and has no annual register yet, oldest first. */
async function anniDovuti(scope: Scope, registro: RegistroRow, reached: string): Promise<string[]> {
  const first = registro.annuale ? await findPrimoGiorno(scope, registro.id) : null
  if (first === null) return []
  const last = reached.endsWith('-12-31') ? Number(reached.slice(0, 4)) : Number(reached.slice(0, 4)) - 1
  const made = new Set(await findAnniProdotti(scope, registro.id))
  return Array.from({ length: Math.max(0, last - Number(first.slice(0, 4)) + 1) }, (_, i) => Number(first.slice(0, 4)) + i)
    .filter((anno) => !made.has(anno))
    .map((anno) => `${anno}-12-31`)
}
