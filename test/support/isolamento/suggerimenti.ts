import { queryOne } from '../../../server/kernel/scope.ts'
import { addRegola, learn } from '../../../server/suggerimenti/service.ts'
import { register, SEGRETO } from './protocollo.ts'
import type { Casi, Mondo } from './tipi.ts'

/** What ente A learned of a document of its own. */
async function learnt(m: Mondo): Promise<void> {
  const { id } = await register(m)
  await learn(m.scopeA(), id)
}

const officeOf = async (m: Mondo): Promise<string> =>
  (await queryOne<{ id: string }>(m.scopeA(), 'select id from ufficio where ente_id = $1 limit 1', [m.a.id]))?.id ?? ''

/** A rule of ente A with words of its own. */
async function rule(m: Mondo, parole: string): Promise<string> {
  return await addRegola(m.scopeA(), { parole, mittente: '', voceId: null, ufficioId: await officeOf(m) })
}

/** Isolation cases of its endpoints. */
export const casiSuggerimenti: Casi = {
  'GET /api/v1/:ente/suggerimenti': {
    prepara: async (m) => {
      await rule(m, 'segretissimo')
      return { query: { oggetto: 'segretissimo' }, segreti: ['Regola dell’ente.'] }
    },
    attesi: [200],
  },
  'GET /api/v1/:ente/regole-smistamento': {
    prepara: async (m) => {
      await rule(m, 'zafferano segreto')
      return { segreti: ['zafferano segreto'] }
    },
    attesi: [200],
  },
  'DELETE /api/v1/:ente/regole-smistamento/:id': {
    prepara: async (m) => ({ params: { id: await rule(m, 'da togliere') }, segreti: ['da togliere'] }),
    attesi: [404],
  },
  'GET /api/v1/:ente/suggerimenti/misura': {
    prepara: async (m) => {
      // What the rule proposes for the document is measured: ente B has measured nothing.
      await rule(m, 'segretissimo')
      await learnt(m)
      return { segreti: ['"misurate":1'] }
    },
    attesi: [200],
  },
  'POST /api/v1/:ente/regole-smistamento': {
    prepara: async (m) => ({ body: { parole: 'parola', mittente: '', ufficioId: await officeOf(m) }, segreti: ['parola'] }),
    attesi: [404, 422],
  },
  'POST /api/v1/:ente/regole-smistamento/prova': {
    prepara: async (m) => {
      await learnt(m)
      return { body: { parole: 'segretissimo', mittente: '', ufficioId: await officeOf(m) }, segreti: [SEGRETO] }
    },
    attesi: [200],
  },
}
