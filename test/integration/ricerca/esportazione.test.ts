import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { checkEsportazione } from '../../../metadata-schemas/esportazione/index.ts'
import { createMemoryStore } from '../../../storage/memory.ts'
import { stampatricePdf } from '../../../server/adapters/stampa-pdf/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { findLavoro, interruptLavoro } from '../../../server/kernel/lavori.ts'
import type { LavoroLungo } from '../../../server/kernel/lavori.ts'
import { inTransaction, insertRows, query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import type { Stampa } from '../../../server/ports/stampa.ts'
import { registerInArrivo } from '../../../server/protocollo/index.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { nuovaEsportazione, runEsportazione, startEsportazione } from '../../../server/ricerca/esportazione/servizio.ts'
import { createDatabase, openScope, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildNuova, buildPdf, createEnte, createOperatore, readAll, sistema, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

const SEGRETO = 'Zanzibar riservatissimo'

describe('exports of the register and of a search', () => {
  let db: TestDatabase
  let e: EnteDiProva
  let protocollo: Scope
  let collega: Scope
  let rgd: Scope
  const store = createMemoryStore()

  async function register(changes: Parameters<typeof buildNuova>[2]): Promise<string> {
    const contenutoId = await stage(protocollo, store, await buildPdf(newId()), 'atto.pdf')
    return (await registerInArrivo(protocollo, buildNuova(e, contenutoId, changes), newId())).id
  }

  /** What the job does, and what came out. */
  async function run(
    scope: Scope,
    input: Record<string, unknown>,
    stampa = stampatricePdf,
  ): Promise<{ lavoro: LavoroLungo; bytes: Buffer }> {
    const id = await startEsportazione(scope, nuovaEsportazione.parse({ filtri: {}, ...input }))
    await runEsportazione(openScope(db.orm, e.ente, sistema, ruoli.jobs), id, store, stampa)
    const lavoro = await findLavoro(scope, id)
    if (lavoro === null) throw new Error('no work')
    return { lavoro, bytes: lavoro.file === null ? Buffer.alloc(0) : await readAll(await store.open(e.ente.id, lavoro.file.sha256)) }
  }

  async function annul(registrazioneId: string): Promise<void> {
    await inTransaction(openScope(db.orm, e.ente, sistema), async (tx) => {
      const id = newId()
      await insertRows(tx, 'annullamento', [
        {
          id,
          registrazione_id: registrazioneId,
          motivo: 'Errore',
          richiesto_il: 'now',
          richiedente_id: 'x',
          richiedente_nome: 'Lidia Torrebruna',
        },
      ])
      await insertRows(tx, 'decisione_atto', [
        {
          id,
          registrazione_id: registrazioneId,
          atto: 'annullamento',
          esito: 'AUTORIZZATO',
          provvedimento_numero: '77',
          provvedimento_data: '2026-01-15',
          motivo: '',
          conferma_destinatario: false,
          deciso_il: 'now',
          decisore_id: 'y',
          decisore_nome: 'Marta Valdorso',
        },
      ])
    })
  }

  beforeAll(async () => {
    db = await createDatabase()
    wireReactions()
    e = await createEnte(db.orm)
    protocollo = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope
    collega = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope
    rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale')).scope
    await register({ oggetto: '=HYPERLINK("http://malvagio.example";"premi")' })
    await register({ oggetto: 'Oggetto; con "virgolette"\ne <b>tag</b> & altro' })
    await register({ oggetto: SEGRETO, riservatezza: 'RISERVATO', mittenti: [{ tipo: 'PG', denominazione: 'Ditta Ornitorinco' }] })
    await annul(await register({ oggetto: 'Registrata per errore' }))
  })
  afterAll(async () => await db.close())

  it('REQ-PROT-154 CSV: UTF-8, semicolons, header row, ISO dates, formulas made harmless, annulled rows kept and marked', async () => {
    const { lavoro, bytes } = await run(rgd, { origine: 'registro', formato: 'csv' })
    const text = bytes.toString('utf8')
    expect(text.split('\r\n')[0]).toBe(
      'anno;numero;istante;tipo;oggetto;mittenti;destinatari;classificazione;fascicolo;ufficio;stato;mezzo;arrivo;protocolloMittente;impronta;emergenza;riservata;annullata;annullamento',
    )
    const rows = parse(text, { columns: true, delimiter: ';' }) as Record<string, string>[]
    expect(rows.map((r) => r['numero'])).toEqual(['1', '2', '3', '4'])
    expect(rows[0]?.['oggetto']).toBe(`'=HYPERLINK("http://malvagio.example";"premi")`)
    expect(rows[1]?.['oggetto']).toBe('Oggetto; con "virgolette"\ne <b>tag</b> & altro')
    for (const r of rows) expect(r['istante']).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/u)
    expect(rows[3]).toMatchObject({ oggetto: 'Registrata per errore', annullata: 'si', stato: 'ANNULLATO' })
    expect(rows[3]?.['annullamento']).toMatch(/ANNULLATO.*77/u)
    expect(lavoro.esito).toMatchObject({
      righe: 4,
      autore: rgd.attore.nome,
      filtri: [],
      impronta: createHash('sha256').update(bytes).digest('hex'),
    })
    expect(Date.parse(String((lavoro.esito as { istante: string }).istante))).not.toBeNaN()
  })

  it('REQ-PROT-154 JSON and XML state filters, author, instant, row count and a digest that can be computed again', async () => {
    const json = await run(rgd, { origine: 'registro', formato: 'json', filtri: { tipo: 'E' } })
    const read = JSON.parse(json.bytes.toString('utf8')) as {
      filtri: string[]
      autore: string
      istante: string
      righe: object[]
      numeroRighe: number
      improntaRighe: string
    }
    const digest = createHash('sha256')
    for (const riga of read.righe) digest.update(`${JSON.stringify(riga)}\n`)
    expect(read).toMatchObject({ filtri: ['in entrata'], autore: rgd.attore.nome, numeroRighe: 4, improntaRighe: digest.digest('hex') })
    const xml = await run(rgd, { origine: 'registro', formato: 'xml', filtri: { tipo: 'E' } })
    const text = xml.bytes.toString('utf8')
    expect(checkEsportazione(text)).toEqual({ valido: true, errori: [] })
    expect(text).toContain(`<ImprontaRighe>${read.improntaRighe}</ImprontaRighe>`)
    expect(text).toContain('<Filtro>in entrata</Filtro>')
    expect(checkEsportazione(text.replace('<NumeroRighe>4', '<NumeroRighe>quattro')).valido).toBe(false)
  })

  it('REQ-PROT-154 REQ-PROT-048 the print strikes the annulled row and says by what it was annulled', async () => {
    const printed: Stampa[] = []
    const { lavoro, bytes } = await run(
      rgd,
      { origine: 'registro', formato: 'pdf' },
      {
        dichiarazione: stampatricePdf.dichiarazione,
        printLunga: stampatricePdf.printLunga,
        print: async (stampa) => {
          printed.push(stampa)
          return await stampatricePdf.print(stampa)
        },
      },
    )
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    const table = printed[0]?.blocchi.find((b) => b.tipo === 'tabella')
    if (table?.tipo !== 'tabella') throw new Error('no table')
    expect([...(table.barrate ?? [])]).toEqual([3])
    expect(table.righe[3]?.join(' ')).toMatch(/Registrata per errore.*ANNULLATO.*77/u)
    expect(JSON.stringify(printed[0]?.blocchi[0])).toContain((lavoro.esito as { improntaRighe: string }).improntaRighe)
  })

  it('REQ-PROT-061 a riservato leaves by number and date only for who may not read it, and a search does not export it at all (A8)', async () => {
    for (const formato of ['csv', 'json', 'xml']) {
      const { bytes, lavoro } = await run(collega, { origine: 'registro', formato })
      const text = bytes.toString('utf8')
      expect(text).not.toMatch(/zanzibar|ornitorinco/iu)
      expect(text).toContain('RISERVATO')
      expect(lavoro.esito).toMatchObject({ righe: 4 })
    }
    const found = await run(collega, { origine: 'ricerca', formato: 'csv', filtri: { q: 'zanzibar OR ornitorinco' } })
    expect(found.lavoro.esito).toMatchObject({ righe: 0 })
    const read = await run(rgd, { origine: 'registro', formato: 'csv' })
    expect(read.bytes.toString('utf8')).toContain(SEGRETO)
  })

  it('a search exports what it finds, however it is narrowed', async () => {
    const { bytes, lavoro } = await run(rgd, { origine: 'ricerca', formato: 'csv', filtri: { q: 'errore' } })
    expect(bytes.toString('utf8')).toContain('Registrata per errore')
    expect(lavoro.esito).toMatchObject({ righe: 1, filtri: ['errore'] })
  })

  it('is recorded when asked and when done, and stops when its person says so', async () => {
    const facts = await query<{ azione: string }>(
      rgd,
      `select azione from evento_audit where ente_id = $1 and oggetto_tipo = 'esportazione' and attore_id = $2 order by istante`,
      [e.ente.id, rgd.attore.id],
    )
    expect(facts.map((f) => f.azione).filter((a) => a === 'esportazione-richiesta').length).toBeGreaterThan(2)
    expect(facts.map((f) => f.azione)).toContain('esportazione-conclusa')
    const id = await startEsportazione(rgd, nuovaEsportazione.parse({ origine: 'registro', formato: 'csv', filtri: {} }))
    await interruptLavoro(rgd, id)
    await runEsportazione(openScope(db.orm, e.ente, sistema, ruoli.jobs), id, store, stampatricePdf)
    expect(await findLavoro(rgd, id)).toMatchObject({ stato: 'interrotto', file: null })
    expect(await findLavoro(collega, id)).toBeNull()
    await expect(interruptLavoro(rgd, id)).rejects.toMatchObject({ codice: 'lavoro-concluso' })
  })
})
