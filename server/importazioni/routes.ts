import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import {
  confermaImportazione,
  filtriStorico,
  importazioneDto,
  nuovaImportazione,
  registrazioneStoricaDto,
  registroStoricoDto,
  rigaStoricaDto,
} from './schema.ts'
import { openFileStorico, printRapporto, readRegistriStorici, readStorica, readStoriche } from './service/consulta.ts'
import { confirmImportazione, readImportazione, readImportazioni, requestVerifica } from './service/storico.ts'

const ente = z.string()
const byId = z.object({ ente, id: z.uuid() })
const inline = z.object({ inline: z.literal('1').optional() })

/** Endpoints of the past registers: dry run, import, consultation. */
export const storicoEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/importazioni',
    permission: 'protocollo.importa',
    summary: 'Le importazioni di registri di altri sistemi',
    params: z.object({ ente }),
    response: z.array(importazioneDto),
    handler: async (scope) => await readImportazioni(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/importazioni',
    permission: 'protocollo.importa',
    summary: 'Verifica un registro passato senza importarlo',
    params: z.object({ ente }),
    body: nuovaImportazione,
    response: importazioneDto,
    status: 202,
    handler: async (scope, { body }) => await requestVerifica(scope, body),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/importazioni/:id',
    permission: 'protocollo.importa',
    summary: 'Un’importazione con il suo rapporto',
    params: byId,
    response: importazioneDto,
    handler: async (scope, { params }) => await readImportazione(scope, params.id),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/importazioni/:id/conferma',
    permission: 'protocollo.importa',
    summary: 'Conferma l’importazione dopo la verifica',
    params: byId,
    body: confermaImportazione,
    response: importazioneDto,
    status: 202,
    handler: async (scope, { params, body }) => await confirmImportazione(scope, params.id, body.accettazione),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/importazioni/:id/rapporto',
    permission: 'protocollo.importa',
    summary: 'Il rapporto di riconciliazione da stampare',
    params: byId,
    query: inline,
    response: 'file',
    handler: async (scope, { params }, ports) => await printRapporto(scope, params.id, ports.stampa),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registri-storici',
    permission: 'protocollo.leggi',
    summary: 'I registri degli anni passati importati da altri sistemi',
    params: z.object({ ente }),
    response: z.array(registroStoricoDto),
    handler: async (scope) => await readRegistriStorici(scope),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni-storiche',
    permission: 'protocollo.leggi',
    summary: 'Le registrazioni degli anni passati',
    params: z.object({ ente }),
    query: filtriStorico,
    response: z.object({ elementi: z.array(rigaStoricaDto), totale: z.number() }),
    handler: async (scope, { query }) => await readStoriche(scope, query),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni-storiche/:id',
    permission: 'protocollo.leggi',
    summary: 'Una registrazione di un anno passato',
    params: byId,
    response: registrazioneStoricaDto,
    handler: async (scope, { params }) => await readStorica(scope, params.id),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni-storiche/:id/file/:fileId',
    permission: 'documenti.leggi',
    summary: 'Un file di una registrazione di un anno passato',
    params: byId.extend({ fileId: z.uuid() }),
    query: inline,
    response: 'file',
    handler: async (scope, { params }, ports) => await openFileStorico(scope, params.id, params.fileId, ports.store),
  }),
]
