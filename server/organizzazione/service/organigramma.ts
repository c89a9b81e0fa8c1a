import type { z } from 'zod'
import { newId } from '../../kernel/ids.ts'
import { sqlState } from '../../kernel/problem.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now, romeDay } from '../../kernel/time.ts'
import { datiOrganizzazione, ufficioAssente, ufficioEsistente } from '../errors.ts'
import type { ModificaUfficioIn, NuovoUfficioIn, ufficioOrganigrammaDto } from '../schema.ts'

type Ufficio = z.infer<typeof ufficioOrganigrammaDto>

/** Every office, also the closed ones, with its head, how many work there and its planned closure. */
export async function listOrganigramma(scope: Scope): Promise<Ufficio[]> {
  return await query<Ufficio>(
    scope,
    `select u.id, u.codice, u.denominazione, u.padre_id as "padreId", u.aoo_id as "aooId", u.indirizzo_digitale as "indirizzoDigitale", to_char(u.dal, 'YYYY-MM-DD') as dal,
            to_char(u.al, 'YYYY-MM-DD') as al,
            (select o.nome || ' ' || o.cognome from incarico i join operatore o on o.id = i.operatore_id
              where i.ente_id = u.ente_id and i.ufficio_id = u.id and i.profilo = 'responsabileUor' and i.dal <= $2 and (i.al is null or i.al >= $2) order by i.dal desc limit 1) as responsabile,
            (select count(distinct i.operatore_id)::int from incarico i where i.ente_id = u.ente_id and i.ufficio_id = u.id and i.dal <= $2 and (i.al is null or i.al >= $2)) as persone,
            (select json_build_object('id', z.id, 'dal', to_char(z.dal, 'YYYY-MM-DD'), 'successore', s.denominazione) from riorganizzazione z
               join ufficio s on s.ente_id = z.ente_id and s.id = z.successore_id
              where z.ente_id = u.ente_id and z.ufficio_id = u.id and z.stato = 'programmata' order by z.dal limit 1) as chiusura
       from ufficio u where u.ente_id = $1 order by u.al nulls first, u.codice`,
    [scope.ente.id, romeDay(now())],
  )
}

/** Adds an office. Throws Conflict when its code was ever used, InvalidInput when the office above it is not in force. */
export async function createUfficio(scope: Scope, input: NuovoUfficioIn): Promise<{ id: string }> {
  try {
    return await inTransaction(scope, async (tx) => {
      const padre = input.padreId === undefined ? null : await findPadre(tx, input.padreId)
      const aooId = padre?.aooId ?? input.aooId ?? (await predefinita(tx))
      const id = newId()
      await insertRows(tx, 'ufficio', [
        {
          id,
          aoo_id: aooId,
          codice: input.codice,
          denominazione: input.denominazione,
          padre_id: input.padreId ?? null,
          indirizzo_digitale: input.indirizzoDigitale,
          dal: input.dal ?? romeDay(now()),
          al: null,
        },
      ])
      tx.audit({ azione: 'ufficio-creato', oggettoTipo: 'ufficio', oggettoId: id, dopo: input })
      return { id }
    })
  } catch (error) {
    if (sqlState(error) === '23505') throw ufficioEsistente()
    throw error
  }
}

async function predefinita(tx: TxScope): Promise<string> {
  const row = await queryOne<{ id: string }>(tx, 'select id from aoo where ente_id = $1 and predefinita', [tx.ente.id])
  if (row === null) throw new Error('an ente without its predefined AOO')
  return row.id
}

async function findPadre(tx: TxScope, id: string): Promise<{ aooId: string }> {
  const row = await queryOne<{ aooId: string }>(tx, 'select aoo_id as "aooId" from ufficio where ente_id = $1 and id = $2 and al is null', [
    tx.ente.id,
    id,
  ])
  if (row === null) throw datiOrganizzazione([{ campo: 'padreId', messaggio: 'L’ufficio superiore non esiste o è chiuso.' }])
  return row
}

/** Renames an office or moves it in the tree; its code never changes. Throws NotFound, InvalidInput for an office above that is below it. */
export async function changeUfficio(scope: Scope, id: string, input: ModificaUfficioIn): Promise<void> {
  await inTransaction(scope, async (tx) => {
    // The whole tree is locked: two moves at once could close a ring.
    const tree = await query<{ id: string; padreId: string | null; denominazione: string; indirizzoDigitale: string }>(
      tx,
      'select id, padre_id as "padreId", denominazione, indirizzo_digitale as "indirizzoDigitale" from ufficio where ente_id = $1 and al is null order by id for update',
      [tx.ente.id],
    )
    const prima = tree.find((u) => u.id === id)
    if (prima === undefined) throw ufficioAssente()
    const padreId = input.padreId === undefined ? prima.padreId : input.padreId
    if (padreId !== null && padreId !== prima.padreId) {
      const above = new Map(tree.map((u) => [u.id, u.padreId]))
      if (!above.has(padreId)) throw datiOrganizzazione([{ campo: 'padreId', messaggio: 'L’ufficio superiore non esiste o è chiuso.' }])
      for (let up: string | null = padreId; up !== null; up = above.get(up) ?? null) {
        if (up === id)
          throw datiOrganizzazione([{ campo: 'padreId', messaggio: 'Un ufficio non può dipendere da uno che dipende da lui.' }])
      }
    }
    await query(tx, 'update ufficio set denominazione = $3, indirizzo_digitale = $4, padre_id = $5 where ente_id = $1 and id = $2', [
      tx.ente.id,
      id,
      input.denominazione ?? prima.denominazione,
      input.indirizzoDigitale ?? prima.indirizzoDigitale,
      padreId,
    ])
    tx.audit({ azione: 'ufficio-modificato', oggettoTipo: 'ufficio', oggettoId: id, prima, dopo: input })
  })
}
