import { z } from 'zod'
import type { ZodType } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint, FileReply, Ports } from '../kernel/endpoint.ts'
import type { Scope } from '../kernel/scope.ts'
import { filtriStati, statoPraticaDto } from './schema-stato.ts'
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
import { exportStati, readStato } from './service/stato.ts'

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
    path: `${root}/stato.json`,
    permission: 'esportazioni.crea',
    summary: 'Lo stato delle pratiche dello scadenzario, da comunicare a un’altra amministrazione',
    params,
    query: filtriStati,
    response: 'file',
    handler: async (scope, { query }) => await exportStati(scope, query),
  }),
  endpoint({
    method: 'GET',
    path: `${root}/:id/stato`,
    permission: 'pratiche.leggi',
    summary: 'Lo stato di una pratica per un’altra amministrazione: senza persone né documenti',
    params: byId,
    response: statoPraticaDto,
    handler: async (scope, { params: p }) => await readStato(scope, p.id),
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

/** An act on a practice, answered with the practice as it is afterwards. */
function work<B extends ZodType>(
  nome: string,
  summary: string,
  body: B,
  act: (scope: Scope, id: string, input: z.infer<B>) => Promise<void>,
): Endpoint {
  return endpoint({
    method: 'POST',
    path: `${root}/:id/${nome}`,
    permission: 'pratiche.lavora',
    summary,
    params: byId,
    body,
    response: praticaDto,
    handler: async (scope, { params: p, body: input }) => {
      await act(scope, p.id, input as z.infer<B>)
      return await readPratica(scope, p.id)
    },
  })
}

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
  work('passi', 'Segna un passo come fatto, saltato o da rifare', passoFattoIn, recordPasso),
  work('eventi', 'Sospendi, interrompi, proroga o fai ripartire il termine, con il motivo', nuovoEvento, recordEvento),
  work('conclusione', 'Concludi il procedimento', conclusioneIn, concludePratica),
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
/** The published times in one of the formats anybody may download. */
function openFile(estensione: string, summary: string, write: (scope: Scope, ports: Ports) => Promise<FileReply>): Endpoint {
  return endpoint({
    method: 'GET',
    path: `${tempi}.${estensione}`,
    permission: 'pubblico',
    summary,
    params,
    query: inline,
    response: 'file',
    handler: async (scope, _, ports) => await write(scope, ports),
  })
}

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
  openFile('csv', 'I tempi dei procedimenti, dati aperti in CSV', tempiCsv),
  openFile('xml', 'I tempi dei procedimenti, dati aperti in XML', tempiXml),
  openFile('rdf', 'La descrizione DCAT-AP_IT dei tempi dei procedimenti', tempiDcat),
]

/** Endpoints of the running procedures, of the board of the terms and of the published times. */
export const praticheEndpoints: readonly Endpoint[] = [...readEndpoints, ...workEndpoints, ...publicEndpoints]
