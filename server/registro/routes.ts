import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import {
  elencoRegistriDto,
  esportazioneQuery,
  filtriRegistri,
  firmaRegistroIn,
  fineInterruzioneIn,
  impostazioniDto,
  impostazioniIn,
  interruzioneDto,
  interruzioneIn,
  registroDettaglioDto,
  rigenerazioneIn,
} from './schema.ts'
import { provaRipristinoDto, provaRipristinoIn, proveRipristinoDto } from './schema/prove.ts'
import { exportRegistro } from './service/export.ts'
import { signRegistro } from './service/firma.ts'
import { readImpostazioni, saveImpostazioni } from './service/impostazioni.ts'
import { closeInterruzione, listInterruzioni, recordInterruzione } from './service/interruzioni.ts'
import { listProve, recordProva } from './service/prove.ts'
import { listRegistri, openConsultazione, openParte, readRegistro, regenerateRegistro } from './service/read.ts'

const ente = z.object({ ente: z.string() })
const byId = z.object({ ente: z.string(), id: z.uuid() })
const ofRegistro = z.object({ registroId: z.uuid().optional() })

const parti = [
  ['registro.pdf', 'pdf', 'Il registro come prodotto e conservato (PDF con l’XML dentro)'],
  ['registro.xml', 'xml', 'Il registro in XML, sigillato se l’ente sigilla'],
  ['righe.txt', 'righe', 'Le righe del registro con la catena delle impronte'],
  ['giorno.json', 'giorno', 'L’intestazione del giorno con l’impronta del giorno precedente'],
] as const

/** Daily registers: the person mostly looks. */
export const registroEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registri-giornalieri',
    permission: 'registro.leggi',
    summary: 'I registri giornalieri e annuali di un periodo con lo stato della conservazione, e gli avvisi aperti',
    params: ente,
    query: filtriRegistri,
    response: elencoRegistriDto,
    handler: async (scope, { query }) => await listRegistri(scope, query),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registri-giornalieri/impostazioni',
    permission: 'registro.leggi',
    summary: 'Come si producono i registri giornalieri',
    params: ente,
    query: ofRegistro,
    response: impostazioniDto,
    handler: async (scope, { query }) => await readImpostazioni(scope, query.registroId),
  }),
  endpoint({
    method: 'PUT',
    path: '/api/v1/:ente/registri-giornalieri/impostazioni',
    permission: 'registro.gestisci',
    summary: 'Configura sottoscrizione, giorni senza registrazioni, registro annuale e classificazione',
    params: ente,
    query: ofRegistro,
    body: impostazioniIn,
    response: impostazioniDto,
    handler: async (scope, { body, query }) => await saveImpostazioni(scope, body, query.registroId),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registri-giornalieri/esportazione.zip',
    permission: 'registro.gestisci',
    summary: 'Il registro di un periodo in file semplici con il programma di verifica',
    params: ente,
    query: esportazioneQuery,
    response: 'file',
    handler: async (scope, { query }, ports) => await exportRegistro(scope, { ...query, conPdf: query.conPdf === 'si' }, ports.store),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registri-giornalieri/:id',
    permission: 'registro.leggi',
    summary: 'Un registro giornaliero con la sua strada e gli atti su numeri di giorni precedenti',
    params: byId,
    response: registroDettaglioDto,
    handler: async (scope, { params }, ports) => await readRegistro(scope, params.id, ports),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registri-giornalieri/:id/consultazione.pdf',
    permission: 'registro.leggi',
    summary: 'La copia per la consultazione: le registrazioni riservate mostrano solo numero e data',
    params: byId,
    response: 'file',
    handler: async (scope, { params }, ports) => await openConsultazione(scope, params.id, ports),
  }),
  ...parti.map(([nome, parte, summary]) =>
    endpoint({
      method: 'GET',
      path: `/api/v1/:ente/registri-giornalieri/:id/${nome}`,
      permission: 'registro.leggi',
      summary,
      params: byId,
      response: 'file',
      handler: async (scope, { params }, ports) => await openParte(scope, params.id, parte, ports.store),
    }),
  ),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/registri-giornalieri/:id/versioni',
    permission: 'registro.gestisci',
    summary: 'Rigenera il registro: una nuova versione accanto alla prima, con il motivo',
    params: byId,
    body: rigenerazioneIn,
    response: registroDettaglioDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { params, body, idempotencyKey }, ports) =>
      await regenerateRegistro(scope, params.id, body.motivo, idempotencyKey, ports),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/registri-giornalieri/:id/firma',
    permission: 'registro.gestisci',
    summary: 'Carica il PDF del registro firmato dal responsabile della gestione documentale: poi parte per la conservazione',
    params: byId,
    body: firmaRegistroIn,
    response: registroDettaglioDto,
    idempotent: true,
    handler: async (scope, { params, body, idempotencyKey }, ports) => {
      await signRegistro(scope, params.id, body.contenutoId, idempotencyKey, ports.store)
      return await readRegistro(scope, params.id, ports)
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/interruzioni',
    permission: 'registro.leggi',
    summary: 'Le interruzioni del servizio con inizio, fine e causa',
    params: ente,
    response: z.array(interruzioneDto),
    handler: async (scope) => await listInterruzioni(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/interruzioni',
    permission: 'registro.gestisci',
    summary: 'Registra un’interruzione del servizio',
    params: ente,
    body: interruzioneIn,
    response: interruzioneDto,
    status: 201,
    handler: async (scope, { body }) => await recordInterruzione(scope, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/interruzioni/:id/fine',
    permission: 'registro.gestisci',
    summary: 'Registra la fine di un’interruzione e il rimedio',
    params: byId,
    body: fineInterruzioneIn,
    response: interruzioneDto,
    handler: async (scope, { params, body }) => await closeInterruzione(scope, params.id, body),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/prove-ripristino',
    permission: 'registro.leggi',
    summary: 'Le prove di ripristino con il loro esito, e se ne è dovuta una',
    params: ente,
    response: proveRipristinoDto,
    handler: async (scope) => await listProve(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/prove-ripristino',
    permission: 'registro.gestisci',
    summary: 'Registra l’esito di una verifica di ripristino, confrontata con l’ultimo registro giornaliero in conservazione',
    params: ente,
    body: provaRipristinoIn,
    response: provaRipristinoDto,
    status: 201,
    handler: async (scope, { body }) => await recordProva(scope, body),
  }),
]
