import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { apriPalco } from '../support/browser/prodotto.ts'
import type { Palco } from '../support/browser/prodotto.ts'

let palco: Palco

beforeAll(async () => {
  palco = await apriPalco()
}, 180_000)
afterAll(async () => await palco.chiudi(), 60_000)

/** The pages of the register and of its administration, and who opens them. */
const PAGINE: readonly (readonly [persona: string, percorsi: readonly string[]])[] = [
  [
    'lidia',
    [
      'bozze',
      'bozze/nuova',
      'protocollo/uscita/nuovo',
      'protocollo/interno/nuovo',
      'protocollo/serie',
      'protocollo/annullamenti',
      'ricerca',
      'lavori',
      'repertori',
      'repertori/albo',
    ],
  ],
  [
    'marta',
    [
      'protocollo/registro-giornaliero',
      'protocollo/registro-giornaliero/impostazioni',
      'protocollo/emergenza',
      'protocollo/registri-storici',
      'statistiche',
      'sostituzioni',
      'amministrazione',
      'amministrazione/organigramma',
      'amministrazione/persone',
      'amministrazione/aree',
      'amministrazione/esclusioni',
      'amministrazione/titolario',
      'amministrazione/titolario/confronto',
      'amministrazione/titolario/uso',
      'amministrazione/piano-di-conservazione',
      'amministrazione/modelli',
      'amministrazione/procedimenti',
      'amministrazione/procedimenti/termini',
      'pratiche',
      'pratiche/durate',
      'pratiche/fermi',
      'amministrazione/etichette',
      'amministrazione/importazioni',
      'amministrazione/visibilita',
      'amministrazione/accessi-autorita',
      'metadati',
      'metadati/regole',
      'metadati/importati',
      'metadati/servizio',
    ],
  ],
]

describe('every page of the register opens whole (EN 301 549, WCAG 2.1 AA)', () => {
  it.each(PAGINE.flatMap(([persona, percorsi]) => [1366, 320].map((width) => [persona, width, percorsi] as const)))(
    'the pages of %s at %i px: a heading, no violation, nothing broken, nothing wider than the screen',
    async (persona, width, percorsi) => {
      const { page, entra, axe, guasti } = await palco.apri(width)
      await entra('operatore', persona, '/castelvento/scrivania')
      const found: unknown[] = []
      let told = 0
      for (const percorso of percorsi) {
        await page.goto(`/castelvento/${percorso}`)
        await page.waitForLoadState('networkidle')
        await page.locator('main h1').first().waitFor()
        await page.waitForTimeout(200)
        const violazioni = await axe()
        const fits = await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')
        const errori = guasti.slice(told)
        told = guasti.length
        if (violazioni.length > 0 || !fits || errori.length > 0) found.push({ percorso, violazioni, fits, errori })
      }
      expect(found).toEqual([])
    },
    240_000,
  )
})
