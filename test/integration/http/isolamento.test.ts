import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { personaDimostrativa } from '../../../server/demo/persone.ts'
import { endpoints } from '../../../server/endpoints.ts'
import { profili } from '../../../server/kernel/scope.ts'
import type { Endpoint } from '../../../server/kernel/endpoint.ts'
import { createTestApp } from '../../support/app.ts'
import type { Accesso } from '../../support/app.ts'
import { call, nameOf } from '../../support/chiamata.ts'
import { createEnte, newIds, operatorScope } from '../../support/enti.ts'
import type { OperatoreProva } from '../../support/enti.ts'
import { casi } from '../../support/isolamento/index.ts'
import type { CasoIsolamento, Mondo } from '../../support/isolamento/tipi.ts'

const withEnte = endpoints.filter((e) => e.path.includes(':ente'))
const covered = withEnte.filter((e) => casi[nameOf(e)] !== undefined)

describe('ente B never sees a row of ente A', () => {
  let m: Mondo

  beforeAll(async () => {
    m = await createMondo()
  })
  afterAll(async () => await m.t.close())

  it('every endpoint with an ente has an isolation case, and every case an endpoint', () => {
    const names = withEnte.map(nameOf)
    expect({
      senzaCaso: names.filter((n) => casi[n] === undefined),
      senzaEndpoint: Object.keys(casi).filter((n) => !names.includes(n)),
    }).toEqual({ senzaCaso: [], senzaEndpoint: [] })
  })

  it.each(covered.map((e) => [nameOf(e), e] as const))('%s', async (name, e) => {
    const caso = casi[name] as CasoIsolamento
    const preparato = await caso.prepara(m)
    const away = await call(m.t, e, { ...preparato, ente: m.b.slug, accesso: accessoOf(m, caso, 'b') })
    expect(`${away.status} ${away.text}`).toMatch(starting(caso.attesi))
    expect(preparato.segreti.length).toBeGreaterThan(0)
    for (const segreto of preparato.segreti) expect(String(away.text ?? '')).not.toContain(segreto)
    if (caso.verifica !== undefined) await caso.verifica(m, preparato)
    const home = await call(m.t, e, { ...preparato, ente: m.a.slug, accesso: accessoOf(m, caso, 'a') })
    expect(`${home.status} ${home.text}`).toMatch(starting(caso.attesiInCasa ?? [200, 201, 202, 204]))
    if (readsJson(e)) expect(preparato.segreti.some((s) => home.text.includes(s))).toBe(true)
  })
})

/** Matches an answer by its status and, when it does not, shows what it said. */
function starting(statuses: readonly number[]): RegExp {
  return new RegExp(`^(${statuses.join('|')}) `, 'u')
}

function readsJson(e: Endpoint): boolean {
  return e.method === 'GET' && e.response !== 'file' && e.response !== 'nothing'
}

function accessoOf(m: Mondo, caso: CasoIsolamento, ente: 'a' | 'b'): Accesso {
  if (caso.chi === 'cittadino') return m.cittadino
  if (caso.chi === 'amministratoreSia') return m.amministratoreSia
  return ente === 'a' ? m.operatoreA : m.operatoreB
}

async function createMondo(): Promise<Mondo> {
  const t = await createTestApp()
  const ids = newIds()
  const a = await createEnte(t.deps, { slug: 'alfa', denominazione: 'Comune di Alfa Segreta' }, ids)
  const b = await createEnte(t.deps, { slug: 'beta', denominazione: 'Comune di Beta' }, ids)
  const held = profili.filter((p) => p !== 'amministratoreSistema')
  const operatoreA = await t.loginAs({ ente: a, profili: held, ufficioId: ids.uffici.sue })
  const operatoreB = await t.loginAs({ ente: b, profili: held, ufficioId: ids.uffici.sue })
  return {
    t,
    a,
    b,
    operatoreA,
    operatoreB,
    cittadino: await t.loginAs('ortensia'),
    codiceFiscale: personaDimostrativa('ortensia').codiceFiscale,
    amministratoreSia: await t.loginAs({ amministratoreSia: true }),
    scopeA: () => operatorScope(t.deps, a, row(operatoreA), held, [ids.uffici.sue]),
    scopeB: () => operatorScope(t.deps, b, row(operatoreB), held, [ids.uffici.sue]),
  }
}

function row(accesso: Accesso): OperatoreProva {
  return {
    id: accesso.operatoreId,
    soggetto: `prova-${accesso.operatoreId}`,
    nome: 'Pina Provetta',
    codiceFiscale: '',
    amministratoreSia: false,
  }
}
