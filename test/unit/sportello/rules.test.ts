import { describe, expect, it } from '@jest/globals'
import { describeAccesso, flussoOf, stageOf, stagesOf } from '../../../server/sportello/rules.ts'
import type { FattiPratica } from '../../../server/sportello/rules.ts'

const fatti = (changes: Partial<FattiPratica> = {}): FattiPratica => ({
  conclusa: false,
  apertoIl: '2026-09-14',
  creatoIl: '2026-09-14T09:50:00.000Z',
  chiusoIl: null,
  ricevutaIl: '2026-09-14T06:12:00.000Z',
  presaIl: '2026-09-14T09:40:00.000Z',
  istruttoriaDal: '2026-09-14',
  integrazioniChieste: null,
  integrazioniArrivate: false,
  ...changes,
})
const states = (f: FattiPratica): string[] => stagesOf(f).map((s) => `${s.nome} ${s.stato}`)

describe('stages of a request', () => {
  it('says when it was received and taken in charge, and that it is being examined', () => {
    expect(stagesOf(fatti())).toEqual([
      { nome: 'ricevuta', titolo: 'Ricevuta', stato: 'fatta', quando: '2026-09-14T06:12:00.000Z' },
      { nome: 'presa-in-carico', titolo: 'Presa in carico', stato: 'fatta', quando: '2026-09-14T09:40:00.000Z' },
      { nome: 'istruttoria', titolo: 'Istruttoria', stato: 'ora', quando: '2026-09-14' },
      { nome: 'esito', titolo: 'Esito', stato: 'futura', quando: null },
    ])
  })

  it('follows the facts one by one', () => {
    expect(stageOf(fatti({ istruttoriaDal: null, presaIl: null }))).toBe('ricevuta')
    expect(stageOf(fatti({ istruttoriaDal: null }))).toBe('presa-in-carico')
    expect(stageOf(fatti())).toBe('istruttoria')
    expect(stageOf(fatti({ integrazioniChieste: '2026-09-20T08:00:00.000Z' }))).toBe('integrazioni')
    expect(stageOf(fatti({ integrazioniChieste: '2026-09-20T08:00:00.000Z', integrazioniArrivate: true }))).toBe('istruttoria')
    expect(stageOf(fatti({ conclusa: true, chiusoIl: '2026-10-01' }))).toBe('esito')
  })

  it('shows the stage of the missing documents only when they were asked', () => {
    const asked = fatti({ integrazioniChieste: '2026-09-20T08:00:00.000Z' })
    expect(states(asked)).toEqual(['ricevuta fatta', 'presa-in-carico fatta', 'istruttoria fatta', 'integrazioni ora', 'esito futura'])
    expect(states({ ...asked, integrazioniArrivate: true })).toEqual([
      'ricevuta fatta',
      'presa-in-carico fatta',
      'istruttoria ora',
      'integrazioni fatta',
      'esito futura',
    ])
  })

  it('ends with the outcome and its day; a stage still to come has no date', () => {
    expect(stagesOf(fatti({ conclusa: true, chiusoIl: '2026-10-01' })).at(-1)).toMatchObject({ stato: 'fatta', quando: '2026-10-01' })
    expect(states(fatti({ istruttoriaDal: null, presaIl: null }))).toEqual([
      'ricevuta ora',
      'presa-in-carico futura',
      'istruttoria futura',
      'esito futura',
    ])
    expect(stagesOf(fatti({ istruttoriaDal: null, presaIl: null }))[1]?.quando).toBeNull()
  })

  it('uses the opening where nobody recorded a taking in charge', () => {
    expect(stagesOf(fatti({ presaIl: null, ricevutaIl: null })).map((s) => s.quando)).toEqual([
      '2026-09-14',
      '2026-09-14T09:50:00.000Z',
      '2026-09-14',
      null,
    ])
  })
})

describe('words', () => {
  it('says what a document is for the reader', () => {
    expect([flussoOf('E', true), flussoOf('U', false), flussoOf('E', false), flussoOf('I', false), flussoOf(null, false)]).toEqual([
      'inviato da te',
      'ricevuto',
      'agli atti',
      'agli atti',
      'agli atti',
    ])
  })

  it('says what somebody opened', () => {
    expect(describeAccesso('documento-letto')).toBe('Ha aperto un documento')
    expect(describeAccesso('altro-letto')).toBe('Ha letto i tuoi dati')
  })
})
