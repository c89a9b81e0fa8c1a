import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import { findVoceInForce } from '../../titolario/index.ts'
import {
  assegnazioneAssente,
  assegnazioneChiusa,
  classificazioneUguale,
  datiDaCorreggere,
  nonVisibile,
  sottoclasseRiservata,
} from '../errors.ts'
import { canChooseSottoclasse, canReassign, canWorkAssegnazione } from '../policy.ts'
import { findUfficiAttivi, isIncaricato, lockRegistro } from '../repository.ts'
import type { RegistrazioneRow } from '../repository.ts'
import type { nuovaAssegnazioneIn, nuovaClassificazioneIn, rifiutoIn } from '../schema.ts'
import type { z } from 'zod'
import { findVisibleById } from './read.ts'

interface Lavoro {
  id: string
  registrazioneId: string
  registroId: string
  documentoId: string
  ufficioId: string
  tipo: 'competenza' | 'conoscenza'
  stato: string
  aperta: boolean
}

/** Locks an assignment this person may work. The register's counter is locked first, because the event goes into its chain. */
async function lockAssegnazione(tx: TxScope, id: string): Promise<Lavoro> {
  const registro = await queryOne<{ registroId: string }>(
    tx,
    `select r.registro_id as "registroId" from assegnazione a join registrazione r on r.ente_id = a.ente_id and r.id = a.registrazione_id where a.ente_id = $1 and a.id = $2`,
    [tx.ente.id, id],
  )
  if (registro === null) throw assegnazioneAssente()
  await lockRegistro(tx, registro.registroId)
  const row = await queryOne<Lavoro>(
    tx,
    `select id, registrazione_id as "registrazioneId", $3::uuid as "registroId", documento_id as "documentoId", ufficio_id as "ufficioId", tipo, stato, al is null as aperta
       from assegnazione where ente_id = $1 and id = $2 for update`,
    [tx.ente.id, id, registro.registroId],
  )
  if (row === null || !canWorkAssegnazione(tx.attore, row.ufficioId)) throw assegnazioneAssente()
  return row
}

/** Takes charge of an assigned document for the office. Throws Conflict when somebody already did. */
export async function takeInCarico(scope: Scope, id: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const a = await lockAssegnazione(tx, id)
    if (!a.aperta || a.stato !== 'da_prendere_in_carico') throw assegnazioneChiusa()
    await query(tx, `update assegnazione set stato = 'in_carico', presa_da_nome = $3, presa_il = $4 where ente_id = $1 and id = $2`, [
      tx.ente.id,
      id,
      tx.attore.nome,
      now().toISOString(),
    ])
    record(tx, a, 'presa-in-carico', { stato: a.stato }, { stato: 'in_carico' })
  })
}

/** Refuses an assignment with a reason; with an office it goes straight there, otherwise back to the protocol office's list of refused ones. */
export async function refuseAssegnazione(scope: Scope, id: string, input: z.infer<typeof rifiutoIn>): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const a = await lockAssegnazione(tx, id)
    if (!a.aperta || a.tipo !== 'competenza' || a.stato === 'rifiutata') throw assegnazioneChiusa()
    if (input.ufficioId !== undefined) {
      await closeAndReplace(tx, a, { ufficioId: input.ufficioId, operatoreId: null, tipo: 'competenza', nota: input.nota }, input.motivo)
      return
    }
    await query(tx, `update assegnazione set stato = 'rifiutata', motivo = $3, nota = $4 where ente_id = $1 and id = $2`, [
      tx.ente.id,
      id,
      input.motivo,
      input.nota,
    ])
    record(tx, a, 'assegnazione-rifiutata', { stato: a.stato }, { stato: 'rifiutata', motivo: input.motivo, nota: input.nota })
  })
}

/** Assigns a registration: per competenza it replaces the open one, per conoscenza it is added (class C, REQ-PROT-023). */
export async function assignRegistrazione(
  scope: Scope,
  registrazioneId: string,
  input: z.infer<typeof nuovaAssegnazioneIn>,
): Promise<void> {
  const visible = await findVisibleById(scope, registrazioneId)
  await inTransaction(scope, async (tx) => {
    await lockRegistro(tx, visible.registroId)
    const open = await queryOne<Lavoro>(
      tx,
      `select id, registrazione_id as "registrazioneId", $3::uuid as "registroId", documento_id as "documentoId", ufficio_id as "ufficioId", tipo, stato, true as aperta
         from assegnazione where ente_id = $1 and registrazione_id = $2 and tipo = 'competenza' and al is null for update`,
      [tx.ente.id, registrazioneId, visible.registroId],
    )
    if (!canReassign(tx.attore, open?.ufficioId ?? null)) throw nonVisibile()
    const next = { ufficioId: input.ufficioId, operatoreId: input.operatoreId ?? null, tipo: input.tipo, nota: input.nota }
    if (input.tipo === 'competenza' && open !== null) await closeAndReplace(tx, open, next, null)
    else await insertAssegnazione(tx, visible, next)
  })
}

interface Prossima {
  readonly ufficioId: string
  readonly operatoreId: string | null
  readonly tipo: 'competenza' | 'conoscenza'
  readonly nota: string
}

async function closeAndReplace(tx: TxScope, a: Lavoro, next: Prossima, motivo: string | null): Promise<void> {
  await query(tx, `update assegnazione set al = $4, stato = 'riassegnata', motivo = coalesce($3, motivo) where ente_id = $1 and id = $2`, [
    tx.ente.id,
    a.id,
    motivo,
    now().toISOString(),
  ])
  await insertAssegnazione(tx, { id: a.registrazioneId, documentoId: a.documentoId, registroId: a.registroId }, next, {
    ufficio: a.ufficioId,
    motivo,
  })
}

async function insertAssegnazione(
  tx: TxScope,
  r: Pick<RegistrazioneRow, 'id' | 'documentoId' | 'registroId'>,
  next: Prossima,
  prima: unknown = null,
): Promise<void> {
  if (!(await findUfficiAttivi(tx, [next.ufficioId])).has(next.ufficioId)) {
    throw datiDaCorreggere([{ campo: 'ufficioId', messaggio: 'L’ufficio non esiste o è chiuso: scegline un altro.' }])
  }
  if (next.operatoreId !== null && !(await isIncaricato(tx, next.operatoreId, next.ufficioId))) {
    throw datiDaCorreggere([{ campo: 'operatoreId', messaggio: 'La persona non ha un incarico in questo ufficio.' }])
  }
  const id = newId()
  await insertRows(tx, 'assegnazione', [
    {
      id,
      registrazione_id: r.id,
      documento_id: r.documentoId,
      ufficio_id: next.ufficioId,
      operatore_id: next.operatoreId,
      tipo: next.tipo,
      stato: next.tipo === 'competenza' ? 'da_prendere_in_carico' : 'per_conoscenza',
      motivo: null,
      nota: next.nota === '' ? null : next.nota,
      dal: now().toISOString(),
      al: null,
      autore_id: tx.attore.id,
      autore_nome: tx.attore.nome,
      presa_da_nome: null,
      presa_il: null,
    },
  ])
  tx.audit({
    azione: 'riassegnata',
    oggettoTipo: 'registrazione',
    oggettoId: r.id,
    documentoId: r.documentoId,
    registroId: r.registroId,
    prima,
    dopo: { ufficio: next.ufficioId, operatore: next.operatoreId, tipo: next.tipo, nota: next.nota },
  })
}

function record(tx: TxScope, a: Lavoro, azione: string, prima: unknown, dopo: unknown): void {
  tx.audit({
    azione,
    oggettoTipo: 'registrazione',
    oggettoId: a.registrazioneId,
    documentoId: a.documentoId,
    registroId: a.registroId,
    prima,
    dopo,
  })
}

/** Changes the classification of a registered document; the old one stays in the history (REQ-TIT-023). */
export async function reclassifyRegistrazione(
  scope: Scope,
  registrazioneId: string,
  input: z.infer<typeof nuovaClassificazioneIn>,
): Promise<void> {
  const visible = await findVisibleById(scope, registrazioneId)
  await inTransaction(scope, async (tx) => {
    await lockRegistro(tx, visible.registroId)
    await reclassifyWithin(tx, visible, input.voceId, input.motivo)
  })
}

/**
 * The same change inside the caller's transaction, who holds the register's counter lock (`lockRegistro`). Number, segnatura and fascicolo identifiers
 * never change (REQ-TIT-023). Throws RuleViolation when nothing changes or the sottoclasse is not the actor's to give (REQ-TIT-022).
 */
export async function reclassifyWithin(
  tx: TxScope,
  r: Pick<RegistrazioneRow, 'id' | 'documentoId' | 'registroId' | 'voceId'>,
  voceId: string,
  motivo: string,
): Promise<void> {
  if (r.voceId === voceId) throw classificazioneUguale()
  const voce = await findVoceInForce(tx, voceId)
  if (voce.livello > 2 && !canChooseSottoclasse(tx.attore)) throw sottoclasseRiservata()
  const adesso = now().toISOString()
  await query(tx, 'update classificazione set al = $3 where ente_id = $1 and documento_id = $2 and al is null', [
    tx.ente.id,
    r.documentoId,
    adesso,
  ])
  await insertRows(tx, 'classificazione', [
    {
      id: newId(),
      documento_id: r.documentoId,
      voce_id: voce.id,
      dal: adesso,
      al: null,
      autore_id: tx.attore.id,
      autore_nome: tx.attore.nome,
      motivo,
    },
  ])
  await query(tx, 'update documento set voce_id = $3 where ente_id = $1 and id = $2', [tx.ente.id, r.documentoId, voce.id])
  tx.audit({
    azione: 'riclassificata',
    oggettoTipo: 'registrazione',
    oggettoId: r.id,
    documentoId: r.documentoId,
    registroId: r.registroId,
    prima: { voceId: r.voceId },
    dopo: { voceId: voce.id, codice: voce.codice },
    motivo,
  })
}
