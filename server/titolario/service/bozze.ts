import { proposeLegami, readTitolarioComuni } from '../../../titolario/index.ts'
import type { Titolario } from '../../../titolario/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { datiTitolario, nonInBozza, titolarioAssente, versioneAssente } from '../errors.ts'
import { assertManages } from '../policy.ts'
import { toPlan } from '../presenter.ts'
import { findVersioneInForce, findVoci } from '../repository.ts'
import type { BozzaIn, ModificaBozzaIn } from '../schema.ts'
import { insertPiano, insertVersione } from './adozione.ts'
import { refreshConservazione } from './conservazione.ts'

/** A draft held for a change. */
export interface BozzaRow {
  readonly id: string
  readonly aooId: string
  readonly denominazione: string
  readonly dal: string
  readonly livelli: number
  readonly note: string
  readonly baseId: string | null
}

/** Locks a draft for a change by who may make it. Throws Forbidden, NotFound, Conflict when the version is no longer a draft. */
export async function lockBozza(tx: TxScope, id: string): Promise<BozzaRow> {
  assertManages(tx.attore)
  const row = await queryOne<BozzaRow & { stato: string }>(
    tx,
    `select id, aoo_id as "aooId", denominazione, to_char(dal, 'YYYY-MM-DD') as dal, livelli, note, base_id as "baseId", stato
       from titolario_versione where ente_id = $1 and id = $2 for update`,
    [tx.ente.id, id],
  )
  if (row === null) throw versioneAssente()
  if (row.stato !== 'BOZZA') throw nonInBozza()
  return row
}

/** The day a new version begins by default: the next 1 January (REQ-TIT-004). Rome day `YYYY-MM-DD`. */
export async function nextInizio(scope: Scope): Promise<string> {
  const row = await queryOne<{ giorno: string }>(scope, `select to_char(app.oggi(), 'YYYY-MM-DD') as giorno`)
  return `${Number(row?.giorno.slice(0, 4)) + 1}-01-01`
}

/** The AOO the plan is of: the default one of the ente. */
export async function aooOf(scope: Scope): Promise<string> {
  const row = await queryOne<{ id: string }>(scope, 'select id from aoo where ente_id = $1 and predefinita', [scope.ente.id])
  if (row === null) throw titolarioAssente()
  return row.id
}

/**
 * Makes a draft: a copy of the version in force with every voice `uguale` to its own and its rules of retention, or the model for municipalities linked to
 * it where codes and names say so; for an ente that begins the model is version 1 (REQ-TIT-005, REQ-TIT-011). Answers its id. Throws Forbidden, NotFound when there is nothing to copy.
 */
export async function createBozza(scope: Scope, input: BozzaIn): Promise<{ id: string }> {
  return await inTransaction(scope, async (tx) => await createBozzaWithin(tx, input))
}

async function createBozzaWithin(tx: TxScope, input: BozzaIn): Promise<{ id: string }> {
  assertManages(tx.attore)
  const base = await findVersioneInForce(tx)
  if (input.origine === 'versione' && base === null) throw titolarioAssente()
  const modello = readTitolarioComuni()
  const denominazione = input.denominazione ?? (input.origine === 'modello' ? modello.denominazione : (base?.denominazione ?? ''))
  const piano = modello.titolario
  const id = await insertVersione(tx, {
    aooId: await aooOf(tx),
    denominazione,
    dal: input.dal ?? (await nextInizio(tx)),
    livelli: input.origine === 'versione' ? (base?.livelli ?? 3) : piano.livelli.length,
    origine: input.origine,
    baseId: base?.id ?? null,
  })
  if (input.origine === 'versione') await copyVersione(tx, base?.id ?? '', id)
  else await writePlan(tx, id, base?.id ?? null, piano)
  tx.audit({ azione: 'titolario-bozza-creata', oggettoTipo: 'titolario', oggettoId: id, dopo: { denominazione, origine: input.origine } })
  return { id }
}

/** Gives an ente that begins the model as version 1 in BOZZA (REQ-TIT-011); an ente that has a version, whatever its state, keeps what it has. */
export async function prepareModello(scope: Scope): Promise<void> {
  await inTransaction(scope, async (tx) => {
    await query(tx, `select pg_advisory_xact_lock(hashtext('titolario-modello:' || $1))`, [tx.ente.id])
    const known = await queryOne(tx, 'select 1 as una from titolario_versione where ente_id = $1 limit 1', [tx.ente.id])
    if (known === null) await createBozzaWithin(tx, { origine: 'modello' })
  })
}

/** Writes a plan in a draft, linked to the version it follows by codes and names. */
export async function writePlan(tx: TxScope, id: string, baseId: string | null, piano: Titolario): Promise<void> {
  const uffici = new Map<string, string>()
  const old = baseId === null ? [] : (await findVoci(tx, baseId)).filter((v) => !v.chiusa)
  for (const v of old) if (v.ufficioId !== null) uffici.set(v.codice, v.ufficioId)
  const ids = await insertPiano(tx, id, piano, uffici)
  if (baseId === null) return
  const byCode = new Map(old.map((v) => [v.codice, v.id]))
  await insertRows(
    tx,
    'voce_predecessore',
    proposeLegami(toPlan(old), piano).map((l) => ({
      id: newId(),
      versione_id: id,
      voce_id: l.a === null ? null : ids.get(l.a),
      predecessore_id: byCode.get(l.da),
      tipo: l.tipo,
    })),
  )
  await copyRegole(tx, id)
}

/** Copies voices, links and rules of a version in a draft; what is closed is `soppressa`. */
async function copyVersione(tx: TxScope, baseId: string, id: string): Promise<void> {
  const binds = [tx.ente.id, baseId, id]
  await query(
    tx,
    `with vecchie as (select v.*, gen_random_uuid() as nuova from voce_titolario v where v.ente_id = $1 and v.versione_id = $2 and v.chiusa_dal is null),
       copie as (insert into voce_titolario (ente_id, id, versione_id, codice, etichetta, livello, ordine, denominazione, padre_id, parole_chiave, conservazione_anni,
           ufficio_predefinito_id, chiusa_dal, descrizione, note_uso, esempi, tipi_fascicolo, sottoclasse_obbligatoria, accesso_predefinito)
         select v.ente_id, v.nuova, $3, v.codice, v.etichetta, v.livello, v.ordine, v.denominazione, p.nuova, v.parole_chiave, v.conservazione_anni,
           v.ufficio_predefinito_id, null, v.descrizione, v.note_uso, v.esempi, v.tipi_fascicolo, v.sottoclasse_obbligatoria, v.accesso_predefinito
           from vecchie v left join vecchie p on p.id = v.padre_id)
     insert into voce_predecessore (ente_id, id, versione_id, voce_id, predecessore_id, tipo) select ente_id, gen_random_uuid(), $3, nuova, id, 'uguale' from vecchie`,
    binds,
  )
  await query(
    tx,
    `insert into voce_predecessore (ente_id, id, versione_id, voce_id, predecessore_id, tipo)
     select ente_id, gen_random_uuid(), $3, null, id, 'soppressa' from voce_titolario where ente_id = $1 and versione_id = $2 and chiusa_dal is not null`,
    binds,
  )
  await copyRegole(tx, id)
}

/** The rules of a voice that goes on as it was go on with it. */
async function copyRegole(tx: TxScope, id: string): Promise<void> {
  await query(
    tx,
    `insert into regola_conservazione (ente_id, id, voce_id, tipologia, tipo_fascicolo, anni, condizione, decorrenza, sfoltimento, atto, approvata_il, creata_il, autore_nome, revocata_il, revocata_da)
     select r.ente_id, gen_random_uuid(), p.voce_id, r.tipologia, r.tipo_fascicolo, r.anni, r.condizione, r.decorrenza, r.sfoltimento, r.atto, r.approvata_il, app.istante(), r.autore_nome, null, null
       from voce_predecessore p join regola_conservazione r on r.ente_id = p.ente_id and r.voce_id = p.predecessore_id and r.revocata_il is null
      where p.ente_id = $1 and p.versione_id = $2 and p.tipo in ('uguale', 'rinominata')`,
    [tx.ente.id, id],
  )
  await refreshConservazione(tx, id)
}

/** Changes name, beginning and notes of a draft. Throws InvalidInput for a beginning that is not to come. */
export async function updateBozza(scope: Scope, id: string, input: ModificaBozzaIn): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockBozza(tx, id)
    const dopo = { denominazione: input.denominazione ?? row.denominazione, dal: input.dal ?? row.dal, note: input.note ?? row.note }
    if (input.dal !== undefined) await assertInizio(tx, row.aooId, input.dal)
    await query(tx, 'update titolario_versione set denominazione = $3, dal = $4::date, note = $5 where ente_id = $1 and id = $2', [
      tx.ente.id,
      id,
      dopo.denominazione,
      dopo.dal,
      dopo.note,
    ])
    const prima = { denominazione: row.denominazione, dal: row.dal, note: row.note }
    tx.audit({ azione: 'titolario-bozza-modificata', oggettoTipo: 'titolario', oggettoId: id, prima, dopo })
  })
}

/** A version begins after today and after every other adopted one, unless it is the first of its AOO (REQ-TIT-004). Throws InvalidInput. */
export async function assertInizio(scope: Scope, aooId: string, dal: string): Promise<void> {
  const row = await queryOne<{ oggi: string; ultima: string | null }>(
    scope,
    `select to_char(app.oggi(), 'YYYY-MM-DD') as oggi, to_char(max(dal), 'YYYY-MM-DD') as ultima from titolario_versione where ente_id = $1 and aoo_id = $2 and stato = 'ATTIVO'`,
    [scope.ente.id, aooId],
  )
  if (row === null || row.ultima === null || (dal > row.oggi && dal > row.ultima)) return
  throw datiTitolario([
    { campo: 'dal', messaggio: 'Un titolario non vale per il passato: scegli un giorno dopo oggi e dopo l’inizio delle altre versioni.' },
  ])
}

/** Throws a draft away, with its voices and rules: nobody has used them. */
export async function deleteBozza(scope: Scope, id: string, motivo: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockBozza(tx, id)
    const binds = [tx.ente.id, id]
    await query(tx, 'delete from voce_predecessore where ente_id = $1 and versione_id = $2', binds)
    await query(
      tx,
      'delete from regola_conservazione r using voce_titolario v where r.ente_id = $1 and v.ente_id = $1 and v.id = r.voce_id and v.versione_id = $2',
      binds,
    )
    await query(tx, 'delete from voce_titolario where ente_id = $1 and versione_id = $2', binds)
    await query(tx, 'delete from titolario_versione where ente_id = $1 and id = $2', binds)
    tx.audit({
      azione: 'titolario-bozza-eliminata',
      oggettoTipo: 'titolario',
      oggettoId: id,
      prima: { denominazione: row.denominazione },
      motivo,
    })
  })
}
