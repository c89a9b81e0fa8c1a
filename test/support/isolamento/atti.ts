import { newId } from '../../../server/kernel/ids.ts'
import { queryOne } from '../../../server/kernel/scope.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { authorizeRichiesta, protocolloJobs, requestAnnullamento } from '../../../server/protocollo/index.ts'
import { openAccessoAutorita } from '../../../server/protocollo/service/autorita.ts'
import { createRegistrazione } from '../factories.ts'
import { systemScope } from '../enti.ts'
import { groundOf } from './protocollo.ts'
import type { CasoIsolamento, Casi, Mondo } from './tipi.ts'

const SEGRETO = 'Oggetto segretissimo da annullare di ente A'
const base = '/api/v1/:ente'

async function register(m: Mondo): Promise<{ id: string; anno: string; numero: string }> {
  const id = await createRegistrazione(m.scopeA(), await groundOf(m), m.t.ports.store, { oggetto: SEGRETO })
  const row = await queryOne<{ anno: number; numero: number }>(m.scopeA(), 'select anno, numero from registrazione where id = $1', [id])
  return { id, anno: String(row?.anno), numero: String(row?.numero) }
}

const key = (): Record<string, string> => ({ 'Idempotency-Key': newId() })

const onRegistrazione = (body?: unknown, headers?: Record<string, string>): CasoIsolamento => ({
  prepara: async (m) => {
    const { id } = await register(m)
    return {
      params: { id },
      ...(body === undefined ? {} : { body }),
      ...(headers === undefined ? {} : { headers }),
      segreti: [SEGRETO, id],
    }
  },
  attesi: [404],
})

const onNumero = (attesi: readonly number[], body?: unknown): CasoIsolamento => ({
  prepara: async (m) => {
    // A number that only ente A has reached.
    let r = await register(m)
    for (let i = 0; i < 3; i++) r = await register(m)
    return {
      params: { anno: r.anno, numero: r.numero },
      ...(body === undefined ? {} : { body }),
      segreti: [SEGRETO, `${r.numero.padStart(7, '0')}/${r.anno}`],
    }
  },
  attesi,
})

const onRichiesta = (body: unknown): CasoIsolamento => ({
  prepara: async (m) => {
    const { id } = await register(m)
    const richiesta = await requestAnnullamento(m.scopeA(), id, { motivo: SEGRETO }, newId())
    return { params: { id: richiesta }, body, segreti: [SEGRETO, id] }
  },
  attesi: [404],
})

const provvedimento = { numero: '12/2026', data: '2026-01-12' }

async function openAccess(m: Mondo): Promise<string> {
  const { id } = await register(m)
  const input = {
    autorita: SEGRETO,
    baseGiuridica: 'Art. 256 c.p.p.',
    riferimento: 'n. 1',
    oggetto: 'Atti del fascicolo',
    operatoreId: m.operatoreA.operatoreId,
    al: '2099-12-31',
    registrazioni: [id],
  }
  return await openAccessoAutorita(m.scopeA(), input, newId())
}

/** An annulled registration that came from another administration, with its message ready. */
async function annulledOfAltraAoo(m: Mondo): Promise<string> {
  const mittenti = [{ tipo: 'PAI' as const, denominazione: SEGRETO, codiceIpa: 'c_x999' }]
  const id = await createRegistrazione(m.scopeA(), await groundOf(m), m.t.ports.store, { oggetto: SEGRETO, mittenti })
  const richiesta = await requestAnnullamento(m.scopeA(), id, { motivo: SEGRETO }, newId())
  await authorizeRichiesta(m.scopeA(), richiesta, {
    provvedimento: { ...provvedimento, numero: newId().slice(-12) },
    confermaDestinatario: false,
  })
  const job = protocolloJobs.find((j) => j.type === 'protocollo.composeAnnullamento')
  await job?.handler(systemScope(m.t.deps, m.a), { id }, { store: m.t.ports.store } as unknown as Ports)
  return id
}

const onComunicazione = (body?: () => object, attesi: readonly number[] = [404]): CasoIsolamento => ({
  prepara: async (m) => {
    const id = await annulledOfAltraAoo(m)
    return { params: { id }, ...(body === undefined ? {} : { body: body() }), segreti: [SEGRETO, id] }
  },
  attesi,
})

/** Isolation cases of annulment, rectification, reserve and visibility. */
export const casiAtti: Casi = {
  [`POST ${base}/registrazioni/:id/annullamento`]: onRegistrazione({ motivo: 'File sbagliato' }, key()),
  [`POST ${base}/registrazioni/:id/rettifiche`]: onRegistrazione({ campo: 'oggetto', valore: 'Un altro', motivo: 'Errore' }, key()),
  [`GET ${base}/annullamenti`]: {
    prepara: async (m) => {
      const { id } = await register(m)
      await requestAnnullamento(m.scopeA(), id, { motivo: SEGRETO }, newId())
      return { segreti: [SEGRETO, id] }
    },
    attesi: [200],
  },
  [`POST ${base}/annullamenti/:id/autorizzazione`]: onRichiesta({ provvedimento }),
  [`POST ${base}/annullamenti/:id/rifiuto`]: onRichiesta({ motivo: 'Non è un errore' }),
  [`GET ${base}/provvedimenti-annullamento`]: {
    prepara: async (m) => {
      const { id } = await register(m)
      const { authorizeRichiesta } = await import('../../../server/protocollo/index.ts')
      const richiesta = await requestAnnullamento(m.scopeA(), id, { motivo: SEGRETO }, newId())
      await authorizeRichiesta(m.scopeA(), richiesta, { provvedimento, confermaDestinatario: false })
      return { query: { anno: '2026' }, segreti: [SEGRETO, id] }
    },
    attesi: [200],
  },
  [`GET ${base}/registrazioni/:id/riserva`]: {
    prepara: async (m) => {
      const { changeRiserva } = await import('../../../server/protocollo/index.ts')
      const { id } = await register(m)
      await changeRiserva(m.scopeA(), id, { livello: 'DATI_PARTICOLARI', motivo: SEGRETO, lettori: [] })
      return { params: { id }, segreti: [SEGRETO] }
    },
    attesi: [404],
  },
  [`POST ${base}/registrazioni/:id/riserva`]: onRegistrazione({ livello: 'DATI_PARTICOLARI', motivo: 'Dati di salute' }),
  [`GET ${base}/registrazioni/:id/perche`]: onRegistrazione(),
  [`GET ${base}/visibilita/operatori/:id`]: {
    prepara: async (m) => {
      const { id } = await register(m)
      return { params: { id: m.operatoreA.operatoreId }, segreti: [SEGRETO, id] }
    },
    attesi: [404],
  },
  [`GET ${base}/registrazioni/:anno/:numero/esistenza`]: onNumero([200]),
  [`POST ${base}/registrazioni/:anno/:numero/richiesta-accesso`]: onNumero([404], { motivo: 'Mi serve' }),
  [`GET ${base}/accessi-autorita`]: {
    prepara: async (m) => {
      await openAccess(m)
      return { segreti: [SEGRETO] }
    },
    attesi: [200],
  },
  [`POST ${base}/accessi-autorita`]: {
    prepara: async (m) => {
      const { id } = await register(m)
      const body = {
        autorita: 'Procura di Prova',
        baseGiuridica: 'Art. 256 c.p.p.',
        riferimento: 'n. 2',
        oggetto: 'Atti',
        operatoreId: m.operatoreA.operatoreId,
        al: '2099-12-31',
        registrazioni: [id],
      }
      return { body, headers: key(), segreti: [SEGRETO, id] }
    },
    attesi: [422, 400],
  },
  [`POST ${base}/accessi-autorita/:id/chiusura`]: {
    prepara: async (m) => ({ params: { id: await openAccess(m) }, segreti: [SEGRETO] }),
    attesi: [404],
  },
  [`GET ${base}/comunicazioni-annullamento`]: onComunicazione(undefined, [200]),
  [`GET ${base}/registrazioni/:id/comunicazione-annullamento`]: onComunicazione(),
  [`GET ${base}/registrazioni/:id/annullamento.xml`]: onComunicazione(),
  [`POST ${base}/registrazioni/:id/comunicazione-annullamento`]: onComunicazione(() => ({
    inviatoIl: new Date().toISOString(),
    mezzo: 'PEC',
    indirizzo: 'protocollo@ente.example',
    estremi: 'opec1@pec.example',
  })),
}
