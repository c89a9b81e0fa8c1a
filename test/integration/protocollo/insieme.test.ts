import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createMemoryStore } from '../../../storage/memory.ts'
import { verifyChain } from '../../../server/kernel/audit.ts'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { romeDay, romeYear } from '../../../server/kernel/time.ts'
import { protocolloJobs, register, registerSingly, registerWithin } from '../../../server/protocollo/index.ts'
import type { NuovaRegistrazione, Registrata } from '../../../server/protocollo/index.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildInterna, buildNuova, buildPdf, buildUscita, createEnte, createOperatore, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

const store = createMemoryStore()
const strade = { insieme: register, 'una alla volta': registerSingly } as const
type Strada = (typeof strade)[keyof typeof strade]

/** An ente of its own with two clerks, so that members of a batch are of different people. */
interface Campo {
  readonly e: EnteDiProva
  readonly clerks: readonly [Scope, Scope]
  readonly contenuti: readonly [string, string]
}

async function openCampo(db: TestDatabase): Promise<Campo> {
  const e = await createEnte(db.orm)
  const clerk = async (): Promise<Scope> => (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope
  const clerks = [await clerk(), await clerk()] as const
  const file = async (scope: Scope): Promise<string> => await stage(scope, store, await buildPdf(newId()), 'a.pdf')
  return { e, clerks, contenuti: [await file(clerks[0]), await file(clerks[1])] }
}

/** What one client does. */
type Gesto = 'entrata' | 'uscita' | 'interna' | 'rifiutata' | 'illeggibile' | 'caduta' | 'uccisa' | 'ripetuta' | 'chiave-rubata'

interface Fatto {
  readonly gesto: Gesto
  readonly chi: 0 | 1
  readonly chiave: string
  readonly esito: Registrata | { readonly rifiuto: string }
}

function richiesta(c: Campo, gesto: Gesto, chi: 0 | 1): NuovaRegistrazione {
  const contenutoId = c.contenuti[chi]
  if (gesto === 'uscita') return buildUscita(c.e, contenutoId)
  if (gesto === 'interna') return buildInterna(c.e, contenutoId)
  if (gesto === 'rifiutata') return buildNuova(c.e, contenutoId, { voceId: newId() })
  // Only the database refuses a NUL: the whole batch fails, and its other members must not suffer.
  if (gesto === 'illeggibile') return buildNuova(c.e, contenutoId, { note: 'a\u0000b' })
  return buildNuova(c.e, contenutoId)
}

/** One request by the given road. The fallen and the killed are rolled back after they took a number. */
async function play(db: TestDatabase, c: Campo, strada: Strada, gesto: Gesto, chi: 0 | 1, chiave: string): Promise<Fatto> {
  const scope = c.clerks[chi]
  const act = async (): Promise<Registrata> => {
    const nuova = richiesta(c, gesto, chi)
    if (gesto !== 'caduta' && gesto !== 'uccisa') return await strada(scope, nuova, chiave)
    return await inTransaction(scope, async (tx) => {
      await registerWithin(tx, nuova, chiave)
      if (gesto === 'uccisa') await killBackend(db, (await queryOne<{ pid: number }>(tx, 'select pg_backend_pid() as pid'))?.pid ?? 0)
      throw new Error('caduta')
    })
  }
  const esito = await act().catch((error: unknown) => ({
    rifiuto: String((error as { codice?: string }).codice ?? (error as Error).message),
  }))
  return { gesto, chi, chiave, esito }
}

async function killBackend(db: TestDatabase, pid: number): Promise<void> {
  await withClient(db.ownerUrl, async (client) => void (await client.query('select pg_terminate_backend($1)', [pid])))
  await new Promise((done) => setTimeout(done, 20))
}

interface Riga {
  id: string
  anno: number
  numero: number
  istante: Date
  giorno: string
  operatoreId: string
}

async function rows(c: Campo): Promise<Riga[]> {
  return await query<Riga>(
    c.clerks[0],
    `select id, anno, numero, istante, to_char(giorno, 'YYYY-MM-DD') as giorno, operatore_id as "operatoreId" from registrazione where ente_id = $1 order by anno, numero`,
    [c.e.ente.id],
  )
}

/** Numbers of each year are exactly 1…max; a greater number has no earlier instant; no number of a year after one of the next. */
function expectRegister(found: readonly Riga[]): void {
  const perAnno = new Map<number, number[]>()
  for (const r of found) perAnno.set(r.anno, [...(perAnno.get(r.anno) ?? []), r.numero])
  for (const numeri of perAnno.values()) expect(numeri).toEqual(numeri.map((_, i) => i + 1))
  for (let i = 1; i < found.length; i++) expect(found[i]?.istante.getTime()).toBeGreaterThanOrEqual(found[i - 1]?.istante.getTime() ?? 0)
  for (const r of found) expect([romeYear(r.istante), romeDay(r.istante)]).toEqual([r.anno, r.giorno])
}

/** One answer for each key; who asked is who the register and the trail name; the chain holds; what was refused left nothing. */
async function expectFatti(c: Campo, fatti: readonly Fatto[]): Promise<void> {
  const found = await rows(c)
  expectRegister(found)
  expect(await verifyChain(c.clerks[0], c.e.registroId)).toBeNull()
  const perChiave = new Map<string, Set<string>>()
  for (const { chiave, esito } of fatti) if ('id' in esito) perChiave.set(chiave, (perChiave.get(chiave) ?? new Set()).add(esito.id))
  for (const ids of perChiave.values()) expect(ids.size).toBe(1)
  const nuove = fatti.flatMap((f) => ('id' in f.esito && !f.esito.ripetuta ? [{ id: f.esito.id, chi: c.clerks[f.chi].attore.id }] : []))
  expect(found.map((r) => r.id).toSorted()).toEqual(nuove.map((n) => n.id).toSorted())
  const autori = new Map(nuove.map((n) => [n.id, n.chi]))
  for (const r of found) expect(r.operatoreId).toBe(autori.get(r.id))
  const events = await query<{ oggettoId: string; attoreId: string; richiesta: string }>(
    c.clerks[0],
    `select oggetto_id as "oggettoId", attore_id as "attoreId", richiesta from evento_audit where ente_id = $1 and registro_id = $2 order by progressivo`,
    [c.e.ente.id, c.e.registroId],
  )
  expect(events.map((x) => x.oggettoId)).toEqual(found.map((r) => r.id))
  for (const x of events) {
    expect(x.attoreId).toBe(autori.get(x.oggettoId))
    expect(x.richiesta).toBe(c.clerks.find((k) => k.attore.id === x.attoreId)?.requestId)
  }
}

const gesti: fc.Arbitrary<Gesto> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<Gesto>('entrata', 'uscita', 'interna') },
  { weight: 5, arbitrary: fc.constantFrom<Gesto>('rifiutata', 'illeggibile', 'caduta', 'uccisa', 'ripetuta', 'chiave-rubata') },
)
const miscugli = fc.array(fc.record({ gesto: gesti, chi: fc.constantFrom<0 | 1>(0, 1) }), { minLength: 8, maxLength: 40 })

/** Runs a mixture all together. A repetition has the key of the gesture before it and the same request; a stolen key another request. */
async function playAll(db: TestDatabase, c: Campo, strada: Strada, miscuglio: readonly { gesto: Gesto; chi: 0 | 1 }[]): Promise<Fatto[]> {
  let last: { gesto: Gesto; chi: 0 | 1; chiave: string } = { gesto: 'entrata', chi: 0, chiave: newId() }
  const running = miscuglio.map(async ({ gesto, chi }) => {
    if (gesto === 'ripetuta') return await play(db, c, strada, last.gesto, last.chi, last.chiave)
    if (gesto === 'chiave-rubata') return await play(db, c, strada, last.gesto === 'uscita' ? 'entrata' : 'uscita', chi, last.chiave)
    last = { gesto, chi, chiave: newId() }
    return await play(db, c, strada, gesto, chi, last.chiave)
  })
  return await Promise.all(running)
}

describe.each(Object.entries(strade))('registrations %s', (_nome, strada) => {
  let db: TestDatabase
  beforeAll(async () => {
    wireReactions(protocolloJobs)
    db = await createDatabase(16)
  })
  afterAll(async () => await db.close())

  it('REQ-PROT-032, REQ-PROT-033, REQ-PROT-037 and REQ-PROT-057 hold for any mixture of success, refusal, rollback, repetition and kill', async () => {
    // A backend killed by another connection is told to its pool too: that is not a fault of the test.
    await fc.assert(
      fc.asyncProperty(miscugli, async (miscuglio) => {
        const c = await openCampo(db)
        await expectFatti(c, await playAll(db, c, strada, miscuglio))
      }),
      { numRuns: 8 },
    )
  })

  it('REQ-PROT-035 every member has its own document, correspondents, classification, assignment, segnatura, event and jobs', async () => {
    const c = await openCampo(db)
    const fatti = await playAll(
      db,
      c,
      strada,
      Array.from({ length: 40 }, (_, i) => ({ gesto: 'entrata' as const, chi: (i % 2) as 0 | 1 })),
    )
    expect(fatti.filter((f) => 'id' in f.esito)).toHaveLength(40)
    const [n] = await query<Record<string, number>>(
      c.clerks[0],
      `select count(*)::int as righe, count(distinct r.documento_id)::int as documenti,
              sum((select count(*) from documento_file f where f.documento_id = r.documento_id))::int as file,
              sum((select count(*) from soggetto s where s.registrazione_id = r.id))::int as soggetti,
              sum((select count(*) from classificazione k where k.documento_id = r.documento_id))::int as voci,
              sum((select count(*) from assegnazione a where a.registrazione_id = r.id))::int as assegnazioni,
              sum((select count(*) from segnatura g where g.registrazione_id = r.id and g.xml like '%' || lpad(r.numero::text, 7, '0') || '%'))::int as segnature,
              sum((select count(*) from evento_audit v where v.oggetto_id = r.id::text and v.dati like '%' || r.segnatura || '%'))::int as eventi
         from registrazione r where r.ente_id = $1`,
      [c.e.ente.id],
    )
    for (const [cosa, quante] of Object.entries(n ?? {})) expect({ cosa, quante }).toEqual({ cosa, quante: 40 })
    const jobs = await withClient(
      db.ownerUrl,
      async (client) =>
        await client.query<{ n: number }>(
          `select count(distinct payload->>'id')::int as n from graphile_worker._private_jobs where payload->>'ente' = $1`,
          [c.e.ente.id],
        ),
    )
    expect(jobs.rows[0]?.n).toBe(40)
  })

  it('REQ-PROT-038 fifty who register at once get contiguous numbers and no other error', async () => {
    const c = await openCampo(db)
    const fatti = await playAll(
      db,
      c,
      strada,
      Array.from({ length: 150 }, (_, i) => ({
        gesto: (['entrata', 'uscita', 'interna'] as const)[i % 3] as Gesto,
        chi: (i % 2) as 0 | 1,
      })),
    )
    expect(fatti.filter((f) => !('id' in f.esito))).toEqual([])
    await expectFatti(c, fatti)
    expect((await rows(c)).length).toBe(150)
  })
})

describe('the joined requests', () => {
  it('are in fact joined: many of the same instant, with one commit for several', async () => {
    const db = await createDatabase(16)
    try {
      wireReactions(protocolloJobs)
      const c = await openCampo(db)
      const miscuglio = Array.from({ length: 60 }, () => ({ gesto: 'entrata' as const, chi: 0 as const }))
      await playAll(db, c, register, miscuglio)
      const joined = new Set((await rows(c)).map((r) => r.istante.toISOString())).size
      expect(joined).toBeLessThan(20)
      const d = await openCampo(db)
      await playAll(db, d, registerSingly, miscuglio)
      expect(new Set((await rows(d)).map((r) => r.istante.getTime())).size).toBeGreaterThan(joined)
    } finally {
      await db.close()
    }
  })
})

describe.each(Object.entries(strade))(
  'A1 at the turn of the year and on the nights of the clock change, registrations %s',
  (_nome, strada) => {
    /** From the first instant, moved on by a random step before each wave: the legal clock of the whole database. */
    const notti = {
      'turn of the year': { da: '2030-12-31T22:59:00Z', secondi: 120, anni: [2030, 2031] },
      'spring clock change': { da: '2031-03-30T00:59:00Z', secondi: 120, anni: [2031] },
      'autumn clock change': { da: '2031-10-26T00:59:00Z', secondi: 7200, anni: [2031] },
    } as const

    const ONDATE = 4

    it.each(Object.entries(notti))('REQ-PROT-034 and REQ-PROT-037 %s: 50 operators, 5 %% killed, 5 %% repeated', async (_nome2, notte) => {
      const db = await createDatabase(16)
      try {
        wireReactions(protocolloJobs)
        const c = await openCampo(db)
        const ora = await replaceClock(db, notte.da)
        const fatti: Fatto[] = []
        for (let wave = 0; wave < ONDATE; wave++) {
          const running = playAll(
            db,
            c,
            strada,
            Array.from({ length: 50 }, (_, i): { gesto: Gesto; chi: 0 | 1 } => ({
              gesto: i % 20 === 3 ? 'uccisa' : i % 20 === 11 ? 'ripetuta' : 'entrata',
              chi: (i % 2) as 0 | 1,
            })),
          )
          // The clock goes on while they wait for the lock.
          await ora(new Date(Date.parse(notte.da) + ((wave + 1) * notte.secondi * 1000) / ONDATE).toISOString())
          fatti.push(...(await running))
        }
        await expectFatti(c, fatti)
        const found = await rows(c)
        expect([...new Set(found.map((r) => r.anno))]).toEqual(notte.anni)
        expect(found.length).toBeGreaterThan(ONDATE * 40)
      } finally {
        await db.close()
      }
    })

    /** Puts a clock of the test in the place of the legal one, as the owner could and the application cannot. */
    async function replaceClock(db: TestDatabase, da: string): Promise<(istante: string) => Promise<void>> {
      const run = async (sql: string, values: unknown[] = []): Promise<void> =>
        await withClient(db.ownerUrl, async (client) => void (await client.query(sql, values)))
      await run('create table orologio_prova (ora timestamptz not null)')
      await run(`grant select on orologio_prova to ${ruoli.app}, ${ruoli.jobs}`)
      await run('insert into orologio_prova values ($1)', [da])
      await run(
        `create or replace function app.istante() returns timestamptz language sql volatile set search_path = pg_catalog, pg_temp as 'select ora from public.orologio_prova'`,
      )
      return async (istante) => await run('update orologio_prova set ora = $1', [istante])
    }
  },
)
