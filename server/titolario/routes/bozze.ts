import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import type { Endpoint } from '../../kernel/endpoint.ts'
import {
  accorpamentoIn,
  adozioneIn,
  bozzaIn,
  divisioneIn,
  importazioneIn,
  modificaBozzaIn,
  motivoIn,
  nuovaVoceIn,
  rapportoDto,
  rinominaIn,
  voceCreataDto,
} from '../schema.ts'
import { adoptBozza } from '../service/adotta.ts'
import { createBozza, deleteBozza, updateBozza } from '../service/bozze.ts'
import { importTitolario } from '../service/csv.ts'
import { addVoce, mergeVoci, removeVoce, renameVoce, splitVoce } from '../service/voci.ts'

const ente = z.object({ ente: z.string() })
const byId = z.object({ ente: z.string(), id: z.uuid() })
const byVoce = z.object({ ente: z.string(), id: z.uuid(), voceId: z.uuid() })
const PERMESSO = 'titolario.gestisci'

/** Drafts: made, edited, adopted or thrown away. */
export const bozzeEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/titolario/bozze',
    permission: PERMESSO,
    summary: 'Crea una bozza dal titolario in vigore o dal modello per i Comuni',
    params: ente,
    body: bozzaIn,
    response: z.object({ id: z.uuid() }),
    status: 201,
    handler: async (scope, { body }) => await createBozza(scope, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/titolario/importazioni',
    permission: PERMESSO,
    summary: 'Verifica un titolario in CSV e, se non è una prova, ne fa una bozza',
    params: ente,
    body: importazioneIn,
    response: rapportoDto,
    handler: async (scope, { body }) => await importTitolario(scope, body),
  }),
  endpoint({
    method: 'PATCH',
    path: '/api/v1/:ente/titolario/bozze/:id',
    permission: PERMESSO,
    summary: 'Cambia denominazione, inizio e note di una bozza',
    params: byId,
    body: modificaBozzaIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await updateBozza(scope, params.id, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/titolario/bozze/:id/eliminazione',
    permission: PERMESSO,
    summary: 'Elimina una bozza con le sue voci',
    params: byId,
    body: motivoIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await deleteBozza(scope, params.id, body.motivo),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/titolario/bozze/:id/adozione',
    permission: PERMESSO,
    summary: 'Adotta una bozza con il suo atto: vale dal giorno indicato',
    params: byId,
    body: adozioneIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await adoptBozza(scope, params.id, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/titolario/bozze/:id/voci',
    permission: PERMESSO,
    summary: 'Aggiunge una voce a una bozza',
    params: byId,
    body: nuovaVoceIn,
    response: voceCreataDto,
    status: 201,
    handler: async (scope, { params, body }) => await addVoce(scope, params.id, body),
  }),
  endpoint({
    method: 'PATCH',
    path: '/api/v1/:ente/titolario/bozze/:id/voci/:voceId',
    permission: PERMESSO,
    summary: 'Rinomina una voce di una bozza',
    params: byVoce,
    body: rinominaIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await renameVoce(scope, params.id, params.voceId, body.denominazione),
  }),
  endpoint({
    method: 'DELETE',
    path: '/api/v1/:ente/titolario/bozze/:id/voci/:voceId',
    permission: PERMESSO,
    summary: 'Chiude una voce nella versione in preparazione',
    params: byVoce,
    response: 'nothing',
    handler: async (scope, { params }) => await removeVoce(scope, params.id, params.voceId),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/titolario/bozze/:id/voci/:voceId/divisione',
    permission: PERMESSO,
    summary: 'Divide una voce di una bozza in più voci',
    params: byVoce,
    body: divisioneIn,
    response: z.array(voceCreataDto),
    handler: async (scope, { params, body }) => await splitVoce(scope, params.id, params.voceId, body),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/titolario/bozze/:id/accorpamenti',
    permission: PERMESSO,
    summary: 'Accorpa più voci di una bozza in una',
    params: byId,
    body: accorpamentoIn,
    response: 'nothing',
    handler: async (scope, { params, body }) => await mergeVoci(scope, params.id, body),
  }),
]
