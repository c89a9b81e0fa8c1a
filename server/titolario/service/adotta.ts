import { inTransaction, query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { bozzaVuota, datiTitolario, giaInVigore, versioneAssente } from '../errors.ts'
import { assertManages } from '../policy.ts'
import type { AdozioneIn } from '../schema.ts'
import { adoptWithin } from './adozione.ts'
import { assertInizio, lockBozza } from './bozze.ts'

/**
 * Adopts a draft by an act: it applies from its date, the version before it until then (REQ-TIT-003, REQ-TIT-004). Nothing has to run on that day. Throws
 * Forbidden, NotFound, Conflict for what is no draft, InvalidInput for dates that go backwards, RuleViolation for a draft without voices.
 */
export async function adoptBozza(scope: Scope, id: string, input: AdozioneIn): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await lockBozza(tx, id)
    const dal = input.dal ?? row.dal
    if (input.adottataIl > dal)
      throw datiTitolario([{ campo: 'adottataIl', messaggio: 'L’atto non può essere dopo l’inizio della validità.' }])
    await assertInizio(tx, row.aooId, dal)
    const voci = await queryOne<{ n: number }>(
      tx,
      'select count(*)::int as n from voce_titolario where ente_id = $1 and versione_id = $2',
      [tx.ente.id, id],
    )
    if ((voci?.n ?? 0) === 0) throw bozzaVuota()
    await adoptWithin(tx, {
      versioneId: id,
      aooId: row.aooId,
      denominazione: row.denominazione,
      atto: input.atto,
      adottataIl: input.adottataIl,
      dal,
      uri: input.uri ?? null,
    })
  })
}

interface AdottataRow {
  stato: string
  aooId: string
  uri: string | null
  iniziata: boolean
  ultima: boolean
}

/** Takes back an adoption before its first day: the version is a draft again and the one before it has no end. Throws Conflict once it is in force. */
export async function revokeAdozione(scope: Scope, id: string, motivo: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    assertManages(tx.attore)
    const row = await queryOne<AdottataRow>(
      tx,
      `select stato, aoo_id as "aooId", uri, dal <= app.oggi() as iniziata, al is null as ultima from titolario_versione where ente_id = $1 and id = $2 for update`,
      [tx.ente.id, id],
    )
    if (row === null || row.stato !== 'ATTIVO') throw versioneAssente()
    if (row.iniziata || !row.ultima) throw giaInVigore()
    await query(tx, "update titolario_versione set stato = 'BOZZA' where ente_id = $1 and id = $2", [tx.ente.id, id])
    await query(
      tx,
      `update titolario_versione t set al = null where t.ente_id = $1 and t.aoo_id = $2 and t.stato = 'ATTIVO'
          and t.dal = (select max(dal) from titolario_versione x where x.ente_id = $1 and x.aoo_id = $2 and x.stato = 'ATTIVO')`,
      [tx.ente.id, row.aooId],
    )
    tx.audit({ azione: 'titolario-adozione-ritirata', oggettoTipo: 'titolario', oggettoId: id, motivo })
  })
}

/** Writes where an adopted version is published, once (REQ-TIT-003; Allegato 5 wants the URI). Throws NotFound, Conflict when it is already there. */
export async function publishVersione(scope: Scope, id: string, uri: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    assertManages(tx.attore)
    const row = await queryOne<{ uri: string | null; stato: string }>(
      tx,
      'select uri, stato from titolario_versione where ente_id = $1 and id = $2 for update',
      [tx.ente.id, id],
    )
    if (row === null) throw versioneAssente()
    if (row.stato === 'ATTIVO' && row.uri !== null)
      throw datiTitolario([{ campo: 'uri', messaggio: 'L’indirizzo di pubblicazione è già scritto e non cambia.' }])
    await query(tx, 'update titolario_versione set uri = $3 where ente_id = $1 and id = $2', [tx.ente.id, id, uri])
    tx.audit({ azione: 'titolario-pubblicato', oggettoTipo: 'titolario', oggettoId: id, dopo: { uri } })
  })
}
