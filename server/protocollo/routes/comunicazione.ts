import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import type { Endpoint } from '../../kernel/endpoint.ts'
import { comunicazioneAnnullamentoDto, comunicazioneApertaDto, invioAnnullamentoIn } from '../schema/comunicazione.ts'
import { listComunicazioniAperte, openAnnullamento, readComunicazione, recordInvioAnnullamento } from '../service/comunicazione.ts'

const params = z.object({ ente: z.string(), id: z.uuid() })

/** The annulment told to the AOO the document came from (REQ-PROT-052). */
export const comunicazioneEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/comunicazioni-annullamento',
    permission: 'annullamenti.autorizza',
    summary: 'Gli annullamenti non ancora comunicati all’amministrazione da cui veniva il documento',
    params: z.object({ ente: z.string() }),
    response: z.object({ elementi: z.array(comunicazioneApertaDto) }),
    handler: async (scope) => ({ elementi: await listComunicazioniAperte(scope) }),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni/:id/comunicazione-annullamento',
    permission: 'protocollo.leggi',
    summary: 'Se e come l’annullamento è stato comunicato all’amministrazione da cui veniva il documento',
    params,
    response: comunicazioneAnnullamentoDto,
    handler: async (scope, { params: { id } }) => await readComunicazione(scope, id),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/registrazioni/:id/comunicazione-annullamento',
    permission: 'annullamenti.autorizza',
    summary: 'Scrive che il messaggio di annullamento è partito, con gli estremi della prova',
    params,
    body: invioAnnullamentoIn,
    response: comunicazioneAnnullamentoDto,
    status: 201,
    handler: async (scope, { params: { id }, body }) => await recordInvioAnnullamento(scope, id, body),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni/:id/annullamento.xml',
    permission: 'documenti.leggi',
    summary: 'Il messaggio di annullamento (Allegato 6) da inviare all’altra amministrazione',
    params,
    response: 'file',
    handler: async (scope, { params: { id } }, ports) => await openAnnullamento(scope, id, ports.store),
  }),
]
