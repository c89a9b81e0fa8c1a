import type { z } from 'zod'
import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import { datiDaCorreggere } from '../errors.ts'
import { lockRegistro } from '../repository.ts'
import type { RegistrazioneRow } from '../repository.ts'
import type { ulterioreArrivoDto, ulterioreArrivoIn } from '../schema/lavoro.ts'
import { findVisibleById } from './read.ts'

type Arrivo = z.infer<typeof ulterioreArrivoDto>

/** Second arrivals of a registration this person may see, oldest first. Throws NotFound. */
export async function listArrivi(scope: Scope, registrazioneId: string): Promise<Arrivo[]> {
  return await inReadTransaction(scope, async (s) => {
    await findVisibleById(s, registrazioneId)
    const rows = await query<Omit<Arrivo, 'arrivatoIl' | 'collegatoIl'> & { arrivatoIl: Date; dal: Date }>(
      s,
      `select id, mezzo, arrivato_il as "arrivatoIl", messaggio_id as "messaggioId", nota, dal, autore_nome as autore from ulteriore_arrivo
        where ente_id = $1 and registrazione_id = $2 and al is null order by arrivato_il, id`,
      [s.ente.id, registrazioneId],
    )
    return rows.map(({ dal, ...row }) => ({ ...row, arrivatoIl: row.arrivatoIl.toISOString(), collegatoIl: dal.toISOString() }))
  })
}

/** Links one more arrival on paper, or by another road, to a registration this person may see: no number is consumed (REQ-PROT-016). */
export async function linkArrivo(scope: Scope, registrazioneId: string, input: z.infer<typeof ulterioreArrivoIn>): Promise<Arrivo> {
  return await inTransaction(scope, async (tx) => await linkArrivoWithin(tx, registrazioneId, { ...input, messaggioId: null }))
}

/**
 * The same act inside the caller's transaction, for an item of the queue. Takes the register's lock, because the fact goes into its chain. Throws NotFound
 * for a registration this person may not see, InvalidInput for one that is not of a received document or for an arrival in the future.
 */
export async function linkArrivoWithin(
  tx: TxScope,
  registrazioneId: string,
  arrivo: z.infer<typeof ulterioreArrivoIn> & { messaggioId: string | null },
): Promise<Arrivo> {
  const r = await findVisibleById(tx, registrazioneId)
  if (r.tipo !== 'E') {
    throw datiDaCorreggere([{ campo: 'registrazioneId', messaggio: 'Un altro arrivo si collega solo a un documento ricevuto.' }])
  }
  if (Date.parse(arrivo.arrivatoIl) > now().getTime() + 60_000) {
    throw datiDaCorreggere([{ campo: 'arrivatoIl', messaggio: 'La data di arrivo è nel futuro.' }])
  }
  await lockRegistro(tx, r.registroId)
  const id = newId()
  const dal = now().toISOString()
  await insertRows(tx, 'ulteriore_arrivo', [
    {
      id,
      registrazione_id: r.id,
      documento_id: r.documentoId,
      mezzo: arrivo.mezzo,
      arrivato_il: arrivo.arrivatoIl,
      messaggio_id: arrivo.messaggioId,
      nota: arrivo.nota,
      dal,
      autore_id: tx.attore.id,
      autore_nome: tx.attore.nome,
      al: null,
    },
  ])
  record(tx, r, 'arrivo-collegato', { arrivo: id, mezzo: arrivo.mezzo, arrivatoIl: arrivo.arrivatoIl, messaggio: arrivo.messaggioId })
  const { mezzo, arrivatoIl, messaggioId, nota } = arrivo
  return { id, mezzo, arrivatoIl, messaggioId, nota, collegatoIl: dal, autore: tx.attore.nome }
}

/** Undoes the link of a message, which goes back to its queue; the row stays with its end. */
export async function unlinkArrivoWithin(tx: TxScope, registrazioneId: string, messaggioId: string): Promise<void> {
  const r = await findVisibleById(tx, registrazioneId)
  await lockRegistro(tx, r.registroId)
  const row = await queryOne<{ id: string }>(
    tx,
    'update ulteriore_arrivo set al = $4 where ente_id = $1 and registrazione_id = $2 and messaggio_id = $3 and al is null returning id',
    [tx.ente.id, r.id, messaggioId, now().toISOString()],
  )
  if (row !== null) record(tx, r, 'arrivo-scollegato', { arrivo: row.id, messaggio: messaggioId })
}

function record(tx: TxScope, r: RegistrazioneRow, azione: string, dopo: unknown): void {
  tx.audit({ azione, oggettoTipo: 'registrazione', oggettoId: r.id, documentoId: r.documentoId, registroId: r.registroId, dopo })
}
