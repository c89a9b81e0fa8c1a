import { RuleViolation } from './errors.ts'
import { newId } from './ids.ts'
import { inTransaction, insertRows, json, query, queryOne } from './scope.ts'
import type { Scope, TxScope } from './scope.ts'

/** States of a person's long work, in the order in which they can follow. */
export const statiLavoro = ['in_attesa', 'in_corso', 'concluso', 'interrotto', 'fallito'] as const
export type StatoLavoro = (typeof statiLavoro)[number]

/** Days for which the result of a long work can be downloaded. */
export const GIORNI_RISULTATO = 7

/** The file a long work leaves: bytes already in the store. */
export interface FileLavoro {
  readonly nome: string
  readonly mime: string
  readonly sha256: string
  readonly dimensione: number
}

/** A long work as its person sees it. */
export interface LavoroLungo {
  readonly id: string
  readonly tipo: string
  readonly titolo: string
  readonly stato: StatoLavoro
  readonly fatti: number
  readonly totale: number | null
  readonly autoreId: string
  readonly autoreNome: string
  readonly parametri: unknown
  readonly esito: unknown
  readonly file: FileLavoro | null
  readonly errore: string | null
  readonly interruzione: boolean
  readonly creatoIl: Date
  readonly iniziatoIl: Date | null
  readonly conclusoIl: Date | null
  readonly scadeIl: Date | null
}

/** The person asked to stop: the handler ends quietly, the work stays `interrotto`. */
export class LavoroInterrotto extends Error {}

/**
 * Begins a long work of the scope's person (ux.md rule 6: over 2 s it is a job, found again in /lavori). Answers its id; the caller queues the job that does
 * it in the same transaction, with that id in its payload.
 */
export async function startLavoro(
  tx: TxScope,
  l: { tipo: string; titolo: string; parametri: unknown; totale?: number | null },
): Promise<string> {
  const id = newId()
  const clock = await queryOne<{ istante: Date }>(tx, 'select clock_timestamp() as istante')
  await insertRows(tx, 'lavoro_lungo', [
    {
      id,
      tipo: l.tipo,
      titolo: l.titolo,
      stato: 'in_attesa',
      fatti: 0,
      totale: l.totale ?? null,
      autore_id: tx.attore.id,
      autore_nome: tx.attore.nome,
      parametri: json(l.parametri),
      interruzione: false,
      creato_il: clock?.istante,
    },
  ])
  return id
}

/**
 * Says how far a long work is, in a transaction of its own that everybody sees at once; the first call starts it. Throws LavoroInterrotto when the person
 * asked to stop: let it pass through, and give it to `failLavoro`.
 */
export async function progressLavoro(scope: Scope, id: string, fatti: number, totale: number | null = null): Promise<void> {
  const row = await inTransaction(
    scope,
    async (tx) =>
      await queryOne<{ interruzione: boolean }>(
        tx,
        `update lavoro_lungo set stato = 'in_corso', fatti = $3, totale = coalesce($4, totale), iniziato_il = coalesce(iniziato_il, clock_timestamp())
          where ente_id = $1 and id = $2 and stato in ('in_attesa', 'in_corso') returning interruzione`,
        [tx.ente.id, id, fatti, totale],
      ),
  )
  if (row === null || row.interruzione) throw new LavoroInterrotto()
}

/** How a long work ended well: what came out of it and, where there is one, the file. */
export interface FineLavoro {
  readonly esito: unknown
  readonly fatti: number
  readonly file?: FileLavoro | null
}

/** Ends a long work well, with what came out of it and, where there is one, the file that can be downloaded for seven days. */
export async function finishLavoro(scope: Scope, id: string, r: FineLavoro): Promise<void> {
  await inTransaction(scope, async (tx) => await finishLavoroWithin(tx, id, r))
}

/** The same inside the transaction that writes what the work was for: both are there or neither. */
export async function finishLavoroWithin(tx: TxScope, id: string, r: FineLavoro): Promise<void> {
  await query(
    tx,
    `update lavoro_lungo set stato = 'concluso', fatti = $3, totale = $3, esito = $4, file = $5, concluso_il = clock_timestamp(),
            scade_il = clock_timestamp() + make_interval(days => $6)
      where ente_id = $1 and id = $2 and stato in ('in_attesa', 'in_corso')`,
    [tx.ente.id, id, r.fatti, json(r.esito), r.file == null ? null : json(r.file), GIORNI_RISULTATO],
  )
}

/** Ends a long work that was stopped by its person (LavoroInterrotto) or could not go on; `messaggio` is told to the person as it is. */
export async function failLavoro(scope: Scope, id: string, error: unknown, messaggio: string): Promise<void> {
  const stopped = error instanceof LavoroInterrotto
  await inTransaction(scope, async (tx) => {
    await query(
      tx,
      `update lavoro_lungo set stato = $3, errore = $4, concluso_il = clock_timestamp() where ente_id = $1 and id = $2 and stato in ('in_attesa', 'in_corso')`,
      [tx.ente.id, id, stopped ? 'interrotto' : 'fallito', stopped ? null : messaggio],
    )
  })
}

const LAVORO = `id, tipo, titolo, stato, fatti, totale, autore_id as "autoreId", autore_nome as "autoreNome", parametri, esito, file, errore, interruzione,
  creato_il as "creatoIl", iniziato_il as "iniziatoIl", concluso_il as "conclusoIl", scade_il as "scadeIl"`

/** The long works of the scope's person, newest first, at most 100. */
export async function findLavori(scope: Scope): Promise<LavoroLungo[]> {
  return await query<LavoroLungo>(
    scope,
    `select ${LAVORO} from lavoro_lungo where ente_id = $1 and autore_id = $2 order by creato_il desc limit 100`,
    [scope.ente.id, scope.attore.id],
  )
}

/** A long work by id, or null: of the scope's person only, unless the system asks. */
export async function findLavoro(scope: Scope, id: string): Promise<LavoroLungo | null> {
  return await queryOne<LavoroLungo>(
    scope,
    `select ${LAVORO} from lavoro_lungo where ente_id = $1 and id = $2 and (autore_id = $3 or $4)`,
    [scope.ente.id, id, scope.attore.id, scope.attore.tipo === 'sistema'],
  )
}

/** Asks a long work of the scope's person to stop. Throws RuleViolation when it has already ended. */
export async function interruptLavoro(scope: Scope, id: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const rows = await query(
      tx,
      `update lavoro_lungo set interruzione = true, stato = case stato when 'in_attesa' then 'interrotto' else stato end,
              concluso_il = case stato when 'in_attesa' then clock_timestamp() else concluso_il end
        where ente_id = $1 and id = $2 and autore_id = $3 and stato in ('in_attesa', 'in_corso') returning id`,
      [tx.ente.id, id, tx.attore.id],
    )
    if (rows.length === 0) throw new RuleViolation('lavoro-concluso', 'Il lavoro è già terminato: non c’è nulla da interrompere.')
    tx.audit({ azione: 'lavoro-interrotto', oggettoTipo: 'lavoro', oggettoId: id })
  })
}
