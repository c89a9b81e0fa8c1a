import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import {
  nuovaParte,
  nuoviPartecipanti,
  nuovoAccesso,
  nuovoCartaceo,
  nuovoCollegamento,
  nuovoNonProtocollato,
  rimozione,
  soloMotivo,
} from './schema-vita.ts'
import { descrizione, documentiDto, fascicoloDto, parteDocumenti } from './schema.ts'
import { addPartecipanti, grantAccesso, revokeAmmesso } from './service/accesso.ts'
import { addCartaceo, addNonProtocollato, removeCartaceo } from './service/aggiungi.ts'
import { linkFascicolo, unlinkFascicolo } from './service/collega.ts'
import { openParte } from './service/parti.ts'
import { listDocumenti, presentFascicoloById } from './service/read.ts'
import { removeDocumento } from './service/sposta.ts'
import { describeFascicolo } from './service/stato.ts'

const ente = z.string()
/** A fascicolo by id or by slug. */
const byId = z.object({ ente, id: z.string().max(60) })
const byDocumento = byId.extend({ documentoId: z.uuid() })
const byRiga = byId.extend({ rigaId: z.uuid() })

const documenti: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/fascicoli/:id/documenti',
    permission: 'fascicoli.leggi',
    summary: 'Una parte dei documenti di un fascicolo, nel loro ordine',
    params: byId,
    query: parteDocumenti,
    response: documentiDto,
    handler: async (scope, { params, query }) => await listDocumenti(scope, params.id, query),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/documenti/:documentoId/rimozione',
    permission: 'fascicoli.lavora',
    summary: 'Togli un documento dal fascicolo o spostalo in un altro, con il motivo',
    params: byDocumento,
    body: rimozione,
    response: fascicoloDto,
    handler: async (scope, { params, body }) => {
      await removeDocumento(scope, params.id, params.documentoId, body)
      return await presentFascicoloById(scope, params.id)
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/non-protocollati',
    permission: 'fascicoli.lavora',
    summary: 'Inserisci un documento non protocollato, classificato come il fascicolo',
    params: byId,
    body: nuovoNonProtocollato,
    response: fascicoloDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { params, body, idempotencyKey }) => {
      await addNonProtocollato(scope, params.id, body, idempotencyKey)
      return await presentFascicoloById(scope, params.id)
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/cartacei',
    permission: 'fascicoli.lavora',
    summary: 'Inserisci un documento cartaceo con la sua posizione fisica',
    params: byId,
    body: nuovoCartaceo,
    response: fascicoloDto,
    status: 201,
    handler: async (scope, { params, body }) => {
      await addCartaceo(scope, params.id, body)
      return await presentFascicoloById(scope, params.id)
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/cartacei/:rigaId/rimozione',
    permission: 'fascicoli.lavora',
    summary: 'Togli un documento cartaceo dal fascicolo, con il motivo',
    params: byRiga,
    body: soloMotivo,
    response: fascicoloDto,
    handler: async (scope, { params, body }) => {
      await removeCartaceo(scope, params.id, params.rigaId, body.motivo)
      return await presentFascicoloById(scope, params.id)
    },
  }),
]

const legami: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/sottofascicoli',
    permission: 'fascicoli.apri',
    summary: 'Apri un sottofascicolo o un inserto',
    params: byId,
    body: nuovaParte,
    response: fascicoloDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { params, body, idempotencyKey }) =>
      await presentFascicoloById(scope, (await openParte(scope, params.id, body, idempotencyKey)).id),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/collegamenti',
    permission: 'fascicoli.lavora',
    summary: 'Collega il fascicolo a un altro',
    params: byId,
    body: nuovoCollegamento,
    response: fascicoloDto,
    status: 201,
    handler: async (scope, { params, body }) => {
      await linkFascicolo(scope, params.id, body)
      return await presentFascicoloById(scope, params.id)
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/collegamenti/:rigaId/rimozione',
    permission: 'fascicoli.lavora',
    summary: 'Togli un collegamento, con il motivo',
    params: byRiga,
    body: soloMotivo,
    response: fascicoloDto,
    handler: async (scope, { params, body }) => {
      await unlinkFascicolo(scope, params.id, params.rigaId, body.motivo)
      return await presentFascicoloById(scope, params.id)
    },
  }),
  endpoint({
    method: 'PATCH',
    path: '/api/v1/:ente/fascicoli/:id/descrizione',
    permission: 'fascicoli.lavora',
    summary: 'Cambia posizione fisica, note e parole chiave del fascicolo',
    params: byId,
    body: z.object(descrizione),
    response: fascicoloDto,
    handler: async (scope, { params, body }) => {
      await describeFascicolo(scope, params.id, body)
      return await presentFascicoloById(scope, params.id)
    },
  }),
]

const accessi: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/accessi',
    permission: 'fascicoli.lavora',
    summary: 'Fai consultare e alimentare il fascicolo a un ufficio o a una persona, se serve anche l’area riservata',
    params: byId,
    body: nuovoAccesso,
    response: fascicoloDto,
    status: 201,
    handler: async (scope, { params, body }) => {
      await grantAccesso(scope, params.id, body)
      return await presentFascicoloById(scope, params.id)
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/accessi/:rigaId/chiusura',
    permission: 'fascicoli.lavora',
    summary: 'Chiudi l’area riservata a chi era stato ammesso, con il motivo',
    params: byRiga,
    body: soloMotivo,
    response: fascicoloDto,
    handler: async (scope, { params, body }) => {
      await revokeAmmesso(scope, params.id, params.rigaId, body.motivo)
      return await presentFascicoloById(scope, params.id)
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/partecipanti',
    permission: 'fascicoli.lavora',
    summary: 'Aggiungi amministrazioni partecipanti',
    params: byId,
    body: nuoviPartecipanti,
    response: fascicoloDto,
    status: 201,
    handler: async (scope, { params, body }) => {
      await addPartecipanti(scope, params.id, body)
      return await presentFascicoloById(scope, params.id)
    },
  }),
]

/** What is in a fascicolo and around it. */
export const contenutoEndpoints: readonly Endpoint[] = [...documenti, ...legami, ...accessi]
