import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { startServer } from '../../racconto/server.ts'

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
// The background requests of a browser have nothing to do here, and some machines have no way out.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // Without a window there is nowhere to show the print preview: `print()` on an embedded PDF ends the whole page ("Page crashed"), with or without a large
  // /dev/shm. Without the preview it does nothing, as for who has no printer.
  '--disable-print-preview',
]

/** The product running on a temporary folder, and a real Chromium looking at it. */
export interface Palco {
  readonly indirizzo: string
  /** A page with its own cookies; every content-policy violation and page error is collected. */
  apri(larghezza?: number, altezza?: number): Promise<Pagina>
  chiudi(): Promise<void>
}

export interface Pagina {
  readonly page: Page
  readonly context: BrowserContext
  /** Content-policy violations and errors of the page, so far. */
  readonly guasti: readonly string[]
  /** Logs in as a demo person through the issuer and lands on a page of the product. */
  entra(per: 'operatore' | 'cittadino', suggerimento: string, ritorno: string): Promise<void>
  /** Violations axe-core finds for WCAG 2.1 A and AA, one line each. */
  axe(): Promise<string[]>
}

/** `avviato`: a product already running, which the test stops and starts by itself. */
export async function apriPalco(avviato?: { readonly indirizzo: string; readonly stop: () => Promise<void> }): Promise<Palco> {
  const executablePath = process.env['FALDONE_CHROMIUM'] ?? PROGRAMS.find((p) => existsSync(p))
  if (executablePath === undefined) throw new Error('Chromium is not on this machine: install it, or set FALDONE_CHROMIUM')
  const server = avviato ?? (await startServer())
  const browser = await chromium.launch({ executablePath, args: FLAGS })
  return {
    indirizzo: server.indirizzo,
    apri: async (larghezza = 1366, altezza = 768) => await apriPagina(browser, server.indirizzo, larghezza, altezza),
    chiudi: async () => {
      await browser.close()
      await server.stop()
    },
  }
}

async function apriPagina(browser: Browser, indirizzo: string, width: number, height: number): Promise<Pagina> {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'it-IT',
    timezoneId: 'Europe/Rome',
    baseURL: indirizzo,
    acceptDownloads: true,
  })
  const guasti: string[] = []
  await context.exposeFunction('segnalaGuasto', (text: string) => void guasti.push(text))
  await context.addInitScript(
    `document.addEventListener('securitypolicyviolation', (e) => window.segnalaGuasto('CSP ' + e.violatedDirective + ' ' + e.blockedURI))`,
  )
  const page = await context.newPage()
  page.on('pageerror', (error) => guasti.push(`errore: ${error.message}`))
  page.setDefaultTimeout(20_000)
  return {
    page,
    context,
    guasti,
    entra: async (per, suggerimento, ritorno) => {
      await page.goto(`/accesso/avvia?per=${per}&suggerimento=${suggerimento}&ritorno=${encodeURIComponent(ritorno)}`)
      await page.waitForURL((url) => url.pathname === ritorno.split('?')[0])
    },
    axe: async () => {
      const result = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
      return result.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)}`))
    },
  }
}

/** A keyboard that counts: one chord, or one type-ahead choice, is one interaction. */
export class Tastiera {
  interazioni = 0
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  async tasto(chord: string): Promise<void> {
    this.interazioni++
    await this.#page.keyboard.press(chord)
  }

  /** Opens a field by its key, types, waits for the choices and takes the first: one interaction, as the journeys count. */
  async scelta(chord: string, testo: string): Promise<void> {
    this.interazioni++
    await this.#page.keyboard.press(chord)
    await this.digita(testo)
  }

  /** Types in the focused combobox and takes the highlighted choice, without counting: part of a choice already counted. */
  async digita(testo: string): Promise<void> {
    await this.#page.keyboard.press('Control+A')
    await this.#page.keyboard.type(testo, { delay: 20 })
    await this.#page.locator('[role=option]').first().waitFor()
    await this.#page.waitForTimeout(250)
    await this.#page.keyboard.press('Enter')
  }
}
