import { newId } from '../../../server/kernel/ids.ts'
import { queryOne } from '../../../server/kernel/scope.ts'
import { fileDocumento, openFascicolo } from '../../../server/fascicoli/index.ts'
import { adoptPredefiniti, findDocumentoRepertorio, registerRiga } from '../../../server/repertori/index.ts'
import { extractPeriodo } from '../../../server/repertori/service/extract.ts'
import { requestAnnullamento } from '../../../server/repertori/service/annul.ts'
import { listRepertori } from '../../../server/repertori/service/configure.ts'
import { publishRiga, withdrawPubblicazione, writeRelate } from '../../../server/repertori/service/publish.ts'
import { presentRigaById } from '../../../server/repertori/service/read.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { romeDay } from '../../../server/kernel/time.ts'
import { stampatricePdf } from '../../../server/adapters/stampa-pdf/index.ts'
import { buildPdf, createRegistrazione, stage } from '../factories.ts'
import { systemScope } from '../enti.ts'
import { buildFascicolo } from '../fascicoli.ts'
import { groundOf } from './protocollo.ts'
import type { CasoIsolamento, Casi, Mondo, Preparato } from './tipi.ts'

const SEGRETO = 'Determinazione segretissima di ente A'

interface Riga {
  readonly m: Mondo
  readonly repertorioId: string
  readonly id: string
  readonly fileId: string
  readonly voceId: string
}

/** A row of ente A in a repertory that may be published. */
async function riga(m: Mondo): Promise<Riga> {
  const scope = m.scopeA()
  await adoptPredefiniti(scope)
  const repertorioId = (await listRepertori(scope)).find((r) => r.codice === 'DET')?.id ?? ''
  const voceId = (await groundOf(m)).voci.get('VI/3') ?? ''
  const { id } = await registerRiga(scope, repertorioId, await nuova(m, voceId), newId())
  const { principale } = await presentRigaById(scope, id)
  return { m, repertorioId, id, fileId: principale.id, voceId }
}

async function nuova(m: Mondo, voceId: string) {
  const contenutoId = await stage(m.scopeA(), m.t.ports.store, await buildPdf(`Atto ${newId()}`), 'atto.pdf')
  return {
    oggetto: SEGRETO,
    formatore: 'Settore tecnico',
    voceId,
    dati: {},
    documento: { contenutoId, nome: 'atto.pdf', descrizione: '', formazione: 'file' as const },
    allegati: [],
    riservato: false,
    note: '',
  }
}

const caso = (more: (r: Riga) => Promise<Partial<Preparato>> | Partial<Preparato>, attesi: readonly number[] = [404]): CasoIsolamento => ({
  prepara: async (m) => {
    const r = await riga(m)
    const { params, ...rest } = await more(r)
    return { params: { id: r.id, ...params }, segreti: [SEGRETO, r.id], ...rest }
  },
  attesi,
})

const key = (): { headers: Record<string, string> } => ({ headers: { 'Idempotency-Key': newId() } })
const onRepertorio = (r: Riga): Partial<Preparato> => ({ params: { id: r.repertorioId } })
const nuovo = (r: Riga) => ({
  codice: `R${newId().slice(-8)}`,
  denominazione: SEGRETO,
  tipologia: 'Atto',
  numerazione: 'annuale',
  campi: [],
  visibilita: 'ente',
  conservazioneAnni: null,
  albo: r.voceId === '',
  giorniAlbo: 15,
})

async function pubblicata(r: Riga): Promise<string> {
  const input = { dal: romeDay(new Date()), fileIds: [r.fileId], richiedente: 'Settore tecnico' }
  return (await publishRiga(r.m.scopeA(), r.id, input, newId())).id
}

async function ritirata(r: Riga): Promise<string> {
  const id = await pubblicata(r)
  const scope = systemScope(r.m.t.deps, r.m.a)
  await withdrawPubblicazione(scope, id, 'Prova')
  await writeRelate(scope, { store: r.m.t.ports.store, stampa: stampatricePdf } as unknown as Ports)
  return id
}

/** A year without rows for each extraction: the same period is never extracted twice. */
let anno = 1950

async function estratta(r: Riga): Promise<string> {
  const scope = r.m.scopeA()
  anno++
  const year = String(anno)
  await extractPeriodo(scope, r.repertorioId, `${year}-01-01`, `${year}-12-31`)
  const row = await queryOne<{ id: string }>(
    scope,
    'select id from estrazione_repertorio where ente_id = $1 and repertorio_id = $2 order by creata_il desc limit 1',
    [r.m.a.id, r.repertorioId],
  )
  return row?.id ?? ''
}

async function richiesta(r: Riga): Promise<string> {
  await requestAnnullamento(r.m.scopeA(), r.id, 'Prova')
  const row = await queryOne<{ id: string }>(
    r.m.scopeA(),
    'select id from annullamento_repertorio where ente_id = $1 and riga_id = $2 and esito is null',
    [r.m.a.id, r.id],
  )
  return row?.id ?? ''
}

/** A row of ente A filed in a fascicolo of ente A. */
async function fascicolata(r: Riga): Promise<Record<string, string>> {
  const scope = r.m.scopeA()
  const { documentoId } = await presentRigaById(scope, r.id)
  const nuovo = buildFascicolo(await groundOf(r.m), scope.attore, { oggetto: 'Fascicolo di prova' })
  const { id } = await openFascicolo(scope, nuovo, newId())
  await fileDocumento(scope, id, { documentoId }, [findDocumentoRepertorio])
  return { id, documentoId, fileId: r.fileId }
}

export const casiRepertori: Casi = {
  'GET /api/v1/:ente/fascicoli/:id/documenti/:documentoId/file/:fileId': caso(async (r) => ({
    params: await fascicolata(r),
    segreti: ['%PDF'],
  })),
  'GET /api/v1/:ente/repertori': caso((r) => ({ segreti: [r.repertorioId] }), [200]),
  'POST /api/v1/:ente/repertori': caso((r) => ({ body: nuovo(r), segreti: [r.repertorioId] }), [201]),
  'POST /api/v1/:ente/repertori/predefiniti': caso((r) => ({ segreti: [r.repertorioId] }), [200]),
  'PATCH /api/v1/:ente/repertori/:id': caso((r) => ({ ...onRepertorio(r), body: { denominazione: 'Determinazioni' } })),
  'GET /api/v1/:ente/repertori/:id/estrazioni': caso(async (r) => ({ ...onRepertorio(r), segreti: [await estratta(r)] }), [200]),
  'POST /api/v1/:ente/repertori/:id/estrazioni': caso((r) => ({ ...onRepertorio(r), body: { dal: '1948-01-01', al: '1948-01-31' } })),
  'GET /api/v1/:ente/estrazioni-repertorio/:id/file': caso(async (r) => ({
    params: { id: await estratta(r) },
    segreti: ['#DET#', '"DET"'],
  })),
  'GET /api/v1/:ente/repertori/:id/righe': caso(onRepertorio),
  'POST /api/v1/:ente/repertori/:id/righe': caso(async (r) => ({ ...onRepertorio(r), body: await nuova(r.m, r.voceId), ...key() })),
  'GET /api/v1/:ente/righe-repertorio/:id': caso(() => ({})),
  'GET /api/v1/:ente/righe-repertorio/:id/file/:fileId': caso((r) => ({ params: { fileId: r.fileId }, segreti: ['%PDF'] })),
  'GET /api/v1/:ente/righe-repertorio/:id/metadati': caso(() => ({})),
  'GET /api/v1/:ente/righe-repertorio/:id/metadati.xml': caso(() => ({})),
  'POST /api/v1/:ente/righe-repertorio/:id/annullamento': caso(() => ({ body: { motivo: 'Prova' } })),
  'GET /api/v1/:ente/annullamenti-repertorio': caso(async (r) => ({ segreti: [await richiesta(r)] }), [200]),
  'POST /api/v1/:ente/annullamenti-repertorio/:id/decisione': caso(async (r) => ({
    params: { id: await richiesta(r) },
    body: { esito: 'autorizzato', numero: '1', data: '2026-01-02' },
  })),
  'POST /api/v1/:ente/righe-repertorio/:id/trasmissioni': {
    prepara: async (m) => {
      const r = await riga(m)
      return {
        params: { id: r.id },
        body: { registrazioneId: await createRegistrazione(m.scopeA(), await groundOf(m), m.t.ports.store) },
        segreti: [SEGRETO],
      }
    },
    attesi: [404],
    // At home the row and the registration are found: it is not an outgoing one, and that is what the answer says.
    attesiInCasa: [422],
  },
  'POST /api/v1/:ente/righe-repertorio/:id/pubblicazione': caso((r) => ({
    body: { dal: romeDay(new Date()), fileIds: [r.fileId], richiedente: 'Settore tecnico' },
    ...key(),
  })),
  'GET /api/v1/:ente/pubblicazioni': caso(async (r) => ({ segreti: [await pubblicata(r)] }), [200]),
  'POST /api/v1/:ente/pubblicazioni/:id/ritiro': caso(async (r) => ({ params: { id: await pubblicata(r) }, body: { motivo: 'Prova' } })),
  'GET /api/v1/:ente/pubblicazioni/:id/relata.pdf': caso(async (r) => ({ params: { id: await ritirata(r) }, segreti: ['%PDF'] })),
  'GET /api/v1/:ente/albo': caso(async (r) => ({ segreti: [await pubblicata(r)] }), [200]),
  'GET /api/v1/:ente/albo/:id/file/:fileId': caso(async (r) => {
    const id = await pubblicata(r)
    const row = await queryOne<{ fileId: string }>(
      r.m.scopeA(),
      `select file_ids ->> 0 as "fileId" from pubblicazione where ente_id = $1 and id = $2`,
      [r.m.a.id, id],
    )
    return { params: { id, fileId: row?.fileId ?? '' }, segreti: ['%PDF'] }
  }),
}
