import { newId } from '../../../server/kernel/ids.ts'
import { romeDay } from '../../../server/kernel/time.ts'
import { openPratica, readIndicatori, readPratica } from '../../../server/pratiche/index.ts'
import { vigilaTermini } from '../../../server/pratiche/service/avvisi.ts'
import { readRegole, saveRegole } from '../../../server/procedimenti/service/scheda.ts'
import { readProcedimento } from '../../../server/procedimenti/service/modello.ts'
import { createRegistrazione } from '../factories.ts'
import { buildModello, creaProcedimento, openFermo } from '../pratiche.ts'
import { systemScope } from '../enti.ts'
import { groundOf } from './protocollo.ts'
import type { CasoIsolamento, Casi, Mondo, Preparato } from './tipi.ts'

const SEGRETO = 'Procedimento segretissimo di ente A'

interface Modello {
  readonly m: Mondo
  readonly id: string
  readonly codice: string
}

/** A procedure of ente A with a code of its own. */
async function modello(m: Mondo): Promise<Modello> {
  const ground = await groundOf(m)
  const id = await creaProcedimento(m.scopeA(), { denominazione: SEGRETO, ufficioId: ground.uffici.edilizia })
  return { m, id, codice: (await readProcedimento(m.scopeA(), id)).codice }
}

const onModello = (
  more: (p: Modello) => Promise<Partial<Preparato>> | Partial<Preparato> = () => ({}),
  attesi: readonly number[] = [404],
): CasoIsolamento => ({
  prepara: async (m) => {
    const p = await modello(m)
    const { params, ...rest } = await more(p)
    return { params: { id: p.id, ...params }, segreti: [SEGRETO, p.id], ...rest }
  },
  attesi,
})

/** A running practice of ente A, started long ago by a request. */
async function pratica(m: Mondo): Promise<{ id: string; fascicoloId: string }> {
  const p = await modello(m)
  const ground = await groundOf(m)
  const registrazioneId = await createRegistrazione(m.scopeA(), ground, m.t.ports.store, {
    oggetto: SEGRETO,
    dataArrivo: '2025-01-02T09:00:00Z',
  })
  const { id } = await openPratica(m.scopeA(), { procedimentoId: p.id, registrazioneId, responsabileId: m.scopeA().attore.id }, newId())
  return { id, fascicoloId: (await readPratica(m.scopeA(), id)).fascicolo.id }
}

const onPratica = (
  more: (p: { id: string; fascicoloId: string }) => Partial<Preparato> = () => ({}),
  attesi: readonly number[] = [404],
): CasoIsolamento => ({
  prepara: async (m) => {
    const p = await pratica(m)
    const { params, ...rest } = more(p)
    return { params: { id: p.id, ...params }, segreti: [SEGRETO, p.id, p.fascicoloId], ...rest }
  },
  attesi,
})

const key = (): { headers: Record<string, string> } => ({ headers: { 'Idempotency-Key': newId() } })
const scheda = (p: Modello): Partial<Preparato> => ({ params: { codice: p.codice }, segreti: [SEGRETO] })

export const casiPratiche: Casi = {
  'GET /api/v1/:ente/procedimenti': onModello(() => ({}), [200]),
  'POST /api/v1/:ente/procedimenti': onModello(
    () => ({ body: buildModello({ denominazione: SEGRETO }) as unknown, segreti: [newId()] }),
    [201, 400],
  ),
  'POST /api/v1/:ente/procedimenti/predefiniti': onModello((p) => ({ segreti: [p.id] }), [200]),
  'GET /api/v1/:ente/procedimenti/:id': onModello(),
  'POST /api/v1/:ente/procedimenti/:id/versioni': onModello((p) => {
    const { codice: _, ...corpo } = buildModello({ denominazione: SEGRETO, termineGiorni: 45 })
    return { body: { ...corpo, versione: 1, motivo: 'Prova' }, segreti: [p.id] }
  }),
  'POST /api/v1/:ente/procedimenti/:id/stato': onModello(() => ({ body: { attivo: false, motivo: 'Prova' } })),
  'GET /api/v1/:ente/regole-termini': {
    prepara: async (m) => {
      await saveRegole(m.scopeA(), { ...(await readRegole(m.scopeA())), preavvisi: [97] })
      return { segreti: ['97'] }
    },
    attesi: [200],
  },
  'PUT /api/v1/:ente/regole-termini': {
    prepara: async (m) => {
      return { body: { ...(await readRegole(m.scopeA())), preavvisi: [41] }, segreti: [(await modello(m)).id] }
    },
    attesi: [200],
    verifica: async (m) => {
      const regole = await readRegole(m.scopeA())
      if (regole.preavvisi.includes(41)) throw new Error('the rules of ente A were changed from ente B')
    },
  },
  'GET /api/v1/:ente/trasparenza/procedimenti': onModello((p) => ({ segreti: [SEGRETO, p.codice] }), [200]),
  'GET /api/v1/:ente/trasparenza/procedimenti/:codice': onModello(scheda),
  'GET /api/v1/:ente/trasparenza/procedimenti/:codice/scheda.pdf': onModello((p) => ({ ...scheda(p), segreti: ['%PDF'] })),
  'GET /api/v1/:ente/pratiche': onPratica(() => ({}), [200]),
  'GET /api/v1/:ente/pratiche/durate': onPratica(() => ({}), [200]),
  'GET /api/v1/:ente/pratiche/indicatori': {
    prepara: async (m) => {
      // A number that ente B does not have: four more late practices than it.
      for (let i = 0; i < 4; i++) await pratica(m)
      return { segreti: [`"oltreTermine":${(await readIndicatori(m.scopeA())).oltreTermine}`] }
    },
    attesi: [200],
  },
  'GET /api/v1/:ente/pratiche/fascicoli-fermi': {
    prepara: async (m) => {
      const id = await openFermo(m.scopeA(), await groundOf(m), SEGRETO)
      return { segreti: [SEGRETO, id] }
    },
    attesi: [200],
  },
  'GET /api/v1/:ente/pratiche/avvisi': {
    prepara: async (m) => {
      await pratica(m)
      await vigilaTermini(systemScope(m.t.deps, m.a))
      return { segreti: [SEGRETO] }
    },
    attesi: [200],
  },
  'GET /api/v1/:ente/pratiche/:id': onPratica(),
  'GET /api/v1/:ente/pratiche/:id/stato': onPratica(),
  'GET /api/v1/:ente/pratiche/stato.json': onPratica(() => ({}), [200]),
  'GET /api/v1/:ente/fascicoli/:id/pratica': onPratica((p) => ({ params: { id: p.fascicoloId } })),
  'POST /api/v1/:ente/pratiche': onModello(async (p) => ({
    body: { procedimentoId: p.id, responsabileId: p.m.scopeA().attore.id },
    ...key(),
  })),
  'POST /api/v1/:ente/pratiche/:id/passi': onPratica(() => ({ body: { passo: 'verifica', esito: 'fatto' } })),
  'POST /api/v1/:ente/pratiche/:id/eventi': onPratica(() => ({
    body: { tipo: 'preavviso', giorno: romeDay(new Date()), motivo: 'Prova' },
  })),
  'POST /api/v1/:ente/pratiche/:id/conclusione': onPratica(() => ({ body: { esito: 'rinuncia', motivo: 'Prova' } })),
  'GET /api/v1/:ente/trasparenza/tempi.json': onPratica(() => ({}), [200]),
  'GET /api/v1/:ente/trasparenza/tempi.csv': onPratica(() => ({}), [200]),
  'GET /api/v1/:ente/trasparenza/tempi.xml': onPratica(() => ({}), [200]),
  'GET /api/v1/:ente/trasparenza/tempi.rdf': { prepara: async (m) => await Promise.resolve({ segreti: [m.a.codiceIpa] }), attesi: [200] },
}
