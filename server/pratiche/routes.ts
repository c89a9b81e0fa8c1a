import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import {
  conclusioneIn,
  contatoriDto,
  durataDto,
  fermoDto,
  filtriPratiche,
  nuovaPratica,
  nuovoEvento,
  passoFattoIn,
  praticaDto,
  rigaPraticaDto,
  strisciaDto,
} from './schema.ts'
import { openPratica } from './service/apri.ts'
import { concludePratica } from './service/concludi.ts'
import { recordEvento, recordPasso } from './service/lavora.ts'
import { listAvvisiTermini, listFermi, readDurate, readIndicatori, readTempi, tempiCsv, tempiDcat, tempiXml } from './service/misure.ts'
import { listPratiche, readPratica, readPraticaOfFascicolo } from './service/read.ts'

const params = z.object({ ente: z.string() })
const byId = params.extend({ id: z.uuid() })
const root = '/api/v1/:ente/pratiche'
const inline = z.object({ inline: z.literal('1').optional() })

const readEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: root,
    permission: 'pratiche.leggi',
    summary: 'Lo scadenzario: le pratiche dalla scadenza più vicina',
    params,
    query: filtriPratiche,
    response: z.object({ elementi: z.array(rigaPraticaDto), totale: z.number(), contatori: contatoriDto, striscia: strisciaDto }),
    handler: async (scope, { query }) => await listPratiche(scope, query),
  }),
  endpoint({
    method: 'GET',
    path: `${root}/durate`,
    permission: 'pratiche.leggi',
    summary: 'I tempi misurati, per procedimento e anno',
    params,
    query: z.object({ anno: z.coerce.number().int().min(2000).max(2999).optional() }),
    response: z.object({ elementi: z.array(durataDto) }),
    handler: async (scope, { query }) => ({ elementi: await readDurate(scope, query.anno) }),
  }),
  endpoint({
    method: 'GET',
    path: `${root}/indicatori`,
    permission: 'pratiche.leggi',
    summary: 'Procedimenti oltre il termine e fascicoli senza movimento',
    params,
    response: z.object({ oltreTermine: z.number(), fermi: z.number(), contatori: contatoriDto }),
    handler: async (scope) => await readIndicatori(scope),
  }),
  endpoint({
    method: 'GET',
    path: `${root}/fascicoli-fermi`,
    permission: 'pratiche.leggi',
    summary: 'I fascicoli aperti senza movimento da dodici mesi',
    params,
    query: z.object({
      pagina: z.coerce.number().int().min(1).max(100_000).default(1),
      perPagina: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({ elementi: z.array(fermoDto), totale: z.number() }),
    handler: async (scope, { query }) => await listFermi(scope, query.pagina, query.perPagina),
  }),
  endpoint({
    method: 'GET',
    path: `${root}/avvisi`,
    permission: 'pratiche.leggi',
    summary: 'Gli avvisi sui termini che scadono o sono scaduti',
    params,
    response: z.object({
      elementi: z.array(
        z.object({
          id: z.uuid(),
          tipo: z.string(),
          termine: z.string(),
          il: z.string(),
          fascicolo: z.object({ slug: z.string(), codice: z.string(), oggetto: z.string() }),
          procedimento: z.string(),
        }),
      ),
    }),
    handler: async (scope) => ({ elementi: await listAvvisiTermini(scope) }),
  }),
  endpoint({
    method: 'GET',
    path: `${root}/:id`,
    permission: 'pratiche.leggi',
    summary: 'Una pratica con passi, eventi e termine',
    params: byId,
    response: praticaDto,
    handler: async (scope, { params: p }) => await readPratica(scope, p.id),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/fascicoli/:id/pratica',
    permission: 'pratiche.leggi',
    summary: 'La pratica di un fascicolo, se ne ha una',
    params: params.extend({ id: z.string().max(60) }),
    response: z.object({ pratica: praticaDto.nullable() }),
    handler: async (scope, { params: p }) => await readPraticaOfFascicolo(scope, p.id),
  }),
]

const workEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: root,
    permission: 'fascicoli.apri',
    summary: 'Apri un procedimento con il suo fascicolo',
    params,
    body: nuovaPratica,
    response: praticaDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { body, idempotencyKey }) => await readPratica(scope, (await openPratica(scope, body, idempotencyKey)).id),
  }),
  endpoint({
    method: 'POST',
    path: `${root}/:id/passi`,
    permission: 'pratiche.lavora',
    summary: 'Segna un passo come fatto, saltato o da rifare',
    params: byId,
    body: passoFattoIn,
    response: praticaDto,
    handler: async (scope, { params: p, body }) => {
      await recordPasso(scope, p.id, body)
      return await readPratica(scope, p.id)
    },
  }),
  endpoint({
    method: 'POST',
    path: `${root}/:id/eventi`,
    permission: 'pratiche.lavora',
    summary: 'Sospendi, interrompi, proroga o fai ripartire il termine, con il motivo',
    params: byId,
    body: nuovoEvento,
    response: praticaDto,
    handler: async (scope, { params: p, body }) => {
      await recordEvento(scope, p.id, body)
      return await readPratica(scope, p.id)
    },
  }),
  endpoint({
    method: 'POST',
    path: `${root}/:id/conclusione`,
    permission: 'pratiche.lavora',
    summary: 'Concludi il procedimento',
    params: byId,
    body: conclusioneIn,
    response: praticaDto,
    handler: async (scope, { params: p, body }) => {
      await concludePratica(scope, p.id, body)
      return await readPratica(scope, p.id)
    },
  }),
]

const tempi = '/api/v1/:ente/trasparenza/tempi'
const rigaTempi = z.object({
  anno: z.number(),
  codice: z.string(),
  procedimento: z.string(),
  materia: z.string(),
  termine_giorni: z.number(),
  conclusi: z.number(),
  in_corso: z.number(),
  oltre_il_termine: z.number(),
  giorni_mediana: z.number().nullable(),
  giorni_novantesimo_percentile: z.number().nullable(),
  giorni_mediana_al_netto_delle_sospensioni: z.number().nullable(),
  percentuale_nei_termini: z.number().nullable(),
})
const publicEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: `${tempi}.json`,
    permission: 'pubblico',
    summary: 'I tempi dei procedimenti, dati aperti in JSON',
    params,
    response: z.object({ ente: z.string(), licenza: z.object({ nome: z.string(), uri: z.string() }), righe: z.array(rigaTempi) }),
    handler: async (scope) => await readTempi(scope),
  }),
  endpoint({
    method: 'GET',
    path: `${tempi}.csv`,
    permission: 'pubblico',
    summary: 'I tempi dei procedimenti, dati aperti in CSV',
    params,
    query: inline,
    response: 'file',
    handler: async (scope) => await tempiCsv(scope),
  }),
  endpoint({
    method: 'GET',
    path: `${tempi}.xml`,
    permission: 'pubblico',
    summary: 'I tempi dei procedimenti, dati aperti in XML',
    params,
    query: inline,
    response: 'file',
    handler: async (scope) => await tempiXml(scope),
  }),
  endpoint({
    method: 'GET',
    path: `${tempi}.rdf`,
    permission: 'pubblico',
    summary: 'La descrizione DCAT-AP_IT dei tempi dei procedimenti',
    params,
    query: inline,
    response: 'file',
    handler: async (scope, _, ports) => await tempiDcat(scope, ports),
  }),
]

/** Endpoints of the running procedures, of the board of the terms and of the published times. */
export const praticheEndpoints: readonly Endpoint[] = [...readEndpoints, ...workEndpoints, ...publicEndpoints]
