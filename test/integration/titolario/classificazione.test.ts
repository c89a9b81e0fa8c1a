import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openFascicolo } from '../../../server/fascicoli/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { adoptPredefiniti } from '../../../server/repertori/index.ts'
import { listRepertori } from '../../../server/repertori/service/configure.ts'
import { createTestApp } from '../../support/app.ts'
import type { Accesso, TestApp } from '../../support/app.ts'
import { buildNuova, buildPdf, createEnte, createOperatore, createRegistrazione, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { buildFascicolo } from '../../support/fascicoli.ts'

let t: TestApp
let e: EnteDiProva
let capo: Scope
let lidia: Accesso
let edda: Accesso
let operatore: Scope
let determine: string

beforeAll(async () => {
  t = await createTestApp()
  e = await createEnte(t.db.orm)
  const rgd = (await createOperatore(t.db.orm, e, 'responsabileGestioneDocumentale', null, 'Marta')).scope
  capo = (await createOperatore(t.db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  operatore = (await createOperatore(t.db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope
  await adoptPredefiniti(rgd)
  determine = (await listRepertori(rgd)).find((r) => r.codice === 'DET')?.id ?? ''
  lidia = await t.loginAs({ ente: e.ente, profili: ['operatoreProtocollo'], ufficioId: e.uffici.protocollo })
  edda = await t.loginAs({ ente: e.ente, profili: ['responsabileUor'], ufficioId: e.uffici.edilizia })
})
afterAll(async () => await t.close())

const voce = (codice: string): string => e.voci.get(codice) ?? ''
const url = (path: string): string => `/api/v1/${e.ente.slug}/${path}`
const post = async (chi: Accesso, path: string, body: object) =>
  await t.http.post(url(path)).set(chi.headers).set('Idempotency-Key', newId()).send(body)
const rowOf = async (codice: string) => ({ tipo: 'E', ...buildNuova(e, await file(lidia), { voceId: voce(codice) }) })
const RISERVATA = 'Scegli titolo e classe: la sottoclasse la assegna il responsabile di settore.'

/** A file of the person who sends it. */
async function file(chi: Accesso): Promise<string> {
  const scope = { ...operatore, attore: { ...operatore.attore, id: chi.operatoreId } }
  return await stage(scope, t.ports.store, await buildPdf(`Documento ${newId()}`), 'documento.pdf')
}

describe('what a protocol operator may give', () => {
  it('REQ-TIT-022 the sottoclasse is refused to a protocol operator on registration, and the classe is taken', async () => {
    const refused = await post(lidia, 'registrazioni', await rowOf('VI/3/4'))
    expect([refused.status, refused.body.campi]).toEqual([400, [{ campo: 'voceId', messaggio: RISERVATA }]])
    expect((await post(lidia, 'registrazioni', await rowOf('VI/3'))).status).toBe(201)
  })

  it('REQ-TIT-022 the same on a change of class; the head of the sector may', async () => {
    const id = await createRegistrazione(operatore, e, t.ports.store)
    const change = { voceId: voce('VI/3/4'), motivo: 'È un accesso agli atti' }
    const refused = await post(lidia, `registrazioni/${id}/classificazione`, change)
    expect([refused.status, refused.body.codice]).toEqual([422, 'sottoclasse-riservata'])
    expect((await post(edda, `registrazioni/${id}/classificazione`, change)).status).toBe(204)
  })

  it('REQ-TIT-022 mass registration refuses it row by row, from a table and from requests, and registers nothing', async () => {
    const csv = [
      'chiave;oggetto;classificazione;ufficio;mezzo;data_arrivo;ora_arrivo;cognome;nome;descrizione_cartaceo',
      'a;Domanda a;VI/3/4;SCUOLA;A mano;2026-01-05;09:30;Ventaglio;Ortensia;Modulo di carta',
      'b;Domanda b;VI/3;SCUOLA;A mano;2026-01-05;09:30;Ventaglio;Ortensia;Modulo di carta',
    ].join('\n')
    const righe = [{ chiave: 'c', registrazione: await rowOf('VI/3/4') }]
    const errors = async (body: object) => {
      const reply = await post(lidia, 'serie/verifica', body)
      return [reply.body.errate, reply.body.righe.map((r: { errori: unknown[] }) => r.errori)]
    }
    expect(await errors({ csv })).toEqual([1, [[{ campo: 'voceId', messaggio: RISERVATA }], []]])
    expect(await errors({ righe })).toEqual([1, [[{ campo: 'voceId', messaggio: RISERVATA }]]])
    for (const body of [{ csv }, { righe }]) expect((await post(lidia, 'serie', body)).body).toMatchObject({ codice: 'serie-errata' })
    expect(await query(capo, 'select 1 from serie where ente_id = $1', [e.ente.id])).toEqual([])
  })

  it('REQ-TIT-022 a row of a repertory too takes its sottoclasse from the fascicolo, not from who numbers it', async () => {
    const row = async (chi: Accesso, codice: string) => ({
      oggetto: 'Affidamento dei rilievi',
      formatore: 'Settore edilizia',
      voceId: voce(codice),
      dati: {},
      documento: { contenutoId: await file(chi), nome: 'determina.pdf', descrizione: '', formazione: 'file' },
    })
    const refused = await post(lidia, `repertori/${determine}/righe`, await row(lidia, 'VI/3/4'))
    expect(refused.body.campi).toEqual([{ campo: 'voceId', messaggio: RISERVATA }])
    expect((await post(edda, `repertori/${determine}/righe`, await row(edda, 'VI/3/4'))).status).toBe(201)
  })
})

describe('every document has its class', () => {
  it('REQ-TIT-020 an act of a repertory without a class, or with a titolo alone, takes no number', async () => {
    const body = async (voceId: string | undefined) => ({
      oggetto: 'Affidamento',
      formatore: 'Settore edilizia',
      ...(voceId === undefined ? {} : { voceId }),
      dati: {},
      documento: { contenutoId: await file(edda), nome: 'determina.pdf', descrizione: '', formazione: 'file' },
    })
    const before = await numbers()
    for (const voceId of [undefined, voce('VI')]) {
      const refused = await post(edda, `repertori/${determine}/righe`, await body(voceId))
      expect([refused.status, refused.body.campi.map((c: { campo: string }) => c.campo)]).toEqual([400, ['voceId']])
    }
    expect(await numbers()).toBe(before)
  })

  it('REQ-TIT-020 a document put in a fascicolo without a number is classified as the fascicolo, and its history says so', async () => {
    const { id } = await openFascicolo(capo, buildFascicolo(e, capo.attore, { voceId: voce('VI/4') }), newId())
    const egidio = await t.loginAs({ ente: e.ente, profili: ['responsabileUor'], ufficioId: e.uffici.edilizia })
    const added = await post(egidio, `fascicoli/${id}/non-protocollati`, {
      oggetto: 'Nota istruttoria',
      tipologia: 'Nota',
      file: [{ contenutoId: await file(egidio), nome: 'nota.pdf', descrizione: '' }],
    })
    expect(added.status).toBeLessThan(300)
    const rows = await query<{ codice: string; storia: string | null }>(
      capo,
      `select v.codice, c.voce_id as storia from documento d join voce_titolario v on v.ente_id = d.ente_id and v.id = d.voce_id
         left join classificazione c on c.ente_id = d.ente_id and c.documento_id = d.id and c.al is null where d.ente_id = $1 and d.oggetto = 'Nota istruttoria'`,
      [e.ente.id],
    )
    expect(rows).toEqual([{ codice: 'VI/4', storia: voce('VI/4') }])
  })

  it('REQ-TIT-020 the database itself keeps no document without a class', async () => {
    const columns = await query<{ nullable: string }>(
      capo,
      `select is_nullable as nullable from information_schema.columns where table_name = 'documento' and column_name = 'voce_id'`,
    )
    expect(columns).toEqual([{ nullable: 'NO' }])
    await expect(query(capo, 'update documento set voce_id = null where ente_id = $1', [e.ente.id])).rejects.toThrow()
  })
})

async function numbers(): Promise<number> {
  const rows = await query<{ n: number }>(capo, 'select count(*)::int as n from registrazione_repertorio where ente_id = $1', [e.ente.id])
  return rows[0]?.n ?? 0
}
