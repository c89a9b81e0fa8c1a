import {
  activateSerie,
  authoriseSerie,
  closeApertura,
  createRegistro,
  openApertura,
  readQuadro,
  recover,
} from '../../../server/emergenza/index.ts'
import { recuperoIn } from '../../../server/emergenza/schema.ts'
import type { SerieDocumento } from '../../../server/emergenza/schema.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { queryOne } from '../../../server/kernel/scope.ts'
import { now, romeDay } from '../../../server/kernel/time.ts'
import { Dispositivo, datiEntrata, newDeviceKey } from '../emergenza.ts'
import { stage } from '../factories.ts'
import { groundOf } from './protocollo.ts'
import type { CasoIsolamento, Casi, Mondo } from './tipi.ts'

const SEDE = 'Sede segretissima di ente A'
const OGGETTO = 'Emergenza segreta di ente A'
const before = (minutes: number): string => new Date(now().getTime() - minutes * 60_000).toISOString()

async function opening(m: Mondo): Promise<string> {
  const registroId = await createRegistro(m.scopeA(), { sede: SEDE })
  return await openApertura(m.scopeA(), { registroId, causa: SEDE, inizio: before(60), provvedimento: 'Nota 1' }, newId())
}

async function series(m: Mondo): Promise<{ registroId: string; serieId: string }> {
  const registroId = await createRegistro(m.scopeA(), { sede: SEDE })
  return { registroId, serieId: await authoriseSerie(m.scopeA(), { registroId, dispositivo: SEDE, provvedimento: 'Decreto 1' }) }
}

/** A file of a device of ente A with one row, uploaded. */
async function staged(m: Mondo): Promise<{ contenutoId: string; numero: string }> {
  const { serieId } = await series(m)
  const key = await newDeviceKey()
  const { serie: testo, firma } = await activateSerie(m.scopeA(), serieId, { chiave: key.pubblica }, m.t.ports.firmaEmergenza)
  const d = new Dispositivo({ testo, firma, documento: JSON.parse(testo) as SerieDocumento }, key.privata)
  const { voci, uffici } = await groundOf(m)
  const ids = { voceId: [...voci.values()][0] ?? '', ufficioId: uffici.edilizia }
  await d.apri(before(50))
  const istante = before(40)
  const numero = await d.registra(istante, datiEntrata(ids, { oggetto: OGGETTO, dataArrivo: istante }))
  await d.giornata(romeDay(new Date(istante)), 1)
  await d.chiudi(before(30))
  const contenutoId = await stage(m.scopeA(), m.t.ports.store, Buffer.from(await d.file(), 'utf8'), 'registro.json')
  return { contenutoId, numero }
}

async function recovered(m: Mondo): Promise<{ recuperoId: string; numero: string; codice: string; registrazioneId: string }> {
  const { contenutoId, numero } = await staged(m)
  const esito = await recover(m.scopeA(), recuperoIn.parse({ contenutoId }), newId(), m.t.ports)
  const [coppia] = esito.coppie
  return { recuperoId: esito.recuperoId ?? '', numero, codice: coppia?.codice ?? '', registrazioneId: coppia?.registrazioneId ?? '' }
}

/** An act on an opening of ente A: it is not there in ente B. */
const onApertura = (body: unknown, prepara = opening): CasoIsolamento => ({
  prepara: async (m) => {
    const id = await prepara(m)
    return { params: { id }, body, segreti: [id, SEDE] }
  },
  attesi: [404],
})

const onRecupero: CasoIsolamento = {
  prepara: async (m) => {
    const { recuperoId, registrazioneId } = await recovered(m)
    return { params: { id: recuperoId }, segreti: [recuperoId, registrazioneId, OGGETTO] }
  },
  attesi: [404],
}

const onFile = (attesi: readonly number[]): CasoIsolamento => ({
  prepara: async (m) => {
    const { contenutoId } = await staged(m)
    return { body: { contenutoId }, headers: { 'Idempotency-Key': newId() }, segreti: [OGGETTO, SEDE] }
  },
  attesi,
  verifica: async (m) => {
    const row = await queryOne<{ n: number }>(m.scopeB(), 'select count(*)::int as n from recupero_emergenza where ente_id = $1', [m.b.id])
    if (row?.n !== 0) throw new Error('a file of another ente was recovered')
  },
})

const anno = (): string => romeDay(now()).slice(0, 4)

export const casiEmergenza: Casi = {
  'GET /api/v1/:ente/emergenza/stato': {
    prepara: async (m) => ({ segreti: [SEDE, await opening(m)] }),
    attesi: [200],
  },
  'GET /api/v1/:ente/emergenza': { prepara: async (m) => ({ segreti: [SEDE, await opening(m)] }), attesi: [200] },
  'GET /api/v1/:ente/emergenza/recuperi/:id': onRecupero,
  'GET /api/v1/:ente/emergenza/recuperi/:id/verbale.pdf': onRecupero,
  'GET /api/v1/:ente/emergenza/codici/:codice': {
    prepara: async (m) => {
      const { codice, numero, registrazioneId } = await recovered(m)
      return { params: { codice }, query: { numero }, segreti: [registrazioneId] }
    },
    attesi: [200],
  },
  'GET /api/v1/:ente/emergenza/riepilogo': {
    prepara: async (m) => {
      await opening(m)
      return { query: { anno: anno() }, segreti: [SEDE] }
    },
    attesi: [200],
  },
  'GET /api/v1/:ente/emergenza/riepilogo.pdf': {
    prepara: async (m) => {
      await opening(m)
      return { query: { anno: anno() }, segreti: [SEDE] }
    },
    attesi: [200],
  },
  'GET /api/v1/:ente/emergenza/registri/:id/modulo.pdf': {
    prepara: async (m) => ({ params: { id: (await series(m)).registroId }, segreti: [SEDE] }),
    attesi: [404],
  },
  'POST /api/v1/:ente/emergenza/registri': {
    prepara: async () =>
      await Promise.resolve({ body: { sede: 'Sede qualunque' }, headers: { 'Idempotency-Key': newId() }, segreti: [SEDE] }),
    attesi: [201],
  },
  'POST /api/v1/:ente/emergenza/aperture': {
    prepara: async (m) => ({
      body: { registroId: (await series(m)).registroId, causa: 'Rete', inizio: before(5), provvedimento: 'Nota 2' },
      headers: { 'Idempotency-Key': newId() },
      segreti: [SEDE],
    }),
    attesi: [404],
  },
  'POST /api/v1/:ente/emergenza/aperture/:id/autorizzazioni': onApertura({ provvedimento: 'Decreto 2', dal: before(0), al: before(-60) }),
  'POST /api/v1/:ente/emergenza/aperture/:id/giornate': onApertura({ giorno: '2026-01-02', totale: 0 }),
  'POST /api/v1/:ente/emergenza/aperture/:id/chiusura': onApertura({ ripristino: before(1), righe: 0 }),
  'POST /api/v1/:ente/emergenza/aperture/:id/deroga': onApertura({ motivo: 'Scadenza' }, async (m) => {
    const id = await opening(m)
    await closeApertura(m.scopeA(), id, { ripristino: before(1), righe: 1 })
    return id
  }),
  'GET /api/v1/:ente/emergenza/serie': { prepara: async (m) => ({ segreti: [SEDE, (await series(m)).serieId] }), attesi: [200] },
  'POST /api/v1/:ente/emergenza/serie': {
    prepara: async (m) => ({
      body: { registroId: await createRegistro(m.scopeA(), { sede: SEDE }), dispositivo: 'Fisso', provvedimento: 'Decreto 3' },
      segreti: [SEDE],
    }),
    attesi: [404],
  },
  'POST /api/v1/:ente/emergenza/serie/:id/attivazione': {
    prepara: async (m) => {
      const { serieId } = await series(m)
      return { params: { id: serieId }, body: { chiave: (await newDeviceKey()).pubblica }, segreti: [SEDE, serieId] }
    },
    attesi: [404],
    verifica: async (m) => {
      const found = (await readQuadro(m.scopeA())).registri.some((r) => r.serie?.attivataDa?.includes('Beta') === true)
      if (found) throw new Error('a series of another ente was activated')
    },
  },
  'GET /api/v1/:ente/emergenza/serie/:id/dotazione': {
    prepara: async (m) => {
      const { serieId } = await series(m)
      await activateSerie(m.scopeA(), serieId, { chiave: (await newDeviceKey()).pubblica }, m.t.ports.firmaEmergenza)
      return { params: { id: serieId }, segreti: [serieId] }
    },
    attesi: [404],
  },
  'POST /api/v1/:ente/emergenza/serie/:id/revoca': {
    prepara: async (m) => {
      const { serieId } = await series(m)
      return { params: { id: serieId }, body: { motivo: 'Rotto' }, segreti: [serieId, SEDE] }
    },
    attesi: [404],
  },
  'POST /api/v1/:ente/emergenza/prove': onFile([400]),
  'POST /api/v1/:ente/emergenza/recuperi': onFile([400]),
}
