import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { apriPalco, Tastiera } from '../support/browser/prodotto.ts'
import type { Palco } from '../support/browser/prodotto.ts'

let palco: Palco

beforeAll(async () => {
  palco = await apriPalco()
}, 180_000)
afterAll(async () => await palco.chiudi(), 60_000)

const CODA = '/castelvento/protocollo/da-protocollare'

/** Waits until the queue has messages: the mailbox is read in the first seconds after the start. */
async function waitForQueue(page: Page): Promise<void> {
  for (let i = 0; i < 60 && (await page.locator('.coda li').count()) === 0; i++) {
    await page.waitForTimeout(500)
    await page.reload()
    await page.waitForLoadState('networkidle')
  }
}

/** The JSON of the API, asked by the page with its own session. */
async function leggi<T>(page: Page, percorso: string): Promise<T> {
  return (await page.evaluate(`fetch('/api/v1/castelvento/${percorso}').then((r) => r.json())`)) as T
}

interface Riga {
  id: string
  tipo: string
  oggetto: string
  stato: string
  possibileDuplicato: { etichetta: string } | null
}
const coda = async (page: Page, vista: string): Promise<Riga[]> =>
  (await leggi<{ elementi: Riga[] }>(page, `messaggi?vista=${vista}&perPagina=200`)).elementi

/** The queue once the mail of the start has come in and the page shows all of it, in the order of the page. */
async function settled(page: Page): Promise<Riga[]> {
  for (let i = 0; i < 30; i++) {
    const rows = await coda(page, 'tutti')
    await page.waitForTimeout(3000)
    await page.reload()
    await page.waitForLoadState('networkidle')
    await page.locator('.coda li').first().waitFor()
    if ((await page.locator('.coda li').count()) === rows.length && (await coda(page, 'tutti')).length === rows.length) return rows
  }
  throw new Error('the mail keeps coming in')
}

/** Waits for the outcome bar of an act and answers its text. */
async function outcome(page: Page, pattern: RegExp): Promise<string> {
  const bar = page.locator('.esito').filter({ hasText: pattern }).first()
  await bar.waitFor()
  return (await bar.textContent()) ?? ''
}

/** Chooses an action in the menu of the message, counting one interaction for the menu and one for the entry. */
async function act(page: Page, tasti: Tastiera, nome: RegExp): Promise<void> {
  tasti.interazioni += 2
  await page.getByRole('button', { name: 'Altre azioni' }).click()
  await page.getByRole('menuitem', { name: nome }).click()
}

describe('the queue: decisions that are not a registration', () => {
  it('REQ-PROT-137 a second arrival is united to the registration it repeats, without a number, and can be taken back, in 2 interactions', async () => {
    const { page, entra, guasti } = await palco.apri()
    await entra('operatore', 'lidia', CODA)
    await waitForQueue(page)
    const repeated = async () => (await coda(page, 'tutti')).find((item) => item.possibileDuplicato !== null)
    let doppio = await repeated()
    for (let i = 0; i < 60 && doppio === undefined; i++) {
      await page.waitForTimeout(1000)
      doppio = await repeated()
    }
    const etichetta = doppio?.possibileDuplicato?.etichetta ?? ''
    expect(etichetta).toMatch(/^\d{7}\/\d{4}$/u)
    const before = (await leggi<{ totale: number }>(page, 'registrazioni')).totale
    await page.goto(`${CODA}?messaggio=${doppio?.id ?? ''}`)
    const tasti = new Tastiera(page)
    tasti.interazioni++
    await page.getByRole('button', { name: `Unisci a ${etichetta}` }).click()
    await page.getByRole('textbox', { name: /Numero di protocollo/u }).waitFor()
    await tasti.tasto('Control+Enter')
    expect(await outcome(page, /unito/u)).toContain(`Messaggio unito al protocollo ${etichetta}.`)
    expect(tasti.interazioni).toBe(2)
    expect((await leggi<{ totale: number }>(page, 'registrazioni')).totale).toBe(before)
    await page.goto(`${CODA}?vista=uniti&messaggio=${doppio?.id ?? ''}`)
    await page.getByRole('button', { name: 'Rimetti in coda' }).click()
    await page.getByText('Nessun messaggio unito').first().waitFor()
    expect((await coda(page, 'tutti')).some((item) => item.id === doppio?.id)).toBe(true)
    expect(guasti).toEqual([])
  }, 120_000)

  it('a message is handed to a colleague with a note in at most 5 interactions; she finds it among hers, marked with who handed it', async () => {
    const { page, entra, guasti } = await palco.apri()
    await entra('operatore', 'lidia', CODA)
    await waitForQueue(page)
    await page.keyboard.press('j')
    const scelto = new URL(page.url()).searchParams.get('messaggio')
    await page.getByRole('heading', { name: 'Registra in entrata' }).waitFor()
    await page.waitForTimeout(600)
    const tasti = new Tastiera(page)
    await act(page, tasti, /Passa a un collega/u)
    await page.getByRole('combobox', { name: 'Collega' }).waitFor()
    await tasti.digita('valdorso')
    tasti.interazioni++
    await page.getByRole('textbox', { name: 'Nota per il collega' }).fill('Decidi tu la classe')
    tasti.interazioni++
    await page.keyboard.press('Control+Enter')
    await outcome(page, /1 messaggio passato al collega\./u)
    expect(tasti.interazioni).toBeLessThanOrEqual(5)
    const other = await palco.apri()
    await other.entra('operatore', 'marta', `${CODA}?vista=per-me`)
    const riga = other.page.locator('.coda li').first()
    await riga.waitFor()
    expect(await riga.textContent()).toContain('Passato da Lidia Torrebruna')
    expect((await coda(other.page, 'per-me')).map((item) => item.id)).toEqual([scelto])
    await riga.locator('button').click()
    await other.page.locator('.esito').filter({ hasText: 'Decidi tu la classe' }).waitFor()
    expect([...guasti, ...other.guasti]).toEqual([])
  }, 120_000)

  it('REQ-PROT-012 many are left out together: what the law wants registered stays, with its reason; the rest goes and comes back', async () => {
    const { page, entra, guasti } = await palco.apri()
    await entra('operatore', 'lidia', CODA)
    await waitForQueue(page)
    const all = await settled(page)
    await page.locator('.coda li button').first().click()
    await page.waitForURL(/messaggio=/u)
    await page.locator('h2#modulo-titolo').waitFor()
    const tasti = new Tastiera(page)
    await tasti.tasto('x')
    for (let i = 1; i < all.length; i++) {
      await page.keyboard.press('j')
      await page.locator('.coda li').nth(i).locator('[aria-current]').waitFor()
    }
    await tasti.tasto('Shift+X')
    await page.getByText(`${all.length} messaggi selezionati`).waitFor()
    tasti.interazioni++
    await page.getByRole('group', { name: 'Azioni sugli elementi selezionati' }).getByRole('button', { name: 'Non protocollare…' }).click()
    tasti.interazioni++
    await page.getByLabel(/Perché non va protocollato/u).selectOption('materiali pubblicitari')
    await tasti.tasto('Control+Enter')
    const text = await outcome(page, /scartat/u)
    expect(tasti.interazioni).toBeLessThanOrEqual(5)
    const out = await coda(page, 'scartati')
    expect(out.length).toBeGreaterThan(0)
    expect(out.every((item) => item.tipo === 'email')).toBe(true)
    const still = (await coda(page, 'tutti')).filter((item) => all.some((before) => before.id === item.id))
    expect(still.map((item) => item.id).toSorted()).toEqual(
      all
        .map((item) => item.id)
        .filter((id) => !out.some((item) => item.id === id))
        .toSorted(),
    )
    expect(still.filter((item) => item.tipo === 'pec')).toHaveLength(all.filter((item) => item.tipo === 'pec').length)
    for (const item of still) expect(text).toContain(item.oggetto)
    await page.goto(`${CODA}?vista=scartati&messaggio=${out[0]?.id ?? ''}`)
    await page.getByText('Escluso da Lidia Torrebruna').waitFor()
    await page.getByRole('button', { name: 'Rimetti in coda' }).click()
    await page
      .locator('.coda li')
      .filter({ hasText: out[0]?.oggetto ?? '' })
      .waitFor({ state: 'detached' })
    expect((await coda(page, 'tutti')).some((item) => item.id === out[0]?.id)).toBe(true)
    expect(guasti).toEqual([])
  }, 180_000)
})

interface RigaRegistro {
  etichetta: string
  corrispondente: string
  oggetto: string
  tipo: string
}

const scheda = (etichetta: string): string => `/castelvento/protocollo/${etichetta.split('/').toReversed().join('/')}`

describe('journeys', () => {
  it('journey 6: a document of another office is refused with its reason, or given to the right one, in at most 3 interactions', async () => {
    const { page, entra, guasti } = await palco.apri()
    await entra('operatore', 'egidio', '/castelvento/assegnazioni?vista=da-prendere-in-carico')
    await page.locator('.coda li').first().waitFor()
    await page.keyboard.press('j')
    await page.getByRole('button', { name: /Rifiuta/u }).waitFor()
    const rifiutato = (await page.locator('.coda-voce[aria-current] .coda-tipo').textContent()) ?? ''
    expect(rifiutato).toMatch(/^\d{7}\/\d{4}$/u)
    const tasti = new Tastiera(page)
    await tasti.tasto('r')
    await page.locator('#rifiuto-motivo:focus').waitFor()
    await tasti.tasto('n')
    await tasti.tasto('Control+Enter')
    await outcome(page, new RegExp(rifiutato, 'u'))
    expect(tasti.interazioni).toBeLessThanOrEqual(3)
    const refused = await palco.apri()
    await refused.entra('operatore', 'lidia', '/castelvento/assegnazioni?vista=rifiutate')
    const back = refused.page.locator('.coda li').filter({ hasText: rifiutato })
    await back.locator('button').click()
    await refused.page.getByRole('button', { name: /Assegna/u }).waitFor()
    const again = new Tastiera(refused.page)
    await again.tasto('F8')
    await refused.page.getByRole('combobox', { name: /Assegna a/u }).waitFor()
    await refused.page.getByRole('combobox', { name: /Assegna a/u }).focus()
    again.interazioni++
    await again.digita('tribut')
    await again.tasto('Control+Enter')
    await outcome(refused.page, /assegnat/u)
    expect(again.interazioni).toBeLessThanOrEqual(3)
    await refused.page.goto(scheda(rifiutato))
    await refused.page.locator('.scheda-lato').getByText('Tributi').first().waitFor()
    expect([...guasti, ...refused.guasti]).toEqual([])
  }, 120_000)

  it('journey 7: any document is found by its number, or by who wrote and about what, in at most 3 interactions', async () => {
    const { page, entra, guasti } = await palco.apri()
    await entra('operatore', 'lidia', '/castelvento/scrivania')
    await page.getByRole('searchbox').first().waitFor()
    const { elementi } = await leggi<{ elementi: RigaRegistro[] }>(page, 'registrazioni?perPagina=200&tipo=E')
    const cercata = elementi.at(-1)
    const etichetta = cercata?.etichetta ?? ''
    for (const domanda of [etichetta, `${cercata?.corrispondente ?? ''} ${(cercata?.oggetto ?? '').split(' ')[0] ?? ''}`]) {
      await page.goto('/castelvento/scrivania')
      await page.getByRole('heading', { level: 1 }).waitFor()
      const tasti = new Tastiera(page)
      await tasti.tasto('/')
      tasti.interazioni++
      await page.keyboard.type(domanda)
      await page.keyboard.press('Enter')
      tasti.interazioni++
      await page
        .locator(`main a[href="${scheda(etichetta)}"]`)
        .first()
        .click()
      await page.getByRole('heading', { level: 1, name: new RegExp(etichetta, 'u') }).waitFor()
      expect(tasti.interazioni).toBeLessThanOrEqual(3)
    }
    expect(guasti).toEqual([])
  }, 120_000)

  it('journey 10: an annulment is asked with its reason, authorised with its decree, and the record stays readable as annulled', async () => {
    const { page, entra, guasti } = await palco.apri()
    await entra('operatore', 'lidia', '/castelvento/protocollo/registro')
    const { elementi } = await leggi<{ elementi: RigaRegistro[] }>(page, 'registrazioni?perPagina=20&tipo=E')
    const etichetta = elementi.at(-1)?.etichetta ?? ''
    await page.goto(scheda(etichetta))
    await page.getByRole('button', { name: 'Altre azioni' }).waitFor()
    const tasti = new Tastiera(page)
    await act(page, tasti, /Richiedi annullamento/u)
    tasti.interazioni++
    await page.getByRole('textbox', { name: /Motivo/u }).fill('Registrata due volte per errore')
    await tasti.tasto('Control+Enter')
    await page.getByText('C’è una richiesta di annullamento o di rettifica da autorizzare').waitFor()
    expect(tasti.interazioni).toBeLessThanOrEqual(4)
    const head = await palco.apri()
    await head.entra('operatore', 'marta', '/castelvento/protocollo/annullamenti')
    const deciding = new Tastiera(head.page)
    deciding.interazioni++
    await head.page.getByRole('button', { name: `Autorizza la richiesta sul protocollo ${etichetta}` }).click()
    deciding.interazioni++
    await head.page.getByRole('textbox', { name: /Numero del provvedimento/u }).fill('Determina 7/2026')
    const told = head.page.getByRole('checkbox', { name: /destinatario sarà informato/u })
    if ((await told.count()) > 0) {
      deciding.interazioni++
      await told.check()
    }
    await deciding.tasto('Control+Enter')
    await head.page.getByRole('button', { name: `Autorizza la richiesta sul protocollo ${etichetta}` }).waitFor({ state: 'detached' })
    expect(deciding.interazioni).toBeLessThanOrEqual(4)
    await head.page.goto(scheda(etichetta))
    const band = head.page.locator('.banda-annullato')
    await band.waitFor()
    expect(await band.textContent()).toMatch(/ANNULLAT.*Determina 7\/2026.*Registrata due volte per errore/su)
    await head.page
      .getByText(elementi.at(-1)?.oggetto ?? '')
      .first()
      .waitFor()
    expect([...guasti, ...head.guasti]).toEqual([])
  }, 120_000)
})
