import { findContenuti, replyWith } from '../../documenti/index.ts'
import type { ObjectStore } from '../../../storage/index.ts'
import { recordFact } from '../../kernel/audit.ts'
import type { FileReply, Ports } from '../../kernel/endpoint.ts'
import { NotFound } from '../../kernel/errors.ts'
import { CALENDARIO_NAZIONALE, findCalendario, isWorkingDay } from '../../enti/index.ts'
import { identitaDi, inReadTransaction, inTransaction, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now, romeDay } from '../../kernel/time.ts'
import { findVisibleById } from '../../protocollo/index.ts'
import { fileEstraneo, messaggioAssente, messaggioGiaTrattato, messaggioInLavorazione } from '../errors.ts'
import { presentDettaglio, presentRiga } from '../presenter.ts'
import { findDoppioni } from '../doppioni.ts'
import { countViste, findMessaggio, listCaselle, listMessaggi, lockMessaggio } from '../repository.ts'
import type { MessaggioRow, Osservatore } from '../repository.ts'
import { heldByOther, isLocked, ultimoGiornoInRitardo } from '../rules.ts'
import type { VistaMessaggi } from '../rules.ts'
import type { DettaglioMessaggioDto, RigaMessaggioDto } from '../schema.ts'
import { ingestCasella } from './ingest.ts'
import type { EsitoControllo } from './ingest.ts'
import { buildProposta } from './proposal.ts'

/** One page of a view of the queue, oldest first. */
export async function readCoda(
  scope: Scope,
  vista: VistaMessaggi,
  pagina: number,
  perPagina: number,
): Promise<{ elementi: RigaMessaggioDto[]; totale: number }> {
  return await inReadTransaction(scope, async (s) => {
    const chi = await osservatoreOf(s)
    const { rows, totale } = await listMessaggi(s, vista, chi, pagina, perPagina)
    const doppioni = new Map(
      (
        await findDoppioni(
          s,
          rows.map((row) => row.id),
        )
      ).map((item) => [item.messaggioId, item]),
    )
    return { elementi: rows.map((row) => presentRiga(row, doppioni.get(row.id) ?? null, chi, now())), totale }
  })
}

/** How many messages each view of the queue holds for this person. */
export async function readConteggi(scope: Scope): Promise<Record<VistaMessaggi, number>> {
  return await inReadTransaction(scope, async (s) => await countViste(s, await osservatoreOf(s)))
}

/** Who looks at the queue, and until which day of arrival it is late: the calendar of the predefined AOO (REQ-PROT-075). */
async function osservatoreOf(s: Scope): Promise<Osservatore> {
  const aoo = await queryOne<{ id: string }>(s, 'select id from aoo where ente_id = $1 and predefinita', [s.ente.id])
  const calendario = aoo === null ? CALENDARIO_NAZIONALE : await findCalendario(s, aoo.id)
  const inRitardoFino = ultimoGiornoInRitardo(romeDay(now()), (giorno) => isWorkingDay(giorno, calendario))
  return { identita: identitaDi(s.attore), inRitardoFino }
}

/**
 * A message this person may read. Once it is registered it is the document itself, and as closed as its registration (REQ-PROT-061): whoever saw it in the
 * queue has no more right than the others. Answers also that document, so that the read is found under it. Throws NotFound, always with the same answer.
 */
async function findReadable(s: Scope, id: string): Promise<{ row: MessaggioRow; documentoId: string | null }> {
  const row = await findMessaggio(s, id)
  if (row === null) throw messaggioAssente()
  if (row.registrazioneId === null) return { row, documentoId: null }
  try {
    return { row, documentoId: (await findVisibleById(s, row.registrazioneId)).documentoId }
  } catch (error) {
    if (error instanceof NotFound) throw messaggioAssente()
    throw error
  }
}

/** A message with its verification, its parts and what is proposed for its registration; the read is recorded. Throws NotFound. */
export async function readMessaggio(scope: Scope, id: string): Promise<DettaglioMessaggioDto> {
  const { dto, documentoId } = await inReadTransaction(scope, async (s) => {
    const { row, documentoId } = await findReadable(s, id)
    const [doppione = null] = await findDoppioni(s, [id])
    return { dto: presentDettaglio(row, doppione, await buildProposta(s, row), await osservatoreOf(s), now()), documentoId }
  })
  await recordFact(scope, {
    azione: 'messaggio-letto',
    oggettoTipo: 'messaggio',
    oggettoId: id,
    ...(documentoId === null ? {} : { documentoId }),
  })
  return dto
}

/** The bytes of a part as received, verified on the way; the read is recorded first. Throws NotFound when the content is not of this message. */
export async function openParte(scope: Scope, id: string, contenutoId: string, store: ObjectStore): Promise<FileReply> {
  const { file, documentoId } = await inReadTransaction(scope, async (s) => {
    const { row, documentoId } = await findReadable(s, id)
    const contenuto = (await findContenuti(s, [contenutoId])).get(contenutoId)
    if (contenuto === undefined || !row.parti.some((part) => part.id === contenutoId)) throw fileEstraneo()
    return { file: contenuto, documentoId }
  })
  await recordFact(scope, {
    azione: 'parte-letta',
    oggettoTipo: 'messaggio',
    oggettoId: id,
    ...(documentoId === null ? {} : { documentoId }),
    dopo: { file: file.nome, impronta: file.sha256 },
  })
  return await replyWith(scope, file, store)
}

/** The message to work on, under its row lock. Throws NotFound, and Conflict when it was already worked or somebody else holds it. */
export async function lockWorkable(tx: TxScope, id: string): Promise<MessaggioRow> {
  const row = await lockMessaggio(tx, id)
  if (row === null) throw messaggioAssente()
  if (row.stato !== 'da_protocollare' && row.stato !== 'quarantena') throw messaggioGiaTrattato(row.stato.replace('_', ' '))
  assertFree(tx, row)
  return row
}

function assertFree(tx: TxScope, row: MessaggioRow): void {
  const holder = heldByOther(row, tx.attore.id, now())
  if (holder !== null) throw messaggioInLavorazione(holder)
}

/**
 * Takes the message for ten minutes, or renews the time of who has it; a forgotten lock is taken over, and the trail says from whom. Throws Conflict with
 * the colleague's name while his ten minutes run.
 */
export async function lockForWork(scope: Scope, id: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockWorkable(tx, id)
    if (row.bloccatoDa !== null && row.bloccatoDa !== tx.attore.id) {
      tx.audit({
        azione: 'messaggio-preso-comunque',
        oggettoTipo: 'messaggio',
        oggettoId: id,
        prima: { bloccatoDa: row.bloccatoDaNome, dal: row.bloccatoIl?.toISOString() ?? null },
      })
    }
    await setLock(tx, id, { id: tx.attore.id, nome: tx.attore.nome })
  })
}

/** Gives the message back; nothing happens when somebody else holds it. Throws NotFound. */
export async function unlock(scope: Scope, id: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockMessaggio(tx, id)
    if (row === null) throw messaggioAssente()
    if (isLocked(row, now()) && row.bloccatoDa === tx.attore.id) await setLock(tx, id, null)
  })
}

async function setLock(tx: TxScope, id: string, holder: { id: string; nome: string } | null): Promise<void> {
  await query(tx, 'update messaggio set bloccato_da = $3, bloccato_da_nome = $4, bloccato_il = $5 where ente_id = $1 and id = $2', [
    tx.ente.id,
    id,
    holder?.id ?? null,
    holder?.nome ?? null,
    holder === null ? null : now().toISOString(),
  ])
}

/** Reads every active mailbox of the ente now. One that fails does not stop the others: its error is on the mailbox. */
export async function ingestCaselle(scope: Scope, ports: Ports): Promise<EsitoControllo> {
  const total: EsitoControllo = { nuovi: 0, doppi: 0, quarantena: 0, errori: 0 }
  for (const casella of (await listCaselle(scope)).filter((item) => item.attiva)) {
    const esito = await ingestCasella(scope, casella.id, ports)
    for (const key of ['nuovi', 'doppi', 'quarantena', 'errori'] as const) total[key] += esito[key]
  }
  return total
}
