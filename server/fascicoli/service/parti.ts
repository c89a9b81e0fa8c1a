import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, json, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { claimKey, digestRequest, isIncaricato } from '../../protocollo/index.ts'
import { azioneNonConsentita, chiaveUsata, datiFascicolo, fascicoloChiuso, troppiLivelli } from '../errors.ts'
import { takeProgressivoParte } from '../numbering.ts'
import { canDecideFascicolo } from '../policy.ts'
import { findLivelli } from '../repository-contorno.ts'
import type { FascicoloRow } from '../repository.ts'
import { formatCodice, isAperto } from '../rules.ts'
import type { NuovaParte } from '../schema-vita.ts'
import { lockVisibleFascicolo } from './file.ts'
import type { FascicoloAperto } from './open.ts'

/**
 * Divides a fascicolo: a sottofascicolo, or an inserto where the ente allows two levels (REQ-FASC-030). Identifier of the whole with one more number,
 * classification, type, retention, access and people of the whole. Same key and same request give the first result. Throws NotFound, Forbidden, RuleViolation.
 */
export async function openParte(scope: Scope, padre: string, input: NuovaParte, chiave: string): Promise<FascicoloAperto> {
  return await inTransaction(scope, async (tx) => await openParteWithin(tx, padre, input, chiave))
}

/** The same act inside the caller's transaction. */
export async function openParteWithin(tx: TxScope, padre: string, input: NuovaParte, chiave: string): Promise<FascicoloAperto> {
  const id = newId()
  const richiesta = digestRequest({ padre, ...input })
  const earlier = await claimKey(tx, 'fascicolo', chiave, richiesta, id)
  if (earlier !== null) {
    if (earlier.richiesta !== richiesta) throw chiaveUsata()
    return { id: earlier.risultatoId, ripetuta: true }
  }
  const row = await lockVisibleFascicolo(tx, padre)
  if (!canDecideFascicolo(tx.attore, row)) throw azioneNonConsentita()
  if (!isAperto(row.stato)) throw fascicoloChiuso(row.codice)
  if (row.livello >= (await findLivelli(tx))) throw troppiLivelli()
  const responsabileId = input.responsabileId ?? row.responsabileId
  if (responsabileId !== row.responsabileId && !(await isIncaricato(tx, responsabileId, row.ufficioId))) {
    throw datiFascicolo([{ campo: 'responsabileId', messaggio: 'Il responsabile non ha un incarico in questo ufficio.' }])
  }
  const codice = await insertParte(tx, id, row, input, responsabileId)
  await query(tx, 'update fascicolo set versione = versione + 1 where ente_id = $1 and id = $2', [tx.ente.id, row.id])
  tx.audit({
    azione: 'sottofascicolo-aperto',
    oggettoTipo: 'fascicolo',
    oggettoId: id,
    fascicoloId: row.id,
    dopo: { codice, oggetto: input.oggetto },
  })
  tx.audit({
    azione: 'fascicolo-aperto',
    oggettoTipo: 'fascicolo',
    oggettoId: id,
    fascicoloId: id,
    dopo: { codice, oggetto: input.oggetto, tipo: row.tipo, voce: row.codiceVoce, padre: row.codice, responsabile: responsabileId },
  })
  return { id, ripetuta: false }
}

async function insertParte(tx: TxScope, id: string, row: FascicoloRow, input: NuovaParte, responsabileId: string): Promise<string> {
  // Its year is that of the whole: the identifier of a part begins with that of the whole (REQ-FASC-002, REQ-FASC-005).
  const serie = `${row.serie}.${row.progressivo}`
  const n = await takeProgressivoParte(tx, row.aooId, row.anno, serie)
  const codice = formatCodice(row.anno, serie, n.progressivo)
  await insertRows(tx, 'fascicolo', [
    {
      id,
      aoo_id: row.aooId,
      codice,
      slug: `${row.slug}.${n.progressivo}`,
      anno: row.anno,
      serie,
      progressivo: n.progressivo,
      voce_id: row.voceId,
      tipo: row.tipo,
      oggetto: input.oggetto,
      stato: 'APERTO',
      ufficio_id: row.ufficioId,
      responsabile_id: responsabileId,
      aperto_il: n.giorno,
      chiuso_il: null,
      esito: null,
      nota_chiusura: null,
      materia: row.materia,
      procedimento: row.procedimento,
      termine: null,
      visibile_cittadino: row.visibileCittadino,
      conservazione_anni: row.conservazioneAnni,
      versione: 1,
      creato_il: n.istante,
      fascicolo_padre_id: row.id,
      livello: row.livello + 1,
      posizione_fisica: input.posizioneFisica ?? row.posizioneFisica,
      note: null,
      parole_chiave: json([]),
      stato_dal: null,
      stato_motivo: null,
    },
  ])
  const inherit = [tx.ente.id, row.id, id]
  await query(
    tx,
    `insert into fascicolo_soggetto (ente_id, id, fascicolo_id, ruolo, posizione, tipo, nome, cognome, denominazione, codice_fiscale, codice_ipa, codice_aoo, denominazione_aoo, indirizzo_digitale, visibile)
     select ente_id, gen_random_uuid(), $3, ruolo, posizione, tipo, nome, cognome, denominazione, codice_fiscale, codice_ipa, codice_aoo, denominazione_aoo, indirizzo_digitale, visibile
       from fascicolo_soggetto where ente_id = $1 and fascicolo_id = $2`,
    inherit,
  )
  await query(
    tx,
    `insert into fascicolo_assegnazione (ente_id, id, fascicolo_id, tipo, ufficio_id, operatore_id, dal, al)
     select ente_id, gen_random_uuid(), $3, tipo, ufficio_id, case when tipo = 'competenza' then $4::uuid else operatore_id end, $5, null
       from fascicolo_assegnazione where ente_id = $1 and fascicolo_id = $2 and al is null`,
    [...inherit, responsabileId, n.istante],
  )
  await query(
    tx,
    `insert into fascicolo_ammesso (ente_id, id, fascicolo_id, ufficio_id, operatore_id, motivo, dal, autore_nome, al, chiuso_da)
     select ente_id, gen_random_uuid(), $3, ufficio_id, operatore_id, motivo, $4, autore_nome, null, null from fascicolo_ammesso where ente_id = $1 and fascicolo_id = $2 and al is null`,
    [...inherit, n.istante],
  )
  await query(
    tx,
    `insert into fase (ente_id, id, fascicolo_id, fase, dal, al)
     select ente_id, gen_random_uuid(), $3, fase, $4::date, null from fase where ente_id = $1 and fascicolo_id = $2 and al is null order by dal desc limit 1`,
    [...inherit, n.giorno],
  )
  return codice
}
