import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import {
  cambioStato,
  filtriProcedimenti,
  nuovaVersione,
  nuovoProcedimento,
  procedimentoDto,
  regoleIn,
  rigaProcedimentoDto,
  schedaPubblicaDto,
} from './schema.ts'
import {
  adoptModelliComuni,
  changeStato,
  createProcedimento,
  listProcedimenti,
  readProcedimento,
  updateModello,
} from './service/modello.ts'
import { listSchede, printScheda, readRegole, readScheda, saveRegole } from './service/scheda.ts'

const params = z.object({ ente: z.string() })
const byId = params.extend({ id: z.uuid() })
const byCodice = params.extend({ codice: z.string().max(20) })
const root = '/api/v1/:ente/procedimenti'

const catalogueEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: root,
    permission: 'procedimenti.leggi',
    summary: 'Il catalogo dei procedimenti',
    params,
    query: filtriProcedimenti,
    response: z.object({ elementi: z.array(rigaProcedimentoDto) }),
    handler: async (scope, { query }) => ({ elementi: await listProcedimenti(scope, query) }),
  }),
  endpoint({
    method: 'POST',
    path: root,
    permission: 'procedimenti.gestisci',
    summary: 'Aggiungi un procedimento al catalogo',
    params,
    body: nuovoProcedimento,
    response: procedimentoDto,
    status: 201,
    handler: async (scope, { body }) => await createProcedimento(scope, body),
  }),
  endpoint({
    method: 'POST',
    path: `${root}/predefiniti`,
    permission: 'procedimenti.gestisci',
    summary: 'Aggiungi i procedimenti di partenza che mancano',
    params,
    response: z.object({ aggiunti: z.number() }),
    handler: async (scope) => await adoptModelliComuni(scope),
  }),
  endpoint({
    method: 'GET',
    path: `${root}/:id`,
    permission: 'procedimenti.leggi',
    summary: 'Un procedimento con il modello in vigore o una versione precedente',
    params: byId,
    query: z.object({ versione: z.coerce.number().int().min(1).optional() }),
    response: procedimentoDto,
    handler: async (scope, { params: p, query }) => await readProcedimento(scope, p.id, query.versione),
  }),
  endpoint({
    method: 'POST',
    path: `${root}/:id/versioni`,
    permission: 'procedimenti.gestisci',
    summary: 'Scrivi una nuova versione del modello',
    params: byId,
    body: nuovaVersione,
    response: procedimentoDto,
    status: 201,
    handler: async (scope, { params: p, body }) => await updateModello(scope, p.id, body),
  }),
  endpoint({
    method: 'POST',
    path: `${root}/:id/stato`,
    permission: 'procedimenti.gestisci',
    summary: 'Togli un procedimento dall’uso o rimettilo, con il motivo',
    params: byId,
    body: cambioStato,
    response: procedimentoDto,
    handler: async (scope, { params: p, body }) => await changeStato(scope, p.id, body.attivo, body.motivo),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/regole-termini',
    permission: 'procedimenti.leggi',
    summary: 'Come si contano i termini dei procedimenti',
    params,
    response: regoleIn,
    handler: async (scope) => await readRegole(scope),
  }),
  endpoint({
    method: 'PUT',
    path: '/api/v1/:ente/regole-termini',
    permission: 'procedimenti.gestisci',
    summary: 'Cambia come si contano i termini dei procedimenti',
    params,
    body: regoleIn,
    response: regoleIn,
    handler: async (scope, { body }) => await saveRegole(scope, body),
  }),
]

const publicEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/trasparenza/procedimenti',
    permission: 'pubblico',
    summary: 'I procedimenti dell’ente, per chiunque',
    params,
    response: z.object({
      ente: z.string(),
      elementi: z.array(z.object({ codice: z.string(), denominazione: z.string(), materia: z.string(), termine: z.string() })),
    }),
    handler: async (scope) => await listSchede(scope),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/trasparenza/procedimenti/:codice',
    permission: 'pubblico',
    summary: 'La scheda di un procedimento, per chiunque',
    params: byCodice,
    response: schedaPubblicaDto,
    handler: async (scope, { params: p }) => await readScheda(scope, p.codice),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/trasparenza/procedimenti/:codice/scheda.pdf',
    permission: 'pubblico',
    summary: 'La scheda di un procedimento in PDF/A, per chiunque',
    params: byCodice,
    query: z.object({ inline: z.literal('1').optional() }),
    response: 'file',
    handler: async (scope, { params: p }, ports) => await printScheda(scope, p.codice, ports),
  }),
]

/** Endpoints of the catalogue of procedures and of what is published of it. */
export const procedimentiEndpoints: readonly Endpoint[] = [...catalogueEndpoints, ...publicEndpoints]
