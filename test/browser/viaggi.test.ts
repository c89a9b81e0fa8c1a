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
