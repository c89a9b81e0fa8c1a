import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { openElenco } from './elenco.ts'
import {
  autorizzazioneIn,
  esclusione,
  filtriVoci,
  impostazioniScarto,
  invioIn,
  nuovaProcedura,
  nuovoVincolo,
  proceduraDto,
  provvedimentoIn,
  scartoFascicoloDto,
  verbaleIn,
  vincoloDto,
  voceScartoDto,
} from './schema.ts'
import { orderScarto, recordAutorizzazione } from './service/autorizza.ts'
import { proposeScarto } from './service/componi.ts'
import { listProcedure, listVoci, readProcedura, readScartoFascicolo } from './service/leggi.ts'
import {
  excludeVoce,
  recordComunicazione,
  recordProvvedimento,
  recordRichiesta,
  recordVerbale,
  resumeVoce,
  verifyProcedura,
} from './service/passi.ts'
import { closeVincolo, listVincoli, placeVincolo, readImpostazioni, saveImpostazioni } from './service/vincoli.ts'

const ente = z.string()
const byId = z.object({ ente, id: z.uuid() })
const byVoce = byId.extend({ voceId: z.uuid() })
const base = '/api/v1/:ente/scarto'

const letture: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: `${base}/procedure`,
    permission: 'scarto.gestisci',
    summary: 'Le procedure di scarto, dalla più recente',
    params: z.object({ ente }),
    response: z.array(proceduraDto),
    handler: async (scope) => await listProcedure(scope),
  }),
  endpoint({
    method: 'GET',
    path: `${base}/procedure/:id`,
    permission: 'scarto.gestisci',
    summary: 'Una procedura di scarto con i suoi passi',
    params: byId,
    response: proceduraDto,
    handler: async (scope, { params }) => await readProcedura(scope, params.id),
  }),
  endpoint({
    method: 'GET',
    path: `${base}/procedure/:id/voci`,
    permission: 'scarto.gestisci',
    summary: 'Le voci di una procedura di scarto, con ragioni, quantità e passi',
    params: byId,
    query: filtriVoci,
    response: z.object({ elementi: z.array(voceScartoDto), totale: z.number() }),
    handler: async (scope, { params, query }) => await listVoci(scope, params.id, query),
  }),
  endpoint({
    method: 'GET',
    path: `${base}/procedure/:id/elenco`,
    permission: 'scarto.gestisci',
    summary: 'L’elenco di scarto da allegare al provvedimento e alla richiesta, in PDF/A o CSV',
    params: byId,
    query: z.object({ formato: z.enum(['pdf', 'csv'], 'Scegli PDF o CSV.').default('pdf') }),
    response: 'file',
    handler: async (scope, { params, query }, ports) => await openElenco(scope, params.id, query.formato, ports),
  }),
  endpoint({
    method: 'GET',
    path: `${base}/fascicoli/:id`,
    permission: 'fascicoli.leggi',
    summary: 'Vincoli e scarto di un fascicolo, per chi lo vede',
    params: z.object({ ente, id: z.string().max(120) }),
    response: scartoFascicoloDto,
    handler: async (scope, { params }) => await readScartoFascicolo(scope, params.id),
  }),
]

const passi: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: `${base}/procedure`,
    permission: 'scarto.gestisci',
    summary: 'Propone uno scarto: l’elenco è composto dal sistema con il piano di conservazione',
    params: z.object({ ente }),
    body: nuovaProcedura,
    response: z.object({ id: z.uuid() }),
    status: 201,
    idempotent: true,
    handler: async (scope, { body, idempotencyKey }) => ({ id: await proposeScarto(scope, body, idempotencyKey) }),
  }),
  endpoint({
    method: 'POST',
    path: `${base}/procedure/:id/verifica`,
    permission: 'scarto.gestisci',
    summary: 'Verifica le voci proposte: quelle che qualcosa trattiene si fermano con il motivo',
    params: byId,
    response: z.object({ verificate: z.number(), sospese: z.number() }),
    handler: async (scope, { params }) => await verifyProcedura(scope, params.id),
  }),
  endpoint({
    method: 'POST',
    path: `${base}/procedure/:id/voci/:voceId/escludi`,
    permission: 'scarto.gestisci',
    summary: 'Esclude una voce dallo scarto, con il motivo',
    params: byVoce,
    body: esclusione,
    response: 'nothing',
    handler: async (scope, { params, body }) => await excludeVoce(scope, params.id, params.voceId, body.motivo),
  }),
  endpoint({
    method: 'POST',
    path: `${base}/procedure/:id/voci/:voceId/riprendi`,
    permission: 'scarto.gestisci',
    summary: 'Rimette in cammino una voce sospesa, quando nulla la trattiene più',
    params: byVoce,
    body: esclusione,
    response: 'nothing',
    handler: async (scope, { params, body }) => await resumeVoce(scope, params.id, params.voceId, body.motivo),
  }),
  endpoint({
    method: 'PUT',
    path: `${base}/procedure/:id/provvedimento`,
    permission: 'scarto.gestisci',
    summary: 'Registra il provvedimento che approva lo scarto',
    params: byId,
    body: provvedimentoIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await recordProvvedimento(scope, params.id, body),
  }),
  endpoint({
    method: 'PUT',
    path: `${base}/procedure/:id/richiesta`,
    permission: 'scarto.gestisci',
    summary: 'Collega la registrazione in uscita della richiesta alla Soprintendenza',
    params: byId,
    body: invioIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await recordRichiesta(scope, params.id, body),
  }),
  endpoint({
    method: 'POST',
    path: `${base}/procedure/:id/autorizzazioni`,
    permission: 'scarto.gestisci',
    summary: 'Registra la risposta di un’autorità, voce per voce',
    params: byId,
    body: autorizzazioneIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await recordAutorizzazione(scope, params.id, body),
  }),
  endpoint({
    method: 'POST',
    path: `${base}/procedure/:id/ordine`,
    permission: 'scarto.ordina',
    summary: 'Ordina la distruzione delle voci autorizzate: mai chi ha proposto lo scarto',
    params: byId,
    response: z.object({ ordinate: z.number(), sospese: z.number() }),
    handler: async (scope, { params }) => await orderScarto(scope, params.id),
  }),
  endpoint({
    method: 'PUT',
    path: `${base}/procedure/:id/verbale`,
    permission: 'scarto.gestisci',
    summary: 'Registra il verbale di distruzione del conservatore',
    params: byId,
    body: verbaleIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await recordVerbale(scope, params.id, body),
  }),
  endpoint({
    method: 'PUT',
    path: `${base}/procedure/:id/comunicazione`,
    permission: 'scarto.gestisci',
    summary: 'Collega la registrazione in uscita con cui l’esito è comunicato',
    params: byId,
    body: invioIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await recordComunicazione(scope, params.id, body),
  }),
]

const vincoli: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: `${base}/vincoli`,
    permission: 'scarto.gestisci',
    summary: 'I vincoli che impediscono lo scarto, prima quelli in vigore',
    params: z.object({ ente }),
    response: z.array(vincoloDto),
    handler: async (scope) => await listVincoli(scope),
  }),
  endpoint({
    method: 'POST',
    path: `${base}/vincoli`,
    permission: 'scarto.gestisci',
    summary: 'Pone un vincolo su un fascicolo: lo scarto in corso si ferma',
    params: z.object({ ente }),
    body: nuovoVincolo,
    response: z.object({ id: z.uuid() }),
    status: 201,
    handler: async (scope, { body }) => ({ id: await placeVincolo(scope, body) }),
  }),
  endpoint({
    method: 'POST',
    path: `${base}/vincoli/:id/chiudi`,
    permission: 'scarto.gestisci',
    summary: 'Toglie un vincolo, con il motivo',
    params: byId,
    body: esclusione,
    response: 'nothing',
    handler: async (scope, { params, body }) => await closeVincolo(scope, params.id, body.motivo),
  }),
  endpoint({
    method: 'GET',
    path: `${base}/impostazioni`,
    permission: 'scarto.gestisci',
    summary: 'Dopo quanti giorni scadono le copie di sicurezza',
    params: z.object({ ente }),
    response: impostazioniScarto,
    handler: async (scope) => await readImpostazioni(scope),
  }),
  endpoint({
    method: 'PUT',
    path: `${base}/impostazioni`,
    permission: 'scarto.gestisci',
    summary: 'Cambia i giorni dopo i quali scadono le copie di sicurezza',
    params: z.object({ ente }),
    body: impostazioniScarto,
    response: 'nothing',
    handler: async (scope, { body }) => await saveImpostazioni(scope, body),
  }),
]

/** Disposal of records: from the proposal to the notice of its outcome, and the holds that stop it (REQ-FASC-052, REQ-FASC-054). */
export const scartoEndpoints: readonly Endpoint[] = [...letture, ...passi, ...vincoli]
