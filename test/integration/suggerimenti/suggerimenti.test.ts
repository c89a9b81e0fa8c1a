import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { newId } from '../../../server/kernel/ids.ts'
import { query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { changeRiserva } from '../../../server/protocollo/index.ts'
import { reclassifyRegistrazione } from '../../../server/protocollo/service/classify.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { addRegola, closeRegola, learn, listRegole, readMisura, suggest, tryRegola } from '../../../server/suggerimenti/service.ts'
import { nuovaRegola } from '../../../server/suggerimenti/schema.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, createRegistrazione } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

let db: TestDatabase
let e: EnteDiProva
let lidia: Scope
let egidio: Scope
let marta: Scope

const voce = (codice: string): string => e.voci.get(codice) ?? ''
const ask = (oggetto: string, mittente = '') => ({ oggetto, mittente, tipologia: '' })
/** Registers an invented document and learns it, as the job does. */
async function register(
  oggetto: string,
  codice: string,
  ufficioId: string,
  riservatezza: 'ORDINARIO' | 'RISERVATO' = 'ORDINARIO',
  indirizzoDigitale = 'ortensia@posta.example',
): Promise<string> {
  const mittenti = [{ tipo: 'PF' as const, nome: 'Ortensia', cognome: 'Ventaglio', indirizzoDigitale }]
  const changes = { oggetto, mittenti, voceId: voce(codice), assegnazione: { ufficioId }, riservatezza }
  const id = await createRegistrazione(riservatezza === 'ORDINARIO' ? lidia : marta, e, undefined, changes)
  await learn(marta, id)
  return id
}
const counts = async (): Promise<number> => {
  const [row] = await query<{ n: number }>(
    marta,
    `select coalesce(sum(quante), 0)::int as n from memoria_suggerimento where ente_id = $1 and genere = 'voce' and chiave = '*'`,
    [e.ente.id],
  )
  return row?.n ?? 0
}

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  lidia = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Lidia')).scope
  egidio = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Egidio')).scope
  marta = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', null, 'Marta')).scope
  for (let i = 0; i < 3; i++) await register(`Iscrizione al servizio mensa ${i}`, 'VII/1', e.uffici.scuola)
  for (let i = 0; i < 4; i++) await register(`Permesso di costruire via ${i}`, 'VI/3', e.uffici.edilizia)
})
afterAll(async () => await db.close())

describe('proposals', () => {
  it('REQ-TIT-025 classe and office of documents like it come first, with their reason', async () => {
    const s = await suggest(lidia, ask('Domanda di iscrizione mensa'))
    expect(s.voci[0]).toMatchObject({
      id: voce('VII/1'),
      codice: 'VII/1',
      motivo: expect.stringMatching(/«(iscrizione|mensa)»: 3 volte su 3/u),
    })
    expect(s.uffici[0]).toMatchObject({ id: e.uffici.scuola, motivo: expect.stringContaining('3 volte su 3') })
    expect(s.voci.length).toBeLessThanOrEqual(3)
    await register('Comunicazione', 'VII/1', e.uffici.scuola, 'ORDINARIO', 'scuola@posta.example')
    expect((await suggest(lidia, ask('', 'scuola@posta.example'))).voci[0]).toMatchObject({
      codice: 'VII/1',
      motivo: 'Stesso mittente: 1 volta su 1.',
    })
  })

  it('where the memory is silent the titolario and the default office speak', async () => {
    const s = await suggest(lidia, ask('Edilizia privata'))
    expect(s.voci[0]).toMatchObject({ codice: 'VI/3', motivo: expect.stringContaining('Nel titolario') })
    expect(s.uffici[0]).toMatchObject({ id: e.uffici.edilizia, motivo: 'Ufficio predefinito della classe VI/3.' })
    expect((await suggest(lidia, ask(''))).voci).toEqual([])
  })

  it('A8 a riservato teaches nothing, and what becomes riservato is forgotten', async () => {
    const before = await counts()
    await register('Whistleblowing sulla fornitura zafferano', 'VII/1', e.uffici.scuola, 'RISERVATO')
    expect(await counts()).toBe(before)
    const id = await register('Ricorso zafferano', 'VII/1', e.uffici.scuola)
    expect((await suggest(lidia, ask('zafferano'))).voci[0]?.codice).toBe('VII/1')
    await changeRiserva(marta, id, { livello: 'RISERVATO', motivo: 'Dati di terzi.', lettori: [] })
    await learn(marta, id)
    expect(await counts()).toBe(before)
    expect((await suggest(lidia, ask('zafferano'))).voci).toEqual([])
  })
})

describe('the memory', () => {
  it('REQ-TIT-025 each document counts once, a correction moves it, and the place of the proposal is measured the first time', async () => {
    const before = await counts()
    const measure = await readMisura(marta)
    const id = await register('Iscrizione mensa di un alunno', 'VI/3', e.uffici.edilizia)
    await learn(marta, id)
    expect(await counts()).toBe(before + 1)
    const refused = await readMisura(marta)
    expect(refused.voci.misurate).toBe(measure.voci.misurate + 1)
    // VI/3 was not first among what documents with those words were given.
    expect(refused.voci.prima).toBe(measure.voci.prima)
    await reclassifyRegistrazione(egidio, id, { voceId: voce('VII/1'), motivo: 'Era della scuola.' })
    await learn(marta, id)
    expect(await counts()).toBe(before + 1)
    expect(await readMisura(marta)).toEqual(refused)
    await register('Iscrizione alla mensa di settembre', 'VII/1', e.uffici.scuola)
    const accepted = await readMisura(marta)
    expect([accepted.voci.prima, accepted.uffici.prima]).toEqual([measure.voci.prima + 1, measure.uffici.prima + 1])
  })

  it('many at once neither lose a count nor wait for each other for ever', async () => {
    const before = await counts()
    const ids: string[] = []
    for (let i = 0; i < 8; i++)
      ids.push(
        await createRegistrazione(lidia, e, undefined, {
          oggetto: `Mensa permesso costruire ${i % 2 === 0 ? 'iscrizione' : 'via'}`,
          voceId: voce(i % 2 === 0 ? 'VII/1' : 'VI/3'),
        }),
      )
    await Promise.all([...ids, ...ids].map(async (id) => await learn(marta, id)))
    expect(await counts()).toBe(before + 8)
  })
})

describe('rules of the ente', () => {
  it('are tried on the last documents, then come before the memory; closed, they no longer speak', async () => {
    const rule = nuovaRegola.parse({ parole: 'mensa', voceId: voce('VII/1'), ufficioId: e.uffici.edilizia })
    const tried = await tryRegola(marta, rule)
    expect(tried.valePer).toBeGreaterThan(3)
    expect(tried.concordi).toBeLessThan(tried.valePer)
    expect(tried.esempi[0]).toMatchObject({ etichetta: expect.stringMatching(/^\d{7}\/\d{4}$/u), voce: expect.any(String) })
    const id = await addRegola(marta, rule)
    expect(await listRegole(marta)).toMatchObject([{ id, parole: 'mensa', voce: { codice: 'VII/1' }, ufficio: { id: e.uffici.edilizia } }])
    expect((await suggest(lidia, ask('Iscrizione mensa'))).uffici[0]).toMatchObject({ id: e.uffici.edilizia, motivo: 'Regola dell’ente.' })
    await closeRegola(marta, id)
    expect((await suggest(lidia, ask('Iscrizione mensa'))).uffici[0]?.motivo).not.toBe('Regola dell’ente.')
    await expect(closeRegola(marta, id)).rejects.toMatchObject({ status: 404 })
    await expect(addRegola(marta, { ...rule, voceId: newId() })).rejects.toMatchObject({ status: 404 })
  })
})
