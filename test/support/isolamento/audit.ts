import { queryOne } from '../../../server/kernel/scope.ts'
import { openToCitizen } from './sportello.ts'
import type { Casi, Mondo } from './tipi.ts'

/** Length of the chain of ente A as the answer writes it; the two enti's registers have the same id. */
async function lengthOf(m: Mondo): Promise<string> {
  await openToCitizen(m)
  const row = await queryOne<{ n: number }>(
    m.scopeA(),
    'select count(*)::int as n from evento_audit where ente_id = $1 and registro_id = $2',
    [m.a.id, m.a.registroId],
  )
  return `"eventi":${row?.n ?? 0},`
}

export const casiAudit: Casi = {
  'GET /api/v1/:ente/registrazioni/:id/storia': {
    prepara: async (m) => {
      const v = await openToCitizen(m)
      return { params: { id: v.registrazioneId }, segreti: ['Pratica segretissima di ente A', v.documentoId] }
    },
    attesi: [404],
  },
  'GET /api/v1/:ente/fascicoli/:id/storia': {
    prepara: async (m) => {
      const v = await openToCitizen(m)
      return { params: { id: v.slug }, segreti: ['Pratica segretissima di ente A', v.documentoId] }
    },
    attesi: [404],
  },
  'GET /api/v1/:ente/traccia': {
    prepara: async (m) => {
      const v = await openToCitizen(m)
      return { query: { perPagina: '200' }, segreti: ['Pratica segretissima di ente A', v.registrazioneId, v.documentoId] }
    },
    attesi: [200],
  },
  'GET /api/v1/:ente/traccia/verifica': {
    prepara: async (m) => ({ segreti: [await lengthOf(m)] }),
    attesi: [200],
  },
}
