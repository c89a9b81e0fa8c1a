import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { query } from '../../../server/kernel/scope.ts'
import { addDays, romeDay } from '../../../server/kernel/time.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { requestAnnullamento } from '../../../server/protocollo/service/annulla.ts'
import { takeInCarico } from '../../../server/protocollo/service/assign.ts'
import { authorizeRichiesta, refuseRichiesta } from '../../../server/protocollo/service/decidi.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { grafici } from '../../../server/statistiche/schema.ts'
import type { Grafico, StatisticaDto } from '../../../server/statistiche/schema.ts'
import { exportStatistica, readStatistica } from '../../../server/statistiche/service.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, createRegistrazione, readAll } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

const OGGI = romeDay(new Date())
let db: TestDatabase
let e: EnteDiProva
let lidia: Scope
let egidio: Scope
let marta: Scope
let auditor: Scope

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  lidia = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Lidia')).scope
  egidio = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.scuola, 'Egidio')).scope
  marta = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', null, 'Marta')).scope
  auditor = (await createOperatore(db.orm, e, 'auditor', null, 'Aldo')).scope
  const days = (n: number): { dataArrivo: string } => ({ dataArrivo: new Date(Date.now() - n * 86_400_000).toISOString() })
  // Four ordinary ones, two of which late by 3 and 8 days; two riservati of the building office.
  await createRegistrazione(lidia, e)
  await createRegistrazione(lidia, e, undefined, { mezzo: 'POSTA', tipologia: 'Comunicazione' })
  await createRegistrazione(lidia, e, undefined, { ...days(3), assegnazione: { ufficioId: e.uffici.scuola } })
  await createRegistrazione(lidia, e, undefined, { ...days(8) })
  await createRegistrazione(marta, e, undefined, { riservatezza: 'RISERVATO' })
  await createRegistrazione(marta, e, undefined, { riservatezza: 'RISERVATO' })
})
afterAll(async () => await db.close())

const read = async (scope: Scope, grafico: Grafico, more: object = {}): Promise<StatisticaDto> =>
  await readStatistica(scope, grafico, { passo: 'mese', ...more })
const total = (s: StatisticaDto): number => s.righe.reduce((sum, row) => sum + row.valori.reduce((n: number, v) => n + (v ?? 0), 0), 0)

describe('statistics of the register', () => {
  it('REQ-PROT-143 registrations by period, type and channel: the sums are those of the register', async () => {
    expect(total(await read(marta, 'registrazioni'))).toBe(6)
    expect(total(await read(marta, 'canali'))).toBe(6)
    const daily = await read(marta, 'registrazioni', { passo: 'giorno', da: addDays(OGGI, -9), a: OGGI })
    expect(daily.righe).toHaveLength(10)
    expect(daily.righe.at(-1)).toEqual({ etichetta: OGGI, valori: [6, 0, 0] })
    expect(daily.righe[0]).toEqual({ etichetta: addDays(OGGI, -9), valori: [0, 0, 0] })
    expect(total(await read(marta, 'registrazioni', { da: addDays(OGGI, -40), a: addDays(OGGI, -1) }))).toBe(0)
    expect((await read(marta, 'tipologie')).righe).toEqual([
      { etichetta: 'Comunicazione', valori: [1] },
      { etichetta: 'Istanza', valori: [5] },
    ])
  })

  it('REQ-PROT-143 by office and with the office filter', async () => {
    expect((await read(marta, 'uffici')).righe).toEqual([
      { etichetta: 'Servizi scolastici', valori: [1] },
      { etichetta: 'Sportello unico edilizia', valori: [5] },
    ])
    expect(await read(marta, 'registrazioni', { ufficio: e.uffici.scuola })).toMatchObject({ ufficio: 'Servizi scolastici' })
    expect(total(await read(marta, 'registrazioni', { ufficio: e.uffici.scuola }))).toBe(1)
    const altrove = await createEnte(db.orm)
    await expect(read(marta, 'registrazioni', { ufficio: altrove.uffici.scuola })).rejects.toMatchObject({ status: 404 })
  })

  it('REQ-PROT-143 delay between arrival and registration, in days of Rome', async () => {
    const s = await read(marta, 'ritardi', { da: OGGI, a: OGGI })
    expect(s.serie).toEqual(['nel giorno', '1 giorno', 'da 2 a 5 giorni', 'oltre 5 giorni'])
    expect(s.righe.map((row) => row.valori)).toEqual([[4, 0, 1, 1]])
  })

  it('REQ-PROT-143 the annulment rate counts what was annulled, and is empty where nothing was registered', async () => {
    const [rifiutata, pendente, annullata] = await query<{ id: string }>(
      marta,
      'select id from registrazione where ente_id = $1 order by numero limit 3',
      [e.ente.id],
    )
    const ask = async (row: { id: string } | undefined): Promise<string> =>
      await requestAnnullamento(lidia, row?.id ?? '', { motivo: 'Registrata per errore.' }, newId())
    const tasso = async (): Promise<unknown> =>
      (await read(marta, 'annullamenti', { da: addDays(OGGI, -40), a: OGGI })).righe.at(-1)?.valori
    await refuseRichiesta(marta, await ask(rifiutata), 'La registrazione è giusta.')
    await ask(pendente)
    expect(await tasso()).toEqual([0])
    await authorizeRichiesta(marta, await ask(annullata), {
      provvedimento: { numero: '7', data: OGGI },
      confermaDestinatario: false,
    })
    expect(await tasso()).toEqual([16.67])
    const before = await read(marta, 'annullamenti', { da: addDays(OGGI, -40), a: OGGI })
    expect(before.righe[0]?.valori).toEqual([null])
  })

  it('REQ-PROT-061 A8 riservati are counted only for who may read them, in every chart of the register', async () => {
    for (const scope of [lidia, egidio, auditor]) {
      expect({ chi: scope.attore.nome, n: total(await read(scope, 'registrazioni')) }).toEqual({ chi: scope.attore.nome, n: 4 })
      expect(total(await read(scope, 'canali'))).toBe(4)
      expect(total(await read(scope, 'uffici'))).toBe(4)
      expect((await read(scope, 'registrazioni')).riservatiEsclusi).toBe(true)
    }
    const capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Capo')).scope
    expect(total(await read(capo, 'registrazioni'))).toBe(6)
    expect((await read(marta, 'registrazioni')).riservatiEsclusi).toBe(false)
  })

  it('the median time to taking charge is measured by office, and offices without any have no number', async () => {
    const [a] = await query<{ id: string }>(egidio, `select id from assegnazione where ente_id = $1 and ufficio_id = $2 and al is null`, [
      e.ente.id,
      e.uffici.scuola,
    ])
    await takeInCarico(egidio, a?.id ?? '')
    const { righe } = await read(marta, 'presa-in-carico')
    expect(righe.find((row) => row.etichetta === 'Servizi scolastici')?.valori[0]).toBeGreaterThanOrEqual(0)
    expect(righe.find((row) => row.etichetta === 'Servizi scolastici')?.valori[0]).toBeLessThan(1)
    expect(righe.find((row) => row.etichetta === 'Sportello unico edilizia')?.valori).toEqual([null])
  })

  it('no chart has a person in it', async () => {
    const people = ['Lidia', 'Egidio', 'Marta', 'Ventaglio']
    for (const grafico of grafici) {
      const text = JSON.stringify(await read(marta, grafico))
      expect({ grafico, trovati: people.filter((name) => text.includes(name)) }).toEqual({ grafico, trovati: [] })
    }
  })

  it('each chart is a CSV with the same numbers, and its export is in the trail', async () => {
    const file = await exportStatistica(marta, 'uffici', { passo: 'mese' })
    expect(file.nome).toMatch(/^statistica-uffici-\d{4}-\d{2}-\d{2}-\d{4}-\d{2}-\d{2}\.csv$/u)
    const text = (await readAll(file.stream)).toString('utf8')
    expect(text.startsWith('\uFEFF')).toBe(true)
    expect(text).toContain('Sportello unico edilizia;5\r\n')
    const facts = await query(
      marta,
      `select 1 from evento_audit where ente_id = $1 and azione = 'statistica-esportata' and oggetto_id = 'uffici'`,
      [e.ente.id],
    )
    expect(facts).toHaveLength(1)
  })
})
