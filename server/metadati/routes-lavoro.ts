import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import {
  filtriImportati,
  importatiDto,
  importatoDto,
  importazioneMetadatiIn,
  verificaMetadatiDto,
  verificaMetadatiIn,
} from './importa/schema.ts'
import { importMetadati, listImportati, openImportato, readImportato, verifyMetadati } from './importa/servizio.ts'
import { readServizio, readTabella, writeServizio } from './impostazioni.ts'
import { daCompletareDto, filtriDaCompletare, servizioDto, servizioIn, tabellaRegoleDto } from './schema.ts'
import { listDaCompletare } from './valutazione/elenco.ts'

const params = z.object({ ente: z.string() })
const byId = params.extend({ id: z.uuid() })

/** Work on the metadata: rule table, what is to be completed, choices for the preservation service, files of other systems. */
export const lavoroEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/metadati/regole',
    permission: 'organizzazione.leggi',
    summary: 'La tabella delle regole dell’Allegato 5 e i pesi del punteggio',
    params,
    response: tabellaRegoleDto,
    handler: async (scope) => await readTabella(scope),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/metadati/da-completare',
    permission: 'documenti.leggi',
    summary: 'Documenti e fascicoli con metadati da completare, con i conteggi per regola e per ufficio',
    params,
    query: filtriDaCompletare,
    response: daCompletareDto,
    handler: async (scope, { query }) => await listDaCompletare(scope, query),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/metadati/servizio',
    permission: 'conservazione.leggi',
    summary: 'Come il servizio di conservazione vuole i metadati',
    params,
    response: servizioDto,
    handler: async (scope) => await readServizio(scope),
  }),
  endpoint({
    method: 'PUT',
    path: '/api/v1/:ente/metadati/servizio',
    permission: 'protocollo.importa',
    summary: 'Sceglie come il servizio di conservazione vuole i metadati',
    params,
    body: servizioIn,
    response: servizioDto,
    handler: async (scope, { body }) => await writeServizio(scope, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/metadati/verifica',
    permission: 'protocollo.importa',
    summary: 'Legge file di metadati di un altro sistema senza importarli',
    params,
    body: verificaMetadatiIn,
    response: verificaMetadatiDto,
    handler: async (scope, { body }, ports) => await verifyMetadati(scope, body.contenuti, ports.store),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/metadati/importati',
    permission: 'protocollo.importa',
    summary: 'I file di metadati importati da altri sistemi',
    params,
    query: filtriImportati,
    response: importatiDto,
    handler: async (scope, { query }) => await listImportati(scope, query),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/metadati/importati',
    permission: 'protocollo.importa',
    summary: 'Importa file di metadati di un altro sistema',
    params,
    body: importazioneMetadatiIn,
    response: importatiDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { body, idempotencyKey }, ports) => await importMetadati(scope, body, idempotencyKey, ports.store),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/metadati/importati/:id',
    permission: 'protocollo.importa',
    summary: 'Un file di metadati importato con il suo rapporto',
    params: byId,
    response: importatoDto,
    handler: async (scope, { params: { id } }, ports) => await readImportato(scope, id, ports.store),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/metadati/importati/:id/file',
    permission: 'protocollo.importa',
    summary: 'Il file di metadati come è arrivato',
    params: byId,
    response: 'file',
    handler: async (scope, { params: { id } }, ports) => await openImportato(scope, id, ports.store),
  }),
]
