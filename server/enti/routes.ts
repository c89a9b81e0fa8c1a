import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { readCalendario, saveCalendario } from './calendario-aoo.ts'
import { isProfilo } from './rules.ts'
import { listOperatori, listUffici } from './repository.ts'
import { aspettoEnte, calendarioDto, enteCabinaDto, enteParams, nuovoCalendario, nuovoEnte, operatoreDto, ufficioDto } from './schema.ts'
import { changeAspetto, createEnte, readCabina } from './service.ts'

export const entiEndpoints = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/uffici',
    permission: 'organizzazione.leggi',
    summary: 'Uffici in vigore dell’ente',
    response: z.array(ufficioDto),
    handler: async (scope) => await listUffici(scope),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/operatori',
    permission: 'organizzazione.leggi',
    summary: 'Persone con un incarico in vigore nell’ente',
    response: z.array(operatoreDto),
    handler: async (scope) => (await listOperatori(scope)).map((o) => ({ ...o, profili: o.profili.filter(isProfilo) })),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/calendario',
    permission: 'registro.leggi',
    summary: 'Giorni lavorativi dell’area organizzativa: festività nazionali, santo patrono, giorni particolari',
    params: enteParams,
    query: z.object({ aooId: z.uuid().optional() }),
    response: calendarioDto,
    handler: async (scope, { query }) => await readCalendario(scope, query.aooId),
  }),
  endpoint({
    method: 'PUT',
    path: '/api/v1/:ente/calendario',
    permission: 'registro.gestisci',
    summary: 'Configura santo patrono e giorni particolari dell’area organizzativa',
    params: enteParams,
    query: z.object({ aooId: z.uuid().optional() }),
    body: nuovoCalendario,
    response: calendarioDto,
    handler: async (scope, { body, query }) => await saveCalendario(scope, body, query.aooId),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/cabina/enti',
    permission: 'sia.configura',
    summary: 'Stato degli enti associati, senza alcun contenuto',
    response: z.array(enteCabinaDto),
    handler: async (scope) => await readCabina(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/cabina/enti',
    permission: 'sia.configura',
    summary: 'Aggiunge un ente con la sua area organizzativa e il protocollo generale',
    body: nuovoEnte,
    response: enteCabinaDto,
    status: 201,
    handler: async (scope, { body }) => await createEnte(scope, body),
  }),
  endpoint({
    method: 'PATCH',
    path: '/api/v1/cabina/enti/:ente',
    permission: 'sia.configura',
    summary: 'Cambia denominazione o tavolozza di un ente',
    params: enteParams,
    body: aspettoEnte,
    response: enteCabinaDto,
    handler: async (scope, { body }) => await changeAspetto(scope, body),
  }),
]
