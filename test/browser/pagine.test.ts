import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { apriPalco } from '../support/browser/prodotto.ts'
import type { Pagina, Palco } from '../support/browser/prodotto.ts'

const SCRIVANIA = { width: 1366, height: 768 }
const INGRANDITO = { width: 320, height: 800 }
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../web/src')

interface Persona {
  readonly per: 'operatore' | 'cittadino'
  readonly chi: string
  readonly inizio: string
}
const operatore = (chi: string): Persona => ({ per: 'operatore', chi, inizio: '/castelvento/scrivania' })
const LIDIA = operatore('lidia')
const EGIDIO = operatore('egidio')
const MARTA = operatore('marta')
const IVO: Persona = { per: 'operatore', chi: 'ivo', inizio: '/cabina' }
const ORTENSIA: Persona = { per: 'cittadino', chi: 'ortensia', inizio: '/castelvento/area-personale' }

/** Who opens the addresses that begin so; the longest beginning counts. A route under none of these fails by its name. */
const CHI: Readonly<Record<string, Persona>> = {
  '*': LIDIA,
  '/profilo': LIDIA,
  '/accessibilita': LIDIA,
  '/cabina': IVO,
  '/:ente/scrivania': LIDIA,
  '/:ente/albo': LIDIA,
  '/:ente/trasparenza': LIDIA,
  '/:ente/bozze': LIDIA,
  '/:ente/ricerca': LIDIA,
  '/:ente/lavori': LIDIA,
  '/:ente/repertori': LIDIA,
  '/:ente/protocollo': LIDIA,
  '/:ente/protocollo/registro-giornaliero': MARTA,
  '/:ente/protocollo/emergenza': MARTA,
  '/:ente/protocollo/registri-storici': MARTA,
  '/:ente/protocollo/differimenti': MARTA,
  '/:ente/assegnazioni': EGIDIO,
  '/:ente/fascicoli': EGIDIO,
  '/:ente/fascicoli/repertorio': MARTA,
  '/:ente/archivio': MARTA,
  '/:ente/pratiche': MARTA,
  '/:ente/amministrazione': MARTA,
  '/:ente/arretrato': MARTA,
  '/:ente/conservazione': MARTA,
  '/:ente/statistiche': MARTA,
  '/:ente/sostituzioni': MARTA,
  '/:ente/metadati': MARTA,
  '/:ente/scarto': MARTA,
  '/:ente/area-personale': ORTENSIA,
}

/** A page about one thing: who opens it, the page to start from, the links to follow one after the other. */
interface Oggetto {
  readonly persona: Persona
  readonly da: string
  readonly via: readonly RegExp[]
}

const UUID = '[0-9a-f]{8}-[0-9a-f-]{27}'
const ends = (pattern: string): RegExp => new RegExp(`${pattern}$`, 'u')

const OGGETTI: Readonly<Record<string, Oggetto>> = {
  '/:ente/protocollo/:anno/:numero': { persona: EGIDIO, da: 'protocollo/registro', via: [ends('/protocollo/20\\d\\d/\\d+')] },
  '/:ente/fascicoli/:slug': { persona: EGIDIO, da: 'fascicoli', via: [ends('/fascicoli/20[^/]+')] },
  '/:ente/bozze/:id': { persona: LIDIA, da: 'bozze/nuova', via: [ends(`/bozze/${UUID}`)] },
  '/:ente/repertori/:id': { persona: MARTA, da: 'repertori', via: [ends(`/repertori/${UUID}`)] },
  '/:ente/repertori/:id/estrazioni': { persona: MARTA, da: 'repertori', via: [ends(`/repertori/${UUID}`), ends('/estrazioni')] },
  '/:ente/repertori/righe/:id': { persona: MARTA, da: 'repertori', via: [ends(`/repertori/${UUID}`), ends(`/repertori/righe/${UUID}`)] },
  '/:ente/amministrazione/procedimenti/:id': {
    persona: MARTA,
    da: 'amministrazione/procedimenti',
    via: [ends(`/amministrazione/procedimenti/${UUID}`)],
  },
  '/:ente/trasparenza/procedimenti/:codice': {
    persona: LIDIA,
    da: 'trasparenza/procedimenti',
    via: [ends('/trasparenza/procedimenti/[^/]+')],
  },
  '/:ente/area-personale/attivita/:slug': { persona: ORTENSIA, da: 'area-personale/attivita', via: [ends('/attivita/20[^/]+')] },
}

/** Addresses that are not a page of their own, and why. */
const SENZA_PAGINA: Readonly<Record<string, string>> = {
  '/:ente/archivio/serie/:id': 'the demonstration has no series: its year is not over',
  '/': 'sends to the first page of the person',
  '/:ente': 'sends to the desk',
  '/accesso': 'without a session: checked among the journeys',
  '/accesso/rientro': 'a window that closes by itself after the login',
  '/:ente/protocollo/registri-storici/:id': 'the demonstration imports no register of the past',
  '/:ente/scarto/procedure/:id': 'the demonstration is too young: nothing in it has passed its term',
}

/** Every address the application declares, as written in its routes; children of the citizen's shell with their parent. */
function routesOf(): string[] {
  const files = readdirSync(join(root, 'moduli'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('rotte.ts'))
    .map((name) => join(root, 'moduli', name))
  const found = [join(root, 'app/App.tsx'), ...files].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bpath: '([^']+)'/gu)].map((match) => match[1] ?? ''),
  )
  return [...new Set(found.map((path) => (path.startsWith('/') || path === '*' ? path : `/:ente/area-personale/${path}`)))]
}

const ROTTE = routesOf().filter((route) => !(route in SENZA_PAGINA))
const isOggetto = (route: string): boolean => route.replace('/:ente', '').includes(':')

function personaOf(route: string): Persona | null {
  const found = Object.keys(CHI).filter((begin) => route === begin || route.startsWith(`${begin}/`))
  return CHI[found.toSorted((a, b) => b.length - a.length)[0] ?? ''] ?? null
}

const addressOf = (route: string): string =>
  route === '*' ? '/castelvento/pagina-che-non-esiste' : route.replace('/:ente', '/castelvento')

/** The pages with an address of their own, five at a time, by the person who opens them. */
function groupsOf(): (readonly [chi: string, giro: number, persona: Persona, routes: readonly string[]])[] {
  const by = Map.groupBy(
    ROTTE.filter((route) => !isOggetto(route) && personaOf(route) !== null),
    (route) => personaOf(route) ?? LIDIA,
  )
  return [...by].flatMap(([persona, routes]) =>
    Array.from({ length: Math.ceil(routes.length / 5) }, (_, i) => [persona.chi, i + 1, persona, routes.slice(i * 5, i * 5 + 5)] as const),
  )
}

/** One open page per person, with what goes wrong in it and the requests still on their way. */
interface Aperta extends Pagina {
  readonly rotti: string[]
  readonly inCorso: Set<unknown>
}

let palco: Palco
const aperte = new Map<string, Promise<Aperta>>()

beforeAll(async () => {
  palco = await apriPalco()
}, 300_000)
afterAll(async () => await palco.chiudi(), 60_000)

async function open({ per, chi, inizio }: Persona): Promise<Aperta> {
  const pagina = await palco.apri()
  const { page } = pagina
  const rotti: string[] = []
  const inCorso = new Set<unknown>()
  page.on('request', (request) => void (['script', 'stylesheet', 'fetch', 'xhr'].includes(request.resourceType()) && inCorso.add(request)))
  page.on('requestfinished', (request) => void inCorso.delete(request))
  page.on('requestfailed', (request) => void inCorso.delete(request))
  page.on('response', (response) => {
    if (response.status() >= 400) rotti.push(`${response.status()} ${new URL(response.url()).pathname}`)
  })
  page.setDefaultTimeout(60_000)
  // Nothing moves: what is measured is the page at rest.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await pagina.entra(per, chi, inizio)
  return { ...pagina, rotti, inCorso }
}

async function apertaDi(persona: Persona): Promise<Aperta> {
  const found = aperte.get(persona.chi) ?? open(persona)
  aperte.set(persona.chi, found)
  return await found
}

/** Waits until a page has its heading, asks for nothing more and shows no grey line. */
async function settle({ page, inCorso }: Aperta): Promise<void> {
  // Under a sheet the page is hidden, and still there.
  await page.locator('main h1').first().waitFor({ state: 'attached' })
  for (let quiet = 0; quiet < 3; quiet = inCorso.size === 0 ? quiet + 1 : 0) await page.waitForTimeout(40)
  await page.locator('.scheletro').waitFor({ state: 'detached' })
}

async function goTo(aperta: Aperta, address: string): Promise<void> {
  aperta.inCorso.clear()
  await aperta.page.goto(address, { waitUntil: 'commit' })
  await settle(aperta)
}

/** What is wrong with a page: axe-core once at the width of a desk, then only its width when somebody magnifies it four times. One line each. */
async function check(aperta: Aperta, route: string, address: string): Promise<string[]> {
  const { page, axe, guasti, rotti } = aperta
  const [told, broken] = [guasti.length, rotti.length]
  await page.setViewportSize(SCRIVANIA)
  await goTo(aperta, address)
  const found = await axe()
  const title = await page.title()
  if (!/^[^·]{3,} · /u.test(title)) found.push(`its title says nothing of the page: "${title}"`)
  if ((await page.locator('h1').count()) !== 1) found.push(`has ${await page.locator('h1').count()} first headings`)
  await page.setViewportSize(INGRANDITO)
  const wide = (await page.evaluate('document.documentElement.scrollWidth')) as number
  if (wide > INGRANDITO.width) found.push(`is ${wide} px wide at ${INGRANDITO.width} px`)
  return [...found, ...guasti.slice(told), ...rotti.slice(broken)].map((line) => `${route} (${address}): ${line}`)
}

/** Addresses of the links of the page that look like what is searched. */
async function linksOf(page: Page, pattern: RegExp): Promise<string[]> {
  const all = (await page.evaluate(`[...document.querySelectorAll('main a[href]')].map((a) => a.getAttribute('href'))`)) as string[]
  return [...new Set(all.filter((href) => pattern.test(href)))]
}

/** Goes from link to link until the page of one thing; the first way that gets there. Null when there is none. */
async function reach(aperta: Aperta, from: string, [next, ...rest]: readonly RegExp[]): Promise<string | null> {
  if (next === undefined) return from
  await goTo(aperta, from)
  // A page may send by itself to the thing it has just begun.
  const look = async (): Promise<string[]> => {
    const here = new URL(aperta.page.url()).pathname
    return next.test(here) ? [here] : await linksOf(aperta.page, next)
  }
  let ways = await look()
  for (let i = 0; i < 40 && ways.length === 0; i++) {
    await aperta.page.waitForTimeout(250)
    ways = await look()
  }
  for (const href of ways) {
    const found = await reach(aperta, href, rest)
    if (found !== null) return found
  }
  return null
}

describe('every page opens whole (EN 301 549, WCAG 2.1 AA)', () => {
  it('each route of the application has somebody who opens it here, and a way to it when it is about one thing', () => {
    const unknown = ROTTE.filter((route) => (isOggetto(route) ? !(route in OGGETTI) : personaOf(route) === null))
    expect(unknown.map((route) => `${route}: add it to ${isOggetto(route) ? 'OGGETTI' : 'CHI'}`)).toEqual([])
  })

  it.each(groupsOf())(
    'the pages of %s, part %i: a heading, no violation, nothing broken or refused, nothing wider than 1366 and 320 px',
    async (_chi, _giro, persona, routes) => {
      const aperta = await apertaDi(persona)
      const found: string[] = []
      for (const route of routes) found.push(...(await check(aperta, route, addressOf(route))))
      expect(found).toEqual([])
    },
    240_000,
  )

  it.each(ROTTE.flatMap((route) => (OGGETTI[route] === undefined ? [] : [[route, OGGETTI[route]] as const])))(
    'the page of one thing, %s: found from the pages before it, whole at every width',
    async (route, { persona, da, via }) => {
      const aperta = await apertaDi(persona)
      await aperta.page.setViewportSize(SCRIVANIA)
      const address = await reach(aperta, `/castelvento/${da}`, via)
      expect(address).not.toBeNull()
      expect(await check(aperta, route, address ?? '')).toEqual([])
    },
    120_000,
  )

  it('a message of the queue, with its form, its documents and the sheets of its decisions', async () => {
    const aperta = await apertaDi(LIDIA)
    const { page, axe, guasti } = aperta
    const told = guasti.length
    for (let i = 0; i < 60; i++) {
      await goTo(aperta, '/castelvento/protocollo/da-protocollare')
      if ((await page.locator('.coda li').count()) > 0) break
      await page.waitForTimeout(500)
    }
    for (const size of [SCRIVANIA, INGRANDITO]) {
      await page.setViewportSize(size)
      await goTo(aperta, '/castelvento/protocollo/da-protocollare')
      await page.locator('.coda li').first().locator('input[type=checkbox]').check()
      await page.getByRole('group', { name: 'Azioni sugli elementi selezionati' }).waitFor()
      expect(await axe()).toEqual([])
      await page.locator('.coda li button').first().click()
      await page.locator('#modulo-titolo').waitFor()
      await settle(aperta)
      expect(await axe()).toEqual([])
      for (const azione of [/Unisci a un protocollo/u, /Passa a un collega/u, /Diretto a un/u]) {
        await page.getByRole('button', { name: 'Altre azioni' }).click()
        await page.getByRole('menuitem', { name: azione }).click()
        await page.getByRole('dialog').waitFor()
        await settle(aperta)
        expect(await axe()).toEqual([])
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(size.width)
    }
    expect(guasti.slice(told)).toEqual([])
  }, 180_000)
})
