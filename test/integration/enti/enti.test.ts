import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { query } from '../../../server/kernel/scope.ts'
import { jobs } from '../../../server/reactions.ts'
import { createTestApp } from '../../support/app.ts'
import type { Accesso, TestApp } from '../../support/app.ts'
import { createEnte, createIncarico, createOperatore, systemScope } from '../../support/enti.ts'
import type { EnteProva } from '../../support/enti.ts'

const NUOVO = {
  slug: 'roccanuvola',
  denominazione: 'Comune di Roccanuvola',
  codiceIpa: 'c_x903',
  codiceFiscale: '90000000903',
  aoo: { codice: 'AX903A0', denominazione: 'Protocollo generale', domicilioDigitale: 'protocollo@pec.roccanuvola.example' },
}

describe('enti', () => {
  let t: TestApp
  let castelvento: EnteProva
  let ivo: Accesso

  beforeAll(async () => {
    t = await createTestApp()
    castelvento = await createEnte(t.deps, { slug: 'castelvento', denominazione: 'Comune di Castelvento', codiceIpa: 'c_x901' })
    ivo = await t.loginAs('ivo')
  })
  afterAll(async () => await t.close())

  it('lists the offices in force with their head', async () => {
    const capo = await createOperatore(t.deps, { nome: 'Egidio', cognome: 'Prova' })
    await createIncarico(t.deps, castelvento, capo.id, { profilo: 'responsabileUor', ufficioId: castelvento.uffici.sue })
    const accesso = await t.loginAs({ ente: castelvento, profili: ['consultazione'] })
    const { body } = await t.http.get('/api/v1/castelvento/uffici').set(accesso.headers)
    expect(body).toEqual([
      {
        id: castelvento.uffici.protocollo,
        codice: 'PROT',
        denominazione: 'Protocollo di Comune di Castelvento',
        padreId: null,
        responsabile: null,
      },
      {
        id: castelvento.uffici.sue,
        codice: 'SUE',
        denominazione: 'Sportello unico di Comune di Castelvento',
        padreId: null,
        responsabile: { id: capo.id, nome: 'Egidio Prova' },
      },
    ])
  })

  it('lists the people with an appointment in force, never those of another ente or of the past', async () => {
    const altro = await createEnte(t.deps)
    const passato = await createOperatore(t.deps, { cognome: 'Passato' })
    const altrui = await createOperatore(t.deps, { cognome: 'Altrui' })
    const due = await createOperatore(t.deps, { nome: 'Noemi', cognome: 'Doppia' })
    await createIncarico(t.deps, castelvento, passato.id, { profilo: 'addettoUor', al: '2021-01-01' })
    await createIncarico(t.deps, altro, altrui.id, { profilo: 'addettoUor' })
    await createIncarico(t.deps, castelvento, due.id, { profilo: 'addettoUor', ufficioId: castelvento.uffici.sue })
    await createIncarico(t.deps, castelvento, due.id, { profilo: 'consultazione' })
    const accesso = await t.loginAs({ ente: castelvento, profili: ['addettoUor'] })
    const { body } = await t.http.get('/api/v1/castelvento/operatori').set(accesso.headers)
    expect(body).toContainEqual({
      id: due.id,
      nome: 'Noemi Doppia',
      ufficioIds: [castelvento.uffici.sue],
      profili: ['addettoUor', 'consultazione'],
    })
    expect(body.map((o: { id: string }) => o.id)).not.toEqual(expect.arrayContaining([passato.id]))
    expect(body.map((o: { id: string }) => o.id)).not.toEqual(expect.arrayContaining([altrui.id]))
  })

  describe('cabina', () => {
    it('shows counts and dates of every ente, and no content', async () => {
      const { body } = await t.http.get('/api/v1/cabina/enti').set(ivo.headers)
      expect(body.find((e: { slug: string }) => e.slug === 'castelvento')).toEqual({
        slug: 'castelvento',
        denominazione: 'Comune di Castelvento',
        codiceIpa: 'c_x901',
        tavolozza: 'blu-istituzionale',
        inCoda: 0,
        piuVecchio: null,
        caselle: [],
        ultimaRegistrazione: null,
        utentiAttivi: expect.any(Number),
      })
    })

    it('REQ-PROT-001 REQ-PROT-002 creates an ente with its AOO and exactly one general register, in its own trail', async () => {
      const made = await t.http.post('/api/v1/cabina/enti').set(ivo.headers).send(NUOVO)
      expect([made.status, made.body.denominazione, made.body.utentiAttivi]).toEqual([201, 'Comune di Roccanuvola', 0])
      const ente = await idOf('roccanuvola')
      const scope = systemScope(t.deps, ente)
      const registri = await query(
        scope,
        'select r.codice, r.generale, r.attivo, a.codice as aoo, a.domicilio_digitale as pec, c.ultimo from registro r join aoo a on a.ente_id = r.ente_id and a.id = r.aoo_id join contatore_registro c on c.ente_id = r.ente_id and c.registro_id = r.id',
      )
      expect(registri).toEqual([
        { codice: 'PG', generale: true, attivo: true, aoo: 'AX903A0', pec: NUOVO.aoo.domicilioDigitale, ultimo: 0 },
      ])
      const second = query(
        scope,
        "insert into registro (ente_id, id, aoo_id, codice, denominazione, generale, attivo) select ente_id, gen_random_uuid(), id, 'PG2', 'Secondo', true, true from aoo",
      )
      await expect(second).rejects.toMatchObject({ code: '23505' })
      const fatti = await query<{ azione: string; attore_id: string }>(scope, 'select azione, attore_id from evento_audit')
      expect(fatti).toEqual([{ azione: 'ente-creato', attore_id: ivo.operatoreId }])
    })

    it('REQ-TIT-011 the ente that was created gets the model for municipalities as version 1 in BOZZA, once', async () => {
      const ente = await idOf('roccanuvola')
      const scope = systemScope(t.deps, ente)
      const queued = await withClient(
        t.db.ownerUrl,
        async (client) =>
          await client.query(
            `select j.payload ->> 'id' as id, j.payload ->> 'ente' as ente from graphile_worker._private_jobs j
               join graphile_worker._private_tasks k on k.id = j.task_id where k.identifier = 'titolario.preparaModello'`,
          ),
      )
      expect(queued.rows).toEqual([{ id: ente.id, ente: ente.id }])
      const job = jobs.find((one) => one.type === 'titolario.preparaModello')
      for (let times = 0; times < 2; times++) await job?.handler(scope, { id: ente.id }, t.ports)
      const versioni = await query(
        scope,
        `select t.numero, t.stato, t.origine, count(*) filter (where v.livello = 1)::int as titoli, count(*) filter (where v.livello = 2)::int as classi
           from titolario_versione t join voce_titolario v on v.ente_id = t.ente_id and v.versione_id = t.id group by 1, 2, 3`,
      )
      expect(versioni).toEqual([{ numero: 1, stato: 'BOZZA', origine: 'modello', titoli: 14, classi: 125 }])
    })

    it('refuses a slug or an IPA code already there, a reserved slug and a palette that does not exist', async () => {
      const send = async (change: object) =>
        await t.http
          .post('/api/v1/cabina/enti')
          .set(ivo.headers)
          .send({ ...NUOVO, ...change })
      expect((await send({ codiceIpa: 'c_x999' })).body).toMatchObject({ status: 409, codice: 'ente-esistente' })
      expect((await send({ slug: 'altro-ente' })).body).toMatchObject({ status: 409, codice: 'ente-esistente' })
      expect((await send({ slug: 'cabina' })).body.campi).toEqual([{ campo: 'slug', messaggio: expect.stringContaining('riservato') }])
      expect((await send({ slug: 'nuovo', tavolozza: 'fucsia' })).body.campi.map((c: { campo: string }) => c.campo)).toEqual(['tavolozza'])
    })

    it('changes name and palette with the old values in the trail', async () => {
      const reply = await t.http.patch('/api/v1/cabina/enti/castelvento').set(ivo.headers).send({ tavolozza: 'petrolio' })
      expect(reply.body).toMatchObject({ slug: 'castelvento', denominazione: 'Comune di Castelvento', tavolozza: 'petrolio' })
      expect((await t.http.patch('/api/v1/cabina/enti/castelvento').set(ivo.headers).send({})).status).toBe(400)
      const fatti = await query<{ dati: string }>(
        systemScope(t.deps, castelvento),
        "select dati from evento_audit where azione = 'ente-modificato'",
      )
      expect(fatti.map((f) => JSON.parse(f.dati))).toEqual([
        {
          prima: { denominazione: 'Comune di Castelvento', tavolozza: 'blu-istituzionale' },
          dopo: { tavolozza: 'petrolio' },
          motivo: null,
        },
      ])
    })

    it('its administrator, without an appointment, is refused everywhere in the ente he made', async () => {
      for (const path of ['uffici', 'operatori']) {
        expect((await t.http.get(`/api/v1/castelvento/${path}`).set(ivo.headers)).body).toMatchObject({
          status: 403,
          codice: 'senza-incarichi',
        })
      }
      expect((await t.http.get('/api/v1/sessione').set(ivo.headers)).body).toMatchObject({ amministratoreSia: true, enti: [] })
    })
  })

  async function idOf(slug: string): Promise<EnteProva> {
    const [row] = await query<{ id: string }>(systemScope(t.deps), 'select id from ente where slug = $1', [slug])
    return { ...castelvento, id: row?.id ?? '', slug }
  }
})
