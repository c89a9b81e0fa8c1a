import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createMemoryStore } from '../../../storage/memory.ts'
import { readSegnatura } from '../../../metadata-schemas/segnatura/index.ts'
import { stampatorePdfLib } from '../../../server/adapters/pdf-lib/index.ts'
import { createSigilloXades, generateTestCertificate } from '../../../server/adapters/sigillo-xades/index.ts'
import { openCaselle } from '../../../server/avvio/adapters.ts'
import { loadConfig } from '../../../server/kernel/config.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { sqlState } from '../../../server/kernel/problem.ts'
import { inTransaction, insertRows, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { presentById, protocolloJobs, registerInArrivo } from '../../../server/protocollo/index.ts'
import { assignRegistrazione } from '../../../server/protocollo/service/assign.ts'
import { reclassifyRegistrazione } from '../../../server/protocollo/service/classify.ts'
import { openCopia } from '../../../server/protocollo/service/read.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { adoptTitolarioWithin } from '../../../server/titolario/index.ts'
import { readTitolarioComuni } from '../../../titolario/index.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildNuova, buildPdf, createEnte, createOperatore, createRegistrazione, readAll, sistema, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

let db: TestDatabase
let clerk: Scope
let rgd: Scope
let e: EnteDiProva
let jobs: Ports
const store = createMemoryStore()

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  clerk = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope
  rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale')).scope
  const coppia = await generateTestCertificate({
    organizzazione: 'SIGILLO DI PROVA',
    identificativo: 'VATIT-00999000001',
    dal: new Date(Date.now() - 86_400_000),
  })
  jobs = { store, sigillo: await createSigilloXades(coppia), pdf: stampatorePdfLib } as unknown as Ports
})
afterAll(async () => await db.close())

async function state(work: Promise<unknown>): Promise<string | null> {
  return await work.then(
    () => null,
    (reason: unknown) => sqlState(reason),
  )
}

async function runJobs(id: string): Promise<void> {
  for (const job of protocolloJobs) await job.handler({ ...rgd, attore: sistema }, { id }, jobs)
}

describe('the register', () => {
  it('REQ-PROT-003 the code of a register has its form and can never be renamed', async () => {
    const wrong = inTransaction(rgd, async (tx) => {
      await insertRows(tx, 'registro', [
        { id: newId(), aoo_id: e.aooId, codice: 'Protocollo Generale', denominazione: 'Sbagliato', generale: false, attivo: true },
      ])
    })
    expect(await state(wrong)).toBe('23514')
    expect(await state(query(rgd, `update registro set codice = 'NUOVO' where ente_id = $1`, [e.ente.id]))).toBe('42501')
  })

  it('REQ-TIT-002 a second titolario in force for the same AOO is refused', async () => {
    const second = inTransaction(rgd, async (tx) => {
      const piano = readTitolarioComuni().titolario
      await adoptTitolarioWithin(tx, {
        aooId: e.aooId,
        denominazione: 'Secondo',
        atto: 'Prova',
        dal: '2026-01-01',
        uri: null,
        piano,
        uffici: new Map(),
      })
    })
    expect(await state(second)).toBe('23514')
    // Two open ends would be two versions in force from the second's first day.
    const overlapping = inTransaction(rgd, async (tx) => {
      const id = newId()
      await query(
        tx,
        `insert into titolario_versione select (jsonb_populate_record(t, jsonb_build_object('id', $2::text, 'numero', 9, 'stato', 'BOZZA'))).* from titolario_versione t where ente_id = $1 and numero = 1`,
        [e.ente.id, id],
      )
      await query(tx, `update titolario_versione set stato = 'ATTIVO', dal = '2099-01-01' where ente_id = $1 and id = $2`, [e.ente.id, id])
    })
    expect(await state(overlapping)).toBe('23514')
  })

  it('REQ-PROT-015 and REQ-PROT-039 one document is one registration, and a number once given cannot be taken back', async () => {
    const id = await createRegistrazione(clerk, e, store)
    const twice = query(
      clerk,
      `insert into registrazione select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'numero', r.numero))).* from registrazione r where r.id = $1`,
      [id],
    )
    expect(await state(twice)).toBe('23505')
    expect(await state(query(clerk, 'delete from registrazione where id = $1', [id]))).toBe('42501')
    expect(await state(query(clerk, 'update contatore_registro set ultimo = ultimo - 1 where registro_id = $1', [e.registroId]))).toBe(
      '23514',
    )
  })
})

describe('what is registered', () => {
  it('REQ-PROT-017 an anonymous, unreadable document is registered, with what was found in its bytes beside it', async () => {
    const contenutoId = await stage(clerk, store, Buffer.from('%PDF-1.7 truncated'), 'rotto.pdf')
    const nuova = buildNuova(e, contenutoId, { mittenti: [{ tipo: 'PF', nome: 'ANONIMO', cognome: 'ANONIMO' }] })
    const r = await presentById(clerk, (await registerInArrivo(clerk, nuova, newId())).id)
    expect(r.mittenti).toMatchObject([{ cognome: 'ANONIMO' }])
    expect(r.documento.principale?.firmato).toBe('nessuna')
    const formato = await queryOne<{ avvisi: string[] }>(
      clerk,
      `select formato -> 'avvisi' as avvisi from contenuto where ente_id = $1 and id = $2`,
      [e.ente.id, contenutoId],
    )
    expect(formato?.avvisi.length).toBeGreaterThan(0)
  })

  it('REQ-PROT-024 every file has the SHA-256 of its exact bytes', async () => {
    const [main, other] = [await buildPdf('Principale'), Buffer.from('allegato; con\r\nrighe\n')]
    const [a, b] = [await stage(clerk, store, main, 'principale.pdf'), await stage(clerk, store, other, 'dati.csv')]
    const { id } = await registerInArrivo(
      clerk,
      buildNuova(e, a, { allegati: [{ contenutoId: b, nome: 'dati.csv', descrizione: 'Dati' }] }),
      newId(),
    )
    const r = await presentById(clerk, id)
    const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
    expect([r.impronta, r.documento.principale?.sha256, r.documento.allegati[0]?.sha256]).toEqual([
      digest(main),
      digest(main),
      digest(other),
    ])
    expect(await readAll(await store.open(e.ente.id, digest(other)))).toEqual(other)
  })

  it('REQ-PROT-026 the sender stays as it was when the same person changes address later', async () => {
    const first = await createRegistrazione(clerk, e, store, {
      mittenti: [{ tipo: 'PG', denominazione: 'Ponteggi Aurora', indirizzoDigitale: 'aurora@pec.example' }],
    })
    await createRegistrazione(clerk, e, store, {
      mittenti: [{ tipo: 'PG', denominazione: 'Ponteggi Aurora S.r.l.', indirizzoDigitale: 'nuova@pec.example' }],
    })
    expect((await presentById(clerk, first)).mittenti).toEqual([
      { tipo: 'PG', denominazione: 'Ponteggi Aurora', indirizzoDigitale: 'aurora@pec.example' },
    ])
  })
})

describe('what may change', () => {
  it('REQ-PROT-023 and REQ-TIT-023 assignment and classification change with both values kept, and nothing else moves', async () => {
    const id = await createRegistrazione(clerk, e, store)
    const before = await presentById(clerk, id)
    await assignRegistrazione(clerk, id, { ufficioId: e.uffici.scuola, tipo: 'competenza', nota: '' })
    await reclassifyRegistrazione(rgd, id, { voceId: e.voci.get('VI/3/1') ?? '', motivo: 'Sottoclasse del settore' })
    const after = await presentById(rgd, id)
    expect(after.assegnazioni.map((a) => [a.ufficio.id, a.stato, a.al === null])).toEqual([
      [e.uffici.edilizia, 'riassegnata', false],
      [e.uffici.scuola, 'da_prendere_in_carico', true],
    ])
    expect(after.storiaClassificazione.map((c) => [c.codice, c.al === null, c.autore])).toEqual([
      ['VI/3', false, clerk.attore.nome],
      ['VI/3/1', true, rgd.attore.nome],
    ])
    for (const field of ['etichetta', 'istante', 'oggetto', 'impronta'] as const) expect(after[field]).toBe(before[field])
    expect(after.segnatura.testo).toBe(before.segnatura.testo)
    expect(after.mittenti).toEqual(before.mittenti)
  })
})

describe('segnatura', () => {
  it('REQ-PROT-040, REQ-PROT-041 and REQ-PROT-042 say number, date, bodies, register, office and classification, in one text everywhere', async () => {
    const id = await createRegistrazione(clerk, e, store)
    const r = await presentById(clerk, id)
    expect(r.segnatura.testo).toMatch(new RegExp(`^${e.ente.codiceIpa}#AX\\d{5}#PG#${r.giorno}#${r.numeroFormattato}#E$`, 'u'))
    await runJobs(id)
    const xml = (await readAll((await openCopia(clerk, id, 'segnatura', store)).stream)).toString('utf8')
    const letta = readSegnatura(xml)
    expect(letta.identificatore).toMatchObject({
      codiceAmministrazione: e.ente.codiceIpa,
      codiceRegistro: 'PG',
      numero: r.numeroFormattato,
      data: r.giorno,
    })
    expect(xml).toContain('<p:CodiceIPAUO')
    expect(xml).toContain('>VI<')
    expect(
      (await queryOne<{ segnatura: string }>(clerk, 'select segnatura from registrazione where ente_id = $1 and id = $2', [e.ente.id, id]))
        ?.segnatura,
    ).toBe(r.segnatura.testo)
  })

  it('REQ-PROT-028 the stamp goes on a copy; the stored file keeps its bytes and a signed one has no stamped copy', async () => {
    const pdf = await buildPdf('Da timbrare')
    const contenutoId = await stage(clerk, store, pdf, 'plain.pdf')
    const { id } = await registerInArrivo(clerk, buildNuova(e, contenutoId), newId())
    await runJobs(id)
    const copy = await readAll((await openCopia(clerk, id, 'copia', store)).stream)
    expect(copy.equals(pdf)).toBe(false)
    expect(copy.subarray(0, 5).toString('latin1')).toBe('%PDF-')
    expect(await readAll(await store.open(e.ente.id, createHash('sha256').update(pdf).digest('hex')))).toEqual(pdf)
    const signed = Buffer.concat([
      pdf,
      Buffer.from('\n<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 10 20 30] /Contents <00> >>\n%%EOF'),
    ])
    const other = await registerInArrivo(clerk, buildNuova(e, await stage(clerk, store, signed, 'firmato.pdf')), newId())
    await runJobs(other.id)
    await expect(openCopia(clerk, other.id, 'copia', store)).rejects.toMatchObject({ codice: 'copia-non-disponibile' })
  })

  it('REQ-SEGN-020 a segnatura that would not validate aborts the registration and no number is consumed', async () => {
    const counter = async () =>
      (await queryOne<{ ultimo: number }>(clerk, 'select ultimo from contatore_registro where registro_id = $1', [e.registroId]))?.ultimo
    const before = await counter()
    const contenutoId = await stage(clerk, store, await buildPdf(), 'x.pdf')
    const broken: Scope = { ...clerk, ente: { ...clerk.ente, denominazione: '' } }
    await expect(registerInArrivo(broken, buildNuova(e, contenutoId), newId())).rejects.toThrow(/segnatura not valid/u)
    expect(await counter()).toBe(before)
  })
})

describe('production', () => {
  it('mail boxes on disk cannot be named outside their folder', async () => {
    const caselle = await openCaselle(loadConfig({ FALDONE_DATA_DIR: '/tmp/faldone-assente' }))
    expect(() => caselle.apri('prova', '../../etc')).toThrow(/non può essere una cartella/u)
    expect(caselle.ancore).toEqual([])
  })
})
