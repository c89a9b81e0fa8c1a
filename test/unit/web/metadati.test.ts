import { describe, expect, it } from '@jest/globals'
import { TABELLA_REGOLE } from '../../../metadata-schemas/allegato5/index.ts'
import { servizioIn } from '../../../server/metadati/schema.ts'
import { configurabili, letteraliDaRighe, letteraliInRighe } from '../../../web/src/moduli/metadati/servizio.ts'

const base = { denominazione: 'Conservatore di prova', schemi: '9999', permanente: 9999, soloFascicoli: false }

describe('the choices for the preservation service', () => {
  it('literals come back as they were, and a line without the word of the service is refused', () => {
    const letterali = { Nessuno: 'Nessun registro', 'Serie Documentale': 'Serie = documentale' }
    expect(letteraliDaRighe(letteraliInRighe(letterali))).toEqual(letterali)
    const wrong = servizioIn.safeParse({ ...base, letterali: letteraliDaRighe('Nessuno\n\nSerie = X') })
    expect(wrong.error?.issues.map((i) => [i.path.join('.'), i.message])).toEqual([
      ['letterali.Nessuno', 'Scrivi la parola del servizio dopo il segno =.'],
    ])
  })

  it('offers each rule whose gravity may be chosen once, and no other', () => {
    const shown = configurabili(TABELLA_REGOLE.map((r) => ({ ...r, profili: [...r.profili] }))).map((r) => r.id)
    expect(shown.length).toBeGreaterThan(0)
    expect(new Set(shown).size).toBe(shown.length)
    for (const { id } of TABELLA_REGOLE) {
      const free = TABELLA_REGOLE.filter((r) => r.id === id).every((r) => r.configurabile)
      expect([id, shown.includes(id)]).toEqual([id, free])
    }
  })
})
