import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createMemoryStore } from '../../../storage/memory.ts'
import { verifyChain } from '../../../server/kernel/audit.ts'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { registerInArrivo, registerInArrivoWithin } from '../../../server/protocollo/index.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildNuova, buildPdf, createEnte, createOperatore, createRegistrazione, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

let db: TestDatabase
let scope: Scope
let e: EnteDiProva
const store = createMemoryStore()

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  scope = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope
})
afterAll(async () => await db.close())

async function numbers(s: Scope): Promise<{ numero: number; istante: Date }[]> {
  return await query(s, 'select numero, istante from registrazione where ente_id = $1 order by numero', [s.ente.id])
}

describe('numbering', () => {
  it('REQ-PROT-032 numbers are 1…max after parallel successes, refusals and rollbacks', async () => {
    const contenutoId = await stage(scope, store, await buildPdf(), 'uno.pdf')
    const attempts = Array.from({ length: 60 }, async (_, i) => {
      if (i % 5 === 0) {
        // Refused: a voice that does not exist.
        await expect(registerInArrivo(scope, buildNuova(e, contenutoId, { voceId: newId() }), newId())).rejects.toMatchObject({
          codice: 'dati-da-correggere',
        })
      } else if (i % 7 === 0) {
        // Rolled back after the number was taken.
        await expect(
          inTransaction(scope, async (tx) => {
            await registerInArrivoWithin(tx, buildNuova(e, contenutoId), newId())
            throw new Error('caduta')
          }),
        ).rejects.toThrow('caduta')
      } else {
        await registerInArrivo(scope, buildNuova(e, contenutoId), newId())
      }
    })
    await Promise.all(attempts)
    const found = await numbers(scope)
    expect(found.map((r) => r.numero)).toEqual(found.map((_, i) => i + 1))
    expect(found.length).toBe(60 - 12 - 7)
  })

  it('REQ-PROT-033 a greater number never has an earlier instant', async () => {
    const found = await numbers(scope)
    expect(found.length).toBeGreaterThan(10)
    for (let i = 1; i < found.length; i++) expect(found[i]?.istante.getTime()).toBeGreaterThanOrEqual(found[i - 1]?.istante.getTime() ?? 0)
  })

  it('REQ-PROT-057 every registration is a link of the register chain and one altered link is found', async () => {
    expect(await verifyChain(scope, e.registroId)).toBeNull()
    const links = await queryOne<{ n: number }>(
      scope,
      'select count(*)::int as n from evento_audit where ente_id = $1 and registro_id = $2',
      [e.ente.id, e.registroId],
    )
    expect(links?.n).toBe((await numbers(scope)).length)
    await withClient(db.ownerUrl, async (client) => {
      await client.query('alter table evento_audit disable trigger user')
      await client.query(`update evento_audit set dati = replace(dati, 'Richiesta', 'Altra') where registro_id = $1 and progressivo = 3`, [
        e.registroId,
      ])
    })
    expect(await verifyChain(scope, e.registroId)).toMatchObject({ progressivo: 3 })
    await withClient(db.ownerUrl, async (client) => {
      await client.query(`update evento_audit set dati = replace(dati, 'Altra', 'Richiesta') where registro_id = $1 and progressivo = 3`, [
        e.registroId,
      ])
      await client.query('alter table evento_audit enable trigger user')
    })
    expect(await verifyChain(scope, e.registroId)).toBeNull()
  })

  it('REQ-PROT-037 the same key gives the same registration, also when two requests run together', async () => {
    const nuova = buildNuova(e, await stage(scope, store, await buildPdf(), 'chiave.pdf'))
    const key = newId()
    const results = await Promise.all([
      registerInArrivo(scope, nuova, key),
      registerInArrivo(scope, nuova, key),
      registerInArrivo(scope, nuova, key),
    ])
    expect(new Set(results.map((r) => r.id)).size).toBe(1)
    expect(results.filter((r) => !r.ripetuta)).toHaveLength(1)
    await expect(registerInArrivo(scope, { ...nuova, oggetto: 'Un altro oggetto' }, key)).rejects.toMatchObject({
      codice: 'chiave-gia-usata',
      status: 422,
    })
  })

  it('REQ-PROT-037 a key whose first use was refused can be used again', async () => {
    const nuova = buildNuova(e, await stage(scope, store, await buildPdf(), 'rifiuto.pdf'))
    const key = newId()
    await expect(registerInArrivo(scope, { ...nuova, assegnazione: { ufficioId: newId() } }, key)).rejects.toMatchObject({
      codice: 'dati-da-correggere',
    })
    expect((await registerInArrivo(scope, nuova, key)).ripetuta).toBe(false)
  })
})

describe('the new year', () => {
  /** Replaces the clock of legal instants with one the test moves, as the owner could and the application cannot. */
  async function withClock(target: TestDatabase, work: (set: (instant: string) => Promise<void>) => Promise<void>): Promise<void> {
    await withClient(target.ownerUrl, async (client) => {
      await client.query('create table if not exists orologio_prova (ora timestamptz not null)')
      await client.query(`grant select on orologio_prova to ${ruoli.app}`)
      await client.query('delete from orologio_prova; insert into orologio_prova values (clock_timestamp())')
      await client.query(
        `create or replace function app.istante() returns timestamptz language sql volatile set search_path = pg_catalog, pg_temp as 'select ora from public.orologio_prova'`,
      )
      await work(async (instant) => void (await client.query('update orologio_prova set ora = $1', [instant])))
    })
  }

  it('REQ-PROT-034 the year is that of the instant after the lock, also when the previous holder is rolled back at midnight', async () => {
    const own = await createDatabase()
    try {
      const ente = await createEnte(own.orm)
      const clerk = (await createOperatore(own.orm, ente, 'operatoreProtocollo', ente.uffici.protocollo)).scope
      await withClock(own, async (set) => {
        await set('2030-12-31T22:59:58Z')
        await createRegistrazione(clerk, ente)
        await createRegistrazione(clerk, ente)
        const contenutoId = await stage(clerk, store, await buildPdf(), 'capodanno.pdf')
        let waiting: Promise<unknown> = Promise.resolve()
        await expect(
          inTransaction(clerk, async (tx) => {
            await registerInArrivoWithin(tx, buildNuova(ente, contenutoId), newId())
            // A second request waits for the lock while the old year ends and the holder falls.
            waiting = registerInArrivo(clerk, buildNuova(ente, contenutoId), newId())
            await new Promise((resolve) => setTimeout(resolve, 400))
            await set('2030-12-31T23:00:01Z')
            throw new Error('caduta a mezzanotte')
          }),
        ).rejects.toThrow('caduta a mezzanotte')
        await waiting
        const rows = await query<{ anno: number; numero: number; giorno: string }>(
          clerk,
          `select anno, numero, to_char(giorno, 'YYYY-MM-DD') as giorno from registrazione where ente_id = $1 order by anno, numero`,
          [ente.ente.id],
        )
        expect(rows).toEqual([
          { anno: 2030, numero: 1, giorno: '2030-12-31' },
          { anno: 2030, numero: 2, giorno: '2030-12-31' },
          { anno: 2031, numero: 1, giorno: '2031-01-01' },
        ])
        // Once number 1 of the new year exists no number of the old one can be given.
        await set('2030-12-31T22:59:59Z')
        await expect(createRegistrazione(clerk, ente)).rejects.toMatchObject({ codice: 'orologio-indietro' })
      })
    } finally {
      await own.close()
    }
  })

  it('REQ-PROT-006 a clock step backwards beyond one second suspends registration, a smaller one keeps the order', async () => {
    const own = await createDatabase()
    try {
      const ente = await createEnte(own.orm)
      const clerk = (await createOperatore(own.orm, ente, 'operatoreProtocollo', ente.uffici.protocollo)).scope
      await withClock(own, async (set) => {
        await set('2030-06-01T10:00:10Z')
        await createRegistrazione(clerk, ente)
        await set('2030-06-01T10:00:09.500Z')
        await createRegistrazione(clerk, ente)
        const found = await numbers(clerk)
        expect(found.map((r) => r.istante.toISOString())).toEqual(['2030-06-01T10:00:10.000Z', '2030-06-01T10:00:10.000Z'])
        await set('2030-06-01T10:00:05Z')
        await expect(createRegistrazione(clerk, ente)).rejects.toMatchObject({ codice: 'orologio-indietro', status: 503 })
        expect(await numbers(clerk)).toHaveLength(2)
        const allarmi = await query<{ dati: string }>(
          clerk,
          `select dati from evento_audit where ente_id = $1 and azione = 'allarme-orologio'`,
          [ente.ente.id],
        )
        expect(allarmi).toHaveLength(1)
        expect(allarmi[0]?.dati).toContain('tornato indietro')
      })
    } finally {
      await own.close()
    }
  })

  it('REQ-PROT-030 a number has at least seven digits and simply grows beyond them', async () => {
    const own = await createDatabase()
    try {
      const ente = await createEnte(own.orm)
      const clerk = (await createOperatore(own.orm, ente, 'operatoreProtocollo', ente.uffici.protocollo)).scope
      const year = new Date().getFullYear()
      await withClient(own.ownerUrl, async (client) => {
        await client.query('alter table contatore_registro disable trigger user')
        await client.query('update contatore_registro set anno = $1, ultimo = 9999998', [year])
        await client.query('alter table contatore_registro enable trigger user')
      })
      for (let i = 0; i < 3; i++) await createRegistrazione(clerk, ente)
      const testi = await query<{ segnatura: string }>(clerk, 'select segnatura from registrazione where ente_id = $1 order by numero', [
        ente.ente.id,
      ])
      expect(testi.map((t) => t.segnatura.split('#')[4])).toEqual(['9999999', '10000000', '10000001'])
    } finally {
      await own.close()
    }
  })
})

describe('two enti', () => {
  it('REQ-PROT-031 each ente has its own sequence from 1', async () => {
    const other = await createEnte(db.orm)
    const clerk = (await createOperatore(db.orm, other, 'operatoreProtocollo', other.uffici.protocollo)).scope
    await createRegistrazione(clerk, other)
    expect((await numbers(clerk)).map((r) => r.numero)).toEqual([1])
  })
})
