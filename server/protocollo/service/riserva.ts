import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { romeDay } from '../../kernel/time.ts'
import { findOperatoriIncaricati } from '../attori.ts'
import { datiDaCorreggere } from '../errors.ts'
import { livelloUguale, soloRgd } from '../errors-atti.ts'
import { isRgd } from '../policy.ts'
import { lockRegistro } from '../repository.ts'
import type { RigaRegistroDto } from '../schema.ts'
import type { RiservaDto, RiservaIn } from '../schema/atti.ts'
import type { Livello } from '../schema/condizione.ts'
import { legalInstant, record } from './annulla.ts'
import { findVisibleById } from './read.ts'

interface RiservaRow {
  livello: Livello
  fino: string | null
  motivo: string
  autore: string
  dal: Date
  al: Date | null
}

async function findRiserve(s: Scope, registrazioneId: string): Promise<RiservaRow[]> {
  return await query<RiservaRow>(
    s,
    `select livello, to_char(fino, 'YYYY-MM-DD') as fino, motivo, autore_nome as autore, dal, al from riserva where ente_id = $1 and registrazione_id = $2 order by dal, id`,
    [s.ente.id, registrazioneId],
  )
}

async function findLettori(s: Scope, registrazioneId: string): Promise<{ id: string; nome: string }[]> {
  return await query(
    s,
    `select o.id, o.nome || ' ' || o.cognome as nome from lettore l join operatore o on o.id = l.operatore_id where l.ente_id = $1 and l.registrazione_id = $2 and l.al is null
      order by o.cognome, o.nome, o.id`,
    [s.ente.id, registrazioneId],
  )
}

/** Level in force, named readers and history of the levels of a registration this person may read. Throws NotFound. */
export async function readRiserva(scope: Scope, registrazioneId: string): Promise<RiservaDto> {
  await findVisibleById(scope, registrazioneId)
  return await inReadTransaction(scope, async (s) => {
    const storia = await findRiserve(s, registrazioneId)
    const row = await queryOne<{ livello: Livello }>(s, 'select app.livello($1, $2) as livello', [s.ente.id, registrazioneId])
    const livello = row?.livello ?? 'ORDINARIO'
    return {
      livello,
      fino: livello === 'ORDINARIO' ? null : (storia.find((r) => r.al === null)?.fino ?? null),
      lettori: await findLettori(s, registrazioneId),
      storia: storia.map((r) => ({ ...r, dal: r.dal.toISOString(), al: r.al?.toISOString() ?? null })),
    }
  })
}

/**
 * Raises or lowers the level of a registration, with its reason and its readers: RGD or vicario only, in the register's chain (REQ-PROT-023, REQ-PROT-063).
 * The level before stays in the history; a RISERVATO reopens by itself the day after `fino`. Throws Forbidden, NotFound, InvalidInput, RuleViolation.
 */
export async function changeRiserva(scope: Scope, registrazioneId: string, input: RiservaIn): Promise<void> {
  if (!isRgd(scope.attore)) throw soloRgd()
  const r = await findVisibleById(scope, registrazioneId)
  await inTransaction(scope, async (tx) => {
    await lockRegistro(tx, r.registroId)
    const il = await legalInstant(tx)
    const livello = input.livello
    const fino = livello === 'ORDINARIO' ? null : (input.fino ?? null)
    if (fino !== null && fino < romeDay(new Date(il)))
      throw datiDaCorreggere([{ campo: 'fino', messaggio: 'La scadenza della riserva è già passata.' }])
    const lettori = livello === 'ORDINARIO' ? [] : [...new Set(input.lettori)]
    const known = await findOperatoriIncaricati(tx, lettori)
    if (known.size !== lettori.length)
      throw datiDaCorreggere([{ campo: 'lettori', messaggio: 'Una delle persone indicate non ha un incarico in questo ente.' }])
    const before = (await findRiserve(tx, r.id)).find((x) => x.al === null)
    const readers = await findLettori(tx, r.id)
    const same = (before?.livello ?? 'ORDINARIO') === livello && (before?.fino ?? null) === fino
    if (
      same &&
      sameSet(
        readers.map((l) => l.id),
        lettori,
      )
    )
      throw livelloUguale()
    await writeRiserva(tx, r.id, { livello, fino, motivo: input.motivo, il })
    await writeLettori(
      tx,
      r.id,
      readers.map((l) => l.id),
      lettori,
      il,
    )
    record(tx, r, {
      azione: 'riserva-cambiata',
      prima: { livello: before?.livello ?? 'ORDINARIO', fino: before?.fino ?? null, lettori: readers.map((l) => l.id) },
      dopo: { livello, fino, lettori },
      motivo: input.motivo,
    })
    tx.emit({ tipo: 'riservaCambiata', id: r.id })
  })
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((x) => b.includes(x))
}

async function writeRiserva(
  tx: TxScope,
  registrazioneId: string,
  r: { readonly livello: Livello; readonly fino: string | null; readonly motivo: string; readonly il: string },
): Promise<void> {
  await query(tx, 'update riserva set al = $3 where ente_id = $1 and registrazione_id = $2 and al is null', [
    tx.ente.id,
    registrazioneId,
    r.il,
  ])
  await insertRows(tx, 'riserva', [
    {
      id: newId(),
      registrazione_id: registrazioneId,
      livello: r.livello,
      fino: r.fino,
      motivo: r.motivo,
      autore_id: tx.attore.id,
      autore_nome: tx.attore.nome,
      dal: r.il,
      al: null,
    },
  ])
}

async function writeLettori(
  tx: TxScope,
  registrazioneId: string,
  before: readonly string[],
  after: readonly string[],
  il: string,
): Promise<void> {
  const gone = before.filter((id) => !after.includes(id))
  const params = [tx.ente.id, registrazioneId, gone, il]
  if (gone.length > 0)
    await query(
      tx,
      'update lettore set al = $4 where ente_id = $1 and registrazione_id = $2 and operatore_id = any($3::uuid[]) and al is null',
      params,
    )
  const come = after.filter((id) => !before.includes(id))
  if (come.length === 0) return
  await insertRows(
    tx,
    'lettore',
    come.map((id) => ({
      id: newId(),
      registrazione_id: registrazioneId,
      operatore_id: id,
      dal: il,
      al: null,
      autore_id: tx.attore.id,
      autore_nome: tx.attore.nome,
    })),
  )
}

/**
 * Records that a list showed a person the words of some riservati he may read: every read of a riservato leaves its trace, also in a list
 * (REQ-PROT-064). Nothing is written when there is none.
 */
export async function recordRiservatiLetti(scope: Scope, righe: readonly RigaRegistroDto[]): Promise<void> {
  const letti = righe.filter((r) => r.riservata && r.stato !== 'riservata')
  if (letti.length === 0) return
  await inTransaction(scope, async (tx) => {
    for (const r of letti)
      tx.audit({
        azione: 'riservato-letto',
        oggettoTipo: 'registrazione',
        oggettoId: r.id,
        dopo: { dove: 'elenco', protocollo: r.etichetta },
      })
    await Promise.resolve()
  })
}
