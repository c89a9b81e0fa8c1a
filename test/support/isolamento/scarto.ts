import { newId } from '../../../server/kernel/ids.ts'
import { queryOne } from '../../../server/kernel/scope.ts'
import { composeProcedura, placeVincolo, proposeScarto } from '../../../server/scarto/index.ts'
import { orderScarto } from '../../../server/scarto/service/autorizza.ts'
import { destroyProcedura, checkProcedura, expireCopie } from '../../../server/scarto/service/distruggi.ts'
import { recordProvvedimento, recordRichiesta, verifyProcedura } from '../../../server/scarto/service/passi.ts'
import { saveImpostazioni } from '../../../server/scarto/service/vincoli.ts'
import type { Attore, Scope } from '../../../server/kernel/scope.ts'
import { systemScope } from '../enti.ts'
import { autorizza, inEntrata, inUscita, regola, vecchio, voceOf } from '../scarto.ts'
import type { Vecchio } from '../scarto.ts'
import { groundOf } from './protocollo.ts'
import type { CasoIsolamento, Casi, Mondo, Preparato } from './tipi.ts'

const SEGRETO = 'Fascicolo vecchissimo di ente A'
const NOTE = 'Scarto segretissimo di ente A'
type Passo = 'proposta' | 'verificata' | 'deliberata' | 'richiesta' | 'autorizzata' | 'ordinata' | 'distrutta'
const PASSI: readonly Passo[] = ['proposta', 'verificata', 'deliberata', 'richiesta', 'autorizzata', 'ordinata', 'distrutta']

interface Fatto {
  readonly id: string
  readonly voceId: string
  readonly v: Vecchio
}

/** Somebody else of ente A, who proposes or orders what the operator of the calls does not. */
function altro(m: Mondo): Scope {
  const scope = m.scopeA()
  const attore: Attore = { ...scope.attore, id: newId(), nome: 'Altra persona' }
  return { ...scope, attore }
}

/** A disposal of ente A as far as a step, with one old fascicolo. */
async function upTo(m: Mondo, passo: Passo): Promise<Fatto> {
  const e = await groundOf(m)
  const scope = m.scopeA()
  const store = m.t.ports.store
  await regola(scope, e.voci.get('VI/3/4') ?? '', 5)
  const v = await vecchio(scope, e, store, { fascicolo: { oggetto: SEGRETO, ufficioId: m.a.uffici.sue } })
  const id = await proposeScarto(altro(m), { note: NOTE }, newId())
  await composeProcedura(systemScope(m.t.deps, m.a), id)
  const reached = PASSI.indexOf(passo)
  if (reached >= 1) await verifyProcedura(scope, id)
  if (reached >= 2) await recordProvvedimento(scope, id, { estremi: 'Determinazione n. 9', del: '2026-01-20', motivazione: NOTE })
  if (reached >= 3) await recordRichiesta(scope, id, { registrazione: await inUscita(scope, e, store), registrazioneInterno: null })
  if (reached >= 4) await autorizza(scope, e, store, id)
  if (reached >= 5) await orderScarto(scope, id)
  if (reached >= 6) {
    const sistema = systemScope(m.t.deps, m.a)
    await destroyProcedura(sistema, id, store)
    await checkProcedura(sistema, id, store)
    await saveImpostazioni(scope, { giorniCopie: 0 })
    await expireCopie(sistema)
  }
  return { id, voceId: (await voceOf(scope, id, v.id))?.id ?? '', v }
}

const at = (
  passo: Passo,
  more: (m: Mondo, f: Fatto) => Promise<Partial<Preparato>> | Partial<Preparato>,
  attesi: readonly number[] = [404],
): CasoIsolamento => ({
  prepara: async (m) => {
    const f = await upTo(m, passo)
    const { params, ...rest } = await more(m, f)
    return { params: { id: f.id, ...params }, ...rest, segreti: [SEGRETO, NOTE, f.id] }
  },
  attesi,
})
const onVoce = (f: Fatto): Partial<Preparato> => ({ params: { voceId: f.voceId }, body: { motivo: 'Prova' } })

const onVincolo = (more: (id: string) => Partial<Preparato>, attesi: readonly number[]): CasoIsolamento => ({
  prepara: async (m) => {
    const e = await groundOf(m)
    const v = await vecchio(m.scopeA(), e, m.t.ports.store, { fascicolo: { oggetto: SEGRETO, ufficioId: m.a.uffici.sue } })
    const id = await placeVincolo(m.scopeA(), {
      fascicolo: v.id,
      tipo: 'contenzioso',
      motivo: NOTE,
      atto: 'Ricorso n. 4',
      dal: '2026-01-01',
      al: null,
    })
    return { ...more(id), segreti: [SEGRETO, NOTE, id] }
  },
  attesi,
})

const base = '/api/v1/:ente/scarto'

/** Isolation cases of its endpoints. */
export const casiScarto: Casi = {
  [`GET ${base}/procedure`]: at('proposta', () => ({ params: {} }), [200]),
  [`GET ${base}/procedure/:id`]: at('proposta', () => ({})),
  [`GET ${base}/procedure/:id/voci`]: at('proposta', () => ({})),
  [`GET ${base}/procedure/:id/elenco`]: {
    prepara: async (m) => {
      const f = await upTo(m, 'proposta')
      return { params: { id: f.id }, query: { formato: 'csv' }, segreti: [SEGRETO] }
    },
    attesi: [404],
  },
  [`GET ${base}/fascicoli/:id`]: {
    prepara: async (m) => {
      const f = await upTo(m, 'proposta')
      return { params: { id: f.v.id }, segreti: [f.id] }
    },
    attesi: [404],
  },
  [`POST ${base}/procedure`]: {
    prepara: async () => await Promise.resolve({ body: { note: '' }, headers: { 'Idempotency-Key': newId() }, segreti: [NOTE] }),
    attesi: [201],
  },
  [`POST ${base}/procedure/:id/verifica`]: at('proposta', () => ({})),
  [`POST ${base}/procedure/:id/voci/:voceId/escludi`]: at('proposta', (_m, f) => onVoce(f)),
  [`POST ${base}/procedure/:id/voci/:voceId/riprendi`]: {
    ...at('proposta', async (m, f) => {
      const scope = m.scopeA()
      const id = await placeVincolo(scope, {
        fascicolo: f.v.id,
        tipo: 'verifica',
        motivo: NOTE,
        atto: 'Verifica n. 4',
        dal: '2026-01-01',
        al: null,
      })
      const { closeVincolo } = await import('../../../server/scarto/service/vincoli.ts')
      await closeVincolo(scope, id, 'Finito')
      return onVoce(f)
    }),
  },
  [`PUT ${base}/procedure/:id/provvedimento`]: at('verificata', () => ({
    body: { estremi: 'Determinazione n. 9', del: '2026-01-20', motivazione: 'Prova' },
  })),
  [`PUT ${base}/procedure/:id/richiesta`]: at('deliberata', async (m) => ({
    body: { registrazione: await inUscita(m.scopeA(), await groundOf(m), m.t.ports.store) },
  })),
  [`POST ${base}/procedure/:id/autorizzazioni`]: at('richiesta', async (m) => ({
    body: {
      autorita: 'soprintendenza',
      registrazione: await inEntrata(m.scopeA(), await groundOf(m), m.t.ports.store),
      protocollo: '77/2026',
      del: '2026-03-01',
    },
  })),
  [`POST ${base}/procedure/:id/ordine`]: at('autorizzata', () => ({})),
  [`PUT ${base}/procedure/:id/verbale`]: at('ordinata', () => ({ body: { estremi: 'Verbale n. 3', del: '2026-04-01' } })),
  [`PUT ${base}/procedure/:id/comunicazione`]: at('distrutta', async (m) => ({
    body: { registrazione: await inUscita(m.scopeA(), await groundOf(m), m.t.ports.store) },
  })),
  [`GET ${base}/vincoli`]: onVincolo(() => ({}), [200]),
  [`POST ${base}/vincoli`]: {
    prepara: async (m) => {
      const e = await groundOf(m)
      const v = await vecchio(m.scopeA(), e, m.t.ports.store, { fascicolo: { oggetto: SEGRETO, ufficioId: m.a.uffici.sue } })
      const row = await queryOne<{ codice: string }>(m.scopeA(), 'select codice from fascicolo where ente_id = $1 and id = $2', [
        m.a.id,
        v.id,
      ])
      return {
        body: { fascicolo: v.id, tipo: 'accesso', motivo: 'Prova', atto: 'Istanza', dal: '2026-01-01' },
        segreti: [SEGRETO, row?.codice ?? SEGRETO],
      }
    },
    attesi: [400],
  },
  [`POST ${base}/vincoli/:id/chiudi`]: onVincolo((id) => ({ params: { id }, body: { motivo: 'Finito' } }), [404]),
  [`GET ${base}/impostazioni`]: {
    prepara: async (m) => {
      await saveImpostazioni(m.scopeA(), { giorniCopie: 1237 })
      return { segreti: ['1237'] }
    },
    attesi: [200],
  },
  [`PUT ${base}/impostazioni`]: {
    prepara: async () => await Promise.resolve({ body: { giorniCopie: 30 }, segreti: [NOTE] }),
    attesi: [204],
  },
}
