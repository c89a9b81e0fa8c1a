import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { bozzeEndpoints } from './routes/bozze.ts'
import { pianoEndpoints } from './routes/piano.ts'
import { usoEndpoints } from './routes/uso.ts'
import { versioniEndpoints } from './routes/versioni.ts'
import { titolarioDto, voceTrovataDto } from './schema.ts'
import { findVociByText, readTitolario } from './service/read.ts'

/** Tree and lookup of the plan in force, its versions, drafts, retention and use. */
export const titolarioEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/titolario',
    permission: 'titolario.leggi',
    summary: 'Il titolario in vigore',
    params: z.object({ ente: z.string() }),
    response: titolarioDto,
    handler: async (scope) => await readTitolario(scope),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/titolario/voci',
    permission: 'titolario.leggi',
    summary: 'Le voci di titolario che rispondono a un codice o a parole',
    params: z.object({ ente: z.string() }),
    query: z.object({ q: z.string().max(200).default('') }),
    response: z.array(voceTrovataDto),
    handler: async (scope, { query }) => await findVociByText(scope, query.q),
  }),
  ...versioniEndpoints,
  ...bozzeEndpoints,
  ...pianoEndpoints,
  ...usoEndpoints,
]
