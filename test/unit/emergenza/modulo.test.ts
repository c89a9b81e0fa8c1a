import { describe, expect, it } from '@jest/globals'
import { newId } from '../../../server/kernel/ids.ts'
import { datiEmergenza, fattoEmergenza } from '../../../server/emergenza/fatti.ts'
import { MODULO_VUOTO, erroriModulo, inDati } from '../../../web/src/moduli/emergenza/pagina/modulo.ts'
import type { ModuloEmergenza } from '../../../web/src/moduli/emergenza/pagina/modulo.ts'
import { SOGGETTO_VUOTO } from '../../../web/src/moduli/protocollo/soggetti.ts'

const ORA = Date.parse('2026-12-30T10:00:00Z')
const voce = { id: newId(), nome: 'VI/3 Edilizia privata' }
const ufficio = { id: newId(), nome: 'Sportello unico' }
const complete: ModuloEmergenza = {
  ...MODULO_VUOTO,
  soggetto: { ...SOGGETTO_VUOTO, tipo: 'PF', cognome: 'Ventaglio', nome: 'Ortensia' },
  oggetto: 'Richiesta di sopralluogo',
  voceId: voce.id,
  ufficioId: ufficio.id,
  cartaceo: 'Lettera di un foglio',
}

describe('the form of the emergency page', () => {
  it('REQ-PROT-084 asks for every datum the ordinary registration asks, all of them together', () => {
    expect(erroriModulo(MODULO_VUOTO, Number.NaN, ORA).map((e) => e.campo)).toEqual([
      'soggetto-cognome',
      'soggetto-nome',
      'oggetto',
      'voce',
      'ufficio',
      'arrivo-giorno',
      'cartaceo',
    ])
    expect(erroriModulo(complete, ORA, ORA)).toEqual([])
  })

  it('REQ-PROT-084 an incoming paper needs no digest, an outgoing document needs its file', () => {
    expect(erroriModulo({ ...complete, flusso: 'U' }, ORA, ORA).map((e) => e.campo)).toEqual(['file'])
    const documento = { nome: 'a.pdf', dimensione: 3, sha256: 'a'.repeat(64) }
    expect(erroriModulo({ ...complete, flusso: 'U', documento }, ORA, ORA)).toEqual([])
  })

  it('REQ-PROT-084 an internal document has an office at each end, its file and no correspondent', () => {
    const altro = { id: newId(), nome: 'Servizi scolastici' }
    const documento = { nome: 'parere.pdf', dimensione: 3, sha256: 'a'.repeat(64) }
    const interno = { ...complete, soggetto: SOGGETTO_VUOTO, flusso: 'I' as const, cartaceo: '' }
    expect(erroriModulo(interno, Number.NaN, ORA).map((e) => e.campo)).toEqual(['mittente', 'file'])
    const whole = { ...interno, mittenteId: altro.id, documento, conoscenza: [ufficio.id, altro.id] }
    expect(erroriModulo(whole, Number.NaN, ORA)).toEqual([])
    const dati = datiEmergenza.parse(inDati(whole, { voci: [voce], uffici: [ufficio, altro] }, ORA, ORA))
    expect(dati).toMatchObject({
      flusso: 'I',
      corrispondenti: [],
      dataArrivo: null,
      ufficio,
      ufficioMittente: altro,
      perConoscenza: [altro],
    })
  })

  it('what is not internal names no sending office, and what is names one', () => {
    const entrata = inDati(complete, { voci: [voce], uffici: [ufficio] }, ORA, ORA)
    const paths = (dati: unknown): string[] => (datiEmergenza.safeParse(dati).error?.issues ?? []).map((issue) => issue.path.join('.'))
    expect(paths(entrata)).toEqual([])
    expect(paths({ ...entrata, ufficioMittente: ufficio })).toEqual(['ufficioMittente'])
    expect(paths({ ...entrata, corrispondenti: [] })).toEqual(['corrispondenti'])
    expect(paths({ ...entrata, flusso: 'I', corrispondenti: [] })).toEqual(['ufficioMittente'])
  })

  it('an arrival after the registration, a wrong fiscal code or a day that does not exist are told', () => {
    const wrong = {
      ...complete,
      soggetto: { ...complete.soggetto, codiceFiscale: 'VNTRNS74E50X901A' },
      dataDocumento: '31/02/2026',
    }
    expect(erroriModulo(wrong, ORA + 120_000, ORA).map((e) => e.campo)).toEqual([
      'soggetto-codiceFiscale',
      'arrivo-giorno',
      'dataDocumento',
    ])
  })

  it('what it writes is what the server reads', () => {
    const dati = inDati(
      { ...complete, dataDocumento: '28/12/2026', protocolloNumero: ' 77/A ' },
      { voci: [voce], uffici: [ufficio] },
      ORA,
      ORA,
    )
    const fatto = { tipo: 'registrazione', numero: 'RE01-2026-0001', anno: 2026, progressivo: 1, istante: new Date(ORA).toISOString() }
    const parsed = fattoEmergenza.parse({ ...fatto, trascritta: false, dati, operatore: 'Noemi', scritto: new Date(ORA).toISOString() })
    expect(parsed).toMatchObject({
      dati: {
        voce,
        ufficio,
        dataDocumento: '2026-12-28',
        protocolloMittente: { numero: '77/A', data: null },
        descrizioneCartaceo: 'Lettera di un foglio',
      },
    })
  })
})
