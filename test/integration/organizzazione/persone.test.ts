import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { codiceFiscaleInventato } from '../../../server/demo/codice-fiscale.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { sqlState } from '../../../server/kernel/problem.ts'
import { query } from '../../../server/kernel/scope.ts'
import { addDays, romeDay } from '../../../server/kernel/time.ts'
import { createTestApp } from '../../support/app.ts'
import type { Accesso, TestApp } from '../../support/app.ts'
import { createEnte, createIncarico, createOperatore, systemScope } from '../../support/enti.ts'
import type { EnteProva } from '../../support/enti.ts'

const OGGI = romeDay(new Date())
const IERI = addDays(OGGI, -1)
const DOMANI = addDays(OGGI, 1)

let t: TestApp
let a: EnteProva
let rgd: Accesso
let serial = 0

beforeAll(async () => {
  t = await createTestApp()
  a = await createEnte(t.deps)
  rgd = await t.loginAs({ ente: a, profili: ['vicario'] })
})
afterAll(async () => await t.close())

const api = (ente: EnteProva, path: string): string => `/api/v1/${ente.slug}/${path}`
const post = async (path: string, body: object, chi = rgd, ente = a) => await t.http.post(api(ente, path)).set(chi.headers).send(body)
const get = async (path: string, chi = rgd, ente = a) => await t.http.get(api(ente, path)).set(chi.headers)

function persona(more: object = {}) {
  const nome = ['Ada', 'Bea', 'Cora', 'Dina', 'Elsa', 'Fina'][serial % 6] ?? ''
  const cognome = 'Provetta'
  const nascita = `19${String(60 + serial++)}-05-10`
  const codiceFiscale = codiceFiscaleInventato({ nome, cognome, nascita, sesso: 'F' })
  return { nome, cognome, codiceFiscale, email: `${nome}@prova.example`, soggetto: newId(), ...more }
}

describe('people and appointments', () => {
  it('REQ-PROT-140 a person is one account for ever, known by his codice fiscale, also from another ente', async () => {
    const ada = persona()
    const first = await post('organizzazione/incarichi', { persona: ada, profilo: 'consultazione', atto: 'Decreto 1', dal: OGGI })
    expect(first.status).toBe(201)
    const altrove = await createEnte(t.deps)
    const vicario = await t.loginAs({ ente: altrove, profili: ['vicario'] })
    const again = await post(
      'organizzazione/incarichi',
      { persona: { ...ada, soggetto: newId() }, profilo: 'operatoreProtocollo', atto: 'Decreto 9', dal: OGGI },
      vicario,
      altrove,
    )
    expect(again.status).toBe(201)
    const rows = await query<{ id: string }>(systemScope(t.deps, a), 'select id from operatore where codice_fiscale = $1', [
      ada.codiceFiscale,
    ])
    expect(rows).toHaveLength(1)
    const [here, there] = [(await get('organizzazione/persone')).body, (await get('organizzazione/persone', vicario, altrove)).body]
    const found = (list: { id: string; incarichi: object[] }[]) => list.find((p) => p.id === rows[0]?.id)
    expect(found(here)?.incarichi).toHaveLength(1)
    expect(found(there)?.incarichi).toHaveLength(1)
    // A second account for the same person is refused by the database itself.
    const second: unknown = await createOperatore(t.deps, { codiceFiscale: ada.codiceFiscale }).catch((reason: unknown) => reason)
    expect(sqlState(second)).toBe('23505')
  })

  it('REQ-PROT-140 a shared account, which no codice fiscale identifies, is never given a role that writes', async () => {
    const condiviso = await createOperatore(t.deps, { nome: 'Ufficio', cognome: 'Tecnico' })
    await createIncarico(t.deps, a, condiviso.id, { profilo: 'consultazione' })
    for (const profilo of ['operatoreProtocollo', 'addettoUor', 'responsabileUor', 'vicario'] as const) {
      const answer = await post('organizzazione/incarichi', {
        operatoreId: condiviso.id,
        profilo,
        ufficioId: a.uffici.sue,
        atto: 'Decreto 2',
        dal: OGGI,
      })
      expect([profilo, answer.status, answer.body.codice]).toEqual([profilo, 422, 'account-non-personale'])
    }
    const readOnly = await post('organizzazione/incarichi', { operatoreId: condiviso.id, profilo: 'auditor', atto: 'Decreto 3', dal: OGGI })
    expect(readOnly.status).toBe(201)
  })

  it('an office role wants its office, a closed end comes after its start, a wrong codice fiscale is told', async () => {
    const without = await post('organizzazione/incarichi', { persona: persona(), profilo: 'addettoUor', atto: 'Decreto 4', dal: OGGI })
    expect(without.body.campi).toEqual([{ campo: 'ufficioId', messaggio: expect.any(String) }])
    const backwards = await post('organizzazione/incarichi', {
      persona: persona(),
      profilo: 'auditor',
      atto: 'Decreto 4',
      dal: OGGI,
      al: IERI,
    })
    expect(backwards.body.campi).toEqual([{ campo: 'al', messaggio: expect.any(String) }])
    const wrong = await post('organizzazione/incarichi', {
      persona: persona({ codiceFiscale: 'AAAAAA00A00A000A' }),
      profilo: 'auditor',
      atto: 'Decreto 4',
      dal: OGGI,
    })
    expect(wrong.body.campi).toEqual([{ campo: 'persona.codiceFiscale', messaggio: expect.any(String) }])
  })

  it('REQ-PROT-004 head and vicario have their dates: acts reserved to them fail when nobody is in charge that day', async () => {
    const ente = await createEnte(t.deps)
    const capo = await t.loginAs({ ente, profili: ['consultazione'] })
    await createIncarico(t.deps, ente, capo.operatoreId, { profilo: 'responsabileGestioneDocumentale', dal: '2020-01-01', al: IERI })
    const reserved = async () => (await t.http.get(api(ente, 'organizzazione/persone')).set(capo.headers)).status
    const scoperta = async (giorno: string) =>
      (await t.http.get(api(ente, `organizzazione/responsabili?giorno=${giorno}`)).set(capo.headers)).body.aoo[0].scoperta as boolean
    expect(await reserved()).toBe(403)
    expect([await scoperta(IERI), await scoperta(OGGI)]).toEqual([false, true])
    await createIncarico(t.deps, ente, capo.operatoreId, { profilo: 'vicario', dal: OGGI, al: OGGI })
    expect(await reserved()).toBe(200)
    expect([await scoperta(OGGI), await scoperta(DOMANI)]).toEqual([false, true])
  })

  it('REQ-PROT-004 one head at a time for each AOO; a coordinator only where there are several AOO', async () => {
    const ente = await createEnte(t.deps)
    const capo = await t.loginAs({ ente, profili: ['responsabileGestioneDocumentale'] })
    const appoint = async (more: object) =>
      await post('organizzazione/incarichi', { persona: persona(), atto: 'Decreto 5', dal: DOMANI, ...more }, capo, ente)
    const second = await appoint({ profilo: 'responsabileGestioneDocumentale' })
    expect([second.status, second.body.codice]).toEqual([409, 'responsabile-gia-in-carica'])
    const alone = await appoint({ profilo: 'coordinatore' })
    expect([alone.status, alone.body.codice]).toEqual([422, 'coordinatore-non-previsto'])
    const aoo = await post(
      'organizzazione/aoo',
      { codice: 'AOOBIS', denominazione: 'Seconda area', domicilioDigitale: 'seconda@pec.prova.example' },
      capo,
      ente,
    )
    const bis = (aoo.body as { id: string; codice: string }[]).find((x) => x.codice === 'AOOBIS')?.id
    expect((await appoint({ profilo: 'coordinatore' })).status).toBe(201)
    expect((await appoint({ profilo: 'responsabileGestioneDocumentale', aooId: bis })).status).toBe(201)
    const { body } = await get(`organizzazione/responsabili?giorno=${DOMANI}`, capo, ente)
    expect(body.coordinatore.nome).toContain('Provetta')
    expect(body.aoo.map((x: { scoperta: boolean }) => x.scoperta)).toEqual([false, false])
  })

  it('the end of an appointment takes its rights away from the day after, and is in the trail with its act', async () => {
    const { body } = await post('organizzazione/incarichi', { persona: persona(), profilo: 'auditor', atto: 'Decreto 6', dal: IERI })
    const ended = await post(`organizzazione/incarichi/${body.id}/fine`, { al: OGGI, atto: 'Decreto 7' })
    expect(ended.status).toBe(204)
    const facts = await query<{ dati: string }>(
      systemScope(t.deps, a),
      `select dati from evento_audit where ente_id = $1 and azione = 'incarico-terminato'`,
      [a.id],
    )
    expect(facts.map((f) => f.dati).join()).toContain('Decreto 7')
  })

  it('the association’s administrator names the first head of a new ente, who can then appoint', async () => {
    const ente = await createEnte(t.deps)
    const ivo = await t.loginAs({ amministratoreSia: true })
    const ada = persona()
    const answer = await t.http
      .post(`/api/v1/cabina/enti/${ente.slug}/responsabile`)
      .set(ivo.headers)
      .send({ persona: ada, atto: 'Decreto sindacale 1', dal: OGGI })
    expect(answer.status).toBe(201)
    const rows = await query<{ profilo: string }>(systemScope(t.deps, ente), 'select profilo from incarico where ente_id = $1', [ente.id])
    expect(rows).toEqual([{ profilo: 'responsabileGestioneDocumentale' }])
  })
})

describe('AOO and registers', () => {
  it('REQ-PROT-001 an AOO carries its IPA codes, name, PEC, dates and service; what changes is in the trail with what it was', async () => {
    const [aoo] = (await get('organizzazione/aoo')).body as Record<string, unknown>[]
    expect(aoo).toMatchObject({
      codiceIpaAmministrazione: a.codiceIpa,
      codice: expect.stringMatching(/^AX/u),
      domicilioDigitale: expect.stringContaining('@'),
      dal: '2020-01-01',
      al: null,
    })
    const changed = await t.http
      .patch(api(a, `organizzazione/aoo/${String(aoo?.['id'])}`))
      .set(rgd.headers)
      .send({ domicilioDigitale: 'nuovo@pec.prova.example', puntoServizio: 'https://servizi.prova.example/aoo' })
    expect(changed.body[0]).toMatchObject({
      domicilioDigitale: 'nuovo@pec.prova.example',
      puntoServizio: 'https://servizi.prova.example/aoo',
      denominazione: aoo?.['denominazione'],
    })
    const [fact] = await query<{ dati: string }>(
      systemScope(t.deps, a),
      `select dati from evento_audit where ente_id = $1 and azione = 'aoo-modificata'`,
      [a.id],
    )
    expect(fact?.dati).toContain(String(aoo?.['domicilioDigitale']))
    const bad = await t.http
      .patch(api(a, `organizzazione/aoo/${String(aoo?.['id'])}`))
      .set(rgd.headers)
      .send({ codice: 'ALTRO' })
    expect(bad.status).toBe(400)
  })

  it('REQ-PROT-002 a second general register, a sector register and one of internal protocol are refused, by the page and by the database', async () => {
    const before = (await get('organizzazione/aoo')).body
    const open = async (tipo: string) =>
      await post('organizzazione/registri', { aooId: a.aooId, codice: `R${tipo}`, denominazione: 'Altro registro', tipo })
    expect([(await open('generale')).status, (await open('generale')).body.codice]).toEqual([409, 'registro-generale-unico'])
    for (const tipo of ['settore', 'interno']) {
      const answer = await open(tipo)
      expect([answer.status, answer.body.codice]).toEqual([422, 'registro-di-settore-vietato'])
    }
    const direct: unknown = await query(
      systemScope(t.deps, a),
      `insert into registro (ente_id, id, aoo_id, codice, denominazione, generale, attivo) values ($1, $2, $3, 'PG2', 'Secondo', true, true)`,
      [a.id, newId(), a.aooId],
    ).catch((reason: unknown) => reason)
    expect(sqlState(direct)).toBe('23505')
    expect((await get('organizzazione/aoo')).body).toEqual(before)
  })

  it('REQ-PROT-141 who keeps the machines appoints nobody: he could give himself what he must not read', async () => {
    const tecnico = await t.loginAs({ ente: a, profili: ['amministratoreSistema'] })
    expect((await get('organizzazione/persone', tecnico)).status).toBe(403)
    const body = { persona: persona(), profilo: 'responsabileGestioneDocumentale', atto: 'x', dal: OGGI }
    expect((await post('organizzazione/incarichi', body, tecnico)).status).toBe(403)
  })
})
