import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createTestApp } from '../../support/app.ts'
import type { TestApp } from '../../support/app.ts'
import { createEnte, createIncarico } from '../../support/enti.ts'
import type { EnteProva } from '../../support/enti.ts'

describe('sessione', () => {
  let t: TestApp
  let castelvento: EnteProva
  let borgofinto: EnteProva

  beforeAll(async () => {
    t = await createTestApp()
    castelvento = await createEnte(t.deps, { slug: 'castelvento', denominazione: 'Comune di Castelvento' })
    borgofinto = await createEnte(t.deps, { slug: 'borgofinto', denominazione: 'Comune di Borgofinto' })
  })
  afterAll(async () => await t.close())

  it('nobody is logged in without a cookie, and a made-up token is nobody', async () => {
    for (const cookie of ['', 'faldone-locale=abc', `faldone-locale=${'a'.repeat(43)}`]) {
      const reply = await t.http.get('/api/v1/sessione').set('Cookie', cookie)
      expect(reply.status).toBe(200)
      expect(reply.body).toEqual({ autenticato: false, csrf: '', dimostrativo: true, enti: [] })
    }
    expect((await t.http.get('/api/v1/castelvento/uffici')).status).toBe(401)
  })

  it('shows the enti, profiles and permissions of the appointments, one ente at a time', async () => {
    const gualtiero = await t.loginAs('gualtiero')
    const reply = await t.http.get('/api/v1/sessione').set(gualtiero.headers)
    expect(reply.body.attore).toMatchObject({ nome: 'Gualtiero Montefiore', tipo: 'operatore' })
    expect(reply.body.csrf).toBe(gualtiero.csrf)
    expect(reply.body.enti.map((e: { slug: string; profili: string[] }) => [e.slug, e.profili])).toEqual([
      ['borgofinto', ['operatoreProtocollo']],
      ['castelvento', ['consultazione']],
    ])
    expect(reply.body.enti[0].uffici).toEqual([{ id: borgofinto.uffici.protocollo, denominazione: 'Protocollo di Comune di Borgofinto' }])
    expect(reply.body.enti[1].permessi).not.toContain('protocollo.registra')
  })

  it('an appointment counts only between its dates', async () => {
    const accesso = await t.loginAs({ profili: [], ente: castelvento })
    await createIncarico(t.deps, castelvento, accesso.operatoreId, { profilo: 'operatoreProtocollo', dal: '2020-01-01', al: '2020-12-31' })
    await createIncarico(t.deps, castelvento, accesso.operatoreId, { profilo: 'operatoreProtocollo', dal: '2999-01-01' })
    const refused = await t.http.get('/api/v1/castelvento/uffici').set(accesso.headers)
    expect([refused.status, refused.body.codice]).toEqual([403, 'senza-incarichi'])
    await createIncarico(t.deps, castelvento, accesso.operatoreId, { profilo: 'consultazione' })
    expect((await t.http.get('/api/v1/castelvento/uffici').set(accesso.headers)).status).toBe(200)
  })

  it('a citizen carries scheme, level and fiscal number, and sees every ente', async () => {
    const reply = await t.http.get('/api/v1/sessione').set((await t.loginAs('ortensia')).headers)
    expect(reply.body).toMatchObject({
      schema: 'sviluppo',
      livello: '2',
      attore: { tipo: 'cittadino', codiceFiscale: expect.stringMatching(/^VNTRNS58D57X901[A-Z]$/u) },
    })
    expect(reply.body.enti.map((e: { permessi: string[] }) => e.permessi)).toEqual([['sportello.leggi'], ['sportello.leggi']])
  })
})
