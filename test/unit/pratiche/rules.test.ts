import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { CALENDARIO_NAZIONALE } from '../../../server/enti/index.ts'
import { computeTermine, REGOLE_PREDEFINITE } from '../../../server/procedimenti/index.ts'
import { avvisoOf, fattiOf, isAperto, liveEventi, passiOf, refuseEvento, silenzioOf } from '../../../server/pratiche/rules.ts'
import type { Evento } from '../../../server/pratiche/rules.ts'
import type { TipoEvento } from '../../../server/pratiche/schema.ts'

const base = { avvio: '2026-03-02', giorni: 30, unita: 'giorni' as const }
const regole = { ...REGOLE_PREDEFINITE, festivo: 'mai' as const }
const ev = (id: string, tipo: TipoEvento, giorno: string, more: Partial<Evento> = {}): Evento => ({
  id,
  tipo,
  giorno,
  giorni: null,
  riferitoId: null,
  ...more,
})
const termine = (eventi: readonly Evento[]): string | null =>
  computeTermine(fattiOf(base, eventi, regole), regole, CALENDARIO_NAZIONALE).termine

describe('events and the term', () => {
  it('documents suspend once and for thirty days at most (L. 241/1990 art. 2 c. 7)', () => {
    expect(termine([ev('a', 'sospensione-documenti', '2026-03-12')])).toBe('2026-05-01')
    expect(termine([ev('a', 'sospensione-documenti', '2026-03-12'), ev('b', 'ripresa', '2026-03-17', { riferitoId: 'a' })])).toBe(
      '2026-04-06',
    )
    expect(termine([ev('a', 'sospensione-documenti', '2026-03-12', { giorni: 90 })])).toBe('2026-05-01')
  })

  it('the notice of refusal suspends until ten days after the observations, or the end of the days to present them (art. 10-bis)', () => {
    const preavviso = ev('a', 'preavviso', '2026-03-12')
    const ricevuto = ev('b', 'preavviso-ricevuto', '2026-03-14', { riferitoId: 'a' })
    // Nobody answers: from 12/3 to 24/3, twelve days.
    expect(termine([preavviso, ricevuto])).toBe('2026-04-13')
    // Observations on 20/3: until 30/3, eighteen days.
    expect(termine([preavviso, ricevuto, ev('c', 'osservazioni', '2026-03-20', { riferitoId: 'a' })])).toBe('2026-04-19')
    // Observations after the ten days: as if nobody had answered.
    expect(termine([preavviso, ricevuto, ev('c', 'osservazioni', '2026-03-25', { riferitoId: 'a' })])).toBe('2026-04-13')
  })

  it('opinions suspend for the days of artt. 16 and 17, an extension adds its days, an interruption starts again', () => {
    expect(termine([ev('a', 'parere', '2026-03-12')])).toBe('2026-04-21')
    expect(termine([ev('a', 'valutazione', '2026-03-12')])).toBe('2026-06-30')
    expect(termine([ev('a', 'proroga', '2026-03-12', { giorni: 15 })])).toBe('2026-04-16')
    expect(termine([ev('a', 'interruzione', '2026-03-12')])).toBeNull()
    expect(termine([ev('a', 'interruzione', '2026-03-12'), ev('b', 'ripresa', '2026-03-25', { riferitoId: 'a' })])).toBe('2026-04-24')
  })

  it('what was taken back does not count, in whatever order the events are read', () => {
    const eventi = [
      ev('a', 'sospensione-documenti', '2026-03-12'),
      ev('b', 'annullato', '2026-03-13', { riferitoId: 'a' }),
      ev('c', 'parere', '2026-03-20'),
      ev('d', 'ripresa', '2026-03-25', { riferitoId: 'c' }),
      ev('e', 'preavviso', '2026-03-26'),
    ]
    expect(liveEventi(eventi).map((e) => e.id)).toEqual(['c', 'd', 'e'])
    const expected = termine(eventi)
    expect(expected).toBe('2026-04-16')
    fc.assert(fc.property(fc.shuffledSubarray(eventi, { minLength: 5 }), (some) => termine(some) === expected))
  })

  it('an event is open until what ends it, or until its days are over', () => {
    const parere = ev('a', 'parere', '2026-03-12')
    expect(isAperto(parere, [parere], regole, '2026-03-31')).toBe(true)
    expect(isAperto(parere, [parere], regole, '2026-04-01')).toBe(false)
    expect(isAperto(parere, [parere, ev('b', 'ripresa', '2026-03-15', { riferitoId: 'a' })], regole, '2026-03-16')).toBe(false)
  })
})

describe('what the law does not admit', () => {
  const judge = (tipo: TipoEvento, giorno: string, eventi: readonly Evento[] = [], more: object = {}, context: object = {}) =>
    refuseEvento(
      { tipo, giorno, motivo: 'm', ...more },
      { base, eventi, regole, iniziativa: 'parte', termine: '2026-04-01', oggi: '2026-05-10', ...context },
    )?.codice ?? null

  it.each<[string, string | null, () => string | null]>([
    ['a suspension in the term', null, () => judge('sospensione-documenti', '2026-03-12')],
    [
      'a second one',
      'una-volta-sola',
      () => judge('sospensione-documenti', '2026-03-20', [ev('a', 'sospensione-documenti', '2026-03-12')]),
    ],
    [
      'a second one after the first was taken back',
      null,
      () =>
        judge('sospensione-documenti', '2026-03-20', [
          ev('a', 'sospensione-documenti', '2026-03-12'),
          ev('b', 'annullato', '2026-03-12', { riferitoId: 'a' }),
        ]),
    ],
    ['more than thirty days', 'troppi-giorni', () => judge('sospensione-documenti', '2026-03-12', [], { giorni: 31 })],
    ['before the start', 'prima-dell-avvio', () => judge('parere', '2026-03-01')],
    ['in the future', 'nel-futuro', () => judge('parere', '2026-05-11')],
    ['after the term', 'termine-scaduto', () => judge('parere', '2026-04-02')],
    ['a notice of refusal after the term', null, () => judge('preavviso', '2026-04-02')],
    ['a notice of refusal d’ufficio', 'preavviso-non-previsto', () => judge('preavviso', '2026-03-12', [], {}, { iniziativa: 'ufficio' })],
    [
      'a second interruption',
      'una-volta-sola',
      () => judge('interruzione', '2026-03-20', [ev('a', 'interruzione', '2026-03-12')], {}, { termine: '2026-05-01' }),
    ],
    ['anything while interrupted', 'termine-interrotto', () => judge('parere', '2026-03-20', [], {}, { termine: null })],
    ['an extension without days', 'giorni-mancanti', () => judge('proroga', '2026-03-20')],
    ['an end of nothing', 'evento-assente', () => judge('ripresa', '2026-03-20')],
    [
      'an end before the beginning',
      'prima-dell-inizio',
      () => judge('ripresa', '2026-03-10', [ev('a', 'parere', '2026-03-12')], { riferitoId: 'a' }),
    ],
    [
      'observations to an opinion',
      'evento-assente',
      () => judge('osservazioni', '2026-03-20', [ev('a', 'parere', '2026-03-12')], { riferitoId: 'a' }),
    ],
    [
      'a second end',
      'evento-concluso',
      () =>
        judge('ripresa', '2026-03-20', [ev('a', 'parere', '2026-03-12'), ev('b', 'ripresa', '2026-03-15', { riferitoId: 'a' })], {
          riferitoId: 'a',
        }),
    ],
    [
      'taking back what was ended',
      'evento-concluso',
      () =>
        judge('annullato', '2026-03-20', [ev('a', 'parere', '2026-03-12'), ev('b', 'ripresa', '2026-03-15', { riferitoId: 'a' })], {
          riferitoId: 'a',
        }),
    ],
  ])('%s: %s', (_, expected, verdict) => {
    expect(verdict()).toBe(expected)
  })
})

describe('steps, silence and notices', () => {
  const passo = (chiave: string) => ({
    chiave,
    nome: chiave,
    fase: 'Istruttoria' as const,
    obbligatorio: true,
    documenti: [],
    firma: 'nessuna' as const,
  })
  const fatto = (chiave: string, esito: string) => ({
    passo: chiave,
    esito,
    motivo: 'm',
    giorno: '2026-03-03',
    documentoId: null,
    autore: 'Noemi',
  })

  it('the last fact of a step says how it stands', () => {
    const stati = passiOf(
      [passo('a'), passo('b'), passo('c')],
      [fatto('a', 'fatto'), fatto('b', 'saltato'), fatto('c', 'fatto'), fatto('c', 'riaperto')],
    )
    expect(stati.map((s) => s.stato)).toEqual(['fatto', 'saltato', 'da fare'])
    expect(stati[2]?.motivo).toBe('')
  })

  it('silence means something from the day after the term, where the model gives it a meaning', () => {
    expect(silenzioOf('assenso', '2026-04-01')).toBe('2026-04-02')
    expect(silenzioOf('diniego', '2026-04-01')).toBe('2026-04-02')
    expect(silenzioOf('inadempimento', '2026-04-01')).toBeNull()
    expect(silenzioOf('assenso', null)).toBeNull()
  })

  it.each([
    ['2026-03-21', null],
    ['2026-03-22', 'entro-10'],
    ['2026-03-28', 'entro-10'],
    ['2026-03-29', 'entro-3'],
    ['2026-04-01', 'oggi'],
    ['2026-04-02', 'scaduto'],
  ])('on %s the notice for a term of 2026-04-01 is %s', (oggi, tipo) => {
    expect(avvisoOf('2026-04-01', oggi, [10, 3])).toBe(tipo)
  })
})
