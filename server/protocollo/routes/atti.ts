import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import type { Endpoint } from '../../kernel/endpoint.ts'
import { now, romeYear } from '../../kernel/time.ts'
import {
  accessoAutoritaDto,
  accessoAutoritaIn,
  annullamentoIn,
  autorizzazioneIn,
  filtriRichieste,
  nonVisibileDto,
  percheDto,
  provvedimentoDto,
  rettificaIn,
  richiestaDto,
  rifiutoRichiestaIn,
  riservaDto,
  riservaIn,
  visibilitaOperatoreDto,
} from '../schema/atti.ts'
import { requestAnnullamento, requestRettifica } from '../service/annulla.ts'
import { closeAccessoAutorita, listAccessiAutorita, openAccessoAutorita } from '../service/autorita.ts'
import { authorizeRichiesta, refuseRichiesta } from '../service/decidi.ts'
import { listProvvedimenti, listRichieste, readRichiesta } from '../service/richieste.ts'
import { changeRiserva, readRiserva } from '../service/riserva.ts'
import { askAccesso, describeNonVisibile, explainVisibilita, readVisibilitaOperatore } from '../service/visibilita.ts'

const ente = z.string()
const byId = z.object({ ente, id: z.uuid() })
const byNumero = z.object({ ente, anno: z.coerce.number().int(), numero: z.coerce.number().int() })
const base = '/api/v1/:ente'

const annulmentEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: `${base}/registrazioni/:id/annullamento`,
    permission: 'annullamenti.richiedi',
    summary: 'Chiede l’annullamento di una registrazione',
    params: byId,
    body: annullamentoIn,
    response: richiestaDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { params, body, idempotencyKey }) =>
      await readRichiesta(scope, await requestAnnullamento(scope, params.id, body, idempotencyKey)),
  }),
  endpoint({
    method: 'POST',
    path: `${base}/registrazioni/:id/rettifiche`,
    permission: 'annullamenti.richiedi',
    summary: 'Chiede la rettifica di un dato: il valore sbagliato si annulla, quello corretto gli sta accanto',
    params: byId,
    body: rettificaIn,
    response: richiestaDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { params, body, idempotencyKey }) =>
      await readRichiesta(scope, await requestRettifica(scope, params.id, body, idempotencyKey)),
  }),
  endpoint({
    method: 'GET',
    path: `${base}/annullamenti`,
    permission: 'annullamenti.richiedi',
    summary: 'Le richieste di annullamento e di rettifica',
    params: z.object({ ente }),
    query: filtriRichieste,
    response: z.object({ elementi: z.array(richiestaDto), totale: z.number() }),
    handler: async (scope, { query }) => await listRichieste(scope, query),
  }),
  endpoint({
    method: 'POST',
    path: `${base}/annullamenti/:id/autorizzazione`,
    permission: 'annullamenti.autorizza',
    summary: 'Autorizza una richiesta con il suo provvedimento',
    params: byId,
    body: autorizzazioneIn,
    response: richiestaDto,
    handler: async (scope, { params, body }) => {
      await authorizeRichiesta(scope, params.id, body)
      return await readRichiesta(scope, params.id)
    },
  }),
  endpoint({
    method: 'POST',
    path: `${base}/annullamenti/:id/rifiuto`,
    permission: 'annullamenti.autorizza',
    summary: 'Rifiuta una richiesta con un motivo',
    params: byId,
    body: rifiutoRichiestaIn,
    response: richiestaDto,
    handler: async (scope, { params, body }) => {
      await refuseRichiesta(scope, params.id, body.motivo)
      return await readRichiesta(scope, params.id)
    },
  }),
  endpoint({
    method: 'GET',
    path: `${base}/provvedimenti-annullamento`,
    permission: 'registro.leggi',
    summary: 'I provvedimenti di annullamento e di rettifica di un anno',
    params: z.object({ ente }),
    query: z.object({ anno: z.coerce.number().int().min(1900).max(9998).optional() }),
    response: z.array(provvedimentoDto),
    handler: async (scope, { query }) => await listProvvedimenti(scope, query.anno ?? romeYear(now())),
  }),
]

const reserveEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: `${base}/registrazioni/:id/riserva`,
    permission: 'protocollo.leggi',
    summary: 'Livello di riservatezza, lettori e storia',
    params: byId,
    response: riservaDto,
    handler: async (scope, { params }) => await readRiserva(scope, params.id),
  }),
  endpoint({
    method: 'POST',
    path: `${base}/registrazioni/:id/riserva`,
    permission: 'riservati.gestisci',
    summary: 'Cambia il livello di riservatezza con un motivo',
    params: byId,
    body: riservaIn,
    response: riservaDto,
    handler: async (scope, { params, body }) => {
      await changeRiserva(scope, params.id, body)
      return await readRiserva(scope, params.id)
    },
  }),
]

const visibilityEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: `${base}/registrazioni/:id/perche`,
    permission: 'protocollo.leggi',
    summary: 'Perché vedo questa registrazione, o perché la vede (o no) un’altra persona',
    params: byId,
    query: z.object({ operatore: z.uuid().optional() }),
    response: percheDto,
    handler: async (scope, { params, query }) => await explainVisibilita(scope, params.id, query.operatore),
  }),
  endpoint({
    method: 'GET',
    path: `${base}/visibilita/operatori/:id`,
    permission: 'visibilita.verifica',
    summary: 'Che cosa vede una persona, e perché',
    params: byId,
    response: visibilitaOperatoreDto,
    handler: async (scope, { params }) => await readVisibilitaOperatore(scope, params.id),
  }),
  endpoint({
    method: 'GET',
    path: `${base}/registrazioni/:anno/:numero/esistenza`,
    permission: 'protocollo.leggi',
    summary: 'Se un numero esiste, e a chi chiederlo, per chi non può vederlo',
    params: byNumero,
    response: nonVisibileDto,
    handler: async (scope, { params }) => await describeNonVisibile(scope, params.anno, params.numero),
  }),
  endpoint({
    method: 'POST',
    path: `${base}/registrazioni/:anno/:numero/richiesta-accesso`,
    permission: 'protocollo.leggi',
    summary: 'Chiede di vedere una registrazione',
    params: byNumero,
    body: z.object({ motivo: z.string({ error: 'Scrivi perché ti serve.' }).trim().min(1, 'Scrivi perché ti serve.').max(1000) }),
    response: 'nothing',
    handler: async (scope, { params, body }) => await askAccesso(scope, params.anno, params.numero, body.motivo),
  }),
  endpoint({
    method: 'GET',
    path: `${base}/accessi-autorita`,
    permission: 'accessi.gestisci',
    summary: 'Gli accessi aperti per la richiesta di un’autorità',
    params: z.object({ ente }),
    response: z.array(accessoAutoritaDto),
    handler: async (scope) => await listAccessiAutorita(scope),
  }),
  endpoint({
    method: 'POST',
    path: `${base}/accessi-autorita`,
    permission: 'accessi.gestisci',
    summary: 'Apre a una persona, per un tempo, quanto chiede un’autorità',
    params: z.object({ ente }),
    body: accessoAutoritaIn,
    response: z.object({ id: z.uuid() }),
    status: 201,
    idempotent: true,
    handler: async (scope, { body, idempotencyKey }) => ({ id: await openAccessoAutorita(scope, body, idempotencyKey) }),
  }),
  endpoint({
    method: 'POST',
    path: `${base}/accessi-autorita/:id/chiusura`,
    permission: 'accessi.gestisci',
    summary: 'Chiude un accesso prima della scadenza',
    params: byId,
    response: 'nothing',
    handler: async (scope, { params }) => await closeAccessoAutorita(scope, params.id),
  }),
]

/** Annulment, rectification, reserve, visibility. */
export const attiEndpoints: readonly Endpoint[] = [...annulmentEndpoints, ...reserveEndpoints, ...visibilityEndpoints]
