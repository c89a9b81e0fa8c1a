import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { destroyProcedura } from '../../../server/scarto/service/distruggi.ts'
import { orderScarto } from '../../../server/scarto/service/autorizza.ts'
import { recordVerbale } from '../../../server/scarto/service/passi.ts'
import { distrutti, PASSI } from '../../../server/scarto/rules.ts'
import { statiVoce } from '../../../server/scarto/schema.ts'
import { createMemoryStore } from '../../../storage/memory.ts'
import { createDatabase, openScope, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildPdf, createEnte, createOperatore, sistema, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { autorizza, proponi, regola, richiedi, vecchio, voceOf } from '../../support/scarto.ts'
import type { Vecchio } from '../../support/scarto.ts'

let db: TestDatabase
let e: EnteDiProva
let marta: Scope
let vito: Scope
let lavori: Scope
const store = createMemoryStore()

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  marta = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', e.uffici.edilizia, 'Marta')).scope
  vito = (await createOperatore(db.orm, e, 'vicario', e.uffici.edilizia, 'Vito')).scope
  lavori = openScope(db.orm, e.ente, sistema)
  await regola(marta, e.voci.get('VI/3') ?? '', 10)
})
afterAll(async () => await db.close())

/** Raw SQL as the application's own login, beside every service: what the database itself refuses. */
async function raw(sql: string, params: readonly unknown[] = [], role = ruoli.app): Promise<number> {
  return await withClient(db.url, async (client) => {
    await client.query('begin')
    try {
      await client.query(`set local role ${role}`)
      await client.query("select set_config('app.ente_id', $1, true)", [e.ente.id])
      return (await client.query(sql, [...params])).rowCount ?? 0
    } finally {
      await client.query('rollback')
    }
  })
}
const proposto = async (): Promise<{ id: string; v: Vecchio; voceId: string }> => {
  const v = await vecchio(marta, e, store)
  const id = await proponi(marta, lavori)
  return { id, v, voceId: (await voceOf(marta, id, v.id))?.id ?? '' }
}
const STATO = 'update voce_scarto set stato = $3, sospesa_da = $4 where ente_id = $1 and id = $2'

describe('without an authorisation that covers it nothing is destroyed, whatever the program does', () => {
  it('REQ-CONS-210 raw SQL of the application cannot write a destruction, a digest to remove or a state of destruction', async () => {
    const { v, voceId, id } = await proposto()
    const documento =
      'insert into documento_scartato (ente_id, documento_id, voce_id, scartato_il, riferimento) values ($1, $2, $3, now(), $4)'
    const impronta =
      "insert into impronta_scartata (ente_id, sha256, voce_id, dimensione, esito, riferimento, aggiornata_il) values ($1, $2, $3, 1, 'in_corso', $4, now())"
    for (const role of [ruoli.app, ruoli.jobs]) {
      await expect(raw(documento, [e.ente.id, v.documentoId, voceId, 'x'], role)).rejects.toMatchObject({
        constraint: 'scarto_non_autorizzato',
      })
      await expect(raw(impronta, [e.ente.id, v.sha256, voceId, 'x'], role)).rejects.toMatchObject({ constraint: 'scarto_non_autorizzato' })
      for (const stato of ['ORDINATO', ...distrutti])
        await expect(raw(STATO, [e.ente.id, voceId, stato, null], role)).rejects.toMatchObject({ code: '23514' })
    }
    await richiedi(marta, e, store, id)
    // Authorised but not ordered: neither.
    await autorizza(marta, e, store, id)
    await expect(raw(documento, [e.ente.id, v.documentoId, voceId, 'x'])).rejects.toMatchObject({ constraint: 'scarto_non_autorizzato' })
    await expect(raw(STATO, [e.ente.id, voceId, 'ORDINATO', null])).rejects.toMatchObject({ constraint: 'voce_scarto_ordine' })
    // Ordered and started: a document the authorisation does not name is still refused.
    await orderScarto(vito, id)
    await destroyProcedura(lavori, id, store)
    const other = await vecchio(marta, e, store, { chiusoIl: '2024-01-01' })
    await expect(raw(documento, [e.ente.id, other.documentoId, voceId, 'x'])).rejects.toMatchObject({
      constraint: 'scarto_non_autorizzato',
    })
  })

  it('REQ-CONS-210 an authorisation of another disposal, of another authority or refused does not cover, and is never rewritten', async () => {
    const first = await proposto()
    await richiedi(marta, e, store, first.id)
    await autorizza(marta, e, store, first.id)
    const auth = await queryOne<{ id: string }>(marta, 'select id from autorizzazione_scarto where ente_id = $1 and procedura_id = $2', [
      e.ente.id,
      first.id,
    ])
    const second = await proposto()
    const cover = (column: string) => `update voce_scarto set ${column} = $3 where ente_id = $1 and id = $2`
    await expect(raw(cover('autorizzazione_id'), [e.ente.id, second.voceId, auth?.id])).rejects.toMatchObject({
      constraint: 'voce_scarto_autorizzazione_sua',
    })
    await expect(raw(cover('autorizzazione_interno_id'), [e.ente.id, first.voceId, auth?.id])).rejects.toMatchObject({
      constraint: 'voce_scarto_autorizzazione_sua',
    })
    await expect(raw(cover('autorizzazione_id'), [e.ente.id, first.voceId, null])).rejects.toMatchObject({
      constraint: 'voce_scarto_autorizzazione_immutabile',
    })
    await expect(raw("update autorizzazione_scarto set esito = 'totale' where ente_id = $1", [e.ente.id])).rejects.toMatchObject({
      code: '42501',
    })
  })

  it('REQ-CONS-210 who proposed is never who orders, not even by raw SQL, and no row of a disposal is deleted', async () => {
    const { id } = await proposto()
    await expect(
      raw('update procedura_scarto set ordinata_da = proposta_da where ente_id = $1 and id = $2', [e.ente.id, id]),
    ).rejects.toMatchObject({ constraint: 'procedura_scarto_due_persone' })
    for (const table of [
      'procedura_scarto',
      'voce_scarto',
      'documento_voce_scarto',
      'documento_scartato',
      'impronta_scartata',
      'vincolo_scarto',
      'contenuto',
      'documento_file',
    ])
      for (const role of [ruoli.app, ruoli.jobs])
        await expect(raw(`delete from ${table} where ente_id = $1`, [e.ente.id], role)).rejects.toMatchObject({ code: '42501' })
  })

  it('REQ-CONS-211 property: from every state the database lets an item pass exactly where the table of states says', async () => {
    const { id, voceId, v } = await proposto()
    await richiedi(marta, e, store, id)
    await autorizza(marta, e, store, id)
    await orderScarto(vito, id)
    const seen: string[] = []
    const wanted: string[] = []
    await withClient(db.ownerUrl, async (client) => {
      for (const da of statiVoce) {
        for (const a of statiVoce.filter((s) => s !== da)) {
          await client.query('begin')
          await client.query("select set_config('app.ente_id', $1, true)", [e.ente.id])
          await client.query('alter table voce_scarto disable trigger voce_scarto_passo')
          await client.query(STATO, [e.ente.id, voceId, da, da === 'SOSPESO_PER_VINCOLO' ? a : null])
          await client.query('alter table voce_scarto enable trigger voce_scarto_passo')
          const sospesa = a === 'SOSPESO_PER_VINCOLO' ? da : null
          if (
            await client.query(STATO, [e.ente.id, voceId, a, sospesa]).then(
              () => true,
              () => false,
            )
          )
            seen.push(`${da} ${a}`)
          if (PASSI[da].includes(a)) wanted.push(`${da} ${a}`)
          await client.query('rollback')
        }
      }
    })
    expect(seen).toEqual(wanted)
    expect(await voceOf(marta, id, v.id)).toMatchObject({ stato: 'ORDINATO' })
  })

  it('REQ-CONS-214 while bytes are being destroyed, and just after, the same bytes cannot come back under the feet of the destruction', async () => {
    const bytes = await buildPdf(`Da distruggere ${newId()}`)
    const contenutoId = await stage(marta, store, bytes, 'istanza.pdf')
    const v = await vecchio(marta, e, store, {
      registrazione: { documento: { contenutoId, nome: 'istanza.pdf', descrizione: '', formazione: 'file' } },
    })
    const id = await proponi(marta, lavori)
    await richiedi(marta, e, store, id)
    await autorizza(marta, e, store, id)
    await orderScarto(vito, id)
    await destroyProcedura(lavori, id, store)
    expect(await store.stat(e.ente.id, v.sha256)).toBeNull()
    await expect(stage(marta, store, bytes, 'di-nuovo.pdf')).rejects.toMatchObject({ code: 'FA026' })
    await store.remove(e.ente.id, v.sha256)
  })

  it('REQ-CONS-211 what is in preservation waits for the report of the conservatore', async () => {
    const v = await vecchio(marta, e, store)
    await withClient(db.ownerUrl, async (client) => {
      await client.query("select set_config('app.ente_id', $1, false)", [e.ente.id])
      await client.query('set session_replication_role = replica')
      await client.query(
        `insert into versamento (ente_id, id, fascicolo_id, fascicolo_versione, tentativo, id_pdv, stato, istantanea, impronta_indice, rapporto_contenuto_id, esito, creato_il, produttore_nome, produttore_codice_fiscale)
         select $1, gen_random_uuid(), $2, 1, 1, 'PDV-PROVA', 'CONSERVATO', '{}', 'x', (select id from contenuto where ente_id = $1 limit 1), 'POSITIVO', now(), 'Marta', 'X'`,
        [e.ente.id, v.id],
      )
    })
    const id = await proponi(marta, lavori)
    await richiedi(marta, e, store, id)
    await autorizza(marta, e, store, id)
    await expect(recordVerbale(marta, id, { estremi: 'Verbale n. 3', del: '2026-04-01' })).rejects.toMatchObject({
      codice: 'scarto-fuori-ordine',
    })
    await orderScarto(vito, id)
    await destroyProcedura(lavori, id, store)
    expect(await voceOf(marta, id, v.id)).toMatchObject({ stato: 'ORDINATO' })
    expect(await store.stat(e.ente.id, v.sha256)).not.toBeNull()
    await recordVerbale(marta, id, { estremi: 'Verbale n. 3', del: '2026-04-01' })
    await destroyProcedura(lavori, id, store)
    expect(await voceOf(marta, id, v.id)).toMatchObject({ stato: 'DISTRUTTO_IN_CONSERVAZIONE', motivo: 'Verbale n. 3' })
    expect(await store.stat(e.ente.id, v.sha256)).toBeNull()
  })

  it('REQ-FASC-053 a fascicolo that was disposed of is not opened again', async () => {
    const { id, v } = await proposto()
    await richiedi(marta, e, store, id)
    await autorizza(marta, e, store, id)
    await orderScarto(vito, id)
    await destroyProcedura(lavori, id, store)
    await expect(
      raw("update fascicolo set stato = 'IN_CONSERVAZIONE' where ente_id = $1 and id = $2", [e.ente.id, v.id]),
    ).rejects.toMatchObject({
      constraint: 'fascicolo_scartato',
    })
  })
})
