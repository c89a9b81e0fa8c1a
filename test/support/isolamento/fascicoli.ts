import { closeFascicolo, openFascicolo } from '../../../server/fascicoli/index.ts'
import { grantAccesso } from '../../../server/fascicoli/service/accesso.ts'
import { addCartaceo } from '../../../server/fascicoli/service/aggiungi.ts'
import { linkFascicolo } from '../../../server/fascicoli/service/collega.ts'
import { suspendFascicolo } from '../../../server/fascicoli/service/stato.ts'
import { changeImpostazioni, listOggetti } from '../../../server/fascicoli/service/impostazioni.ts'
import { proposeFascicolo } from '../../../server/fascicoli/service/proposte.ts'
import { requestTrasmissione } from '../../../server/fascicoli/service/trasmetti.ts'
import { requestTrasferimento } from '../../../server/fascicoli/service/trasferisci.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { queryOne } from '../../../server/kernel/scope.ts'
import { buildPdf, createRegistrazione, stage } from '../factories.ts'
import { buildFascicolo } from '../fascicoli.ts'
import { groundOf } from './protocollo.ts'
import type { CasoIsolamento, Casi, Mondo, Preparato } from './tipi.ts'

const SEGRETO = 'Fascicolo segretissimo di ente A'

interface Aperto {
  readonly id: string
  /** Filed in the fascicolo. */
  readonly documentoId: string
  /** Registered and filed nowhere. */
  readonly sciolto: string
  readonly voceId: string
  readonly ufficioId: string
  readonly responsabileId: string
}

/** A new open fascicolo of ente A with one document in it, and one more document beside it. */
async function open(m: Mondo, vuoto = false): Promise<Aperto> {
  const ground = await groundOf(m)
  const scope = m.scopeA()
  const register = async (): Promise<string> => {
    const id = await createRegistrazione(scope, ground, m.t.ports.store, { oggetto: SEGRETO })
    const row = await queryOne<{ documentoId: string }>(
      scope,
      'select documento_id as "documentoId" from registrazione where ente_id = $1 and id = $2',
      [m.a.id, id],
    )
    return row?.documentoId ?? ''
  }
  const documentoId = await register()
  const nuovo = buildFascicolo(ground, scope.attore, { oggetto: SEGRETO, ...(vuoto ? {} : { documentoId }) })
  const { id } = await openFascicolo(scope, nuovo, newId())
  return {
    id,
    documentoId,
    sciolto: await register(),
    voceId: nuovo.voceId,
    ufficioId: nuovo.ufficioId,
    responsabileId: nuovo.responsabileId,
  }
}

const onFascicolo = (more: (f: Aperto) => Partial<Preparato> = () => ({}), attesi: readonly number[] = [404]): CasoIsolamento => ({
  prepara: async (m) => {
    const f = await open(m)
    const { params, ...rest } = more(f)
    return { params: { id: f.id, ...params }, ...rest, segreti: [SEGRETO, f.documentoId] }
  },
  attesi,
})

/** The same after something was done to the fascicolo at home. */
const after = (
  fatto: (m: Mondo, f: Aperto) => Promise<Partial<Preparato>>,
  attesi: readonly number[] = [404],
  vuoto = false,
): CasoIsolamento => ({
  prepara: async (m) => {
    const f = await open(m, vuoto)
    const { params, ...rest } = await fatto(m, f)
    return { params: { id: f.id, ...params }, ...rest, segreti: [SEGRETO, f.documentoId] }
  },
  attesi,
})

const rowOf = async (m: Mondo, table: string, fascicoloId: string): Promise<string> => {
  const row = await queryOne<{ id: string }>(m.scopeA(), `select id from ${table} where ente_id = $1 and fascicolo_id = $2`, [
    m.a.id,
    fascicoloId,
  ])
  return row?.id ?? ''
}
const versioneOf = async (m: Mondo, id: string): Promise<number> => {
  const row = await queryOne<{ versione: number }>(m.scopeA(), 'select versione from fascicolo where ente_id = $1 and id = $2', [
    m.a.id,
    id,
  ])
  return row?.versione ?? 0
}
const MOTIVO = { motivo: 'Prova' }

async function askTransfer(m: Mondo, f: Aperto): Promise<string> {
  await requestTrasferimento(m.scopeA(), f.id, { ufficioId: m.a.uffici.protocollo, motivo: 'Prova' })
  return await rowOf(m, 'fascicolo_movimento', f.id)
}

const TRASMISSIONE = { destinatario: 'Unione della Valserena', motivo: 'Prova', conRiservati: false }
/** Its package is not made here: at home too it is not ready, unless said otherwise. */
const onTrasmissione = (body: Preparato['body'], attesiInCasa: readonly number[] = [409]): CasoIsolamento => ({
  ...after(async (m, f) => ({
    params: { movimentoId: await requestTrasmissione(m.scopeA(), f.id, TRASMISSIONE, newId()) },
    ...(body === undefined ? {} : { body }),
  })),
  attesiInCasa,
})

/** Ente A divides its fascicoli in two levels: ente B keeps its own choice. */
async function impostate(m: Mondo): Promise<Preparato> {
  await changeImpostazioni(m.scopeA(), { livelli: 2 })
  return { segreti: ['"livelli":2'] }
}

/** A proposal of ente A, made with the document that is filed nowhere. */
async function propose(m: Mondo, f: Aperto): Promise<string> {
  const input = {
    ufficioId: f.ufficioId,
    voceId: f.voceId,
    tipo: 'affare' as const,
    oggetto: SEGRETO,
    documentoId: f.sciolto,
    nota: SEGRETO,
  }
  return await proposeFascicolo(m.scopeA(), input, newId())
}

export const casiFascicoli: Casi = {
  'GET /api/v1/:ente/fascicoli/proposte-apertura': after(async (m, f) => ({ params: { propostaId: await propose(m, f) } }), [200]),
  'POST /api/v1/:ente/fascicoli/proposte-apertura': onFascicolo(
    (f) => ({ body: { ufficioId: f.ufficioId, voceId: f.voceId, tipo: 'affare', oggetto: 'Nuovo', documentoId: f.sciolto, nota: '' } }),
    [404, 422],
  ),
  'GET /api/v1/:ente/fascicoli/proposte-apertura/:propostaId': after(async (m, f) => ({ params: { propostaId: await propose(m, f) } })),
  'POST /api/v1/:ente/fascicoli/proposte-apertura/:propostaId/accettazione': after(async (m, f) => ({
    params: { propostaId: await propose(m, f) },
    body: { responsabileId: f.responsabileId },
  })),
  'POST /api/v1/:ente/fascicoli/proposte-apertura/:propostaId/rifiuto': after(async (m, f) => ({
    params: { propostaId: await propose(m, f) },
    body: MOTIVO,
  })),
  'GET /api/v1/:ente/fascicoli': onFascicolo(() => ({ query: { perPagina: '200' } }), [200]),
  'GET /api/v1/:ente/fascicoli/proposte': onFascicolo((f) => ({ query: { documentoId: f.sciolto } }), [404]),
  'GET /api/v1/:ente/fascicoli/:id': onFascicolo(),
  'GET /api/v1/:ente/fascicoli/:id/verifica-chiusura': {
    prepara: async (m) => {
      const f = await open(m)
      return { params: { id: f.id }, segreti: ['bloccanti'] }
    },
    attesi: [404],
  },
  // At home nothing changed in the titolario: there is no voice to go to.
  'POST /api/v1/:ente/fascicoli/:id/riapertura-in-voce': {
    ...onFascicolo((f) => ({ body: { versione: 1, voceId: f.voceId, ...MOTIVO } })),
    attesiInCasa: [422],
  },
  // Opening in ente B with a voice, a person and a document of ente A: none of them can be named there.
  'POST /api/v1/:ente/fascicoli': onFascicolo(
    (f) => ({
      body: {
        voceId: f.voceId,
        tipo: 'affare',
        oggetto: 'Nuovo',
        responsabileId: f.responsabileId,
        ufficioId: f.ufficioId,
        amministrazioniPartecipanti: [],
        visibileCittadino: false,
        documentoId: f.sciolto,
      },
    }),
    [404, 422],
  ),
  'POST /api/v1/:ente/fascicoli/:id/documenti': onFascicolo((f) => ({ body: { documentoId: f.sciolto } })),
  'PATCH /api/v1/:ente/fascicoli/:id/documenti/:documentoId': onFascicolo((f) => ({
    params: { documentoId: f.documentoId },
    body: { area: 'riservata', motivo: 'Prova' },
  })),
  'PATCH /api/v1/:ente/fascicoli/:id/visibilita': onFascicolo(() => ({ body: { visibileCittadino: false, motivo: 'Prova' } })),
  'POST /api/v1/:ente/fascicoli/:id/chiusura': onFascicolo(() => ({
    body: { versione: 1, esito: 'conclusione', nota: '', motivoForzatura: 'Prova' },
  })),
  'GET /api/v1/:ente/fascicoli/:id/documenti': onFascicolo(),
  'POST /api/v1/:ente/fascicoli/:id/documenti/:documentoId/rimozione': onFascicolo((f) => ({
    params: { documentoId: f.documentoId },
    body: { motivo: 'Prova' },
  })),
  'POST /api/v1/:ente/fascicoli/:id/non-protocollati': after(async (m) => {
    const contenutoId = await stage(m.scopeA(), m.t.ports.store, await buildPdf(SEGRETO), 'nota.pdf')
    return { body: { oggetto: SEGRETO, tipologia: 'Nota', file: [{ contenutoId, nome: 'nota.pdf' }] } }
  }),
  'POST /api/v1/:ente/fascicoli/:id/cartacei': onFascicolo(() => ({
    body: { oggetto: 'Pianta', tipologia: 'Elaborato', consistenza: '1 foglio', posizioneFisica: 'Scaffale 1' },
  })),
  'POST /api/v1/:ente/fascicoli/:id/cartacei/:rigaId/rimozione': after(async (m, f) => {
    await addCartaceo(m.scopeA(), f.id, { oggetto: SEGRETO, tipologia: 'Pianta', consistenza: '1', posizioneFisica: 'Qui', area: 'comune' })
    return { params: { rigaId: await rowOf(m, 'documento_cartaceo', f.id) }, body: MOTIVO }
  }),
  'POST /api/v1/:ente/fascicoli/:id/sottofascicoli': onFascicolo(() => ({ body: { oggetto: 'Parte' } })),
  'POST /api/v1/:ente/fascicoli/:id/collegamenti': after(async (m) => ({
    body: { altroId: (await open(m)).id, tipo: 'collegato', motivo: 'Prova' },
  })),
  'POST /api/v1/:ente/fascicoli/:id/collegamenti/:rigaId/rimozione': after(async (m, f) => {
    await linkFascicolo(m.scopeA(), f.id, { altroId: (await open(m)).id, tipo: 'collegato', motivo: 'Prova' })
    return { params: { rigaId: await rowOf(m, 'fascicolo_collegamento', f.id) }, body: MOTIVO }
  }),
  'PATCH /api/v1/:ente/fascicoli/:id/descrizione': onFascicolo(() => ({ body: { note: 'Prova' } })),
  'POST /api/v1/:ente/fascicoli/:id/accessi': onFascicolo((f) => ({
    body: { ufficioId: f.ufficioId, riservata: true, motivo: 'Prova' },
  })),
  'POST /api/v1/:ente/fascicoli/:id/accessi/:rigaId/chiusura': after(async (m, f) => {
    await grantAccesso(m.scopeA(), f.id, { ufficioId: f.ufficioId, riservata: true, motivo: 'Prova' })
    return { params: { rigaId: await rowOf(m, 'fascicolo_ammesso', f.id) }, body: MOTIVO }
  }),
  'POST /api/v1/:ente/fascicoli/:id/partecipanti': onFascicolo(() => ({
    body: {
      amministrazioni: [
        { tipo: 'PAI', denominazione: 'Provincia della Valserena', codiceIpa: 'p_x900', indirizzoDigitale: 'p@pec.example' },
      ],
      motivo: 'Prova',
    },
  })),
  'POST /api/v1/:ente/fascicoli/:id/sospensione': onFascicolo(() => ({ body: { motivo: 'Prova' } })),
  'POST /api/v1/:ente/fascicoli/:id/ripresa': after(async (m, f) => {
    await suspendFascicolo(m.scopeA(), f.id, 'Prova', true)
    return { body: MOTIVO }
  }),
  'POST /api/v1/:ente/fascicoli/:id/riapertura': after(async (m, f) => {
    await closeFascicolo(m.scopeA(), f.id, { versione: 1, esito: 'conclusione', nota: '', motivoForzatura: 'Prova' }, [])
    return { body: { versione: await versioneOf(m, f.id), motivo: 'Prova' } }
  }),
  'POST /api/v1/:ente/fascicoli/:id/errore-di-apertura': after(
    async (m, f) => ({ body: { versione: await versioneOf(m, f.id), motivo: 'Prova' } }),
    [404],
    true,
  ),
  'GET /api/v1/:ente/fascicoli/trasferimenti': after(async (m, f) => ({ params: { movimentoId: await askTransfer(m, f) } }), [200]),
  'POST /api/v1/:ente/fascicoli/:id/trasferimenti': after(
    async (m) => await Promise.resolve({ body: { ufficioId: m.a.uffici.protocollo, motivo: 'Prova' } }),
  ),
  'POST /api/v1/:ente/fascicoli/:id/trasferimenti/:movimentoId/decisione': after(async (m, f) => ({
    params: { movimentoId: await askTransfer(m, f) },
    body: { accetta: false },
  })),
  'POST /api/v1/:ente/fascicoli/:id/trasmissioni': onFascicolo(() => ({ body: TRASMISSIONE })),
  'GET /api/v1/:ente/fascicoli/:id/trasmissioni/:movimentoId/pacchetto': onTrasmissione(undefined),
  'POST /api/v1/:ente/fascicoli/:id/trasmissioni/:movimentoId/consegna': onTrasmissione({ nota: '' }),
  'POST /api/v1/:ente/fascicoli/:id/trasmissioni/:movimentoId/riscontro': onTrasmissione({ accettato: true, nota: '' }),
  'POST /api/v1/:ente/fascicoli/:id/trasmissioni/:movimentoId/rinuncia': onTrasmissione(MOTIVO, [200]),
  'GET /api/v1/:ente/fascicoli/impostazioni': { ...onFascicolo(() => ({}), [200]), prepara: impostate },
  'PUT /api/v1/:ente/fascicoli/impostazioni': {
    prepara: async (m) => ({ ...(await impostate(m)), body: { livelli: 1 } }),
    attesi: [200],
  },
  'GET /api/v1/:ente/fascicoli/oggetti': {
    prepara: async (m) => {
      const { voceId } = await open(m)
      return { query: { voceId }, segreti: await listOggetti(m.scopeA(), voceId) }
    },
    attesi: [200],
  },
}
