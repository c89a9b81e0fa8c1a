import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createMemoryStore } from '../../../storage/memory.ts'
import { verifyChain } from '../../../server/kernel/audit.ts'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { adoptPredefiniti, registerRiga, registerRigaWithin } from '../../../server/repertori/index.ts'
import type { NuovaRiga } from '../../../server/repertori/schema.ts'
import { decideAnnullamento, linkTrasmissione, listRichieste, requestAnnullamento } from '../../../server/repertori/service/annul.ts'
import { createRepertorio, listRepertori, updateRepertorio } from '../../../server/repertori/service/configure.ts'
import { extractPeriodo, listEstrazioni } from '../../../server/repertori/service/extract.ts'
import { listRighe, presentRigaById, readRiga } from '../../../server/repertori/service/read.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildPdf, createEnte, createOperatore, createRegistrazione, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

let db: TestDatabase
let e: EnteDiProva
let rgd: Scope
let segreteria: Scope
let scuola: Scope
const store = createMemoryStore()

beforeAll(async () => {
  wireReactions()
  db = await createDatabase(24)
  e = await createEnte(db.orm)
  rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', null, 'Marta')).scope
  segreteria = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  scuola = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.scuola, 'Sandra')).scope
  await adoptPredefiniti(rgd)
})
afterAll(async () => await db.close())

async function repertorio(codice: string): Promise<string> {
  return (await listRepertori(rgd)).find((r) => r.codice === codice)?.id ?? ''
}

async function nuova(scope: Scope, changes: Partial<NuovaRiga> = {}): Promise<NuovaRiga> {
  const contenutoId = await stage(scope, store, await buildPdf(`Atto ${newId()}`), 'atto.pdf')
  return {
    oggetto: 'Affidamento del servizio di pulizia',
    formatore: 'Settore edilizia',
    voceId: e.voci.get('VI/3') ?? '',
    dati: {},
    documento: { contenutoId, nome: 'atto.pdf', descrizione: '', formazione: 'file' },
    allegati: [],
    riservato: false,
    note: '',
    ...changes,
  }
}

async function registra(scope: Scope, codice: string, changes: Partial<NuovaRiga> = {}): Promise<string> {
  return (await registerRiga(scope, await repertorio(codice), await nuova(scope, changes), newId())).id
}

async function numeri(repertorioId: string): Promise<[string, number][]> {
  const rows = await query<{ serie: string; numero: number }>(
    rgd,
    'select serie, numero from registrazione_repertorio where ente_id = $1 and repertorio_id = $2 order by istante, numero',
    [e.ente.id, repertorioId],
  )
  return rows.map((r) => [r.serie, r.numero])
}

async function setClock(istante: string | null): Promise<void> {
  const body = istante === null ? 'select clock_timestamp()' : `select timestamptz '${istante}'`
  await withClient(db.ownerUrl, async (c) => {
    await c.query(
      `create or replace function app.istante() returns timestamptz language sql volatile set search_path = pg_catalog, pg_temp as $$ ${body} $$`,
    )
  })
}

describe('configuration', () => {
  it('REQ-PROT-114 adopting the default repertories again adds nothing', async () => {
    expect(await adoptPredefiniti(rgd)).toEqual({ aggiunti: 0 })
    expect((await listRepertori(rgd)).length).toBe(14)
  })

  it('REQ-PROT-110 a repertory has its owner, numbering, metadata, visibility and retention; the code is unique', async () => {
    const input = {
      codice: 'NOTAI',
      denominazione: 'Atti notarili',
      tipologia: 'Atto notarile',
      ufficioId: e.uffici.edilizia,
      numerazione: 'continua' as const,
      campi: [],
      visibilita: 'ufficio' as const,
      conservazioneAnni: null,
      albo: false,
      giorniAlbo: 15,
    }
    const created = await createRepertorio(rgd, input)
    expect(created).toMatchObject({ codice: 'NOTAI', numerazione: 'continua', ufficio: { id: e.uffici.edilizia }, ultimo: 0 })
    await expect(createRepertorio(rgd, input)).rejects.toMatchObject({ status: 409, codice: 'codice-repertorio-usato' })
    await expect(createRepertorio(rgd, { ...input, codice: 'ALTRO', ufficioId: newId() })).rejects.toMatchObject({ status: 400 })
    await updateRepertorio(rgd, created.id, { attivo: false })
    await expect(registerRiga(segreteria, created.id, await nuova(segreteria), newId())).rejects.toMatchObject({
      codice: 'repertorio-chiuso',
    })
    await updateRepertorio(rgd, created.id, { attivo: true })
    await expect(registerRiga(scuola, created.id, await nuova(scuola), newId())).rejects.toMatchObject({ status: 403 })
  })
})

describe('numbers', () => {
  it('REQ-PROT-112 after successes, refusals, rollbacks and repetitions in parallel the numbers are 1…max, one for each key, and the chain holds', async () => {
    const id = await repertorio('CIRC')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('bene', 'rifiuto', 'caduta', 'ripetuta'), { minLength: 4, maxLength: 14 }),
        async (acts) => {
          const before = (await numeri(id)).length
          const outcomes = await Promise.all(
            acts.map(async (act): Promise<string[]> => {
              const input = await nuova(segreteria, act === 'rifiuto' ? { voceId: newId() } : {})
              const key = newId()
              if (act === 'rifiuto') {
                await expect(registerRiga(segreteria, id, input, key)).rejects.toMatchObject({ status: 400 })
                return []
              }
              if (act === 'caduta') {
                await expect(
                  inTransaction(segreteria, async (tx) => {
                    await registerRigaWithin(tx, id, input, key)
                    throw new Error('caduta')
                  }),
                ).rejects.toThrow('caduta')
                return []
              }
              if (act === 'bene') return [(await registerRiga(segreteria, id, input, key)).id]
              const twice = await Promise.all([registerRiga(segreteria, id, input, key), registerRiga(segreteria, id, input, key)])
              expect(twice[0]?.id).toBe(twice[1]?.id)
              return [twice[0]?.id ?? '']
            }),
          )
          const found = await numeri(id)
          expect(found.map(([, n]) => n)).toEqual(found.map((_, i) => i + 1))
          expect(found.length - before).toBe(outcomes.flat().length)
        },
      ),
      { numRuns: 6 },
    )
    expect(await verifyChain(rgd, id)).toBeNull()
  })

  it('REQ-PROT-112 number, date and digest come from the server; the same key with another request is refused', async () => {
    const id = await repertorio('DECS')
    const key = newId()
    const input = await nuova(segreteria)
    const riga = await presentRigaById(segreteria, (await registerRiga(segreteria, id, input, key)).id)
    expect(riga.numero).toBe(1)
    expect(riga.impronta).toBe(riga.principale.sha256)
    expect(riga.riferimento).toMatch(/^c_x\d+#AX\d+#DECS#\d{4}#0000001$/u)
    await expect(registerRiga(segreteria, id, { ...input, oggetto: 'Altro' }, key)).rejects.toMatchObject({ codice: 'chiave-gia-usata' })
  })

  it('REQ-PROT-112 the year decides at the instant of the number: 1 of the new year follows the last of the old one', async () => {
    const id = await repertorio('ORDS')
    try {
      for (const istante of ['2031-12-31T22:59:58Z', '2031-12-31T22:59:59.999Z', '2031-12-31T23:00:00Z', '2031-12-31T23:00:01Z']) {
        await setClock(istante)
        await registra(segreteria, 'ORDS')
      }
      await setClock('2031-12-31T22:59:00Z')
      await expect(registra(segreteria, 'ORDS')).rejects.toMatchObject({ codice: 'orologio-indietro' })
    } finally {
      await setClock(null)
    }
    expect(await numeri(id)).toEqual([
      ['2031', 1],
      ['2031', 2],
      ['2032', 1],
      ['2032', 2],
    ])
  })

  it('REQ-PROT-110 a new mandate begins its own series and an old one never begins again', async () => {
    const { id } = await createRepertorio(rgd, {
      codice: 'NOMINE',
      denominazione: 'Nomine',
      tipologia: 'Nomina',
      numerazione: 'mandato',
      mandato: '2019-2024',
      campi: [],
      visibilita: 'ente',
      conservazioneAnni: null,
      albo: false,
      giorniAlbo: 15,
    })
    await registra(segreteria, 'NOMINE')
    await registra(segreteria, 'NOMINE')
    await updateRepertorio(rgd, id, { mandato: '2024-2029' })
    await registra(segreteria, 'NOMINE')
    expect(await numeri(id)).toEqual([
      ['2019-2024', 1],
      ['2019-2024', 2],
      ['2024-2029', 1],
    ])
    await expect(updateRepertorio(rgd, id, { mandato: '2019-2024' })).rejects.toMatchObject({ codice: 'mandato-gia-usato' })
  })

  it('REQ-PROT-112 rows do not change for the application, and a number of one’s own choice is refused by the database', async () => {
    const id = await registra(segreteria, 'DECS')
    for (const statement of [
      `update registrazione_repertorio set oggetto = 'altro' where ente_id = $1 and id = $2`,
      'delete from registrazione_repertorio where ente_id = $1 and id = $2',
    ])
      await expect(query(rgd, statement, [e.ente.id, id])).rejects.toThrow(/permission denied/u)
    await expect(
      query(
        rgd,
        `insert into registrazione_repertorio select ente_id, gen_random_uuid(), repertorio_id, serie, anno, numero + 5, istante, giorno, riferimento, oggetto, formatore, dati, documento_id,
                impronta, riservato, operatore_id, operatore_nome, note from registrazione_repertorio where ente_id = $1 and id = $2`,
        [e.ente.id, id],
      ),
    ).rejects.toThrow(/non viene dal contatore/u)
    await withClient(db.ownerUrl, async (c) => {
      await c.query(`set role ${ruoli.owner}`)
      await c.query(`select set_config('app.ente_id', $1, false)`, [e.ente.id])
      await expect(c.query(`update registrazione_repertorio set oggetto = 'altro' where id = $1`, [id])).rejects.toThrow(/non si modifica/u)
    })
  })

  it('REQ-PROT-111 every row has reference, who formed it and the instant; the metadata asked for are all missing at once', async () => {
    const riga = await presentRigaById(
      segreteria,
      await registra(segreteria, 'DGC', { formatore: 'Giunta comunale', dati: { seduta: '2026-02-03' } }),
    )
    expect(riga).toMatchObject({ formatore: 'Giunta comunale', dati: [{ chiave: 'seduta', valore: '2026-02-03' }] })
    expect(riga.riferimento).toContain('#DGC#')
    expect(Date.parse(riga.istante)).toBeGreaterThan(Date.now() - 60_000)
    await expect(registra(segreteria, 'FATT')).rejects.toMatchObject({
      campi: ['fornitore', 'numeroFattura', 'dataFattura', 'importo'].map((k) => expect.objectContaining({ campo: `dati.${k}` })),
    })
  })
})

describe('annulment', () => {
  it('REQ-PROT-112 is asked, authorised with a provvedimento, seen everywhere, and the number is never given again', async () => {
    const id = await registra(segreteria, 'VERB', { dati: { organo: 'Consiglio', seduta: '2026-01-10' }, oggetto: 'Verbale sbagliato' })
    await requestAnnullamento(segreteria, id, 'File sbagliato')
    await expect(requestAnnullamento(segreteria, id, 'Di nuovo')).rejects.toMatchObject({ status: 409 })
    const [richiesta] = await listRichieste(rgd)
    expect((await presentRigaById(segreteria, id)).annullata).toBe(false)
    await decideAnnullamento(rgd, richiesta?.id ?? '', { esito: 'autorizzato', numero: '7', data: '2026-02-01', nota: '' })
    const riga = await presentRigaById(segreteria, id)
    expect(riga.annullamento).toMatch(/^ANNULLATO il \d{2}\/\d{2}\/\d{4} da Marta .* – provv\. n\. 7 del 01\/02\/2026$/u)
    expect(riga.oggetto).toBe('Verbale sbagliato')
    const lista = await listRighe(segreteria, await repertorio('VERB'), { pagina: 1, perPagina: 50 })
    expect(lista.elementi.find((r) => r.id === id)).toMatchObject({ annullata: true, oggetto: 'Verbale sbagliato' })
    await expect(requestAnnullamento(segreteria, id, 'Ripensamento')).rejects.toMatchObject({ codice: 'registrazione-annullata' })
    await expect(decideAnnullamento(rgd, richiesta?.id ?? '', { esito: 'rifiutato', numero: '', nota: '' })).rejects.toMatchObject({
      status: 404,
    })
    const next = await presentRigaById(
      segreteria,
      await registra(segreteria, 'VERB', { dati: { organo: 'Consiglio', seduta: '2026-01-10' } }),
    )
    expect(next.numero).toBe(riga.numero + 1)
    expect(await verifyChain(rgd, await repertorio('VERB'))).toBeNull()
  })

  it('REQ-PROT-112 a refused request leaves the row valid, and the history says who and why', async () => {
    const id = await registra(segreteria, 'DECS')
    await requestAnnullamento(segreteria, id, 'Un dubbio')
    const richiesta = (await listRichieste(rgd)).find((r) => r.riga.id === id)
    await decideAnnullamento(rgd, richiesta?.id ?? '', { esito: 'rifiutato', numero: '', nota: 'Va bene così' })
    const riga = await presentRigaById(segreteria, id)
    expect(riga).toMatchObject({ annullata: false, annullamento: null })
    expect(riga.annullamenti).toMatchObject([{ esito: 'rifiutato', nota: 'Va bene così', motivo: 'Un dubbio' }])
    expect(riga.storia.map((s) => s.azione).toSorted()).toEqual(['annullamento-richiesto', 'annullamento-rifiutato', 'repertoriata'])
  })
})

describe('what leaves and what is seen', () => {
  it('REQ-PROT-113 the act takes no protocol number; the letter that sends it is registered and names it', async () => {
    const counter = async (): Promise<number> =>
      (
        await queryOne<{ ultimo: number }>(rgd, 'select ultimo from contatore_registro where ente_id = $1 and registro_id = $2', [
          e.ente.id,
          e.registroId,
        ])
      )?.ultimo ?? -1
    const before = await counter()
    const id = await registra(segreteria, 'DET')
    expect(await counter()).toBe(before)
    const entrata = await createRegistrazione(
      (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope,
      e,
      store,
    )
    await expect(linkTrasmissione(rgd, id, entrata)).rejects.toMatchObject({ codice: 'trasmissione-non-in-uscita' })
  })

  it('a riservato shows number and date only to who may not read it, and words do not find it', async () => {
    const id = await registra(segreteria, 'DECS', { oggetto: 'Provvedimento segretissimo', riservato: true })
    const decreti = await repertorio('DECS')
    const page = { pagina: 1, perPagina: 200 }
    const seen = (await listRighe(scuola, decreti, page)).elementi.find((r) => r.id === id)
    expect(seen).toMatchObject({ oggetto: 'RISERVATO', formatore: '', riservata: true })
    expect(await listRighe(scuola, decreti, { ...page, q: 'segretissimo' })).toEqual({ elementi: [], totale: 0 })
    expect((await listRighe(rgd, decreti, { ...page, q: 'segretissimo' })).totale).toBe(1)
    await expect(readRiga(scuola, id)).rejects.toMatchObject({ status: 404 })
    await readRiga(rgd, id)
    const reads = await query(rgd, `select 1 from evento_audit where ente_id = $1 and oggetto_id = $2 and azione = 'repertorio-letto'`, [
      e.ente.id,
      id,
    ])
    expect(reads.length).toBe(1)
  })

  it('REQ-PROT-112 the static extraction freezes an ended period once, with its digest and that of the one before', async () => {
    const ordinanze = await repertorio('ORDS')
    await extractPeriodo(rgd, ordinanze, '2020-01-01', '2020-12-31')
    await expect(extractPeriodo(rgd, ordinanze, '2020-01-01', '2020-12-31')).rejects.toMatchObject({ status: 409 })
    await expect(extractPeriodo(rgd, ordinanze, '2020-01-01', '2999-12-31')).rejects.toMatchObject({ codice: 'periodo-non-concluso' })
    const circolari = await repertorio('CIRC')
    const yesterday = await queryOne<{ giorno: string }>(rgd, `select to_char(current_date - 1, 'YYYY-MM-DD') as giorno`)
    await extractPeriodo(rgd, circolari, '2020-01-01', '2020-12-31')
    await extractPeriodo(rgd, circolari, '2021-01-01', yesterday?.giorno ?? '')
    const rows = await query<{ impronta: string; precedente: string; testo: string }>(
      rgd,
      'select impronta, impronta_precedente as precedente, testo from estrazione_repertorio where ente_id = $1 and repertorio_id = $2 order by creata_il',
      [e.ente.id, circolari],
    )
    expect(rows[1]?.precedente).toBe(rows[0]?.impronta)
    expect((await listEstrazioni(rgd, circolari)).length).toBe(2)
    await expect(query(rgd, `update estrazione_repertorio set testo = '' where ente_id = $1`, [e.ente.id])).rejects.toThrow(
      /permission denied/u,
    )
  })
})
