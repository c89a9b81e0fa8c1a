import type { z } from 'zod'
import { FaldoneError, NotFound } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import { assegnazioneAssente, assegnazioneChiusa, datiDaCorreggere, nonVisibile } from '../errors.ts'
import { canReassign, canWorkAssegnazione } from '../policy.ts'
import { findUfficiAttivi, isIncaricato, lockRegistro } from '../repository.ts'
import type { RegistrazioneRow } from '../repository.ts'
import type { esitoGruppoDto, nuovaAssegnazioneIn, riassegnazioneGruppoIn, rifiutoIn } from '../schema/lavoro.ts'
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

const LAVORO = `id, registrazione_id as "registrazioneId", $3::uuid as "registroId", documento_id as "documentoId", ufficio_id as "ufficioId", tipo, stato, al is null as aperta`

/**
 * Locks an assignment this person may work, of a document he may read. The register's counter is locked first, because the event goes into its chain.
 * Throws NotFound, always with the same answer.
 */
async function lockAssegnazione(tx: TxScope, id: string): Promise<Lavoro> {
  const place = await queryOne<{ registroId: string; registrazioneId: string }>(
    tx,
    `select r.registro_id as "registroId", r.id as "registrazioneId" from assegnazione a join registrazione r on r.ente_id = a.ente_id and r.id = a.registrazione_id
      where a.ente_id = $1 and a.id = $2`,
    [tx.ente.id, id],
  )
  if (place === null) throw assegnazioneAssente()
  await assertReadable(tx, place.registrazioneId)
  await lockRegistro(tx, place.registroId)
  const row = await queryOne<Lavoro>(tx, `select ${LAVORO} from assegnazione where ente_id = $1 and id = $2 for update`, [
    tx.ente.id,
    id,
    place.registroId,
  ])
  if (row === null || !canWorkAssegnazione(tx.attore, row.ufficioId)) throw assegnazioneAssente()
  return row
}

async function assertReadable(tx: TxScope, registrazioneId: string): Promise<void> {
  try {
    await findVisibleById(tx, registrazioneId)
  } catch (error) {
    if (error instanceof NotFound) throw assegnazioneAssente()
    throw error
  }
}

/** Takes charge of an assigned document for the office. Throws Conflict when somebody already did. */
export async function takeInCarico(scope: Scope, id: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const a = await lockAssegnazione(tx, id)
    if (!a.aperta || a.stato !== 'da_prendere_in_carico') throw assegnazioneChiusa()
    await sign(tx, id, 'in_carico')
    record(tx, a, 'presa-in-carico', { stato: a.stato }, { stato: 'in_carico' })
  })
}

/** Says that a document received per conoscenza was seen: it leaves the list, the assignment stays. Throws Conflict when it was seen already. */
export async function markVista(scope: Scope, id: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const a = await lockAssegnazione(tx, id)
    if (!a.aperta || a.stato !== 'per_conoscenza') throw assegnazioneChiusa()
    await sign(tx, id, 'vista')
    record(tx, a, 'conoscenza-vista', { stato: a.stato }, { stato: 'vista' })
  })
}

async function sign(tx: TxScope, id: string, stato: string): Promise<void> {
  await query(tx, `update assegnazione set stato = $3, presa_da_nome = $4, presa_il = $5 where ente_id = $1 and id = $2`, [
    tx.ente.id,
    id,
    stato,
    tx.attore.nome,
    now().toISOString(),
  ])
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
  await inTransaction(scope, async (tx) => await assignWithin(tx, visible, input))
}

async function assignWithin(
  tx: TxScope,
  r: Pick<RegistrazioneRow, 'id' | 'documentoId' | 'registroId'>,
  input: z.infer<typeof nuovaAssegnazioneIn>,
): Promise<void> {
  await lockRegistro(tx, r.registroId)
  const open = await queryOne<Lavoro>(
    tx,
    `select ${LAVORO} from assegnazione where ente_id = $1 and registrazione_id = $2 and tipo = 'competenza' and al is null for update`,
    [tx.ente.id, r.id, r.registroId],
  )
  if (!canReassign(tx.attore, open?.ufficioId ?? null)) throw nonVisibile()
  const next = { ufficioId: input.ufficioId, operatoreId: input.operatoreId ?? null, tipo: input.tipo, nota: input.nota }
  if (input.tipo === 'competenza') {
    if (open === null) await insertAssegnazione(tx, r, next)
    else await closeAndReplace(tx, open, next, null)
    return
  }
  const known = await queryOne(
    tx,
    `select 1 from assegnazione where ente_id = $1 and registrazione_id = $2 and tipo = 'conoscenza' and ufficio_id = $3 and al is null`,
    [tx.ente.id, r.id, input.ufficioId],
  )
  if (known !== null || open?.ufficioId === input.ufficioId) {
    throw datiDaCorreggere([{ campo: 'ufficioId', messaggio: 'L’ufficio ha già questo documento.' }])
  }
  await insertAssegnazione(tx, r, next)
}

/** Takes charge of many: one act each, so that what a colleague took meanwhile stops only itself. */
export async function takeGruppo(scope: Scope, ids: readonly string[]): Promise<z.infer<typeof esitoGruppoDto>> {
  return await each(ids, async (id) => await takeInCarico(scope, id))
}

/** Gives many documents to one office or person, per competenza, with the same note. */
export async function reassignGruppo(scope: Scope, input: z.infer<typeof riassegnazioneGruppoIn>): Promise<z.infer<typeof esitoGruppoDto>> {
  const { ids, ...target } = input
  return await each(ids, async (id) => {
    const a = await queryOne<{ registrazioneId: string }>(
      scope,
      `select registrazione_id as "registrazioneId" from assegnazione where ente_id = $1 and id = $2 and tipo = 'competenza' and al is null`,
      [scope.ente.id, id],
    )
    if (a === null) throw assegnazioneChiusa()
    await assignRegistrazione(scope, a.registrazioneId, { ...target, tipo: 'competenza' })
  })
}

async function each(ids: readonly string[], act: (id: string) => Promise<void>): Promise<z.infer<typeof esitoGruppoDto>> {
  const saltati: { id: string; motivo: string }[] = []
  for (const id of ids) {
    try {
      await act(id)
    } catch (error) {
      if (!(error instanceof FaldoneError)) throw error
      saltati.push({ id, motivo: error.message })
    }
  }
  return { fatti: ids.length - saltati.length, saltati }
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
  tx.emit({ tipo: 'assegnazioneCambiata', id: r.id })
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
  tx.emit({ tipo: 'assegnazioneCambiata', id: a.registrazioneId })
}
