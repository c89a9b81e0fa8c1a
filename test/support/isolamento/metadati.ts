import { newId } from '../../../server/kernel/ids.ts'
import { importMetadati } from '../../../server/metadati/importa/servizio.ts'
import { importazioneMetadatiIn } from '../../../server/metadati/importa/schema.ts'
import { writeServizio } from '../../../server/metadati/impostazioni.ts'
import { servizioIn } from '../../../server/metadati/schema.ts'
import { judgeChanged } from '../../../server/metadati/valutazione/valuta.ts'
import { openFascicolo } from '../../../server/fascicoli/index.ts'
import { systemScope } from '../enti.ts'
import { stage } from '../factories.ts'
import { buildFascicolo } from '../fascicoli.ts'
import { daiEstraneo, fileNonRegistrato } from '../metadati.ts'
import { groundOf } from './protocollo.ts'
import type { CasoIsolamento, Casi, Mondo } from './tipi.ts'

const SEGRETO = 'Metadati segretissimi di ente A'

/** A fascicolo of ente A with a document in no register. */
async function nonRegistrato(m: Mondo): Promise<{ id: string; documentoId: string }> {
  const ground = await groundOf(m)
  const { id } = await openFascicolo(m.scopeA(), buildFascicolo(ground, m.scopeA().attore, { oggetto: SEGRETO }), newId())
  return { id, documentoId: await fileNonRegistrato(m.scopeA(), m.t.ports.store, id, SEGRETO) }
}

const upload = async (m: Mondo): Promise<string> =>
  await stage(m.scopeA(), m.t.ports.store, Buffer.from(daiEstraneo({ oggetto: SEGRETO })), 'metadati.xml')

/** A metadata file imported in ente A. */
async function imported(m: Mondo): Promise<string> {
  const input = importazioneMetadatiIn.parse({ contenuti: [await upload(m)], provenienza: SEGRETO, accettazione: 'Prova' })
  return (await importMetadati(m.scopeA(), input, newId(), m.t.ports.store)).elementi[0]?.id ?? ''
}

const di: CasoIsolamento = {
  prepara: async (m) => {
    const { id, documentoId } = await nonRegistrato(m)
    return { params: { id, documentoId }, segreti: [SEGRETO, documentoId] }
  },
  attesi: [404],
}
const ofImportato: CasoIsolamento = {
  prepara: async (m) => ({ params: { id: await imported(m) }, segreti: [SEGRETO] }),
  attesi: [404],
}
const SERVIZIO = { denominazione: SEGRETO, schemi: '9999', permanente: 9999, soloFascicoli: false }

export const casiAllegato5: Casi = {
  'GET /api/v1/:ente/fascicoli/:id/documenti/:documentoId/metadati': di,
  'GET /api/v1/:ente/fascicoli/:id/documenti/:documentoId/metadati.xml': di,
  'GET /api/v1/:ente/metadati/regole': {
    prepara: async (m) => {
      await writeServizio(m.scopeA(), servizioIn.parse(SERVIZIO))
      return { segreti: [SEGRETO] }
    },
    attesi: [200],
  },
  'GET /api/v1/:ente/metadati/da-completare': {
    prepara: async (m) => {
      const { documentoId } = await nonRegistrato(m)
      await judgeChanged(systemScope(m.t.deps, m.a))
      return { query: { avvisi: '1', perPagina: '100' }, segreti: [SEGRETO, documentoId] }
    },
    attesi: [200],
  },
  'GET /api/v1/:ente/metadati/servizio': {
    prepara: async (m) => {
      await writeServizio(m.scopeA(), servizioIn.parse(SERVIZIO))
      return { segreti: [SEGRETO] }
    },
    attesi: [200],
  },
  'PUT /api/v1/:ente/metadati/servizio': {
    prepara: async (m) => {
      await writeServizio(m.scopeA(), servizioIn.parse({ ...SERVIZIO, denominazione: 'Servizio di A' }))
      return { body: { ...SERVIZIO, denominazione: 'Servizio di prova' }, segreti: ['Servizio di A'] }
    },
    attesi: [200],
  },
  // Files of ente A are not there in ente B.
  'POST /api/v1/:ente/metadati/verifica': {
    prepara: async (m) => ({ body: { contenuti: [await upload(m)] }, segreti: [SEGRETO] }),
    attesi: [400],
  },
  'GET /api/v1/:ente/metadati/importati': {
    prepara: async (m) => {
      await imported(m)
      return { segreti: [SEGRETO] }
    },
    attesi: [200],
  },
  'POST /api/v1/:ente/metadati/importati': {
    prepara: async (m) => ({ body: { contenuti: [await upload(m)], provenienza: 'Prova', accettazione: 'Prova' }, segreti: [SEGRETO] }),
    attesi: [400],
  },
  'GET /api/v1/:ente/metadati/importati/:id': ofImportato,
  'GET /api/v1/:ente/metadati/importati/:id/file': ofImportato,
}
