import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { changeImpostazioni, listOggetti, readImpostazioni } from './service/impostazioni.ts'

const params = z.object({ ente: z.string() })
const impostazioni = z.object({ livelli: z.number().int().min(1, 'Scegli 1 o 2 livelli.').max(2, 'Scegli 1 o 2 livelli.') })

/** What an ente chooses of its fascicoli, and the subjects they are opened with. */
export const impostazioniEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/fascicoli/impostazioni',
    permission: 'fascicoli.leggi',
    summary: 'In quanti livelli si dividono i fascicoli',
    params,
    response: impostazioni,
    handler: async (scope) => await readImpostazioni(scope),
  }),
  endpoint({
    method: 'PUT',
    path: '/api/v1/:ente/fascicoli/impostazioni',
    permission: 'titolario.gestisci',
    summary: 'Cambia in quanti livelli si dividono i fascicoli',
    params,
    body: impostazioni,
    response: impostazioni,
    handler: async (scope, { body }) => await changeImpostazioni(scope, body),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/fascicoli/oggetti',
    permission: 'fascicoli.leggi',
    summary: 'Gli oggetti dell’elenco controllato per una voce di titolario',
    params,
    query: z.object({ voceId: z.uuid('Scegli la voce di titolario.') }),
    response: z.array(z.string()),
    handler: async (scope, { query }) => await listOggetti(scope, query.voceId),
  }),
]
