import { NotFound } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { inTransaction, insertRows, query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { ufficioNonTuo } from './errors.ts'
import type { RicercaSalvataDto, RicercaSalvataIn } from './schema.ts'

/** Recent searches kept for each person. */
const RECENTI = 20

/** The person's own recent searches that contain a text, newest first. */
export async function findRecenti(scope: Scope, testo: string, quante: number): Promise<string[]> {
  const rows = await query<{ domanda: string }>(
    scope,
    `select domanda from ricerca_recente where ente_id = $1 and autore_id = $2 and ($3 = '' or position(lower($3) in lower(domanda)) > 0) order by usata_il desc limit ${quante}`,
    [scope.ente.id, scope.attore.id, testo],
  )
  return rows.map((r) => r.domanda)
}

/** Remembers a search of the person; only the newest twenty are kept. */
export async function rememberRicerca(scope: Scope, domanda: string): Promise<void> {
  const testo = domanda.trim()
  if (testo.length < 2) return
  await inTransaction(scope, async (tx) => {
    await query(
      tx,
      `insert into ricerca_recente (ente_id, autore_id, domanda, usata_il) values ($1, $2, $3, clock_timestamp())
       on conflict (ente_id, autore_id, domanda) do update set usata_il = excluded.usata_il`,
      [tx.ente.id, tx.attore.id, testo.slice(0, 500)],
    )
    await query(
      tx,
      `delete from ricerca_recente where ente_id = $1 and autore_id = $2 and domanda not in
         (select domanda from ricerca_recente where ente_id = $1 and autore_id = $2 order by usata_il desc limit ${RECENTI})`,
      [tx.ente.id, tx.attore.id],
    )
  })
}

/** Forgets every recent search of the person. */
export async function forgetRecenti(scope: Scope): Promise<void> {
  await inTransaction(
    scope,
    async (tx) => void (await query(tx, 'delete from ricerca_recente where ente_id = $1 and autore_id = $2', [tx.ente.id, tx.attore.id])),
  )
}

/** Saved searches of the person and of his offices, by name. What they find is always decided anew for who runs them. */
export async function findSalvate(scope: Scope, ambito: string | null): Promise<RicercaSalvataDto[]> {
  return await query<RicercaSalvataDto>(
    scope,
    `select s.id, s.nome, s.ambito, s.domanda, s.autore_id = $2 as mia, s.autore_nome as autore,
            case when u.id is null then null else json_build_object('id', u.id, 'denominazione', u.denominazione) end as ufficio
       from ricerca_salvata s left join ufficio u on u.ente_id = s.ente_id and u.id = s.ufficio_id
      where s.ente_id = $1 and s.tolta_il is null and ($4::text is null or s.ambito = $4) and (s.autore_id = $2 or s.ufficio_id = any($3::uuid[])) order by lower(s.nome), s.id`,
    [scope.ente.id, scope.attore.id, scope.attore.uffici, ambito],
  )
}

/** Saves a search for the person or for one of his offices. Throws RuleViolation for an office that is not his. */
export async function saveRicerca(scope: Scope, input: RicercaSalvataIn): Promise<RicercaSalvataDto> {
  if (input.ufficioId !== undefined && !scope.attore.uffici.includes(input.ufficioId)) throw ufficioNonTuo()
  const id = newId()
  await inTransaction(scope, async (tx) => {
    await insertRows(tx, 'ricerca_salvata', [
      {
        id,
        nome: input.nome,
        ambito: input.ambito,
        domanda: input.domanda,
        autore_id: tx.attore.id,
        autore_nome: tx.attore.nome,
        ufficio_id: input.ufficioId ?? null,
        creata_il: 'now',
      },
    ])
  })
  const saved = (await findSalvate(scope, input.ambito)).find((s) => s.id === id)
  if (saved === undefined) throw new Error('a saved search that is not there')
  return saved
}

/** Takes away a saved search of the person's own. Throws NotFound for another's. */
export async function removeSalvata(scope: Scope, id: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const rows = await query(
      tx,
      'update ricerca_salvata set tolta_il = clock_timestamp() where ente_id = $1 and id = $2 and autore_id = $3 and tolta_il is null returning id',
      [tx.ente.id, id, tx.attore.id],
    )
    if (rows.length === 0) throw new NotFound('ricerca-assente', 'La ricerca salvata non esiste o è di un’altra persona.')
  })
}
