import { query, queryOne } from '../../../server/kernel/scope.ts'
import { now, romeDay } from '../../../server/kernel/time.ts'
import { openFascicolo } from '../../../server/fascicoli/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { stampeJobs } from '../../../server/stampe/index.ts'
import { systemScope } from '../enti.ts'
import { createRegistrazione } from '../factories.ts'
import { buildFascicolo } from '../fascicoli.ts'
import { groundOf } from './protocollo.ts'
import type { CasoIsolamento, Casi, Mondo, Preparato } from './tipi.ts'

const SEGRETO = 'Registrazione di ente A da stampare'

async function register(m: Mondo): Promise<string> {
  return await createRegistrazione(m.scopeA(), await groundOf(m), m.t.ports.store, { oggetto: SEGRETO, mezzo: 'PEC' })
}

/** Prints of a registration of ente A: not there in ente B, and nothing is written as printed. */
const onRegistrazione = (
  preparato: (id: string) => Omit<Preparato, 'segreti'>,
  prima?: (m: Mondo, id: string) => Promise<void>,
): CasoIsolamento => ({
  prepara: async (m) => {
    const id = await register(m)
    await prima?.(m, id)
    return { ...preparato(id), segreti: [SEGRETO, id] }
  },
  attesi: [404],
  verifica: async (m) => {
    const printed = await queryOne<{ n: number }>(
      systemScope(m.t.deps, m.b),
      'select count(*)::int as n from stampata where ente_id = $1',
      [m.b.id],
    )
    if (printed?.n !== 0) throw new Error('a print of another ente was written')
  },
})

const IMPOSTAZIONI = {
  formatoEtichetta: '50x25',
  formatoRicevuta: 'A4',
  stampaAutomatica: true,
  termineGiorni: 45,
  rimedi: 'Rimedi segreti di ente A',
  visioneAtti: '',
  ufficioAccesso: '',
}

/** A print of a fascicolo of ente A. */
const delFascicolo = (body?: unknown): CasoIsolamento => ({
  prepara: async (m) => {
    const ground = await groundOf(m)
    const scope = m.scopeA()
    const registrazione = await register(m)
    const row = await queryOne<{ documentoId: string }>(
      scope,
      'select documento_id as "documentoId" from registrazione where ente_id = $1 and id = $2',
      [m.a.id, registrazione],
    )
    const nuovo = buildFascicolo(ground, scope.attore, { oggetto: SEGRETO, documentoId: row?.documentoId ?? '' })
    const { id } = await openFascicolo(scope, nuovo, newId())
    return { params: { id }, segreti: [SEGRETO], ...(body === undefined ? {} : { body }) }
  },
  attesi: [404],
})

export const casiStampe: Casi = {
  'GET /api/v1/:ente/registrazioni/:id/ricevuta.pdf': onRegistrazione((id) => ({ params: { id } })),
  'GET /api/v1/:ente/registrazioni/:id/ricevuta-emessa.pdf': onRegistrazione(
    (id) => ({ params: { id } }),
    async (m, id) => {
      for (const job of stampeJobs) await job.handler(systemScope(m.t.deps, m.a), { id }, m.t.ports)
    },
  ),
  'GET /api/v1/:ente/registrazioni/:id/etichetta.pdf': onRegistrazione((id) => ({ params: { id } })),
  'POST /api/v1/:ente/stampe/etichette': onRegistrazione((id) => ({ body: { registrazioni: [id] } })),
  'POST /api/v1/:ente/stampe/elenco': onRegistrazione((id) => ({ body: { registrazioni: [id] } })),
  'GET /api/v1/:ente/stampe/registro.pdf': {
    prepara: async (m) => {
      const id = await register(m)
      const today = romeDay(now())
      return { query: { da: today, a: today }, segreti: [SEGRETO, id] }
    },
    attesi: [200],
  },
  'GET /api/v1/:ente/fascicoli/:id/indice.pdf': delFascicolo(),
  'GET /api/v1/:ente/fascicoli/:id/frontespizio.pdf': delFascicolo(),
  'POST /api/v1/:ente/fascicoli/:id/stampe': delFascicolo({ tipo: 'indice' }),
  'GET /api/v1/:ente/stampe/impostazioni': {
    prepara: async (m) => {
      await query(
        systemScope(m.t.deps, m.a),
        `insert into impostazioni_stampe values ($1, '50x25', 'A4', true, 45, $2, '', '', now(), 'Prova') on conflict (ente_id) do update set rimedi = excluded.rimedi`,
        [m.a.id, IMPOSTAZIONI.rimedi],
      )
      return { segreti: [IMPOSTAZIONI.rimedi] }
    },
    attesi: [200],
  },
  'PUT /api/v1/:ente/stampe/impostazioni': {
    prepara: async () => await Promise.resolve({ body: { ...IMPOSTAZIONI, rimedi: 'Rimedi di ente B' }, segreti: [IMPOSTAZIONI.rimedi] }),
    attesi: [200],
  },
  'GET /api/v1/:ente/stampe/etichetta-di-prova.pdf': {
    prepara: async () => await Promise.resolve({ query: { formato: '50x25' }, segreti: [SEGRETO] }),
    attesi: [200],
  },
}
