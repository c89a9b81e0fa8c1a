import { closeFascicolo, presentFascicoloById } from '../../server/fascicoli/index.ts'
import type { NuovoFascicolo } from '../../server/fascicoli/index.ts'
import { createArchivioJobs } from '../../server/archivio/index.ts'
import type { ControlloChiusura } from '../../server/fascicoli/index.ts'
import type { Ports } from '../../server/kernel/endpoint.ts'
import { inTransaction, query } from '../../server/kernel/scope.ts'
import type { Scope } from '../../server/kernel/scope.ts'
import { now } from '../../server/kernel/time.ts'
import { withMovableClock } from '../../server/demo/dati/orologio.ts'
import { romeInstant } from '../../server/demo/dati/calendario.ts'
import { ruoli } from './database.ts'
import type { TestDatabase } from './database.ts'
import type { EnteDiProva } from './factories.ts'
import { apri, registra } from './fascicoli.ts'

/** Runs an act on a day of the past or of the future: both clocks stand at the given hour of Rome, then they are real again. */
export async function nelGiorno<T>(db: TestDatabase, giorno: string, work: () => Promise<T>, ora = '09:00:00'): Promise<T> {
  return await withMovableClock(db.ownerUrl, ruoli, async (orologio) => {
    await orologio.sposta(romeInstant(giorno, ora))
    return await work()
  })
}

/** Registers a document already taken in charge by its office. */
export async function registraInCarico(
  protocollo: Scope,
  e: EnteDiProva,
  changes: Parameters<typeof registra>[2] = {},
): Promise<{ id: string; documentoId: string }> {
  const r = await registra(protocollo, e, { dataArrivo: now().toISOString(), ...changes })
  await inTransaction(protocollo, async (tx) => {
    await query(tx, `update assegnazione set stato = 'in_carico' where ente_id = $1 and registrazione_id = $2`, [e.ente.id, r.id])
  })
  return r
}

/** Opens a fascicolo with one document in it. */
export async function apriPieno(
  capo: Scope,
  protocollo: Scope,
  e: EnteDiProva,
  changes: Partial<NuovoFascicolo> = {},
): Promise<{ id: string; documentoId: string; codice: string; slug: string }> {
  const { documentoId } = await registraInCarico(protocollo, e)
  const id = await apri(capo, e, { documentoId, ...changes })
  const { codice, slug } = await presentFascicoloById(capo, id)
  return { id, documentoId, codice, slug }
}

/** Closes a fascicolo that nothing stands against. */
export async function chiudi(capo: Scope, id: string): Promise<void> {
  const { versione } = await presentFascicoloById(capo, id)
  await closeFascicolo(capo, id, { versione, esito: 'conclusione', nota: '' }, [])
}

/** Runs the job of the archive with this name, as the timetable does. */
export async function esegui(
  system: Scope,
  tipo: 'archivio.chiudiAttivita' | 'archivio.fineAnno' | 'archivio.vigila',
  ports: Ports,
  controlli: readonly ControlloChiusura[] = [],
): Promise<void> {
  const job = createArchivioJobs(controlli).find((j) => j.type === tipo)
  if (job === undefined) throw new Error(`no job ${tipo}`)
  await job.handler(system, {}, ports)
}
