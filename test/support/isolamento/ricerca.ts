import { newId } from '../../../server/kernel/ids.ts'
import { nuovaEsportazione, runEsportazione, startEsportazione } from '../../../server/ricerca/esportazione/servizio.ts'
import { saveRicerca } from '../../../server/ricerca/salvate.ts'
import { openScope, ruoli } from '../database.ts'
import { createRegistrazione, sistema } from '../factories.ts'
import { groundOf } from './protocollo.ts'
import type { Casi, Mondo, Preparato } from './tipi.ts'

const SEGRETO = 'Ornitorinchi segretissimi di ente A'

/** A registration of ente A whose words nobody else has. */
async function registered(m: Mondo, changes: Partial<Preparato> = {}): Promise<Preparato> {
  const id = await createRegistrazione(m.scopeA(), await groundOf(m), m.t.ports.store, { oggetto: SEGRETO })
  return { query: { q: 'ornitorinchi' }, ...changes, segreti: [id, SEGRETO, 'segretissimi'] }
}

async function saved(m: Mondo): Promise<Preparato> {
  const nome = `Vista segreta ${newId()}`
  const { id } = await saveRicerca(m.scopeA(), { nome, ambito: 'ricerca', domanda: 'q=segretissimi' })
  return { params: { id }, segreti: [nome, id] }
}

/** An export of ente A, done. */
async function exported(m: Mondo): Promise<Preparato> {
  const id = await startEsportazione(m.scopeA(), nuovaEsportazione.parse({ origine: 'registro', formato: 'csv', filtri: {} }))
  await runEsportazione(openScope(m.t.db.orm, m.a, sistema, ruoli.jobs), id, m.t.ports.store, m.t.ports.stampa)
  return { params: { id }, segreti: [id, 'Alfa Segreta'] }
}

export const casiRicerca: Casi = {
  'POST /api/v1/:ente/esportazioni': {
    prepara: async () =>
      await Promise.resolve({ body: { origine: 'registro', formato: 'json', filtri: {} }, segreti: ['Alfa Segreta', SEGRETO] }),
    attesi: [202],
  },
  'GET /api/v1/:ente/lavori': { prepara: exported, attesi: [200] },
  'GET /api/v1/:ente/lavori/:id': { prepara: exported, attesi: [404] },
  'GET /api/v1/:ente/lavori/:id/file': { prepara: exported, attesi: [404] },
  'GET /api/v1/:ente/lavori/:id/attestazione': { prepara: exported, attesi: [404] },
  'POST /api/v1/:ente/lavori/:id/interruzione': {
    prepara: async (m) => {
      const id = await startEsportazione(m.scopeA(), nuovaEsportazione.parse({ origine: 'registro', formato: 'csv', filtri: {} }))
      return { params: { id }, segreti: [id] }
    },
    attesi: [404],
  },
  'GET /api/v1/:ente/ricerca': { prepara: async (m) => await registered(m), attesi: [200] },
  'GET /api/v1/:ente/ricerca/suggerimenti': { prepara: async (m) => await registered(m, { query: { q: 'ornito' } }), attesi: [200] },
  'GET /api/v1/:ente/ricerca/recenti': {
    prepara: async (m) => {
      await m.t.http.post(`/api/v1/${m.a.slug}/ricerca/recenti`).set(m.operatoreA.headers).send({ domanda: 'ricerca segretissima' })
      return { segreti: ['ricerca segretissima'] }
    },
    attesi: [200],
  },
  'POST /api/v1/:ente/ricerca/recenti': {
    prepara: async () => await Promise.resolve({ body: { domanda: 'altra ricerca' }, segreti: ['Alfa Segreta'] }),
    attesi: [204],
  },
  'DELETE /api/v1/:ente/ricerca/recenti': {
    prepara: async (m) => {
      await m.t.http.post(`/api/v1/${m.a.slug}/ricerca/recenti`).set(m.operatoreA.headers).send({ domanda: 'resta dov’è' })
      return { segreti: ['resta dov’è'] }
    },
    attesi: [204],
    verifica: async (m) => {
      const { text } = await m.t.http.get(`/api/v1/${m.a.slug}/ricerca/recenti`).set(m.operatoreA.headers)
      if (!text.includes('resta dov’è')) throw new Error('ente B forgot the searches made in ente A')
    },
  },
  'GET /api/v1/:ente/ricerche-salvate': { prepara: saved, attesi: [200] },
  'POST /api/v1/:ente/ricerche-salvate': {
    prepara: async () => await Promise.resolve({ body: { nome: 'Mia', ambito: 'registro', domanda: '' }, segreti: ['Alfa Segreta'] }),
    attesi: [201],
  },
  'DELETE /api/v1/:ente/ricerche-salvate/:id': { prepara: saved, attesi: [404] },
}
