import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { COOKIE_PER_CONTO } from '../../../server/identita/index.ts'
import { datiOf } from '../../../server/kernel/audit.ts'
import { inTransaction, query } from '../../../server/kernel/scope.ts'
import { addDays, romeDay } from '../../../server/kernel/time.ts'
import { readTitolarioComuni } from '../../../titolario/index.ts'
import { adoptTitolarioWithin } from '../../../server/titolario/index.ts'
import { createTestApp } from '../../support/app.ts'
import type { Accesso, TestApp } from '../../support/app.ts'
import { createEnte, createIncarico, createOperatore, operatorScope, systemScope } from '../../support/enti.ts'
import type { EnteProva, OperatoreProva } from '../../support/enti.ts'
import { createRegistrazione } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

const OGGI = romeDay(new Date())
const IERI = addDays(OGGI, -1)
const DOMANI = addDays(OGGI, 1)

let t: TestApp
let a: EnteProva
let e: EnteDiProva
let protocollo: OperatoreProva
let egidio: OperatoreProva
let noemi: Accesso
let marta: Accesso

beforeAll(async () => {
  t = await createTestApp()
  a = await createEnte(t.deps)
  const voci = await inTransaction(
    systemScope(t.deps, a),
    async (tx) =>
      await adoptTitolarioWithin(tx, {
        aooId: a.aooId,
        denominazione: 'Titolario',
        atto: 'Delibera 1',
        dal: '2020-01-01',
        uri: null,
        piano: readTitolarioComuni().titolario,
        uffici: new Map(),
      }),
  )
  e = {
    ente: a,
    aooId: a.aooId,
    registroId: a.registroId,
    uffici: { protocollo: a.uffici.protocollo, edilizia: a.uffici.sue, scuola: a.uffici.sue },
    voci,
  }
  protocollo = await createOperatore(t.deps, { nome: 'Lidia', cognome: 'Torre' })
  egidio = await createOperatore(t.deps, { nome: 'Egidio', cognome: 'Capo' })
  await createIncarico(t.deps, a, egidio.id, { profilo: 'responsabileUor', ufficioId: a.uffici.sue })
  marta = await t.loginAs({ ente: a, profili: ['responsabileGestioneDocumentale'] })
  noemi = await t.loginAs({ ente: a, profili: ['consultazione'] })
})
afterAll(async () => await t.close())

const url = (path: string): string => `/api/v1/${a.slug}/${path}`
/** The same session, having chosen to work under a substitution. */
const under = (chi: Accesso, id: string) => ({ ...chi.headers, Cookie: `${chi.headers.Cookie}; ${COOKIE_PER_CONTO}=${id}` })
const register = async (): Promise<string> =>
  await createRegistrazione(operatorScope(t.deps, a, protocollo, ['operatoreProtocollo'], [a.uffici.protocollo]), e, t.ports.store)

async function substitute(more: object = {}): Promise<string> {
  const answer = await t.http
    .post(url('sostituzioni'))
    .set(marta.headers)
    .send({ titolareId: egidio.id, sostitutoId: noemi.operatoreId, tipo: 'assenza', motivo: 'Ferie', dal: OGGI, al: DOMANI, ...more })
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`)
  const rows = await query<{ id: string }>(
    systemScope(t.deps, a),
    'select id from sostituzione where ente_id = $1 order by creata_il desc, id desc limit 1',
    [a.id],
  )
  return rows[0]?.id ?? ''
}

async function assignmentOf(registrazioneId: string): Promise<string> {
  const rows = await query<{ id: string }>(
    systemScope(t.deps, a),
    `select id from assegnazione where ente_id = $1 and registrazione_id = $2 and al is null and tipo = 'competenza'`,
    [a.id, registrazioneId],
  )
  return rows[0]?.id ?? ''
}

describe('working in somebody else’s name', () => {
  it('REQ-PROT-055 the act is signed by both: in the trail and its chain, on the assignment and on the page', async () => {
    const registrazioneId = await register()
    const id = await assignmentOf(registrazioneId)
    const take = `assegnazioni/${id}/presa-in-carico`
    expect((await t.http.post(url(take)).set(noemi.headers)).status).toBe(403)
    const sostituzione = await substitute()
    expect((await t.http.post(url(take)).set(under(noemi, sostituzione))).status).toBe(204)
    const firma = 'Pina Provetta per conto di Egidio Capo'
    const [fact] = await query<{ id: string; nome: string; dati: string; registro: string | null }>(
      systemScope(t.deps, a),
      `select attore_id as id, attore_nome as nome, dati, registro_id as registro from evento_audit where ente_id = $1 and oggetto_id = $2 and azione = 'presa-in-carico'`,
      [a.id, registrazioneId],
    )
    expect(fact).toMatchObject({ id: noemi.operatoreId, nome: firma, registro: a.registroId })
    expect(JSON.parse(fact?.dati ?? '{}')).toMatchObject({ perContoDi: { id: egidio.id, nome: 'Egidio Capo' } })
    const page = await t.http.get(url(`registrazioni/${registrazioneId}`)).set(under(noemi, sostituzione))
    expect(page.body.assegnazioni[0]).toMatchObject({ presaDa: firma, stato: 'in_carico' })
  })

  it('REQ-PROT-055 what one does for himself says nobody else', () => {
    const fact = { prima: null, dopo: { x: 1 } }
    const attore = { tipo: 'operatore', id: '1', nome: 'A', profili: [], uffici: [], permessi: new Set<string>() } as const
    expect(datiOf(attore, fact)).not.toContain('perContoDi')
    expect(datiOf({ ...attore, perContoDi: { id: '2', nome: 'B' } }, fact)).toContain('"perContoDi":{"id":"2","nome":"B"}')
  })

  it('only within the dates: before, after and once revoked the substitute is himself', async () => {
    await register()
    const view = async (id: string) =>
      (await t.http.get(url('assegnazioni')).query({ vista: 'da-prendere-in-carico' }).set(under(noemi, id))).status
    expect(await view(await substitute({ dal: DOMANI, al: DOMANI }))).toBe(403)
    const current = await substitute()
    expect(await view(current)).toBe(200)
    expect((await t.http.post(url(`sostituzioni/${current}/revoca`)).set(marta.headers)).status).toBe(204)
    expect(await view(current)).toBe(403)
    const past = await t.http
      .post(url('sostituzioni'))
      .set(marta.headers)
      .send({ titolareId: egidio.id, sostitutoId: noemi.operatoreId, tipo: 'assenza', motivo: 'Ferie', dal: IERI, al: IERI })
    expect(past.status).toBe(400)
  })

  it('only the substitute, only in that ente, and only while the substituted person holds the appointment', async () => {
    const id = await substitute()
    const estraneo = await t.loginAs({ ente: a, profili: ['consultazione'] })
    const read = async (chi: Accesso) => (await t.http.get(url('assegnazioni')).set(under(chi, id))).status
    expect([await read(estraneo), await read(noemi)]).toEqual([403, 200])
    const b = await createEnte(t.deps)
    await createIncarico(t.deps, b, noemi.operatoreId, { profilo: 'consultazione' })
    expect((await t.http.get(`/api/v1/${b.slug}/assegnazioni`).set(under(noemi, id))).status).toBe(403)
    const temporaneo = await createOperatore(t.deps, { nome: 'Ugo', cognome: 'Temporaneo' })
    await createIncarico(t.deps, a, temporaneo.id, { profilo: 'responsabileUor', ufficioId: a.uffici.sue })
    const altra = await substitute({ titolareId: temporaneo.id })
    expect((await t.http.get(url('assegnazioni')).set(under(noemi, altra))).status).toBe(200)
    await query(systemScope(t.deps, a), 'update incarico set al = $3 where ente_id = $1 and operatore_id = $2', [a.id, temporaneo.id, IERI])
    expect((await t.http.get(url('assegnazioni')).set(under(noemi, altra))).status).toBe(403)
  })

  it('a delegation of one appointment lends that one only', async () => {
    const due = await createOperatore(t.deps, { nome: 'Dora', cognome: 'Doppia' })
    await createIncarico(t.deps, a, due.id, { profilo: 'addettoUor', ufficioId: a.uffici.sue })
    await createIncarico(t.deps, a, due.id, { profilo: 'operatoreProtocollo', ufficioId: a.uffici.protocollo })
    const incarichi = await query<{ id: string; profilo: string }>(
      systemScope(t.deps, a),
      'select id, profilo from incarico where ente_id = $1 and operatore_id = $2',
      [a.id, due.id],
    )
    const incaricoId = incarichi.find((i) => i.profilo === 'addettoUor')?.id
    const id = await substitute({ titolareId: due.id, tipo: 'delega', atto: 'Delega 3/2026', incaricoId })
    const call = async (path: string) => (await t.http.get(url(path)).set(under(noemi, id))).status
    expect([await call('assegnazioni'), await call('messaggi')]).toEqual([200, 403])
    const tutto = await substitute({ titolareId: due.id })
    expect((await t.http.get(url('messaggi')).set(under(noemi, tutto))).status).toBe(200)
  })

  it('REQ-PROT-004 the head of records management is replaced by the vicario, never by a delegation', async () => {
    const answer = await t.http.post(url('sostituzioni')).set(marta.headers).send({
      titolareId: marta.operatoreId,
      sostitutoId: noemi.operatoreId,
      tipo: 'delega',
      motivo: 'Assenza',
      atto: 'Delega 1',
      dal: OGGI,
      al: DOMANI,
    })
    expect([answer.status, answer.body.codice]).toEqual([422, 'niente-da-delegare'])
  })

  it('everybody decides who substitutes himself, not others; nobody lends what was lent to him', async () => {
    const addetto = await t.loginAs({ ente: a, profili: ['addettoUor'], ufficioId: a.uffici.sue })
    const ask = async (headers: Record<string, string>, titolareId: string) =>
      await t.http
        .post(url('sostituzioni'))
        .set(headers)
        .send({ titolareId, sostitutoId: noemi.operatoreId, tipo: 'assenza', motivo: 'Ferie', dal: OGGI, al: DOMANI })
    expect((await ask(addetto.headers, addetto.operatoreId)).status).toBe(201)
    expect((await ask(addetto.headers, egidio.id)).status).toBe(403)
    const id = await substitute()
    const lent = await ask(under(noemi, id), egidio.id)
    expect([lent.status, lent.body.codice]).toEqual([422, 'delega-di-delega'])
  })

  it('the session says whose work one may do, and under whom one is working', async () => {
    const id = await substitute()
    const ente = async (headers: Record<string, string>) =>
      ((await t.http.get('/api/v1/sessione').set(headers)).body.enti as { slug: string }[]).find((x) => x.slug === a.slug)
    expect(await ente(noemi.headers)).toMatchObject({
      profili: ['consultazione'],
      perContoDi: null,
      sostituzioni: expect.arrayContaining([{ id, titolare: 'Egidio Capo', al: DOMANI }]),
    })
    expect(await ente(under(noemi, id))).toMatchObject({
      profili: ['responsabileUor'],
      perContoDi: { id, titolare: 'Egidio Capo' },
      uffici: [{ id: a.uffici.sue }],
    })
  })
})
