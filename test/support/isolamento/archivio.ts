import {
  createSerie,
  extractRepertorio,
  handOver,
  passToDeposito,
  recordCartaceoConcluso,
  requestPrelievo,
} from '../../../server/archivio/index.ts'
import type { Censito } from '../../../server/archivio/service/censisci.ts'
import { stampatricePdf } from '../../../server/adapters/stampa-pdf/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, query } from '../../../server/kernel/scope.ts'
import { addDays, now, romeDay } from '../../../server/kernel/time.ts'
import { groundOf } from './protocollo.ts'
import type { CasoIsolamento, Casi, Mondo, Preparato } from './tipi.ts'

const SEGRETO = 'Fascicolo d’archivio segretissimo di ente A'
const ANNO = 1971
let volta = 0

interface Archiviato extends Censito {
  readonly m: Mondo
  readonly voceId: string
}

/** A concluded paper fascicolo of ente A, opened in a year of its own. */
async function censito(m: Mondo): Promise<Archiviato> {
  const ground = await groundOf(m)
  const voceId = ground.voci.get('VI/3/4') ?? ''
  const made = await recordCartaceoConcluso(m.scopeA(), nuovo(voceId, ground.uffici.edilizia, ++volta), newId())
  return { ...made, m, voceId }
}

const nuovo = (voceId: string, ufficioId: string, giorno: number) => ({
  voceId,
  tipo: 'affare' as const,
  oggetto: SEGRETO,
  ufficioId,
  apertoIl: `${ANNO}-01-01`,
  chiusoIl: addDays(`${ANNO}-06-01`, giorno),
  consistenza: '1 faldone',
  posizioneFisica: 'Soffitta',
})

const key = (): { headers: Record<string, string> } => ({ headers: { 'Idempotency-Key': newId() } })

const caso = (
  more: (f: Archiviato) => Promise<Partial<Preparato>> | Partial<Preparato>,
  attesi: readonly number[] = [404],
): CasoIsolamento => ({
  prepara: async (m) => {
    const f = await censito(m)
    return { segreti: [SEGRETO, f.id], ...(await more(f)) }
  },
  attesi,
})

const PASSA = { serie: [], nota: '' }
const deposita = async (f: Archiviato): Promise<string> => await passToDeposito(f.m.scopeA(), { ...PASSA, fascicoli: [f.id] }, newId())
const chiedi = async (f: Archiviato): Promise<string> => {
  await deposita(f)
  return await requestPrelievo(f.m.scopeA(), { fascicolo: f.id, motivo: SEGRETO, entro: romeDay(now()) })
}
/** Kept for ever: it may pass to the historical section. */
async function permanente(f: Archiviato): Promise<void> {
  await inTransaction(f.m.scopeA(), async (tx) => {
    await query(tx, 'update fascicolo set conservazione_anni = 9999 where ente_id = $1 and id = $2', [tx.ente.id, f.id])
  })
  await deposita(f)
}
/** A series of its own: the type of the fascicoli makes the criterion, the name makes it secret. */
async function serie(f: Archiviato): Promise<string> {
  const anno = 1800 + ++volta
  const scope = f.m.scopeA()
  const ground = await groundOf(f.m)
  await recordCartaceoConcluso(scope, { ...nuovo(f.voceId, ground.uffici.edilizia, 1), apertoIl: `${anno}-01-01` }, newId())
  return await createSerie(scope, { tipo: 'fascicoli', denominazione: `${SEGRETO} ${anno}`, anno, voceId: f.voceId })
}
const estratta = async (f: Archiviato): Promise<string> =>
  (await extractRepertorio(f.m.scopeA(), { anno: ANNO }, { store: f.m.t.ports.store, stampa: stampatricePdf })).estrazione.id
const onSerie = (body?: (f: Archiviato) => unknown): CasoIsolamento =>
  caso(async (f) => ({ params: { id: await serie(f) }, ...(body === undefined ? {} : { body: body(f) }) }))

export const casiArchivio: Casi = {
  'GET /api/v1/:ente/repertorio-fascicoli': caso(() => ({ query: { anno: String(ANNO), perPagina: '200' } }), [200]),
  'GET /api/v1/:ente/repertorio-fascicoli/estrazioni': caso(async (f) => ({ segreti: [await estratta(f)] }), [200]),
  // Ente B has no titolario, where its own would be kept.
  'POST /api/v1/:ente/repertorio-fascicoli/estrazioni': caso(() => ({ body: { anno: ANNO } }), [200, 404]),
  'GET /api/v1/:ente/repertorio-fascicoli/estrazioni/:id/file/:formato': caso(async (f) => ({
    params: { id: await estratta(f), formato: 'csv' },
  })),
  'GET /api/v1/:ente/serie-archivistiche': caso(async (f) => ({ segreti: [SEGRETO, await serie(f)] }), [200]),
  'POST /api/v1/:ente/serie-archivistiche': caso((f) => ({
    body: { tipo: 'fascicoli', denominazione: SEGRETO, anno: ANNO, voceId: f.voceId },
  })),
  'GET /api/v1/:ente/serie-archivistiche/:id': onSerie(),
  'POST /api/v1/:ente/serie-archivistiche/:id/chiusura': onSerie(),
  'POST /api/v1/:ente/serie-archivistiche/:id/appartenenza': onSerie((f) => ({ riferimento: f.codice })),
  'GET /api/v1/:ente/archivio/da-versare': caso(() => ({}), [200]),
  'GET /api/v1/:ente/archivio/elenchi': caso(async (f) => ({ segreti: [await deposita(f)] }), [200]),
  'POST /api/v1/:ente/archivio/elenchi': caso((f) => ({ body: { ...PASSA, fascicoli: [f.id] }, ...key() })),
  'GET /api/v1/:ente/archivio/elenchi/:id/elenco.csv': caso(async (f) => ({ params: { id: await deposita(f) } })),
  'GET /api/v1/:ente/archivio/elenchi/:id/elenco.pdf': caso(async (f) => ({
    params: { id: await deposita(f) },
    segreti: [SEGRETO, '%PDF'],
  })),
  'GET /api/v1/:ente/archivio/storica': caso(
    async (f) => {
      await permanente(f)
      return {}
    },
    [200],
  ),
  'POST /api/v1/:ente/archivio/storica': caso(async (f) => {
    await permanente(f)
    return { body: { fascicoli: [f.id], nota: '' }, ...key() }
  }),
  'POST /api/v1/:ente/archivio/censimento': caso(
    async (f) => ({ body: nuovo(f.voceId, (await groundOf(f.m)).uffici.edilizia, 1), ...key(), segreti: [f.id] }),
    [400, 404, 422],
  ),
  'GET /api/v1/:ente/archivio/prelievi': caso(
    async (f) => {
      await chiedi(f)
      return {}
    },
    [200],
  ),
  'POST /api/v1/:ente/archivio/prelievi': caso(async (f) => {
    await deposita(f)
    return { body: { fascicolo: f.id, motivo: 'Prova', entro: romeDay(now()) } }
  }),
  'POST /api/v1/:ente/archivio/prelievi/:id/consegna': caso(async (f) => ({ params: { id: await chiedi(f) }, body: { nota: '' } })),
  'POST /api/v1/:ente/archivio/prelievi/:id/rifiuto': caso(async (f) => ({ params: { id: await chiedi(f) }, body: { nota: 'No' } })),
  'POST /api/v1/:ente/archivio/prelievi/:id/restituzione': caso(async (f) => {
    const id = await chiedi(f)
    await handOver(f.m.scopeA(), id, '')
    return { params: { id }, body: { nota: '' } }
  }),
}
