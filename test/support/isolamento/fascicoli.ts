import { openFascicolo } from '../../../server/fascicoli/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { queryOne } from '../../../server/kernel/scope.ts'
import { createRegistrazione } from '../factories.ts'
import { buildFascicolo } from '../fascicoli.ts'
import { groundOf } from './protocollo.ts'
import type { CasoIsolamento, Casi, Mondo, Preparato } from './tipi.ts'

const SEGRETO = 'Fascicolo segretissimo di ente A'

interface Aperto {
  readonly id: string
  /** Filed in the fascicolo. */
  readonly documentoId: string
  /** Registered and filed nowhere. */
  readonly sciolto: string
  readonly voceId: string
  readonly ufficioId: string
  readonly responsabileId: string
}

/** A new open fascicolo of ente A with one document in it, and one more document beside it. */
async function open(m: Mondo): Promise<Aperto> {
  const ground = await groundOf(m)
  const scope = m.scopeA()
  const register = async (): Promise<string> => {
    const id = await createRegistrazione(scope, ground, m.t.ports.store, { oggetto: SEGRETO })
    const row = await queryOne<{ documentoId: string }>(
      scope,
      'select documento_id as "documentoId" from registrazione where ente_id = $1 and id = $2',
      [m.a.id, id],
    )
    return row?.documentoId ?? ''
  }
  const documentoId = await register()
  const nuovo = buildFascicolo(ground, scope.attore, { oggetto: SEGRETO, documentoId })
  const { id } = await openFascicolo(scope, nuovo, newId())
  return {
    id,
    documentoId,
    sciolto: await register(),
    voceId: nuovo.voceId,
    ufficioId: nuovo.ufficioId,
    responsabileId: nuovo.responsabileId,
  }
}

const onFascicolo = (more: (f: Aperto) => Partial<Preparato> = () => ({}), attesi: readonly number[] = [404]): CasoIsolamento => ({
  prepara: async (m) => {
    const f = await open(m)
    const { params, ...rest } = more(f)
    return { params: { id: f.id, ...params }, ...rest, segreti: [SEGRETO, f.documentoId] }
  },
  attesi,
})

export const casiFascicoli: Casi = {
  'GET /api/v1/:ente/fascicoli': onFascicolo(() => ({ query: { perPagina: '200' } }), [200]),
  'GET /api/v1/:ente/fascicoli/proposte': onFascicolo((f) => ({ query: { documentoId: f.sciolto } }), [404]),
  'GET /api/v1/:ente/fascicoli/:id': onFascicolo(),
  'GET /api/v1/:ente/fascicoli/:id/verifica-chiusura': {
    prepara: async (m) => {
      const f = await open(m)
      return { params: { id: f.id }, segreti: ['bloccanti'] }
    },
    attesi: [404],
  },
  // Opening in ente B with a voice, a person and a document of ente A: none of them can be named there.
  'POST /api/v1/:ente/fascicoli': onFascicolo(
    (f) => ({
      body: {
        voceId: f.voceId,
        tipo: 'affare',
        oggetto: 'Nuovo',
        responsabileId: f.responsabileId,
        ufficioId: f.ufficioId,
        amministrazioniPartecipanti: [],
        visibileCittadino: false,
        documentoId: f.sciolto,
      },
    }),
    [404, 422],
  ),
  'POST /api/v1/:ente/fascicoli/:id/documenti': onFascicolo((f) => ({ body: { documentoId: f.sciolto } })),
  'PATCH /api/v1/:ente/fascicoli/:id/documenti/:documentoId': onFascicolo((f) => ({
    params: { documentoId: f.documentoId },
    body: { area: 'riservata', motivo: 'Prova' },
  })),
  'PATCH /api/v1/:ente/fascicoli/:id/visibilita': onFascicolo(() => ({ body: { visibileCittadino: false, motivo: 'Prova' } })),
  'POST /api/v1/:ente/fascicoli/:id/chiusura': onFascicolo(() => ({
    body: { versione: 1, esito: 'conclusione', nota: '', motivoForzatura: 'Prova' },
  })),
}
