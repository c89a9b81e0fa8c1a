import { insertContenuti, storeBuffer } from '../../../server/documenti/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, insertRows, queryOne } from '../../../server/kernel/scope.ts'
import { systemScope } from '../enti.ts'
import { componiGiorni } from '../registro-esempio.ts'
import type { CasoIsolamento, Casi, Mondo } from './tipi.ts'

const SEGRETO = 'San Girolamo dei Segreti'
const IDENTIFICATIVO = 'segreto-20260101-001'
const GIORNO = '2026-01-01'

async function calendario(m: Mondo): Promise<{ segreti: string[] }> {
  const scope = systemScope(m.t.deps, m.a)
  await inTransaction(scope, async (tx) => {
    if ((await queryOne(tx, 'select 1 from calendario_aoo where ente_id = $1', [m.a.id])) === null)
      await insertRows(tx, 'calendario_aoo', [{ aoo_id: m.a.aooId, patrono: '06-29', santo_patrono: SEGRETO, giorni: '[]' }])
  })
  return { segreti: [SEGRETO] }
}

const made = new WeakMap<Mondo, Promise<string>>()

/** A daily register of ente A with its files. */
async function createRegistro(m: Mondo): Promise<string> {
  const scope = systemScope(m.t.deps, m.a)
  const [g] = componiGiorni(GIORNO, 1)
  if (g === undefined) throw new Error('no day')
  const put = async (testo: string, nome: string) => await storeBuffer(scope, m.t.ports.store, Buffer.from(testo, 'utf8'), nome)
  const parti = [
    await put(g.testoGiorno, `${IDENTIFICATIVO}.json`),
    await put(g.testoRighe, `${IDENTIFICATIVO}.txt`),
    await put(g.xml, `${IDENTIFICATIVO}.xml`),
    await put('%PDF-1.7 prova', `${IDENTIFICATIVO}.pdf`),
  ]
  const id = newId()
  await inTransaction(scope, async (tx) => {
    await insertContenuti(tx, parti)
    await insertRows(tx, 'registro_giornaliero', [
      {
        id,
        registro_id: m.a.registroId,
        tipo: 'giornaliero',
        giorno: GIORNO,
        anno: 2026,
        progressivo: 1,
        versione: 1,
        prima_versione_id: null,
        identificativo: IDENTIFICATIVO,
        oggetto: SEGRETO,
        numero_primo: 1,
        numero_ultimo: 3,
        registrazioni: 3,
        annullamenti: 0,
        modifiche: 0,
        riservate: 0,
        impronta_righe: g.intestazione.righe.impronta,
        impronta_precedente: g.improntaPrecedente,
        impronta: g.impronta,
        giorno_contenuto_id: parti[0]?.id,
        righe_contenuto_id: parti[1]?.id,
        xml_contenuto_id: parti[2]?.id,
        pdf_contenuto_id: parti[3]?.id,
        sottoscrizione: 'nessuna',
        responsabile_nome: 'Marta',
        responsabile_cognome: 'Prova',
        responsabile_codice_fiscale: '',
        produttore: 'Prova',
        motivo: '',
        prodotto_il: '2026-01-02T00:10:00Z',
        scadenza: '2026-01-02',
      },
    ])
    await insertRows(tx, 'impostazioni_registro_giornaliero', [
      { registro_id: m.a.registroId, sottoscrizione: 'nessuna', giorni_vuoti: true, annuale: true, classificazione: 'XIV/77' },
    ])
    await insertRows(tx, 'interruzione', [
      {
        id,
        inizio: '2026-01-01T10:00:00Z',
        fine: null,
        causa: SEGRETO,
        rimedio: '',
        autore_nome: 'Prova',
        registrata_il: '2026-01-01T11:00:00Z',
      },
    ])
  })
  return id
}

async function registroOf(m: Mondo): Promise<string> {
  const there = made.get(m) ?? createRegistro(m)
  made.set(m, there)
  return await there
}

function ofRegistro(altro: { body?: unknown; headers?: Record<string, string>; attesiInCasa?: number[] } = {}): CasoIsolamento {
  const { attesiInCasa, ...call } = altro
  return {
    prepara: async (m) => {
      const id = await registroOf(m)
      return { params: { id }, segreti: [SEGRETO, id, IDENTIFICATIVO], ...call }
    },
    attesi: [404],
    ...(attesiInCasa === undefined ? {} : { attesiInCasa }),
  }
}

const periodo = { dal: '2026-01-01', al: '2026-01-31' }
const withRegistro = async (m: Mondo, segreti: string[] = [SEGRETO, IDENTIFICATIVO]): Promise<string[]> => [await registroOf(m), ...segreti]

/** Isolation cases of its endpoints. */
export const casiRegistro: Casi = {
  'GET /api/v1/:ente/calendario': { prepara: calendario, attesi: [200] },
  'PUT /api/v1/:ente/calendario': {
    prepara: async (m) => ({ ...(await calendario(m)), body: { patrono: '06-24', santoPatrono: 'Santa Prova', giorni: [] } }),
    attesi: [200],
  },
  'GET /api/v1/:ente/registri-giornalieri': { prepara: async (m) => ({ query: periodo, segreti: await withRegistro(m) }), attesi: [200] },
  'GET /api/v1/:ente/registri-giornalieri/impostazioni': {
    prepara: async (m) => {
      await registroOf(m)
      return { segreti: ['XIV/77'] }
    },
    attesi: [200],
  },
  'PUT /api/v1/:ente/registri-giornalieri/impostazioni': {
    prepara: async (m) => ({
      body: { sottoscrizione: 'nessuna', giorniVuoti: true, annuale: false, classificazione: 'I/7' },
      segreti: await withRegistro(m, ['XIV/77']),
    }),
    attesi: [200],
  },
  'GET /api/v1/:ente/registri-giornalieri/esportazione.zip': {
    prepara: async (m) => ({ query: periodo, segreti: await withRegistro(m) }),
    attesi: [404],
  },
  'GET /api/v1/:ente/registri-giornalieri/:id': ofRegistro(),
  'GET /api/v1/:ente/registri-giornalieri/:id/consultazione.pdf': ofRegistro(),
  'GET /api/v1/:ente/registri-giornalieri/:id/registro.pdf': ofRegistro(),
  'GET /api/v1/:ente/registri-giornalieri/:id/registro.xml': ofRegistro(),
  'GET /api/v1/:ente/registri-giornalieri/:id/righe.txt': ofRegistro(),
  'GET /api/v1/:ente/registri-giornalieri/:id/giorno.json': ofRegistro(),
  'POST /api/v1/:ente/registri-giornalieri/:id/versioni': ofRegistro({
    body: { motivo: 'Prova di isolamento' },
    headers: { 'Idempotency-Key': 'prova-isolamento-registro-1' },
  }),
  'POST /api/v1/:ente/registri-giornalieri/:id/versamento': ofRegistro(),
  'POST /api/v1/:ente/registri-giornalieri/:id/firma': ofRegistro({
    body: { contenutoId: '018f0000-0000-7000-8000-000000000001' },
    headers: { 'Idempotency-Key': 'prova-isolamento-firma-1' },
    attesiInCasa: [400],
  }),
  'GET /api/v1/:ente/interruzioni': { prepara: async (m) => ({ segreti: await withRegistro(m, [SEGRETO]) }), attesi: [200] },
  'POST /api/v1/:ente/interruzioni': {
    prepara: async (m) => ({ body: { inizio: '2026-02-01T10:00:00Z', causa: 'Prova' }, segreti: await withRegistro(m) }),
    attesi: [201],
  },
  'POST /api/v1/:ente/interruzioni/:id/fine': ofRegistro({ body: { fine: '2026-01-03T10:00:00Z' } }),
  'GET /api/v1/:ente/prove-ripristino': {
    prepara: async (m) => {
      const registroGiornalieroId = await registroOf(m)
      const id = newId()
      await inTransaction(systemScope(m.t.deps, m.a), async (tx) => {
        await insertRows(tx, 'prova_ripristino', [
          {
            id,
            registro_id: m.a.registroId,
            eseguita_il: '2026-01-05T10:00:00Z',
            operatore: SEGRETO,
            copia_registri: 'Sala A',
            copia_emergenza: 'Sala B',
            registro_giornaliero_id: registroGiornalieroId,
            identificativo: IDENTIFICATIVO,
            impronta: 'b'.repeat(64),
            perdite: '[]',
            autore_nome: 'Prova',
            registrata_il: '2026-01-05T11:00:00Z',
          },
        ])
      })
      return { segreti: [SEGRETO, id, IDENTIFICATIVO] }
    },
    attesi: [200],
  },
  'POST /api/v1/:ente/prove-ripristino': {
    prepara: async (m) => ({
      body: {
        esito: {
          formato: 'faldone-ripristino/1',
          eseguitaIl: '2026-01-05T10:00:00Z',
          operatore: 'Prova',
          copiaRegistri: 'Sala A',
          copiaEmergenza: 'Sala B',
          identificativo: IDENTIFICATIVO,
          impronta: 'b'.repeat(64),
          perdite: [],
        },
      },
      segreti: await withRegistro(m, [SEGRETO]),
    }),
    attesi: [422],
    attesiInCasa: [422],
  },
}
