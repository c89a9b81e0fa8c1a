import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { checkAppartenenza, closeSerie, createSerie, listSerie, readSerie } from '../../../server/archivio/service/serie.ts'
import type { NuovaSerie } from '../../../server/archivio/schema.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, insertRows, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { apriPieno, esegui, nelGiorno, registraInCarico } from '../../support/archivio.ts'
import { createDatabase, openScope, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, sistema } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { store } from '../../support/fascicoli.ts'

let db: TestDatabase
let e: EnteDiProva
let capo: Scope
let protocollo: Scope
let rgd: Scope
const ids: Record<string, string> = {}
const PARTE = { pagina: 1, perPagina: 50 }

const etichetta = async (id: string): Promise<string> => {
  const row = await queryOne<{ n: string }>(
    rgd,
    `select lpad(numero::text, 7, '0') || '/' || anno as n from registrazione where ente_id = $1 and id = $2`,
    [e.ente.id, id],
  )
  return row?.n ?? ''
}
const voce = (codice: string): string => e.voci.get(codice) ?? ''
const nuova = (s: Partial<NuovaSerie>): NuovaSerie => ({
  tipo: 'documentale',
  denominazione: 'Istanze',
  anno: 2024,
  tipologia: 'Istanza',
  voceId: voce('VI/3'),
  ...s,
})

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  protocollo = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope
  rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', null, 'Rina')).scope
  await nelGiorno(db, '2024-05-06', async () => {
    ids['prima'] = (await registraInCarico(protocollo, e, { voceId: voce('VI/3'), tipologia: 'Istanza' })).id
    ids['altroTipo'] = (await registraInCarico(protocollo, e, { voceId: voce('VI/3'), tipologia: 'Fattura' })).id
    ids['altraVoce'] = (await registraInCarico(protocollo, e, { voceId: voce('VI/5'), tipologia: 'Istanza' })).id
    ids['affare'] = (await apriPieno(capo, protocollo, e)).codice
    ids['attivita'] = (await apriPieno(capo, protocollo, e, { tipo: 'attivita' })).codice
    ids['altraClasse'] = (await apriPieno(capo, protocollo, e, { voceId: voce('VI/3/1') })).codice
  })
  await nelGiorno(
    db,
    '2024-12-31',
    async () => {
      ids['seconda'] = (await registraInCarico(protocollo, e, { voceId: voce('VI/3'), tipologia: 'Istanza' })).id
    },
    '23:50:00',
  )
  await nelGiorno(
    db,
    '2025-01-01',
    async () => {
      ids['dopo'] = (await registraInCarico(protocollo, e, { voceId: voce('VI/3'), tipologia: 'Istanza' })).id
    },
    '00:10:00',
  )
})
afterAll(async () => await db.close())

describe('series of documents', () => {
  it('REQ-FASC-031 hold documents of one type, in order of time, within the solar year, under their voice down to the third level', async () => {
    const id = await createSerie(rgd, nuova({}))
    const { elementi, totale } = await readSerie(rgd, id, PARTE)
    const riferimenti = elementi.map((m) => m.riferimento)
    // The documents filed in fascicoli of a sottoclasse took it: they are under the class all the same.
    expect(riferimenti[0]).toBe(await etichetta(ids['prima'] ?? ''))
    expect(riferimenti.at(-1)).toBe(await etichetta(ids['seconda'] ?? ''))
    expect(totale).toBe(5)
    for (const fuori of ['altroTipo', 'altraVoce', 'dopo']) expect(riferimenti).not.toContain(await etichetta(ids[fuori] ?? ''))
    expect(elementi.map((m) => m.giorno)).toEqual(elementi.map((m) => m.giorno).toSorted())
  })

  it('REQ-FASC-031 refuse a document of another year, type or class, and say why', async () => {
    const [serie] = await listSerie(rgd)
    const why = async (chi: string): Promise<string> =>
      (await checkAppartenenza(rgd, serie?.id ?? '', await etichetta(ids[chi] ?? ''))).messaggio
    expect(await why('dopo')).toBe('È del 2025: la serie è del 2024.')
    expect(await why('altroTipo')).toBe('È di tipo «Fattura»: la serie è di «Istanza».')
    expect(await why('altraVoce')).toBe('È classificato VI/5: la serie è della voce VI/3.')
    expect(await why('prima')).toBe('Fa parte della serie.')
    expect((await checkAppartenenza(rgd, serie?.id ?? '', ids['affare'] ?? '')).messaggio).toBe(
      'La serie è di documenti, non di fascicoli.',
    )
    // Also past the service: the database refuses such a member.
    for (const [chi, giorno] of [
      ['dopo', '2024-06-01'],
      ['altroTipo', '2024-05-06'],
      ['prima', '2025-05-06'],
    ] as const) {
      const row = await queryOne<{ d: string }>(rgd, 'select documento_id as d from registrazione where ente_id = $1 and id = $2', [
        e.ente.id,
        ids[chi],
      ])
      const membro = { id: newId(), serie_id: serie?.id, posizione: 1, documento_id: row?.d, giorno, riferimento: 'x' }
      const insert = inTransaction(rgd, async (tx) => await insertRows(tx, 'serie_membro', [membro]))
      await expect(insert).rejects.toMatchObject({ constraint: 'serie_membro_estraneo' })
    }
  })

  it('REQ-FASC-031 want a type, a voice of the third level at most and a year that has begun; one for each criterion', async () => {
    await expect(createSerie(rgd, { tipo: 'documentale', denominazione: 'X', anno: 2024 })).rejects.toMatchObject({
      campi: [{ campo: 'tipologia' }, { campo: 'voceId' }],
    })
    await expect(createSerie(rgd, nuova({ anno: 2999 }))).rejects.toMatchObject({ campi: [{ campo: 'anno' }] })
    await expect(createSerie(rgd, { tipo: 'fascicoli', denominazione: 'X', anno: 2024 })).rejects.toMatchObject({
      campi: [{ campo: 'voceId' }],
    })
    await expect(createSerie(rgd, nuova({ denominazione: 'Di nuovo' }))).rejects.toMatchObject({ codice: 'serie-esistente', status: 409 })
    await expect(createSerie(capo, nuova({ anno: 2025 }))).rejects.toMatchObject({ status: 403 })
  })
})

describe('series of fascicoli', () => {
  it('REQ-FASC-031 hold fascicoli of the same class or of the same type, and refuse the others by name', async () => {
    const perClasse = await createSerie(rgd, { tipo: 'fascicoli', denominazione: 'Accesso', anno: 2024, voceId: voce('VI/3/4') })
    expect((await readSerie(rgd, perClasse, PARTE)).elementi.map((m) => m.riferimento)).toEqual([ids['affare'], ids['attivita']])
    expect((await checkAppartenenza(rgd, perClasse, ids['altraClasse'] ?? '')).messaggio).toBe(
      'È classificato VI/3/1: la serie è della voce VI/3/4.',
    )
    const perTipo = await createSerie(rgd, { tipo: 'fascicoli', denominazione: 'Attività', anno: 2024, tipoFascicolo: 'attivita' })
    expect((await readSerie(rgd, perTipo, PARTE)).elementi.map((m) => m.riferimento)).toEqual([ids['attivita']])
    expect((await checkAppartenenza(rgd, perTipo, ids['affare'] ?? '')).messaggio).toBe('È di tipo «affare»: la serie è di «attivita».')
  })
})

describe('the yearly closing', () => {
  it('REQ-FASC-031 freezes the members of the years that are over, by itself; a closed series receives nothing and one of this year stays open', async () => {
    const [before] = (await listSerie(rgd)).filter((s) => s.tipologia === 'Istanza')
    const oggi = await createSerie(rgd, nuova({ denominazione: 'Di quest’anno', anno: new Date().getFullYear() }))
    await expect(closeSerie(rgd, oggi)).rejects.toMatchObject({ codice: 'anno-non-finito' })
    const system = openScope(db.orm, e.ente, sistema, ruoli.jobs)
    const { stampatricePdf } = await import('../../../server/adapters/stampa-pdf/index.ts')
    await esegui(system, 'archivio.fineAnno', { store, stampa: stampatricePdf } as unknown as Ports)
    const after = await listSerie(rgd)
    expect(after.find((s) => s.id === oggi)?.chiusaIl).toBeNull()
    const closed = after.find((s) => s.id === before?.id)
    expect(closed).toMatchObject({
      membri: before?.membri,
      chiusaIl: expect.any(String),
      impronta: expect.stringMatching(/^[0-9a-f]{64}$/u),
    })
    const frozen = await readSerie(rgd, closed?.id ?? '', PARTE)
    // A document registered later, or reclassified, changes nothing of what was frozen.
    await registraInCarico(protocollo, e, { voceId: voce('VI/3'), tipologia: 'Istanza' })
    expect(await readSerie(rgd, closed?.id ?? '', PARTE)).toEqual(frozen)
    expect((await checkAppartenenza(rgd, closed?.id ?? '', await etichetta(ids['prima'] ?? ''))).appartiene).toBe(true)
    await expect(closeSerie(rgd, closed?.id ?? '')).rejects.toMatchObject({ codice: 'serie-gia-chiusa' })
    const row = await queryOne<{ d: string }>(rgd, 'select documento_id as d from registrazione where ente_id = $1 and id = $2', [
      e.ente.id,
      ids['prima'],
    ])
    await expect(
      inTransaction(
        rgd,
        async (tx) =>
          await insertRows(tx, 'serie_membro', [
            { id: newId(), serie_id: closed?.id, posizione: 99, documento_id: row?.d, giorno: '2024-05-06', riferimento: 'x' },
          ]),
      ),
    ).rejects.toMatchObject({ constraint: 'serie_membro_chiusa' })
  })
})
