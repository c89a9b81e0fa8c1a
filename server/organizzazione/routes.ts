import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { now, romeDay } from '../kernel/time.ts'
import {
  anteprimaIn,
  aooDto,
  fineIncaricoIn,
  modificaAooIn,
  modificaUfficioIn,
  nuovaAooIn,
  nuovaSostituzioneIn,
  nuovoIncaricoIn,
  nuovoRegistroIn,
  nuovoResponsabileIn,
  nuovoUfficioIn,
  personaDto,
  responsabiliDto,
  riorganizzazioneDto,
  riorganizzazioneIn,
  sostituzioneDto,
  spostamentiDto,
  ufficioOrganigrammaDto,
} from './schema.ts'
import { changeAoo, createAoo, createRegistro, listAoo } from './service/aoo.ts'
import { changeUfficio, createUfficio, listOrganigramma } from './service/organigramma.ts'
import { createIncarico, endIncarico, listPersone, readResponsabili } from './service/persone.ts'
import { listRiorganizzazioni, previewRiorganizzazione, reorganise, withdrawRiorganizzazione } from './service/riorganizza.ts'
import { createSostituzione, listSostituzioni, revokeSostituzione } from './service/sostituzioni.ts'

const ente = z.string()
const params = z.object({ ente })
const byId = z.object({ ente, id: z.uuid() })
const created = z.object({ id: z.uuid() })
const MANAGE = 'organizzazione.gestisci'

const officeEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/organizzazione/uffici',
    permission: MANAGE,
    summary: 'L’organigramma, anche gli uffici chiusi',
    params,
    response: z.array(ufficioOrganigrammaDto),
    handler: async (scope) => await listOrganigramma(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/organizzazione/uffici',
    permission: MANAGE,
    summary: 'Aggiunge un ufficio',
    params,
    body: nuovoUfficioIn,
    response: created,
    status: 201,
    handler: async (scope, { body }) => await createUfficio(scope, body),
  }),
  endpoint({
    method: 'PATCH',
    path: '/api/v1/:ente/organizzazione/uffici/:id',
    permission: MANAGE,
    summary: 'Cambia nome, posto o indirizzo di un ufficio',
    params: byId,
    body: modificaUfficioIn,
    response: 'nothing',
    handler: async (scope, { params: p, body }) => await changeUfficio(scope, p.id, body),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/organizzazione/riorganizzazioni',
    permission: MANAGE,
    summary: 'Le riorganizzazioni disposte',
    params,
    response: z.array(riorganizzazioneDto),
    handler: async (scope) => await listRiorganizzazioni(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/organizzazione/riorganizzazioni/anteprima',
    permission: MANAGE,
    summary: 'Che cosa si sposterebbe chiudendo un ufficio',
    params,
    body: anteprimaIn,
    response: spostamentiDto,
    handler: async (scope, { body }) => await previewRiorganizzazione(scope, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/organizzazione/riorganizzazioni',
    permission: MANAGE,
    summary: 'Chiude un ufficio e ne sposta il lavoro, in un solo atto',
    params,
    body: riorganizzazioneIn,
    response: riorganizzazioneDto,
    status: 201,
    handler: async (scope, { body }) => await reorganise(scope, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/organizzazione/riorganizzazioni/:id/ritiro',
    permission: MANAGE,
    summary: 'Ritira una riorganizzazione programmata',
    params: byId,
    response: 'nothing',
    handler: async (scope, { params: p }) => await withdrawRiorganizzazione(scope, p.id),
  }),
]

const peopleEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/organizzazione/persone',
    permission: MANAGE,
    summary: 'Le persone con i loro incarichi',
    params,
    response: z.array(personaDto),
    handler: async (scope) => await listPersone(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/organizzazione/incarichi',
    permission: MANAGE,
    summary: 'Conferisce un incarico a una persona',
    params,
    body: nuovoIncaricoIn,
    response: created,
    status: 201,
    handler: async (scope, { body }) => await createIncarico(scope, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/organizzazione/incarichi/:id/fine',
    permission: MANAGE,
    summary: 'Termina un incarico',
    params: byId,
    body: fineIncaricoIn,
    response: 'nothing',
    handler: async (scope, { params: p, body }) => await endIncarico(scope, p.id, body),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/organizzazione/responsabili',
    permission: 'organizzazione.leggi',
    summary: 'Chi risponde del protocollo in un giorno',
    params,
    query: z.object({
      giorno: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/u, 'Scrivi la data come giorno, mese e anno.')
        .optional(),
    }),
    response: responsabiliDto,
    handler: async (scope, { query }) => await readResponsabili(scope, query.giorno ?? romeDay(now())),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/sostituzioni',
    permission: 'organizzazione.leggi',
    summary: 'Le sostituzioni che mi riguardano, o tutte per chi gestisce',
    params,
    response: z.array(sostituzioneDto),
    handler: async (scope) => await listSostituzioni(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/sostituzioni',
    permission: 'organizzazione.leggi',
    summary: 'Dispone una sostituzione o una delega, con le sue date',
    params,
    body: nuovaSostituzioneIn,
    response: z.array(sostituzioneDto),
    status: 201,
    handler: async (scope, { body }) => await createSostituzione(scope, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/sostituzioni/:id/revoca',
    permission: 'organizzazione.leggi',
    summary: 'Revoca una sostituzione',
    params: byId,
    response: 'nothing',
    handler: async (scope, { params: p }) => await revokeSostituzione(scope, p.id),
  }),
]

const aooEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/organizzazione/aoo',
    permission: MANAGE,
    summary: 'Le aree organizzative con registri e caselle',
    params,
    response: z.array(aooDto),
    handler: async (scope) => await listAoo(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/organizzazione/aoo',
    permission: MANAGE,
    summary: 'Aggiunge un’area organizzativa con il suo protocollo generale',
    params,
    body: nuovaAooIn,
    response: z.array(aooDto),
    status: 201,
    handler: async (scope, { body }) => await createAoo(scope, body),
  }),
  endpoint({
    method: 'PATCH',
    path: '/api/v1/:ente/organizzazione/aoo/:id',
    permission: MANAGE,
    summary: 'Cambia i dati di un’area organizzativa',
    params: byId,
    body: modificaAooIn,
    response: z.array(aooDto),
    handler: async (scope, { params: p, body }) => await changeAoo(scope, p.id, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/organizzazione/registri',
    permission: MANAGE,
    summary: 'Apre il protocollo generale di un’area che non lo ha',
    params,
    body: nuovoRegistroIn,
    response: z.array(aooDto),
    status: 201,
    handler: async (scope, { body }) => await createRegistro(scope, body),
  }),
]

/** The association's administrator appoints who will run an ente: without him a new ente would have nobody who can appoint. */
const cabinaEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/cabina/enti/:ente/responsabile',
    permission: 'sia.configura',
    summary: 'Nomina il responsabile della gestione documentale di un ente',
    params,
    body: nuovoResponsabileIn,
    response: created,
    status: 201,
    handler: async (scope, { body }) => await createIncarico(scope, { ...body, profilo: 'responsabileGestioneDocumentale' }),
  }),
]

/** Offices, people, substitutions, AOO and registers. */
export const organizzazioneEndpoints: readonly Endpoint[] = [...officeEndpoints, ...peopleEndpoints, ...aooEndpoints, ...cabinaEndpoints]
