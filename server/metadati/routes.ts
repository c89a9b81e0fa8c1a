import { z } from 'zod'
import { recordFact } from '../kernel/audit.ts'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import type { Scope } from '../kernel/scope.ts'
import { documentoAssente } from '../documenti/index.ts'
import { canSeeRiservata, findDocumenti, findVisibleFascicolo, sightOf, visibilitaFascicoliOf } from '../fascicoli/index.ts'
import { findVisibleById } from '../protocollo/index.ts'
import { metadatiRiservati } from './errors.ts'
import { readDaiRepertorio } from './repertori.ts'
import { metadatiDto, statoMetadatiDto } from './schema.ts'
import type { MetadatiDto } from './schema.ts'
import { lavoroEndpoints } from './routes-lavoro.ts'
import { asFile } from './risposta.ts'
import { withRepairs } from './riparazione.ts'
import { buildAgg, buildDai } from './service.ts'
import { readStato } from './valutazione/elenco.ts'

const ente = z.string()
const byId = z.object({ ente, id: z.uuid() })
const byIdOrSlug = z.object({ ente, id: z.string().max(60) })

/** The DAI of a registration this person may see. */
async function readDai(scope: Scope, registrazioneId: string): Promise<{ metadati: MetadatiDto; nome: string }> {
  const row = await findVisibleById(scope, registrazioneId)
  const metadati = await buildDai(scope, row.documentoId)
  await recordFact(scope, { azione: 'metadati-letti', oggettoTipo: 'registrazione', oggettoId: row.id, documentoId: row.documentoId })
  const pagina = `protocollo/${row.anno}/${row.numero}`
  return {
    metadati: withRepairs(metadati, { ente: scope.ente.slug, tipo: 'documento', pagina }),
    nome: `dai-${row.anno}-${String(row.numero).padStart(7, '0')}.xml`,
  }
}

/** A fascicolo this person sees whole: its metadata name people and subjects, which a masked fascicolo does not show. */
async function findWhole(scope: Scope, idOrSlug: string): Promise<Awaited<ReturnType<typeof findVisibleFascicolo>>> {
  const fascicolo = await findVisibleFascicolo(scope, idOrSlug)
  if (sightOf(visibilitaFascicoliOf(scope.attore), fascicolo) !== 'intero') throw metadatiRiservati()
  return fascicolo
}

/** The AGG of a fascicolo this person sees whole. */
async function readAgg(scope: Scope, idOrSlug: string): Promise<{ metadati: MetadatiDto; nome: string }> {
  const fascicolo = await findWhole(scope, idOrSlug)
  const metadati = await buildAgg(scope, fascicolo.id)
  await recordFact(scope, { azione: 'metadati-letti', oggettoTipo: 'fascicolo', oggettoId: fascicolo.id, fascicoloId: fascicolo.id })
  const pagina = `fascicoli/${fascicolo.slug}`
  return { metadati: withRepairs(metadati, { ente: scope.ente.slug, tipo: 'fascicolo', pagina }), nome: `agg-${fascicolo.slug}.xml` }
}

/** The DI of a document in no register that a fascicolo this person sees whole holds. */
async function readDi(scope: Scope, idOrSlug: string, documentoId: string): Promise<{ metadati: MetadatiDto; nome: string }> {
  const fascicolo = await findWhole(scope, idOrSlug)
  const dentro = (await findDocumenti(scope, fascicolo.id)).find((one) => one.documentoId === documentoId)
  const reserved = dentro?.area === 'riservata' && !canSeeRiservata(visibilitaFascicoliOf(scope.attore), fascicolo)
  if (dentro === undefined || dentro.registrazioneId !== null || reserved) throw documentoAssente()
  const metadati = await buildDai(scope, documentoId)
  await recordFact(scope, { azione: 'metadati-letti', oggettoTipo: 'documento', oggettoId: documentoId, documentoId })
  const pagina = `fascicoli/${fascicolo.slug}`
  return { metadati: withRepairs(metadati, { ente: scope.ente.slug, tipo: 'documento', pagina }), nome: `di-${documentoId}.xml` }
}

/** Allegato 5 metadata of registrations and fascicoli. */
export const metadatiEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni/:id/metadati',
    permission: 'documenti.leggi',
    summary: 'I metadati Allegato 5 del documento registrato e ciò che manca',
    params: byId,
    response: metadatiDto,
    handler: async (scope, { params }) => (await readDai(scope, params.id)).metadati,
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni/:id/metadati.xml',
    permission: 'documenti.leggi',
    summary: 'Il file XML dei metadati del documento (DAI)',
    params: byId,
    response: 'file',
    handler: async (scope, { params }) => asFile(await readDai(scope, params.id)),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/fascicoli/:id/metadati',
    permission: 'fascicoli.leggi',
    summary: 'I metadati Allegato 5 del fascicolo e ciò che manca',
    params: byIdOrSlug,
    response: metadatiDto,
    handler: async (scope, { params }) => (await readAgg(scope, params.id)).metadati,
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/fascicoli/:id/metadati.xml',
    permission: 'fascicoli.leggi',
    summary: 'Il file XML dei metadati del fascicolo (AGG)',
    params: byIdOrSlug,
    response: 'file',
    handler: async (scope, { params }) => asFile(await readAgg(scope, params.id)),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/righe-repertorio/:id/metadati',
    permission: 'documenti.leggi',
    summary: 'I metadati Allegato 5 del documento in un repertorio e ciò che manca',
    params: byId,
    response: metadatiDto,
    handler: async (scope, { params }) => (await readDaiRepertorio(scope, params.id)).metadati,
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/righe-repertorio/:id/metadati.xml',
    permission: 'documenti.leggi',
    summary: 'Il file XML dei metadati del documento in un repertorio (DAI)',
    params: byId,
    response: 'file',
    handler: async (scope, { params }) => asFile(await readDaiRepertorio(scope, params.id)),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/fascicoli/:id/documenti/:documentoId/metadati',
    permission: 'fascicoli.leggi',
    summary: 'I metadati Allegato 5 di un documento non registrato del fascicolo e ciò che manca',
    params: byIdOrSlug.extend({ documentoId: z.uuid() }),
    response: metadatiDto,
    handler: async (scope, { params }) => (await readDi(scope, params.id, params.documentoId)).metadati,
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/fascicoli/:id/documenti/:documentoId/metadati.xml',
    permission: 'fascicoli.leggi',
    summary: 'Il file XML dei metadati di un documento non registrato del fascicolo (DI)',
    params: byIdOrSlug.extend({ documentoId: z.uuid() }),
    response: 'file',
    handler: async (scope, { params }) => asFile(await readDi(scope, params.id, params.documentoId)),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/registrazioni/:id/metadati/stato',
    permission: 'documenti.leggi',
    summary: 'Se i metadati del documento registrato sono completi, all’ultima valutazione',
    params: byId,
    response: statoMetadatiDto,
    handler: async (scope, { params }) =>
      await readStato(scope, 'documento', (await findVisibleById(scope, params.id)).documentoId, params.id),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/:ente/fascicoli/:id/metadati/stato',
    permission: 'fascicoli.leggi',
    summary: 'Se i metadati del fascicolo sono completi, all’ultima valutazione',
    params: byIdOrSlug,
    response: statoMetadatiDto,
    handler: async (scope, { params }) => {
      const { id } = await findWhole(scope, params.id)
      return await readStato(scope, 'fascicolo', id, id)
    },
  }),
  ...lavoroEndpoints,
]
