// The library seen by who uses it: builders, literals of a service, the printed rule table.
import { describe, expect, it } from '@jest/globals'
import {
  amministrazione,
  buildAgg,
  buildDai,
  buildDi,
  checkDi,
  emitModello,
  FONTI,
  improntaOf,
  organizzazione,
  personaFisica,
  profiloOf,
  readModello,
  REGOLE,
  TABELLA_REGOLE,
  validateAgg,
  validateDai,
  validateDi,
  writeModello,
} from '../../../metadata-schemas/allegato5/index.ts'
import { contestoDi } from './allegato5-contexts.ts'
import { CAMPIONI } from './allegato5-samples.ts'

const comune = { denominazione: 'Comune di Castelvento', codice: 'c_x901' }
const aoo = { denominazione: 'Area organizzativa di Castelvento', codice: 'AX901A0' }
const bytes = Buffer.from('testo di prova')

describe('typed builders of Allegato 5', () => {
  it('build valid instances of the three profiles with the ordinary defaults', () => {
    const idDoc = { impronta: improntaOf(bytes), identificativo: '0197f0a0-2222-7000-8000-00000000000a' }
    const chiave = { chiaveDescrittiva: { oggetto: 'Relazione' }, formato: { formato: 'application/pdf' }, nome: 'relazione.pdf' }
    const classificazione = { indice: 'VI/3', descrizione: 'Edilizia privata' }
    const di = buildDi({
      ...chiave,
      idDoc,
      modalita: 'a',
      tipologiaDocumentale: 'Relazione',
      flusso: 'I',
      registro: { tipo: 'nessuno', data: '2026-03-11', numero: 'bozza-7' },
      soggetti: [{ ruolo: 'Autore', soggetto: personaFisica({ cognome: 'Landi', nome: 'Beatrice' }) }],
      classificazione: null,
    })
    expect(validateDi(writeModello(di)).errori).toEqual([])
    expect(di).toMatchObject({ profilo: 'DI', versione: '1', riservato: false, allegati: { indice: [] } })
    const ente = amministrazione(comune, aoo, ['protocollo@pec.castelvento.example'])
    const dai = buildDai({
      ...chiave,
      idDoc: { ...idDoc, segnatura: 'c_x901|AX901A0|PG|0000417|2026-03-11' },
      modalita: 'b',
      tipologiaDocumentale: 'Istanza',
      flusso: 'E',
      registro: { tipo: 'protocollo', data: '2026-03-11', numero: '0000417', codiceRegistro: 'PG' },
      soggetti: [
        { ruolo: 'AmministrazioneCheEffettuaLaRegistrazione', soggetto: ente },
        { ruolo: 'Mittente', soggetto: organizzazione('Molino Alto S.n.c.', '99999020029') },
      ],
      classificazione,
      aggregazioni: [{ tipo: 'Fascicolo', id: '2026-VI/3.12' }],
    })
    expect(validateDai(writeModello(dai)).errori).toEqual([])
    const agg = buildAgg({
      idAgg: { tipo: 'Fascicolo', id: '2026-VI/3.12' },
      tipologiaFascicolo: 'affare',
      soggetti: [{ ruolo: 'AmministrazioneTitolare', soggetto: ente }],
      dataApertura: '2026-03-11',
      classificazione,
      progressivo: 12,
      chiaveDescrittiva: { oggetto: 'Lavori' },
      documenti: [{ tipo: 'DAI', ...dai.idDoc }],
    })
    expect(validateAgg(writeModello(agg)).errori).toEqual([])
  })

  it('R02 compute digests of the length of their algorithm', () => {
    for (const algoritmo of ['SHA-224', 'SHA-256', 'SHA-384', 'SHA-512'] as const) {
      const base = CAMPIONI['di-completo']
      const modello = { ...base, idDoc: { ...base.idDoc, impronta: improntaOf(bytes, algoritmo) } }
      expect(checkDi(modello, contestoDi(modello)).filter((esito) => esito.regola === 'R02')).toEqual([])
    }
  })

  it('know the profile of a file from its root, and nothing of what is not metadata', () => {
    expect(profiloOf(writeModello(CAMPIONI['agg-minima']))).toBe('AGG')
    expect(profiloOf('<Altro/>')).toBeNull()
    expect(profiloOf('non è XML')).toBeNull()
  })
})

describe('literals of a preservation service', () => {
  const doppi = 'Amministrazione Che Effettua  La Registrazione'
  const published = 'Amministrazione Che Effettua La Registrazione'
  const modello = CAMPIONI['dai-minimo']

  it('are written only for the service that asks for them, after the published form passed every check', () => {
    const contesto = contestoDi(modello)
    expect(emitModello(modello, contesto).xml).toContain(`>${published}<`)
    const { xml } = emitModello(modello, { ...contesto, servizio: { soloFascicoli: false, letterali: { [published]: doppi } } })
    expect(xml).toContain(`>${doppi}<`)
    expect(validateDai(xml).valido).toBe(false)
    const letto = readModello('DAI', xml)
    expect(writeModello(letto.modello)).toBe(writeModello(modello))
    expect(letto.tolleranze).toHaveLength(1)
  })

  it('reach enumerations too, by their published text', () => {
    const agg = CAMPIONI['agg-minima']
    const { xml } = emitModello(agg, { ...contestoDi(agg), servizio: { soloFascicoli: false, letterali: { affare: 'AFFARE' } } })
    expect(xml).toContain('<TipologiaFascicolo>AFFARE<')
  })
})

describe('the printed rule table', () => {
  it('has a row for every rule, with statement, gravity, profiles and a known source', () => {
    expect(TABELLA_REGOLE).toHaveLength(REGOLE.length)
    for (const riga of TABELLA_REGOLE) {
      expect(riga.enunciato).toMatch(/^\p{Lu}.*\.$/u)
      expect(riga.profili.length).toBeGreaterThan(0)
      for (const fonte of riga.fonte.split(', ')) expect(Object.keys(FONTI)).toContain(fonte)
    }
    expect(TABELLA_REGOLE.find(({ id }) => id === 'R10')).toMatchObject({ gravita: 'E', fonte: 'B, S', schema: 'no', configurabile: false })
    expect(TABELLA_REGOLE.find(({ id }) => id === 'R21')).toMatchObject({ schema: 'sì' })
    expect(TABELLA_REGOLE.find(({ id }) => id === 'R74')).toMatchObject({ configurabile: true })
  })
})
