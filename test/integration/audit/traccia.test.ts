import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readStoriaFascicolo, readStoriaRegistrazione, readTraccia, verifyRegistri } from '../../../server/audit/service.ts'
import { filtriTraccia } from '../../../server/audit/schema.ts'
import { changeVisibilita } from '../../../server/fascicoli/index.ts'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { reclassifyRegistrazione } from '../../../server/protocollo/service/classify.ts'
import { readRegistrazione } from '../../../server/protocollo/service/read.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { apri, registra } from '../../support/fascicoli.ts'

let db: TestDatabase
let e: EnteDiProva
let capo: Scope
let addetto: Scope
let protocollo: Scope
let rgd: Scope
let auditor: Scope

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  addetto = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.edilizia, 'Aldo')).scope
  protocollo = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope
  rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', null, 'Rina')).scope
  auditor = (await createOperatore(db.orm, e, 'auditor', null, 'Dina')).scope
})
afterAll(async () => await db.close())

const all = filtriTraccia.parse({})

describe('history', () => {
  it('REQ-PROT-055 shows old and new value of a change, with author, time and reason', async () => {
    const r = await registra(protocollo, e)
    await reclassifyRegistrazione(capo, r.id, { voceId: e.voci.get('VI/4') ?? '', motivo: 'Edilizia pubblica' })
    const [last, first] = await readStoriaRegistrazione(capo, r.id)
    expect(last).toMatchObject({
      azione: 'riclassificata',
      descrizione: 'Classificazione cambiata',
      attore: capo.attore.nome,
      motivo: 'Edilizia pubblica',
    })
    expect(Date.parse(last?.istante ?? '')).toBeGreaterThan(Date.now() - 60_000)
    expect(last?.cambiamenti.find((c) => c.campo === 'classificazione')).toEqual({
      campo: 'classificazione',
      prima: 'VI/3 Edilizia privata',
      dopo: 'VI/4 Edilizia pubblica',
    })
    expect(first).toMatchObject({ azione: 'registrata', attore: protocollo.attore.nome })
    expect(last?.catena?.progressivo).toBe((first?.catena?.progressivo ?? 0) + 1)
  })

  it('shows who read to the head of the office, and to the others only their own reads', async () => {
    const r = await registra(protocollo, e)
    await readRegistrazione(addetto, r.id)
    await readRegistrazione(protocollo, r.id)
    const readers = async (scope: Scope) =>
      (await readStoriaRegistrazione(scope, r.id)).filter((f) => f.azione === 'registrazione-letta').map((f) => f.attore)
    expect((await readers(capo)).toSorted()).toEqual([addetto.attore.nome, protocollo.attore.nome].toSorted())
    expect(await readers(addetto)).toEqual([addetto.attore.nome])
  })

  it('is as closed as the thing itself', async () => {
    const r = await registra(protocollo, e, { riservatezza: 'RISERVATO' })
    const id = await apri(capo, e, { documentoId: r.documentoId, oggetto: 'Vicenda segretissima' })
    await changeVisibilita(capo, id, { visibileCittadino: false, motivo: 'Prova' })
    // Facts of one act carry one instant: their order among themselves says nothing.
    expect((await readStoriaFascicolo(capo, id)).map((f) => f.azione).toSorted()).toEqual([
      'documento-fascicolato',
      'fascicolo-aperto',
      'visibilita-cambiata',
    ])
    for (const scope of [addetto, auditor]) {
      await expect(readStoriaRegistrazione(scope, r.id)).rejects.toMatchObject({ status: 404 })
      await expect(readStoriaFascicolo(scope, id)).rejects.toMatchObject({ status: 404 })
    }
  })
})

describe('the trail', () => {
  it('reaches as far as the profile, and says nothing of the content to who only oversees', async () => {
    const altrove = await registra(protocollo, e, {
      oggetto: 'Iscrizione alla mensa segretissima',
      assegnazione: { ufficioId: e.uffici.scuola },
    })
    const subjects = async (scope: Scope) => (await readTraccia(scope, { ...all, perPagina: 200 })).elementi
    expect((await subjects(rgd)).some((f) => f.oggetto.id === altrove.id && f.cambiamenti.length > 0)).toBe(true)
    const masked = await subjects(auditor)
    expect(masked.some((f) => f.oggetto.id === altrove.id)).toBe(true)
    expect(masked.every((f) => f.cambiamenti.length === 0 && f.motivo === null)).toBe(true)
    expect((await subjects(capo)).some((f) => f.oggetto.id === altrove.id)).toBe(false)
    expect((await subjects(capo)).some((f) => f.attore === protocollo.attore.nome)).toBe(true)
    const own = await subjects(protocollo)
    expect(new Set(own.map((f) => f.attore))).toEqual(new Set([protocollo.attore.nome]))
    const consultazione = (await createOperatore(db.orm, e, 'consultazione', e.uffici.edilizia)).scope
    await expect(readTraccia(consultazione, all)).rejects.toMatchObject({ status: 403 })
  })

  it('filters by action, person, thing and Rome days, and records who consulted it', async () => {
    const r = await registra(protocollo, e)
    const only = await readTraccia(rgd, { ...all, oggetto: r.id, azione: 'registrata', attore: protocollo.attore.id })
    expect(only.elementi.map((f) => f.oggetto.id)).toEqual([r.id])
    expect((await readTraccia(rgd, { ...all, a: '2020-12-31' })).totale).toBe(0)
    const after = await queryOne<{ n: number }>(
      rgd,
      `select count(*)::int as n from evento_audit where ente_id = $1 and azione = 'traccia-letta' and attore_id = $2`,
      [e.ente.id, rgd.attore.id],
    )
    expect(after?.n).toBeGreaterThanOrEqual(2)
  })
})

describe('the chain of the registers', () => {
  it('REQ-PROT-057 holds, and an altered event is found and named', async () => {
    const [sound] = await verifyRegistri(auditor)
    expect(sound).toMatchObject({ registro: { codice: 'PG' }, integra: true, primaRottura: null })
    expect(sound?.eventi).toBeGreaterThan(3)
    await expect(verifyRegistri(capo)).rejects.toMatchObject({ codice: 'verifica-non-consentita', status: 403 })
    // Only who owns the database and takes its guards away can do this; the chain still tells.
    await withClient(db.ownerUrl, async (client) => {
      await client.query(`set role ${ruoli.owner}`)
      await client.query(`select set_config('app.ente_id', $1, false)`, [e.ente.id])
      await client.query('alter table evento_audit disable trigger evento_audit_immutabile')
      await client.query(`update evento_audit set attore_id = 'altri' where registro_id = $1 and progressivo = 3`, [e.registroId])
    })
    const [altered] = await verifyRegistri(auditor)
    expect(altered).toMatchObject({ integra: false, primaRottura: { progressivo: 3 } })
  })
})
