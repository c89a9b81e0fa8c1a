import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { findRecenti, findSalvate, forgetRecenti, rememberRicerca, removeSalvata, saveRicerca } from './salvate.ts'
import { ambitiSalvati, filtriRicerca, ricercaSalvataDto, ricercaSalvataIn, risultatiDto, suggerimentiDto } from './schema.ts'
import { searchRegistrazioni } from './service/cerca.ts'
import { suggestRicerca } from './service/suggerisci.ts'

const ente = z.string()

export const cercaEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/ricerca',
    permission: 'ricerca.usa',
    summary: 'Cerca nel registro e nei documenti che puoi leggere',
    params: z.object({ ente }),
    query: filtriRicerca,
    response: risultatiDto,
    handler: async (scope, { query }, ports) => await searchRegistrazioni(scope, query, ports.motoreRicerca),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/ricerca/suggerimenti',
    permission: 'ricerca.usa',
    summary: 'Completa quello che stai scrivendo',
    params: z.object({ ente }),
    query: z.object({ q: z.string().max(200).default('') }),
    response: suggerimentiDto,
    handler: async (scope, { query }) => await suggestRicerca(scope, query.q),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/ricerca/recenti',
    permission: 'ricerca.usa',
    summary: 'Le mie ultime ricerche',
    params: z.object({ ente }),
    response: z.object({ elementi: z.array(z.string()) }),
    handler: async (scope) => ({ elementi: await findRecenti(scope, '', 20) }),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/ricerca/recenti',
    permission: 'ricerca.usa',
    summary: 'Ricorda una ricerca',
    params: z.object({ ente }),
    body: z.object({ domanda: z.string().max(500) }),
    response: 'nothing',
    handler: async (scope, { body }) => await rememberRicerca(scope, body.domanda),
  }),
  endpoint({
    method: 'DELETE',
    path: '/api/v1/:ente/ricerca/recenti',
    permission: 'ricerca.usa',
    summary: 'Dimentica le mie ultime ricerche',
    params: z.object({ ente }),
    response: 'nothing',
    handler: async (scope) => await forgetRecenti(scope),
  }),
]

export const salvateEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/ricerche-salvate',
    permission: 'ricerca.usa',
    summary: 'Ricerche e viste salvate, mie e dei miei uffici',
    params: z.object({ ente }),
    query: z.object({ ambito: z.enum(ambitiSalvati).optional() }),
    response: z.object({ elementi: z.array(ricercaSalvataDto) }),
    handler: async (scope, { query }) => ({ elementi: await findSalvate(scope, query.ambito ?? null) }),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/ricerche-salvate',
    permission: 'ricerca.usa',
    summary: 'Salva una ricerca o una vista',
    params: z.object({ ente }),
    body: ricercaSalvataIn,
    response: ricercaSalvataDto,
    status: 201,
    handler: async (scope, { body }) => await saveRicerca(scope, body),
  }),
  endpoint({
    method: 'DELETE',
    path: '/api/v1/:ente/ricerche-salvate/:id',
    permission: 'ricerca.usa',
    summary: 'Togli una ricerca salvata',
    params: z.object({ ente, id: z.uuid() }),
    response: 'nothing',
    handler: async (scope, { params }) => await removeSalvata(scope, params.id),
  }),
]
