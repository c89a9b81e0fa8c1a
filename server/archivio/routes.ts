import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { depositoEndpoints } from './routes-deposito.ts'
import {
  appartenenzaDto,
  appartenenzaIn,
  byId,
  esitoEstrazione,
  estrazioneDto,
  filtriRepertorio,
  formatiEstrazione,
  nuovaEstrazione,
  nuovaSerie,
  parteSerie,
  repertorioDto,
  serieConMembriDto,
  serieDto,
  soloEnte,
} from './schema.ts'
import { extractRepertorio, listEstrazioni, openEstrazione } from './service/estrai.ts'
import { listRepertorio } from './service/repertorio.ts'
import { checkAppartenenza, closeSerie, createSerie, listSerie, readSerie } from './service/serie.ts'

const PRIMA = { pagina: 1, perPagina: 50 }

const repertorioEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/repertorio-fascicoli',
    permission: 'fascicoli.leggi',
    summary: 'Il repertorio dei fascicoli, nell’ordine del titolario',
    params: soloEnte,
    query: filtriRepertorio,
    response: repertorioDto,
    handler: async (scope, { query }) => await listRepertorio(scope, query),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/repertorio-fascicoli/estrazioni',
    permission: 'archivio.gestisci',
    summary: 'Le estrazioni statiche del repertorio dei fascicoli',
    params: soloEnte,
    response: z.array(estrazioneDto),
    handler: async (scope) => await listEstrazioni(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/repertorio-fascicoli/estrazioni',
    permission: 'archivio.gestisci',
    summary: 'Estrai il repertorio di un anno: se nulla è cambiato non ne nasce un’altra revisione',
    params: soloEnte,
    body: nuovaEstrazione,
    response: esitoEstrazione,
    handler: async (scope, { body }, ports) => await extractRepertorio(scope, body, ports),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/repertorio-fascicoli/estrazioni/:id/file/:formato',
    permission: 'archivio.gestisci',
    summary: 'Un file di un’estrazione del repertorio dei fascicoli',
    params: byId.extend({ formato: z.enum(formatiEstrazione) }),
    response: 'file',
    handler: async (scope, { params }, ports) => await openEstrazione(scope, params.id, params.formato, ports.store),
  }),
]

const serieEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/serie-archivistiche',
    permission: 'archivio.gestisci',
    summary: 'Le serie di documenti e di fascicoli',
    params: soloEnte,
    response: z.array(serieDto),
    handler: async (scope) => await listSerie(scope),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/serie-archivistiche',
    permission: 'archivio.gestisci',
    summary: 'Apri una serie: i suoi elementi seguono dal criterio',
    params: soloEnte,
    body: nuovaSerie,
    response: serieConMembriDto,
    status: 201,
    handler: async (scope, { body }) => await readSerie(scope, await createSerie(scope, body), PRIMA),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/serie-archivistiche/:id',
    permission: 'archivio.gestisci',
    summary: 'Una serie con i suoi elementi',
    params: byId,
    query: parteSerie,
    response: serieConMembriDto,
    handler: async (scope, { params, query }) => await readSerie(scope, params.id, query),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/serie-archivistiche/:id/chiusura',
    permission: 'archivio.gestisci',
    summary: 'Chiudi una serie il cui anno è finito: i suoi elementi non cambiano più',
    params: byId,
    response: serieConMembriDto,
    handler: async (scope, { params }) => {
      await closeSerie(scope, params.id)
      return await readSerie(scope, params.id, PRIMA)
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/serie-archivistiche/:id/appartenenza',
    permission: 'archivio.gestisci',
    summary: 'Se un documento o un fascicolo appartiene alla serie, e se no perché',
    params: byId,
    body: appartenenzaIn,
    response: appartenenzaDto,
    handler: async (scope, { params, body }) => await checkAppartenenza(scope, params.id, body.riferimento),
  }),
]

/** Repertorio dei fascicoli, series, deposit archive, withdrawals, historical section. */
export const archivioEndpoints: readonly Endpoint[] = [...repertorioEndpoints, ...serieEndpoints, ...depositoEndpoints]
