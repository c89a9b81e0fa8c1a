import { describe, expect, it } from '@jest/globals'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { inTransaction, query, queryOne } from '../../../server/kernel/scope.ts'
import type { TxScope } from '../../../server/kernel/scope.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase, openScope } from '../../support/database.ts'
import { createEnte, sistema } from '../../support/factories.ts'

describe('the pool of connections', () => {
  it('loses no place to a backend killed inside a transaction', async () => {
    wireReactions()
    const db = await createDatabase(2)
    try {
      const { ente } = await createEnte(db.orm)
      const scope = openScope(db.orm, ente, sistema)
      const killed = async (tx: TxScope): Promise<void> => {
        const pid = (await queryOne<{ pid: number }>(tx, 'select pg_backend_pid() as pid'))?.pid
        await withClient(db.ownerUrl, async (client) => void (await client.query('select pg_terminate_backend($1)', [pid])))
        await query(tx, 'select 1')
      }
      for (let i = 0; i < 4; i++) await expect(inTransaction(scope, killed)).rejects.toBeDefined()
      expect(await query(scope, 'select 1 as uno')).toEqual([{ uno: 1 }])
    } finally {
      await db.close()
    }
  })
})
