import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import type { Endpoint } from '../../kernel/endpoint.ts'
import { nuovaClassificazioneIn } from '../schema.ts'
import {
  conteggiAssegnazioniDto,
  esitoGruppoDto,
  gruppoIn,
  lavoroAssegnazioneDto,
  nuovaAssegnazioneIn,
  riassegnazioneGruppoIn,
  rifiutoIn,
  ulterioreArrivoDto,
  ulterioreArrivoIn,
  visteAssegnazioni,
} from '../schema/lavoro.ts'
import { linkArrivo, listArrivi } from '../service/arrivi.ts'
import { assignRegistrazione, markVista, reassignGruppo, refuseAssegnazione, takeGruppo, takeInCarico } from '../service/assign.ts'
import { reclassifyRegistrazione } from '../service/classify.ts'
import { countAssegnazioni, listAssegnazioni } from '../service/worklist.ts'

const ente = z.string()
const byId = z.object({ ente, id: z.uuid() })

const listEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/assegnazioni',
    permission: 'assegnazioni.leggi',
    summary: 'Il lavoro dei miei uffici',
    params: z.object({ ente }),
    query: z.object({
      vista: z.enum(visteAssegnazioni).default('da-prendere-in-carico'),
      pagina: z.coerce.number().int().min(1).default(1),
      perPagina: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({ elementi: z.array(lavoroAssegnazioneDto), totale: z.number() }),
    handler: async (scope, { query }) => await listAssegnazioni(scope, query.vista, query.pagina, query.perPagina),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/assegnazioni/conteggi',
    permission: 'assegnazioni.leggi',
    summary: 'Quanti documenti ha ogni vista del mio lavoro',
    params: z.object({ ente }),
    response: conteggiAssegnazioniDto,
    handler: async (scope) => await countAssegnazioni(scope),
  }),
]

const workEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/assegnazioni/presa-in-carico',
    permission: 'assegnazioni.lavora',
    summary: 'Prendi in carico più documenti',
    params: z.object({ ente }),
    body: gruppoIn,
    response: esitoGruppoDto,
    handler: async (scope, { body }) => await takeGruppo(scope, body.ids),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/assegnazioni/riassegnazione',
    permission: 'protocollo.assegna',
    summary: 'Assegna più documenti a un ufficio o a una persona',
    params: z.object({ ente }),
    body: riassegnazioneGruppoIn,
    response: esitoGruppoDto,
    handler: async (scope, { body }) => await reassignGruppo(scope, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/assegnazioni/:id/presa-in-carico',
    permission: 'assegnazioni.lavora',
    summary: 'Prendi in carico',
    params: byId,
    response: 'nothing',
    handler: async (scope, { params }) => await takeInCarico(scope, params.id),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/assegnazioni/:id/visto',
    permission: 'assegnazioni.lavora',
    summary: 'Segna come visto un documento ricevuto per conoscenza',
    params: byId,
    response: 'nothing',
    handler: async (scope, { params }) => await markVista(scope, params.id),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/assegnazioni/:id/rifiuto',
    permission: 'assegnazioni.lavora',
    summary: 'Rifiuta l’assegnazione con un motivo',
    params: byId,
    body: rifiutoIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await refuseAssegnazione(scope, params.id, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/registrazioni/:id/assegnazioni',
    permission: 'protocollo.assegna',
    summary: 'Assegna o riassegna una registrazione',
    params: byId,
    body: nuovaAssegnazioneIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await assignRegistrazione(scope, params.id, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/registrazioni/:id/classificazione',
    permission: 'protocollo.classifica',
    summary: 'Cambia la classificazione, con storia',
    params: byId,
    body: nuovaClassificazioneIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await reclassifyRegistrazione(scope, params.id, body),
  }),
]

const arrivalEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni/:id/arrivi',
    permission: 'protocollo.leggi',
    summary: 'Gli altri arrivi dello stesso documento',
    params: byId,
    response: z.array(ulterioreArrivoDto),
    handler: async (scope, { params }) => await listArrivi(scope, params.id),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/registrazioni/:id/arrivi',
    permission: 'protocollo.registra',
    summary: 'Collega un altro arrivo dello stesso documento, senza un nuovo numero',
    params: byId,
    body: ulterioreArrivoIn,
    response: ulterioreArrivoDto,
    status: 201,
    handler: async (scope, { params, body }) => await linkArrivo(scope, params.id, body),
  }),
]

/** Assignments, second arrivals. */
export const lavoroEndpoints: readonly Endpoint[] = [...listEndpoints, ...workEndpoints, ...arrivalEndpoints]
