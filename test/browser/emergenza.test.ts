import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { apriPalco } from '../support/browser/prodotto.ts'
import type { Pagina, Palco } from '../support/browser/prodotto.ts'
import { createRiavviabile } from '../support/browser/riavvio.ts'
import type { Riavviabile } from '../support/browser/riavvio.ts'
import { readCodici, readTesto, renderPagina } from '../support/lettore.ts'

const PIN = 'cassaforte 63'
const UFFICIO = '/castelvento/protocollo/emergenza'
let server: Riavviabile
let palco: Palco
let rgd: Pagina
let sportello: Pagina
let file = ''

beforeAll(async () => {
  server = await createRiavviabile()
  await server.start()
  palco = await apriPalco({ indirizzo: server.indirizzo, stop: async () => await server.remove() })
  rgd = await palco.apri()
  sportello = await palco.apri()
}, 240_000)
afterAll(async () => await palco.chiudi(), 60_000)

/** Everything the browser keeps of the emergency page, as text: what a person without the PIN could read. */
async function readStore(page: Page): Promise<string> {
  return await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((done, fail) => {
      const request = indexedDB.open('faldone-emergenza')
      request.addEventListener('success', () => done(request.result))
      request.addEventListener('error', () => fail(request.error ?? new Error('IndexedDB')))
    })
    const text = (value: unknown): string => {
      if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value)
      if (ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value)
      if (typeof value === 'object' && value !== null)
        return Object.entries(value)
          .map(([k, v]) => `${k}=${text(v)}`)
          .join(' ')
      return String(value)
    }
    const parts: string[] = []
    for (const name of database.objectStoreNames) {
      const rows = await new Promise<unknown[]>((done) => {
        const request = database.transaction(name).objectStore(name).getAll()
        request.addEventListener('success', () => done(request.result))
      })
      parts.push(`${name}: ${rows.map(text).join('\n')}`)
    }
    database.close()
    return parts.join('\n')
  })
}

async function fillRow(page: Page, n: number): Promise<void> {
  await page.locator('#soggetto-cognome').fill(`Ventaglio ${n}`)
  await page.locator('#soggetto-nome').fill('Ortensia')
  await page.locator('#oggetto').fill(`Richiesta urgente numero ${n}`)
  await page.locator('#voce').selectOption({ index: 3 })
  await page.locator('#ufficio').selectOption({ index: 1 })
}

/** Registrations of the ente, as the list counts them. */
async function countRegistrazioni(p: Pagina): Promise<number> {
  const answer = await p.page.request.get('/api/v1/castelvento/registrazioni?perPagina=1')
  return ((await answer.json()) as { totale: number }).totale
}

describe('the emergency register with the server stopped and the network down', () => {
  it('REQ-PROT-083 the RGD entrusts a series, and the device installs it while everything works', async () => {
    const { page, entra, axe, guasti } = rgd
    await entra('operatore', 'marta', UFFICIO)
    await page.getByRole('button', { name: 'Istituisci un registro' }).click()
    await page.getByLabel('Sede').fill('Sportello di via Roma')
    await page
      .getByRole('button', { name: /^Istituisci/u })
      .last()
      .click()
    await page.getByText('Registro istituito.').first().waitFor()
    await page.getByRole('button', { name: 'Affida a un dispositivo: RE01' }).click()
    await page.getByLabel('Nome del dispositivo').fill('Portatile dello sportello')
    await page.getByLabel('Estremi del provvedimento').fill('Decreto 1/2026')
    await page.getByRole('button', { name: /Affida la serie/u }).click()
    await page.getByText('Da installare').waitFor()
    await page.waitForTimeout(300)
    expect(await axe()).toEqual([])
    expect(guasti).toEqual([])

    const device = sportello
    await device.entra('operatore', 'lidia', '/emergenza/')
    await device.page.getByLabel('PIN', { exact: false }).first().fill(PIN)
    await device.page.getByLabel('Ripeti il PIN').fill(PIN)
    expect(await device.axe()).toEqual([])
    await device.page.getByRole('button', { name: 'Installa la serie' }).click()
    await device.page.getByRole('heading', { name: 'RE01 · Sportello di via Roma' }).waitFor()
    // The page is kept: the worker has every file of it, and nothing of the rest.
    await device.page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated')
    const kept = await device.page.evaluate(async () => {
      const found: string[] = []
      for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname)
      return found
    })
    expect(kept).toContain('/emergenza/')
    expect(kept.filter((path) => !path.startsWith('/assets/') && !path.startsWith('/emergenza/'))).toEqual([])
    expect(device.guasti).toEqual([])
  }, 120_000)

  it('REQ-PROT-084 the page opens with the server stopped and the network off, and without its PIN nothing is readable', async () => {
    await server.stop()
    await sportello.context.setOffline(true)
    const { page, guasti, axe } = sportello
    await page.reload()
    await page.getByRole('heading', { name: 'Sblocca il registro' }).waitFor()
    await page.getByText('Senza rete', { exact: true }).waitFor()
    const stored = await readStore(page)
    expect(stored.length).toBeGreaterThan(5000)
    for (const word of ['Castelvento', 'RE01', 'castelvento', 'Sportello', 'faldone-serie']) expect(stored).not.toContain(word)
    await page.locator('#pin').fill('1234567890')
    await page.getByRole('button', { name: 'Apri', exact: true }).click()
    await page.getByText('PIN errato').waitFor()
    // The button comes back with a transition of its colours.
    await page.waitForTimeout(400)
    expect(await axe()).toEqual([])
    await page.locator('#pin').fill(PIN)
    await page.getByRole('button', { name: 'Apri', exact: true }).click()
    await page.getByRole('heading', { name: 'RE01 · Sportello di via Roma' }).waitFor()
    expect(guasti).toEqual([])
  }, 60_000)

  it('REQ-PROT-080 REQ-PROT-084 five registrations are written with their numbers, and each has its receipt', async () => {
    const { page, axe, guasti } = sportello
    await page.getByLabel('Chi scrive').fill('Lidia Fontana')
    await page.getByLabel('Causa dell’interruzione').fill('Assenza di rete')
    await page.getByLabel('Estremi dell’autorizzazione').fill('Nota 5/2026')
    await page.getByLabel('Autorizzata da').fill('Marta Colonna')
    await page.getByRole('button', { name: 'Apri il registro' }).click()
    await page.getByText(/RE01 aperto dal .* — causa: Assenza di rete/u).waitFor()
    // Nothing incomplete is written, and every missing datum is told.
    await page.getByRole('button', { name: 'Registra in emergenza' }).click()
    await page.getByText('Scrivi l’oggetto.').waitFor()
    await page.getByText('Scegli titolo e classe.').waitFor()
    await page.getByText('Scegli il file, oppure descrivi il documento cartaceo.').waitFor()
    expect(await axe()).toEqual([])
    for (const n of [1, 2, 3, 4, 5]) {
      await fillRow(page, n)
      if (n === 5)
        await page
          .locator('#file')
          .setInputFiles({ name: 'istanza.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 istanza') })
      else await page.locator('#cartaceo').fill('Lettera di un foglio')
      if (n === 5) await page.getByText(/istanza\.pdf: impronta SHA-256 [0-9a-f]{64}/u).waitFor()
      await page.getByRole('button', { name: 'Registra in emergenza' }).click()
      await page
        .getByText(new RegExp(`Registrato RE01-\\d{4}-000${n} — codice di verifica`, 'u'))
        .first()
        .waitFor()
    }
    await page.getByRole('button', { name: /Stampa la ricevuta RE01-\d{4}-0003/u }).click()
    await page.getByRole('heading', { name: 'Ricevuta di registrazione di emergenza' }).waitFor()
    const code = (await page.locator('.emergenza-codice').textContent()) ?? ''
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/u)
    const printed = new Uint8Array(await page.pdf({ format: 'A5' }))
    const words = (await readTesto(printed)).join(' ')
    for (const word of ['-0003', 'Ventaglio 3', 'Richiesta urgente numero 3', code, 'Comune di Castelvento']) expect(words).toContain(word)
    const [qr] = await readCodici(await renderPagina(printed, 1, 203))
    expect(qr).toMatchObject({
      formato: 'QRCode',
      testo: expect.stringMatching(new RegExp(`^FALDONE-RE1;.*;RE01-\\d{4}-0003;${code}$`, 'u')),
    })
    expect(await axe()).toEqual([])
    await page.getByRole('button', { name: 'Torna al registro' }).click()
    expect(guasti).toEqual([])
  }, 120_000)

  it('REQ-PROT-081 REQ-PROT-082 the day closes with its total only, the register closes at the restoration, the file leaves', async () => {
    const { page, guasti } = sportello
    // A clock two days ahead: nothing covers that instant, the page writes no row.
    await page.evaluate(() => {
      const real = Date.now.bind(Date)
      Object.assign(window, { orologioVero: real })
      Date.now = () => real() + 48 * 3_600_000
    })
    await fillRow(page, 6)
    await page.locator('#cartaceo').fill('Lettera')
    await page.getByRole('button', { name: 'Registra in emergenza' }).click()
    await page.getByText(/Nessuna autorizzazione copre questo istante/u).waitFor()
    await page.evaluate(() => {
      Date.now = (window as unknown as { orologioVero: () => number }).orologioVero
    })
    await page.getByLabel(/^Totale del/u).fill('4')
    await page.getByRole('button', { name: /Chiudi la giornata/u }).click()
    await page.getByText('Il totale scritto è 4, le registrazioni di quel giorno sono 5.').waitFor()
    await page.getByLabel(/^Totale del/u).fill('5')
    await page.getByRole('button', { name: /Chiudi la giornata/u }).click()
    await page.getByText('Totale della giornata scritto.').first().waitFor()
    await page.getByRole('button', { name: 'Chiudi il registro' }).click()
    await page.getByText(/Registro chiuso\. Ora esporta/u).waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Esporta il file' }).click()])
    file = await download.path()
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ formato: 'faldone-registro-emergenza/1' })
    // The register of the interruption prints too, with its total and code.
    await page
      .getByRole('button', { name: /Stampa il registro/u })
      .first()
      .click()
    const words = (await readTesto(new Uint8Array(await page.pdf({ format: 'A4' })))).join(' ')
    for (const n of [1, 2, 3, 4, 5]) expect(words).toContain(`-000${n}`)
    expect(words).toContain('Totale delle registrazioni')
    expect(guasti).toEqual([])
  }, 60_000)

  it('REQ-PROT-086 the server is back: the dry run tells the pairs, the recovery gives the numbers, the statement prints', async () => {
    await server.start()
    await sportello.context.setOffline(false)
    const { page, axe, guasti } = rgd
    await rgd.entra('operatore', 'marta', UFFICIO)
    const before = await countRegistrazioni(rgd)
    await page.getByLabel('File del registro di emergenza').setInputFiles(file)
    await page.getByRole('button', { name: 'Prova il recupero' }).click()
    await page.getByText(/File integro: registro RE01/u).waitFor()
    await expect(page.getByRole('row', { name: /RE01-\d{4}-000\d.*\(previsto\)/u }).count()).resolves.toBe(5)
    expect(await countRegistrazioni(rgd)).toBe(before)
    expect(await axe()).toEqual([])
    await page.getByRole('button', { name: 'Recupera 5 registrazioni' }).click()
    await page.getByText('Recupero riuscito: 5 registrazioni.').first().waitFor()
    expect(await countRegistrazioni(rgd)).toBe(before + 5)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('link', { name: /^Verbale/u })
        .first()
        .click(),
    ])
    const words = (await readTesto(Uint8Array.from(readFileSync(await download.path())))).join(' ')
    for (const word of ['Assenza di rete', 'Nota 5/2026', '-0001', '-0005', 'Richiesta urgente numero 5']) expect(words).toContain(word)
    // The registration keeps its emergency number in view.
    const etichetta =
      (await page
        .getByRole('row', { name: /RE01-\d{4}-0002/u })
        .first()
        .textContent()) ?? ''
    const [, numero, anno] = /(\d{7})\/(\d{4})/u.exec(etichetta) ?? []
    await page.goto(`/castelvento/protocollo/${anno}/${numero}`)
    await page
      .getByText(/RE01-\d{4}-0002 del/u)
      .first()
      .waitFor()
    expect(guasti).toEqual([])
  }, 120_000)

  it('REQ-PROT-088 a second recovery creates nothing, and a changed byte refuses the file', async () => {
    const { page, guasti, axe } = rgd
    await page.goto(UFFICIO)
    const before = await countRegistrazioni(rgd)
    await page.getByLabel('File del registro di emergenza').setInputFiles(file)
    await page.getByRole('button', { name: 'Prova il recupero' }).click()
    await page.getByText(/Tutte le registrazioni del file sono già nel protocollo/u).waitFor()
    await expect(page.getByRole('button', { name: /^Recupera \d/u }).count()).resolves.toBe(0)
    const altered = Buffer.from(readFileSync(file, 'utf8').replace('urgente numero 4', 'urgente numero 9'), 'utf8')
    await page
      .getByLabel('File del registro di emergenza')
      .setInputFiles({ name: 'registro.json', mimeType: 'application/json', buffer: altered })
    await page.getByRole('button', { name: 'Prova il recupero' }).click()
    await page.getByText('Il file è rifiutato intero', { exact: false }).waitFor()
    await page.getByText(/RE01-\d{4}-0004: L’impronta non corrisponde/u).waitFor()
    expect(await countRegistrazioni(rgd)).toBe(before)
    expect(await axe()).toEqual([])
    expect(guasti).toEqual([])
  }, 60_000)

  it('REQ-PROT-080 REQ-PROT-085 an open register is told to everybody by the red bar, a pending recovery too', async () => {
    const { page, axe } = rgd
    await page.getByRole('button', { name: 'Apri il registro di emergenza' }).click()
    await page.getByLabel('Causa dell’interruzione').fill('assenza di corrente')
    await page.getByLabel('Estremi dell’autorizzazione').fill('Nota 6/2026')
    await page.getByRole('dialog').getByRole('button', { name: 'Apri il registro', exact: true }).click()
    await page.getByText(/Registro di emergenza aperto dalle \d\d:\d\d — causa: assenza di corrente/u).waitFor()
    const other = await palco.apri(320)
    await other.entra('operatore', 'egidio', '/castelvento/scrivania')
    await other.page.getByText(/Registro di emergenza aperto dalle \d\d:\d\d — causa: assenza di corrente/u).waitFor()
    await other.page.waitForTimeout(300)
    expect(await other.axe()).toEqual([])
    await page.getByRole('button', { name: 'Azioni su RE01' }).first().click()
    await page.getByRole('menuitem', { name: 'Chiudi al ripristino' }).click()
    await page.getByLabel('Registrazioni fatte in emergenza').fill('2')
    await page.getByRole('dialog').getByRole('button', { name: 'Chiudi il registro' }).click()
    await page
      .getByText(/Protocollo ordinario sospeso/u)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Azioni su RE01' }).first().click()
    await page.getByRole('menuitem', { name: 'Riapri il protocollo prima del recupero' }).click()
    await page.getByLabel('Motivo').fill('Scadenza elettorale')
    await page.getByRole('dialog').getByRole('button', { name: 'Riapri il protocollo', exact: true }).click()
    await page
      .getByText(/Protocollo ordinario riaperto in deroga/u)
      .first()
      .waitFor()
    await page
      .getByText(/Protocollo ordinario sospeso/u)
      .first()
      .waitFor({ state: 'detached' })
    expect(await axe()).toEqual([])
  }, 90_000)

  it.each([320, 1366])(
    'REQ-PROT-084 the page of the device reflows and has no violation at %i px',
    async (width) => {
      const { page, axe, guasti } = sportello
      await page.setViewportSize({ width, height: 800 })
      await page.goto('/emergenza/')
      await page.locator('#pin').fill(PIN)
      await page.getByRole('button', { name: 'Apri', exact: true }).click()
      await page.getByRole('heading', { name: 'RE01 · Sportello di via Roma' }).waitFor()
      expect(await axe()).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
      expect(guasti).toEqual([])
    },
    60_000,
  )
})
