import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { apriPalco } from '../support/browser/prodotto.ts'
import type { Palco } from '../support/browser/prodotto.ts'

let palco: Palco

beforeAll(async () => {
  palco = await apriPalco()
}, 180_000)
afterAll(async () => await palco.chiudi(), 60_000)

type Persona = readonly [per: 'operatore' | 'cittadino', chi: string, inizio: string]
const OPERATORE = (chi: string): Persona => ['operatore', chi, '/castelvento/scrivania']

/** The pages with an address of their own, and who opens them; inside the ente unless they begin with a slash. */
const PAGINE: readonly (readonly [persona: Persona, percorsi: readonly string[]])[] = [
  [
    OPERATORE('lidia'),
    [
      'scrivania',
      'protocollo/da-protocollare',
      'protocollo/entrata/nuovo',
      'protocollo/registro',
      'bozze',
      'bozze/nuova',
      'protocollo/uscita/nuovo',
      'protocollo/interno/nuovo',
      'protocollo/serie',
      'protocollo/annullamenti',
      'protocollo/destinazioni-errate',
      'ricerca',
      'lavori',
      'repertori',
      'repertori/albo',
      'albo',
      '/profilo',
      '/accessibilita',
    ],
  ],
  [OPERATORE('egidio'), ['assegnazioni', 'fascicoli']],
  [
    OPERATORE('marta'),
    [
      'protocollo/registro-giornaliero',
      'protocollo/registro-giornaliero/impostazioni',
      'protocollo/emergenza',
      'protocollo/registri-storici',
      'protocollo/differimenti',
      'conservazione',
      'statistiche',
      'sostituzioni',
      'amministrazione',
      'amministrazione/organigramma',
      'amministrazione/persone',
      'amministrazione/aree',
      'amministrazione/esclusioni',
      'amministrazione/modelli',
      'amministrazione/etichette',
      'amministrazione/importazioni',
      'amministrazione/visibilita',
      'amministrazione/accessi-autorita',
    ],
  ],
  [['operatore', 'ivo', '/cabina'], ['/cabina']],
  [
    ['cittadino', 'ortensia', '/castelvento/area-personale'],
    ['area-personale', 'area-personale/attivita', 'area-personale/accessi'],
  ],
]

/** A page about one thing: the page to start from, the things on the way, each reached from a link of the page before. */
interface Oggetto {
  readonly rotta: string
  readonly persona: Persona
  readonly da: string
  readonly via: readonly RegExp[]
}

const UUID = '[0-9a-f-]{36}'
const CITTADINA: Persona = ['cittadino', 'ortensia', '/castelvento/area-personale']

const OGGETTI: readonly Oggetto[] = [
  {
    rotta: '/:ente/protocollo/:anno/:numero',
    persona: OPERATORE('egidio'),
    da: 'protocollo/registro',
    via: [/\/protocollo\/20\d\d\/\d+$/u],
  },
  { rotta: '/:ente/fascicoli/:slug', persona: OPERATORE('egidio'), da: 'fascicoli', via: [/\/fascicoli\/20[^/]+$/u] },
  { rotta: '/:ente/bozze/:id', persona: OPERATORE('lidia'), da: 'protocollo/uscita/nuovo', via: [new RegExp(`/bozze/${UUID}$`, 'u')] },
  { rotta: '/:ente/repertori/:id', persona: OPERATORE('marta'), da: 'repertori', via: [new RegExp(`/repertori/${UUID}$`, 'u')] },
  {
    rotta: '/:ente/repertori/:id/estrazioni',
    persona: OPERATORE('marta'),
    da: 'repertori',
    via: [new RegExp(`/repertori/${UUID}$`, 'u'), /\/estrazioni$/u],
  },
  {
    rotta: '/:ente/repertori/righe/:id',
    persona: OPERATORE('marta'),
    da: 'repertori',
    via: [new RegExp(`/repertori/${UUID}$`, 'u'), new RegExp(`/repertori/righe/${UUID}$`, 'u')],
  },
  {
    rotta: '/:ente/area-personale/attivita/:slug',
    persona: CITTADINA,
    da: 'area-personale/attivita',
    via: [/\/attivita\/20[^/]+$/u],
  },
]

/** Addresses that are not a page of their own, and why. */
const SENZA_PAGINA: Readonly<Record<string, string>> = {
  '/': 'sends to the first page of the person',
  '/:ente': 'sends to the desk',
  '/accesso': 'without a session: checked among the journeys',
  '/accesso/rientro': 'a window that closes by itself after the login',
  '/:ente/protocollo/registri-storici/:id': 'the demonstration imports no register of the past',
  '*': 'no address of the application',
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../web/src')

/** Every address the application declares, as written in its routes; children of the citizen's shell with their parent. */
function routesOf(): string[] {
  const files = [
    join(root, 'app/App.tsx'),
    ...readdirSync(join(root, 'moduli'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('rotte.ts'))
      .map((name) => join(root, 'moduli', name)),
  ]
  const found = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bpath: '([^']+)'/gu)].map((match) => match[1] ?? ''))
  return [...new Set(found.map((path) => (path.startsWith('/') || path === '*' ? path : `/:ente/area-personale/${path}`)))]
}

const address = (percorso: string): string => (percorso.startsWith('/') ? percorso : `/castelvento/${percorso}`)

/** Addresses of the links of the page that look like what is searched. */
async function linksOf(page: Page, pattern: RegExp): Promise<string[]> {
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(300)
  const all = (await page.evaluate(`[...document.querySelectorAll('main a[href]')].map((a) => a.getAttribute('href'))`)) as string[]
  return [...new Set(all.filter((href) => pattern.test(href)))]
}

/** Goes from link to link until the page of one thing; the first way that gets there. Null when there is none. */
async function reach(page: Page, from: string, [next, ...rest]: readonly RegExp[]): Promise<string | null> {
  if (next === undefined) return from
  await page.goto(from)
  const links = await linksOf(page, next)
  // A page may send by itself to the thing it has just begun.
  const here = new URL(page.url()).pathname
  for (const href of next.test(here) ? [here] : links) {
    const found = await reach(page, href, rest)
    if (found !== null) return found
  }
  return null
}

interface Trovato {
  percorso: string
  violazioni: string[]
  fits: boolean
  errori: string[]
}

describe('every page opens whole (EN 301 549, WCAG 2.1 AA)', () => {
  const widths = [1366, 320]

  /** Opens a page and answers what is wrong with it, null when nothing is. `told`: errors already answered for. */
  async function check(pagina: Awaited<ReturnType<Palco['apri']>>, percorso: string, told: number): Promise<Trovato | null> {
    const { page, axe, guasti } = pagina
    await page.goto(address(percorso))
    await page.waitForLoadState('networkidle')
    await page.locator('main h1').first().waitFor()
    await page.waitForTimeout(200)
    const violazioni = await axe()
    const fits = (await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')) as boolean
    const errori = guasti.slice(told)
    return violazioni.length > 0 || !fits || errori.length > 0 ? { percorso, violazioni, fits, errori } : null
  }

  it('the pages checked here are all those the application has', () => {
    const checked = [
      ...PAGINE.flatMap(([, percorsi]) => percorsi.map((percorso) => (percorso.startsWith('/') ? percorso : `/:ente/${percorso}`))),
      ...OGGETTI.map((item) => item.rotta),
      ...Object.keys(SENZA_PAGINA),
    ]
    expect(checked.toSorted()).toEqual(routesOf().toSorted())
  })

  it.each(PAGINE.flatMap(([persona, percorsi]) => widths.map((width) => [persona[1], width, persona, percorsi] as const)))(
    'the pages of %s at %i px: a heading, no violation, nothing broken, nothing wider than the screen',
    async (_chi, width, persona, percorsi) => {
      const pagina = await palco.apri(width)
      await pagina.entra(...persona)
      const found: Trovato[] = []
      for (const percorso of percorsi) {
        const wrong = await check(pagina, percorso, pagina.guasti.length)
        if (wrong !== null) found.push(wrong)
      }
      expect(found).toEqual([])
    },
    300_000,
  )

  it.each(OGGETTI.map((item) => [item.rotta, item] as const))(
    'the page of one thing, %s: found from the pages before it, whole at every width',
    async (_rotta, { persona, da, via }) => {
      const found: (Trovato | null)[] = []
      for (const width of widths) {
        const pagina = await palco.apri(width)
        await pagina.entra(...persona)
        const percorso = await reach(pagina.page, address(da), via)
        expect(percorso).not.toBeNull()
        found.push(await check(pagina, percorso ?? '', pagina.guasti.length))
      }
      expect(found.filter((item) => item !== null)).toEqual([])
    },
    180_000,
  )

  it.each(widths)(
    'a message of the queue at %i px, with its form, its documents and the sheets of its decisions',
    async (width) => {
      const { page, entra, axe, guasti } = await palco.apri(width)
      await entra('operatore', 'lidia', '/castelvento/protocollo/da-protocollare')
      for (let i = 0; i < 60 && (await page.locator('.coda li').count()) === 0; i++) {
        await page.waitForTimeout(500)
        await page.reload()
        await page.waitForLoadState('networkidle')
      }
      await page.locator('.coda li').first().locator('input[type=checkbox]').check()
      await page.getByRole('group', { name: 'Azioni sugli elementi selezionati' }).waitFor()
      expect(await axe()).toEqual([])
      await page.locator('.coda li button').first().click()
      await page.locator('#modulo-titolo').waitFor()
      await page.waitForLoadState('networkidle')
      expect(await axe()).toEqual([])
      for (const azione of [/Unisci a un protocollo/u, /Passa a un collega/u, /Diretto a un/u]) {
        await page.getByRole('button', { name: 'Altre azioni' }).click()
        await page.getByRole('menuitem', { name: azione }).click()
        await page.getByRole('dialog').waitFor()
        await page.waitForTimeout(400)
        expect(await axe()).toEqual([])
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
      expect(guasti).toEqual([])
    },
    120_000,
  )
})
