import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { runSerie } from '../../../server/importazioni/service/esegui.ts'
import { checkSerie, moveSerie, readSerie, startSerie } from '../../../server/importazioni/service/serie.ts'
import { serieIn } from '../../../server/importazioni/schema.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { openJobScope } from '../../../server/kernel/jobs/worker.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase, log, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildPdf, createEnte, createOperatore, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { store } from '../../support/fascicoli.ts'

const ports = { store } as unknown as Ports

let db: TestDatabase
let e: EnteDiProva
let lidia: Scope
let gualtiero: Scope
let jobs: Scope

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  lidia = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Lidia')).scope
  gualtiero = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Gualtiero')).scope
  jobs = await openJobScope({ orm: db.orm, ruoli, log }, e.ente.id, 'prova')
})
afterAll(async () => await db.close())

const COLONNE = 'chiave;oggetto;classificazione;ufficio;mezzo;data_arrivo;ora_arrivo;cognome;nome;descrizione_cartaceo'
const row = (chiave: string, oggetto = `Iscrizione alla mensa ${chiave}`): string =>
  `${chiave};${oggetto};VI/3;SCUOLA;A mano;2026-01-05;09:30;Ventaglio;Ortensia;Modulo di carta`
const table = (...rows: string[]) => serieIn.parse({ nome: 'Mensa', csv: [COLONNE, ...rows].join('\n') })
interface Scritta {
  numero: number
  oggetto: string
  operatoreNome: string
  documentoId: string
}
const written = async (): Promise<Scritta[]> =>
  await query<Scritta>(
    lidia,
    `select numero, oggetto, operatore_nome as "operatoreNome", documento_id as "documentoId" from registrazione where ente_id = $1 order by numero`,
    [e.ente.id],
  )

describe('mass registration', () => {
  it.each(['numero', 'Data registrazione', 'ora', 'impronta', 'N. protocollo', 'SHA256', 'data_protocollo'])(
    'REQ-PROT-021 a table that brings the column %s is refused whole, and named',
    async (colonna) => {
      const csv = `chiave;oggetto;${colonna}\na;b;1`
      await expect(checkSerie(lidia, serieIn.parse({ csv }))).rejects.toMatchObject({
        codice: 'colonne-vietate',
        campi: [{ campo: expect.any(String) }],
      })
      await expect(startSerie(lidia, serieIn.parse({ csv }), newId())).rejects.toMatchObject({ codice: 'colonne-vietate' })
    },
  )

  it('REQ-PROT-021 a request through the API that brings number, date or digest is a wrong row', async () => {
    const registrazione = { tipo: 'E', oggetto: 'Domanda', numero: 7, impronta: 'ab', dataRegistrazione: '2026-01-01' }
    const found = await checkSerie(lidia, serieIn.parse({ righe: [{ chiave: 'x', registrazione }] }))
    expect(found.righe[0]?.errori.map((errore) => errore.campo)).toEqual(
      expect.arrayContaining(['numero', 'impronta', 'dataRegistrazione', 'voceId']),
    )
  })

  it('the dry run tells every wrong field of every row and writes nothing; the confirmation stops on it', async () => {
    const wrong = 'b;;IX/99;NESSUNO;piccione;31/02/2026;26:00;;;'
    const found = await checkSerie(lidia, table(row('a'), wrong, row('a')))
    expect([found.valide, found.errate]).toEqual([1, 2])
    expect(found.righe[1]?.errori.map((errore) => errore.campo).toSorted()).toEqual(
      ['assegnazione', 'dataArrivo', 'dataArrivo', 'mezzo', 'mittenti', 'oggetto', 'voceId'].toSorted(),
    )
    expect(found.righe[2]?.errori.map((errore) => errore.campo)).toEqual(['chiave'])
    await expect(startSerie(lidia, table(row('a'), wrong), newId())).rejects.toMatchObject({ codice: 'serie-errata' })
    expect(await written()).toEqual([])
  })

  it('REQ-PROT-015 every document of a batch has its own number, given in the name of who confirmed', async () => {
    const serie = await startSerie(lidia, table(row('a'), row('b'), row('c')), newId())
    await runSerie(jobs, serie.id, ports)
    const rows = await written()
    expect(rows.map((r) => [r.numero, r.oggetto])).toEqual([
      [1, 'Iscrizione alla mensa a'],
      [2, 'Iscrizione alla mensa b'],
      [3, 'Iscrizione alla mensa c'],
    ])
    expect(new Set(rows.map((r) => r.documentoId)).size).toBe(3)
    expect(new Set(rows.map((r) => r.operatoreNome))).toEqual(new Set([lidia.attore.nome]))
    expect(await readSerie(lidia, serie.id)).toMatchObject({ stato: 'CONCLUSA', fatte: 3, rifiutate: 0 })
    const arrivo = await queryOne<{ arrivo: Date }>(
      lidia,
      'select data_arrivo as arrivo from registrazione where ente_id = $1 and numero = 1',
      [e.ente.id],
    )
    expect(arrivo?.arrivo.toISOString()).toBe('2026-01-05T08:30:00.000Z')
  })

  it('REQ-PROT-037 a key that has a number takes no other: in the dry run, in the run, in another series, by another person', async () => {
    const before = (await written()).length
    const input = table(row('a', 'Altro oggetto'), row('d'))
    expect(await checkSerie(gualtiero, input)).toMatchObject({
      valide: 1,
      giaRegistrate: 1,
      righe: [{ giaRegistrata: expect.stringMatching(/^0000001\//u) }, {}],
    })
    const serie = await startSerie(gualtiero, input, newId())
    await runSerie(jobs, serie.id, ports)
    await runSerie(jobs, serie.id, ports)
    expect((await written()).length).toBe(before + 1)
    expect((await readSerie(gualtiero, serie.id)).righe.map((riga) => riga.esito)).toEqual(['GIA_REGISTRATA', 'REGISTRATA'])
    await expect(readSerie(lidia, serie.id)).rejects.toMatchObject({ codice: 'serie-non-tua' })
  })

  it('stopped and resumed, two workers at once: each row one number', async () => {
    const before = (await written()).length
    const serie = await startSerie(lidia, table(...['p', 'q', 'r', 's'].map((key) => row(key))), newId())
    await moveSerie(lidia, serie.id, 'INTERROTTA')
    await runSerie(jobs, serie.id, ports)
    expect((await written()).length).toBe(before)
    await moveSerie(lidia, serie.id, 'IN_CORSO')
    await Promise.all([runSerie(jobs, serie.id, ports), runSerie(jobs, serie.id, ports)])
    expect((await written()).length).toBe(before + 4)
    expect(await readSerie(lidia, serie.id)).toMatchObject({ stato: 'CONCLUSA', fatte: 4 })
  })

  it('files are those this person uploaded, by name', async () => {
    const mio = await stage(lidia, store, await buildPdf('mio'), 'mio.pdf')
    const suo = await stage(gualtiero, store, await buildPdf('suo'), 'suo.pdf')
    const csv = `chiave;oggetto;classificazione;ufficio;mezzo;data_arrivo;cognome;nome;file\n${['mio', 'suo', 'nessuno']
      .map((name) => `f-${name};Domanda;VI/3;SCUOLA;A mano;2026-01-05;Ventaglio;Ortensia;${name}.pdf`)
      .join('\n')}`
    const file = [
      { nome: 'mio.pdf', contenutoId: mio },
      { nome: 'suo.pdf', contenutoId: suo },
    ]
    const found = await checkSerie(lidia, serieIn.parse({ csv, file }))
    expect(found.righe.map((riga) => riga.errori.map((errore) => errore.campo))).toEqual([[], ['documento'], ['documento']])
  })

  it('the dry run and the real run agree: what it calls good is registered, row by row, and one wrong row stops all', async () => {
    const cell = fc.constantFrom('', 'VI/3', 'IX/99')
    const rows = fc.array(
      fc.record({
        oggetto: fc.constantFrom('', 'Domanda di iscrizione'),
        voce: cell,
        ufficio: fc.constantFrom('SCUOLA', 'NESSUNO', 'SUEDIL'),
        mezzo: fc.constantFrom('A mano', 'POSTA', 'fax'),
        giorno: fc.constantFrom('2026-01-05', '2099-01-01', '5/1/2026'),
        cognome: fc.constantFrom('Ventaglio', ''),
        cf: fc.constantFrom('', 'VNTRNS74E50X901Q', 'VNTRNS74E50X901A'),
      }),
      { minLength: 1, maxLength: 4 },
    )
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const csv = [
          'chiave;oggetto;classificazione;ufficio;mezzo;data_arrivo;cognome;nome;codice_fiscale',
          ...given.map((r) => `${newId()};${r.oggetto};${r.voce};${r.ufficio};${r.mezzo};${r.giorno};${r.cognome};Ortensia;${r.cf}`),
        ].join('\n')
        const input = serieIn.parse({ csv })
        const before = (await written()).length
        const dry = await checkSerie(lidia, input)
        expect((await written()).length).toBe(before)
        if (dry.errate > 0) {
          await expect(startSerie(lidia, input, newId())).rejects.toMatchObject({ codice: 'serie-errata' })
          // The good rows alone are registered, every one of them.
          const good = csv.split('\n').filter((_, i) => i === 0 || dry.righe[i - 1]?.errori.length === 0)
          if (good.length > 1) await runAll(serieIn.parse({ csv: good.join('\n') }), good.length - 1, before)
        } else await runAll(input, given.length, before)
      }),
      { numRuns: 25 },
    )
  })

  async function runAll(input: ReturnType<typeof serieIn.parse>, quante: number, before: number): Promise<void> {
    const serie = await startSerie(lidia, input, newId())
    await runSerie(jobs, serie.id, ports)
    expect(await readSerie(lidia, serie.id)).toMatchObject({ stato: 'CONCLUSA', fatte: quante, rifiutate: 0 })
    expect((await written()).length).toBe(before + quante)
  }
})
