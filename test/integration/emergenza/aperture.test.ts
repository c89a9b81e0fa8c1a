import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  activateSerie,
  authoriseSerie,
  closeApertura,
  createRegistro,
  declareGiornata,
  openApertura,
  overrideSospensione,
  readQuadro,
  readStato,
  recover,
  revokeSerie,
} from '../../../server/emergenza/index.ts'
import { recuperoIn } from '../../../server/emergenza/schema.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query } from '../../../server/kernel/scope.ts'
import { createRegistrazione } from '../../support/factories.ts'
import { newDeviceKey } from '../../support/emergenza.ts'
import { apertura, openScena, registro } from './scena.ts'
import type { Scena } from './scena.ts'

let s: Scena
let registroId = ''
const inizio = '2026-12-30T08:05:00.000Z'

beforeAll(async () => {
  s = await openScena('2026-12-30T12:00:00.000Z')
  registroId = await createRegistro(s.rgd, { sede: 'Sede centrale' })
  await createRegistro(s.rgd, { sede: 'Frazione' })
})
afterAll(async () => await s.chiudi())

describe('opening', () => {
  it('REQ-PROT-080 the RGD opens with cause, start and authorisation; another site may be open at the same time', async () => {
    const key = newId()
    const input = { registroId, causa: 'Assenza di rete', inizio, provvedimento: 'Nota 5/2026' }
    const id = await openApertura(s.rgd, input, key)
    await expect(openApertura(s.rgd, input, key)).resolves.toBe(id)
    await expect(openApertura(s.rgd, { ...input, causa: 'Altra' }, key)).rejects.toMatchObject({ codice: 'chiave-gia-usata' })
    await expect(openApertura(s.rgd, input, newId())).rejects.toMatchObject({ codice: 'registro-di-emergenza-gia-aperto' })
    const other = (await readQuadro(s.rgd)).registri.find((r) => r.codice === 'RE02')?.id ?? ''
    await openApertura(s.rgd, { ...input, registroId: other, inizio: '2026-12-30T09:00:00.000Z' }, newId())
    expect(await apertura(s, 'RE01')).toMatchObject({
      causa: 'Assenza di rete',
      inizio,
      provvedimento: 'Nota 5/2026',
      coperturaFino: '2026-12-31T08:05:00.000Z',
      autorizzazioni: [{ tipo: 'apertura', dal: inizio, al: '2026-12-31T08:05:00.000Z' }],
    })
    expect((await readStato(s.impiegato)).aperte.map((a) => [a.registro, a.inizio])).toEqual([
      ['RE01', inizio],
      ['RE02', '2026-12-30T09:00:00.000Z'],
    ])
  })

  it('REQ-PROT-080 an opening in the future, without cause or of nobody’s register is refused', async () => {
    const third = await createRegistro(s.rgd, { sede: 'Biblioteca' })
    const input = { registroId: third, causa: 'x', inizio: '2026-12-30T12:02:00.000Z', provvedimento: 'Nota' }
    await expect(openApertura(s.rgd, input, newId())).rejects.toMatchObject({ campi: [{ campo: 'inizio' }] })
    await expect(openApertura(s.rgd, { ...input, registroId: newId(), inizio }, newId())).rejects.toMatchObject({
      codice: 'registro-di-emergenza-assente',
    })
    await expect(openApertura(s.rgd, { ...input, causa: ' ', inizio }, newId())).rejects.toThrow(/apertura_emergenza_motivata/u)
  })
})

describe('totals and closing', () => {
  it('REQ-PROT-082 a day total is written once; at the closing it cannot exceed the registrations declared', async () => {
    const { id } = await apertura(s, 'RE01')
    await declareGiornata(s.rgd, id, { giorno: '2026-12-30', totale: 3 })
    await expect(declareGiornata(s.rgd, id, { giorno: '2026-12-30', totale: 2 })).rejects.toMatchObject({
      codice: 'giornata-gia-dichiarata',
    })
    await expect(closeApertura(s.rgd, id, { ripristino: '2026-12-30T11:00:00.000Z', righe: 2 })).rejects.toMatchObject({
      codice: 'totali-diversi',
    })
    await expect(query(s.rgd, 'update giornata_emergenza set totale = 2 where ente_id = $1', [s.e.ente.id])).rejects.toThrow()
  })

  it('REQ-PROT-085 from the closing no ordinary number is given, and no statement can lift it: only the RGD with his reason', async () => {
    await createRegistrazione(s.impiegato, s.e)
    const { id } = await apertura(s, 'RE01')
    await expect(overrideSospensione(s.rgd, id, 'Prima del tempo')).rejects.toMatchObject({ codice: 'apertura-non-chiusa' })
    await closeApertura(s.rgd, id, { ripristino: '2026-12-30T11:00:00.000Z', righe: 3 })
    expect((await readStato(s.impiegato)).sospeso).toBe(true)
    const before = await registro(s)
    await expect(createRegistrazione(s.impiegato, s.e)).rejects.toMatchObject({ codice: 'registro-in-attesa-di-recupero' })
    expect(await registro(s)).toEqual(before)
    await expect(query(s.rgd, 'update contatore_registro set sospeso = false where ente_id = $1', [s.e.ente.id])).rejects.toThrow(
      /sospensione del registro segue/u,
    )
    await overrideSospensione(s.rgd, id, 'Scadenza elettorale')
    expect((await readStato(s.impiegato)).sospeso).toBe(false)
    await createRegistrazione(s.impiegato, s.e)
    expect(await apertura(s, 'RE01')).toMatchObject({ deroga: { motivo: 'Scadenza elettorale' }, recuperataIl: null })
    await expect(overrideSospensione(s.rgd, id, 'Ancora')).rejects.toMatchObject({ codice: 'deroga-gia-data' })
  })

  it('REQ-PROT-085 a register closed without registrations has nothing to wait for', async () => {
    const { id } = await apertura(s, 'RE02')
    await expect(closeApertura(s.rgd, id, { ripristino: '2026-12-30T08:00:00.000Z', righe: 0 })).rejects.toMatchObject({
      campi: [{ campo: 'ripristino' }],
    })
    await closeApertura(s.rgd, id, { ripristino: '2026-12-30T10:00:00.000Z', righe: 0 })
    expect((await readStato(s.impiegato)).sospeso).toBe(false)
    expect(await apertura(s, 'RE02')).toMatchObject({ righeDichiarate: 0, recuperataIl: expect.any(String) })
    await expect(closeApertura(s.rgd, id, { ripristino: '2026-12-30T10:30:00.000Z', righe: 0 })).rejects.toMatchObject({
      codice: 'apertura-gia-chiusa',
    })
  })
})

describe('series', () => {
  it('REQ-PROT-083 a register is in the hands of one device at a time; the same device may ask again', async () => {
    const own = await createRegistro(s.rgd, { sede: 'Museo' })
    const input = { registroId: own, dispositivo: 'Portatile', provvedimento: 'Decreto 2/2026' }
    const id = await authoriseSerie(s.rgd, input)
    await expect(authoriseSerie(s.rgd, input)).rejects.toMatchObject({ codice: 'serie-gia-affidata' })
    const [mine, another] = [await newDeviceKey(), await newDeviceKey()]
    const first = await activateSerie(s.impiegato, id, { chiave: mine.pubblica }, s.ports.firmaEmergenza)
    await expect(activateSerie(s.impiegato, id, { chiave: mine.pubblica }, s.ports.firmaEmergenza)).resolves.toEqual(first)
    await expect(activateSerie(s.impiegato, id, { chiave: another.pubblica }, s.ports.firmaEmergenza)).rejects.toMatchObject({
      codice: 'serie-non-attivabile',
    })
    expect(first.voci.length).toBeGreaterThan(20)
    expect(first.uffici.map((u) => u.nome)).toContain('Servizi scolastici')
  })

  it('REQ-PROT-083 after a recovery a new device goes on from the last number, and the old one cannot come back', async () => {
    const old = await s.dispositivo('Cimitero')
    await old.apri('2026-12-30T09:00:00.000Z')
    const numero = await old.registra('2026-12-30T09:10:00.000Z', s.dati())
    await old.giornata('2026-12-30', 1)
    await old.chiudi('2026-12-30T10:00:00.000Z')
    const importa = async (testo: string) =>
      await recover(s.rgd, recuperoIn.parse({ contenutoId: await s.carica(testo) }), newId(), s.ports)
    await importa(await old.file())
    const { registro: own, serie } = old.serie.documento
    await revokeSerie(s.rgd, serie, 'Portatile rotto')
    const next = await authoriseSerie(s.rgd, { registroId: own.id, dispositivo: 'Fisso', provvedimento: 'Decreto 3/2026' })
    const dotazione = await activateSerie(s.impiegato, next, { chiave: (await newDeviceKey()).pubblica }, s.ports.firmaEmergenza)
    expect(numero).toBe(`${own.codice}-2026-0001`)
    expect(JSON.parse(dotazione.serie)).toMatchObject({ anno: 2026, primo: 2 })
    await old.apri('2026-12-30T11:00:00.000Z')
    await old.registra('2026-12-30T11:10:00.000Z', s.dati())
    await old.giornata('2026-12-30', 1)
    await old.chiudi('2026-12-30T11:30:00.000Z')
    await expect(importa(await old.file())).rejects.toMatchObject({
      campi: [{ campo: 'serie', messaggio: expect.stringMatching(/revocata/u) }],
    })
  })
})
