import { Readable } from 'node:stream'
import { z } from 'zod'
import { FileReply, endpoint } from '../kernel/endpoint.ts'
import type { Endpoint, Ports } from '../kernel/endpoint.ts'
import type { Scope } from '../kernel/scope.ts'
import { now } from '../kernel/time.ts'
import type { Stampa } from '../ports/stampa.ts'
import { registroEmergenzaAssente } from './errors.ts'
import { devices } from './routes/dispositivi.ts'
import {
  aperturaIn,
  autorizzazioneIn,
  chiusuraIn,
  coppiaDto,
  esitoRecuperoDto,
  giornataIn,
  motivoIn,
  nuovoRegistroIn,
  provaDto,
  quadroDto,
  recuperoDto,
  recuperoIn,
  riepilogoDto,
  statoEmergenzaDto,
  verificaCodiceDto,
} from './schema.ts'
import {
  authoriseProsecuzione,
  closeApertura,
  createRegistro,
  declareGiornata,
  openApertura,
  overrideSospensione,
} from './service/aperture.ts'
import { checkCodice, readIntestazione, readQuadro, readRecupero, readRiepilogo, readStato, showRecupero } from './service/letture.ts'
import { recover, tryRecupero } from './service/recupero.ts'
import { moduloStampa, riepilogoStampa, verbaleStampa } from './stampe.ts'

const ente = z.string()
const byId = z.object({ ente, id: z.uuid('L’identificativo non è valido.') })
const anno = z.object({ anno: z.coerce.number().int().min(2000).max(2200) })

async function pdf(ports: Ports, stampa: Stampa, nome: string): Promise<FileReply> {
  const bytes = Buffer.from(await ports.stampa.print(stampa))
  return new FileReply({ nome, tipo: 'application/pdf', stream: Readable.from([bytes]), dimensione: bytes.length })
}

const readings: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/emergenza/stato',
    permission: 'organizzazione.leggi',
    summary: 'Registri di emergenza aperti adesso',
    params: z.object({ ente }),
    response: statoEmergenzaDto,
    handler: async (scope) => await readStato(scope),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/emergenza',
    permission: 'emergenza.leggi',
    summary: 'Registri di emergenza, dispositivi, aperture e recuperi',
    params: z.object({ ente }),
    response: quadroDto,
    handler: async (scope) => await readQuadro(scope),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/emergenza/recuperi/:id',
    permission: 'emergenza.leggi',
    summary: 'Un recupero con i suoi numeri a coppie',
    params: byId,
    response: recuperoDto.extend({ coppie: z.array(coppiaDto) }),
    handler: async (scope, { params }) => await showRecupero(scope, params.id),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/emergenza/codici/:codice',
    permission: 'emergenza.leggi',
    summary: 'Verifica il codice di una ricevuta di emergenza',
    params: z.object({ ente, codice: z.string().max(40) }),
    query: z.object({ numero: z.string({ error: 'Scrivi il numero di emergenza.' }).max(40) }),
    response: verificaCodiceDto,
    handler: async (scope, { params, query }) => await checkCodice(scope, query.numero, params.codice),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/emergenza/riepilogo',
    permission: 'emergenza.leggi',
    summary: 'Uso e non uso del registro di emergenza nell’anno',
    params: z.object({ ente }),
    query: anno,
    response: riepilogoDto,
    handler: async (scope, { query }) => await readRiepilogo(scope, query.anno),
  }),
]

const prints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/emergenza/recuperi/:id/verbale.pdf',
    permission: 'emergenza.leggi',
    summary: 'Verbale di un recupero',
    params: byId,
    response: 'file',
    handler: async (scope, { params }, ports) => {
      const letto = await readRecupero(scope, params.id)
      return await pdf(ports, verbaleStampa(scope.ente, letto), `verbale-${letto.row.codice}.pdf`)
    },
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/emergenza/riepilogo.pdf',
    permission: 'emergenza.leggi',
    summary: 'Riepilogo annuale del registro di emergenza',
    params: z.object({ ente }),
    query: anno,
    response: 'file',
    handler: async (scope, { query }, ports) =>
      await pdf(
        ports,
        riepilogoStampa(scope.ente, await readRiepilogo(scope, query.anno), scope.attore.nome, now()),
        `registro-di-emergenza-${query.anno}.pdf`,
      ),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/emergenza/registri/:id/modulo.pdf',
    permission: 'emergenza.leggi',
    summary: 'Modulo in bianco del registro di emergenza',
    params: byId,
    response: 'file',
    handler: async (scope, { params }, ports) => {
      const registro = await readIntestazione(scope, params.id)
      if (registro === null) throw registroEmergenzaAssente()
      return await pdf(ports, moduloStampa(scope.ente, registro, scope.attore.nome, now()), `modulo-${registro.codice}.pdf`)
    },
  }),
]

/** After an act of the RGD the page shows the whole picture again. */
const act = async (scope: Scope, done: Promise<unknown>) => {
  await done
  return await readQuadro(scope)
}

const openings: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/emergenza/registri',
    permission: 'emergenza.gestisci',
    summary: 'Istituisci un registro di emergenza per una sede',
    params: z.object({ ente }),
    body: nuovoRegistroIn,
    response: quadroDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { body, idempotencyKey }) => await act(scope, createRegistro(scope, body, idempotencyKey)),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/emergenza/aperture',
    permission: 'emergenza.gestisci',
    summary: 'Apri un registro di emergenza',
    params: z.object({ ente }),
    body: aperturaIn,
    response: quadroDto,
    status: 201,
    idempotent: true,
    handler: async (scope, { body, idempotencyKey }) => await act(scope, openApertura(scope, body, idempotencyKey)),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/emergenza/aperture/:id/autorizzazioni',
    permission: 'emergenza.gestisci',
    summary: 'Autorizza la prosecuzione oltre le 24 ore, al massimo per una settimana',
    params: byId,
    body: autorizzazioneIn,
    response: quadroDto,
    handler: async (scope, { params, body }) => await act(scope, authoriseProsecuzione(scope, params.id, body)),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/emergenza/aperture/:id/giornate',
    permission: 'emergenza.gestisci',
    summary: 'Scrivi il totale delle registrazioni manuali di una giornata',
    params: byId,
    body: giornataIn,
    response: quadroDto,
    handler: async (scope, { params, body }) => await act(scope, declareGiornata(scope, params.id, body)),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/emergenza/aperture/:id/chiusura',
    permission: 'emergenza.gestisci',
    summary: 'Chiudi il registro di emergenza al ripristino',
    params: byId,
    body: chiusuraIn,
    response: quadroDto,
    handler: async (scope, { params, body }) => await act(scope, closeApertura(scope, params.id, body)),
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/emergenza/aperture/:id/deroga',
    permission: 'emergenza.gestisci',
    summary: 'Riapri la registrazione ordinaria prima del recupero, con il motivo',
    params: byId,
    body: motivoIn,
    response: quadroDto,
    handler: async (scope, { params, body }) => await act(scope, overrideSospensione(scope, params.id, body.motivo)),
  }),
]

const recoveries: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/emergenza/prove',
    permission: 'emergenza.gestisci',
    summary: 'Prova di recupero: coppie, differenze ed errori, senza scrivere nulla',
    params: z.object({ ente }),
    body: recuperoIn,
    response: provaDto,
    handler: async (scope, { body }, ports) => {
      const { file, esito } = await tryRecupero(scope, body, ports)
      const serie = file.letto?.serie
      return {
        valido: esito.errori.length === 0,
        errori: [...esito.errori],
        registro: serie === undefined ? null : { codice: serie.registro.codice, sede: serie.registro.sede, dispositivo: serie.dispositivo },
        impronta: file.impronta,
        coppie: [...esito.coppie],
      }
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/v1/:ente/emergenza/recuperi',
    permission: 'emergenza.gestisci',
    summary: 'Recupera un file del registro di emergenza nel protocollo',
    params: z.object({ ente }),
    body: recuperoIn,
    response: esitoRecuperoDto,
    idempotent: true,
    handler: async (scope, { body, idempotencyKey }, ports) => await recover(scope, body, idempotencyKey, ports),
  }),
]

/** The emergency register (TUDA 63): openings, devices, recoveries, statements. */
export const emergenzaEndpoints: readonly Endpoint[] = [...readings, ...prints, ...openings, ...devices, ...recoveries]
