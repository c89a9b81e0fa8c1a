import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { personaDimostrativa } from '../../../server/demo/persone.ts'
import { endpoint } from '../../../server/kernel/endpoint.ts'
import { endpoints } from '../../../server/endpoints.ts'
import { createFakeIdentita, createTestApp } from '../../support/app.ts'
import type { TestApp } from '../../support/app.ts'
import { createEnte, createOperatore, systemScope } from '../../support/enti.ts'
import type { EnteProva } from '../../support/enti.ts'
import { query } from '../../../server/kernel/scope.ts'

const broken = endpoint({
  method: 'POST',
  path: '/api/v1/guasto',
  permission: 'autenticato',
  summary: 'Un guasto per la prova',
  body: z.looseObject({}),
  response: 'nothing',
  handler: async () => await Promise.reject(new Error('parola segreta di dentro')),
})
const IDENTITA = {
  lidia: {
    schema: 'cie',
    emittente: 'https://id.example',
    soggetto: 'lidia',
    codiceFiscale: null,
    nome: 'Lidia',
    cognome: 'Torrebruna',
    livello: 2 as const,
  },
  bassa: {
    schema: 'spid',
    emittente: 'https://id.example',
    soggetto: 'x',
    codiceFiscale: `TINIT-${personaDimostrativa('tullio').codiceFiscale}`,
    nome: 'Ada',
    cognome: 'Brezza',
    livello: 1 as const,
  },
  senza: {
    schema: 'eidas',
    emittente: 'https://id.example',
    soggetto: 'y',
    codiceFiscale: null,
    nome: 'Ada',
    cognome: 'Brezza',
    livello: 3 as const,
  },
}

describe('the web application', () => {
  let t: TestApp
  let sicura: TestApp
  let ente: EnteProva

  beforeAll(async () => {
    t = await createTestApp({ endpoints: [...endpoints, broken], ports: { identita: createFakeIdentita(IDENTITA) } })
    ente = await createEnte(t.deps)
    sicura = await createTestApp({
      env: { FALDONE_URL_PUBBLICO: 'https://faldone.example', FALDONE_ACCESSI_AL_MINUTO: '3' },
      ports: { identita: createFakeIdentita(IDENTITA) },
    })
  })
  afterAll(async () => {
    await t.close()
    await sicura.close()
  })

  describe('pages', () => {
    it('index.html answers every page address with the nonce of its own policy, never twice the same', async () => {
      const nonces = []
      for (const path of ['/', '/castelvento/protocollo/2026/123', '/accesso', '/index.html']) {
        const reply = await t.http.get(path)
        expect([reply.status, reply.type]).toEqual([200, 'text/html'])
        const nonce = /'nonce-([^']+)'/u.exec(reply.headers['content-security-policy'] ?? '')?.[1]
        expect(reply.text).toContain(`nonce="${nonce}"`)
        expect(reply.text).not.toContain('__CSP_NONCE__')
        expect(reply.headers['cache-control']).toBe('no-store')
        nonces.push(nonce)
      }
      expect(new Set(nonces).size).toBe(4)
    })

    it('the policy allows our files only', async () => {
      const policy = (await t.http.get('/')).headers['content-security-policy'] as string
      expect(policy).toContain("default-src 'none'")
      expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval';/u)
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*|https?:/u)
    })

    it('hashed files are kept for ever, compressed when asked, and nothing outside the folder is served', async () => {
      const file = await t.http.get('/assets/prova-abc123.js').set('Accept-Encoding', 'gzip')
      expect(file.headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-encoding': 'gzip',
        'x-content-type-options': 'nosniff',
      })
      expect(file.type).toMatch(/javascript/u)
      expect((await t.http.get('/assets/prova-abc123.js').set('Accept-Encoding', 'identity')).headers['content-encoding']).toBeUndefined()
      for (const path of ['/assets/manca.js', '/assets/%2e%2e/%2e%2e/app.ts', '/..%2f..%2fapp.ts', '/%00.js']) {
        const reply = await t.http.get(path)
        expect(`${reply.status} ${reply.text}`).not.toContain('createTestApp')
      }
      expect((await t.http.get('/assets/manca.js')).status).toBe(404)
    })
  })

  describe('headers', () => {
    it('isolate the site, say nothing of the program and force https only where there is https', async () => {
      const local = (await t.http.get('/')).headers as Record<string, string>
      expect(local).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
      })
      expect(local['x-powered-by']).toBeUndefined()
      expect(local['strict-transport-security']).toBeUndefined()
      expect(local['content-security-policy']).not.toContain('upgrade-insecure-requests')
      const https = (await sicura.http.get('/')).headers as Record<string, string>
      expect(https['strict-transport-security']).toMatch(/max-age=63072000/u)
      expect(https['content-security-policy']).toContain('upgrade-insecure-requests')
    })

    it('data answers run nothing and are not kept', async () => {
      const reply = await t.http.get('/api/v1/sessione')
      expect(reply.headers['content-security-policy']).toMatch(/^default-src 'none'.*sandbox$/u)
      expect(reply.headers['cache-control']).toBe('no-store')
      expect(reply.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/u)
    })
  })

  describe('cookies', () => {
    it('REQ-ID-021 the token is 32 random bytes, new at every login, kept only as a digest; the cookie is __Host-, Secure, HttpOnly, Lax', async () => {
      await createOperatore(sicura.deps, { soggetto: 'lidia', nome: 'Lidia', cognome: 'Torrebruna' })
      const tokens = []
      for (let login = 0; login < 2; login++) {
        const start = await sicura.http.get('/accesso/avvia?per=operatore&ritorno=/castelvento/scrivania')
        const [pending] = start.headers['set-cookie'] as unknown as string[]
        expect(pending).toMatch(/^__Host-faldone-accesso=[A-Za-z0-9_-]+; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=600$/u)
        const end = await sicura.http
          .get('/accesso/ritorno?codice=lidia&state=stato-operatore')
          .set('Cookie', String(pending).split(';')[0] ?? '')
        expect([end.status, end.headers['location']]).toEqual([302, '/castelvento/scrivania'])
        const cookie = (end.headers['set-cookie'] as unknown as string[]).find((c) => c.startsWith('__Host-faldone=')) ?? ''
        expect(cookie).toMatch(/^__Host-faldone=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/u)
        tokens.push(cookie.slice('__Host-faldone='.length, cookie.indexOf(';')))
      }
      expect(tokens[0]).not.toBe(tokens[1])
      const digest = createHash('sha256').update(String(tokens[0])).digest('hex')
      const scope = systemScope(sicura.deps)
      scope.em.setSessionContext({ variables: { 'app.sessione': digest } })
      const rows = await query<Record<string, unknown>>(scope, 'select * from sessione')
      expect(rows.map((r) => r['impronta_gettone'])).toEqual([digest])
      expect(JSON.stringify(rows)).not.toContain(String(tokens[0]))
    })

    it('a session ends at logout, after the idle time, and never lives beyond ten hours', async () => {
      const gone = await t.loginAs({ ente, profili: ['consultazione'] })
      const out = await t.http.post('/api/v1/sessione/chiusura').set(gone.headers)
      expect([out.status, String(out.headers['set-cookie'])]).toEqual([204, expect.stringMatching(/^faldone-locale=; .*Max-Age=0/u)])
      expect((await t.http.get(`/api/v1/${ente.slug}/uffici`).set(gone.headers)).status).toBe(401)

      const idle = await t.loginAs({ ente, profili: ['consultazione'] })
      await moveSession(t, idle.token, "ultima_attivita = now() - interval '59 minutes', scade_il = now() + interval '1 minute'")
      const used = await t.http.get('/api/v1/sessione').set(idle.headers)
      expect(used.body.autenticato).toBe(true)
      const again = await t.http.get('/api/v1/sessione').set(idle.headers)
      expect(Date.parse(again.body.scadeIl as string)).toBeGreaterThan(Date.parse(used.body.scadeIl as string) + 50 * 60_000)
      await moveSession(t, idle.token, "scade_il = now() - interval '1 second'")
      expect((await t.http.get(`/api/v1/${ente.slug}/uffici`).set(idle.headers)).status).toBe(401)
    })
  })

  describe('identities that are not enough', () => {
    it.each([
      ['bassa', 'cittadino', 403, 'livello 2'],
      ['senza', 'cittadino', 403, 'codice fiscale valido'],
      ['senza', 'operatore', 403, 'non sei tra gli operatori'],
    ])('REQ-ID-006 %s as %s is refused with %i and a page in Italian', async (codice, per, status, words) => {
      const start = await t.http.get(`/accesso/avvia?per=${per}`).set('Host', 'localhost:8080')
      const cookie = (start.headers['set-cookie'] as unknown as string[])[0]?.split(';')[0] ?? ''
      const reply = await t.http.get(`/accesso/ritorno?codice=${codice}&state=stato-${per}`).set('Cookie', cookie)
      expect([reply.status, reply.type]).toEqual([status, 'text/html'])
      expect(reply.text).toContain('<html lang="it">')
      expect(reply.text).toContain(words)
      expect(String(reply.headers['set-cookie'])).not.toContain('faldone-locale=')
    })
  })

  describe('limits and errors', () => {
    it('login attempts of one address are limited', async () => {
      const statuses = []
      for (let n = 0; n < 5; n++) statuses.push((await sicura.http.get('/accesso/ritorno?codice=nessuno&state=x')).status)
      expect(statuses).toContain(429)
      const refused = await sicura.http.get('/accesso/ritorno?codice=nessuno&state=x')
      expect([refused.status, refused.body.codice, Number(refused.headers['retry-after']) > 0]).toEqual([429, 'troppi-tentativi', true])
    })

    it('bodies that cannot be read are problems in Italian', async () => {
      const accesso = await t.loginAs({ amministratoreSia: true })
      const send = (body: string, type = 'application/json') =>
        t.http.post('/api/v1/cabina/enti').set(accesso.headers).set('Content-Type', type).send(body)
      expect((await send('{"slug": ')).body).toMatchObject({ status: 400, codice: 'richiesta-illeggibile' })
      expect((await send(JSON.stringify({ slug: 'x'.repeat(1_100_000) }))).body).toMatchObject({
        status: 413,
        codice: 'richiesta-troppo-grande',
      })
      const wrong = await send(JSON.stringify({ slug: 'API', denominazione: '' }))
      expect(wrong.type).toBe('application/problem+json')
      expect(wrong.body.campi.map((c: { campo: string }) => c.campo)).toEqual(
        expect.arrayContaining(['slug', 'denominazione', 'codiceIpa', 'codiceFiscale', 'aoo']),
      )
    })

    it('an unexpected error says nothing of the inside and carries the request id', async () => {
      const reply = await t.http
        .post('/api/v1/guasto')
        .set((await t.loginAs('ortensia')).headers)
        .send({})
      expect(reply.body).toMatchObject({ status: 500, codice: 'errore-interno', requestId: reply.headers['x-request-id'] })
      expect(reply.text).not.toContain('segreta')
    })

    it('an unknown data address is a problem, not a page', async () => {
      const reply = await t.http.get('/api/v1/castelvento/niente/di/tutto/questo')
      expect([reply.status, reply.type, reply.body.codice]).toEqual([404, 'application/problem+json', 'indirizzo-sconosciuto'])
    })
  })

  it('says whether it lives and whether the database answers', async () => {
    expect((await t.http.get('/health/live')).body).toEqual({ stato: 'vivo' })
    expect((await t.http.get('/health/ready')).status).toBe(200)
  })

  it('describes every declared endpoint in OpenAPI 3.1', async () => {
    const { body } = await t.http.get('/api/v1/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    for (const e of endpoints)
      expect(body.paths[e.path.replaceAll(/:([A-Za-z]+)/gu, '{$1}')][e.method.toLowerCase()].responses[String(e.status)]).toBeDefined()
  })
})

async function moveSession(t: TestApp, token: string, change: string): Promise<void> {
  const scope = systemScope(t.deps)
  scope.em.setSessionContext({ variables: { 'app.sessione': createHash('sha256').update(token).digest('hex') } })
  await query(scope, `update sessione set ${change}`)
}
