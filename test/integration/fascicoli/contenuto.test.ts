import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  changeArea,
  changeVisibilita,
  fileDocumento,
  findVisibleFascicolo,
  listFascicoli,
  presentFascicoloById,
  proposeFascicoli,
  readFascicolo,
} from '../../../server/fascicoli/index.ts'
import { listDocumenti } from '../../../server/fascicoli/service/read.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { profili, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { apri, flavio, ortensia, registra } from '../../support/fascicoli.ts'

let db: TestDatabase
let e: EnteDiProva
let capo: Scope
let addetto: Scope
let protocollo: Scope

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  addetto = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.edilizia, 'Aldo')).scope
  protocollo = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope
})
afterAll(async () => await db.close())

const voce = (codice: string): string => e.voci.get(codice) ?? ''

describe('filing', () => {
  it('REQ-FASC-015 documents stay in the order of date and number of registration, however they were inserted', async () => {
    const id = await apri(capo, e, { voceId: voce('VI/4') })
    const registrations = [
      await registra(protocollo, e, { voceId: voce('VI/4') }),
      await registra(protocollo, e, { voceId: voce('VI/4') }),
      await registra(protocollo, e, { voceId: voce('VI/4') }),
    ]
    for (const i of [2, 0, 1]) await fileDocumento(addetto, id, { documentoId: registrations[i]?.documentoId ?? '' })
    const f = await presentFascicoloById(capo, id)
    expect(f.documenti.map((d) => d.documentoId)).toEqual(registrations.map((r) => r.documentoId))
    expect(f.documenti.map((d) => d.ordine)).toEqual([1, 2, 3])
    expect(f.versione).toBe(4)
  })

  it('REQ-FASC-015 a part read from the middle has the places of the whole, for who sees the fascicolo and nobody else', async () => {
    const id = await apri(capo, e, { voceId: voce('VI/4') })
    const ids: string[] = []
    for (let i = 0; i < 4; i++) ids.push((await registra(protocollo, e, { voceId: voce('VI/4') })).documentoId)
    for (const i of [3, 1, 0, 2]) await fileDocumento(capo, id, { documentoId: ids[i] ?? '' })
    const middle = await listDocumenti(addetto, id, { da: 1, quanti: 2 })
    expect(middle.elementi.map((d) => [d.ordine, d.documentoId])).toEqual([
      [2, ids[1]],
      [3, ids[2]],
    ])
    expect(middle).toEqual({ totale: 4, elementi: (await presentFascicoloById(addetto, id)).documenti.slice(1, 3) })
    expect((await listDocumenti(capo, id, { da: 4, quanti: 2 })).elementi).toEqual([])
    const scuola = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.scuola)).scope
    await expect(listDocumenti(scuola, id, { da: 0, quanti: 2 })).rejects.toMatchObject({ status: 404, codice: 'fascicolo-assente' })
    await expect(listDocumenti(capo, newId(), { da: 0, quanti: 2 })).rejects.toMatchObject({ status: 404 })
    // A riservato hides the fascicolo from who only works in the office, and masks it for the auditor.
    const auditor = (await createOperatore(db.orm, e, 'auditor')).scope
    expect((await listDocumenti(auditor, id, { da: 1, quanti: 1 })).elementi.map((d) => d.documentoId)).toEqual([ids[1]])
    const riservato = await registra(protocollo, e, { voceId: voce('VI/4'), riservatezza: 'RISERVATO' })
    await fileDocumento(capo, id, { documentoId: riservato.documentoId })
    expect((await listDocumenti(capo, id, { da: 0, quanti: 9 })).totale).toBe(5)
    await expect(listDocumenti(addetto, id, { da: 0, quanti: 2 })).rejects.toMatchObject({ status: 404 })
    const masked = await listDocumenti(auditor, id, { da: 0, quanti: 9 })
    expect(masked.elementi.map((d) => d.oggetto)).toEqual(Array.from({ length: 5 }, () => 'RISERVATO'))
  })

  it('REQ-FASC-016 a document has one primary fascicolo and links to others, with one copy of the bytes', async () => {
    const r = await registra(protocollo, e)
    const [first, second] = [await apri(capo, e, { documentoId: r.documentoId }), await apri(capo, e, { voceId: voce('VI/5') })]
    await fileDocumento(capo, second, { documentoId: r.documentoId })
    const places = await query<{ fascicoloId: string; principale: boolean }>(
      capo,
      'select fascicolo_id as "fascicoloId", principale from fascicolo_documento where ente_id = $1 and documento_id = $2 order by principale desc',
      [e.ente.id, r.documentoId],
    )
    expect(places).toEqual([
      { fascicoloId: first, principale: true },
      { fascicoloId: second, principale: false },
    ])
    const [one, two] = [await presentFascicoloById(capo, first), await presentFascicoloById(capo, second)]
    expect(one.documenti[0]?.principale?.id).toBe(two.documenti[0]?.principale?.id)
    // The link does not touch the classification that the first filing gave.
    const classi = await queryOne<{ codice: string }>(
      capo,
      'select v.codice from documento d join voce_titolario v on v.ente_id = d.ente_id and v.id = d.voce_id where d.ente_id = $1 and d.id = $2',
      [e.ente.id, r.documentoId],
    )
    expect(classi?.codice).toBe('VI/3/4')
  })

  it('REQ-FASC-016 two parallel first filings of the same document leave one primary', async () => {
    const r = await registra(protocollo, e, { voceId: voce('VI/4') })
    const ids = await Promise.all([1, 2, 3, 4].map(async () => await apri(capo, e, { voceId: voce('VI/4') })))
    await Promise.allSettled(ids.map(async (id) => await fileDocumento(capo, id, { documentoId: r.documentoId })))
    const places = await query<{ principale: boolean }>(
      capo,
      'select principale from fascicolo_documento where ente_id = $1 and documento_id = $2',
      [e.ente.id, r.documentoId],
    )
    expect(places.filter((p) => p.principale)).toHaveLength(1)
  })

  it('refuses another voice, the same document twice, a document that cannot be read, a fascicolo that cannot be seen', async () => {
    const id = await apri(capo, e, { voceId: voce('VI/4') })
    const altraVoce = await registra(protocollo, e)
    await expect(fileDocumento(capo, id, { documentoId: altraVoce.documentoId })).rejects.toMatchObject({
      codice: 'classificazione-diversa',
    })
    const r = await registra(protocollo, e, { voceId: voce('VI/4') })
    await fileDocumento(capo, id, { documentoId: r.documentoId })
    await expect(fileDocumento(capo, id, { documentoId: r.documentoId })).rejects.toMatchObject({
      codice: 'gia-nel-fascicolo',
      status: 409,
    })
    const altrui = await registra(protocollo, e, { voceId: voce('VI/4'), assegnazione: { ufficioId: e.uffici.scuola } })
    await expect(fileDocumento(addetto, id, { documentoId: altrui.documentoId })).rejects.toMatchObject({ status: 404 })
    const scuola = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.scuola)).scope
    await expect(fileDocumento(scuola, id, { documentoId: altrui.documentoId })).rejects.toMatchObject({
      status: 404,
      codice: 'fascicolo-assente',
    })
    await expect(fileDocumento(capo, newId(), { documentoId: r.documentoId })).rejects.toMatchObject({ status: 404 })
  })
})

describe('areas and visibility to the citizen', () => {
  it('REQ-FASC-013 the area is decided document by document, with reason and trace', async () => {
    const riservato = await registra(protocollo, e, { voceId: voce('VI/4'), riservatezza: 'RISERVATO' })
    const ordinario = await registra(protocollo, e, { voceId: voce('VI/4') })
    const id = await apri(capo, e, { voceId: voce('VI/4') })
    await expect(fileDocumento(capo, id, { documentoId: riservato.documentoId, area: 'comune' })).rejects.toMatchObject({
      codice: 'motivo-area-mancante',
    })
    await fileDocumento(capo, id, { documentoId: riservato.documentoId })
    await fileDocumento(capo, id, { documentoId: ordinario.documentoId })
    expect((await presentFascicoloById(capo, id)).documenti.map((d) => d.area)).toEqual(['riservata', 'comune'])
    await changeArea(capo, id, ordinario.documentoId, { area: 'riservata', motivo: 'Contiene dati di terzi' })
    const f = await presentFascicoloById(capo, id)
    expect(f.documenti.map((d) => d.area)).toEqual(['riservata', 'riservata'])
    expect(f.storia[0]).toMatchObject({
      azione: 'area-cambiata',
      motivo: 'Contiene dati di terzi',
      attore: capo.attore.nome,
      descrizione: 'Area di un documento cambiata',
    })
    await expect(changeArea(capo, id, ordinario.documentoId, { area: 'riservata', motivo: 'x' })).rejects.toMatchObject({
      codice: 'area-uguale',
    })
  })

  it('only who is responsible decides', async () => {
    const r = await registra(protocollo, e, { voceId: voce('VI/4') })
    const id = await apri(capo, e, { voceId: voce('VI/4'), documentoId: r.documentoId })
    await expect(changeArea(addetto, id, r.documentoId, { area: 'riservata', motivo: 'x' })).rejects.toMatchObject({ status: 403 })
    await expect(changeVisibilita(addetto, id, { visibileCittadino: false, motivo: 'x' })).rejects.toMatchObject({ status: 403 })
    await expect(changeVisibilita(capo, id, { visibileCittadino: true, motivo: 'x' })).rejects.toMatchObject({
      codice: 'visibilita-uguale',
    })
    await changeVisibilita(capo, id, { visibileCittadino: false, motivo: 'Fase istruttoria riservata' })
    const f = await presentFascicoloById(capo, id)
    expect(f.visibileCittadino).toBe(false)
    expect(f.storia[0]).toMatchObject({ azione: 'visibilita-cambiata', motivo: 'Fase istruttoria riservata' })
  })
})

describe('what each profile sees', () => {
  it('never shows the words of a riservato to who may not read it', async () => {
    const r = await registra(protocollo, e, { voceId: voce('VI/4'), riservatezza: 'RISERVATO', oggetto: 'Esposto segretissimo' })
    const id = await apri(capo, e, { voceId: voce('VI/4'), oggetto: 'Vicenda segretissima', documentoId: r.documentoId })
    await expect(readFascicolo(addetto, id)).rejects.toMatchObject({ status: 404 })
    await expect(readFascicolo(protocollo, id)).rejects.toMatchObject({ status: 404 })
    expect((await listFascicoli(protocollo, { q: 'segretissima', pagina: 1, perPagina: 50 })).totale).toBe(0)
    const auditor = (await createOperatore(db.orm, e, 'auditor')).scope
    const masked = await readFascicolo(auditor, id)
    expect(JSON.stringify(masked)).not.toMatch(/segretissim|Ventaglio|VNTRNS/u)
    expect(masked.documenti).toMatchObject([{ oggetto: 'RISERVATO', leggibile: false, principale: null, allegati: [] }])
    expect((await listFascicoli(auditor, { q: 'segretissima', pagina: 1, perPagina: 50 })).totale).toBe(0)
    const row = (await listFascicoli(auditor, { pagina: 1, perPagina: 200 })).elementi.find((f) => f.id === id)
    expect(row?.oggetto).toBe('RISERVATO')
    expect((await readFascicolo(capo, id)).documenti[0]?.oggetto).toBe('Esposto segretissimo')
  })

  it.each(profili)('the list and the single read agree for %s', async (profilo) => {
    const { scope } = await createOperatore(db.orm, e, profilo, e.uffici.edilizia)
    await apri(capo, e, { voceId: voce('VI/4'), responsabileId: scope.attore.id })
    const listed = new Set((await listFascicoli(scope, { pagina: 1, perPagina: 200 })).elementi.map((f) => f.id))
    const all = await query<{ id: string }>(capo, 'select id from fascicolo where ente_id = $1', [e.ente.id])
    const single = new Set<string>()
    for (const { id } of all) {
      const found = await findVisibleFascicolo(scope, id).catch(() => null)
      if (found !== null) single.add(id)
    }
    expect(listed).toEqual(single)
    expect(listed.size).toBeGreaterThan(0)
  })

  it('records who opened a fascicolo', async () => {
    const id = await apri(capo, e)
    await readFascicolo(addetto, id)
    const row = await queryOne<{ attore: string }>(
      capo,
      `select attore_nome as attore from evento_audit where ente_id = $1 and fascicolo_id = $2 and azione = 'fascicolo-letto'`,
      [e.ente.id, id],
    )
    expect(row?.attore).toBe(addetto.attore.nome)
  })
})

describe('proposals', () => {
  it('finds the open fascicolo of the same person first, with its reason', async () => {
    const mine = await apri(capo, e, { voceId: voce('VI/3/1'), oggetto: 'Permesso di costruire in via dei Tigli', interessati: [flavio] })
    await apri(capo, e, { voceId: voce('VI/3/1'), oggetto: 'Permesso di costruire in via dei Tigli', interessati: [ortensia] })
    const r = await registra(protocollo, e, { mittenti: [flavio], oggetto: 'Integrazione del permesso di costruire' })
    const found = await proposeFascicoli(capo, r.documentoId)
    expect(found.length).toBeGreaterThan(1)
    expect(found.length).toBeLessThanOrEqual(3)
    expect(found[0]).toMatchObject({ id: mine })
    expect(found[0]?.motivo).toContain('stesso interessato: Brilletti Flavio')
    await fileDocumento(capo, mine, { documentoId: r.documentoId })
    expect((await proposeFascicoli(capo, r.documentoId)).map((p) => p.id)).not.toContain(mine)
  })
})
