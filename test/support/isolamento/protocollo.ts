import { buildNuova, buildPdf, createRegistrazione, stage } from '../factories.ts'
import type { EnteDiProva } from '../factories.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { queryOne } from '../../../server/kernel/scope.ts'
import { findFiles } from '../../../server/documenti/index.ts'
import { authoriseDifferimento, protocolloJobs, registerInArrivo, traceDestinazioneErrata } from '../../../server/protocollo/index.ts'
import { createSigilloXades, generateTestCertificate } from '../../../server/adapters/sigillo-xades/index.ts'
import { stampatorePdfLib } from '../../../server/adapters/pdf-lib/index.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { systemScope } from '../enti.ts'
import { voceOf } from './conservazione.ts'
import type { CasoIsolamento, Casi, Mondo, Preparato } from './tipi.ts'

export const SEGRETO = 'Oggetto segretissimo di ente A'

/** The part of a test ente that the factories of the register need. */
export async function groundOf(m: Mondo): Promise<EnteDiProva> {
  const voce = await voceOf(m)
  const scope = systemScope(m.t.deps, m.a)
  const classe = await queryOne<{ id: string }>(scope, `select id from voce_titolario where ente_id = $1 and codice = 'VI/3'`, [m.a.id])
  return {
    ente: m.a,
    aooId: m.a.aooId,
    registroId: '',
    uffici: { protocollo: m.a.uffici.sue, edilizia: m.a.uffici.sue, scuola: m.a.uffici.sue },
    voci: new Map([
      ['VI/3', classe?.id ?? ''],
      ['VI/3/4', voce],
    ]),
  }
}

interface Registrata {
  readonly id: string
  readonly numero: number
  readonly anno: number
  readonly documentoId: string
  readonly assegnazioneId: string
  readonly ground: EnteDiProva
}

/** A new registration of ente A for each case that changes it. */
export async function register(m: Mondo): Promise<Registrata> {
  const ground = await groundOf(m)
  const scope = m.scopeA()
  const id = await createRegistrazione(scope, ground, m.t.ports.store, { oggetto: SEGRETO })
  const row = await queryOne<Omit<Registrata, 'id' | 'ground'>>(
    scope,
    `select r.numero, r.anno, r.documento_id as "documentoId", a.id as "assegnazioneId" from registrazione r
       join assegnazione a on a.ente_id = r.ente_id and a.registrazione_id = r.id and a.tipo = 'competenza' where r.ente_id = $1 and r.id = $2`,
    [m.a.id, id],
  )
  if (row === null) throw new Error('no registration')
  return { id, ground, ...row }
}

export const onRegistrazione = (body?: (r: Registrata) => unknown, attesi: readonly number[] = [404]): CasoIsolamento => ({
  prepara: async (m) => {
    const r = await register(m)
    return { params: { id: r.id }, ...(body === undefined ? {} : { body: body(r) }), segreti: [SEGRETO, r.documentoId] }
  },
  attesi,
})

const onAssegnazione = (body?: unknown): CasoIsolamento => ({
  prepara: async (m) => {
    const r = await register(m)
    return { params: { id: r.assegnazioneId }, ...(body === undefined ? {} : { body }), segreti: [SEGRETO, r.id] }
  },
  attesi: [404],
})

/** The list of ente B must not contain the rows of ente A, the one of ente A must. */
const list = (extra: Partial<Preparato> = {}): CasoIsolamento => ({
  prepara: async (m) => {
    const r = await register(m)
    return { ...extra, segreti: [SEGRETO, r.id] }
  },
  attesi: [200],
})

/** A document handed in on paper, registered before its scan. */
const onScansione = (): CasoIsolamento => ({
  prepara: async (m) => {
    const ground = await groundOf(m)
    const cartaceo = { scansioneAttesa: true, descrizioneCartaceo: 'Una busta con tre fogli', oggetto: SEGRETO }
    const { documento: _none, ...nuova } = { ...buildNuova(ground, newId()), ...cartaceo }
    const { id } = await registerInArrivo(m.scopeA(), nuova, newId())
    const contenutoId = await stage(m.scopeA(), m.t.ports.store, await buildPdf(newId()), 'scansione.pdf')
    return { params: { id }, body: { contenutoId, nome: 'scansione.pdf' }, headers: { 'Idempotency-Key': newId() }, segreti: [SEGRETO] }
  },
  attesi: [404],
})

const GIORNO = { dal: '2030-01-01', al: '2030-01-02', entroIl: '2030-01-10' }

/** Sealed segnatura and stamped copy, made by the jobs as the worker would. */
const onCopia = (): CasoIsolamento => ({
  prepara: async (m) => {
    const r = await register(m)
    const coppia = await generateTestCertificate({
      organizzazione: 'SIGILLO DI PROVA',
      identificativo: 'VATIT-00999000001',
      dal: new Date(Date.now() - 86_400_000),
    })
    const ports = { store: m.t.ports.store, sigillo: await createSigilloXades(coppia), pdf: stampatorePdfLib } as unknown as Ports
    for (const job of protocolloJobs) await job.handler(systemScope(m.t.deps, m.a), { id: r.id }, ports)
    return { params: { id: r.id }, segreti: [SEGRETO] }
  },
  attesi: [404],
})

export const casiProtocollo: Casi = {
  'POST /api/v1/:ente/registrazioni/verifica': {
    prepara: async (m) => {
      const ground = await groundOf(m)
      await createRegistrazione(m.scopeA(), ground, m.t.ports.store, {
        oggetto: SEGRETO,
        protocolloMittente: { numero: 'ISOLAMENTO-1', data: '2026-01-02' },
      })
      const { documento: _none, ...nuova } = buildNuova(ground, newId())
      // The same sender's protocol: at home the first registration is proposed.
      return {
        body: {
          ...nuova,
          scansioneAttesa: true,
          descrizioneCartaceo: 'Una busta',
          protocolloMittente: { numero: 'ISOLAMENTO-1', data: '2026-01-02' },
        },
        segreti: [SEGRETO],
      }
    },
    attesi: [200],
  },
  'POST /api/v1/:ente/registrazioni/:id/scansione': onScansione(),
  'POST /api/v1/:ente/differimenti': {
    prepara: async () =>
      await Promise.resolve({
        body: { provvedimento: `Provvedimento ${newId()}`, causa: 'Sciopero delle poste', ambito: 'Raccomandate', ...GIORNO },
        segreti: ['segreto di ente A'],
      }),
    attesi: [201],
  },
  'GET /api/v1/:ente/differimenti': {
    prepara: async (m) => {
      const provvedimento = `Provvedimento segreto ${newId()}`
      const rgd = { ...m.scopeA().attore, profili: ['responsabileGestioneDocumentale' as const] }
      await authoriseDifferimento({ ...m.scopeA(), attore: rgd }, { provvedimento, causa: 'Sciopero', ambito: 'Raccomandate', ...GIORNO })
      return { segreti: [provvedimento] }
    },
    attesi: [200],
  },
  'POST /api/v1/:ente/destinazioni-errate': {
    prepara: async (m) => {
      const r = await register(m)
      return {
        body: { scelta: 'inoltrata', registrazioneId: r.id, amministrazione: 'Provincia di Valserena' },
        headers: { 'Idempotency-Key': newId() },
        segreti: [SEGRETO, r.id],
      }
    },
    attesi: [404],
  },
  'GET /api/v1/:ente/destinazioni-errate': {
    prepara: async (m) => {
      const r = await register(m)
      const input = { scelta: 'inoltrata' as const, registrazioneId: r.id, amministrazione: 'Provincia di Valserena', nota: '' }
      await traceDestinazioneErrata(m.scopeA(), input, newId())
      return { segreti: [SEGRETO, r.id] }
    },
    attesi: [200],
  },
  'GET /api/v1/:ente/titolario': {
    prepara: async (m) => ({ segreti: [await voceOf(m)] }),
    attesi: [404],
  },
  'GET /api/v1/:ente/titolario/voci': {
    prepara: async (m) => ({ query: { q: 'VI/3/4' }, segreti: [await voceOf(m)] }),
    attesi: [404],
  },
  'POST /api/v1/:ente/contenuti': {
    // The bytes are the caller's own: what must not happen is that they land in the other ente, so the store is looked at by the case that reads them back.
    prepara: async () =>
      await Promise.resolve({
        body: Buffer.from('bytes of ente A'),
        headers: { 'X-Nome-File': 'a.txt', 'Content-Type': 'text/plain' },
        segreti: ['ente-a'],
      }),
    attesi: [201],
  },
  'GET /api/v1/:ente/contenuti/:id/file': {
    prepara: async (m) => {
      const id = await stage(m.scopeA(), m.t.ports.store, await buildPdf(newId()), 'segreto-di-a.pdf')
      return { params: { id }, segreti: ['segreto-di-a.pdf'] }
    },
    attesi: [404],
  },
  'POST /api/v1/:ente/registrazioni': {
    prepara: async (m) => {
      const ground = await groundOf(m)
      const contenutoId = await stage(m.scopeA(), m.t.ports.store, await buildPdf(newId()), 'a.pdf')
      return {
        body: {
          oggetto: 'Registrazione con file e voce di un altro ente',
          mittenti: [{ tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio' }],
          mezzo: 'A_MANO',
          dataArrivo: new Date(Date.now() - 60_000).toISOString(),
          voceId: ground.voci.get('VI/3'),
          assegnazione: { ufficioId: m.a.uffici.sue },
          documento: { contenutoId, nome: 'a.pdf', formazione: 'file' },
        },
        headers: { 'Idempotency-Key': newId() },
        segreti: [`Sportello unico di ${m.a.denominazione}`],
      }
    },
    attesi: [400, 404],
  },
  'GET /api/v1/:ente/registrazioni': list(),
  'GET /api/v1/:ente/registrazioni/:anno/:numero': {
    prepara: async (m) => {
      const r = await register(m)
      return { params: { anno: String(r.anno), numero: String(r.numero) }, segreti: [SEGRETO, r.documentoId] }
    },
    attesi: [404],
  },
  'GET /api/v1/:ente/registrazioni/:id': onRegistrazione(),
  'GET /api/v1/:ente/registrazioni/:id/segnatura.xml': onCopia(),
  'GET /api/v1/:ente/registrazioni/:id/copia-segnata.pdf': onCopia(),
  'GET /api/v1/:ente/documenti/:id/file/:fileId': {
    prepara: async (m) => {
      const r = await register(m)
      const file = (await findFiles(m.scopeA(), [r.documentoId]))[0]
      return { params: { id: r.documentoId, fileId: file?.id ?? '' }, segreti: ['%PDF'] }
    },
    attesi: [404],
  },
  'GET /api/v1/:ente/assegnazioni': list({ query: { vista: 'da-prendere-in-carico', perPagina: '200' } }),
  'POST /api/v1/:ente/assegnazioni/:id/presa-in-carico': onAssegnazione(),
  'POST /api/v1/:ente/assegnazioni/:id/rifiuto': onAssegnazione({ motivo: 'incompleto' }),
  'POST /api/v1/:ente/registrazioni/:id/assegnazioni': onRegistrazione((r) => ({
    ufficioId: r.ground.uffici.edilizia,
    tipo: 'competenza',
  })),
  'POST /api/v1/:ente/registrazioni/:id/classificazione': onRegistrazione((r) => ({
    voceId: r.ground.voci.get('VI/3/4'),
    motivo: 'Prova',
  })),
  'GET /api/v1/:ente/scrivania': list(),
}
