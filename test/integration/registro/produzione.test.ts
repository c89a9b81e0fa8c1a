import { decodePDFRawStream, PDFDocument, PDFName, PDFRawStream } from 'pdf-lib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { checkRegistro } from '../../../metadata-schemas/registro/index.ts'
import { child, childText, readXml } from '../../../metadata-schemas/xml/index.ts'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { query, queryOne } from '../../../server/kernel/scope.ts'
import { assignRegistrazione } from '../../../server/protocollo/service/assign.ts'
import { reclassifyRegistrazione } from '../../../server/protocollo/service/classify.ts'
import { readRighe } from '../../../server/registro/righe.ts'
import type { RigaSigillata } from '../../../server/registro/righe.ts'
import { autorizza, createMondoRegistro, fileOf, registriOf } from '../../support/registro.ts'
import type { MondoRegistro, RegistroProdotto } from '../../support/registro.ts'

let m: MondoRegistro
let giorni: RegistroProdotto[]
let prima: string

// Thursday and Friday before a weekend; on Monday 29 June the patron saint.
beforeAll(async () => {
  m = await createMondoRegistro()
  await query(
    m.rgd,
    `insert into calendario_aoo (ente_id, aoo_id, patrono, santo_patrono, giorni) values ($1, $2, '06-29', 'Santi Pietro e Paolo', '[]')`,
    [m.e.ente.id, m.e.aooId],
  )
  prima = await m.registra('2026-06-25T08:00:00Z', { oggetto: 'Prima richiesta' })
  const seconda = await m.registra('2026-06-25T21:59:59Z', { oggetto: 'Ultima del giorno' })
  await m.registra('2026-06-25T22:00:00Z', { oggetto: 'Prima del venerdì', riservatezza: 'RISERVATO' })
  await autorizza(m, '2026-06-26T09:00:00Z', prima, { campo: 'oggetto', prima: 'Prima richiesta', dopo: 'Prima istanza' })
  await autorizza(m, '2026-06-26T09:30:00Z', prima, { annullamento: true })
  await reclassifyRegistrazione(m.rgd, seconda, { voceId: m.e.voci.get('VI/1') ?? '', motivo: 'Classe giusta' })
  await assignRegistrazione(m.rgd, seconda, { ufficioId: m.e.uffici.scuola, tipo: 'competenza', nota: 'Ufficio giusto' })
  await dateChanges(seconda)
  await m.registra('2026-06-26T10:00:00Z', { oggetto: 'Istanza arrivata prima', dataArrivo: '2026-06-20T21:58:00Z' })
  await m.produci('2026-06-28T22:30:00Z')
  giorni = await registriOf(m)
}, 60_000)
afterAll(async () => await m.close())

const byDay = (giorno: string): RegistroProdotto => {
  const found = giorni.find((g) => g.giorno === giorno && g.tipo === 'giornaliero')
  if (found === undefined) throw new Error(`no register of ${giorno}`)
  return found
}
const righe = async (giorno: string): Promise<RigaSigillata[]> => readRighe(String(await fileOf(m, byDay(giorno), 'righe')))

/** Classes and assignments are dated by the clock of the server, which the test does not move: the first of each on Thursday, the second on Friday. */
async function dateChanges(registrazioneId: string): Promise<void> {
  await withClient(m.db.ownerUrl, async (client) => {
    await client.query(`select set_config('app.ente_id', $1, false)`, [m.e.ente.id])
    for (const table of ['classificazione', 'assegnazione']) {
      await client.query(`alter table ${table} disable trigger user`)
      await client.query(
        `update ${table} t set dal = case n.n when 1 then timestamptz '2026-06-25T21:59:59Z' else timestamptz '2026-06-26T09:40:00Z' end
           from (select id, row_number() over (order by dal, id) as n from ${table} where documento_id = (select documento_id from registrazione where id = $1)) n where t.id = n.id`,
        [registrazioneId],
      )
      await client.query(`alter table ${table} enable trigger user`)
    }
  })
}

/** The files carried inside a PDF. */
async function embeddedFiles(pdf: Buffer): Promise<Buffer[]> {
  const document = await PDFDocument.load(pdf)
  return document.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) =>
      object instanceof PDFRawStream && object.dict.get(PDFName.of('Type')) === PDFName.of('EmbeddedFile')
        ? [Buffer.from(decodePDFRawStream(object).decode())]
        : [],
    )
}

describe('the daily register', () => {
  it('REQ-PROT-100 lists in number order all the registrations of the day in Rome, with the data of TUDA 53 and the register code', async () => {
    expect(giorni.map((g) => [g.giorno, g.primo, g.ultimo, g.registrazioni])).toEqual([
      ['2026-06-25', 1, 2, 2],
      ['2026-06-26', 3, 4, 2],
      ['2026-06-27', null, null, 0],
      ['2026-06-28', null, null, 0],
    ])
    const [first, second] = await righe('2026-06-25')
    expect(first).toMatchObject({
      tipo: 'registrazione',
      registro: 'PG',
      anno: 2026,
      numero: 1,
      data: '2026-06-25',
      ora: '10:00:00',
      flusso: 'E',
      mittenti: [{ nome: 'Ortensia Ventaglio' }],
      oggetto: 'Prima richiesta',
      classificazione: 'VI/3',
      assegnazione: 'Sportello unico edilizia',
      operatore: expect.stringContaining('Pino'),
      impronte: [{ algoritmo: 'SHA-256', impronta: expect.stringMatching(/^[0-9a-f]{64}$/u) }],
    })
    expect(second).toMatchObject({ numero: 2, ora: '23:59:59' })
  })

  it('REQ-PROT-107 a day without registrations has a register that states zero', async () => {
    expect(byDay('2026-06-28')).toMatchObject({ registrazioni: 0, primo: null, ultimo: null })
    expect(String(await fileOf(m, byDay('2026-06-28'), 'xml'))).not.toContain('PrimoNumero')
  })

  it('A7 REQ-PROT-101 the annulment made on Friday on a number of Thursday is listed on Friday, and Thursday stays as it was', async () => {
    expect(byDay('2026-06-25').annullamenti).toBe(0)
    expect((await righe('2026-06-25'))[0]).toMatchObject({ annullata: null })
    expect(byDay('2026-06-26').annullamenti).toBe(1)
    expect((await righe('2026-06-26')).find((r) => r.tipo === 'annullamento')).toMatchObject({
      tipo: 'annullamento',
      numero: 1,
      data: '2026-06-25',
      oggetto: 'Prima richiesta',
      autorizzazione: { provvedimento: '17 del 26/06/2026', operatore: expect.stringContaining('Renata') },
    })
  })

  it('REQ-PROT-101 the correction made on Friday on a number of Thursday is listed on Friday, with the old and the new value', async () => {
    expect([byDay('2026-06-25').modifiche, byDay('2026-06-26').modifiche]).toEqual([0, 3])
    expect((await righe('2026-06-26')).filter((r) => r.tipo === 'modifica' && r.campo === 'oggetto')).toMatchObject([
      {
        numero: 1,
        data: '2026-06-25',
        campo: 'oggetto',
        valorePrecedente: 'Prima richiesta',
        valoreNuovo: 'Prima istanza',
        il: '2026-06-26T11:00:00.000+02:00',
        operatore: expect.stringContaining('Renata'),
        provvedimento: '17 del 26/06/2026',
      },
    ])
    expect((await righe('2026-06-25'))[0]).toMatchObject({ oggetto: 'Prima richiesta' })
    expect(String(await fileOf(m, byDay('2026-06-26'), 'xml'))).toContain('Prima istanza')
  })

  it('REQ-PROT-101 class and office changed on Friday on a number of Thursday are listed on Friday, with the old and the new value', async () => {
    const changed = (await righe('2026-06-26'))
      .flatMap((r) => (r.tipo === 'modifica' && r.numero === 2 ? [r] : []))
      .toSorted((a, b) => (a.campo < b.campo ? 1 : -1))
    expect(changed).toMatchObject([
      { campo: 'classificazione', data: '2026-06-25', valorePrecedente: 'VI/3', valoreNuovo: 'VI/1', motivo: 'Classe giusta' },
      {
        campo: 'assegnazione',
        data: '2026-06-25',
        valorePrecedente: 'Sportello unico edilizia',
        valoreNuovo: 'Servizi scolastici',
        operatore: expect.stringContaining('Renata'),
      },
    ])
    expect((await righe('2026-06-25'))[1]).toMatchObject({ classificazione: 'VI/3', assegnazione: 'Sportello unico edilizia' })
  })

  it('A6 the register of the day of registration lists what arrived before, with both instants', async () => {
    const late = (await righe('2026-06-26')).find((r) => r.numero === 4)
    expect(late).toMatchObject({ data: '2026-06-26', ora: '12:00:00', arrivo: '2026-06-20T23:58:00.000+02:00' })
  })

  it('A7 REQ-PROT-105 the term of Friday is Tuesday when Monday is the patron saint', () => {
    expect(byDay('2026-06-26').scadenza).toBe('2026-06-30')
    expect(byDay('2026-06-25').scadenza).toBe('2026-06-26')
  })

  it('REQ-PROT-103 the XML carries the same rows and passes its schema; the PDF carries the XML', async () => {
    const xml = await fileOf(m, byDay('2026-06-26'), 'xml')
    expect(checkRegistro(xml)).toEqual({ valido: true, errori: [] })
    for (const r of await righe('2026-06-26')) expect(String(xml)).toContain(`impronta="${r.impronta}"`)
    const pdf = await fileOf(m, byDay('2026-06-26'), 'pdf')
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.toString('latin1')).toMatch(/<pdfaid:part>3</u)
    expect((await embeddedFiles(pdf)).map((file) => file.equals(xml))).toContain(true)
  })

  it('REQ-PROT-065 the preserved document holds the whole data of riservati and counts them', async () => {
    expect(byDay('2026-06-26').riservate).toBe(1)
    expect((await righe('2026-06-26'))[0]).toMatchObject({ numero: 3, oggetto: 'Prima del venerdì', riservato: true })
  })

  it('REQ-PROT-104 the identifier has IPA code, AOO, day and yearly number; the RGD is named', () => {
    const aoo = giorni[0]?.identificativo.split('-')[1] ?? ''
    expect(giorni.map((g) => g.identificativo)).toEqual(
      ['20260625-001', '20260626-002', '20260627-003', '20260628-004'].map((end) => `${m.e.ente.codiceIpa}-${aoo}-${end}`),
    )
    expect(giorni[0]?.responsabile).toMatch(/^Renata Persona\d+ [0-9A-Z]{16}$/u)
  })

  it('REQ-PROT-104 the document itself says when it was closed, by whom, for whom, and what it holds', async () => {
    const friday = byDay('2026-06-26')
    const testa = child(readXml(String(await fileOf(m, friday, 'xml'))), 'Intestazione')
    const [nome, cognome, codiceFiscale] = friday.responsabile.split(' ')
    const said = (...path: string[]): string | undefined =>
      childText(
        path.slice(0, -1).reduce((at, name) => child(at, name), testa),
        path.at(-1) ?? '',
      )
    expect([said('Responsabile', 'Nome'), said('Responsabile', 'Cognome'), said('Responsabile', 'CodiceFiscale')]).toEqual([
      nome,
      cognome,
      codiceFiscale,
    ])
    expect(said('Identificativo')).toBe(friday.identificativo)
    expect(said('Produttore')).toBe('Faldone, produzione automatica')
    expect(new Date(said('ProdottoIl') ?? '')).toEqual(friday.prodottoIl)
    expect(said('Oggetto')).toContain('Registro giornaliero di protocollo del 26/06/2026')
    expect(child(testa, 'Registro')).toMatchObject({ attributi: { codice: 'PG' } })
    expect(said('ProgressivoAnnuo')).toBe('2')
    expect([said('PrimoNumero'), said('UltimoNumero')]).toEqual(['0000003', '0000004'])
    expect([said('NumeroRegistrazioni'), said('NumeroAnnullamenti'), said('NumeroModifiche')]).toEqual(['2', '1', '3'])
    expect(said('Impronta')).toBe(friday.impronta)
  })

  it('each day carries the digest of the day before, and is a link of the chain of its register', async () => {
    expect(giorni.map((g) => g.precedente)).toEqual(['0'.repeat(64), ...giorni.slice(0, -1).map((g) => g.impronta)])
    const facts = await queryOne<{ n: number }>(
      m.lavori,
      `select count(*)::int as n from evento_audit where ente_id = $1 and azione = 'registro-giornaliero-prodotto' and registro_id = $2 and impronta is not null`,
      [m.e.ente.id, m.e.registroId],
    )
    expect(facts?.n).toBe(4)
  })

  it('REQ-PROT-103 a register is never changed: not even by the role of the application', async () => {
    await expect(query(m.rgd, 'update registro_giornaliero set registrazioni = 0 where ente_id = $1', [m.e.ente.id])).rejects.toThrow()
    await expect(query(m.lavori, 'delete from registro_giornaliero where ente_id = $1', [m.e.ente.id])).rejects.toThrow()
  })

  it('REQ-PROT-102 production happens after 24:00 of the day, once', async () => {
    const before = giorni.length
    await m.produci('2026-06-29T21:59:00Z')
    expect(await registriOf(m)).toHaveLength(before)
    await m.produci('2026-06-29T22:06:00Z')
    await m.produci('2026-06-29T22:07:00Z')
    const after = await registriOf(m)
    expect(after).toHaveLength(before + 1)
    expect(after.at(-1)?.giorno).toBe('2026-06-29')
  })
})
