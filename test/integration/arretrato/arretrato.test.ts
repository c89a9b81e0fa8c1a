import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { deduceCausa } from '../../../server/arretrato/rules.ts'
import { findArretrato } from '../../../server/arretrato/repository.ts'
import { cause, fasceEta, filtriArretrato, mancanze } from '../../../server/arretrato/schema.ts'
import type { FiltriArretrato } from '../../../server/arretrato/schema.ts'
import {
  correctCausa,
  countOltreSoglia,
  listArretrato,
  listRiepiloghi,
  readSintesi,
  saveSoglie,
  takeRiepiloghi,
} from '../../../server/arretrato/service.ts'
import { fileDocumento } from '../../../server/fascicoli/index.ts'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { replaceClock } from '../../../server/kernel/time.ts'
import { reclassifyRegistrazione } from '../../../server/protocollo/service/classify.ts'
import { requestAnnullamento } from '../../../server/protocollo/service/annulla.ts'
import { authorizeRichiesta } from '../../../server/protocollo/service/decidi.ts'
import { takeInCarico } from '../../../server/protocollo/service/assign.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, sistema } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { openScope } from '../../support/database.ts'
import { apri, registra } from '../../support/fascicoli.ts'

let db: TestDatabase
let e: EnteDiProva
let lidia: Scope
let egidio: Scope
let addetta: Scope
let marta: Scope
const docs = new Map<string, { id: string; documentoId: string }>()

const all = (more: Partial<FiltriArretrato> = {}): FiltriArretrato => ({ ...filtriArretrato.parse({ perPagina: '200' }), ...more })
const names = async (scope: Scope, more: Partial<FiltriArretrato> = {}): Promise<string[]> => {
  const { elementi } = await listArretrato(scope, all(more))
  return elementi.flatMap((row) => [...docs].flatMap(([name, d]) => (d.id === row.registrazione.id ? [name] : []))).toSorted()
}

/** Moves the legal clock and that of the process together. */
async function at(instant: string): Promise<void> {
  replaceClock(() => new Date(instant))
  await withClient(db.ownerUrl, async (client) => {
    await client.query(
      `create or replace function app.istante() returns timestamptz language sql volatile set search_path = pg_catalog, pg_temp as 'select timestamptz ''${instant}'''`,
    )
  })
}

async function take(scope: Scope, id: string): Promise<void> {
  const [row] = await query<{ id: string }>(
    scope,
    `select id from assegnazione where ente_id = $1 and registrazione_id = $2 and tipo = 'competenza' and al is null`,
    [e.ente.id, id],
  )
  await takeInCarico(scope, row?.id ?? '')
}

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  lidia = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Lidia')).scope
  egidio = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Egidio')).scope
  addetta = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.edilizia, 'Ada')).scope
  marta = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', null, 'Marta')).scope
  const voce = (codice: string): { voceId: string } => ({ voceId: e.voci.get(codice) ?? '' })
  const register = async (name: string, instant: string, changes: Parameters<typeof registra>[2] = {}): Promise<void> => {
    await at(instant)
    docs.set(name, await registra(changes?.riservatezza === undefined ? lidia : marta, e, { dataArrivo: instant, ...changes }))
  }
  // Friday 4 September 2026 to Monday 21: classes without and with sottoclassi, an office that takes charge and one that does not.
  await register('vecchia', '2026-09-04T08:00:00Z', voce('VI/1'))
  await register('terzo livello', '2026-09-07T08:00:00Z', voce('VI/3'))
  await register('breve', '2026-09-14T08:00:00Z', { ...voce('VI/1'), oggetto: 'Domanda' })
  await register('fascicolata', '2026-09-14T09:00:00Z', voce('VI/1'))
  await register('annullata', '2026-09-14T10:00:00Z', voce('VI/1'))
  await register('riservata', '2026-09-14T11:00:00Z', { ...voce('VI/1'), riservatezza: 'RISERVATO' })
  await register('scuola', '2026-09-21T08:00:00Z', { ...voce('VI/1'), assegnazione: { ufficioId: e.uffici.scuola } })
  await at('2026-09-21T10:00:00Z')
  for (const name of ['vecchia', 'terzo livello', 'breve', 'fascicolata', 'riservata']) await take(egidio, docs.get(name)?.id ?? '')
  const fascicolo = await apri(egidio, e, voce('VI/1'))
  await fileDocumento(egidio, fascicolo, { documentoId: docs.get('fascicolata')?.documentoId ?? '' })
  const richiesta = await requestAnnullamento(lidia, docs.get('annullata')?.id ?? '', { motivo: 'Registrata per errore.' }, newId())
  await authorizeRichiesta(marta, richiesta, { provvedimento: { numero: '1', data: '2026-09-21' }, confermaDestinatario: false })
})
afterAll(async () => {
  replaceClock(null)
  await db.close()
})

describe('the arrears', () => {
  it('REQ-FASC-022 what is registered and not filed is there; what is filed or annulled is not', async () => {
    expect(await names(marta)).toEqual(['breve', 'riservata', 'scuola', 'terzo livello', 'vecchia'])
    expect(await names(marta, { mancanza: 'senza-fascicolo' })).toEqual(['breve', 'riservata', 'scuola', 'terzo livello', 'vecchia'])
    expect(await names(marta, { mancanza: 'non-prese-in-carico' })).toEqual(['scuola'])
  })

  it('REQ-TIT-022 a classe with sottoclassi is work to do until the head chooses one', async () => {
    expect(await names(egidio, { mancanza: 'senza-terzo-livello' })).toEqual(['terzo livello'])
    const { id } = docs.get('terzo livello') as { id: string }
    await reclassifyRegistrazione(egidio, id, { voceId: e.voci.get('VI/3/4') ?? '', motivo: 'Accesso agli atti.' })
    expect(await names(egidio, { mancanza: 'senza-terzo-livello' })).toEqual([])
    await reclassifyRegistrazione(egidio, id, { voceId: e.voci.get('VI/3') ?? '', motivo: 'Torna alla classe.' })
  })

  it('REQ-FASC-061 a document of a fascicolo past its term is there, for as long as the term is past', async () => {
    const f = await apri(egidio, e, {
      tipo: 'procedimento amministrativo',
      procedimento: { materia: 'Edilizia', denominazione: 'Accesso agli atti', termineGiorni: 30 },
      documentoId: docs.get('terzo livello')?.documentoId ?? '',
    })
    expect(await names(marta, { mancanza: 'oltre-termine' })).toEqual([])
    await at('2026-10-08T10:00:00Z')
    expect(await names(marta, { mancanza: 'oltre-termine' })).toEqual(['terzo livello'])
    await at('2026-09-21T10:00:00Z')
    expect(f).toMatch(/^[0-9a-f-]{36}$/u)
  })

  it('REQ-FASC-022 age goes from the head of the office to the head of records management by working days', async () => {
    // Monday 21 September: more than five working days before is what came before Monday 14; more than ten before Monday 7.
    expect(await names(marta, { oltre: 'rgd' })).toEqual(['vecchia'])
    expect(await names(egidio, { oltre: 'responsabile' })).toEqual(['vecchia'])
    expect(await countOltreSoglia(egidio)).toBe(1)
    await saveSoglie(marta, { giorniResponsabile: 4, giorniRgd: 30 })
    expect(await names(egidio, { oltre: 'responsabile' })).toEqual(['breve', 'riservata', 'vecchia'])
    expect([await countOltreSoglia(egidio), await countOltreSoglia(marta)]).toEqual([3, 0])
    await expect(saveSoglie(marta, { giorniResponsabile: 9, giorniRgd: 9 })).rejects.toMatchObject({ codice: 'soglie-invertite' })
    await saveSoglie(marta, { giorniResponsabile: 5, giorniRgd: 10 })
  })

  it('A8 a riservato is in the arrears of who may read it only, in list and numbers', async () => {
    expect(await names(egidio)).toContain('riservata')
    expect(await names(addetta)).not.toContain('riservata')
    expect((await readSintesi(egidio)).totale - (await readSintesi(addetta)).totale).toBe(1)
    expect(await names(addetta)).not.toContain('scuola')
  })
})

describe('indicators', () => {
  it('REQ-FASC-061 the share filed within five days and the documents among the various objects, ordinary ones only', async () => {
    const before = (await readSintesi(marta)).indicatori
    // Ordinary: vecchia, terzo livello (filed after a fortnight), breve, fascicolata (filed after a week), annullata, scuola.
    expect(before).toEqual({ registrati: 6, fascicolatiEntroCinqueGiorni: 0, inOggettiDiversi: 0 })
    await at('2026-09-21T11:00:00Z')
    docs.set('diversi', await registra(lidia, e, { dataArrivo: '2026-09-21T10:30:00Z', voceId: e.voci.get('XIV') ?? '' }))
    await take(egidio, docs.get('diversi')?.id ?? '')
    expect((await readSintesi(egidio)).indicatori).toEqual({ registrati: 6, fascicolatiEntroCinqueGiorni: 0, inOggettiDiversi: 1 })
    const fascicolo = await apri(egidio, e, { voceId: e.voci.get('XIV') ?? '' })
    await fileDocumento(egidio, fascicolo, { documentoId: docs.get('diversi')?.documentoId ?? '' })
    // Filing is dated by the clock of the database server, which the test does not move.
    const filedOn = async (instant: string): Promise<void> =>
      await withClient(db.ownerUrl, async (client) => {
        await client.query(`select set_config('app.ente_id', $1, false)`, [e.ente.id])
        await client.query('update fascicolo_documento set inserito_il = $1 where documento_id = $2', [
          instant,
          docs.get('diversi')?.documentoId,
        ])
      })
    const filed = async (): Promise<number> => (await readSintesi(marta)).indicatori.fascicolatiEntroCinqueGiorni
    await filedOn('2026-09-26T21:59:00Z')
    expect(await filed()).toBe(1)
    await filedOn('2026-09-26T22:01:00Z')
    expect(await filed()).toBe(0)
    expect((await readSintesi(marta)).indicatori).toMatchObject({ registrati: 7, inOggettiDiversi: 1 })
  })
})

describe('numbers and lists', () => {
  it('every number of the board and of the desk equals the list it opens', async () => {
    let allBeyond = 0
    for (const scope of [marta, egidio, addetta]) {
      const s = await readSintesi(scope)
      const length = async (f: Partial<FiltriArretrato>): Promise<number> => {
        const { elementi, totale } = await listArretrato(scope, all(f))
        expect(totale).toBe(elementi.length)
        return totale
      }
      expect(s.totale).toBe(await length({}))
      expect(s.totale).toBeGreaterThan(0)
      const beyond = await length({ oltre: scope === marta ? 'rgd' : 'responsabile' })
      expect(await countOltreSoglia(scope)).toBe(beyond)
      allBeyond += beyond
      for (const m of mancanze) expect({ m, n: s.mancanze[m] }).toEqual({ m, n: await length({ mancanza: m }) })
      for (const causa of cause) expect(s.cause.find((c) => c.causa === causa)?.totale).toBe(await length({ causa }))
      for (const fascia of fasceEta) expect(s.fasce.find((x) => x.fascia === fascia)?.totale).toBe(await length({ fascia }))
      for (const u of s.uffici) {
        expect(u.totale).toBe(await length({ ufficio: u.id }))
        expect(u.oltreResponsabile).toBe(await length({ ufficio: u.id, oltre: 'responsabile' }))
        expect(u.oltreRgd).toBe(await length({ ufficio: u.id, oltre: 'rgd' }))
        for (const m of mancanze) expect(u.mancanze[m]).toBe(await length({ ufficio: u.id, mancanza: m }))
      }
    }
    expect(allBeyond).toBeGreaterThan(0)
  })

  it('the cause of the database is the one the facts say', async () => {
    const { rows } = await findArretrato(marta, { responsabile: '2026-09-14', rgd: '2026-09-07' }, all())
    expect(new Set(rows.map((r) => r.dedotta)).size).toBeGreaterThan(2)
    for (const row of rows) expect(row.dedotta).toBe(deduceCausa(row).causa)
  })

  it('the records manager corrects the cause; the deduced one, author and note stay, and the numbers follow', async () => {
    const { id } = docs.get('breve') as { id: string }
    const before = (await listArretrato(marta, all())).elementi.find((row) => row.registrazione.id === id)
    expect(before).toMatchObject({ causa: 'immissione', corretta: null, motivo: expect.stringContaining('troppo breve') })
    await correctCausa(marta, id, { causa: 'formazione', nota: 'Corso del 30 settembre' })
    await correctCausa(marta, id, { causa: 'titolario', nota: 'Manca la classe' })
    const after = (await listArretrato(marta, all({ causa: 'titolario' }))).elementi.find((row) => row.registrazione.id === id)
    expect(after).toMatchObject({
      causa: 'titolario',
      corretta: { dedotta: 'immissione', nota: 'Manca la classe', autore: expect.stringContaining('Marta') },
    })
    const kept = await query<{ causa: string; aperta: boolean }>(
      marta,
      'select causa, al is null as aperta from causa_arretrato where ente_id = $1 and registrazione_id = $2 order by al nulls last',
      [e.ente.id, id],
    )
    expect(kept).toEqual([
      { causa: 'formazione', aperta: false },
      { causa: 'titolario', aperta: true },
    ])
    await expect(correctCausa(marta, docs.get('annullata')?.id ?? '', { causa: 'titolario', nota: '' })).rejects.toMatchObject({
      status: 404,
    })
  })
})

describe('the weekly picture', () => {
  it('is taken once a week, of the AOO and of each office, without riservati', async () => {
    const machine = openScope(db.orm, e.ente, sistema, ruoli.jobs)
    await takeRiepiloghi(machine)
    await takeRiepiloghi(machine)
    const rows = await listRiepiloghi(marta)
    expect(rows.map((r) => [r.settimana, r.ufficio?.denominazione ?? 'AOO', r.totale])).toEqual([
      ['2026-09-21', 'AOO', 3],
      ['2026-09-21', 'Servizi scolastici', 1],
      ['2026-09-21', 'Sportello unico edilizia', 2],
    ])
    expect((await readSintesi(marta)).totale).toBe(4)
    expect((await listRiepiloghi(egidio)).map((r) => r.ufficio?.denominazione)).toEqual(['Sportello unico edilizia'])
    await at('2026-09-28T06:00:00Z')
    await takeRiepiloghi(machine)
    expect(new Set((await listRiepiloghi(marta)).map((r) => r.settimana))).toEqual(new Set(['2026-09-28', '2026-09-21']))
  })
})
