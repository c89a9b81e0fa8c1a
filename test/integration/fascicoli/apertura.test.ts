import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openFascicolo, openFascicoloWithin, presentFascicoloById, readFascicolo } from '../../../server/fascicoli/index.ts'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { presentById } from '../../../server/protocollo/index.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase, openScope, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { apri, buildFascicolo, ortensia, registra } from '../../support/fascicoli.ts'

let db: TestDatabase
let e: EnteDiProva
let capo: Scope
let protocollo: Scope

beforeAll(async () => {
  wireReactions()
  db = await createDatabase(24)
  e = await createEnte(db.orm)
  capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  protocollo = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope
})
afterAll(async () => await db.close())

async function progressivi(serie: string): Promise<number[]> {
  const rows = await query<{ progressivo: number }>(
    capo,
    'select progressivo from fascicolo where ente_id = $1 and serie = $2 order by progressivo',
    [e.ente.id, serie],
  )
  return rows.map((r) => r.progressivo)
}

describe('opening from an assigned document', () => {
  it('REQ-FASC-012 REQ-PROT-074 the fascicolo bears administration, participants, responsible person, object, documents and identifier', async () => {
    const r = await registra(protocollo, e, { dataArrivo: '2026-03-02T23:30:00Z', mezzo: 'PEC' })
    const partecipante = { tipo: 'PAI' as const, denominazione: 'Ente parco della Valserena', codiceIpa: 'ep_x901' }
    const input = buildFascicolo(e, capo.attore, {
      tipo: 'procedimento amministrativo',
      procedimento: { materia: 'Edilizia privata', denominazione: 'Accesso agli atti edilizi' },
      documentoId: r.documentoId,
      amministrazioniPartecipanti: [partecipante],
    })
    const f = await readFascicolo(capo, (await openFascicolo(capo, input, newId())).id)
    const anno = f.apertoIl.slice(0, 4)
    expect(f.codice).toMatch(new RegExp(`^${anno}-VI/3/4\\.\\d+$`, 'u'))
    expect(f.slug).toBe(f.codice.replace('VI/3/4.', '06.03.04-'))
    expect(f.amministrazioneTitolare).toEqual({ denominazione: e.ente.denominazione, codiceIpa: e.ente.codiceIpa })
    expect(f.amministrazioniPartecipanti).toEqual([partecipante])
    expect(f.responsabile).toEqual({ id: capo.attore.id, nome: capo.attore.nome })
    expect(f.procedimento).toEqual({ materia: 'Edilizia privata', denominazione: 'Accesso agli atti edilizi' })
    expect(f.documenti.map((d) => [d.documentoId, d.area, d.leggibile])).toEqual([[r.documentoId, 'comune', true]])
    // The citizen is later recognised by the code captured at registration.
    expect(f.interessati).toEqual([ortensia])
    expect(f.voce.codice).toBe('VI/3/4')
    // Arrived on 3 March in Rome: thirty days later (L. 241/1990 art. 2).
    expect(f.termine).toBe('2026-04-02')
    expect(f.fasi).toEqual([{ fase: 'Istruttoria', dal: f.apertoIl, al: null }])
    expect(f.storia.map((s) => s.azione).toSorted()).toEqual(['documento-fascicolato', 'fascicolo-aperto'])
  })

  it('REQ-FASC-023 the assignment of the fascicolo has its start', async () => {
    const f = await presentFascicoloById(capo, await apri(capo, e))
    expect(f.assegnazioni).toMatchObject([
      { tipo: 'competenza', ufficio: 'Sportello unico edilizia', operatore: capo.attore.nome, al: null },
    ])
    expect(Date.parse(f.assegnazioni[0]?.dal ?? '')).toBeGreaterThan(Date.now() - 60_000)
  })

  it('REQ-TIT-022 the sottoclasse comes from the head of the sector when he opens, and the document takes it with history', async () => {
    const r = await registra(protocollo, e)
    await apri(capo, e, { documentoId: r.documentoId })
    const registrazione = await presentById(capo, r.id)
    expect(registrazione.voce.codice).toBe('VI/3/4')
    expect(registrazione.storiaClassificazione.map((s) => [s.codice, s.autore, s.al === null])).toEqual([
      ['VI/3', protocollo.attore.nome, false],
      ['VI/3/4', capo.attore.nome, true],
    ])
  })

  it('REQ-TIT-022 a classe that has sottoclassi is not enough, and no progressivo is consumed', async () => {
    const before = await progressivi('VI/3')
    await expect(apri(capo, e, { voceId: e.voci.get('VI/3') ?? '' })).rejects.toMatchObject({ codice: 'sottoclasse-mancante' })
    expect(await progressivi('VI/3')).toEqual(before)
    await expect(apri(capo, e, { voceId: e.voci.get('VI/4') ?? '' })).resolves.toBeDefined()
  })

  it('REQ-FASC-010 a protocol operator cannot open, nor the head of another office', async () => {
    await expect(openFascicolo(protocollo, buildFascicolo(e, capo.attore), newId())).rejects.toMatchObject({
      codice: 'apertura-riservata',
      status: 403,
    })
    const scuola = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.scuola)).scope
    await expect(openFascicolo(scuola, buildFascicolo(e, capo.attore), newId())).rejects.toMatchObject({ codice: 'apertura-riservata' })
    const rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale')).scope
    await expect(openFascicolo(rgd, buildFascicolo(e, capo.attore), newId())).resolves.toMatchObject({ ripetuta: false })
  })

  it('refuses a responsible person without an appointment in the office and a document the person cannot read', async () => {
    await expect(apri(capo, e, { responsabileId: protocollo.attore.id })).rejects.toMatchObject({
      codice: 'dati-da-correggere',
      campi: [{ campo: 'responsabileId' }],
    })
    const altrove = await registra(protocollo, e, { assegnazione: { ufficioId: e.uffici.scuola } })
    await expect(apri(capo, e, { documentoId: altrove.documentoId })).rejects.toMatchObject({ status: 404 })
  })

  it('gives the first result again for the same key, and refuses the key with another request', async () => {
    const key = newId()
    const input = buildFascicolo(e, capo.attore)
    const [one, two] = await Promise.all([openFascicolo(capo, input, key), openFascicolo(capo, input, key)])
    expect(one.id).toBe(two.id)
    expect([one.ripetuta, two.ripetuta].toSorted()).toEqual([false, true])
    await expect(openFascicolo(capo, { ...input, oggetto: 'Altro' }, key)).rejects.toMatchObject({
      status: 422,
      codice: 'chiave-gia-usata',
    })
  })
})

describe('progressivo', () => {
  const serie = 'VI/5'
  const open = async (): Promise<string> => await apri(capo, e, { voceId: e.voci.get(serie) ?? '' })

  it('REQ-FASC-003 starts from 1 and has no gap after twenty parallel openings of which some roll back', async () => {
    const attempts = Array.from({ length: 20 }, async (_, i) => {
      if (i % 4 !== 0) return await open()
      const failing = inTransaction(capo, async (tx) => {
        await openFascicoloWithin(tx, buildFascicolo(e, capo.attore, { voceId: e.voci.get(serie) ?? '' }), newId())
        throw new Error('caduta')
      })
      await expect(failing).rejects.toThrow('caduta')
      return null
    })
    expect((await Promise.all(attempts)).filter((id) => id !== null)).toHaveLength(15)
    expect(await progressivi(serie)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1))
  })

  it('REQ-FASC-003 counts apart for every voice, and the database refuses a number that the counter did not give', async () => {
    await open()
    await apri(capo, e, { voceId: e.voci.get('VI/6') ?? '' })
    expect(await progressivi('VI/6')).toEqual([1])
    // The key has the sottoclasse too: those of one classe do not share their numbers.
    for (const sottoclasse of ['VI/3/2', 'VI/3/3']) {
      const before = (await progressivi(sottoclasse)).length
      await apri(capo, e, { voceId: e.voci.get(sottoclasse) ?? '' })
      expect(await progressivi(sottoclasse)).toEqual(Array.from({ length: before + 1 }, (_, i) => i + 1))
    }
    expect((await progressivi(serie)).at(-1)).toBe(16)
    await expect(
      inTransaction(
        capo,
        async (tx) =>
          await query(tx, 'update contatore_fascicolo set ultimo = ultimo + 2 where ente_id = $1 and serie = $2', [e.ente.id, serie]),
      ),
    ).rejects.toThrow('avanza di uno')
    const copy = `insert into fascicolo (ente_id, id, aoo_id, codice, slug, anno, serie, progressivo, voce_id, tipo, oggetto, stato, ufficio_id, responsabile_id, aperto_il, visibile_cittadino, versione, creato_il, livello, parole_chiave)
      select ente_id, $2, aoo_id, 'x', 'x', anno, serie, 99, voce_id, tipo, oggetto, stato, ufficio_id, responsabile_id, aperto_il, visibile_cittadino, versione, creato_il, livello, parole_chiave
        from fascicolo where ente_id = $1 and serie = $3 limit 1`
    await expect(inTransaction(capo, async (tx) => await query(tx, copy, [e.ente.id, newId(), serie]))).rejects.toThrow(
      'non viene dal contatore',
    )
  })

  it.each(['anno', 'codice', 'progressivo', 'aperto_il', 'voce_id'])('REQ-FASC-005 the database lets nobody change %s', async (column) => {
    await expect(
      inTransaction(capo, async (tx) => await query(tx, `update fascicolo set ${column} = ${column} where ente_id = $1`, [e.ente.id])),
    ).rejects.toThrow(/permission denied/u)
  })

  it('REQ-FASC-001 both identifiers are the fascicolo’s own, and enti with the same numbers never meet', async () => {
    const other = await createEnte(db.orm)
    const head = (await createOperatore(db.orm, other, 'responsabileUor', other.uffici.edilizia)).scope
    const id = await apri(head, other, { voceId: other.voci.get(serie) ?? '' })
    const theirs = await presentFascicoloById(head, id)
    const mine = await presentFascicoloById(capo, theirs.slug)
    expect(mine.codice).toBe(theirs.codice)
    expect(mine.id).not.toBe(theirs.id)
    await expect(presentFascicoloById(capo, id)).rejects.toMatchObject({ status: 404 })
    const ids = await query<{ n: number; diversi: number }>(
      capo,
      'select count(*)::int as n, count(distinct codice)::int as diversi from fascicolo where ente_id = $1',
      [e.ente.id],
    )
    expect(ids[0]?.diversi).toBe(ids[0]?.n)
  })

  it('REQ-FASC-004 fascicoli of persons share one series whatever their voice', async () => {
    const persona = (voce: string) => apri(capo, e, { tipo: 'persona fisica', voceId: e.voci.get(voce) ?? '', interessati: [ortensia] })
    const ids = [await persona('III/1'), await persona('VI/3')]
    const opened = await Promise.all(ids.map(async (id) => await presentFascicoloById(capo, id)))
    const anno = opened[0]?.apertoIl.slice(0, 4) ?? ''
    expect(opened.map((f) => f.codice)).toEqual([`${anno}-PF.1`, `${anno}-PF.2`])
    expect(opened.map((f) => f.slug)).toEqual([`${anno}-pf-1`, `${anno}-pf-2`])
  })

  it('REQ-FASC-005 an opening that waits over the new year takes the first number of the year in which it opens', async () => {
    const voce = 'IX/1'
    const sistema = openScope(db.orm, e.ente, capo.attore)
    await apri(capo, e, { voceId: e.voci.get(voce) ?? '' })
    await replaceClock()
    let waiting: Promise<string> = Promise.resolve('')
    await inTransaction(sistema, async (tx) => {
      await query(tx, 'select 1 from contatore_fascicolo where ente_id = $1 and serie = $2 for update', [e.ente.id, voce])
      waiting = apri(capo, e, { voceId: e.voci.get(voce) ?? '' })
      await waitForLock()
      await setClock('2031-12-31T23:00:05Z')
    })
    const f = await presentFascicoloById(capo, await waiting)
    expect([f.codice, f.apertoIl]).toEqual(['2032-IX/1.1', '2032-01-01'])
    expect(await progressivi(voce)).toEqual([1, 1])
    const old = await queryOne<{ ultimo: number }>(
      capo,
      'select ultimo from contatore_fascicolo where ente_id = $1 and serie = $2 and anno <> 2032',
      [e.ente.id, voce],
    )
    expect(old?.ultimo).toBe(1)
  })
})

/** Until somebody waits for a row lock in this database. */
async function waitForLock(): Promise<void> {
  await withClient(db.ownerUrl, async (client) => {
    for (let i = 0; i < 200; i++) {
      const found = await client.query("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
      if (found.rowCount !== 0) return
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error('nobody waits')
  })
}

/** Replaces the clock of legal instants with one the test can move while a transaction is open: a row, not a new definition of the function. */
async function replaceClock(): Promise<void> {
  await withClient(db.ownerUrl, async (client) => {
    await client.query(`set role ${ruoli.owner}`)
    await client.query('create table orologio_di_prova (istante timestamptz)')
    await client.query(`grant select on orologio_di_prova to ${ruoli.app}`)
    await client.query(
      `create or replace function app.istante() returns timestamptz language sql volatile as $$select coalesce((select max(istante) from public.orologio_di_prova), clock_timestamp())$$`,
    )
  })
}

async function setClock(istante: string): Promise<void> {
  await withClient(db.ownerUrl, async (client) => {
    await client.query(`set role ${ruoli.owner}`)
    await client.query('insert into orologio_di_prova values ($1)', [istante])
  })
}
