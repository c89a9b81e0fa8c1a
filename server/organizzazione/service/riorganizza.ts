import type { z } from 'zod'
import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, json, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now, romeDay } from '../../kernel/time.ts'
import { datiOrganizzazione, riorganizzazioneAssente, ufficioAssente } from '../errors.ts'
import type { RiorganizzazioneIn, SpostamentiDto, anteprimaIn, riorganizzazioneDto } from '../schema.ts'
import { closeAndMove, findPending, summarize } from './sposta.ts'

type Anteprima = z.infer<typeof anteprimaIn>
type Riorganizzazione = z.infer<typeof riorganizzazioneDto>

/** What would move, and where, if the office closed now: nothing is written. Throws NotFound, InvalidInput. */
export async function previewRiorganizzazione(scope: Scope, input: Anteprima): Promise<SpostamentiDto> {
  return await inReadTransaction(scope, async (s) => {
    await checkUffici(s, input)
    return await summarize(s, await findPending(s, input), input)
  })
}

/** The reorganisations of the ente, newest first. */
export async function listRiorganizzazioni(scope: Scope): Promise<Riorganizzazione[]> {
  const rows = await query<Riorganizzazione & { eseguitaIl: Date | null }>(
    scope,
    `select z.id, u.denominazione as ufficio, s.denominazione as successore, to_char(z.dal, 'YYYY-MM-DD') as dal, z.atto, z.nota, z.stato, z.esito, z.autore_nome as autore,
            z.eseguita_il as "eseguitaIl"
       from riorganizzazione z join ufficio u on u.ente_id = z.ente_id and u.id = z.ufficio_id join ufficio s on s.ente_id = z.ente_id and s.id = z.successore_id
      where z.ente_id = $1 order by z.creata_il desc, z.id desc limit 200`,
    [scope.ente.id],
  )
  return rows.map((row) => ({ ...row, eseguitaIl: (row.eseguitaIl as Date | null)?.toISOString() ?? null }))
}

/**
 * Closes an office from a day and gives its pending work, open fascicoli, predefined classifications, appointments and offices below to the successors: at once when
 * the day has come, by itself on that day otherwise. All in one act or nothing; the past stays where it was. Answers what moved, null while it is
 * planned. Throws NotFound, InvalidInput.
 */
export async function reorganise(scope: Scope, input: RiorganizzazioneIn): Promise<Riorganizzazione> {
  if (input.dal < romeDay(now())) {
    throw datiOrganizzazione([{ campo: 'dal', messaggio: 'La chiusura vale da oggi in avanti: il passato resta com’era.' }])
  }
  const id = newId()
  await inTransaction(scope, async (tx) => {
    await query(tx, 'select 1 from ufficio where ente_id = $1 and id = any($2::uuid[]) order by id for update', [
      tx.ente.id,
      [input.ufficioId, input.successoreId, ...input.ripartizioni.map((r) => r.ufficioId)],
    ])
    await checkUffici(tx, input)
    await assertNotPlanned(tx, input.ufficioId)
    await insertRows(tx, 'riorganizzazione', [
      {
        id,
        ufficio_id: input.ufficioId,
        dal: input.dal,
        successore_id: input.successoreId,
        ripartizioni: json(input.ripartizioni),
        atto: input.atto,
        nota: input.nota,
        stato: 'programmata',
        esito: null,
        creata_il: now().toISOString(),
        autore_id: tx.attore.id,
        autore_nome: tx.attore.nome,
        eseguita_il: null,
      },
    ])
    tx.audit({ azione: 'riorganizzazione-disposta', oggettoTipo: 'ufficio', oggettoId: input.ufficioId, dopo: { id, ...input } })
    if (input.dal <= romeDay(now())) await execute(tx, id)
  })
  const [done] = (await listRiorganizzazioni(scope)).filter((r) => r.id === id)
  if (done === undefined) throw riorganizzazioneAssente()
  return done
}

async function assertNotPlanned(tx: TxScope, ufficioId: string): Promise<void> {
  const planned = await queryOne(tx, `select 1 from riorganizzazione where ente_id = $1 and ufficio_id = $2 and stato = 'programmata'`, [
    tx.ente.id,
    ufficioId,
  ])
  if (planned !== null) throw datiOrganizzazione([{ campo: 'ufficioId', messaggio: 'La chiusura di questo ufficio è già programmata.' }])
}

/** Withdraws a planned reorganisation before its day. Throws NotFound when it was carried out or withdrawn. */
export async function withdrawRiorganizzazione(scope: Scope, id: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await queryOne<{ ufficioId: string }>(
      tx,
      `update riorganizzazione set stato = 'ritirata' where ente_id = $1 and id = $2 and stato = 'programmata' returning ufficio_id as "ufficioId"`,
      [tx.ente.id, id],
    )
    if (row === null) throw riorganizzazioneAssente()
    tx.audit({ azione: 'riorganizzazione-ritirata', oggettoTipo: 'ufficio', oggettoId: row.ufficioId, dopo: { id } })
  })
}

/** Carries out the planned ones whose day has come: each in its own act. Run every hour; a second run finds nothing. */
export async function executeDue(scope: Scope): Promise<void> {
  const due = await query<{ id: string }>(
    scope,
    `select id from riorganizzazione where ente_id = $1 and stato = 'programmata' and dal <= $2 order by dal, creata_il`,
    [scope.ente.id, romeDay(now())],
  )
  for (const { id } of due) await inTransaction(scope, async (tx) => await execute(tx, id))
}

async function execute(tx: TxScope, id: string): Promise<void> {
  const row = await queryOne<RiorganizzazioneIn & { stato: string }>(
    tx,
    `select ufficio_id as "ufficioId", to_char(dal, 'YYYY-MM-DD') as dal, successore_id as "successoreId", ripartizioni, atto, nota, stato
       from riorganizzazione where ente_id = $1 and id = $2 for update`,
    [tx.ente.id, id],
  )
  if (row?.stato !== 'programmata') return
  await checkUffici(tx, row)
  const esito = await closeAndMove(tx, row)
  await query(tx, `update riorganizzazione set stato = 'eseguita', esito = $3, eseguita_il = $4 where ente_id = $1 and id = $2`, [
    tx.ente.id,
    id,
    json(esito),
    now().toISOString(),
  ])
  tx.audit({
    azione: 'ufficio-chiuso',
    oggettoTipo: 'ufficio',
    oggettoId: row.ufficioId,
    dopo: { riorganizzazione: id, dal: row.dal, ...esito },
  })
}

/** The office that closes and all the ones that receive must be in force and different. */
async function checkUffici(s: Scope, input: Anteprima): Promise<void> {
  const receivers = [input.successoreId, ...input.ripartizioni.map((r) => r.ufficioId)]
  const open = new Set(
    (
      await query<{ id: string }>(s, 'select id from ufficio where ente_id = $1 and id = any($2::uuid[]) and al is null', [
        s.ente.id,
        [input.ufficioId, ...receivers],
      ])
    ).map((row) => row.id),
  )
  if (!open.has(input.ufficioId)) throw ufficioAssente()
  if (!receivers.every((id) => open.has(id) && id !== input.ufficioId)) {
    throw datiOrganizzazione([{ campo: 'successoreId', messaggio: 'Chi riceve deve essere un altro ufficio, in vigore.' }])
  }
}
