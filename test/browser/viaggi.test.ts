import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { apriPalco, Tastiera } from '../support/browser/prodotto.ts'
import type { Palco } from '../support/browser/prodotto.ts'

let palco: Palco

beforeAll(async () => {
  palco = await apriPalco()
}, 180_000)
afterAll(async () => await palco.chiudi(), 60_000)

/** Waits until the queue has messages: the mailbox is read in the first seconds after the start. */
async function waitForQueue(page: import('playwright-core').Page): Promise<void> {
  for (let i = 0; i < 40; i++) {
    if ((await page.getByRole('option').count()) + (await page.locator('.coda li, [data-messaggio]').count()) > 0) return
    await page.waitForTimeout(500)
    await page.reload()
    await page.waitForLoadState('networkidle')
  }
}

/** The open fascicolo where the person finds a warning, nothing that blocks and the final act already there; answers its address. */
async function findChiudibile(page: import('playwright-core').Page): Promise<string> {
  const read = async <T>(path: string): Promise<T> =>
    (await page.evaluate(`fetch('/api/v1/castelvento/${path}').then((r) => r.json())`)) as T
  const { elementi } = await read<{ elementi: { id: string; slug: string; stato: string }[] }>('fascicoli?perPagina=100')
  for (const one of elementi.filter((f) => f.stato === 'APERTO')) {
    const { bloccanti, avvisi } = await read<{ bloccanti: unknown[]; avvisi: { codice: string }[] }>(
      `fascicoli/${one.id}/verifica-chiusura`,
    )
    if (bloccanti.length === 0 && avvisi.length > 0 && avvisi.every((a) => a.codice !== 'senza-provvedimento-finale')) return one.slug
  }
  throw new Error('the demonstration has no fascicolo to close')
}

describe('journeys', () => {
  it('journey 1: a PEC is registered, classified and assigned with the keyboard alone in at most 6 interactions', async () => {
    const { page, entra, guasti } = await palco.apri()
    await entra('operatore', 'lidia', '/castelvento/protocollo/da-protocollare')
    await waitForQueue(page)
    const tasti = new Tastiera(page)
    await tasti.tasto('j')
    await page.getByRole('heading', { name: 'Registra in entrata' }).waitFor()
    await page.waitForTimeout(600)
    await tasti.scelta('F4', 'edil')
    await tasti.scelta('F8', 'edil')
    await tasti.tasto('Control+Enter')
    const esito = page.getByText(/Protocollato \d{7}\/\d{4}/u).first()
    await esito.waitFor()
    expect(tasti.interazioni).toBeLessThanOrEqual(6)
    const [etichetta = ''] = /\d{7}\/\d{4}/u.exec((await esito.textContent()) ?? '') ?? []
    const [numero, anno] = etichetta.split('/')
    await page.goto(`/castelvento/protocollo/${anno}/${numero}`)
    await page
      .getByRole('heading', { name: new RegExp(etichetta, 'u') })
      .first()
      .waitFor()
    expect(guasti).toEqual([])
  }, 120_000)

  it('journey 5: the sector head takes charge, gives level 3, opens the fascicolo in at most 6 interactions', async () => {
    const { page, entra, guasti } = await palco.apri()
    await entra('operatore', 'egidio', '/castelvento/assegnazioni?vista=da-prendere-in-carico')
    await page.waitForLoadState('networkidle')
    const tasti = new Tastiera(page)
    await tasti.tasto('j')
    await page.waitForTimeout(600)
    await tasti.tasto('p')
    await page
      .getByText(/preso in carico/u)
      .first()
      .waitFor()
    await tasti.tasto('a')
    await page.getByRole('combobox', { name: /Sottoclasse/u }).waitFor()
    await page.getByRole('combobox', { name: /Sottoclasse/u }).focus()
    tasti.interazioni++
    await tasti.digita('a')
    await tasti.tasto('Control+Enter')
    await page
      .getByText(/\d{4}-[\dIVX./-]+/u)
      .first()
      .waitFor()
    await page.getByRole('combobox', { name: /Sottoclasse/u }).waitFor({ state: 'detached' })
    expect(tasti.interazioni).toBeLessThanOrEqual(6)
    expect(guasti).toEqual([])
  }, 120_000)

  it('Viaggio 8: a blocker is shown in red with the way to settle it; then the fascicolo is closed in at most 4 interactions, and the page says it', async () => {
    const { page, entra, axe, guasti } = await palco.apri()
    await entra('operatore', 'egidio', '/castelvento/fascicoli')
    const slug = await findChiudibile(page)
    const scheda = `/castelvento/fascicoli/${slug}`
    const stato = page.locator('.scheda-titolo .stato, h1 ~ .stato, .stato').first()
    await page.goto(scheda)
    await page.getByRole('button', { name: 'Chiudi il fascicolo' }).waitFor()
    expect(await stato.textContent()).toMatch(/Aperto/u)
    // A reply begun and never finished stands in the way.
    await page.keyboard.press('r')
    await page.waitForURL(/\/bozze\/[0-9a-f-]{36}/u)
    const bozza = new URL(page.url()).pathname
    await page.goto(scheda)
    await page.getByRole('button', { name: 'Chiudi il fascicolo' }).waitFor()

    const tasti = new Tastiera(page)
    await tasti.tasto('c')
    const foglio = page.getByRole('dialog', { name: /Chiudi il fascicolo/u })
    const blocco = foglio.getByRole('alert').filter({ hasText: 'Da risolvere prima di chiudere' })
    await blocco.waitFor()
    expect(await blocco.getByRole('listitem').allTextContents()).toEqual([expect.stringContaining('Una bozza del fascicolo')])
    expect(await foglio.locator('.esito-avviso').getByRole('listitem').count()).toBeGreaterThan(0)
    const colour = (await page.evaluate(`getComputedStyle(document.querySelector('[role=dialog] [role=alert]')).borderLeftColor`)) as string
    const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/gu) ?? []).map(Number)
    expect(red).toBeGreaterThan(2 * Math.max(green, blue))
    expect(await axe()).toEqual([])
    // Without a reason nothing is closed over a blocker.
    await page.keyboard.press('Control+Enter')
    await foglio.getByText('Spiega perché il fascicolo si chiude lo stesso.').waitFor()

    tasti.interazioni++
    await blocco.getByRole('link', { name: 'Risolvi' }).click()
    await page.waitForURL((url) => url.pathname === bozza)
    await page.getByRole('button', { name: 'Scarta' }).click()
    await page.getByRole('textbox', { name: 'Motivo' }).fill('Cominciata per errore')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('button', { name: 'Ripristina' }).waitFor()
    await page.goto(scheda)
    await page.getByRole('button', { name: 'Chiudi il fascicolo' }).waitFor()
    expect(await stato.textContent()).toMatch(/Aperto/u)

    await tasti.tasto('c')
    await foglio.locator('.esito-avviso').filter({ hasText: 'Da sapere' }).waitFor()
    expect(await blocco.count()).toBe(0)
    await tasti.tasto('Control+Enter')
    await page.getByText('Fascicolo chiuso. Il versamento in conservazione parte da solo.').waitFor()
    expect(tasti.interazioni).toBeLessThanOrEqual(4)
    await page.getByText('Chiuso il', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Chiudi il fascicolo' }).waitFor({ state: 'detached' })
    expect(await stato.textContent()).toMatch(/Chiuso|In conservazione/u)
    expect(guasti).toEqual([])
  }, 120_000)

  it('journey 12: the citizen finds number, state and document on a phone in at most 4 taps after login', async () => {
    const { page, entra, guasti } = await palco.apri(320, 640)
    await entra('cittadino', 'ortensia', '/castelvento/area-personale')
    let taps = 0
    const tap = async (locator: import('playwright-core').Locator): Promise<void> => {
      taps++
      await locator.click()
    }
    await tap(page.getByRole('link', { name: 'Attività' }).first())
    await page.waitForLoadState('networkidle')
    await tap(page.locator('main a[href*="/area-personale/"]').filter({ hasText: /./u }).first())
    await page.getByText('Stato della pratica').first().waitFor()
    await expect(
      page
        .getByText(/\d{7}\/\d{4}/u)
        .first()
        .textContent(),
    ).resolves.toMatch(/\d{7}\/\d{4}/u)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      tap(
        page
          .getByRole('link', { name: /Scarica/u })
          .or(page.getByRole('button', { name: /Scarica/u }))
          .first(),
      ),
    ])
    const bytes = readFileSync(await download.path())
    expect(bytes.length).toBeGreaterThan(100)
    expect(createHash('sha256').update(bytes).digest('hex')).toMatch(/^[0-9a-f]{64}$/u)
    expect(taps).toBeLessThanOrEqual(4)
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
    expect(guasti).toEqual([])
  }, 120_000)
})

describe('accessibility (EN 301 549, WCAG 2.1 AA) and content policy', () => {
  it.each([1366, 320])(
    'no violation on the login page at %i px',
    async (width) => {
      const { page, axe, guasti } = await palco.apri(width)
      await page.goto('/accesso')
      await page.waitForLoadState('networkidle')
      expect(await axe()).toEqual([])
      expect(guasti).toEqual([])
    },
    60_000,
  )
})
