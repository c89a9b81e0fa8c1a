import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import type { Endpoint } from '../../kernel/endpoint.ts'
import { consegnaDto, passoConsegnaIn } from '../schema/consegne.ts'
import { listConsegne, recordConsegna } from '../service/consegne.ts'

const params = z.object({ ente: z.string(), id: z.uuid() })

/** The delivery of an outgoing registration, addressee by addressee. */
export const consegneEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni/:id/consegne',
    permission: 'protocollo.leggi',
    summary: 'Lo stato della consegna a ciascun destinatario',
    params,
    response: z.object({ elementi: z.array(consegnaDto) }),
    handler: async (scope, { params: { id } }) => ({ elementi: await listConsegne(scope, id) }),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/registrazioni/:id/consegne',
    permission: 'protocollo.registra',
    summary: 'Scrive un passo della consegna a un destinatario, con gli estremi della prova',
    params,
    body: passoConsegnaIn,
    response: consegnaDto,
    status: 201,
    handler: async (scope, { params: { id }, body }) => await recordConsegna(scope, id, body),
  }),
]
