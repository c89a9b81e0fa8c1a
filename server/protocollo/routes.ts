import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { findRighe } from './lists.ts'
import { arrivoEndpoints } from './routes/arrivo.ts'
import { attiEndpoints } from './routes/atti.ts'
import { comunicazioneEndpoints } from './routes/comunicazione.ts'
import { consegneEndpoints } from './routes/consegne.ts'
import { lavoroEndpoints } from './routes/lavoro.ts'
import { filtriRegistro, nuovaRegistrazione, registrazioneDto, rigaRegistroDto } from './schema.ts'
import { openCopia, openDocumentoFile, presentById, readRegistrazione, readRegistrazioneByNumero } from './service/read.ts'
import { recordRiservatiLetti } from './service/riserva.ts'
import { register } from './service/register.ts'
import { inReadTransaction } from '../kernel/scope.ts'

const ente = z.string()
const byId = z.object({ ente, id: z.uuid() })
const inline = z.object({ inline: z.literal('1').optional() })

const registerEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/registrazioni',
    permission: 'protocollo.registra',
    summary: 'Registra un documento in entrata, in uscita o interno',
    params: z.object({ ente }),
    body: nuovaRegistrazione,
    response: registrazioneDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { body, idempotencyKey }, ports) => {
      const { id, present } = await register(scope, body, idempotencyKey, ports)
      return present() ?? (await presentById(scope, id))
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni',
    permission: 'protocollo.leggi',
    summary: 'Il registro, dal più recente',
    params: z.object({ ente }),
    query: filtriRegistro,
    response: z.object({ elementi: z.array(rigaRegistroDto), totale: z.number(), totaleParziale: z.boolean() }),
    handler: async (scope, { query }) => {
      const pagina = await inReadTransaction(scope, async (s) => await findRighe(s, query))
      await recordRiservatiLetti(scope, pagina.elementi)
      return pagina
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni/:anno/:numero',
    permission: 'protocollo.leggi',
    summary: 'Una registrazione per anno e numero',
    params: z.object({ ente, anno: z.coerce.number().int(), numero: z.coerce.number().int() }),
    response: registrazioneDto,
    handler: async (scope, { params }) => await readRegistrazioneByNumero(scope, params.anno, params.numero),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni/:id',
    permission: 'protocollo.leggi',
    summary: 'Una registrazione',
    params: byId,
    response: registrazioneDto,
    handler: async (scope, { params }) => await readRegistrazione(scope, params.id),
  }),
]

const fileEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni/:id/segnatura.xml',
    permission: 'documenti.leggi',
    summary: 'La segnatura sigillata (Allegato 6)',
    params: byId,
    response: 'file',
    handler: async (scope, { params }, ports) => await openCopia(scope, params.id, 'segnatura', ports.store),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni/:id/copia-segnata.pdf',
    permission: 'documenti.leggi',
    summary: 'La copia del PDF con la segnatura stampata',
    params: byId,
    query: inline,
    response: 'file',
    handler: async (scope, { params }, ports) => await openCopia(scope, params.id, 'copia', ports.store),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/documenti/:id/file/:fileId',
    permission: 'documenti.leggi',
    summary: 'Un file di un documento, con impronta verificata',
    params: z.object({ ente, id: z.uuid(), fileId: z.uuid() }),
    query: inline,
    response: 'file',
    handler: async (scope, { params }, ports) => await openDocumentoFile(scope, params.id, params.fileId, ports.store),
  }),
]

/** Endpoints of the register. */
export const protocolloEndpoints: readonly Endpoint[] = [
  ...registerEndpoints,
  ...fileEndpoints,
  ...arrivoEndpoints,
  ...attiEndpoints,
  ...consegneEndpoints,
  ...comunicazioneEndpoints,
  ...lavoroEndpoints,
]
