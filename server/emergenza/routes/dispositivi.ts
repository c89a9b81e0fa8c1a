import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import type { Endpoint } from '../../kernel/endpoint.ts'
import { presentSerie } from '../presenter.ts'
import { findSerie } from '../repository.ts'
import { attivazioneIn, dotazioneDto, motivoIn, nuovaSerieIn, quadroDto, serieDto } from '../schema.ts'
import { readQuadro } from '../service/letture.ts'
import { activateSerie, authoriseSerie, readDotazione, revokeSerie } from '../service/serie.ts'

const ente = z.string()
const byId = z.object({ ente, id: z.uuid('L’identificativo non è valido.') })

/** Series and the devices that hold them. */
export const devices: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/emergenza/serie',
    permission: 'emergenza.inserisci',
    summary: 'Serie affidate ai dispositivi',
    params: z.object({ ente }),
    response: z.array(serieDto),
    handler: async (scope) => (await findSerie(scope)).map(presentSerie),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/emergenza/serie',
    permission: 'emergenza.gestisci',
    summary: 'Affida la serie di un registro a un dispositivo',
    params: z.object({ ente }),
    body: nuovaSerieIn,
    response: quadroDto,
    status: 201,
    handler: async (scope, { body }) => {
      await authoriseSerie(scope, body)
      return await readQuadro(scope)
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/emergenza/serie/:id/attivazione',
    permission: 'emergenza.inserisci',
    summary: 'Installa la serie sul dispositivo in uso',
    params: byId,
    body: attivazioneIn,
    response: dotazioneDto,
    handler: async (scope, { params, body }, ports) => await activateSerie(scope, params.id, body, ports.firmaEmergenza),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/emergenza/serie/:id/dotazione',
    permission: 'emergenza.inserisci',
    summary: 'Classi, uffici ed elenchi che il dispositivo tiene con sé',
    params: byId,
    response: dotazioneDto,
    handler: async (scope, { params }, ports) => await readDotazione(scope, params.id, ports.firmaEmergenza),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/emergenza/serie/:id/revoca',
    permission: 'emergenza.gestisci',
    summary: 'Togli la serie a un dispositivo, con il motivo',
    params: byId,
    body: motivoIn,
    response: quadroDto,
    handler: async (scope, { params, body }) => {
      await revokeSerie(scope, params.id, body.motivo)
      return await readQuadro(scope)
    },
  }),
]
