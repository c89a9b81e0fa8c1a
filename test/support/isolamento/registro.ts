import { inTransaction, insertRows, queryOne } from '../../../server/kernel/scope.ts'
import { systemScope } from '../enti.ts'
import type { Casi, Mondo } from './tipi.ts'

const SEGRETO = 'San Girolamo dei Segreti'

async function calendario(m: Mondo): Promise<{ segreti: string[] }> {
  const scope = systemScope(m.t.deps, m.a)
  await inTransaction(scope, async (tx) => {
    if ((await queryOne(tx, 'select 1 from calendario_aoo where ente_id = $1', [m.a.id])) === null)
      await insertRows(tx, 'calendario_aoo', [{ aoo_id: m.a.aooId, patrono: '06-29', santo_patrono: SEGRETO, giorni: '[]' }])
  })
  return { segreti: [SEGRETO] }
}

/** Isolation cases of its endpoints. */
export const casiRegistro: Casi = {
  'GET /api/v1/:ente/calendario': { prepara: calendario, attesi: [200] },
  'PUT /api/v1/:ente/calendario': {
    prepara: async (m) => ({ ...(await calendario(m)), body: { patrono: '06-24', santoPatrono: 'Santa Prova', giorni: [] } }),
    attesi: [200],
  },
}
