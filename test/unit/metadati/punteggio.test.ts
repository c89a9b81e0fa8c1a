import { describe, expect, it } from '@jest/globals'
import { PESI, punteggioOf } from '../../../server/metadati/punteggio.ts'
import { repairOf } from '../../../server/metadati/riparazione.ts'

const finding = (percorso: string, gravita: 'errore' | 'avviso' | 'non-verificata' = 'errore') => ({ percorso, gravita })

describe('the score of the metadata', () => {
  it('has weights that make a hundred, no element in two parts', () => {
    expect(PESI.reduce((sum, { peso }) => sum + peso, 0)).toBe(100)
    const elementi = PESI.flatMap((part) => part.elementi)
    expect(new Set(elementi).size).toBe(elementi.length)
  })

  it('is a hundred without findings; an error takes its part whole, once, a warning half of it, what was not judged a quarter', () => {
    expect(punteggioOf([])).toBe(100)
    expect(punteggioOf([finding('Agg')])).toBe(85)
    expect(punteggioOf([finding('Agg'), finding('Agg/TipoAgg[2]')])).toBe(85)
    expect(punteggioOf([finding('Soggetti/Ruolo[2]/Mittente/PF/CodiceFiscale', 'avviso')])).toBe(91)
    expect(punteggioOf([finding('Soggetti', 'avviso'), finding('Soggetti')])).toBe(82)
    expect(punteggioOf([finding('Classificazione', 'non-verificata')])).toBe(97)
    expect(punteggioOf(PESI.map(({ elementi }) => finding(elementi[0] ?? '')))).toBe(0)
  })
})

describe('guided repair', () => {
  const documento = { ente: 'castelvento', tipo: 'documento', pagina: 'protocollo/2026/7' } as const
  const fascicolo = { ente: 'castelvento', tipo: 'fascicolo', pagina: 'fascicoli/2026-VI-3-12' } as const
  it.each([
    ['R50', 'Agg', documento, 'Fascicoli', '/castelvento/protocollo/2026/7?apri=fascicola'],
    ['R41', 'Classificazione/IndiceDiClassificazione', documento, 'Classificazione', '/castelvento/protocollo/2026/7?apri=classifica'],
    ['R77', 'Soggetti', documento, 'Assegnazioni', '/castelvento/protocollo/2026/7?apri=riassegna'],
    [
      'I05',
      'Soggetti/Ruolo[2]/Assegnatario/AS/IPAUOR/CodiceIPA',
      documento,
      'Codice dell’ufficio',
      '/castelvento/amministrazione/organigramma',
    ],
    ['I07', 'Classificazione/PianoDiClassificazione', documento, 'Indirizzo del titolario pubblicato', '/castelvento/titolario'],
    ['R84', 'PosizioneFisicaAggregazioneDocumentale', fascicolo, 'Posizione fisica', '/castelvento/fascicoli/2026-VI-3-12?apri=dati'],
    ['R95', 'IdAgg/TipoAggregazione', fascicolo, 'Servizio di conservazione', '/castelvento/metadati/servizio'],
  ] as const)('%s at %s is repaired where the datum is', (regola, percorso, oggetto, campo, pagina) => {
    expect(repairOf({ regola, percorso }, oggetto)).toEqual({ campo, pagina })
  })

  it('names the field also where no page is', () => {
    expect(repairOf({ regola: 'R01', percorso: 'ChiaveDescrittiva/Oggetto' }, { ...documento, pagina: null })).toEqual({
      campo: 'Oggetto (rettifica autorizzata)',
      pagina: null,
    })
  })
})
