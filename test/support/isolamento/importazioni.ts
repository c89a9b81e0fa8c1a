import { readStoriche } from '../../../server/importazioni/index.ts'
import { filtriStorico, serieIn } from '../../../server/importazioni/schema.ts'
import { readStorica } from '../../../server/importazioni/service/consulta.ts'
import { runImportazione } from '../../../server/importazioni/service/importa.ts'
import { confirmImportazione, readImportazione, requestVerifica, verifyImportazione } from '../../../server/importazioni/service/storico.ts'
import type { ImportazioneDto, NuovaImportazione } from '../../../server/importazioni/schema.ts'
import { systemScope } from '../enti.ts'
import { startSerie } from '../../../server/importazioni/service/serie.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { queryOne } from '../../../server/kernel/scope.ts'
import { buildPdf, stage } from '../factories.ts'
import { buildCsv, buildZip } from '../storico.ts'
import { groundOf } from './protocollo.ts'
import type { CasoIsolamento, Casi, Mondo, Preparato } from './tipi.ts'

const SEGRETO = 'Registro passato segretissimo di ente A'
const MAX = 1_000_000
let anni = 1990

async function upload(m: Mondo): Promise<NuovaImportazione> {
  const anno = anni++
  const rows = [['1', `${anno}-01-02`, 'E', SEGRETO, 'uno.pdf']]
  return {
    codice: 'VECCHIO',
    anno,
    denominazione: SEGRETO,
    provenienza: 'Prova',
    righeContenutoId: await stage(
      m.scopeA(),
      m.t.ports.store,
      buildCsv(['numero', 'data', 'tipo', 'oggetto', 'file'], rows),
      'registro.csv',
    ),
    archivioContenutoId: await stage(m.scopeA(), m.t.ports.store, buildZip({ 'uno.pdf': SEGRETO }), 'file.zip'),
  }
}

async function verified(m: Mondo): Promise<ImportazioneDto> {
  const { id } = await requestVerifica(m.scopeA(), await upload(m))
  await verifyImportazione(systemScope(m.t.deps, m.a), id, m.t.ports.store, MAX)
  return await readImportazione(m.scopeA(), id)
}

/** A past register of ente A with one registration and its file. */
async function imported(m: Mondo): Promise<{ id: string; fileId: string; numero: string }> {
  const { id, anno } = await verified(m)
  await confirmImportazione(m.scopeA(), id, '')
  await runImportazione(systemScope(m.t.deps, m.a), id, m.t.ports.store, MAX)
  const [row] = (await readStoriche(m.scopeA(), filtriStorico.parse({ anno }))).elementi
  const dto = await readStorica(m.scopeA(), row?.id ?? '')
  return { id: dto.id, fileId: dto.files[0]?.id ?? '', numero: dto.etichetta }
}

const on = <T extends { id: string }>(
  make: (m: Mondo) => Promise<T>,
  more: (made: T) => Partial<Preparato> = () => ({}),
): CasoIsolamento => ({
  prepara: async (m) => {
    const made = await make(m)
    const { params, ...rest } = more(made)
    return { params: { id: made.id, ...params }, ...rest, segreti: [SEGRETO] }
  },
  attesi: [404],
})
const list = (make: (m: Mondo) => Promise<unknown>): CasoIsolamento => ({
  prepara: async (m) => {
    await make(m)
    return { segreti: [SEGRETO] }
  },
  attesi: [200],
})

const CSV = 'chiave;oggetto\na;b'

async function goodCsv(m: Mondo): Promise<string> {
  await groundOf(m)
  const office = await queryOne<{ codice: string }>(m.scopeA(), 'select codice from ufficio where ente_id = $1 and id = $2', [
    m.a.id,
    m.a.uffici.sue,
  ])
  return `chiave;oggetto;classificazione;ufficio;mezzo;data_arrivo;cognome;nome;file\n${newId()};${SEGRETO};VI/3;${office?.codice ?? ''};A mano;2026-01-05;Ventaglio;Ortensia;uno.pdf`
}

async function oneFile(m: Mondo): Promise<{ nome: string; contenutoId: string }[]> {
  return [{ nome: 'uno.pdf', contenutoId: await stage(m.scopeA(), m.t.ports.store, await buildPdf(newId()), 'uno.pdf') }]
}

/** A mass registration of ente A, not yet run. */
async function serie(m: Mondo): Promise<{ id: string }> {
  return await startSerie(m.scopeA(), serieIn.parse({ nome: SEGRETO, csv: await goodCsv(m), file: await oneFile(m) }), newId())
}

export const casiImportazioni: Casi = {
  'GET /api/v1/:ente/importazioni': list(verified),
  // Files of ente A are not there in ente B.
  'POST /api/v1/:ente/importazioni': {
    prepara: async (m) => ({ body: { ...(await upload(m)), denominazione: 'Registro' }, segreti: [SEGRETO] }),
    attesi: [400],
  },
  'GET /api/v1/:ente/importazioni/:id': on(verified),
  'POST /api/v1/:ente/importazioni/:id/conferma': on(verified, () => ({ body: {} })),
  'GET /api/v1/:ente/importazioni/:id/rapporto': on(verified),
  'GET /api/v1/:ente/registri-storici': list(imported),
  'GET /api/v1/:ente/registrazioni-storiche': list(imported),
  'GET /api/v1/:ente/registrazioni-storiche/:id': on(imported),
  'GET /api/v1/:ente/registrazioni-storiche/:id/file/:fileId': on(imported, (made) => ({ params: { fileId: made.fileId } })),
  // Words of the table are looked up in the ente of the request: the office of ente A has no name in ente B's answer.
  'POST /api/v1/:ente/serie/verifica': {
    prepara: async (m) => await Promise.resolve({ body: { csv: CSV }, segreti: [m.a.denominazione] }),
    attesi: [200],
  },
  'POST /api/v1/:ente/serie': {
    prepara: async (m) => ({ body: { nome: SEGRETO, csv: await goodCsv(m), file: await oneFile(m) }, segreti: [SEGRETO] }),
    attesi: [422],
  },
  'GET /api/v1/:ente/serie': list(serie),
  'GET /api/v1/:ente/serie/:id': on(serie),
  'POST /api/v1/:ente/serie/:id/interruzione': on(serie),
  'POST /api/v1/:ente/serie/:id/ripresa': on(serie),
}
