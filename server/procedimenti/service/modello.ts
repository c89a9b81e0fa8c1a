import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertMany, insertRows, json, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import type { CampoErrato } from '../../kernel/errors.ts'
import { findUfficiAttivi, isIncaricato } from '../../protocollo/index.ts'
import { codiceProcedimentoUsato, datiModello, modelloSuperato, modelloUguale, procedimentoAssente, statoUguale } from '../errors.ts'
import { readModelliComuni } from '../modelli.ts'
import { presentProcedimento, presentRigaProcedimento } from '../presenter.ts'
import { findAooPredefinita, findCatalogo, findUfficiDiVoci, findUltima, findVersioni, lockProcedimento } from '../repository.ts'
import type { VersioneRow } from '../repository.ts'
import { daDefinire, modelloErrors } from '../rules.ts'
import type { FiltriProcedimenti, NuovaVersione, NuovoProcedimento, ProcedimentoDto, RigaProcedimentoDto, VersioneIn } from '../schema.ts'

/** The catalogue: each procedure with its version in force, by code. */
export async function listProcedimenti(scope: Scope, filtri: FiltriProcedimenti): Promise<RigaProcedimentoDto[]> {
  const rows = await inReadTransaction(scope, async (s) => await findCatalogo(s, filtri))
  return rows.filter((r) => filtri.daCompletare === undefined || daDefinire(r).length > 0).map(presentRigaProcedimento)
}

/** A procedure with the version asked for, or the one in force, and the list of its versions. Throws NotFound. */
export async function readProcedimento(scope: Scope, id: string, numero?: number): Promise<ProcedimentoDto> {
  const versioni = await inReadTransaction(scope, async (s) => await findVersioni(s, id))
  const chosen = numero === undefined ? versioni[0] : versioni.find((v) => v.numero === numero)
  if (chosen === undefined) throw procedimentoAssente()
  return presentProcedimento(chosen, versioni)
}

/** Adds a procedure to the catalogue with the first version of its model. Throws Conflict for a code in use, InvalidInput with every wrong field. */
export async function createProcedimento(scope: Scope, input: NuovoProcedimento): Promise<ProcedimentoDto> {
  const id = await inTransaction(scope, async (tx) => {
    await assertModello(tx, input)
    return await insertProcedimento(tx, input)
  })
  return await readProcedimento(scope, id)
}

async function insertProcedimento(tx: TxScope, { codice, ...modello }: NuovoProcedimento): Promise<string> {
  const aooId = await findAooPredefinita(tx)
  if (aooId === null) throw procedimentoAssente()
  // Two people adding the same code are told apart here, not by the failure of the whole transaction.
  await query(tx, `select pg_advisory_xact_lock(hashtext('procedimento:' || $1))`, [tx.ente.id])
  const used = await queryOne(tx, 'select 1 from procedimento where ente_id = $1 and aoo_id = $2 and codice = $3', [
    tx.ente.id,
    aooId,
    codice,
  ])
  if (used !== null) throw codiceProcedimentoUsato(codice)
  const id = newId()
  const istante = await readInstant(tx)
  await insertMany(tx, [
    ['procedimento', [{ id, aoo_id: aooId, codice, attivo: true, creato_il: istante }]],
    ['procedimento_versione', [toRow(tx, id, 1, modello, 'Prima versione', istante)]],
  ])
  tx.audit({ azione: 'procedimento-creato', oggettoTipo: 'procedimento', oggettoId: id, dopo: { codice, ...modello } })
  return id
}

/**
 * Writes a new version of a model: the practices in course keep theirs, the new ones take this. Throws NotFound, Conflict when the model changed meanwhile,
 * RuleViolation when nothing would change, InvalidInput with every wrong field.
 */
export async function updateModello(scope: Scope, id: string, input: NuovaVersione): Promise<ProcedimentoDto> {
  await inTransaction(scope, async (tx) => {
    if (!(await lockProcedimento(tx, id))) throw procedimentoAssente()
    const current = await findUltima(tx, id)
    if (current === null) throw procedimentoAssente()
    const { versione, motivo, ...modello } = input
    if (current.numero !== versione) throw modelloSuperato()
    const before = modelloOf(current)
    if (JSON.stringify(before) === JSON.stringify(pick(modello))) throw modelloUguale()
    await assertModello(tx, modello)
    await insertRows(tx, 'procedimento_versione', [toRow(tx, id, current.numero + 1, modello, motivo, await readInstant(tx))])
    tx.audit({ azione: 'procedimento-modificato', oggettoTipo: 'procedimento', oggettoId: id, prima: before, dopo: modello, motivo })
  })
  return await readProcedimento(scope, id)
}

/** Takes a procedure out of the catalogue or puts it back: no new practice is opened meanwhile. Throws NotFound, RuleViolation. */
export async function changeStato(scope: Scope, id: string, attivo: boolean, motivo: string): Promise<ProcedimentoDto> {
  await inTransaction(scope, async (tx) => {
    if (!(await lockProcedimento(tx, id))) throw procedimentoAssente()
    const rows = await query(tx, 'update procedimento set attivo = $3 where ente_id = $1 and id = $2 and attivo <> $3 returning 1', [
      tx.ente.id,
      id,
      attivo,
    ])
    if (rows.length === 0) throw statoUguale()
    tx.audit({ azione: 'procedimento-stato', oggettoTipo: 'procedimento', oggettoId: id, dopo: { attivo }, motivo })
  })
  return await readProcedimento(scope, id)
}

/** Adds the procedures of the starting set that are not there yet; repeating it changes nothing. Answers how many were added. */
export async function adoptModelliComuni(scope: Scope): Promise<{ aggiunti: number }> {
  return await inTransaction(scope, async (tx) => await adoptModelliComuniWithin(tx))
}

/** The same act inside the caller's transaction. The office is the default one of the voice, where the plan in force has it. */
export async function adoptModelliComuniWithin(tx: TxScope): Promise<{ aggiunti: number }> {
  const aooId = await findAooPredefinita(tx)
  if (aooId === null) throw procedimentoAssente()
  await query(tx, `select pg_advisory_xact_lock(hashtext('procedimento:' || $1))`, [tx.ente.id])
  const rows = await query<{ codice: string }>(tx, 'select codice from procedimento where ente_id = $1 and aoo_id = $2', [
    tx.ente.id,
    aooId,
  ])
  const known = new Set(rows.map((r) => r.codice))
  const uffici = await findUfficiDiVoci(tx, aooId)
  const missing = readModelliComuni().filter((m) => !known.has(m.codice))
  const istante = await readInstant(tx)
  const made = missing.map(({ codice, ...m }) => ({ id: newId(), codice, modello: { ...m, ufficioId: nearest(uffici, m.codiceVoce) } }))
  await insertMany(tx, [
    ['procedimento', made.map(({ id, codice }) => ({ id, aoo_id: aooId, codice, attivo: true, creato_il: istante }))],
    ['procedimento_versione', made.map(({ id, modello }) => toRow(tx, id, 1, modello, 'Modello di partenza', istante))],
  ])
  for (const { id, codice } of made)
    tx.audit({
      azione: 'procedimento-creato',
      oggettoTipo: 'procedimento',
      oggettoId: id,
      dopo: { codice, origine: 'modello di partenza' },
    })
  return { aggiunti: made.length }
}

function nearest(uffici: ReadonlyMap<string, string>, codice: string): string | null {
  for (let c = codice; c !== ''; c = c.includes('/') ? c.slice(0, c.lastIndexOf('/')) : '') {
    const found = uffici.get(c)
    if (found !== undefined) return found
  }
  return null
}

async function assertModello(tx: TxScope, input: VersioneIn): Promise<void> {
  const campi: CampoErrato[] = modelloErrors(input)
  const aooId = (await findAooPredefinita(tx)) ?? ''
  const voce = await queryOne(
    tx,
    `select 1 from voce_titolario v join titolario_versione t on t.ente_id = v.ente_id and t.id = v.versione_id
      where v.ente_id = $1 and t.aoo_id = $2 and v.codice = $3 and v.livello > 1 and v.chiusa_dal is null and t.dal <= (app.istante() at time zone 'Europe/Rome')::date
        and (t.al is null or t.al > (app.istante() at time zone 'Europe/Rome')::date)`,
    [tx.ente.id, aooId, input.codiceVoce],
  )
  if (voce === null) campi.push({ campo: 'codiceVoce', messaggio: `La voce ${input.codiceVoce} non è nel titolario in vigore.` })
  if (input.ufficioId !== null && !(await findUfficiAttivi(tx, [input.ufficioId])).has(input.ufficioId))
    campi.push({ campo: 'ufficioId', messaggio: 'L’ufficio non esiste o è chiuso: scegline un altro.' })
  if (input.responsabileId !== null) {
    if (input.ufficioId === null) campi.push({ campo: 'responsabileId', messaggio: 'Scegli prima l’ufficio del responsabile.' })
    else if (!(await isIncaricato(tx, input.responsabileId, input.ufficioId)))
      campi.push({ campo: 'responsabileId', messaggio: 'Il responsabile non ha un incarico in questo ufficio.' })
  }
  if (campi.length > 0) throw datiModello(campi)
}

async function readInstant(tx: TxScope): Promise<string> {
  const row = await queryOne<{ istante: Date }>(tx, 'select app.istante() as istante')
  return (row as { istante: Date }).istante.toISOString()
}

const CAMPI = [
  'denominazione',
  'materia',
  'iniziativa',
  'codiceVoce',
  'ufficioId',
  'responsabileId',
  'termineGiorni',
  'termineUnita',
  'silenzio',
  'scheda',
  'passi',
  'fascicolo',
] as const satisfies readonly (keyof VersioneIn)[]

/** The model alone, with its keys always in the same order: jsonb does not keep it. */
function pick(v: VersioneIn): unknown {
  return CAMPI.map((c) => sorted(v[c]))
}

function modelloOf(row: VersioneRow): unknown {
  return CAMPI.map((c) => sorted(row[c]))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  )
}

function toRow(
  tx: TxScope,
  procedimentoId: string,
  numero: number,
  m: VersioneIn,
  motivo: string,
  istante: string,
): Record<string, unknown> {
  return {
    id: newId(),
    procedimento_id: procedimentoId,
    numero,
    denominazione: m.denominazione,
    materia: m.materia,
    iniziativa: m.iniziativa,
    codice_voce: m.codiceVoce,
    ufficio_id: m.ufficioId,
    responsabile_id: m.responsabileId,
    termine_giorni: m.termineGiorni,
    termine_unita: m.termineUnita,
    silenzio: m.silenzio,
    scheda: json(m.scheda),
    passi: json(m.passi),
    fascicolo: json(m.fascicolo),
    motivo,
    autore_id: tx.attore.id,
    autore_nome: tx.attore.nome,
    creata_il: istante,
  }
}
