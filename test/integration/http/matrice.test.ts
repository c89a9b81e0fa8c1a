import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Response } from 'supertest'
import { endpoints } from '../../../server/endpoints.ts'
import { matrice } from '../../../server/enti/index.ts'
import type { Endpoint } from '../../../server/kernel/endpoint.ts'
import type { Permesso } from '../../../server/kernel/permessi.ts'
import { query } from '../../../server/kernel/scope.ts'
import { profili } from '../../../server/kernel/scope.ts'
import { createTestApp } from '../../support/app.ts'
import type { Accesso, TestApp } from '../../support/app.ts'
import { call, nameOf } from '../../support/chiamata.ts'
import { createEnte, systemScope } from '../../support/enti.ts'
import type { EnteProva } from '../../support/enti.ts'

const OF_NO_ENTE: ReadonlySet<Permesso> = new Set(['pubblico', 'autenticato', 'sia.configura', 'sportello.leggi'])
const tenant = endpoints.filter((e) => !OF_NO_ENTE.has(e.permission))

describe('role by endpoint, from the list of endpoints', () => {
  let t: TestApp
  let ente: EnteProva
  let altro: EnteProva

  beforeAll(async () => {
    t = await createTestApp()
    ente = await createEnte(t.deps)
    altro = await createEnte(t.deps)
  })
  afterAll(async () => await t.close())

  /**
   * Calls every given endpoint and lists those whose answer is not the expected one: '401', '403' (refused for the role) or 'passa': let through to the
   * handler, which knows nothing of what was named or refuses for its own reason.
   */
  async function surprises(list: readonly Endpoint[], accesso: Accesso | null, expected: (e: Endpoint) => string): Promise<string[]> {
    const found: string[] = []
    const one = async (e: Endpoint): Promise<void> => {
      const reply = await call(t, e, { ente: ente.slug, ...(accesso === null ? {} : { accesso }) })
      const got = outcome(reply)
      if (got !== expected(e)) found.push(`${nameOf(e)}: ${got} instead of ${expected(e)}`)
    }
    const logout = list.filter((e) => e.path === '/api/v1/sessione/chiusura')
    const others = list.filter((e) => !logout.includes(e))
    for (let i = 0; i < others.length; i += 8) await Promise.all(others.slice(i, i + 8).map(one))
    await Promise.all(logout.map(one))
    return found.sort()
  }

  it('paths and permissions agree: what is of an ente asks for an appointment or for the citizen', () => {
    const wrong = endpoints.filter((e) => {
      if (e.path.startsWith('/sportello/v1/')) return e.permission !== 'sportello.leggi'
      if (e.path.startsWith('/api/v1/cabina/')) return e.permission !== 'sia.configura'
      // The albo pretorio is read by anybody: it is what it is for.
      if (e.path.startsWith('/api/v1/:ente/albo')) return e.permission !== 'pubblico'
      // So are the sheets of the procedures and their times (d.lgs. 33/2013 art. 35).
      if (e.path.startsWith('/api/v1/:ente/trasparenza/')) return e.permission !== 'pubblico'
      return OF_NO_ENTE.has(e.permission) === e.path.startsWith('/api/v1/:ente/')
    })
    expect(wrong.map(nameOf)).toEqual([])
    expect(new Set(endpoints.map(nameOf)).size).toBe(endpoints.length)
  })

  it('REQ-PROT-140 nobody does anything without a personal, authenticated session', async () => {
    expect(await surprises(endpoints, null, (e) => (e.permission === 'pubblico' ? 'passa' : '401'))).toEqual([])
  })

  it.each(profili)('REQ-PROT-141 %s may exactly what the matrix says', async (profilo) => {
    const accesso = await t.loginAs({ ente, profili: [profilo] })
    const may = (e: Endpoint): string => {
      if (e.permission === 'pubblico' || e.permission === 'autenticato') return 'passa'
      return matrice[profilo].includes(e.permission) ? 'passa' : '403'
    }
    expect(await surprises(endpoints, accesso, may)).toEqual([])
  })

  it('the association’s administrator reads nothing of an ente without an appointment of that ente', async () => {
    const accesso = await t.loginAs({ amministratoreSia: true })
    const may = (e: Endpoint): string => (OF_NO_ENTE.has(e.permission) && e.permission !== 'sportello.leggi' ? 'passa' : '403')
    expect(await surprises(endpoints, accesso, may)).toEqual([])
    expect(
      (await call(t, tenant[0] as Endpoint, { ente: ente.slug, accesso: await t.loginAs({ amministratoreSia: true }) })).body.codice,
    ).toBe('senza-incarichi')
  })

  it('a citizen enters his own area and no office', async () => {
    const may = (e: Endpoint): string => (OF_NO_ENTE.has(e.permission) && e.permission !== 'sia.configura' ? 'passa' : '403')
    expect(await surprises(endpoints, await t.loginAs('ortensia'), may)).toEqual([])
  })

  it('an appointment in another ente is worth nothing here, and the refusal is in this ente’s trail', async () => {
    const accesso = await t.loginAs({ ente: altro, profili: [...profili] })
    expect(await surprises(tenant, accesso, () => '403')).toEqual([])
    const rows = await query<{ n: number }>(
      systemScope(t.deps, ente),
      "select count(*)::int as n from evento_audit where ente_id = $1 and azione = 'accesso-rifiutato' and attore_id = $2",
      [ente.id, accesso.operatoreId],
    )
    expect(rows[0]?.n).toBe(tenant.length)
  })

  it('an unknown ente is 404, whatever the person may elsewhere', async () => {
    const accesso = await t.loginAs({ ente, profili: [...profili] })
    for (const e of tenant) expect((await call(t, e, { ente: 'ignoto', accesso })).status).toBe(404)
  })

  it('no act is done without the session’s own CSRF token or from another site', async () => {
    const accesso = await t.loginAs({ ente, profili: ['responsabileGestioneDocumentale'] })
    const acts = endpoints.filter((e) => e.method !== 'GET')
    const codes = async (headers: Record<string, string>) =>
      await Promise.all(acts.map(async (e) => (await call(t, e, { ente: ente.slug, accesso, headers })).body.codice as string))
    expect(new Set(await codes({ 'X-CSRF-Token': '' }))).toEqual(new Set(['csrf-non-valido']))
    expect(new Set(await codes({ 'X-CSRF-Token': (await t.loginAs('ortensia')).csrf }))).toEqual(new Set(['csrf-non-valido']))
    expect(new Set(await codes({ Origin: 'https://altrove.example' }))).toEqual(new Set(['origine-non-ammessa']))
  })
})

/** Codes of the refusals that come before the handler. */
const ROLE_REFUSALS = new Set([
  'permesso-mancante',
  'senza-incarichi',
  'solo-operatori',
  'solo-cittadini',
  'solo-amministratore',
  'csrf-non-valido',
  'origine-non-ammessa',
])

function outcome(reply: Response): string {
  if (reply.status === 401) return '401'
  if (reply.status === 403) return ROLE_REFUSALS.has((reply.body as { codice: string }).codice) ? '403' : 'passa'
  return reply.status < 500 ? 'passa' : `${reply.status} ${reply.text}`
}
