import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createEmittenteDimostrativo } from '../../../server/demo/emittente/index.ts'
import { ETICHETTA } from '../../../server/demo/emittente/pagina.ts'
import { createIdentitaOidc } from '../../../server/adapters/oidc/index.ts'
import { loadConfig } from '../../../server/kernel/config.ts'
import { Browser, createListeningApp } from '../../support/ascolto.ts'
import type { ListeningApp } from '../../support/ascolto.ts'
import { log } from '../../support/database.ts'
import { createEnte, createOperatore } from '../../support/enti.ts'

describe('login with the demo issuer, a real OpenID Connect one', () => {
  let t: ListeningApp

  beforeAll(async () => {
    t = await createListeningApp()
    await createEnte(t.deps, { slug: 'castelvento', denominazione: 'Comune di Castelvento' })
    await t.loginAs('lidia')
  })
  afterAll(async () => await t.close())

  it('a suggested login ends in a session and on the page it started from', async () => {
    const browser = new Browser()
    const start = await browser.get(`${t.url}/accesso/avvia?per=operatore&suggerimento=lidia&ritorno=/castelvento/scrivania`)
    expect(start.status).toBe(302)
    const address = new URL(start.headers.get('location') ?? '')
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      prompt: 'login',
      login_hint: 'lidia',
    })
    expect(address.searchParams.get('state')?.length).toBeGreaterThanOrEqual(32)
    expect(address.searchParams.get('nonce')?.length).toBeGreaterThanOrEqual(32)
    const end = await browser.follow(address.toString())
    expect([end.url, end.reply.status]).toEqual([`${t.url}/castelvento/scrivania`, 200])
    const sessione = (await (await browser.get(`${t.url}/api/v1/sessione`)).json()) as Record<string, unknown>
    expect(sessione).toMatchObject({
      autenticato: true,
      dimostrativo: true,
      schema: 'sviluppo',
      livello: '2',
      attore: { nome: 'Lidia Torrebruna', tipo: 'operatore' },
      enti: [{ slug: 'castelvento', profili: ['operatoreProtocollo'] }],
    })
    expect(browser.cookie('faldone-locale-accesso')).toBeUndefined()
  })

  it('REQ-ID-020 the issuer says on its page that no identity is real, offers only the people of that login, and can be left', async () => {
    const browser = new Browser()
    const { url, reply } = await browser.follow(`${t.url}/accesso/avvia?per=cittadino`)
    const html = await reply.text()
    expect(html).toContain(ETICHETTA)
    expect(html).toContain('Ortensia Ventaglio')
    expect(html).not.toContain('Lidia Torrebruna')
    const gone = await browser.follow(`${url}?annulla=1`)
    expect(gone.reply.status).toBe(403)
    expect(await gone.reply.text()).toContain('Accesso annullato')
    expect(() =>
      createEmittenteDimostrativo({
        config: loadConfig({ FALDONE_AMBIENTE: 'produzione', FALDONE_OIDC_OPERATORI_EMITTENTE: 'https://id.example' }),
        log,
        indirizzoLocale: () => '',
      }),
    ).toThrow(/produzione/u)
  })

  it('a citizen enters with scheme, level and fiscal number', async () => {
    const browser = new Browser()
    const { url } = await browser.follow(`${t.url}/accesso/avvia?per=cittadino&ritorno=/castelvento/area-personale`)
    const end = await browser.follow(`${url}?persona=ortensia`)
    expect(end.url).toBe(`${t.url}/castelvento/area-personale`)
    const sessione = (await (await browser.get(`${t.url}/api/v1/sessione`)).json()) as { attore: { codiceFiscale: string; tipo: string } }
    expect(sessione.attore).toMatchObject({ tipo: 'cittadino', codiceFiscale: expect.stringMatching(/^VNTRNS58D57X901[A-Z]$/u) })
  })

  it('an identity that is nobody here is refused with a page and no session', async () => {
    const browser = new Browser()
    const { reply } = await browser.follow(`${t.url}/accesso/avvia?per=operatore&suggerimento=rosa`)
    expect(reply.status).toBe(403)
    expect(await reply.text()).toContain('non sei tra gli operatori')
    expect(browser.cookie('faldone-locale')).toBeUndefined()
  })

  it('the same subject with another codice fiscale is not the same person', async () => {
    await createOperatore(t.deps, { soggetto: 'dimostrazione-egidio', codiceFiscale: 'PTRGDE71S02X901A' })
    const { reply } = await new Browser().follow(`${t.url}/accesso/avvia?per=operatore&suggerimento=egidio`)
    expect(reply.status).toBe(403)
  })

  it('REQ-ID-005 an answer not asked for by this browser, altered or used twice opens nothing', async () => {
    const unsolicited = await new Browser().follow(`${t.url}/accesso/ritorno?code=abc&state=def`)
    expect(unsolicited.reply.status).toBe(403)
    const victim = new Browser()
    const other = new Browser()
    const callback = await callbackOf(victim, `${t.url}/accesso/avvia?per=operatore&suggerimento=lidia`)
    await other.get(`${t.url}/accesso/avvia?per=operatore&suggerimento=lidia`)
    expect((await other.get(callback)).status).toBe(403)
    const altered = new URL(callback)
    altered.searchParams.set('state', 'x'.repeat(43))
    const cookies = victim.copy()
    expect((await cookies.get(altered.toString())).status).toBe(403)
    const twice = victim.copy()
    expect((await victim.get(callback)).status).toBe(302)
    expect((await victim.get(callback)).status).toBe(403)
    expect((await twice.get(callback)).status).toBe(403)
    expect(twice.cookie('faldone-locale')).toBeUndefined()
  })

  it('never goes back to another site', async () => {
    for (const ritorno of ['https://altrove.example/', '//altrove.example', '/\\altrove.example', '/accesso/avvia']) {
      const browser = new Browser()
      const callback = await callbackOf(
        browser,
        `${t.url}/accesso/avvia?per=operatore&suggerimento=lidia&ritorno=${encodeURIComponent(ritorno)}`,
      )
      expect((await browser.get(callback)).headers.get('location')).toBe('/')
    }
  })

  it('opened by another name of this machine, the login moves to the configured one', async () => {
    const port = new URL(t.url).port
    const reply = await new Browser().get(`http://127.0.0.1:${port}/accesso/avvia?per=operatore&suggerimento=lidia`)
    expect(reply.headers.get('location')).toBe(`${t.url}/accesso/avvia?per=operatore&suggerimento=lidia`)
  })

  it('prints the demo logins, and each of them starts a login', async () => {
    const { dimostrativo, accessi } = (await (await fetch(`${t.url}/api/v1/accesso`)).json()) as {
      dimostrativo: boolean
      accessi: { nome: string; per: string; avvia: string }[]
    }
    expect(dimostrativo).toBe(true)
    expect(accessi.filter((a) => a.per === 'operatore')).toHaveLength(7)
    expect(accessi.filter((a) => a.per === 'cittadino')).toHaveLength(3)
    const lidia = accessi.find((a) => a.nome === 'Lidia Torrebruna')
    expect((await new Browser().follow(`${t.url}${lidia?.avvia ?? ''}`)).reply.status).toBe(200)
  })

  it('an issuer that does not answer is a 503 page, and the next attempt asks again', async () => {
    let calls = 0
    const porta = createIdentitaOidc({
      operatori: {
        emittente: 'https://irraggiungibile.example',
        client: 'x',
        fetch: async () => {
          calls += 1
          return await Promise.reject(new Error('no route'))
        },
      },
      cittadini: null,
      ritorno: `${t.url}/accesso/ritorno`,
      log,
      produzione: true,
    })
    expect(await porta.avvia('operatore')).toMatchObject({ rifiuto: 'emittente-non-raggiungibile' })
    expect(await porta.avvia('operatore')).toMatchObject({ rifiuto: 'emittente-non-raggiungibile' })
    expect(calls).toBe(2)
    expect(await porta.avvia('cittadino')).toMatchObject({ rifiuto: 'emittente-non-configurato' })
    expect([porta.dimostrativo, porta.accessiSuggeriti()]).toEqual([false, []])
  })
})

/** Follows a login until the issuer sends the browser back, and stops before going. */
async function callbackOf(browser: Browser, url: string): Promise<string> {
  let here = url
  while (!here.includes('/accesso/ritorno'))
    here = new URL((await browser.get(here)).headers.get('location') ?? 'about:blank', here).toString()
  return here
}
