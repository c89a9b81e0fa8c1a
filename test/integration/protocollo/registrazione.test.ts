import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createMemoryStore } from '../../../storage/memory.ts'
import { checkSegnatura, readSegnatura } from '../../../metadata-schemas/segnatura/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { sqlState } from '../../../server/kernel/problem.ts'
import { inTransaction, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { presentById, registerInArrivo } from '../../../server/protocollo/index.ts'
import { readRegistrazione } from '../../../server/protocollo/service/read.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase, openScope } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildNuova, buildPdf, createEnte, createOperatore, createRegistrazione, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

let db: TestDatabase
let clerk: Scope
let e: EnteDiProva
const store = createMemoryStore()

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  clerk = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope
})
afterAll(async () => await db.close())

async function state(error: Promise<unknown>): Promise<string | null> {
  return await error.then(
    () => null,
    (reason: unknown) => sqlState(reason),
  )
}

const counter = async (): Promise<number> =>
  (
    await queryOne<{ ultimo: number }>(clerk, 'select ultimo from contatore_registro where ente_id = $1 and registro_id = $2', [
      e.ente.id,
      e.registroId,
    ])
  )?.ultimo ?? -1

describe('one act', () => {
  it('REQ-PROT-035 number, facts, digest, segnatura, assignment, event and later effects commit together', async () => {
    const pdf = await buildPdf('Istanza')
    const contenutoId = await stage(clerk, store, pdf, 'istanza.pdf')
    const { id } = await registerInArrivo(clerk, buildNuova(e, contenutoId), newId())
    const r = await presentById(clerk, id)
    expect(r.impronta).toBe((await import('node:crypto')).createHash('sha256').update(pdf).digest('hex'))
    expect(r.segnatura.testo).toBe(
      `${e.ente.codiceIpa}#${(await queryOne<{ codice: string }>(clerk, 'select codice from aoo where ente_id = $1', [e.ente.id]))?.codice}#PG#${r.giorno}#${r.numeroFormattato}#E`,
    )
    expect(r.assegnazioni).toMatchObject([{ tipo: 'competenza', stato: 'da_prendere_in_carico', ufficio: { id: e.uffici.edilizia } }])
    expect(r.storiaClassificazione).toMatchObject([{ codice: 'VI/3', al: null }])
    const xml =
      (await queryOne<{ xml: string }>(clerk, 'select xml from segnatura where registrazione_id = $1 and ente_id = $2', [id, e.ente.id]))
        ?.xml ?? ''
    expect(checkSegnatura(xml).valido).toBe(true)
    expect(readSegnatura(xml).identificatore).toMatchObject({ numero: r.numeroFormattato, data: r.giorno })
    const event = await query(clerk, `select azione from evento_audit where ente_id = $1 and oggetto_id = $2 and registro_id is not null`, [
      e.ente.id,
      id,
    ])
    expect(event).toEqual([{ azione: 'registrata' }])
  })

  it('REQ-PROT-035 when the act fails at the end nothing of it remains', async () => {
    const before = await counter()
    const contenutoId = await stage(clerk, store, await buildPdf(), 'a.pdf')
    await expect(registerInArrivo(clerk, buildNuova(e, contenutoId, { note: '\u0000' }), newId())).rejects.toBeDefined()
    expect(await counter()).toBe(before)
    const orphan = await queryOne<{ n: number }>(
      clerk,
      `select count(*)::int as n from documento d where d.ente_id = $1 and not exists (select 1 from registrazione r where r.documento_id = d.id)`,
      [e.ente.id],
    )
    expect(orphan?.n).toBe(0)
  })

  it('REQ-PROT-020 a refusal lists every wrong datum at once and consumes no number', async () => {
    const before = await counter()
    const contenutoId = await stage(clerk, store, await buildPdf(), 'b.pdf')
    const wrong = buildNuova(e, contenutoId, {
      voceId: newId(),
      assegnazione: { ufficioId: newId() },
      dataArrivo: '2099-01-01T00:00:00Z',
      mittenti: [{ tipo: 'PF', nome: 'A', cognome: 'B', codiceFiscale: 'VNTRNS74E50X901A' }],
    })
    const error = await registerInArrivo(clerk, wrong, newId()).catch((reason: unknown) => reason)
    expect((error as { campi: { campo: string }[] }).campi.map((c) => c.campo).toSorted()).toEqual([
      'assegnazione.ufficioId',
      'dataArrivo',
      'mittenti.0.codiceFiscale',
      'voceId',
    ])
    expect(await counter()).toBe(before)
  })

  it('REQ-TIT-021 a titolo alone is refused and REQ-TIT-022 a protocol operator cannot give the sottoclasse', async () => {
    const contenutoId = await stage(clerk, store, await buildPdf(), 'c.pdf')
    await expect(registerInArrivo(clerk, buildNuova(e, contenutoId, { voceId: e.voci.get('VI') ?? '' }), newId())).rejects.toMatchObject({
      campi: [{ campo: 'voceId' }],
    })
    const sottoclasse = [...e.voci].find(([codice]) => codice.startsWith('VI/3/'))
    expect(sottoclasse).toBeDefined()
    await expect(registerInArrivo(clerk, buildNuova(e, contenutoId, { voceId: sottoclasse?.[1] ?? '' }), newId())).rejects.toMatchObject({
      campi: [{ campo: 'voceId', messaggio: expect.stringContaining('responsabile di settore') }],
    })
  })

  it('REQ-PROT-073 arrival on another day than registration is flagged', async () => {
    const late = await createRegistrazione(clerk, e, store, { dataArrivo: '2026-01-02T22:58:00Z' })
    expect((await presentById(clerk, late)).scostamento18bis).toBe(true)
    const same = await createRegistrazione(clerk, e, store)
    const r = await presentById(clerk, same)
    // Just after midnight in Rome one minute ago was yesterday: then the flag is right.
    expect(r.scostamento18bis).toBe(
      new Date(Date.parse(r.istante) - 61_000).toISOString().slice(0, 10) !== r.istante.slice(0, 10) && r.scostamento18bis,
    )
  })
})

describe('what the database itself refuses to the application login', () => {
  it('REQ-PROT-022 oggetto, correspondents, number, date and digest cannot be updated or deleted', async () => {
    const id = await createRegistrazione(clerk, e, store)
    for (const statement of [
      `update registrazione set oggetto = 'altro' where id = $1`,
      `update registrazione set numero = 999 where id = $1`,
      `update registrazione set istante = now() where id = $1`,
      `update registrazione set impronta = '' where id = $1`,
      `delete from registrazione where id = $1`,
      `update soggetto set cognome = 'Altro' where registrazione_id = $1`,
      `delete from soggetto where registrazione_id = $1`,
      `update segnatura set xml = '' where registrazione_id = $1`,
      `update evento_audit set dati = '{}' where oggetto_id = $1::text`,
      `delete from evento_audit where oggetto_id = $1::text`,
    ]) {
      expect({ statement, state: await state(query(clerk, statement, [id])) }).toEqual({ statement, state: '42501' })
    }
  })

  it('REQ-PROT-021 a number that does not come from the counter is refused by the database', async () => {
    const id = await createRegistrazione(clerk, e, store)
    const copy = (numero: string): string =>
      `insert into registrazione select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'documento_id', r.documento_id, 'numero', ${numero}))).* from registrazione r where r.id = $1`
    expect(await state(query(clerk, copy('r.numero + 1000'), [id]))).toBe('23514')
    expect(await state(query(clerk, copy('r.numero'), [id]))).toBe('23505')
  })

  it('REQ-PROT-032 the counter cannot be moved but by one', async () => {
    expect(await state(query(clerk, 'update contatore_registro set ultimo = ultimo + 2 where registro_id = $1', [e.registroId]))).toBe(
      '23514',
    )
    expect(await state(query(clerk, 'update contatore_registro set ultimo = ultimo - 1 where registro_id = $1', [e.registroId]))).toBe(
      '23514',
    )
  })
})

describe('who reads', () => {
  it('REQ-PROT-061 a riservato is number and date for the protocol desk, nothing for other offices, all for the addressee head', async () => {
    const rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale')).scope
    const id = await createRegistrazione(rgd, e, store, { riservatezza: 'RISERVATO', oggetto: 'Ricorso riservatissimo al tribunale' })
    const head = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia)).scope
    const school = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.scuola)).scope
    expect((await readRegistrazione(head, id)).oggetto).toContain('riservatissimo')
    await expect(readRegistrazione(clerk, id)).rejects.toMatchObject({ status: 404 })
    await expect(readRegistrazione(school, id)).rejects.toMatchObject({ status: 404 })
    const { findRighe } = await import('../../../server/protocollo/index.ts')
    const all = { pagina: 1, perPagina: 200 }
    const seen = (await inTransaction(clerk, async (tx) => await findRighe(tx, all))).elementi.find((r) => r.id === id)
    expect(seen).toMatchObject({ oggetto: 'RISERVATO', corrispondente: '', voce: null, ufficio: null })
    expect((await findRighe(clerk, { ...all, q: 'riservatissimo' })).totale).toBe(0)
    expect((await findRighe(school, all)).elementi.some((r) => r.id === id)).toBe(false)
    expect((await findRighe(head, { ...all, q: 'riservatissimo' })).totale).toBe(1)
  })

  it('another ente never sees a row and a query without an ente is an error', async () => {
    const id = await createRegistrazione(clerk, e, store)
    const other = await createEnte(db.orm)
    const stranger = (await createOperatore(db.orm, other, 'responsabileGestioneDocumentale')).scope
    await expect(readRegistrazione(stranger, id)).rejects.toMatchObject({ status: 404 })
    expect(await query(stranger, 'select id from registrazione')).toEqual([])
    const bare: Scope = { ...clerk, em: db.orm.em.fork({ session: { role: 'faldone_app', variables: {} } }) }
    expect(await state(query(bare, 'select id from registrazione'))).toMatch(/42704|22P02/u)
    const login: Scope = { ...clerk, em: db.orm.em.fork({ session: {} }) }
    expect(await state(query(login, 'select id from registrazione'))).toBe('42501')
    expect(openScope(db.orm, e.ente, clerk.attore).ente.id).toBe(e.ente.id)
  })
})
