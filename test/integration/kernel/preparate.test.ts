import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { inReadTransaction, query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase, openScope, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, sistema } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

let db: TestDatabase
let a: EnteDiProva
let b: EnteDiProva
const UFFICI = 'select ente_id as "enteId", codice from ufficio where codice <> $1 order by codice'

beforeAll(async () => {
  wireReactions([])
  // One connection: every statement meets the plans of all the others.
  db = await createDatabase(1)
  a = await createEnte(db.orm)
  b = await createEnte(db.orm)
})
afterAll(async () => await db.close())

const entiSeen = async (scope: Scope): Promise<string[]> => [
  ...new Set((await query<{ enteId: string }>(scope, UFFICI, ['NESSUNO'])).map((r) => r.enteId)),
]

describe('statements that come again and again', () => {
  it('a prepared statement shows each ente its own rows, and without an ente nothing', async () => {
    const nobody: Scope = {
      ...openScope(db.orm, a.ente, sistema),
      em: db.orm.em.fork({ session: { role: ruoli.app, variables: { 'app.ente_id': '00000000-0000-0000-0000-000000000000' } } }),
    }
    for (let i = 0; i < 15; i++) {
      expect(await entiSeen(openScope(db.orm, a.ente, sistema))).toEqual([a.ente.id])
      expect(await entiSeen(openScope(db.orm, b.ente, sistema))).toEqual([b.ente.id])
      expect(await entiSeen(nobody)).toEqual([])
      // The citizen's role reads the same table by another policy: his plan is his own.
      expect(await entiSeen(openScope(db.orm, a.ente, sistema, ruoli.sportello))).toEqual([a.ente.id])
    }
    const prepared = await inReadTransaction(
      openScope(db.orm, a.ente, sistema),
      async (s) =>
        await query<{ volte: number }>(
          s,
          'select (generic_plans + custom_plans)::int as volte from pg_prepared_statements where statement = $1',
          [UFFICI],
        ),
    )
    expect(prepared.length).toBe(1)
    expect(prepared[0]?.volte).toBeGreaterThan(40)
  })

  it('a statement seen once is not prepared', async () => {
    const scope = openScope(db.orm, a.ente, sistema)
    await query(scope, 'select codice, 1 as una from ufficio where codice = $1', ['PROTOC'])
    expect(await query(scope, `select 1 from pg_prepared_statements where statement like $1`, ['%as una from%'])).toEqual([])
  })
})
