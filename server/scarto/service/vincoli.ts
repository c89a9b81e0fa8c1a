import { findVisibleFascicolo } from '../../fascicoli/index.ts'
import { NotFound } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { fascicoloNonTrovato, fascicoloScartato, giaFatto, giornoNonAmmesso, vincoloAssente } from '../errors.ts'
import { readClock } from '../repository.ts'
import { findVincoli } from '../vincoli.ts'
import type { ImpostazioniScarto, NuovoVincolo, VincoloDto } from '../schema.ts'
import { GIORNI_COPIE } from './distruggi.ts'

/**
 * Puts a hold on a fascicolo (REQ-FASC-054): while it is in force nothing of it is disposed of, and an item under way stops in the same transaction. Answers its
 * id. Throws InvalidInput, RuleViolation.
 */
export async function placeVincolo(scope: Scope, input: NuovoVincolo): Promise<string> {
  return await inTransaction(scope, async (tx) => {
    const fascicoloId = await findFascicolo(tx, input.fascicolo)
    const clock = await readClock(tx)
    if (input.dal > clock.oggi) throw giornoNonAmmesso('dal', 'Il vincolo comincia oggi o prima.')
    if (input.al !== null && input.al < clock.oggi) throw giornoNonAmmesso('al', 'Il vincolo è già finito: la fine non può essere passata.')
    const gone = await queryOne(
      tx,
      `select 1 from voce_scarto v where v.ente_id = $1 and v.fascicolo_id = app.radice_fascicolo($1, $2)
          and v.stato in ('DISTRUTTO_IN_CONSERVAZIONE', 'DISTRUTTO_LOCALMENTE', 'BACKUP_AGGIORNATI', 'COMUNICATO')`,
      [tx.ente.id, fascicoloId],
    )
    if (gone !== null) throw fascicoloScartato()
    const id = newId()
    const { fascicolo: _fascicolo, ...dati } = input
    await insertRows(tx, 'vincolo_scarto', [
      { id, fascicolo_id: fascicoloId, ...dati, creato_il: clock.istante, autore_nome: tx.attore.nome, chiuso_il: null },
    ])
    // The reason is in the data, not in the history that every reader of the fascicolo sees.
    tx.audit({ azione: 'vincolo-posto', oggettoTipo: 'fascicolo', oggettoId: fascicoloId, fascicoloId, dopo: dati })
    return id
  })
}

/** By code, as people read it, or by its address. */
async function findFascicolo(tx: TxScope, name: string): Promise<string> {
  const byCode = await queryOne<{ id: string }>(tx, 'select id from fascicolo where ente_id = $1 and codice = $2 limit 1', [
    tx.ente.id,
    name,
  ])
  try {
    return (await findVisibleFascicolo(tx, byCode?.id ?? name)).id
  } catch (error) {
    if (error instanceof NotFound) throw fascicoloNonTrovato()
    throw error
  }
}

/** Ends a hold, with the reason; items it stopped are resumed by a person, one by one. Throws NotFound, Conflict. */
export async function closeVincolo(scope: Scope, id: string, motivo: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await queryOne<{ fascicoloId: string; chiuso: boolean }>(
      tx,
      `select fascicolo_id as "fascicoloId", chiuso_il is not null as chiuso from vincolo_scarto where ente_id = $1 and id = $2 for update`,
      [tx.ente.id, id],
    )
    if (row === null) throw vincoloAssente()
    if (row.chiuso) throw giaFatto('Il vincolo è già stato tolto.')
    await query(
      tx,
      'update vincolo_scarto set chiuso_il = app.istante(), chiuso_da_nome = $3, motivo_chiusura = $4 where ente_id = $1 and id = $2',
      [tx.ente.id, id, tx.attore.nome, motivo],
    )
    tx.audit({
      azione: 'vincolo-tolto',
      oggettoTipo: 'fascicolo',
      oggettoId: row.fascicoloId,
      fascicoloId: row.fascicoloId,
      dopo: { motivo },
    })
  })
}

/** The holds of the ente, those in force first. */
export async function listVincoli(scope: Scope): Promise<VincoloDto[]> {
  return (await findVincoli(scope, null)).map((v) => ({
    id: v.id,
    fascicolo: { id: v.fascicoloId, codice: v.codice, slug: v.slug, oggetto: v.oggetto },
    tipo: v.tipo,
    motivo: v.motivo,
    atto: v.atto,
    dal: v.dal,
    al: v.al,
    inVigore: v.inVigore,
    creatoIl: v.creatoIl.toISOString(),
    autore: v.autore,
    chiuso: v.chiusoIl === null ? null : { il: v.chiusoIl.toISOString(), da: v.chiusoDa ?? '', motivo: v.motivoChiusura ?? '' },
  }))
}

/** Days after which a backup has expired, as the ente set them. */
export async function readImpostazioni(scope: Scope): Promise<ImpostazioniScarto> {
  const row = await queryOne<ImpostazioniScarto>(
    scope,
    'select giorni_copie as "giorniCopie" from impostazioni_scarto where ente_id = $1',
    [scope.ente.id],
  )
  return row ?? { giorniCopie: GIORNI_COPIE }
}

/** Sets them. */
export async function saveImpostazioni(scope: Scope, input: ImpostazioniScarto): Promise<void> {
  const prima = await readImpostazioni(scope)
  await inTransaction(scope, async (tx) => {
    await query(
      tx,
      `insert into impostazioni_scarto (ente_id, giorni_copie, aggiornate_il, autore_nome) values ($1, $2, app.istante(), $3)
       on conflict (ente_id) do update set giorni_copie = excluded.giorni_copie, aggiornate_il = excluded.aggiornate_il, autore_nome = excluded.autore_nome`,
      [tx.ente.id, input.giorniCopie, tx.attore.nome],
    )
    tx.audit({ azione: 'impostazioni-scarto-modificate', oggettoTipo: 'ente', oggettoId: tx.ente.id, prima, dopo: input })
  })
}
