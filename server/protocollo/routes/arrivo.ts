import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import type { Endpoint } from '../../kernel/endpoint.ts'
import {
  destinazioneErrataDto,
  destinazioneErrataIn,
  differimentoDto,
  differimentoIn,
  nuovaRegistrazione,
  registrazioneDto,
  scansioneIn,
  verificaDto,
} from '../schema.ts'
import { authoriseDifferimento, listDestinazioniErrate, listDifferimenti, traceDestinazioneErrata } from '../service/arrivo.ts'
import { presentById } from '../service/read.ts'
import { attachScansione } from '../service/scansione.ts'
import { verifyRegistrazione } from '../service/verifica.ts'

const ente = z.string()

/** Before and around a registration: checks without a number, late scans, deferrals, documents meant for others. */
export const arrivoEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/registrazioni/verifica',
    permission: 'protocollo.registra',
    summary: 'Verifica una registrazione senza farla: errori, avvisi, possibili doppioni',
    params: z.object({ ente }),
    body: nuovaRegistrazione,
    response: verificaDto,
    handler: async (scope, { body }) => await verifyRegistrazione(scope, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/registrazioni/:id/scansione',
    permission: 'protocollo.registra',
    summary: 'Allega la scansione attesa: il numero non cambia',
    params: z.object({ ente, id: z.uuid() }),
    body: scansioneIn,
    response: registrazioneDto,
    idempotent: true,
    handler: async (scope, { params, body, idempotencyKey }) => {
      await attachScansione(scope, params.id, body, idempotencyKey)
      return await presentById(scope, params.id)
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/differimenti',
    permission: 'registro.leggi',
    summary: 'I differimenti autorizzati',
    params: z.object({ ente }),
    response: z.object({ elementi: z.array(differimentoDto) }),
    handler: async (scope) => ({ elementi: await listDifferimenti(scope) }),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/differimenti',
    permission: 'registro.gestisci',
    summary: 'Autorizza la registrazione differita',
    params: z.object({ ente }),
    body: differimentoIn,
    response: differimentoDto,
    status: 201,
    handler: async (scope, { body }) => await authoriseDifferimento(scope, body),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/destinazioni-errate',
    permission: 'registro.leggi',
    summary: 'I documenti destinati ad altre amministrazioni',
    params: z.object({ ente }),
    response: z.object({ elementi: z.array(destinazioneErrataDto) }),
    handler: async (scope) => ({ elementi: await listDestinazioniErrate(scope) }),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/destinazioni-errate',
    permission: 'protocollo.registra',
    summary: 'Traccia un documento inoltrato o restituito per competenza',
    params: z.object({ ente }),
    body: destinazioneErrataIn,
    response: destinazioneErrataDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { body, idempotencyKey }) => await traceDestinazioneErrata(scope, body, idempotencyKey),
  }),
]
