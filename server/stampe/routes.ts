import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { stampeFascicolo } from './fascicolo.ts'
import { startStampaFascicolo } from './lavoro.ts'
import { elencoIn, formatiEtichetta, formatiRicevuta, impostazioniDto, impostazioniIn, periodoIn } from './schema.ts'
import {
  changeImpostazioni,
  openRicevutaEmessa,
  printElenco,
  printEtichette,
  printFascicolo,
  printProva,
  printRegistro,
  printRicevuta,
  readImpostazioni,
} from './service.ts'

const ente = z.string()
const byId = z.object({ ente, id: z.uuid() })
const inline = z.literal('1').optional()
const formatoRicevuta = z.enum(formatiRicevuta, 'Il formato della ricevuta è A5 o A4.').optional()
const formatoEtichetta = z.enum(formatiEtichetta, 'Il formato dell’etichetta è 62x29 o 50x25.').optional()

const registrazioneEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni/:id/ricevuta.pdf',
    permission: 'stampe.leggi',
    summary: 'La ricevuta di una registrazione; ogni stampa resta tracciata',
    params: byId,
    query: z.object({ formato: formatoRicevuta, inline }),
    response: 'file',
    handler: async (scope, { params, query }, ports) => await printRicevuta(scope, params.id, query.formato, ports),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni/:id/ricevuta-emessa.pdf',
    permission: 'stampe.leggi',
    summary: 'La ricevuta emessa automaticamente per un’istanza arrivata per via telematica',
    params: byId,
    query: z.object({ inline }),
    response: 'file',
    handler: async (scope, { params }, ports) => await openRicevutaEmessa(scope, params.id, ports),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni/:id/etichetta.pdf',
    permission: 'stampe.leggi',
    summary: 'L’etichetta di una registrazione, in millimetri reali; ogni stampa resta tracciata',
    params: byId,
    query: z.object({ formato: formatoEtichetta, inline }),
    response: 'file',
    handler: async (scope, { params, query }, ports) => await printEtichette(scope, [params.id], query.formato, ports),
  }),
]

const elencoEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/stampe/etichette',
    permission: 'stampe.leggi',
    summary: 'Le etichette di più registrazioni, una per pagina',
    params: z.object({ ente }),
    query: z.object({ formato: formatoEtichetta, inline }),
    body: elencoIn,
    response: 'file',
    handler: async (scope, { body, query }, ports) => await printEtichette(scope, body.registrazioni, query.formato, ports),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/stampe/elenco',
    permission: 'stampe.leggi',
    summary: 'L’elenco delle registrazioni scelte',
    params: z.object({ ente }),
    body: elencoIn,
    response: 'file',
    handler: async (scope, { body }, ports) => await printElenco(scope, body.registrazioni, ports),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/stampe/registro.pdf',
    permission: 'stampe.leggi',
    summary: 'Il registro di un periodo, annullate barrate e riservate senza contenuto',
    params: z.object({ ente }),
    query: periodoIn,
    response: 'file',
    handler: async (scope, { query }, ports) => await printRegistro(scope, query, ports),
  }),
  ...stampeFascicolo.map((tipo) =>
    endpoint({
      method: 'GET',
      path: `/api/v1/:ente/fascicoli/:id/${tipo}.pdf`,
      permission: 'fascicoli.leggi',
      summary: tipo === 'indice' ? 'L’indice di un fascicolo' : 'Il frontespizio di un fascicolo, con l’indice dei documenti',
      params: z.object({ ente, id: z.string() }),
      query: z.object({ inline }),
      response: 'file',
      handler: async (scope, { params }, ports) => await printFascicolo(scope, params.id, tipo, ports),
    }),
  ),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/stampe',
    permission: 'fascicoli.leggi',
    summary: 'Prepara indice o frontespizio di un fascicolo grande: il file si trova nei lavori',
    params: z.object({ ente, id: z.string() }),
    body: z.object({ tipo: z.enum(stampeFascicolo, 'Scegli indice o frontespizio.') }),
    response: z.object({ lavoro: z.uuid() }),
    status: 202,
    handler: async (scope, { params, body }) => ({ lavoro: await startStampaFascicolo(scope, params.id, body.tipo) }),
  }),
]

const impostazioniEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/stampe/impostazioni',
    permission: 'stampe.leggi',
    summary: 'Formati di ricevuta ed etichetta e testi della comunicazione di avvio',
    params: z.object({ ente }),
    response: impostazioniDto,
    handler: async (scope) => await readImpostazioni(scope),
  }),
  endpoint({
    method: 'PUT',
    path: '/api/v1/:ente/stampe/impostazioni',
    permission: 'stampe.configura',
    summary: 'Cambia formati e testi delle stampe dell’ente',
    params: z.object({ ente }),
    body: impostazioniIn,
    response: impostazioniDto,
    handler: async (scope, { body }) => await changeImpostazioni(scope, body),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/stampe/etichetta-di-prova.pdf',
    permission: 'stampe.configura',
    summary: 'Un’etichetta con dati inventati per provare stampante e carta',
    params: z.object({ ente }),
    query: z.object({ formato: z.enum(formatiEtichetta).default('62x29'), inline }),
    response: 'file',
    handler: async (scope, { query }, ports) => await printProva(scope, query.formato, ports),
  }),
]

/** Endpoints of the prints. */
export const stampeEndpoints: readonly Endpoint[] = [...registrazioneEndpoints, ...elencoEndpoints, ...impostazioniEndpoints]
