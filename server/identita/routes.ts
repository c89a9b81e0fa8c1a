import { endpoint } from '../kernel/endpoint.ts'
import { accessiDto, sessioneDto } from './schema.ts'
import { closeOwnSessione, listAccessi, readSessione } from './service.ts'

export const identitaEndpoints = [
  endpoint({
    method: 'GET',
    path: '/api/v1/sessione',
    permission: 'pubblico',
    summary: 'Chi è collegato e in quali enti ha incarichi',
    response: sessioneDto,
    handler: async (scope, _input, ports) => await readSessione(scope, ports.identita),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/sessione/chiusura',
    permission: 'autenticato',
    summary: 'Chiude la sessione',
    response: 'nothing',
    handler: async (scope) => await closeOwnSessione(scope),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/accesso',
    permission: 'pubblico',
    summary: 'Accessi offerti per nome: solo con identità inventate',
    response: accessiDto,
    handler: async (_scope, _input, ports) => await Promise.resolve(listAccessi(ports.identita)),
  }),
]
