import { fascicoloAssente, findVisibleFascicolo, sightOf, visibilitaFascicoliOf } from '../fascicoli/index.ts'
import { recordFact, verifyChain } from '../kernel/audit.ts'
import { inReadTransaction } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { findVisibleById } from '../protocollo/index.ts'
import { tracciaNonConsentita, verificaNonConsentita } from './errors.ts'
import { ambitoTracciaOf, canReadAccessi, canReadDati } from './policy.ts'
import { presentEvento } from './presenter.ts'
import { findCatene, findEventi, findEventiFascicolo, findEventiRegistrazione, findNomi } from './repository.ts'
import type { EventoRow } from './repository.ts'
import { idsIn, isLettura } from './rules.ts'
import type { EventoDto, FiltriTraccia, VerificaRegistro } from './schema.ts'

/** The history of a registration this person may read: old and new values with author and time (REQ-PROT-055). Throws NotFound. */
export async function readStoriaRegistrazione(scope: Scope, id: string): Promise<EventoDto[]> {
  const row = await findVisibleById(scope, id)
  return await inReadTransaction(
    scope,
    async (s) => await present(s, onlyMine(s, await findEventiRegistrazione(s, row.id, row.documentoId)), true),
  )
}

/** The history of a fascicolo this person sees whole. Throws NotFound. */
export async function readStoriaFascicolo(scope: Scope, idOrSlug: string): Promise<EventoDto[]> {
  const row = await findVisibleFascicolo(scope, idOrSlug)
  if (sightOf(visibilitaFascicoliOf(scope.attore), row) !== 'intero') throw fascicoloAssente()
  return await inReadTransaction(scope, async (s) => await present(s, onlyMine(s, await findEventiFascicolo(s, row.id)), true))
}

/** Who read something is shown to who oversees it; everybody sees his own reads. */
function onlyMine(scope: Scope, rows: readonly EventoRow[]): EventoRow[] {
  return canReadAccessi(scope.attore) ? [...rows] : rows.filter((r) => !isLettura(r.azione) || r.attoreId === scope.attore.id)
}

/** The trail as far as the person's profiles reach (table of §14); consulting it is itself recorded. Throws Forbidden without any reach. */
export async function readTraccia(scope: Scope, filtri: FiltriTraccia): Promise<{ elementi: EventoDto[]; totale: number }> {
  const ambito = ambitoTracciaOf(scope.attore)
  if (ambito === 'nessuno') throw tracciaNonConsentita()
  const result = await inReadTransaction(scope, async (s) => {
    const { rows, totale } = await findEventi(s, ambito, filtri)
    return { elementi: await present(s, rows, canReadDati(s.attore)), totale }
  })
  await recordFact(scope, { azione: 'traccia-letta', oggettoTipo: 'traccia', oggettoId: scope.ente.id, dopo: { ...filtri } })
  return result
}

async function present(s: Scope, rows: readonly EventoRow[], conDati: boolean): Promise<EventoDto[]> {
  const nomi = conDati
    ? await findNomi(
        s,
        rows.flatMap((r) => idsIn(r.dati)),
      )
    : new Map<string, string>()
  return rows.map((r) => presentEvento(r, nomi, conDati))
}

/** Recomputes the chain of every register and says where it breaks, if it does (REQ-PROT-057). Throws Forbidden for who does not oversee the ente. */
export async function verifyRegistri(scope: Scope): Promise<VerificaRegistro[]> {
  if (ambitoTracciaOf(scope.attore) !== 'tutto') throw verificaNonConsentita()
  return await inReadTransaction(scope, async (s) => {
    const found: VerificaRegistro[] = []
    for (const { id, codice, denominazione, eventi } of await findCatene(s)) {
      const primaRottura = await verifyChain(s, id)
      found.push({ registro: { id, codice, denominazione }, eventi, integra: primaRottura === null, primaRottura })
    }
    return found
  })
}
