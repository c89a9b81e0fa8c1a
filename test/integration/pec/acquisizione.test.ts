import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { CasellaCartella } from '../../../server/adapters/casella-cartella/index.ts'
import {
  buildAccettazione,
  buildAnomalia,
  buildBusta,
  buildFattura,
  buildGuasto,
  buildNonAccettazione,
  buildOrdinaria,
  GUASTI,
  spedisci,
} from '../../../server/demo/posta/index.ts'
import type { Gestore } from '../../../server/demo/posta/index.ts'
import { query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { ingestCasella } from '../../../server/pec/index.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, readAll } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { buildPorts, createCasella, gestoreDiProva, messaggio } from './posta.ts'

let db: TestDatabase
let gestore: Gestore
let e: EnteDiProva
let scope: Scope

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  gestore = await gestoreDiProva()
  e = await createEnte(db.orm)
  scope = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope
})
afterAll(async () => await db.close())

interface Riga {
  id: string
  stato: string
  tipo: string
  classe: string
  oggetto: string
  motivo: string | null
  controlli: {
    verificato: boolean
    istanti: Record<string, string | null>
    avvisi: string[]
    versione: string
    controlli: { nome: string }[]
  }
  parti: { id: string; ruolo: string; nome: string; sha256: string; mime: string }[]
  ricevutoIl: Date
}

async function rows(casellaId: string): Promise<Riga[]> {
  return await query<Riga>(
    scope,
    'select id, stato, tipo, classe, oggetto, motivo, controlli, parti, ricevuto_il as "ricevutoIl" from messaggio where ente_id = $1 and casella_id = $2 order by acquisito_il, id',
    [e.ente.id, casellaId],
  )
}

async function box(suffix: string) {
  return { casellaId: await createCasella(db, e, `${suffix}@${e.ente.slug}.example`), ports: buildPorts(gestore) }
}

describe('acquisition of messages', () => {
  it('REQ-PEC-001 REQ-PROT-025 raw bytes are stored before reading and every part has its own digest', async () => {
    const { casellaId, ports } = await box('uno')
    const m = await messaggio()
    const raw = await buildBusta(gestore, spedisci(gestore, m))
    ports.box.deliver(raw)
    expect(await ingestCasella(scope, casellaId, ports)).toEqual({ nuovi: 1, doppi: 0, quarantena: 0, errori: 0 })
    const [row] = await rows(casellaId)
    expect(row).toMatchObject({
      stato: 'da_protocollare',
      tipo: 'pec',
      classe: 'busta',
      oggetto: m.oggetto,
      controlli: { verificato: true },
    })
    const whole = row?.parti[0]
    expect(whole).toMatchObject({ ruolo: 'busta', sha256: createHash('sha256').update(raw).digest('hex') })
    expect((await readAll(await ports.store.open(e.ente.id, whole?.sha256 ?? ''))).equals(raw)).toBe(true)
    const pdf = row?.parti.find((part) => part.ruolo === 'allegato')
    expect(pdf).toMatchObject({ nome: 'istanza è firmata.pdf', mime: 'application/pdf' })
    expect(
      (await readAll(await ports.store.open(e.ente.id, pdf?.sha256 ?? ''))).equals(m.allegati?.[0]?.contenuto ?? Buffer.alloc(0)),
    ).toBe(true)
  })

  it('REQ-PEC-002 the outcome, each check and the version of the reading rules are stored', async () => {
    const { casellaId, ports } = await box('due')
    ports.box.deliver(await buildBusta(gestore, spedisci(gestore, await messaggio())))
    await ingestCasella(scope, casellaId, ports)
    const [row] = await rows(casellaId)
    expect(row?.controlli.versione).toBe('busta-1')
    expect(row?.controlli.controlli.map((item) => item.nome)).toEqual(
      expect.arrayContaining(['firma', 'catena', 'daticert', 'tipo', 'firmatario', 'orario']),
    )
  })

  it('REQ-PROT-136 REQ-PEC-019 reading a mailbox again, or the same message twice, changes nothing', async () => {
    const { casellaId, ports } = await box('tre')
    const raw = await buildBusta(gestore, spedisci(gestore, await messaggio()))
    ports.box.ostinata = true
    ports.box.deliver(raw)
    // The same envelope by another road: other outer bytes, same identifier.
    ports.box.deliver(Buffer.concat([Buffer.from('Received: da altrove\r\n'), raw]))
    expect(await ingestCasella(scope, casellaId, ports)).toMatchObject({ nuovi: 1, doppi: 1 })
    const before = await rows(casellaId)
    expect(await ingestCasella(scope, casellaId, ports)).toEqual({ nuovi: 0, doppi: 2, quarantena: 0, errori: 0 })
    expect(await rows(casellaId)).toEqual(before)
  })

  it('REQ-PROT-136 two readings at the same time keep one copy', async () => {
    const { casellaId, ports } = await box('insieme')
    ports.box.ostinata = true
    for (let i = 0; i < 3; i++) ports.box.deliver(await buildBusta(gestore, spedisci(gestore, await messaggio())))
    const outcomes = await Promise.all([
      ingestCasella(scope, casellaId, ports),
      ingestCasella(scope, casellaId, ports),
      ingestCasella(scope, casellaId, ports),
    ])
    expect(outcomes.reduce((sum, outcome) => sum + outcome.nuovi, 0)).toBe(3)
    expect(outcomes.reduce((sum, outcome) => sum + outcome.errori, 0)).toBe(0)
    expect(await rows(casellaId)).toHaveLength(3)
  })

  it('receipts are set aside, not offered for registration', async () => {
    const { casellaId, ports } = await box('ricevute')
    const s = spedisci(gestore, await messaggio())
    ports.box.deliver(await buildAccettazione(gestore, s))
    await ingestCasella(scope, casellaId, ports)
    expect((await rows(casellaId)).map((row) => [row.stato, row.classe])).toEqual([['ricevuta', 'ricevuta']])
  })

  it('a virus notice raises an event of its own in the trail', async () => {
    const { casellaId, ports } = await box('virus')
    ports.box.deliver(await buildNonAccettazione(gestore, spedisci(gestore, await messaggio()), 'virus', new Date('2026-03-10T09:00:00Z')))
    await ingestCasella(scope, casellaId, ports)
    const [row] = await rows(casellaId)
    const events = await query<{ azione: string }>(
      scope,
      'select azione from evento_audit where ente_id = $1 and oggetto_id = $2 order by azione',
      [e.ente.id, row?.id],
    )
    expect(events.map((event) => event.azione)).toEqual(['allarme-virus', 'messaggio-acquisito'])
  })

  it('REQ-PROT-135 ordinary mail and anomaly envelopes are e-mail, never PEC', async () => {
    const { casellaId, ports } = await box('ordinaria')
    ports.box.deliver(buildOrdinaria('x', await messaggio({ oggetto: 'POSTA CERTIFICATA: non lo è' })))
    ports.box.deliver(await buildAnomalia(gestore, await messaggio()))
    await ingestCasella(scope, casellaId, ports)
    expect((await rows(casellaId)).map((row) => [row.stato, row.tipo, row.classe])).toEqual([
      ['da_protocollare', 'email', 'ordinaria'],
      ['da_protocollare', 'email', 'anomalia'],
    ])
  })

  it('a broken message goes to quarantine with an Italian reason, its bytes are kept and the queue goes on', async () => {
    const { casellaId, ports } = await box('guasti')
    const raws = []
    for (const guasto of GUASTI) raws.push(await buildGuasto(gestore, spedisci(gestore, await messaggio()), guasto))
    for (const raw of raws) ports.box.deliver(raw)
    ports.box.deliver(await buildBusta(gestore, spedisci(gestore, await messaggio({ oggetto: 'Ultimo della coda' }))))
    expect(await ingestCasella(scope, casellaId, ports)).toEqual({ nuovi: 1, doppi: 0, quarantena: GUASTI.length, errori: 0 })
    const found = await rows(casellaId)
    expect(found.filter((row) => row.stato === 'quarantena')).toHaveLength(GUASTI.length)
    for (const row of found.filter((item) => item.stato === 'quarantena')) expect(row.motivo).toMatch(/^\p{Lu}.{20,}/u)
    expect(found.map((row) => row.parti[0]?.sha256)).toEqual(
      expect.arrayContaining(raws.map((raw) => createHash('sha256').update(raw).digest('hex'))),
    )
    expect(found.at(-1)).toMatchObject({ oggetto: 'Ultimo della coda', stato: 'da_protocollare' })
    expect(ports.box.messaggi.size).toBe(0)
  })

  it('names with NUL bytes and broken characters do not stop a message', async () => {
    const { casellaId, ports } = await box('nul')
    const raw =
      'From: "A\0" <a\0@b.example>\r\nMessage-ID: <x\0y@b>\r\nSubject: pro\0va =?utf-8?B?8J+Y?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Disposition: attachment; filename="a\0b.txt"\r\n\r\nx\r\n--b--\r\n'
    ports.box.deliver(Buffer.from(raw))
    expect(await ingestCasella(scope, casellaId, ports)).toMatchObject({ nuovi: 1, errori: 0 })
  })

  it('a store that fails loses nothing: the message stays in the mailbox and the mailbox shows the fault', async () => {
    const { casellaId, ports } = await box('archivio')
    ports.box.deliver(await buildBusta(gestore, spedisci(gestore, await messaggio())))
    const broken = { ...ports, store: { ...ports.store, put: () => Promise.reject(new Error('disco pieno')) } }
    expect(await ingestCasella(scope, casellaId, broken)).toMatchObject({ nuovi: 0, errori: 1 })
    expect(ports.box.completate).toEqual([])
    const [state] = await query<{ errore: string | null }>(scope, 'select errore from casella where ente_id = $1 and id = $2', [
      e.ente.id,
      casellaId,
    ])
    expect(state?.errore).toContain('non acquisiti')
    expect(await ingestCasella(scope, casellaId, ports)).toMatchObject({ nuovi: 1, errori: 0 })
  })

  it('a mailbox that does not answer keeps its error until it answers again', async () => {
    const { casellaId, ports } = await box('muta')
    const error = async () =>
      (
        await query<{ errore: string | null; ultimo: Date | null }>(
          scope,
          'select errore, ultimo_controllo as ultimo from casella where ente_id = $1 and id = $2',
          [e.ente.id, casellaId],
        )
      )[0]
    ports.box.guasta = true
    await ingestCasella(scope, casellaId, ports)
    expect(await error()).toMatchObject({ errore: expect.stringContaining('non risponde'), ultimo: expect.any(Date) })
    ports.box.guasta = false
    await ingestCasella(scope, casellaId, ports)
    expect((await error())?.errore).toBeNull()
  })

  it('REQ-PEC-011 three instants are kept: arrival is the mailbox’s, never the download; more than a day of difference is flagged', async () => {
    const { casellaId, ports } = await box('istanti')
    const m = await messaggio()
    const available = new Date(m.istante.getTime() + 30 * 3_600_000)
    ports.box.deliver(await buildBusta(gestore, spedisci(gestore, m)), available)
    const other = await messaggio()
    ports.box.deliver(await buildBusta(gestore, spedisci(gestore, other)))
    await ingestCasella(scope, casellaId, ports)
    const found = await rows(casellaId)
    const late = found.find((row) => row.oggetto === m.oggetto)
    expect(late?.ricevutoIl).toEqual(available)
    expect(late?.controlli.istanti).toMatchObject({
      accettazione: m.istante.toISOString().replace('.000', ''),
      casella: available.toISOString(),
      scarico: expect.any(String),
    })
    expect(late?.controlli.avvisi.join()).toContain('24 ore')
    const plain = found.find((row) => row.oggetto === other.oggetto)
    expect(plain?.ricevutoIl).toEqual(other.istante)
    expect(plain?.controlli.avvisi).toEqual([])
  })

  it('the identifier of an invoice of the exchange system is stored with each delivery', async () => {
    const { casellaId, ports } = await box('fatture')
    const dati = {
      identificativoSdi: '900777',
      progressivo: '00B2',
      destinatario: 'x@pec.prova.example',
      fornitore: 'Cartoleria',
      partitaIva: '00000000000',
      numero: '7',
      oggettoFornitura: 'Carta',
      importo: '10.00',
    }
    for (const istante of ['2026-03-10T08:00:00Z', '2026-03-11T08:00:00Z'])
      ports.box.deliver(await buildBusta(gestore, spedisci(gestore, buildFattura({ ...dati, istante: new Date(istante) }))))
    await ingestCasella(scope, casellaId, ports)
    const found = await query<{ sdi: string }>(
      scope,
      `select controlli #>> '{fattura,identificativoSdi}' as sdi from messaggio where ente_id = $1 and casella_id = $2`,
      [e.ente.id, casellaId],
    )
    expect(found.map((row) => row.sdi)).toEqual(['900777', '900777'])
  })

  it('a folder mailbox is emptied into the queue and its files are kept', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'caselle-'))
    try {
      const casellaId = await createCasella(db, e, `cartella@${e.ente.slug}.example`)
      await writeFile(join(folder, 'uno.eml'), await buildBusta(gestore, spedisci(gestore, await messaggio())))
      const ports = {
        ...buildPorts(gestore),
        caselle: { apri: () => new CasellaCartella(folder, { quieteMs: 20 }), ancore: [gestore.ancoraPem] },
      }
      expect(await ingestCasella(scope, casellaId, ports)).toMatchObject({ nuovi: 1 })
      expect(await readdir(join(folder, 'cur'))).toEqual(['uno.eml'])
      expect(await ingestCasella(scope, casellaId, ports)).toMatchObject({ nuovi: 0, doppi: 0 })
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('an unknown mailbox is refused, another ente does not see this one', async () => {
    const other = await createEnte(db.orm)
    const outside = (await createOperatore(db.orm, other, 'operatoreProtocollo', other.uffici.protocollo)).scope
    const { casellaId, ports } = await box('recinto')
    await expect(ingestCasella(outside, casellaId, ports)).rejects.toMatchObject({ codice: 'casella-assente' })
  })
})
