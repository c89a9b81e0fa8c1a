import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import type { Endpoint } from '../../kernel/endpoint.ts'
import { importazionePianoIn, motivoIn, pianoDto, rapportoPianoDto, regolaIn } from '../schema.ts'
import { addRegola, exportPiano, importPiano, readPiano, revokeRegola } from '../service/piano.ts'

const ente = z.object({ ente: z.string() })
const byId = z.object({ ente: z.string(), id: z.uuid() })
const ofVersione = z.object({ versione: z.uuid().optional() })

/** The piano di conservazione (REQ-FASC-050). */
export const pianoEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/piano-di-conservazione',
    permission: 'titolario.leggi',
    summary: 'Le regole di conservazione di ogni voce, proprie ed ereditate, e le voci senza regola',
    params: ente,
    query: ofVersione,
    response: pianoDto,
    handler: async (scope, { query }) => await readPiano(scope, query.versione),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/piano-di-conservazione/piano.csv',
    permission: 'titolario.leggi',
    summary: 'Il piano di conservazione in CSV',
    params: ente,
    query: ofVersione,
    response: 'file',
    handler: async (scope, { query }) => await exportPiano(scope, query.versione),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/piano-di-conservazione/importazioni',
    permission: 'titolario.gestisci',
    summary: 'Verifica un piano in CSV e, se non è una prova, ne scrive le regole',
    params: ente,
    body: importazionePianoIn,
    response: rapportoPianoDto,
    handler: async (scope, { body }) => await importPiano(scope, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/piano-di-conservazione/regole',
    permission: 'titolario.gestisci',
    summary: 'Scrive una regola con l’atto che l’ha approvata',
    params: ente,
    body: regolaIn,
    response: z.object({ id: z.uuid() }),
    status: 201,
    handler: async (scope, { body }) => await addRegola(scope, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/piano-di-conservazione/regole/:id/revoca',
    permission: 'titolario.gestisci',
    summary: 'Revoca una regola di conservazione',
    params: byId,
    body: motivoIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await revokeRegola(scope, params.id, body.motivo),
  }),
]
