import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  authoriseProsecuzione,
  checkCodice,
  closeApertura,
  emergenzaEndpoints,
  openApertura,
  readQuadro,
  readRecupero,
  readRiepilogo,
  recover,
  tryRecupero,
  verbaleStampa,
} from '../../../server/emergenza/index.ts'
import { provaDto, recuperoIn } from '../../../server/emergenza/schema.ts'
import { verifyChain } from '../../../server/kernel/audit.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query, queryOne } from '../../../server/kernel/scope.ts'
import { presentById } from '../../../server/protocollo/index.ts'
import { indexRegistrazione } from '../../../server/ricerca/index.ts'
import { filtriRicerca } from '../../../server/ricerca/schema.ts'
import { searchRegistrazioni } from '../../../server/ricerca/service/cerca.ts'
import { bloccoRegistrazione } from '../../../web/src/moduli/emergenza/pagina/regole.ts'
import { createHash } from 'node:crypto'
import { openScope, ruoli } from '../../support/database.ts'
import { buildPdf, createRegistrazione, sistema, stage } from '../../support/factories.ts'
import type { Dispositivo } from '../../support/emergenza.ts'
import { apertura, openScena, registro } from './scena.ts'
import type { Scena } from './scena.ts'

/** 30 December 2026, Rome time. */
const rome = (day: string, time: string): string => new Date(`${day}T${time}:00+01:00`).toISOString()
const richiesta = (contenutoId: string, changes: Record<string, unknown> = {}) => recuperoIn.parse({ contenutoId, ...changes })

describe('A5: two sites, three interruptions, the turn of the year', () => {
  let s: Scena
  let a: Dispositivo
  let b: Dispositivo
  let fileA = ''
  let fileB = ''

  beforeAll(async () => {
    s = await openScena(rome('2026-12-29', '09:00'))
    await createRegistrazione(s.impiegato, s.e)
    a = await s.dispositivo('Sede centrale')
    b = await s.dispositivo('Sportello di frazione')
    // Site A: three interruptions; the third goes on into the new year under a second authorisation.
    await a.apri(rome('2026-12-30', '09:05'))
    await a.registra(rome('2026-12-30', '09:10'), s.dati({ oggetto: 'A uno' }))
    await a.registra(rome('2026-12-30', '11:00'), s.dati({ oggetto: 'A due' }))
    await a.giornata('2026-12-30', 2)
    await a.chiudi(rome('2026-12-30', '12:00'))
    await a.apri(rome('2026-12-30', '14:00'), 'Guasto elettrico')
    await a.registra(rome('2026-12-30', '14:20'), s.dati({ oggetto: 'A tre' }))
    await a.giornata('2026-12-30', 1)
    await a.chiudi(rome('2026-12-30', '18:00'))
    await a.apri(rome('2026-12-31', '08:00'))
    await a.registra(rome('2026-12-31', '23:50'), s.dati({ oggetto: 'A quattro', dataArrivo: rome('2026-12-31', '23:45') }))
    await a.giornata('2026-12-31', 1)
    // Site B at the same time.
    await b.apri(rome('2026-12-31', '08:00'), 'Linea interrotta', 'Nota 9/2026')
    await b.registra(rome('2026-12-31', '10:00'), s.dati({ oggetto: 'B uno' }))
    await b.giornata('2026-12-31', 1)
    await b.chiudi(rome('2027-01-02', '09:00'))
    fileB = await b.file()
  })
  afterAll(async () => await s.chiudi())

  it('REQ-PROT-081 beyond 24 hours the page blocks new rows until the second authorisation is written', async () => {
    const instant = Date.parse(rome('2027-01-01', '10:00'))
    expect(bloccoRegistrazione(a.stato, instant, instant)).toMatch(/Nessuna autorizzazione copre/u)
    // Written all the same by a tampered page: the server refuses the file and names the row.
    const righe = a.righe
    await a.registra(rome('2027-01-01', '10:00'), s.dati())
    await a.giornata('2027-01-01', 1)
    await a.chiudi(rome('2027-01-02', '09:00'))
    const forced = await a.file()
    a.righe = righe
    await s.ora(rome('2027-01-02', '09:30'))
    await expect(recover(s.rgd, richiesta(await s.carica(forced)), newId(), s.ports)).rejects.toMatchObject({
      codice: 'file-di-emergenza-rifiutato',
      campi: [{ campo: 'RE01-2027-0001', messaggio: expect.stringMatching(/Nessuna autorizzazione copre il 01\/01\/2027 10:00/u) }],
    })
    await a.autorizza(rome('2027-01-01', '08:00'), rome('2027-01-08', '08:00'), 'Decreto 12/2027')
    expect(bloccoRegistrazione(a.stato, instant, instant)).toBeNull()
    await a.registra(rome('2027-01-01', '10:00'), s.dati({ oggetto: 'A cinque', dataArrivo: rome('2027-01-01', '09:55') }))
    await a.giornata('2027-01-01', 1)
    await a.chiudi(rome('2027-01-02', '09:00'))
    fileA = await a.file()
  })

  it('REQ-PROT-088 one corrupted row: nothing of the file comes in, and the row is named', async () => {
    const before = await registro(s)
    const corrupted = fileA.replace('A due', 'A dua')
    expect(corrupted).not.toBe(fileA)
    await expect(recover(s.rgd, richiesta(await s.carica(corrupted)), newId(), s.ports)).rejects.toMatchObject({
      codice: 'file-di-emergenza-rifiutato',
      campi: expect.arrayContaining([{ campo: 'RE01-2026-0002', messaggio: expect.stringMatching(/impronta non corrisponde/u) }]),
    })
    const prova = emergenzaEndpoints.find((e) => e.path.endsWith('/emergenza/prove'))
    const body = richiesta(await s.carica(corrupted))
    const tried = await prova?.handler(s.rgd, { params: {}, query: {}, body, idempotencyKey: '' }, s.ports)
    expect(provaDto.parse(tried)).toMatchObject({ valido: false, registro: null, coppie: [], errori: [{ campo: 'RE01-2026-0002' }] })
    expect(await registro(s)).toEqual(before)
    await expect(query(s.rgd, 'select 1 from recupero_emergenza where ente_id = $1', [s.e.ente.id])).resolves.toEqual([])
  })

  it('REQ-PROT-086 a dry run tells pairs and differences and leaves nothing', async () => {
    const before = await registro(s)
    const { esito } = await tryRecupero(s.rgd, richiesta(await s.carica(fileA)), s.ports)
    expect(esito.errori).toEqual([])
    expect(esito.coppie.map((c) => [c.numero, c.etichetta])).toEqual([
      ['RE01-2026-0001', '0000001/2027'],
      ['RE01-2026-0002', '0000002/2027'],
      ['RE01-2026-0003', '0000003/2027'],
      ['RE01-2026-0004', '0000004/2027'],
      ['RE01-2027-0001', '0000005/2027'],
    ])
    expect(esito.coppie[0]?.differenze).toEqual([
      'Anno di emergenza 2026, anno di protocollo 2027.',
      'Documento su carta: scansione attesa.',
    ])
    expect(await registro(s)).toEqual(before)
  })

  it('REQ-PROT-086 REQ-PROT-089 each row takes the next ordinary number of the year of import, in emergency order', async () => {
    const esito = await recover(s.rgd, richiesta(await s.carica(fileA)), newId(), s.ports)
    expect(esito.nuove).toBe(5)
    expect(await registro(s)).toEqual([
      { etichetta: '0000001/2026', emergenza: null },
      { etichetta: '0000001/2027', emergenza: 'RE01-2026-0001' },
      { etichetta: '0000002/2027', emergenza: 'RE01-2026-0002' },
      { etichetta: '0000003/2027', emergenza: 'RE01-2026-0003' },
      { etichetta: '0000004/2027', emergenza: 'RE01-2026-0004' },
      { etichetta: '0000005/2027', emergenza: 'RE01-2027-0001' },
    ])
    await expect(verifyChain(s.rgd, s.e.registroId)).resolves.toBeNull()
  })

  it('REQ-PROT-086 REQ-PROT-087 the registration keeps emergency number, instant and register, and terms start from the arrival in emergency', async () => {
    const row = await queryOne<{ id: string }>(
      s.rgd,
      'select registrazione_id as id from riga_emergenza where ente_id = $1 and numero = $2',
      [s.e.ente.id, 'RE01-2026-0004'],
    )
    const dto = await presentById(s.rgd, row?.id ?? '')
    expect(dto.emergenza).toEqual({ numero: 'RE01-2026-0004', istante: rome('2026-12-31', '23:50'), registro: 'RE01' })
    expect(dto.anno).toBe(2027)
    expect(dto.giorno).toBe('2027-01-02')
    expect(dto.dataArrivo).toBe(rome('2026-12-31', '23:45'))
    expect(dto.scostamento18bis).toBe(true)
    expect(dto.scansioneAttesa).toBe(true)
    expect(dto.note).toContain('RE01-2026-0004')
  })

  it('REQ-PROT-088 the same file a second time creates nothing and answers the same pairs, also with another key', async () => {
    const before = await registro(s)
    const again = await recover(s.rgd, richiesta(await s.carica(fileA)), newId(), s.ports)
    expect(again.nuove).toBe(0)
    expect(again.coppie.map((c) => [c.numero, c.etichetta])).toEqual([
      ['RE01-2026-0001', '0000001/2027'],
      ['RE01-2026-0002', '0000002/2027'],
      ['RE01-2026-0003', '0000003/2027'],
      ['RE01-2026-0004', '0000004/2027'],
      ['RE01-2027-0001', '0000005/2027'],
    ])
    expect(await registro(s)).toEqual(before)
    await expect(query(s.rgd, 'select 1 from recupero_emergenza where ente_id = $1', [s.e.ente.id])).resolves.toHaveLength(1)
    expect(again.recuperoId).not.toBeNull()
  })

  it('REQ-PROT-080 REQ-PROT-085 the second site, opened and closed by the RGD, holds ordinary registration until its rows are in', async () => {
    const { registri } = await readQuadro(s.rgd)
    const registroId = registri.find((r) => r.codice === 'RE02')?.id ?? ''
    await openApertura(
      s.rgd,
      { registroId, causa: 'Linea interrotta', inizio: rome('2026-12-31', '08:00'), provvedimento: 'Nota 9/2026' },
      newId(),
    )
    const { id } = await apertura(s, 'RE02')
    // Still open: the recovery waits for date and time of the restoration.
    await expect(recover(s.rgd, richiesta(await s.carica(fileB)), newId(), s.ports)).rejects.toMatchObject({
      campi: [{ messaggio: expect.stringMatching(/ancora aperto/u) }],
    })
    await closeApertura(s.rgd, id, { ripristino: rome('2027-01-02', '09:00'), righe: 1 })
    await expect(createRegistrazione(s.impiegato, s.e)).rejects.toMatchObject({ codice: 'registro-in-attesa-di-recupero' })
    const esito = await recover(s.rgd, richiesta(await s.carica(fileB)), newId(), s.ports)
    expect(esito.coppie.map((c) => [c.numero, c.etichetta])).toEqual([['RE02-2026-0001', '0000006/2027']])
    await createRegistrazione(s.impiegato, s.e)
    expect((await registro(s)).at(-1)).toEqual({ etichetta: '0000007/2027', emergenza: null })
    expect(await apertura(s, 'RE02')).toMatchObject({
      recuperataIl: expect.any(String),
      righe: 1,
      giornate: [{ giorno: '2026-12-31', totale: 1 }],
    })
  })

  it('REQ-PROT-082 day totals of every interruption are recorded and equal their rows', async () => {
    const { aperture } = await readQuadro(s.rgd)
    expect(
      aperture
        .filter((x) => x.registro.codice === 'RE01')
        .map((x) => x.giornate)
        .toReversed(),
    ).toEqual([
      [{ giorno: '2026-12-30', totale: 2 }],
      [{ giorno: '2026-12-30', totale: 1 }],
      [
        { giorno: '2026-12-31', totale: 1 },
        { giorno: '2027-01-01', totale: 1 },
      ],
    ])
  })

  it('the statement prints pairs, differences, authorisations and totals', async () => {
    const { recuperi } = await readQuadro(s.rgd)
    const letto = await readRecupero(s.rgd, recuperi.find((r) => r.registro.codice === 'RE01')?.id ?? '')
    const words = JSON.stringify(verbaleStampa(s.e.ente, letto))
    for (const word of [
      'RE01-2026-0001',
      '0000001/2027',
      'RE01-2027-0001',
      '0000005/2027',
      'Decreto 12/2027',
      'Guasto elettrico',
      'A quattro',
      'Anno di emergenza 2026, anno di protocollo 2027.',
      'Totale del 01/01/2027',
      letto.row.impronta,
    ])
      expect(words).toContain(word)
  })

  it('REQ-PROT-086 the code of a receipt is checked, and leads to the ordinary number', async () => {
    const row = await queryOne<{ codice: string }>(s.rgd, 'select codice from riga_emergenza where ente_id = $1 and numero = $2', [
      s.e.ente.id,
      'RE01-2026-0002',
    ])
    const typed = (row?.codice ?? '').toLowerCase().replaceAll('-', ' ')
    await expect(checkCodice(s.rgd, 're01-2026-0002', typed)).resolves.toMatchObject({ valido: true, etichetta: '0000002/2027' })
    await expect(checkCodice(s.rgd, 'RE01-2026-0001', typed)).resolves.toMatchObject({ valido: false, etichetta: null })
  })

  it('REQ-PROT-086 search and list find the registration by both numbers', async () => {
    const row = await queryOne<{ id: string }>(
      s.rgd,
      'select registrazione_id as id from riga_emergenza where ente_id = $1 and numero = $2',
      [s.e.ente.id, 'RE01-2026-0002'],
    )
    const id = row?.id ?? ''
    await indexRegistrazione(openScope(s.db.orm, s.e.ente, sistema, ruoli.jobs), id, s.store, null)
    for (const q of ['RE01-2026-0002', 're1-2026-2', '2/2027', '0000002/2027']) {
      const { elementi } = await searchRegistrazioni(s.rgd, filtriRicerca.parse({ q }), null)
      expect(elementi.map((x) => [x.riga.etichetta, x.riga.emergenza])).toEqual([['0000002/2027', 'RE01-2026-0002']])
    }
  })

  it('REQ-PROT-090 the yearly summary tells the use of each register, and the non-use', async () => {
    await s.dispositivo('Biblioteca')
    const summary = await readRiepilogo(s.rgd, 2026)
    expect(summary).toMatchObject({
      usato: true,
      registri: [
        { codice: 'RE01', aperture: 3, giornate: 2, recuperate: 4 },
        { codice: 'RE02', aperture: 1, giornate: 1, righe: 1, recuperate: 1, cause: ['Linea interrotta'] },
        { codice: 'RE03', aperture: 0, giornate: 0, ore: 0, righe: 0, cause: [] },
      ],
    })
    await expect(readRiepilogo(s.rgd, 2025)).resolves.toMatchObject({
      usato: false,
      registri: [{ aperture: 0 }, { aperture: 0 }, { aperture: 0 }],
    })
  })
})

describe('what a recovery refuses and completes', () => {
  let s: Scena
  let d: Dispositivo
  beforeAll(async () => {
    s = await openScena('2026-12-30T15:00:00.000Z')
    d = await s.dispositivo('Sede centrale')
  })
  afterAll(async () => await s.chiudi())

  it('REQ-PROT-088 every wrong row is named together and nothing stays: closed office, unknown class, outgoing without its file', async () => {
    const before = await registro(s)
    const other = await s.dispositivo('Magazzino')
    await other.apri('2026-12-30T08:00:00.000Z')
    await other.registra('2026-12-30T08:10:00.000Z', s.dati({ ufficio: { id: newId(), nome: 'Ufficio chiuso' } }))
    await other.registra('2026-12-30T08:20:00.000Z', s.dati({ voce: { id: newId(), nome: 'VI/9' } }))
    await other.registra('2026-12-30T08:30:00.000Z', s.dati({ flusso: 'U' }))
    await other.registra('2026-12-30T08:40:00.000Z', s.dati())
    await other.giornata('2026-12-30', 4)
    await other.chiudi('2026-12-30T09:00:00.000Z')
    const { esito } = await tryRecupero(s.rgd, richiesta(await s.carica(await other.file())), s.ports)
    expect(new Set(esito.errori.map((e) => e.campo))).toEqual(
      new Set(['RE02-2026-0001.assegnazione.ufficioId', 'RE02-2026-0002.voceId', 'RE02-2026-0003.documento']),
    )
    expect(await registro(s)).toEqual(before)
    // Class C data replaced and the file given, with the digest written in emergency: everything comes in.
    const contenutoId = await stage(s.rgd, s.store, await buildPdf('uscita'), 'uscita.pdf')
    const done = await recover(
      s.rgd,
      richiesta(await s.carica(await other.file()), {
        documenti: [{ numero: 'RE02-2026-0003', contenutoId }],
        sostituzioni: [
          { numero: 'RE02-2026-0001', ufficioId: s.e.uffici.scuola },
          { numero: 'RE02-2026-0002', voceId: s.e.voci.get('VI/3') },
        ],
      }),
      newId(),
      s.ports,
    )
    expect(done.nuove).toBe(4)
    expect(done.coppie.map((c) => c.differenze.join(' '))).toEqual([
      expect.stringMatching(/Ufficio: «Ufficio chiuso» sostituito da «Servizi scolastici»/u),
      expect.stringMatching(/Classificazione: «VI\/9» sostituita da «VI\/3 /u),
      '',
      'Documento su carta: scansione attesa.',
    ])
  })

  it('REQ-PROT-084 an internal document goes from office to office, for information to those that still stand', async () => {
    const interni = await s.dispositivo('Palazzo degli uffici')
    const { edilizia, scuola, protocollo } = s.e.uffici
    const ufficio = { id: scuola, nome: 'Servizi scolastici' }
    const bytes = await buildPdf('parere interno di emergenza')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const documento = { nome: 'parere.pdf', dimensione: bytes.length, sha256 }
    const dati = s.dati({ flusso: 'I', corrispondenti: [], dataArrivo: null, mezzo: 'ALTRO', descrizioneCartaceo: '', ufficio, documento })
    const closed = { id: newId(), nome: 'Ufficio chiuso' }
    await interni.apri('2026-12-30T08:00:00.000Z')
    const numero = await interni.registra('2026-12-30T08:10:00.000Z', {
      ...dati,
      ufficioMittente: closed,
      perConoscenza: [{ id: protocollo, nome: 'Protocollo' }, closed],
    })
    await interni.giornata('2026-12-30', 1)
    await interni.chiudi('2026-12-30T09:00:00.000Z')
    const file = await interni.file()
    const { esito } = await tryRecupero(s.rgd, richiesta(await s.carica(file)), s.ports)
    expect(esito.errori).toEqual([{ campo: `${numero}.documento`, messaggio: expect.stringMatching(/documento interno/u) }])
    const documenti = [{ numero, contenutoId: await stage(s.rgd, s.store, bytes, 'parere.pdf') }]
    const second = await tryRecupero(s.rgd, richiesta(await s.carica(file), { documenti }), s.ports)
    expect(second.esito.errori.map((e) => e.campo)).toEqual([`${numero}.ufficioMittenteId`])
    const sostituzioni = [{ numero, ufficioMittenteId: edilizia }]
    const done = await recover(s.rgd, richiesta(await s.carica(file), { documenti, sostituzioni }), newId(), s.ports)
    expect(done.coppie[0]).toMatchObject({ corrispondente: 'Ufficio chiuso', nuova: true })
    expect(done.coppie[0]?.differenze).toEqual([
      expect.stringMatching(/Ufficio mittente: «Ufficio chiuso» sostituito da «.*[Ee]dilizia/u),
      'Per conoscenza: «Ufficio chiuso» è chiuso e non lo riceve.',
    ])
    const made = await presentById(s.rgd, done.coppie[0]?.registrazioneId ?? '')
    expect(made).toMatchObject({
      tipo: 'I',
      ufficioMittente: { id: edilizia },
      dataArrivo: null,
      destinatari: [{ tipo: 'UO' }, { tipo: 'UO', perConoscenza: true }],
    })
  })

  it('REQ-PROT-084 a file with its digest is joined only to the same bytes; without it the registration waits for the scan', async () => {
    const bytes = await buildPdf('istanza di emergenza')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const documento = { nome: 'istanza.pdf', dimensione: bytes.length, sha256 }
    await d.apri('2026-12-30T08:00:00.000Z')
    const numero = await d.registra('2026-12-30T08:10:00.000Z', s.dati({ documento, descrizioneCartaceo: '' }))
    await d.giornata('2026-12-30', 1)
    await d.chiudi('2026-12-30T09:00:00.000Z')
    const contenutoId = await s.carica(await d.file())
    const wrong = await stage(s.rgd, s.store, await buildPdf('altro'), 'altro.pdf')
    await expect(
      recover(s.rgd, richiesta(contenutoId, { documenti: [{ numero, contenutoId: wrong }] }), newId(), s.ports),
    ).rejects.toMatchObject({ campi: [{ campo: `${numero}.documento`, messaggio: expect.stringMatching(/impronta/u) }] })
    const right = await stage(s.rgd, s.store, bytes, 'istanza.pdf')
    const esito = await recover(s.rgd, richiesta(contenutoId, { documenti: [{ numero, contenutoId: right }] }), newId(), s.ports)
    const dto = await presentById(s.rgd, esito.coppie[0]?.registrazioneId ?? '')
    expect([dto.impronta, dto.scansioneAttesa]).toEqual([sha256, false])
  })

  it('REQ-PROT-088 a number recovered cannot come back with another content, nor a total that differs from the one declared', async () => {
    const { registri } = await readQuadro(s.rgd)
    const righe = d.righe
    // The same device writes another row under a number already recovered.
    d.righe = righe.slice(0, 1)
    await d.registra('2026-12-30T08:11:00.000Z', s.dati({ oggetto: 'Sostituita' }))
    await d.giornata('2026-12-30', 1)
    await d.chiudi('2026-12-30T09:00:00.000Z')
    await expect(recover(s.rgd, richiesta(await s.carica(await d.file())), newId(), s.ports)).rejects.toMatchObject({
      campi: [{ campo: 'RE01-2026-0001', messaggio: expect.stringMatching(/già stato recuperato con un altro contenuto/u) }],
    })
    d.righe = righe
    await d.apri('2026-12-30T10:00:00.000Z')
    await d.registra('2026-12-30T10:10:00.000Z', s.dati())
    await d.giornata('2026-12-30', 1)
    await d.chiudi('2026-12-30T11:00:00.000Z')
    await openApertura(
      s.rgd,
      { registroId: registri[0]?.id ?? '', causa: 'Rete', inizio: '2026-12-30T10:00:00.000Z', provvedimento: 'Nota 3' },
      newId(),
    )
    const { id } = await apertura(s, 'RE01')
    await closeApertura(s.rgd, id, { ripristino: '2026-12-30T11:00:00.000Z', righe: 2 })
    await expect(recover(s.rgd, richiesta(await s.carica(await d.file())), newId(), s.ports)).rejects.toMatchObject({
      campi: [{ messaggio: 'Alla chiusura sono state dichiarate 2 registrazioni, il file ne contiene 1.' }],
    })
  })

  it('a riservato in the recovery is a pair of numbers in page and statement', async () => {
    const archivio = await s.dispositivo('Archivio')
    await archivio.apri('2026-12-30T08:00:00.000Z')
    await archivio.registra('2026-12-30T08:10:00.000Z', s.dati({ oggetto: 'Sanitario segreto', riservatezza: 'RISERVATO' }))
    await archivio.giornata('2026-12-30', 1)
    await archivio.chiudi('2026-12-30T09:00:00.000Z')
    const { recuperoId } = await recover(s.rgd, richiesta(await s.carica(await archivio.file())), newId(), s.ports)
    const letto = await readRecupero(s.impiegato, recuperoId ?? '')
    expect(letto.coppie).toMatchObject([{ oggetto: 'RISERVATO', corrispondente: '', etichetta: expect.any(String) }])
    const words = JSON.stringify([letto.coppie, verbaleStampa(s.e.ente, letto)])
    for (const word of ['Sanitario segreto', 'Ventaglio']) expect(words).not.toContain(word)
  })

  it('REQ-PROT-088 REQ-PROT-083 whatever the files and however often they come, each emergency number has one ordinary number', async () => {
    let site = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 3 }),
        async (sizes, times) => {
          const device = await s.dispositivo(`Sito ${(site += 1)}`)
          const seen = new Map<string, string | null>()
          for (const [i, size] of sizes.entries()) {
            const at = (minutes: number): string =>
              new Date(Date.parse('2026-12-30T08:00:00.000Z') + (i * 60 + minutes) * 60_000).toISOString()
            await device.apri(at(0))
            for (let n = 1; n <= size; n++) await device.registra(at(n), s.dati())
            if (size > 0) await device.giornata('2026-12-30', size)
            await device.chiudi(at(30))
            const contenutoId = await s.carica(await device.file())
            for (let time = 0; time < times; time++) {
              const esito = await recover(s.rgd, richiesta(contenutoId), newId(), s.ports)
              expect(esito.nuove).toBe(time === 0 ? size : 0)
              for (const c of esito.coppie) {
                expect(seen.get(c.numero) ?? c.etichetta).toBe(c.etichetta)
                seen.set(c.numero, c.etichetta)
              }
            }
          }
          expect(new Set(seen.values()).size).toBe(seen.size)
          expect(seen.size).toBe(sizes.reduce((sum, size) => sum + size, 0))
        },
      ),
      { numRuns: 5 },
    )
    const numbers = await query<{ numero: number }>(
      s.rgd,
      'select numero from registrazione where ente_id = $1 and anno = 2026 order by numero',
      [s.e.ente.id],
    )
    expect(numbers.map((r) => r.numero)).toEqual(numbers.map((_, i) => i + 1))
  })

  it('REQ-PROT-081 a continuation the RGD recorded must cover the rows too, week by week', async () => {
    const e = await s.dispositivo('Depuratore')
    await s.ora('2027-01-20T12:00:00.000Z')
    const { registri } = await readQuadro(s.rgd)
    const registroId = registri.find((r) => r.sede === 'Depuratore')?.id ?? ''
    await openApertura(s.rgd, { registroId, causa: 'Frana', inizio: '2027-01-04T08:00:00.000Z', provvedimento: 'Nota 4' }, newId())
    const codice = registri.find((r) => r.id === registroId)?.codice ?? ''
    const { id } = await apertura(s, codice)
    const prosecuzione = (dal: string, al: string) => authoriseProsecuzione(s.rgd, id, { provvedimento: `Decreto ${dal}`, dal, al })
    await expect(prosecuzione('2027-01-05T08:00:00.000Z', '2027-01-12T08:00:00.001Z')).rejects.toMatchObject({
      campi: [{ messaggio: 'Ogni autorizzazione vale al massimo una settimana.' }],
    })
    await prosecuzione('2027-01-05T08:00:00.000Z', '2027-01-12T08:00:00.000Z')
    expect((await apertura(s, codice)).coperturaFino).toBe('2027-01-12T08:00:00.000Z')
    // The database refuses a longer one whatever the program does.
    await expect(
      query(
        s.rgd,
        `insert into autorizzazione_emergenza (ente_id, id, apertura_id, tipo, provvedimento, autorizzata_da, dal, al, registrata_il, registrata_da)
         values ($1, $2, $3, 'prosecuzione', 'X', 'X', '2027-01-12', '2027-01-20', now(), 'X')`,
        [s.e.ente.id, newId(), id],
      ),
    ).rejects.toThrow(/autorizzazione_emergenza_durata/u)
    expect(e.righe).toEqual([])
  })
})
