import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createMemoryStore } from '../../../storage/memory.ts'
import { stampatricePdf } from '../../../server/adapters/stampa-pdf/index.ts'
import type { FileReply, Ports } from '../../../server/kernel/endpoint.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { sqlState } from '../../../server/kernel/problem.ts'
import { inTransaction, insertRows, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { addDays, formatItalianDay, now, romeDay } from '../../../server/kernel/time.ts'
import type { Stampa } from '../../../server/ports/stampa.ts'
import { presentById } from '../../../server/protocollo/index.ts'
import { reactions, wireReactions } from '../../../server/reactions.ts'
import {
  changeImpostazioni,
  openRicevutaEmessa,
  printElenco,
  printEtichette,
  printRegistro,
  printRicevuta,
  readImpostazioni,
} from '../../../server/stampe/service.ts'
import { stampeJobs } from '../../../server/stampe/index.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, createRegistrazione, readAll, sistema } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { readCodici, readTesto, renderPagina } from '../../support/lettore.ts'

let db: TestDatabase
let e: EnteDiProva
let clerk: Scope
let rgd: Scope
let scuola: Scope
let system: Scope
const store = createMemoryStore()
const printed: Stampa[] = []
/** The real printer, which also remembers what it was given. */
const ports = {
  store,
  indirizzoPubblico: 'https://faldone.example',
  stampa: {
    dichiarazione: '',
    print: async (stampa: Stampa) => {
      printed.push(stampa)
      return await stampatricePdf.print(stampa)
    },
  },
} as unknown as Ports

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  clerk = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope
  rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale')).scope
  scuola = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.scuola)).scope
  system = { ...rgd, attore: sistema }
})
afterAll(async () => await db.close())

const register = async (altro: Parameters<typeof createRegistrazione>[3] = {}): Promise<string> =>
  await createRegistrazione(clerk, e, store, altro)
const bytesOf = async (reply: FileReply): Promise<Buffer> => await readAll(reply.stream)
const textOf = async (reply: FileReply): Promise<string> => (await readTesto(await bytesOf(reply))).join(' ').replaceAll(/\s+/gu, ' ')
const ricevuta = async (scope: Scope, id: string): Promise<string> => await textOf(await printRicevuta(scope, id, undefined, ports))
const runJob = async (id: string, with_: Ports = ports): Promise<void> => {
  for (const job of stampeJobs) await job.handler(system, { id }, with_)
}

/** What an annulment leaves, as the act of the RGD writes it. */
async function annul(id: string): Promise<void> {
  await inTransaction(rgd, async (tx) => {
    const richiesta = newId()
    const when = { richiesto_il: now().toISOString(), richiedente_id: rgd.attore.id, richiedente_nome: rgd.attore.nome }
    await insertRows(tx, 'annullamento', [{ id: richiesta, registrazione_id: id, motivo: 'Errore di registrazione', ...when }])
    await insertRows(tx, 'decisione_atto', [
      {
        id: richiesta,
        registrazione_id: id,
        atto: 'annullamento',
        esito: 'AUTORIZZATO',
        provvedimento_numero: '12/2026',
        provvedimento_data: '2026-09-14',
        motivo: '',
        conferma_destinatario: false,
        deciso_il: now().toISOString(),
        decisore_id: rgd.attore.id,
        decisore_nome: rgd.attore.nome,
      },
    ])
  })
}

const TESTI = {
  formatoEtichetta: '62x29',
  formatoRicevuta: 'A4',
  stampaAutomatica: true,
  termineGiorni: 45,
  rimedi: 'Ricorso al TAR ai sensi dell’art. 31 del codice del processo amministrativo',
  visioneAtti: 'Area personale del sito, con SPID o CIE',
  ufficioAccesso: 'Ufficio relazioni con il pubblico',
} as const

describe('the receipt', () => {
  it('REQ-PROT-123 shows segnatura, both instants, mittente, oggetto, files with their digests, operator, and a QR to the citizen’s area', async () => {
    const id = await register({ oggetto: 'Richiesta di accesso agli atti n. 7' })
    const r = await presentById(clerk, id)
    const reply = await printRicevuta(clerk, id, 'A5', ports)
    expect(reply.nome).toBe(`ricevuta-${r.etichetta.replace('/', '-')}.pdf`)
    const bytes = await bytesOf(reply)
    const text = (await readTesto(bytes)).join(' ').replaceAll(/\s+/gu, ' ')
    for (const part of [e.ente.denominazione, r.etichetta, r.oggetto, 'Ventaglio', r.operatore.nome, 'istanza.pdf'])
      expect(text).toContain(part)
    expect(text.replaceAll(' ', '')).toContain(r.segnatura.testo)
    expect(text.replaceAll(' ', '')).toContain(r.documento.principale?.sha256)
    const codes = await readCodici(await renderPagina(bytes, 1, 203))
    expect(codes).toEqual([{ formato: 'QRCode', testo: `https://faldone.example/${e.ente.slug}/area-personale` }])
  })

  it('REQ-PROT-120 attests that an istanza was presented, and the term counted from its arrival', async () => {
    const arrivo = new Date(now().getTime() - 3 * 86_400_000)
    const text = await ricevuta(clerk, await register({ dataArrivo: arrivo.toISOString() }))
    expect(text).toContain('Si attesta che l’istanza è stata presentata il')
    expect(text).toContain('legge 7 agosto 1990, n. 241, art. 18-bis')
    expect(text).toContain(`30 giorni dalla presentazione, entro il ${formatItalianDay(addDays(romeDay(arrivo), 30))}`)
    expect(text).not.toContain('avvio del procedimento')
    const other = await ricevuta(clerk, await register({ tipologia: 'Fattura' }))
    expect(other).not.toContain('Si attesta')
    expect(other).not.toContain('Termine')
  })

  it('REQ-PROT-073 shows both dates and says which one counts when they differ (case A6), and not otherwise', async () => {
    const arrivo = new Date(now().getTime() - 3 * 86_400_000)
    const text = await ricevuta(clerk, await register({ dataArrivo: arrivo.toISOString() }))
    expect(text).toContain(
      `Presentata il ${formatItalianDay(romeDay(arrivo))}, registrata il ${formatItalianDay(romeDay(now()))}: i termini decorrono dalla presentazione.`,
    )
    expect(await ricevuta(clerk, await register({ dataArrivo: now().toISOString() }))).not.toContain('i termini decorrono')
  })

  it('REQ-PROT-121 is a communication of start of the procedure only when every element of the law is there', async () => {
    const [gina] = [await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Gina')]
    const id = await register()
    await changeImpostazioni(rgd, TESTI)
    const text = await ricevuta(clerk, id)
    expect(text).toContain('vale come comunicazione di avvio del procedimento')
    for (const part of [gina.attore.nome, 'Sportello unico edilizia', '45 giorni', 'Ricorso al TAR', 'SPID', 'Ufficio relazioni', '@'])
      expect(text).toContain(part)
    // Without even one of them it is a receipt and nothing more; so is a communication, and what an office without a head has.
    for (const nome of ['rimedi', 'visioneAtti', 'ufficioAccesso'] as const) {
      const after = await changeImpostazioni(rgd, { ...TESTI, [nome]: '' })
      expect(after.mancanti).toEqual([nome])
      expect(await ricevuta(clerk, id)).not.toContain('vale come comunicazione')
    }
    await changeImpostazioni(rgd, TESTI)
    expect(await ricevuta(clerk, await register({ tipologia: 'Comunicazione' }))).not.toContain('vale come comunicazione')
    expect(await ricevuta(clerk, await register({ assegnazione: { ufficioId: e.uffici.scuola } }))).not.toContain('vale come comunicazione')
  })

  it('REQ-PROT-124 is printed again with the same number and bytes, and every print is written beside the others', async () => {
    const id = await register()
    const before = await query(clerk, 'select anno, numero from registrazione where ente_id = $1 order by 1, 2', [e.ente.id])
    const [one, two] = [
      await bytesOf(await printRicevuta(clerk, id, 'A5', ports)),
      await bytesOf(await printRicevuta(rgd, id, 'A5', ports)),
    ]
    expect(one.equals(two)).toBe(true)
    expect(await query(clerk, 'select anno, numero from registrazione where ente_id = $1 order by 1, 2', [e.ente.id])).toEqual(before)
    const prints = await query(
      clerk,
      `select progressivo, autore_nome as autore from stampata where ente_id = $1 and registrazione_id = $2 order by progressivo`,
      [e.ente.id, id],
    )
    expect(prints).toEqual([
      { progressivo: 1, autore: clerk.attore.nome },
      { progressivo: 2, autore: rgd.attore.nome },
    ])
    const facts = await query<{ azione: string }>(
      clerk,
      `select azione from evento_audit where ente_id = $1 and oggetto_id = $2 and azione like 'ricevuta-%' order by istante, id`,
      [e.ente.id, id],
    )
    expect(facts.map((f) => f.azione)).toEqual(['ricevuta-stampata', 'ricevuta-ristampata'])
    const change = query(clerk, `update stampata set autore_nome = 'Nessuno' where registrazione_id = $1`, [id])
    expect(await change.then(() => null, sqlState)).toBe('42501')
  })

  it('REQ-PROT-050 of an annulled registration says ANNULLATO on every page, and keeps what it said', async () => {
    const id = await register({ oggetto: 'Domanda poi annullata' })
    await annul(id)
    const pages = await readTesto(await bytesOf(await printRicevuta(clerk, id, 'A5', ports)))
    expect(pages.filter((p) => !p.startsWith('ANNULLATO'))).toEqual([])
    expect(pages.join(' ')).toContain('provv. n. 12/2026 del 14/09/2026')
    expect(pages.join(' ')).toContain('Domanda poi annullata')
    expect(pages.join(' ')).not.toContain('Termine per la risposta')
  })

  it('REQ-PROT-061 of a riservato says number, dates and digest only', async () => {
    const id = await register({ oggetto: 'Fatto delicato', riservatezza: 'RISERVATO' })
    const text = await ricevuta(rgd, id)
    expect(text).toContain('RISERVATO')
    for (const secret of ['Fatto delicato', 'Ventaglio', 'istanza.pdf', 'Sportello unico']) expect(text).not.toContain(secret)
  })

  it('is not for who may not see the registration', async () => {
    const id = await register()
    await expect(printRicevuta(scuola, id, 'A5', ports)).rejects.toMatchObject({ codice: 'registrazione-assente' })
    await expect(printEtichette(scuola, [id], undefined, ports)).rejects.toMatchObject({ codice: 'registrazione-assente' })
    expect(await queryOne(clerk, 'select 1 from stampata where ente_id = $1 and registrazione_id = $2', [e.ente.id, id])).toBeNull()
  })
})

describe('the receipt issued by itself', () => {
  it('REQ-PROT-120 follows an istanza by an electronic channel, once, and is kept as it was issued', async () => {
    expect(reactions['registrazioneCreata']).toContain('stampe.issueRicevuta')
    const id = await register({ mezzo: 'PEC' })
    await runJob(id)
    await runJob(id)
    const kept = await query<{ sha256: string }>(
      clerk,
      `select c.sha256 from ricevuta_emessa x join contenuto c on c.ente_id = x.ente_id and c.id = x.contenuto_id where x.ente_id = $1 and x.registrazione_id = $2`,
      [e.ente.id, id],
    )
    expect(kept).toHaveLength(1)
    const reply = await openRicevutaEmessa(clerk, id, ports)
    expect(reply.sha256).toBe(kept[0]?.sha256)
    const issued = await bytesOf(reply)
    expect((await readTesto(issued)).join(' ')).toContain('Ricevuta di presentazione')
    // What happens later does not change what was issued.
    await annul(id)
    expect((await bytesOf(await openRicevutaEmessa(clerk, id, ports))).equals(issued)).toBe(true)
  })

  it('does not follow paper at the counter, nor what is no istanza', async () => {
    for (const altro of [{ mezzo: 'A_MANO' as const }, { mezzo: 'PEC' as const, tipologia: 'Fattura' as const }]) {
      const id = await register(altro)
      await runJob(id)
      await expect(openRicevutaEmessa(clerk, id, ports)).rejects.toMatchObject({ codice: 'ricevuta-non-emessa' })
    }
  })

  it('REQ-PROT-122 when it fails the registration stays, the failure is told to the queue and the log, and the next attempt issues it', async () => {
    const id = await register({ mezzo: 'PORTALE' })
    const before = await presentById(clerk, id)
    const warnings: unknown[] = []
    const failing = { ...ports, stampa: { ...ports.stampa, print: async () => await Promise.reject(new Error('no ink')) } } as Ports
    const log = { ...system.log, warn: (fields: unknown) => void warnings.push(fields) } as unknown as Scope['log']
    const job = stampeJobs.find((j) => j.type === 'stampe.issueRicevuta')
    await expect(job?.handler({ ...system, log }, { id }, failing)).rejects.toThrow('no ink')
    expect(warnings).toEqual([expect.objectContaining({ registrazione: id, errore: 'no ink' })])
    expect(job?.maxAttempts).toBeGreaterThan(5)
    expect(await presentById(clerk, id)).toEqual(before)
    await runJob(id)
    expect((await bytesOf(await openRicevutaEmessa(clerk, id, ports))).length).toBeGreaterThan(1000)
  })
})

describe('labels and lists', () => {
  it('REQ-PROT-043 a label is printed again without a new number, and each print is written', async () => {
    const ids = [await register(), await register()]
    const count = async (): Promise<unknown> => await queryOne(clerk, 'select count(*) from registrazione where ente_id = $1', [e.ente.id])
    const before = await count()
    await printEtichette(clerk, ids, '50x25', ports)
    const again = await readTesto(await bytesOf(await printEtichette(clerk, ids, '50x25', ports)))
    expect(await count()).toEqual(before)
    const labels = await Promise.all(ids.map(async (id) => (await presentById(clerk, id)).etichetta))
    expect(again.map((page, i) => page.includes(labels[i] ?? '-'))).toEqual([true, true])
    const facts = await query<{ azione: string; n: number }>(
      clerk,
      `select azione, count(*)::int as n from evento_audit where ente_id = $1 and oggetto_id = any($2) and azione like 'etichetta-%' group by 1 order by 1`,
      [e.ente.id, ids],
    )
    expect(facts).toEqual([
      { azione: 'etichetta-ristampata', n: 2 },
      { azione: 'etichetta-stampata', n: 2 },
    ])
  })

  it('REQ-PROT-061 the print of the register shows riservati to others as number, date and the word, annulled ones struck with their act', async () => {
    const annullata = await register({ oggetto: 'Da annullare e stampare' })
    await annul(annullata)
    const riservata = await createRegistrazione(rgd, e, store, { oggetto: 'Segreto del registro', riservatezza: 'RISERVATO' })
    const today = romeDay(now())
    printed.length = 0
    const text = await textOf(await printRegistro(clerk, { da: today, a: today }, ports))
    const { etichetta } = await presentById(rgd, riservata)
    expect(text).toContain(etichetta)
    expect(text).toContain('Da annullare e stampare')
    expect(text).not.toContain('Segreto del registro')
    const table = printed[0]?.blocchi.find((b) => b.tipo === 'tabella')
    const rowOf = (words: string): number => table?.righe.findIndex((r) => r.includes(words)) ?? -1
    expect(table?.righe[rowOf(etichetta)]?.slice(3)).toEqual(['', 'RISERVATO', '', '', '', ''])
    expect([...(table?.barrate ?? [])]).toContain(rowOf('Da annullare e stampare'))
    expect(table?.righe[rowOf('Da annullare e stampare')]?.at(-1)).toContain('provv. n. 12/2026 del 14/09/2026')
    expect(await textOf(await printRegistro(rgd, { da: today, a: today }, ports))).toContain('Segreto del registro')
    const elsewhere = await textOf(await printElenco(clerk, [riservata], ports))
    expect(elsewhere).not.toContain('Segreto del registro')
  })

  it('the register is printed oldest first and by days', async () => {
    const today = romeDay(now())
    printed.length = 0
    await printRegistro(rgd, { da: today, a: today, tipo: 'E' }, ports)
    const numbers = printed[0]?.blocchi.find((b) => b.tipo === 'tabella')?.righe.map((r) => r[0] ?? '') ?? []
    expect(numbers.length).toBeGreaterThan(3)
    expect(numbers).toEqual(numbers.toSorted())
    await printRegistro(rgd, { da: addDays(today, 1), a: addDays(today, 2) }, ports)
    expect(printed[1]?.blocchi.find((b) => b.tipo === 'tabella')?.righe).toEqual([])
  })

  it('settings keep who changed them and what was before', async () => {
    await changeImpostazioni(rgd, { ...TESTI, termineGiorni: 60 })
    expect(await readImpostazioni(clerk)).toMatchObject({ termineGiorni: 60, autore: rgd.attore.nome, mancanti: [] })
    const fact = await queryOne<{ dati: string }>(
      rgd,
      `select dati from evento_audit where ente_id = $1 and azione = 'stampe-impostate' order by istante desc, id desc limit 1`,
      [e.ente.id],
    )
    expect(JSON.parse(fact?.dati ?? '{}')).toMatchObject({ prima: { termineGiorni: 45 }, dopo: { termineGiorni: 60 } })
  })
})
