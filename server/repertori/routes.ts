import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import {
  alboDto,
  annullamentoDto,
  decisioneIn,
  estrazioneDto,
  estrazioneIn,
  filtriRighe,
  modificaRepertorio,
  motivoIn,
  nuovaPubblicazione,
  nuovaRiga,
  nuovoRepertorio,
  pubblicazioneDto,
  repertorioDto,
  rigaCompletaDto,
  rigaDto,
  trasmissioneIn,
} from './schema.ts'
import { decideAnnullamento, linkTrasmissione, listRichieste, requestAnnullamento } from './service/annul.ts'
import { adoptPredefiniti, createRepertorio, listRepertori, updateRepertorio } from './service/configure.ts'
import { extractPeriodo, listEstrazioni, openEstrazione } from './service/extract.ts'
import { listPubblicazioni, openAlboFile, openRelata, publishRiga, readAlbo, withdrawPubblicazione } from './service/publish.ts'
import { listRighe, openRigaFile, presentRigaById, readRiga } from './service/read.ts'
import { registerRiga } from './service/register.ts'

const params = z.object({ ente: z.string() })
const byId = params.extend({ id: z.uuid() })
const byFile = byId.extend({ fileId: z.uuid() })
const inline = z.object({ inline: z.literal('1').optional() })
const root = '/api/v1/:ente/repertori'

const configurationEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: root,
    permission: 'repertori.leggi',
    summary: 'I registri particolari e i repertori dell’ente',
    params,
    response: z.object({ elementi: z.array(repertorioDto) }),
    handler: async (scope) => ({ elementi: await listRepertori(scope) }),
  }),
  endpoint({
    method: 'POST',
    path: root,
    permission: 'repertori.configura',
    summary: 'Istituisci un repertorio',
    params,
    body: nuovoRepertorio,
    response: repertorioDto,
    status: 201,
    handler: async (scope, { body }) => await createRepertorio(scope, body),
  }),
  endpoint({
    method: 'POST',
    path: `${root}/predefiniti`,
    permission: 'repertori.configura',
    summary: 'Aggiungi i repertori predefiniti che mancano',
    params,
    response: z.object({ aggiunti: z.number() }),
    handler: async (scope) => await adoptPredefiniti(scope),
  }),
  endpoint({
    method: 'PATCH',
    path: `${root}/:id`,
    permission: 'repertori.configura',
    summary: 'Cambia la configurazione di un repertorio',
    params: byId,
    body: modificaRepertorio,
    response: repertorioDto,
    handler: async (scope, { params: p, body }) => await updateRepertorio(scope, p.id, body),
  }),
  endpoint({
    method: 'GET',
    path: `${root}/:id/estrazioni`,
    permission: 'repertori.configura',
    summary: 'Le estrazioni statiche di un repertorio',
    params: byId,
    response: z.object({ elementi: z.array(estrazioneDto) }),
    handler: async (scope, { params: p }) => ({ elementi: await listEstrazioni(scope, p.id) }),
  }),
  endpoint({
    method: 'POST',
    path: `${root}/:id/estrazioni`,
    permission: 'repertori.configura',
    summary: 'Congela le righe di un periodo concluso',
    params: byId,
    body: estrazioneIn,
    response: 'nothing',
    handler: async (scope, { params: p, body }) => await extractPeriodo(scope, p.id, body.dal, body.al),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/estrazioni-repertorio/:id/file',
    permission: 'repertori.configura',
    summary: 'Il testo congelato di un’estrazione',
    params: byId,
    response: 'file',
    handler: async (scope, { params: p }) => await openEstrazione(scope, p.id),
  }),
]

const rowEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: `${root}/:id/righe`,
    permission: 'repertori.leggi',
    summary: 'Le registrazioni di un repertorio, dalla più recente',
    params: byId,
    query: filtriRighe,
    response: z.object({ elementi: z.array(rigaDto), totale: z.number() }),
    handler: async (scope, { params: p, query }) => await listRighe(scope, p.id, query),
  }),
  endpoint({
    method: 'POST',
    path: `${root}/:id/righe`,
    permission: 'repertori.registra',
    summary: 'Registra un documento nel repertorio',
    params: byId,
    body: nuovaRiga,
    response: rigaCompletaDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { params: p, body, idempotencyKey }) =>
      await presentRigaById(scope, (await registerRiga(scope, p.id, body, idempotencyKey)).id),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/righe-repertorio/:id',
    permission: 'repertori.leggi',
    summary: 'Una registrazione di repertorio',
    params: byId,
    response: rigaCompletaDto,
    handler: async (scope, { params: p }) => await readRiga(scope, p.id),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/righe-repertorio/:id/file/:fileId',
    permission: 'documenti.leggi',
    summary: 'Un file di una registrazione di repertorio',
    params: byFile,
    query: inline,
    response: 'file',
    handler: async (scope, { params: p }, ports) => await openRigaFile(scope, p.id, p.fileId, ports.store),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/righe-repertorio/:id/annullamento',
    permission: 'annullamenti.richiedi',
    summary: 'Chiedi l’annullamento di una registrazione di repertorio',
    params: byId,
    body: motivoIn,
    response: 'nothing',
    handler: async (scope, { params: p, body }) => await requestAnnullamento(scope, p.id, body.motivo),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/annullamenti-repertorio',
    permission: 'annullamenti.autorizza',
    summary: 'Le richieste di annullamento dei repertori da decidere',
    params,
    response: z.object({ elementi: z.array(annullamentoDto.extend({ riga: rigaDto })) }),
    handler: async (scope) => ({ elementi: await listRichieste(scope) }),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/annullamenti-repertorio/:id/decisione',
    permission: 'annullamenti.autorizza',
    summary: 'Autorizza o rifiuta l’annullamento di una registrazione di repertorio',
    params: byId,
    body: decisioneIn,
    response: 'nothing',
    handler: async (scope, { params: p, body }) => await decideAnnullamento(scope, p.id, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/righe-repertorio/:id/trasmissioni',
    permission: 'repertori.registra',
    summary: 'Collega l’atto alla lettera protocollata che lo trasmette',
    params: byId,
    body: trasmissioneIn,
    response: 'nothing',
    handler: async (scope, { params: p, body }) => await linkTrasmissione(scope, p.id, body.registrazioneId),
  }),
]

const alboEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/righe-repertorio/:id/pubblicazione',
    permission: 'albo.pubblica',
    summary: 'Pubblica un atto all’albo pretorio',
    params: byId,
    body: nuovaPubblicazione,
    response: pubblicazioneDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { params: p, body, idempotencyKey }) => await publishRiga(scope, p.id, body, idempotencyKey),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/pubblicazioni',
    permission: 'repertori.leggi',
    summary: 'Le pubblicazioni all’albo',
    params,
    response: z.object({ elementi: z.array(pubblicazioneDto) }),
    handler: async (scope) => ({ elementi: await listPubblicazioni(scope) }),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/pubblicazioni/:id/ritiro',
    permission: 'albo.pubblica',
    summary: 'Ritira una pubblicazione con il motivo',
    params: byId,
    body: motivoIn,
    response: 'nothing',
    handler: async (scope, { params: p, body }) => await withdrawPubblicazione(scope, p.id, body.motivo),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/pubblicazioni/:id/relata.pdf',
    permission: 'repertori.leggi',
    summary: 'La relata di una pubblicazione conclusa',
    params: byId,
    query: inline,
    response: 'file',
    handler: async (scope, { params: p }, ports) => await openRelata(scope, p.id, ports.store),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/albo',
    permission: 'pubblico',
    summary: 'L’albo pretorio: gli atti in pubblicazione oggi',
    params,
    response: alboDto,
    handler: async (scope) => await readAlbo(scope),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/albo/:id/file/:fileId',
    permission: 'pubblico',
    summary: 'Un file in pubblicazione all’albo pretorio',
    params: byFile,
    query: inline,
    response: 'file',
    handler: async (scope, { params: p }, ports) => await openAlboFile(scope, p.id, p.fileId, ports.store),
  }),
]

/** Endpoints of the repertories and of the albo. */
export const repertoriEndpoints: readonly Endpoint[] = [...configurationEndpoints, ...rowEndpoints, ...alboEndpoints]
