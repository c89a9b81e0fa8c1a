import { codiceFiscaleInventato } from '../../../server/demo/codice-fiscale.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { createIncarico, createOperatore } from '../enti.ts'
import type { CasoIsolamento, Casi, Mondo } from './tipi.ts'

const SEGRETO = 'Ufficio segretissimo di ente A'
let serial = 0

interface Risposta {
  readonly status: number
  readonly body: unknown
  readonly text: string
}

async function post(m: Mondo, path: string, body: object): Promise<Risposta> {
  const answer = await m.t.http.post(`/api/v1/${m.a.slug}/${path}`).set(m.operatoreA.headers).send(body)
  if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}: ${answer.text}`)
  return answer
}

/** A new office of ente A. */
async function office(m: Mondo): Promise<string> {
  const { body } = await post(m, 'organizzazione/uffici', { codice: `ISO${++serial}`, denominazione: SEGRETO })
  return (body as { id: string }).id
}

const tomorrow = (): string => new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
const today = (): string => new Date().toISOString().slice(0, 10)

/** A planned closure of a new office of ente A. */
async function plan(m: Mondo): Promise<{ id: string; body: object }> {
  const ufficioId = await office(m)
  const body = { ufficioId, successoreId: await office(m), dal: tomorrow(), atto: 'Delibera segreta di ente A' }
  return { id: ((await post(m, 'organizzazione/riorganizzazioni', body)).body as { id: string }).id, body }
}

/** A person of ente A who can be substituted, and one who substitutes. */
async function people(m: Mondo): Promise<[string, string]> {
  const ids = []
  for (const cognome of ['Segretissima', 'Sostituta']) {
    const { id } = await createOperatore(m.t.deps, { cognome })
    await createIncarico(m.t.deps, m.a, id, { profilo: 'addettoUor', ufficioId: m.a.uffici.sue })
    ids.push(id)
  }
  return ids as [string, string]
}

async function substitution(m: Mondo): Promise<{ titolareId: string; sostitutoId: string; id: string }> {
  const [titolareId, sostitutoId] = await people(m)
  const { body } = await post(m, 'sostituzioni', {
    titolareId,
    sostitutoId,
    tipo: 'assenza',
    motivo: 'Assenza segreta',
    dal: today(),
    al: tomorrow(),
  })
  const row = (body as { id: string; titolare: { id: string } }[]).find((s) => s.titolare.id === titolareId)
  return { titolareId, sostitutoId, id: row?.id ?? '' }
}

const list = (prepara: (m: Mondo) => Promise<readonly string[]>): CasoIsolamento => ({
  prepara: async (m) => ({ segreti: await prepara(m) }),
  attesi: [200],
})

/** Isolation cases of offices, people, substitutions, AOO and registers. */
export const casiOrganizzazione: Casi = {
  'GET /api/v1/:ente/organizzazione/uffici': list(async (m) => [await office(m), SEGRETO]),
  'POST /api/v1/:ente/organizzazione/uffici': {
    // The office above is of ente A: it cannot be named in ente B.
    prepara: async (m) => ({
      body: { codice: `ISO${++serial}`, denominazione: 'Ufficio di prova', padreId: await office(m) },
      segreti: [SEGRETO],
    }),
    attesi: [400],
  },
  'PATCH /api/v1/:ente/organizzazione/uffici/:id': {
    prepara: async (m) => ({ params: { id: await office(m) }, body: { denominazione: 'Altro nome' }, segreti: [SEGRETO] }),
    attesi: [404],
  },
  'GET /api/v1/:ente/organizzazione/riorganizzazioni': list(async (m) => [(await plan(m)).id, 'Delibera segreta']),
  'POST /api/v1/:ente/organizzazione/riorganizzazioni/anteprima': {
    prepara: async (m) => ({ body: { ufficioId: await office(m), successoreId: await office(m) }, segreti: [SEGRETO] }),
    attesi: [404],
  },
  'POST /api/v1/:ente/organizzazione/riorganizzazioni': {
    prepara: async (m) => ({
      body: { ufficioId: await office(m), successoreId: await office(m), dal: tomorrow(), atto: 'Delibera 1/2026' },
      segreti: [SEGRETO],
    }),
    attesi: [404],
  },
  'POST /api/v1/:ente/organizzazione/riorganizzazioni/:id/ritiro': {
    prepara: async (m) => ({ params: { id: (await plan(m)).id }, segreti: [SEGRETO] }),
    attesi: [404],
  },
  'GET /api/v1/:ente/organizzazione/persone': list(async (m) => [(await people(m))[0], 'Segretissima']),
  'POST /api/v1/:ente/organizzazione/incarichi': {
    prepara: async (m) => ({
      body: { operatoreId: (await people(m))[0], profilo: 'consultazione', atto: 'Atto 1/2026', dal: today() },
      segreti: ['Segretissima'],
    }),
    attesi: [404],
  },
  'POST /api/v1/:ente/organizzazione/incarichi/:id/fine': {
    prepara: async (m) => {
      const [operatoreId] = await people(m)
      const { body } = await post(m, 'organizzazione/incarichi', {
        operatoreId,
        profilo: 'consultazione',
        atto: 'Atto 1/2026',
        dal: today(),
      })
      return { params: { id: (body as { id: string }).id }, body: { al: tomorrow(), atto: 'Atto 2/2026' }, segreti: [operatoreId] }
    },
    attesi: [404],
  },
  'GET /api/v1/:ente/organizzazione/responsabili': list(async (m) => await Promise.resolve([`AOO di ${m.a.denominazione}`])),
  'GET /api/v1/:ente/sostituzioni': list(async (m) => [(await substitution(m)).id, 'Assenza segreta']),
  'POST /api/v1/:ente/sostituzioni': {
    prepara: async (m) => {
      const [titolareId, sostitutoId] = await people(m)
      return {
        body: { titolareId, sostitutoId, tipo: 'assenza', motivo: 'Assenza', dal: today(), al: tomorrow() },
        segreti: [titolareId, sostitutoId],
      }
    },
    attesi: [422],
  },
  'POST /api/v1/:ente/sostituzioni/:id/revoca': {
    prepara: async (m) => {
      const { id, titolareId } = await substitution(m)
      return { params: { id }, segreti: [titolareId] }
    },
    attesi: [404],
  },
  'GET /api/v1/:ente/organizzazione/aoo': list(async (m) => await Promise.resolve([`AOO di ${m.a.denominazione}`])),
  'POST /api/v1/:ente/organizzazione/aoo': {
    prepara: async (m) =>
      await Promise.resolve({
        body: { codice: `AZ${++serial}`, denominazione: 'Area di prova', domicilioDigitale: `area${++serial}@pec.prova.example` },
        segreti: [`AOO di ${m.a.denominazione}`],
      }),
    attesi: [201],
    // The same address a second time, at home: it is already the mailbox of the other ente's AOO (REQ-PROT-005).
    attesiInCasa: [409],
  },
  'PATCH /api/v1/:ente/organizzazione/aoo/:id': {
    prepara: async (m) => {
      const { body } = await post(m, 'organizzazione/aoo', {
        codice: `AZ${++serial}`,
        denominazione: 'Area segreta',
        domicilioDigitale: `area${++serial}@pec.prova.example`,
      })
      const id = (body as { id: string; denominazione: string }[]).findLast((a) => a.denominazione === 'Area segreta')?.id ?? ''
      return { params: { id }, body: { denominazione: 'Area rinominata' }, segreti: ['Area segreta'] }
    },
    attesi: [404],
  },
  'POST /api/v1/:ente/organizzazione/registri': {
    prepara: async (m) =>
      await Promise.resolve({
        body: { aooId: newId(), codice: 'PG2', denominazione: 'Protocollo generale', tipo: 'generale' },
        segreti: [`AOO di ${m.a.denominazione}`],
      }),
    attesi: [404],
    attesiInCasa: [404],
  },
  'POST /api/v1/cabina/enti/:ente/responsabile': {
    chi: 'amministratoreSia',
    prepara: async (m) =>
      await Promise.resolve({
        body: {
          persona: {
            nome: 'Ada',
            cognome: 'Nuova',
            codiceFiscale: codiceFiscaleInventato({ nome: 'Ada', cognome: 'Nuova', nascita: '1980-02-03', sesso: 'F' }),
            email: 'ada@prova.example',
            soggetto: `ada-${newId()}`,
          },
          atto: 'Decreto 1/2019',
          dal: '2019-01-01',
          al: '2019-12-31',
        },
        segreti: [m.a.denominazione],
      }),
    attesi: [201],
  },
}
