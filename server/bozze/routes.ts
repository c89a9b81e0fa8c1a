import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { inReadTransaction } from '../kernel/scope.ts'
import { registrazioneDto } from '../protocollo/index.ts'
import { valoriDi } from './modello/campi.ts'
import { presentCampi } from './presenter.ts'
import {
  alProtocolloIn,
  bozzaDto,
  campoDto,
  elencoIn,
  filtriBozze,
  firmaIn,
  modelloDto,
  modificaBozza,
  nuovaBozza,
  nuovoModello,
  rigaBozzaDto,
  scartoBozzaIn,
  unioneDto,
  verificaDestinatariDto,
  verificaUnioneDto,
  versioneIn,
} from './schema.ts'
import { createBozza, findVisibleBozza, readBozza, readBozze, saveBozza } from './service/draft.ts'
import { loadFatti } from './service/fatti.ts'
import { attachFirmato } from './service/firma.ts'
import { openBozzaFile, prepareDocumento, previewBozza } from './service/forma.ts'
import { readModelli, readModello, saveModello } from './service/modelli.ts'
import { registerBozza } from './service/registra.ts'
import { checkDestinatari, checkUnione, readUnioni, startUnione, stopUnione } from './service/unione.ts'
import { discardBozza, restoreBozza, resumeBozza, sendAlProtocollo } from './service/passi.ts'

const ente = z.string()
const byId = z.object({ ente, id: z.uuid() })
const inline = z.object({ inline: z.literal('1').optional() })

const draftEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/bozze',
    permission: 'bozze.lavora',
    summary: 'Le bozze di una vista',
    params: z.object({ ente }),
    query: filtriBozze,
    response: z.object({ elementi: z.array(rigaBozzaDto), totale: z.number() }),
    handler: async (scope, { query }) => await readBozze(scope, query),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/bozze',
    permission: 'bozze.lavora',
    summary: 'Comincia una bozza, anche in risposta a una registrazione o copiandola',
    params: z.object({ ente }),
    body: nuovaBozza,
    response: bozzaDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { body, idempotencyKey }) => await createBozza(scope, body, idempotencyKey),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/bozze/:id',
    permission: 'bozze.lavora',
    summary: 'Una bozza',
    params: byId,
    response: bozzaDto,
    handler: async (scope, { params }) => await readBozza(scope, params.id),
  }),
  endpoint({
    method: 'PUT',
    path: '/api/v1/:ente/bozze/:id',
    permission: 'bozze.lavora',
    summary: 'Salva una bozza nella versione che hai visto',
    params: byId,
    body: modificaBozza,
    response: bozzaDto,
    handler: async (scope, { params, body }) => await saveBozza(scope, params.id, body),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/bozze/:id/campi',
    permission: 'bozze.lavora',
    summary: 'I campi che il testo può usare, con il loro valore in questa bozza',
    params: byId,
    response: z.array(campoDto),
    handler: async (scope, { params }) =>
      await inReadTransaction(scope, async (s) => presentCampi(valoriDi(await loadFatti(s, await findVisibleBozza(s, params.id))))),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/bozze/:id/anteprima',
    permission: 'bozze.lavora',
    summary: 'Il documento come sarebbe adesso',
    params: byId,
    query: inline,
    response: 'file',
    handler: async (scope, { params }, ports) => await previewBozza(scope, params.id, ports),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/bozze/:id/file/:contenutoId',
    permission: 'bozze.lavora',
    summary: 'Un file della bozza: il documento preparato, quello firmato, gli allegati',
    params: byId.extend({ contenutoId: z.uuid() }),
    query: inline,
    response: 'file',
    handler: async (scope, { params }, ports) => await openBozzaFile(scope, params.id, params.contenutoId, ports),
  }),
]

const stepEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/bozze/:id/documento',
    permission: 'bozze.lavora',
    summary: 'Prepara il documento: da qui in poi il testo non cambia',
    params: byId,
    body: versioneIn.extend({ formato: z.enum(['PDF', 'ORIGINALE']).default('PDF') }),
    response: bozzaDto,
    handler: async (scope, { params, body }, ports) => await prepareDocumento(scope, params.id, body, ports),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/bozze/:id/firma',
    permission: 'bozze.lavora',
    summary: 'Carica il documento firmato con il tuo dispositivo',
    params: byId,
    body: firmaIn,
    response: bozzaDto,
    handler: async (scope, { params, body }, ports) => await attachFirmato(scope, params.id, body, ports.store),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/bozze/:id/ripresa',
    permission: 'bozze.lavora',
    summary: 'Riprendi la bozza in lavorazione',
    params: byId,
    body: versioneIn,
    response: bozzaDto,
    handler: async (scope, { params, body }) => await resumeBozza(scope, params.id, body.versione),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/bozze/:id/al-protocollo',
    permission: 'bozze.lavora',
    summary: 'Invia la bozza al protocollo',
    params: byId,
    body: alProtocolloIn,
    response: bozzaDto,
    handler: async (scope, { params, body }) => await sendAlProtocollo(scope, params.id, body.versione, body.nota),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/bozze/:id/scarto',
    permission: 'bozze.lavora',
    summary: 'Scarta la bozza, con il motivo',
    params: byId,
    body: scartoBozzaIn,
    response: bozzaDto,
    handler: async (scope, { params, body }) => await discardBozza(scope, params.id, body.versione, body.motivo),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/bozze/:id/ripristino',
    permission: 'bozze.lavora',
    summary: 'Ripristina una bozza scartata',
    params: byId,
    body: versioneIn,
    response: bozzaDto,
    handler: async (scope, { params, body }) => await restoreBozza(scope, params.id, body.versione),
  }),
]

const registerEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/bozze/:id/registrazione',
    permission: 'bozze.lavora',
    summary: 'Protocolla la bozza: il numero nasce adesso',
    params: byId,
    body: versioneIn,
    response: registrazioneDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { params, body, idempotencyKey }, ports) =>
      await registerBozza(scope, params.id, body.versione, idempotencyKey, ports),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/destinatari/verifica',
    permission: 'bozze.lavora',
    summary: 'Controlla un elenco di destinatari, riga per riga',
    params: z.object({ ente }),
    body: elencoIn,
    response: verificaDestinatariDto,
    handler: async (_scope, { body }) =>
      await Promise.resolve(
        checkDestinatari(body.testo).map(({ riga, nome, destinatario, errori }) => ({ riga, nome, destinatario, errori: [...errori] })),
      ),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/bozze/:id/unione/verifica',
    permission: 'bozze.lavora',
    summary: 'Controlla una stampa unione senza protocollare nulla',
    params: byId,
    body: elencoIn,
    response: verificaUnioneDto,
    handler: async (scope, { params, body }) => await checkUnione(scope, params.id, body.testo),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/bozze/:id/unione',
    permission: 'bozze.lavora',
    summary: 'Protocolla una lettera per ogni destinatario dell’elenco',
    params: byId,
    body: elencoIn,
    response: unioneDto,
    status: 202,
    idempotent: true,
    handler: async (scope, { params, body, idempotencyKey }) => await startUnione(scope, params.id, body.testo, idempotencyKey),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/bozze/:id/unioni',
    permission: 'bozze.lavora',
    summary: 'Le stampe unione di una bozza, con il loro avanzamento',
    params: byId,
    response: z.array(unioneDto),
    handler: async (scope, { params }) => await readUnioni(scope, params.id),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/unioni/:id/interruzione',
    permission: 'bozze.lavora',
    summary: 'Interrompi una stampa unione',
    params: byId,
    response: unioneDto,
    handler: async (scope, { params }) => await stopUnione(scope, params.id),
  }),
]

const modelEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/modelli',
    permission: 'bozze.lavora',
    summary: 'I modelli dei documenti e i campi che possono usare',
    params: z.object({ ente }),
    query: z.object({ tutti: z.literal('1').optional() }),
    response: z.object({ modelli: z.array(modelloDto), campi: z.array(campoDto) }),
    handler: async (scope, { query }) => ({ modelli: await readModelli(scope, query.tutti === '1'), campi: presentCampi({}) }),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/modelli/:id',
    permission: 'bozze.lavora',
    summary: 'Un modello',
    params: byId,
    response: modelloDto,
    handler: async (scope, { params }) => await readModello(scope, params.id),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/modelli',
    permission: 'bozze.lavora',
    summary: 'Scrivi un modello nuovo',
    params: z.object({ ente }),
    body: nuovoModello,
    response: modelloDto,
    status: 201,
    handler: async (scope, { body }, ports) => await saveModello(scope, body, ports.store),
  }),
  endpoint({
    method: 'PUT',
    path: '/api/v1/:ente/modelli/:id',
    permission: 'bozze.lavora',
    summary: 'Modifica un modello nella versione che hai visto',
    params: byId,
    body: z.object({ versione: z.number().int(), modello: nuovoModello }),
    response: modelloDto,
    handler: async (scope, { params, body }, ports) =>
      await saveModello(scope, { ...body.modello, id: params.id, versione: body.versione }, ports.store),
  }),
]

/** Endpoints of templates and drafts. */
export const bozzeEndpoints: readonly Endpoint[] = [...modelEndpoints, ...draftEndpoints, ...stepEndpoints, ...registerEndpoints]
