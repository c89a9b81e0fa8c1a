import { inTransaction } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { fromSoggettoRow } from '../../protocollo/index.ts'
import { findVociById, isInLinea } from '../../titolario/index.ts'
import { azioneNonConsentita, tipoNonRiapribile, voceNonInLinea } from '../errors.ts'
import { canDecideFascicolo } from '../policy.ts'
import { findFascicoloSoggetti } from '../repository-contenuto.ts'
import { findParti } from '../repository-contorno.ts'
import type { FascicoloRow } from '../repository.ts'
import { isRiclassabile } from '../rules.ts'
import type { RiaperturaInVoce } from '../schema-cambio.ts'
import type { NuovoFascicolo } from '../schema.ts'
import { closeFascicoloWithin } from './close.ts'
import type { ControlloChiusura } from './close.ts'
import { linkFascicoloWithin } from './collega.ts'
import { lockVisibleFascicolo } from './file.ts'
import { openFascicoloWithin } from './open.ts'

/**
 * Closes an open fascicolo whose class changed and opens its continuation under the new one, tied as presupposto: one act (REQ-TIT-006). The old one keeps voice,
 * identifier and documents; the new one takes a progressivo of its own and the same data. Findings that allow forcing are forced with the reason of the act.
 * Same key, same continuation; answers its id. Throws NotFound, Forbidden, Conflict for a stale version, RuleViolation for a type that does not pass, a voice
 * that does not continue the old one or is not in force, or what blocks the closing.
 */
export async function reopenUnderVoce(
  scope: Scope,
  fascicolo: string,
  input: RiaperturaInVoce,
  chiave: string,
  controlli: readonly ControlloChiusura[],
): Promise<string> {
  return await inTransaction(scope, async (tx) => {
    const row = await lockVisibleFascicolo(tx, fascicolo)
    if (!canDecideFascicolo(tx.attore, row)) throw azioneNonConsentita()
    if (!isRiclassabile(row.tipo) || row.livello > 0 || (await findParti(tx, row.id)).length > 0) throw tipoNonRiapribile(row.codice)
    if (!(await isInLinea(tx, input.voceId, row.voceId))) throw voceNonInLinea(row.codice)
    const soggetti = await findFascicoloSoggetti(tx, row.id)
    const made = await openFascicoloWithin(tx, continuationOf(row, input.voceId, soggetti), chiave)
    if (made.ripetuta) return made.id
    const nuova = (await findVociById(tx, [input.voceId])).get(input.voceId)?.codice ?? ''
    const motivo = `Nuovo titolario, da ${row.codiceVoce} a ${nuova}: ${input.motivo}`.slice(0, 500)
    await linkFascicoloWithin(tx, made.id, { altroId: row.id, tipo: 'presupposto', motivo })
    await closeFascicoloWithin(
      tx,
      row.id,
      { versione: input.versione, esito: 'conclusione', nota: motivo, motivoForzatura: motivo },
      controlli,
    )
    return made.id
  })
}

/** The same fascicolo under another voice. */
function continuationOf(row: FascicoloRow, voceId: string, soggetti: Awaited<ReturnType<typeof findFascicoloSoggetti>>): NuovoFascicolo {
  const of = (ruolo: string) => soggetti.filter((s) => s.ruolo === ruolo).map(fromSoggettoRow)
  const amministrazioni = of('amministrazione').filter((s) => s.tipo === 'PAI')
  return {
    voceId,
    tipo: row.tipo,
    oggetto: row.oggetto,
    responsabileId: row.responsabileId,
    ufficioId: row.ufficioId,
    interessati: of('interessato'),
    amministrazioniPartecipanti: amministrazioni,
    visibileCittadino: row.visibileCittadino,
    ...(row.posizioneFisica === null ? {} : { posizioneFisica: row.posizioneFisica }),
    ...(row.note === null ? {} : { note: row.note }),
    paroleChiave: row.paroleChiave,
  }
}
