import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { runImportazione } from '../../../server/importazioni/service/importa.ts'
import {
  openFileStorico,
  printRapporto,
  readRegistriStorici,
  readStorica,
  readStoriche,
} from '../../../server/importazioni/service/consulta.ts'
import { confirmImportazione, readImportazione, requestVerifica, verifyImportazione } from '../../../server/importazioni/service/storico.ts'
import { filtriStorico } from '../../../server/importazioni/schema.ts'
import type { ImportazioneDto, NuovaImportazione } from '../../../server/importazioni/schema.ts'
import { stampatricePdf } from '../../../server/adapters/stampa-pdf/index.ts'
import { openJobScope } from '../../../server/kernel/jobs/worker.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createMemoryStore } from '../../../storage/memory.ts'
import { createDatabase, log, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, readAll, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { buildCsv, buildZip, sha256 } from '../../support/storico.ts'

const store = createMemoryStore()
const MAX = 1_000_000
const COLONNE = [
  'numero',
  'data',
  'tipo',
  'oggetto',
  'mittenti',
  'destinatari',
  'ufficio',
  'riservato',
  'annullato',
  'annullamento',
  'file',
  'impronte',
]
const RIGHE = [
  ['1', '02/01/2019', 'E', 'Domanda di ponteggio', 'Ventaglio Ortensia', '', 'SUEDIL', '', '', '', 'uno.pdf', sha256('uno')],
  ['2', '02/01/2019', 'U', 'Sussidio a famiglia', '', 'Brilletti Flavio', 'SCUOLA', 'sì', '', '', '', ''],
  ['4', '05/01/2019', 'E', 'Errore', 'Nessuno', '', 'SUEDIL', '', 'sì', 'Annullato con provv. 3/2019', '', ''],
]

let db: TestDatabase
let e: EnteDiProva
let rgd: Scope
let protocollista: Scope
let capo: Scope
let scuola: Scope
let jobs: Scope

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', null, 'Marta')).scope
  protocollista = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Lidia')).scope
  capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Egidio')).scope
  scuola = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.scuola, 'Nora')).scope
  jobs = await openJobScope({ orm: db.orm, ruoli, log }, e.ente.id, 'prova')
})
afterAll(async () => await db.close())

async function upload(
  righe: readonly (readonly string[])[],
  files: Record<string, string> | null,
  anno = 2019,
): Promise<NuovaImportazione> {
  const righeContenutoId = await stage(rgd, store, buildCsv(COLONNE, righe), 'registro.csv')
  const archivio = files === null ? {} : { archivioContenutoId: await stage(rgd, store, buildZip(files), 'file.zip') }
  return { codice: 'VECCHIO', anno, denominazione: 'Registro di prova', provenienza: 'Sistema di prova', righeContenutoId, ...archivio }
}

async function verify(input: NuovaImportazione): Promise<ImportazioneDto> {
  const { id } = await requestVerifica(rgd, input)
  await verifyImportazione(jobs, id, store, MAX)
  return await readImportazione(rgd, id)
}

async function counts(): Promise<Record<string, number>> {
  const row = await queryOne<Record<string, number>>(
    rgd,
    `select (select count(*)::int from registro_storico where ente_id = $1) as registri, (select count(*)::int from registrazione_storica where ente_id = $1) as righe,
            (select count(*)::int from file_storico where ente_id = $1) as file, (select count(*)::int from registrazione where ente_id = $1) as vive,
            (select ultimo from contatore_registro where ente_id = $1) as ultimo`,
    [e.ente.id],
  )
  return row ?? {}
}

describe('a past register', () => {
  it('the dry run tells everything and writes nothing of the register; errors stop the import', async () => {
    const before = await counts()
    const wrong = await verify(await upload([...RIGHE, ['4', '31/02/2019', 'Z', '', '', '', '', '', '', '', '', '']], null))
    expect(wrong.stato).toBe('VERIFICATA')
    expect(wrong.rapporto?.importabile).toBe(false)
    expect(wrong.rapporto?.errori.map((errore) => errore.campo)).toEqual(['data', 'tipo', 'oggetto'])
    await expect(confirmImportazione(rgd, wrong.id, 'va bene')).rejects.toMatchObject({ codice: 'non-importabile' })
    expect(await counts()).toEqual(before)
  })

  it('a table that is none, an archive that is none and a year that is not over are refused', async () => {
    const input = await upload(RIGHE, null)
    const rotto = await stage(rgd, store, Buffer.from('"aperto'), 'rotto.csv')
    expect(await verify({ ...input, righeContenutoId: rotto })).toMatchObject({ stato: 'FALLITA', rapporto: null })
    expect(await verify({ ...input, archivioContenutoId: rotto })).toMatchObject({ stato: 'FALLITA' })
    await expect(requestVerifica(rgd, { ...input, anno: new Date().getFullYear() })).rejects.toMatchObject({ codice: 'anno-non-chiuso' })
    await expect(requestVerifica(protocollista, input)).rejects.toMatchObject({ codice: 'contenuto-assente' })
  })

  it('findings want the reason; then all the rows enter with their own numbers, and the live register does not move', async () => {
    const before = await counts()
    const dry = await verify(await upload(RIGHE, { 'uno.pdf': 'uno', 'sciolto.pdf': 's' }))
    expect(dry.rapporto).toMatchObject({ righe: 3, quantiNumeriMancanti: 1, buchi: [{ da: 3, a: 3 }], fileNonCitati: ['sciolto.pdf'] })
    await expect(confirmImportazione(rgd, dry.id, '')).rejects.toMatchObject({ codice: 'accettazione-mancante' })
    await confirmImportazione(rgd, dry.id, 'Il numero 3 non fu mai assegnato.')
    await runImportazione(jobs, dry.id, store, MAX)
    const done = await readImportazione(rgd, dry.id)
    expect(done).toMatchObject({ stato: 'IMPORTATA', accettazione: 'Il numero 3 non fu mai assegnato.' })
    expect(await counts()).toEqual({ ...before, registri: 1, righe: 3, file: 1 })
    // What the dry run said is what the real run wrote.
    const [registro] = await readRegistriStorici(rgd)
    expect(registro).toMatchObject({
      righe: dry.rapporto?.righe,
      primo: dry.rapporto?.primo,
      ultimo: dry.rapporto?.ultimo,
      importatoDa: rgd.attore.nome,
    })
    const rapporto = await printRapporto(rgd, dry.id, stampatricePdf)
    expect((await readAll(rapporto.stream)).subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('a second import creates nothing: neither the job again, nor the confirmation, nor another file of the same year', async () => {
    const before = await counts()
    const { id } = (await queryOne<{ id: string }>(rgd, `select id from importazione where ente_id = $1 and stato = 'IMPORTATA'`, [
      e.ente.id,
    ])) ?? { id: '' }
    await runImportazione(jobs, id, store, MAX)
    await expect(confirmImportazione(rgd, id, 'ancora')).rejects.toMatchObject({ codice: 'gia-importato' })
    await expect(
      requestVerifica(rgd, await upload([...RIGHE, ['5', '06/01/2019', 'E', 'Nuova', '', '', '', '', '', '', '', '']], null)),
    ).rejects.toMatchObject({
      codice: 'gia-importato',
    })
    expect(await counts()).toEqual(before)
  })

  it('two confirmed imports of one year: one enters, the other fails in words', async () => {
    const [uno, due] = [await verify(await upload(RIGHE, null, 2019 - 1)), await verify(await upload(RIGHE, null, 2018))]
    // Rows of 2019 are not of 2018: nothing is importable.
    expect([uno.rapporto?.importabile, due.rapporto?.importabile]).toEqual([false, false])
    const righe = RIGHE.map((riga) => riga.map((cella) => cella.replace('2019', '2018')))
    const [a, b] = [await verify(await upload(righe, null, 2018)), await verify(await upload(righe, null, 2018))]
    for (const one of [a, b]) await confirmImportazione(rgd, one.id, 'così com’è')
    for (const one of [a, b]) await runImportazione(jobs, one.id, store, MAX)
    expect((await readImportazione(rgd, a.id)).stato).toBe('IMPORTATA')
    expect(await readImportazione(rgd, b.id)).toMatchObject({ stato: 'FALLITA', errore: expect.stringContaining('già stato importato') })
    expect((await readRegistriStorici(rgd)).filter((registro) => registro.anno === 2018)).toHaveLength(1)
  })

  it('is closed: not a row more, not a row changed, by any role of ours', async () => {
    const registro = await queryOne<{ id: string }>(rgd, 'select id from registro_storico where ente_id = $1 limit 1', [e.ente.id])
    const row = {
      id: newId(),
      registro_storico_id: registro?.id,
      anno: 2019,
      numero: 99,
      giorno: '2019-12-31',
      tipo: 'E',
      oggetto: 'aggiunta',
      mittenti: '',
      destinatari: '',
      classificazione: '',
      fascicolo: '',
      ufficio: '',
      riservata: false,
      annullata: false,
      annullamento: '',
      note: '',
    }
    await expect(inTransaction(jobs, async (tx) => await insertRows(tx, 'registrazione_storica', [row]))).rejects.toThrow('chiuso')
    await expect(query(rgd, `update registrazione_storica set oggetto = 'x' where ente_id = $1`, [e.ente.id])).rejects.toThrow()
    await expect(query(jobs, 'delete from registro_storico where ente_id = $1', [e.ente.id])).rejects.toThrow()
  })
})

describe('who reads the past', () => {
  const all = filtriStorico.parse({ anno: 2019 })
  const seen = async (scope: Scope, more: object = {}) =>
    (await readStoriche(scope, { ...all, ...more })).elementi.map((r) => [r.numero, r.oggetto])

  it('the RGD everything, the protocol office what is ordinary, an office its own; REQ-PROT-061 a riservato is its number and the word', async () => {
    expect(await seen(rgd)).toEqual([
      [4, 'Errore'],
      [2, 'Sussidio a famiglia'],
      [1, 'Domanda di ponteggio'],
    ])
    expect(await seen(protocollista)).toEqual([
      [4, 'Errore'],
      [2, 'RISERVATO'],
      [1, 'Domanda di ponteggio'],
    ])
    expect(await seen(capo)).toEqual([
      [4, 'Errore'],
      [1, 'Domanda di ponteggio'],
    ])
    expect(await seen(scuola)).toEqual([[2, 'RISERVATO']])
  })

  it('words never find what they would not show, in rows or in totals', async () => {
    expect((await readStoriche(protocollista, { ...all, q: 'sussidio' })).totale).toBe(0)
    expect((await readStoriche(protocollista, { ...all, q: 'brilletti' })).totale).toBe(0)
    expect(await seen(rgd, { q: 'sussidio famiglia' })).toEqual([[2, 'Sussidio a famiglia']])
    expect(await seen(protocollista, { q: '0000002/2019' })).toEqual([[2, 'RISERVATO']])
    expect(await seen(rgd, { q: '100%' })).toEqual([])
  })

  it('a masked one gives no word and no file; a read one is recorded and its bytes are those of the archive', async () => {
    const rows = (await readStoriche(rgd, all)).elementi
    const idOf = (numero: number): string => rows.find((row) => row.numero === numero)?.id ?? ''
    const masked = await readStorica(protocollista, idOf(2))
    expect(JSON.stringify(masked)).not.toMatch(/Brilletti|Sussidio/u)
    const full = await readStorica(capo, idOf(1))
    expect(full.files).toMatchObject([{ nome: 'uno.pdf', sha256: sha256('uno'), improntaDichiarata: sha256('uno') }])
    const reply = await openFileStorico(capo, full.id, full.files[0]?.id ?? '', store)
    expect((await readAll(reply.stream)).toString()).toBe('uno')
    await expect(readStorica(scuola, idOf(1))).rejects.toMatchObject({ codice: 'registrazione-storica-assente' })
    await expect(openFileStorico(scuola, full.id, full.files[0]?.id ?? '', store)).rejects.toMatchObject({ status: 404 })
    const trail = await queryOne<{ quanti: number }>(
      rgd,
      `select count(*)::int as quanti from evento_audit where ente_id = $1 and azione in ('registrazione-storica-letta', 'documento-storico-letto') and attore_id = $2`,
      [e.ente.id, capo.attore.id],
    )
    expect(trail?.quanti).toBe(2)
    expect(await readStorica(rgd, idOf(4))).toMatchObject({ annullata: true, annullamento: 'Annullato con provv. 3/2019' })
  })
})
