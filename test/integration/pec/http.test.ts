import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { buildBusta, buildOrdinaria, spedisci } from '../../../server/demo/posta/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, insertRows } from '../../../server/kernel/scope.ts'
import { pecEndpoints, pecJobs } from '../../../server/pec/index.ts'
import { createTestApp } from '../../support/app.ts'
import type { Accesso, TestApp } from '../../support/app.ts'
import { createEnte, systemScope } from '../../support/enti.ts'
import type { EnteProva } from '../../support/enti.ts'
import { buildPorts, gestoreDiProva, messaggio } from './posta.ts'
import type { PosteDiProva } from './posta.ts'

let t: TestApp
let ente: EnteProva
let ports: PosteDiProva
let operatore: Accesso
const base = () => `/api/v1/${ente.slug}`

beforeAll(async () => {
  ports = buildPorts(await gestoreDiProva())
  t = await createTestApp({ endpoints: pecEndpoints, ports })
  ente = await createEnte(t.deps)
  await inTransaction(
    systemScope(t.deps, ente),
    async (tx) =>
      await insertRows(tx, 'casella', [
        {
          id: newId(),
          aoo_id: ente.aooId,
          indirizzo: `protocollo@pec.${ente.slug}.example`,
          tipo: 'pec',
          attiva: true,
          ultimo_controllo: null,
          errore: null,
        },
      ]),
  )
  operatore = await t.loginAs({ profili: ['operatoreProtocollo'], ente, ufficioId: ente.uffici.protocollo })
})
afterAll(async () => await t.close())

describe('the message queue over HTTP', () => {
  it('a reading asked now fills the queue; list, detail and parts answer', async () => {
    const gestore = await gestoreDiProva()
    const m = await messaggio()
    ports.box.deliver(await buildBusta(gestore, spedisci(gestore, m)))
    const done = await t.http.post(`${base()}/caselle/controllo`).set(operatore.headers).send({})
    expect([done.status, done.body]).toEqual([200, { nuovi: 1, doppi: 0, quarantena: 0, errori: 0 }])
    const caselle = await t.http.get(`${base()}/caselle`).set(operatore.headers)
    expect(caselle.body).toEqual([expect.objectContaining({ stato: 'attiva', ultimoControllo: expect.any(String), errore: null })])
    const coda = await t.http.get(`${base()}/messaggi?vista=pec`).set(operatore.headers)
    expect(coda.body).toMatchObject({ totale: 1, elementi: [{ oggetto: m.oggetto, firma: 'valida' }] })
    const id = (coda.body as { elementi: { id: string }[] }).elementi[0]?.id ?? ''
    const dettaglio = await t.http.get(`${base()}/messaggi/${id}`).set(operatore.headers)
    expect(dettaglio.body).toMatchObject({
      verifica: { esito: 'verificato' },
      daticert: { mittente: m.mittente.indirizzo },
      proposta: { mezzo: 'PEC' },
    })
    const pdf = (dettaglio.body as { parti: { id: string; principaleProposto: boolean }[] }).parti.find((part) => part.principaleProposto)
    const file = await t.http
      .get(`${base()}/messaggi/${id}/parti/${pdf?.id ?? ''}/file?inline=1`)
      .set(operatore.headers)
      .buffer(true)
    expect(file.status).toBe(200)
    expect(file.headers['content-type']).toContain('application/pdf')
    expect((file.body as Buffer).equals(m.allegati?.[0]?.contenuto ?? Buffer.alloc(0))).toBe(true)
    const scarto = await t.http.post(`${base()}/messaggi/${id}/scarto`).set(operatore.headers).send({ voce: 'giornali' })
    expect([scarto.status, (scarto.body as { codice: string }).codice]).toEqual([422, 'ART_40BIS'])
  })

  it('lock, exclusion under a listed head, restoration', async () => {
    ports.box.deliver(buildOrdinaria('x', await messaggio({ oggetto: 'Listino' })))
    await t.http.post(`${base()}/caselle/controllo`).set(operatore.headers).send({})
    const coda = await t.http.get(`${base()}/messaggi?vista=email`).set(operatore.headers)
    const path = `${base()}/messaggi/${(coda.body as { elementi: { id: string }[] }).elementi[0]?.id ?? ''}`
    expect((await t.http.post(`${path}/blocco`).set(operatore.headers).send({})).status).toBe(204)
    expect((await t.http.delete(`${path}/blocco`).set(operatore.headers)).status).toBe(204)
    expect((await t.http.post(`${path}/scarto`).set(operatore.headers).send({ voce: 'inventata' })).status).toBe(400)
    expect((await t.http.post(`${path}/scarto`).set(operatore.headers).send({ voce: 'materiali pubblicitari' })).status).toBe(204)
    expect((await t.http.get(`${base()}/messaggi?vista=scartati`).set(operatore.headers)).body).toMatchObject({ totale: 1 })
    expect((await t.http.post(`${path}/ripristino`).set(operatore.headers).send({})).status).toBe(204)
  })

  it('a registration needs the idempotency key, and who may only read may not work the queue', async () => {
    const coda = await t.http.get(`${base()}/messaggi?vista=pec`).set(operatore.headers)
    const path = `${base()}/messaggi/${(coda.body as { elementi: { id: string }[] }).elementi[0]?.id ?? ''}`
    expect((await t.http.post(`${path}/registrazione`).set(operatore.headers).send({})).status).toBe(400)
    const lettore = await t.loginAs({ profili: ['consultazione'], ente, ufficioId: ente.uffici.sue })
    for (const [method, url] of [
      ['get', `${base()}/messaggi`],
      ['get', path],
      ['post', `${path}/blocco`],
      ['post', `${base()}/caselle/controllo`],
    ] as const) {
      expect((await t.http[method](url).set(lettore.headers)).status).toBe(403)
    }
  })

  it('the periodic job reads the mailboxes of its ente', async () => {
    const [job] = pecJobs
    const gestore = await gestoreDiProva()
    ports.box.deliver(await buildBusta(gestore, spedisci(gestore, await messaggio())))
    await job?.handler(systemScope(t.deps, ente), job.parse({}), t.ports)
    expect(ports.box.messaggi.size).toBe(0)
    expect((await t.http.get(`${base()}/messaggi?vista=pec`).set(operatore.headers)).body).toMatchObject({ totale: 2 })
  })
})
