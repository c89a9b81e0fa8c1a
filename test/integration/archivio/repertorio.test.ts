import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { checkRepertorio } from '../../../metadata-schemas/repertorio/index.ts'
import { stampatricePdf } from '../../../server/adapters/stampa-pdf/index.ts'
import { readCsv } from '../../../server/archivio/rules.ts'
import { extractRepertorio, listEstrazioni, openEstrazione } from '../../../server/archivio/service/estrai.ts'
import { listRepertorio } from '../../../server/archivio/service/repertorio.ts'
import { readSerie, listSerie } from '../../../server/archivio/service/serie.ts'
import { filtriRepertorio } from '../../../server/archivio/schema.ts'
import type { FormatoEstrazione } from '../../../server/archivio/schema.ts'
import { presentFascicoloById } from '../../../server/fascicoli/index.ts'
import { reopenFascicolo } from '../../../server/fascicoli/service/stato.ts'
import { decideTrasferimento, requestTrasferimento } from '../../../server/fascicoli/service/trasferisci.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { inTransaction, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { apriPieno, chiudi, esegui, nelGiorno } from '../../support/archivio.ts'
import { createDatabase, openScope, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, readAll, sistema } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { apri, registra, store } from '../../support/fascicoli.ts'
import { readTesto } from '../../support/lettore.ts'

let db: TestDatabase
let e: EnteDiProva
let capo: Scope
let scuola: Scope
let protocollo: Scope
let rgd: Scope
let auditor: Scope
const ports = { store, stampa: stampatricePdf } as unknown as Ports

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  scuola = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.scuola, 'Sara')).scope
  protocollo = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope
  rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', null, 'Rina')).scope
  auditor = (await createOperatore(db.orm, e, 'auditor', null, 'Aldo')).scope
})
afterAll(async () => await db.close())

const filtri = (f: Record<string, unknown> = {}) => filtriRepertorio.parse({ perPagina: 200, ...f })
const bytes = async (id: string, formato: FormatoEstrazione): Promise<Buffer> =>
  await readAll((await openEstrazione(rgd, id, formato, store)).stream)
const versioneOf = async (id: string): Promise<number> => (await presentFascicoloById(rgd, id)).versione

/** A fascicolo that was closed, reopened and given to another office. */
async function vissuto(): Promise<{ id: string; codice: string }> {
  const f = await apriPieno(capo, protocollo, e, { oggetto: 'Fascicolo vissuto' })
  await chiudi(capo, f.id)
  await reopenFascicolo(capo, f.id, { versione: await versioneOf(f.id), motivo: 'Arrivata un’integrazione' })
  await requestTrasferimento(capo, f.id, {
    ufficioId: e.uffici.scuola,
    responsabileId: scuola.attore.id,
    motivo: 'Competenza della scuola',
  })
  const { movimenti } = await presentFascicoloById(rgd, f.id)
  await decideTrasferimento(scuola, f.id, movimenti[0]?.id ?? '', { accetta: true, nota: '' })
  return f
}

describe('the repertorio dei fascicoli', () => {
  it('REQ-FASC-032 lists every datum of each fascicolo in the order of the titolario, and filters by year, voce, office, type and state', async () => {
    const f = await vissuto()
    const altro = await apri(capo, e, { oggetto: 'Permesso di via Lunga', voceId: e.voci.get('VI/3/1') ?? '' })
    const whole = await listRepertorio(rgd, filtri())
    const row = whole.elementi.find((r) => r.id === f.id)
    const dto = await presentFascicoloById(rgd, f.id)
    expect(row).toMatchObject({
      codice: f.codice,
      tipo: 'affare',
      voce: { codice: 'VI/3/4' },
      oggetto: 'Fascicolo vissuto',
      apertoIl: dto.apertoIl,
      chiusoIl: null,
      ufficio: 'Servizi scolastici',
      responsabile: dto.responsabile.nome,
      stato: 'APERTO',
      documenti: 1,
      conservazioneAnni: null,
    })
    expect(row?.trasferimenti).toMatch(/^\d{2}\/\d{2}\/\d{4} Sportello unico edilizia > Servizi scolastici$/u)
    expect(row?.riaperture).toMatch(/^\d{2}\/\d{2}\/\d{4} Arrivata un’integrazione$/u)
    const codes = whole.elementi.map((r) => r.voce.codice)
    expect(codes.indexOf('VI/3/1')).toBeLessThan(codes.indexOf('VI/3/4'))
    const anno = Number(dto.apertoIl.slice(0, 4))
    const ids = async (x: Record<string, unknown>): Promise<string[]> => (await listRepertorio(rgd, filtri(x))).elementi.map((r) => r.id)
    expect(await ids({ voce: 'VI/3/1' })).toEqual([altro])
    expect(await ids({ voce: 'VI/3', anno })).toEqual(expect.arrayContaining([altro, f.id]))
    expect(await ids({ anno: anno - 1 })).toEqual([])
    expect(await ids({ ufficio: e.uffici.scuola })).toEqual([f.id])
    expect(await ids({ tipo: 'attivita' })).toEqual([])
    expect(await ids({ stato: 'CHIUSO' })).toEqual([])
    expect(whole.anni).toEqual([anno])
  })

  it('REQ-FASC-032 masks one with riservati for who may only know that it is there, and does not count it for who may not', async () => {
    const riservata = await registra(protocollo, e, { riservatezza: 'RISERVATO', oggetto: 'Segnalazione segreta' })
    const id = await apri(capo, e, { oggetto: 'Indagine segreta', documentoId: riservata.documentoId })
    expect((await listRepertorio(capo, filtri())).elementi.find((r) => r.id === id)?.oggetto).toBe('Indagine segreta')
    expect((await listRepertorio(auditor, filtri())).elementi.find((r) => r.id === id)?.oggetto).toBe('RISERVATO')
    const seen = await listRepertorio(protocollo, filtri())
    expect(seen.elementi.find((r) => r.id === id)).toBeUndefined()
    expect(seen.totale).toBe(seen.elementi.length)
    await expect(listEstrazioni(auditor)).rejects.toMatchObject({ status: 403 })
    await expect(extractRepertorio(capo, { anno: 2024 }, ports)).rejects.toMatchObject({ status: 403 })
  })
})

describe('the static extraction', () => {
  it('REQ-FASC-032 freezes the year as CSV, XML and PDF/A with the same data and their digests; unchanged data make nothing new', async () => {
    const anno = new Date().getFullYear()
    const { nuova, estrazione } = await extractRepertorio(rgd, { anno }, ports)
    expect(nuova).toBe(true)
    const attese = (await listRepertorio(rgd, filtri({ anno }))).elementi
    const csv = await bytes(estrazione.id, 'csv')
    expect(createHash('sha256').update(csv).digest('hex')).toBe(estrazione.impronta)
    const [, ...righe] = readCsv(csv.toString('utf8'))
    expect(righe.map((r) => [r[0], r[5], r[13], r[14]])).toEqual(attese.map((r) => [r.codice, r.oggetto, r.trasferimenti, r.riaperture]))
    const xml = (await bytes(estrazione.id, 'xml')).toString('utf8')
    expect(checkRepertorio(xml)).toMatchObject({ valido: true })
    expect(xml).toContain('<Riaperture>')
    expect(xml).toContain(`<ImprontaDati>${estrazione.impronta}</ImprontaDati>`)
    const pdf = (await readTesto(await bytes(estrazione.id, 'pdf'))).join(' ').replaceAll(/\s+/gu, '')
    for (const r of attese) expect(pdf).toContain(r.codice)
    expect(pdf).toContain(estrazione.impronta)
    for (const f of estrazione.file)
      expect(
        createHash('sha256')
          .update(await bytes(estrazione.id, f.formato))
          .digest('hex'),
      ).toBe(f.sha256)
    expect(await extractRepertorio(rgd, { anno }, ports)).toMatchObject({ nuova: false, estrazione: { id: estrazione.id } })
    expect(await listEstrazioni(rgd)).toHaveLength(1)
  })

  it('REQ-FASC-032 the next revision says what changed, the one before stays as it was, and no row of either changes', async () => {
    const anno = new Date().getFullYear()
    const prima = (await listEstrazioni(rgd))[0]
    const old = await bytes(prima?.id ?? '', 'csv')
    const nuovo = await apriPieno(capo, protocollo, e, { oggetto: 'Aperto dopo l’estrazione' })
    const { elementi } = await listRepertorio(rgd, filtri({ anno, stato: 'APERTO' }))
    const chiuso = elementi.find((r) => r.oggetto === 'Fascicolo vissuto')
    await inTransaction(
      scuola,
      async (tx) => await query(tx, `update assegnazione set stato = 'in_carico' where ente_id = $1`, [e.ente.id]),
    )
    await chiudi(scuola, chiuso?.id ?? '')
    const { estrazione } = await extractRepertorio(rgd, { anno }, ports)
    expect(estrazione.revisione).toBe(2)
    expect(estrazione.variazioni).toContain(`${nuovo.codice}: aggiunto`)
    expect(estrazione.variazioni.find((v) => v.startsWith(`${chiuso?.codice}:`))).toMatch(
      /chiusura da «» a «\d{4}-\d{2}-\d{2}»; stato da «APERTO» a «CHIUSO»/u,
    )
    expect((await bytes(estrazione.id, 'xml')).toString('utf8')).toContain(`<Variazione>${nuovo.codice}: aggiunto</Variazione>`)
    expect((await bytes(prima?.id ?? '', 'csv')).equals(old)).toBe(true)
    await expect(
      inTransaction(rgd, async (tx) => await query(tx, 'update estrazione_fascicoli set righe = 0 where ente_id = $1', [e.ente.id])),
    ).rejects.toMatchObject({ code: '42501' })
  })

  it('REQ-FASC-032 is made by itself when the year has ended in Rome, once, and belongs to a series kept for ever', async () => {
    const altro = await createEnte(db.orm)
    const [ca, pr] = [
      (await createOperatore(db.orm, altro, 'responsabileUor', altro.uffici.edilizia, 'Ivo')).scope,
      (await createOperatore(db.orm, altro, 'operatoreProtocollo', altro.uffici.protocollo, 'Ugo')).scope,
    ]
    const capoRgd = (await createOperatore(db.orm, altro, 'responsabileGestioneDocumentale', null, 'Lea')).scope
    const sys = openScope(db.orm, altro.ente, sistema, ruoli.jobs)
    const f = await nelGiorno(db, '2024-11-12', async () => await apriPieno(ca, pr, altro))
    await nelGiorno(db, '2024-12-31', async () => await esegui(sys, 'archivio.fineAnno', ports), '23:30:00')
    expect(await listEstrazioni(capoRgd)).toEqual([])
    await nelGiorno(db, '2025-01-01', async () => await esegui(sys, 'archivio.fineAnno', ports), '00:30:00')
    const [made, ...more] = await listEstrazioni(capoRgd)
    expect(more).toEqual([])
    expect(made).toMatchObject({ anno: 2024, revisione: 1, righe: 1, creataDa: 'Sistema' })
    // Its series is of the year that ended, permanent, and closes with it.
    const [serie] = await listSerie(capoRgd)
    expect(serie).toMatchObject({ anno: 2024, tipologia: 'Repertorio dei fascicoli', conservazioneAnni: 9999, membri: 1 })
    expect(serie?.chiusaIl).not.toBeNull()
    expect((await readSerie(capoRgd, serie?.id ?? '', { pagina: 1, perPagina: 10 })).elementi[0]?.oggetto).toContain('2024, revisione 1')
    // The rest of the year nothing more is made, whatever changes; the next January says what changed.
    await nelGiorno(db, '2025-03-03', async () => {
      await chiudi(ca, f.id)
      await esegui(sys, 'archivio.fineAnno', ports)
    })
    expect(await listEstrazioni(capoRgd)).toHaveLength(1)
    await nelGiorno(db, '2026-01-02', async () => await esegui(sys, 'archivio.fineAnno', ports))
    const later = await listEstrazioni(capoRgd)
    expect(later.map((x) => [x.anno, x.revisione])).toEqual([
      [2024, 2],
      [2024, 1],
    ])
  })

  it('REQ-FASC-032 its document is riservato: nobody finds it who may not read what it says', async () => {
    const row = await queryOne<{ riservatezza: string; tipologia: string }>(
      rgd,
      `select d.riservatezza, d.tipologia from estrazione_fascicoli x join documento d on d.ente_id = x.ente_id and d.id = x.documento_id where x.ente_id = $1 limit 1`,
      [e.ente.id],
    )
    expect(row).toEqual({ riservatezza: 'RISERVATO', tipologia: 'Repertorio dei fascicoli' })
  })
})
