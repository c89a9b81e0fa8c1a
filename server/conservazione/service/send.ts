import { ContentCorrupted, ContentNotFound, openVerified } from '../../../storage/index.ts'
import type { ObjectStore } from '../../../storage/index.ts'
import { inTransaction } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import type { Conservatore, ErroreConservatore } from '../../ports/conservatore.ts'
import { findPacchetto, findVersamento } from '../repository.ts'
import type { VersamentoRow } from '../repository.ts'
import { anomalia } from '../rules.ts'
import { moveVersamento, stopVersamento } from './move.ts'

/** An error of the exchange with the conservatore, recognised by its shape. */
export function isErroreConservatore(error: unknown): error is ErroreConservatore {
  return error instanceof Error && typeof (error as { scambio?: unknown }).scambio === 'string'
}

/**
 * Sends the package: same identifier and same bytes at every attempt (REQ-CONS-030, 123), so that a repeat is recognised on the other side. An unknown outcome
 * is first asked about (REQ-CONS-122), then tried again by the job; a refusal at the door or a wrong configuration stops the versamento and waits for a
 * person. Idempotent: it works only on PRONTO. Throws what the job must try again.
 */
export async function sendSip(scope: Scope, id: string, ports: { store: ObjectStore; conservatore: Conservatore }): Promise<void> {
  const versamento = await findVersamento(scope, id)
  if (versamento === null || versamento.stato !== 'PRONTO') return
  try {
    const { presaInCarico } = await transmit(scope, versamento, ports)
    await recordTaken(scope, id, presaInCarico)
  } catch (error) {
    if (isAltered(error)) {
      const testo = 'Il pacchetto archiviato non corrisponde alla sua impronta: non è stato trasmesso.'
      await inTransaction(scope, async (tx) => await stopVersamento(tx, id, 'PRONTO', [anomalia('PACCHETTO_ALTERATO', testo)]))
      return
    }
    if (!isErroreConservatore(error)) throw error
    await handleFault(scope, versamento, ports.conservatore, error)
  }
}

async function transmit(
  scope: Scope,
  v: VersamentoRow,
  { store, conservatore }: { store: ObjectStore; conservatore: Conservatore },
): Promise<{ presaInCarico: string }> {
  const parti = await findPacchetto(scope, v.id)
  if (parti === null) throw new Error('a versamento that is ready without its package')
  const { sha256, dimensione } = parti.pacchetto
  const pacchetto = await openVerified(store, scope.ente.id, sha256)
  return await conservatore.transmit({ idPdv: v.idPdv, pacchetto, dimensione, sha256 })
}

/** Our own copy of the package is damaged or lost: sending again would not help. */
function isAltered(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return [error, cause].some((e) => e instanceof ContentCorrupted || e instanceof ContentNotFound)
}

async function recordTaken(scope: Scope, id: string, presaInCarico: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const moved = await moveVersamento(tx, id, 'PRONTO', {
      stato: 'TRASMESSO',
      columns: { presa_in_carico: presaInCarico, trasmesso_il: now().toISOString(), anomalie: [] },
      azione: 'versamento-trasmesso',
      dopo: { presaInCarico },
    })
    if (moved !== null) tx.emit({ tipo: 'versamentoTrasmesso', id })
  })
}

async function handleFault(scope: Scope, v: VersamentoRow, conservatore: Conservatore, error: ErroreConservatore): Promise<void> {
  switch (error.scambio) {
    case 'rifiuto':
    case 'configurazione': {
      const codice = error.codice ?? (error.scambio === 'rifiuto' ? 'PACCHETTO_NON_PRESO' : 'CONFIGURAZIONE')
      await inTransaction(scope, async (tx) => await stopVersamento(tx, v.id, 'PRONTO', [anomalia(codice, error.message)]))
      return
    }
    case 'esito-ignoto':
      if (!(await isKnown(conservatore, v.idPdv))) throw error
      await recordTaken(scope, v.id, 'Accertata con richiesta di stato')
      return
    case 'non-inviato':
    case 'sconosciuto':
      throw error
  }
}

/** Has the conservatore got the package? Only a clear answer counts; no answer leaves the outcome unknown. */
async function isKnown(conservatore: Conservatore, idPdv: string): Promise<boolean> {
  try {
    await conservatore.report(idPdv)
    return true
  } catch {
    return false
  }
}
