import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { findUfficiAttivi, isIncaricato, soggettoErrors, toSoggettoColumns } from '../../protocollo/index.ts'
import { accessoAssente, azioneNonConsentita, datiFascicolo, fascicoloChiuso } from '../errors.ts'
import { readClock } from '../numbering.ts'
import { canDecideFascicolo } from '../policy.ts'
import { isAperto } from '../rules.ts'
import type { NuoviPartecipanti, NuovoAccesso } from '../schema-vita.ts'
import { lockVisibleFascicolo } from './file.ts'

/**
 * Lets an office or a person of it consult and feed a fascicolo (assignment per conoscenza, REQ-FASC-020, REQ-FASC-023) and, when it is said, see its reserved
 * area too (CAD 41 c. 2-quater, REQ-FASC-013). Throws NotFound, Forbidden, InvalidInput, RuleViolation.
 */
export async function grantAccesso(scope: Scope, fascicolo: string, input: NuovoAccesso): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockVisibleFascicolo(tx, fascicolo)
    if (!canDecideFascicolo(tx.attore, row)) throw azioneNonConsentita()
    if (!isAperto(row.stato)) throw fascicoloChiuso(row.codice)
    const ufficio = (await findUfficiAttivi(tx, [input.ufficioId])).get(input.ufficioId)
    if (ufficio === undefined)
      throw datiFascicolo([{ campo: 'ufficioId', messaggio: 'L’ufficio non esiste o è chiuso: scegline un altro.' }])
    if (input.operatoreId !== undefined && !(await isIncaricato(tx, input.operatoreId, ufficio.id)))
      throw datiFascicolo([{ campo: 'operatoreId', messaggio: 'La persona non ha un incarico in questo ufficio.' }])
    const { istante } = await readClock(tx)
    const operatoreId = input.operatoreId ?? null
    await insertRows(tx, 'fascicolo_assegnazione', [
      { id: newId(), fascicolo_id: row.id, tipo: 'conoscenza', ufficio_id: ufficio.id, operatore_id: operatoreId, dal: istante, al: null },
    ])
    if (input.riservata)
      await insertRows(tx, 'fascicolo_ammesso', [
        {
          id: newId(),
          fascicolo_id: row.id,
          ufficio_id: operatoreId === null ? ufficio.id : null,
          operatore_id: operatoreId,
          motivo: input.motivo,
          dal: istante,
          autore_nome: tx.attore.nome,
        },
      ])
    tx.audit({
      azione: 'accesso-dato',
      oggettoTipo: 'fascicolo',
      oggettoId: row.id,
      fascicoloId: row.id,
      dopo: { ufficio: ufficio.denominazione, operatore: operatoreId, areaRiservata: input.riservata },
      motivo: input.motivo,
    })
  })
}

/** Closes the reserved area again to who was let in; the common one stays. Throws NotFound, Forbidden. */
export async function revokeAmmesso(scope: Scope, fascicolo: string, id: string, motivo: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockVisibleFascicolo(tx, fascicolo)
    if (!canDecideFascicolo(tx.attore, row)) throw azioneNonConsentita()
    const closed = await queryOne(
      tx,
      'update fascicolo_ammesso set al = $4, chiuso_da = $5 where ente_id = $1 and fascicolo_id = $2 and id = $3 and al is null returning 1 as chiuso',
      [tx.ente.id, row.id, id, (await readClock(tx)).istante, tx.attore.nome],
    )
    if (closed === null) throw accessoAssente()
    tx.audit({ azione: 'accesso-chiuso', oggettoTipo: 'fascicolo', oggettoId: row.id, fascicoloId: row.id, dopo: { accesso: id }, motivo })
  })
}

/** Writes other participating administrations beside those there are (CAD 41 c. 2-ter b, REQ-FASC-012). Throws NotFound, Forbidden, InvalidInput, RuleViolation. */
export async function addPartecipanti(scope: Scope, fascicolo: string, input: NuoviPartecipanti): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockVisibleFascicolo(tx, fascicolo)
    if (!canDecideFascicolo(tx.attore, row)) throw azioneNonConsentita()
    if (!isAperto(row.stato)) throw fascicoloChiuso(row.codice)
    const wrong = input.amministrazioni.flatMap((s, i) => soggettoErrors(s, `amministrazioni.${i}`))
    if (wrong.length > 0) throw datiFascicolo(wrong)
    const [last] = await query<{ posizione: number }>(
      tx,
      `select coalesce(max(posizione), 0)::int as posizione from fascicolo_soggetto where ente_id = $1 and fascicolo_id = $2 and ruolo = 'amministrazione'`,
      [tx.ente.id, row.id],
    )
    await insertRows(
      tx,
      'fascicolo_soggetto',
      input.amministrazioni.map((s, i) => ({
        id: newId(),
        fascicolo_id: row.id,
        ruolo: 'amministrazione',
        posizione: (last?.posizione ?? 0) + i + 1,
        ...toSoggettoColumns(s),
        visibile: row.visibileCittadino,
      })),
    )
    await query(tx, 'update fascicolo set versione = versione + 1 where ente_id = $1 and id = $2', [tx.ente.id, row.id])
    tx.audit({
      azione: 'partecipanti-aggiunti',
      oggettoTipo: 'fascicolo',
      oggettoId: row.id,
      fascicoloId: row.id,
      dopo: { amministrazioni: input.amministrazioni.map((s) => ('denominazione' in s ? s.denominazione : '')) },
      motivo: input.motivo,
    })
  })
}
