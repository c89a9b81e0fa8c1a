import { openFascicolo } from '../../../server/fascicoli/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { queryOne } from '../../../server/kernel/scope.ts'
import { adoptBozza } from '../../../server/titolario/service/adotta.ts'
import { createBozza } from '../../../server/titolario/service/bozze.ts'
import { addRegola } from '../../../server/titolario/service/piano.ts'
import { addSinonimi } from '../../../server/titolario/service/prova.ts'
import { readVersione } from '../../../server/titolario/service/versioni.ts'
import { addVoce, renameVoce } from '../../../server/titolario/service/voci.ts'
import { systemScope } from '../enti.ts'
import { buildFascicolo } from '../fascicoli.ts'
import { voceOf } from './conservazione.ts'
import { groundOf } from './protocollo.ts'
import type { CasoIsolamento, Casi, Mondo, Preparato } from './tipi.ts'

const SEGRETO = 'Pratiche segrete del comune di San Girolamo'

/** Version in force of ente A, and of B so that what B asks of itself has an answer. */
async function pianoDi(m: Mondo): Promise<{ id: string; voceId: string }> {
  const voceId = await voceOf(m)
  const row = await queryOne<{ id: string }>(
    systemScope(m.t.deps, m.a),
    'select versione_id as id from voce_titolario where ente_id = $1 and id = $2',
    [m.a.id, voceId],
  )
  return { id: row?.id ?? '', voceId }
}

async function bozzaDi(m: Mondo): Promise<{ id: string; voceId: string; altraId: string }> {
  await pianoDi(m)
  const scope = systemScope(m.t.deps, m.a)
  const { id } = await createBozza(scope, { origine: 'versione', denominazione: SEGRETO })
  const titolo = (await readVersione(scope, id)).voci.find((v) => v.codice === 'VI')?.id ?? ''
  const [one, two] = [
    await addVoce(scope, id, { padreId: titolo, denominazione: SEGRETO }),
    await addVoce(scope, id, { padreId: titolo, denominazione: 'Altra' }),
  ]
  return { id, voceId: one.id, altraId: two.id }
}

async function regolaDi(m: Mondo): Promise<string> {
  const { voceId } = await pianoDi(m)
  const rule = { tipologia: null, tipoFascicolo: null, anni: 10, condizione: SEGRETO, decorrenza: 'chiusura' as const, sfoltimento: false }
  return (await addRegola(systemScope(m.t.deps, m.a), { ...rule, voceId, atto: 'Atto', approvataIl: '2026-01-01' })).id
}

const MOTIVO = { motivo: 'Prova di isolamento' }

const onBozza = (body: (b: { voceId: string; altraId: string }) => unknown, withVoce = false): CasoIsolamento => ({
  prepara: async (m) => {
    const b = await bozzaDi(m)
    return { params: { id: b.id, ...(withVoce ? { voceId: b.voceId } : {}) }, body: body(b), segreti: [SEGRETO] }
  },
  attesi: [404],
})

const own = (p: (m: Mondo) => Promise<Preparato>, attesi: readonly number[] = [200, 404]): CasoIsolamento => ({ prepara: p, attesi })

const sheet = (csv: string) => ({ csv, prova: true })

/** Cases of the titolario and of the piano di conservazione. */
export const casiTitolario: Casi = {
  'GET /api/v1/:ente/titolario/versioni': own(
    async (m) => {
      await bozzaDi(m)
      return { segreti: [SEGRETO] }
    },
    [200],
  ),
  'GET /api/v1/:ente/titolario/versioni/:id': own(async (m) => ({ params: { id: (await bozzaDi(m)).id }, segreti: [SEGRETO] }), [404]),
  'GET /api/v1/:ente/titolario/versioni/:id/titolario.csv': own(
    async (m) => ({ params: { id: (await bozzaDi(m)).id }, segreti: [SEGRETO] }),
    [404],
  ),
  'GET /api/v1/:ente/titolario/versioni/:id/fascicoli': own(
    async (m) => {
      const ground = await groundOf(m)
      const scope = m.scopeA()
      await openFascicolo(scope, buildFascicolo(ground, scope.attore, { oggetto: SEGRETO }), newId())
      const { id } = await bozzaDi(m)
      const system = systemScope(m.t.deps, m.a)
      const voce = (await readVersione(system, id)).voci.find((v) => v.codice === 'VI/3/4')?.id ?? ''
      await renameVoce(system, id, voce, 'Accesso alle pratiche edilizie')
      return { params: { id }, segreti: [SEGRETO] }
    },
    [404],
  ),
  'GET /api/v1/:ente/titolario/confronto': own(
    async (m) => {
      const { id } = await pianoDi(m)
      return { query: { da: id, a: (await bozzaDi(m)).id }, segreti: [SEGRETO] }
    },
    [404],
  ),
  'POST /api/v1/:ente/titolario/versioni/:id/ritiro': own(
    async (m) => {
      const { id } = await bozzaDi(m)
      await adoptBozza(systemScope(m.t.deps, m.a), id, { atto: SEGRETO, adottataIl: '2026-01-01', dal: '2099-01-01' })
      return { params: { id }, body: MOTIVO, segreti: [SEGRETO] }
    },
    [404],
  ),
  'PUT /api/v1/:ente/titolario/versioni/:id/pubblicazione': own(
    async (m) => ({ params: { id: (await bozzaDi(m)).id }, body: { uri: 'https://prova.example/titolario' }, segreti: [SEGRETO] }),
    [404],
  ),
  'PUT /api/v1/:ente/titolario/voci/:id/aiuti': own(
    async (m) => ({
      params: { id: (await bozzaDi(m)).voceId },
      body: {
        paroleChiave: [],
        descrizione: 'Cambiata',
        noteUso: '',
        esempi: [],
        tipiFascicolo: [],
        sottoclasseObbligatoria: true,
        accessoPredefinito: null,
        ufficioPredefinitoId: null,
      },
      segreti: [SEGRETO],
    }),
    [404],
  ),
  'POST /api/v1/:ente/titolario/voci/:id/chiusura': own(
    async (m) => {
      await pianoDi(m)
      const row = await queryOne<{ id: string }>(
        systemScope(m.t.deps, m.a),
        "select id from voce_titolario where ente_id = $1 and codice = 'XIII/1' order by chiusa_dal nulls first limit 1",
        [m.a.id],
      )
      return { params: { id: row?.id ?? '' }, body: { ...MOTIVO, dal: '2099-06-01' }, segreti: [SEGRETO] }
    },
    [404],
  ),
  'POST /api/v1/:ente/titolario/bozze': own(
    async (m) => {
      await pianoDi(m)
      return { body: { origine: 'modello' }, segreti: [SEGRETO] }
    },
    [201],
  ),
  'POST /api/v1/:ente/titolario/importazioni': own(
    async () =>
      await Promise.resolve({
        body: { ...sheet('codice;denominazione;livello;padre\nI;Uno;1;'), denominazione: 'Prova' },
        segreti: [SEGRETO],
      }),
    [200],
  ),
  'PATCH /api/v1/:ente/titolario/bozze/:id': onBozza(() => ({ denominazione: 'Altro nome' })),
  'POST /api/v1/:ente/titolario/bozze/:id/eliminazione': onBozza(() => MOTIVO),
  'POST /api/v1/:ente/titolario/bozze/:id/adozione': onBozza(() => ({ atto: 'Atto', adottataIl: '2026-01-01', dal: '2100-01-01' })),
  'POST /api/v1/:ente/titolario/bozze/:id/voci': onBozza(() => ({ padreId: null, denominazione: 'Nuovo titolo' })),
  'PATCH /api/v1/:ente/titolario/bozze/:id/voci/:voceId': onBozza(() => ({ denominazione: 'Altro nome' }), true),
  'DELETE /api/v1/:ente/titolario/bozze/:id/voci/:voceId': onBozza(() => undefined, true),
  'POST /api/v1/:ente/titolario/bozze/:id/voci/:voceId/divisione': onBozza(
    () => ({ nuove: [{ denominazione: 'Parte' }], mantieni: true }),
    true,
  ),
  'POST /api/v1/:ente/titolario/bozze/:id/accorpamenti': onBozza((b) => ({ voci: [b.altraId], inVoceId: b.voceId })),
  'GET /api/v1/:ente/piano-di-conservazione': own(async (m) => {
    await regolaDi(m)
    return { segreti: [SEGRETO] }
  }),
  'GET /api/v1/:ente/piano-di-conservazione/piano.csv': own(async (m) => {
    await regolaDi(m)
    return { segreti: [SEGRETO] }
  }),
  'POST /api/v1/:ente/piano-di-conservazione/importazioni': own(async (m) => {
    await pianoDi(m)
    return { body: { ...sheet('codice;anni\nI/1;10'), atto: 'Atto', approvataIl: '2026-01-01' }, segreti: [SEGRETO] }
  }),
  'POST /api/v1/:ente/piano-di-conservazione/regole': own(
    async (m) => {
      const { voceId } = await pianoDi(m)
      return { body: { voceId, anni: 5, atto: 'Atto', approvataIl: '2026-01-01' }, segreti: [SEGRETO] }
    },
    [404],
  ),
  'POST /api/v1/:ente/piano-di-conservazione/regole/:id/revoca': own(
    async (m) => ({ params: { id: await regolaDi(m) }, body: MOTIVO, segreti: [SEGRETO] }),
    [404],
  ),
  'GET /api/v1/:ente/titolario/prova': own(
    async (m) => {
      const { id } = await pianoDi(m)
      return { query: { testo: 'permesso di costruire', versione: id }, segreti: ['Edilizia privata'] }
    },
    [404],
  ),
  'GET /api/v1/:ente/titolario/sinonimi': own(
    async (m) => {
      await addSinonimi(systemScope(m.t.deps, m.a), [SEGRETO, 'altra'])
      return { segreti: [SEGRETO] }
    },
    [200],
  ),
  'POST /api/v1/:ente/titolario/sinonimi': own(
    async () => await Promise.resolve({ body: { parole: ['una', 'due'] }, segreti: [SEGRETO] }),
    [201],
  ),
  'DELETE /api/v1/:ente/titolario/sinonimi/:id': own(
    async (m) => ({ params: { id: (await addSinonimi(systemScope(m.t.deps, m.a), [SEGRETO, 'altra'])).id }, segreti: [SEGRETO] }),
    [404],
  ),
  'GET /api/v1/:ente/titolario/statistiche': own(async (m) => ({ segreti: [(await pianoDi(m)).id] })),
  'GET /api/v1/:ente/titolario/revisioni': own(async (m) => {
    await pianoDi(m)
    return { segreti: ['giorni'] }
  }),
  'POST /api/v1/:ente/titolario/revisioni': own(
    async (m) => {
      await pianoDi(m)
      return { body: { esito: 'confermato', note: SEGRETO }, segreti: [SEGRETO] }
    },
    [201, 404],
  ),
}
