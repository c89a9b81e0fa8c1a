import { inTransaction, query } from '../../../server/kernel/scope.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { now, romeDay } from '../../../server/kernel/time.ts'
import { register as registerUscita } from '../../../server/protocollo/index.ts'
import { listConsegne } from '../../../server/protocollo/service/consegne.ts'
import { systemScope } from '../enti.ts'
import { buildPdf, buildUscita, stage } from '../factories.ts'
import { SEGRETO, groundOf, onRegistrazione, register } from './protocollo.ts'
import type { CasoIsolamento, Casi } from './tipi.ts'

/** An act on many: the ids of ente A do nothing in ente B, and are named back only as "not done". */
const onGruppo = (more: (ufficioId: string) => object): CasoIsolamento => ({
  prepara: async (m) => {
    const r = await register(m)
    return { body: { ids: [r.assegnazioneId], ...more(m.a.uffici.sue) }, segreti: [SEGRETO, r.id] }
  },
  attesi: [200],
})

/** One more assignment, per conoscenza, of a registration of ente A. */
const onConoscenza: CasoIsolamento = {
  prepara: async (m) => {
    const r = await register(m)
    const id = newId()
    await inTransaction(systemScope(m.t.deps, m.a), async (tx) => {
      await query(
        tx,
        `insert into assegnazione (ente_id, id, registrazione_id, documento_id, ufficio_id, operatore_id, tipo, stato, dal, autore_id, autore_nome)
         values ($1, $2, $3, $4, $5, null, 'conoscenza', 'per_conoscenza', now(), 'prova', 'Prova')`,
        [m.a.id, id, r.id, r.documentoId, m.a.uffici.protocollo],
      )
    })
    return { params: { id }, segreti: [SEGRETO, r.id] }
  },
  attesi: [404],
}

const arrivo = { mezzo: 'POSTA', arrivatoIl: '2026-09-14T08:00:00+02:00', nota: 'Arrivo segreto di ente A' }

const DESTINATARIO = 'Segretanti Ultimia'
const passo = { stato: 'inviato', giorno: romeDay(now()), estremi: 'Raccomandata segreta di ente A' }

/** An outgoing letter of ente A and the first step of its delivery. */
const onUscita = (body: (posizione: number) => object): CasoIsolamento => ({
  prepara: async (m) => {
    const scope = m.scopeA()
    const contenutoId = await stage(scope, m.t.ports.store, await buildPdf(newId()), 'lettera.pdf')
    const destinatari = [{ tipo: 'PF' as const, nome: 'Ultimia', cognome: 'Segretanti' }]
    const { id } = await registerUscita(scope, buildUscita(await groundOf(m), contenutoId, { destinatari, mezzo: 'RACCOMANDATA' }), newId())
    const [prima] = await listConsegne(scope, id)
    return { params: { id }, body: body(prima?.posizione ?? -1), segreti: [DESTINATARIO] }
  },
  attesi: [404],
})

/** Isolation cases of its endpoints. */
export const casiLavoro: Casi = {
  'GET /api/v1/:ente/assegnazioni/conteggi': {
    prepara: async (m) => {
      await register(m)
      const { body } = await m.t.http.get(`/api/v1/${m.a.slug}/assegnazioni/conteggi`).set(m.operatoreA.headers)
      return { segreti: [`"da-prendere-in-carico":${String((body as Record<string, number>)['da-prendere-in-carico'])},`] }
    },
    attesi: [200],
  },
  'POST /api/v1/:ente/assegnazioni/presa-in-carico': onGruppo(() => ({})),
  'POST /api/v1/:ente/assegnazioni/riassegnazione': onGruppo((ufficioId) => ({ ufficioId })),
  'POST /api/v1/:ente/assegnazioni/:id/visto': onConoscenza,
  'GET /api/v1/:ente/registrazioni/:id/arrivi': {
    prepara: async (m) => {
      const r = await register(m)
      await m.t.http.post(`/api/v1/${m.a.slug}/registrazioni/${r.id}/arrivi`).set(m.operatoreA.headers).send(arrivo)
      return { params: { id: r.id }, segreti: [arrivo.nota] }
    },
    attesi: [404],
  },
  'POST /api/v1/:ente/registrazioni/:id/arrivi': onRegistrazione(() => arrivo),
  'GET /api/v1/:ente/registrazioni/:id/consegne': onUscita(() => ({})),
  'POST /api/v1/:ente/registrazioni/:id/consegne': onUscita((posizione) => ({ ...passo, posizione })),
}
