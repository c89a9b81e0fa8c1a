import { Readable } from 'node:stream'
import { newId } from '../../../server/kernel/ids.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { inTransaction, insertRows, queryOne } from '../../../server/kernel/scope.ts'
import { ingestCasella } from '../../../server/pec/index.ts'
import type { Casella } from '../../../server/ports/casella.ts'
import { systemScope } from '../enti.ts'
import { createRegistrazione } from '../factories.ts'
import { groundOf } from './protocollo.ts'
import type { CasoIsolamento, Casi, Mondo } from './tipi.ts'

const SEGRETO = 'Messaggio segretissimo di ente A'

interface Arrivato {
  readonly id: string
  readonly contenutoId: string
}

/** A mailbox that holds one ordinary message. */
function boxWith(raw: Buffer): Casella {
  return {
    elenca: async function* () {
      yield await Promise.resolve({ uid: '1', dimensione: raw.length })
    },
    scarica: async () => await Promise.resolve(Readable.from([raw])),
    completata: async () => await Promise.resolve(),
  }
}

/** One more message in the queue of ente A, acquired as the product does. */
async function arrive(m: Mondo): Promise<Arrivato> {
  const scope = systemScope(m.t.deps, m.a)
  const casellaId = newId()
  await inTransaction(scope, async (tx) => {
    await insertRows(tx, 'casella', [
      { id: casellaId, aoo_id: m.a.aooId, indirizzo: `segreta-${casellaId}@posta.example`, tipo: 'pec', attiva: true },
    ])
  })
  const raw = Buffer.from(
    [
      'From: Tullio Brezzaferma <tullio@posta.example>',
      `To: segreta@posta.example`,
      `Subject: ${SEGRETO}`,
      `Message-ID: <${newId()}@posta.example>`,
      'Date: Mon, 14 Sep 2026 08:12:00 +0200',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Testo del messaggio segreto.',
      '',
    ].join('\r\n'),
  )
  await ingestCasella(scope, casellaId, { ...m.t.ports, caselle: { apri: () => boxWith(raw), ancore: [] } } as Ports)
  const row = await queryOne<Arrivato>(
    scope,
    'select id, contenuto_id as "contenutoId" from messaggio where ente_id = $1 and casella_id = $2',
    [m.a.id, casellaId],
  )
  if (row === null) throw new Error('the message was not acquired')
  return row
}

const onMessaggio = (body?: unknown, before?: (m: Mondo, a: Arrivato) => Promise<void>): CasoIsolamento => ({
  prepara: async (m) => {
    const arrivato = await arrive(m)
    await before?.(m, arrivato)
    return { params: { id: arrivato.id }, ...(body === undefined ? {} : { body }), segreti: [SEGRETO, arrivato.contenutoId] }
  },
  attesi: [404],
})

const discarded = async (m: Mondo, a: Arrivato): Promise<void> => {
  const answer = await m.t.http
    .post(`/api/v1/${m.a.slug}/messaggi/${a.id}/scarto`)
    .set(m.operatoreA.headers)
    .send({ voce: 'materiali pubblicitari', nota: '' })
  if (answer.status >= 300) throw new Error(`scarto answered ${answer.status}: ${answer.text}`)
}

const TIPO = 'Listini segreti di ente A'

/** A type of exclusion of ente A; answers its id. */
async function addTipo(m: Mondo): Promise<string> {
  const answer = await m.t.http
    .post(`/api/v1/${m.a.slug}/esclusioni/tipi`)
    .set(m.operatoreA.headers)
    .send({ voce: 'materiali pubblicitari', denominazione: TIPO })
  const { voci } = answer.body as { voci: { tipi: { id: string; denominazione: string }[] }[] }
  return voci.flatMap((voce) => voce.tipi).findLast((tipo) => tipo.denominazione === TIPO)?.id ?? ''
}

export const casiPec: Casi = {
  'GET /api/v1/:ente/messaggi': {
    prepara: async (m) => {
      const arrivato = await arrive(m)
      return { query: { vista: 'email', perPagina: '200' }, segreti: [SEGRETO, arrivato.id] }
    },
    attesi: [200],
  },
  'GET /api/v1/:ente/messaggi/:id': onMessaggio(),
  'GET /api/v1/:ente/messaggi/:id/parti/:contenutoId/file': {
    prepara: async (m) => {
      const { id, contenutoId } = await arrive(m)
      return { params: { id, contenutoId }, segreti: [SEGRETO, 'Testo del messaggio segreto'] }
    },
    attesi: [404],
  },
  'GET /api/v1/:ente/caselle': {
    prepara: async (m) => {
      await arrive(m)
      return { segreti: ['segreta-'] }
    },
    attesi: [200],
  },
  'POST /api/v1/:ente/messaggi/:id/blocco': onMessaggio(),
  'DELETE /api/v1/:ente/messaggi/:id/blocco': onMessaggio(),
  'POST /api/v1/:ente/messaggi/:id/scarto': onMessaggio({ voce: 'materiali pubblicitari', nota: '' }),
  'POST /api/v1/:ente/messaggi/:id/ripristino': onMessaggio(undefined, discarded),
  'GET /api/v1/:ente/messaggi/conteggi': {
    prepara: async (m) => {
      await arrive(m)
      const { body } = await m.t.http.get(`/api/v1/${m.a.slug}/messaggi/conteggi`).set(m.operatoreA.headers)
      return { segreti: [`"tutti":${String((body as Record<string, number>)['tutti'])},`] }
    },
    attesi: [200],
  },
  'POST /api/v1/:ente/messaggi/:id/unione': {
    prepara: async (m) => {
      const { id, contenutoId } = await arrive(m)
      const registrazioneId = await createRegistrazione(m.scopeA(), await groundOf(m), m.t.ports.store)
      return { params: { id }, body: { registrazioneId }, segreti: [SEGRETO, contenutoId] }
    },
    attesi: [404],
  },
  'POST /api/v1/:ente/messaggi/:id/non-competenza': onMessaggio({ amministrazione: 'Comune di Altrove' }),
  'POST /api/v1/:ente/messaggi/:id/passaggio': {
    prepara: async (m) => {
      const { id, contenutoId } = await arrive(m)
      return { params: { id }, body: { operatoreId: m.operatoreA.operatoreId }, segreti: [SEGRETO, contenutoId] }
    },
    attesi: [404],
  },
  'POST /api/v1/:ente/messaggi/scarto': {
    prepara: async (m) => ({ body: { ids: [(await arrive(m)).id], voce: 'materiali pubblicitari' }, segreti: [SEGRETO, '"fatti":1'] }),
    attesi: [200],
  },
  'POST /api/v1/:ente/messaggi/passaggio': {
    prepara: async (m) => ({
      body: { ids: [(await arrive(m)).id], operatoreId: m.operatoreA.operatoreId },
      segreti: [SEGRETO, '"fatti":1'],
    }),
    attesi: [200],
  },
  'GET /api/v1/:ente/esclusioni': {
    prepara: async (m) => {
      await addTipo(m)
      return { segreti: [TIPO] }
    },
    attesi: [200],
  },
  'POST /api/v1/:ente/esclusioni/tipi': {
    prepara: async (m) => {
      await addTipo(m)
      return { body: { voce: 'riviste', denominazione: 'Riviste di settore' }, segreti: [TIPO] }
    },
    attesi: [201],
  },
  'POST /api/v1/:ente/esclusioni/tipi/:id/chiusura': {
    prepara: async (m) => ({ params: { id: await addTipo(m) }, segreti: [TIPO] }),
    attesi: [404],
  },
  'PUT /api/v1/:ente/esclusioni/regola': {
    prepara: async (m) => {
      await addTipo(m)
      return { body: { nonCompetenza: 'restituisci' }, segreti: [TIPO] }
    },
    attesi: [200],
  },
  'POST /api/v1/:ente/messaggi/:id/registrazione': {
    prepara: async (m) => {
      const ground = await groundOf(m)
      const { id, contenutoId } = await arrive(m)
      const body = {
        oggetto: SEGRETO,
        mittenti: [{ tipo: 'PF', nome: 'Tullio', cognome: 'Brezzaferma' }],
        mezzo: 'PEO',
        voceId: ground.voci.get('VI/3'),
        assegnazione: { ufficioId: m.a.uffici.sue },
        tipologia: 'Comunicazione',
      }
      return { params: { id }, body, segreti: [contenutoId] }
    },
    attesi: [404],
  },
  'POST /api/v1/:ente/caselle/controllo': {
    prepara: async () => await Promise.resolve({ segreti: [SEGRETO] }),
    attesi: [200],
  },
}
