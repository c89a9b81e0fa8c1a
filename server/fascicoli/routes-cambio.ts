import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { cambioFascicoloDto, riaperturaInVoce } from './schema-cambio.ts'
import { fascicoloDto } from './schema.ts'
import { listCambio } from './service/cambio.ts'
import type { ControlloChiusura } from './service/close.ts'
import { presentFascicoloById } from './service/read.ts'
import { reopenUnderVoce } from './service/riclassa.ts'

const ente = z.string()

/** Open fascicoli when the titolario changes; `controlli` are the closing checks that other rooms add. */
export const cambioEndpoints = (controlli: readonly ControlloChiusura[]): readonly Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/titolario/versioni/:id/fascicoli',
    permission: 'titolario.gestisci',
    summary: 'I fascicoli aperti nelle voci che una versione del titolario cambia, con le voci in cui si potrebbero riaprire',
    params: z.object({ ente, id: z.uuid() }),
    response: z.array(cambioFascicoloDto),
    handler: async (scope, { params }) => await listCambio(scope, params.id),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/riapertura-in-voce',
    permission: 'fascicoli.chiudi',
    summary: 'Chiudi il fascicolo e riaprilo nella voce del nuovo titolario che continua la sua',
    params: z.object({ ente, id: z.string().max(60) }),
    body: riaperturaInVoce,
    response: fascicoloDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { params, body, idempotencyKey }) =>
      await presentFascicoloById(scope, await reopenUnderVoce(scope, params.id, body, idempotencyKey, controlli)),
  }),
]
