import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertMany, json, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import { findUfficiAttivi } from '../../protocollo/index.ts'
import { codiceUsato, datiRiga, mandatoUsato, repertorioAssente } from '../errors.ts'
import { presentRepertorio } from '../presenter.ts'
import { findAooPredefinita, findRepertori, findRepertorio, lockRepertorio } from '../repository.ts'
import { PREDEFINITI } from '../rules.ts'
import type { ModificaRepertorio, NuovoRepertorio, RepertorioDto } from '../schema.ts'

/** Every repertory of the body. */
export async function listRepertori(scope: Scope): Promise<RepertorioDto[]> {
  return (await findRepertori(scope)).map(presentRepertorio)
}

/** Adds a repertory to the list of the manual (REQ-PROT-110). Throws Conflict for a code in use, InvalidInput for an office that is not there. */
export async function createRepertorio(scope: Scope, input: NuovoRepertorio): Promise<RepertorioDto> {
  const id = await inTransaction(scope, async (tx) => {
    await assertUfficio(tx, input.ufficioId ?? null)
    return await insertRepertorio(tx, input)
  })
  return await readRepertorio(scope, id)
}

/** Adds the default repertories that are not there yet (REQ-PROT-114); repeating it changes nothing. Answers how many were added. */
export async function adoptPredefiniti(scope: Scope): Promise<{ aggiunti: number }> {
  return await inTransaction(scope, async (tx) => await adoptPredefinitiWithin(tx))
}

/** The same act inside the caller's transaction. */
export async function adoptPredefinitiWithin(tx: TxScope): Promise<{ aggiunti: number }> {
  const known = new Set((await findRepertori(tx)).map((r) => r.codice))
  const missing = PREDEFINITI.filter((r) => !known.has(r.codice))
  for (const repertorio of missing) await insertRepertorio(tx, repertorio)
  return { aggiunti: missing.length }
}

async function insertRepertorio(tx: TxScope, r: NuovoRepertorio): Promise<string> {
  const aooId = await findAooPredefinita(tx)
  if (aooId === null) throw repertorioAssente()
  // Two people adding the same code are told apart here, not by the failure of the whole transaction.
  await query(tx, `select pg_advisory_xact_lock(hashtext('repertorio:' || $1))`, [tx.ente.id])
  if ((await findRepertorio(tx, { codice: r.codice })) !== null) throw codiceUsato(r.codice)
  const id = newId()
  await insertMany(tx, [
    [
      'repertorio',
      [
        {
          id,
          aoo_id: aooId,
          codice: r.codice,
          denominazione: r.denominazione,
          tipologia: r.tipologia,
          ufficio_id: r.ufficioId ?? null,
          numerazione: r.numerazione,
          mandato: r.numerazione === 'mandato' ? (r.mandato ?? null) : null,
          campi: json(r.campi),
          visibilita: r.visibilita,
          conservazione_anni: r.conservazioneAnni,
          albo: r.albo,
          giorni_albo: r.giorniAlbo,
          attivo: true,
          creato_il: now().toISOString(),
        },
      ],
    ],
    ['contatore_repertorio', [{ repertorio_id: id, serie: '', ultimo: 0, ultimo_istante: null }]],
  ])
  tx.audit({ azione: 'repertorio-istituito', oggettoTipo: 'repertorio', oggettoId: id, dopo: r })
  return id
}

/**
 * Changes what the manual may change of a repertory; code and way of numbering stay (REQ-PROT-110, REQ-PROT-112). A new mandate begins a new series: one
 * already used is refused. Old and new values go to the trail.
 */
export async function updateRepertorio(scope: Scope, id: string, input: ModificaRepertorio): Promise<RepertorioDto> {
  await inTransaction(scope, async (tx) => {
    await lockRepertorio(tx, id)
    const before = await findRepertorio(tx, { id })
    if (before === null) throw repertorioAssente()
    if (input.ufficioId !== undefined) await assertUfficio(tx, input.ufficioId)
    const mandato = before.numerazione === 'mandato' ? (input.mandato ?? before.mandato) : null
    if (mandato !== before.mandato && mandato !== null && (await isSerieUsed(tx, id, mandato))) throw mandatoUsato(mandato)
    const after = { ...presentRepertorio(before), ...input, mandato }
    await query(
      tx,
      `update repertorio set denominazione = $3, tipologia = $4, ufficio_id = $5, campi = $6, visibilita = $7, conservazione_anni = $8, albo = $9, giorni_albo = $10, attivo = $11,
              mandato = $12 where ente_id = $1 and id = $2`,
      [
        tx.ente.id,
        id,
        after.denominazione,
        after.tipologia,
        input.ufficioId === undefined ? before.ufficioId : input.ufficioId,
        json(after.campi),
        after.visibilita,
        after.conservazioneAnni,
        after.albo,
        after.giorniAlbo,
        after.attivo,
        mandato,
      ],
    )
    tx.audit({ azione: 'repertorio-modificato', oggettoTipo: 'repertorio', oggettoId: id, prima: presentRepertorio(before), dopo: input })
  })
  return await readRepertorio(scope, id)
}

async function isSerieUsed(tx: TxScope, repertorioId: string, serie: string): Promise<boolean> {
  const row = await queryOne(
    tx,
    'select 1 from registrazione_repertorio where ente_id = $1 and repertorio_id = $2 and serie = $3 limit 1',
    [tx.ente.id, repertorioId, serie],
  )
  return row !== null
}

async function assertUfficio(tx: TxScope, ufficioId: string | null): Promise<void> {
  if (ufficioId === null || (await findUfficiAttivi(tx, [ufficioId])).has(ufficioId)) return
  throw datiRiga([{ campo: 'ufficioId', messaggio: 'L’ufficio non esiste o è chiuso: scegline un altro.' }])
}

/** One repertory. Throws NotFound. */
export async function readRepertorio(scope: Scope, id: string): Promise<RepertorioDto> {
  const row = await inReadTransaction(scope, async (s) => await findRepertorio(s, { id }))
  if (row === null) throw repertorioAssente()
  return presentRepertorio(row)
}
