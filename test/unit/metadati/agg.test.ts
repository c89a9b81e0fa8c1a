import { describe, expect, it } from '@jest/globals'
import { readAgg, validateAgg } from '../../../metadata-schemas/allegato5/index.ts'
import type { ModelloAgg } from '../../../metadata-schemas/allegato5/index.ts'
import { emitFascicolo } from '../../../server/metadati/service.ts'
import type { FascicoloFatti } from '../../../server/metadati/facts.ts'
import { buildDocumento, buildFascicolo, buildSoggetto } from '../../support/fatti-esempio.ts'

const OGGI = '2026-05-02'

function model(fatti: FascicoloFatti): ModelloAgg {
  const { xml } = emitFascicolo(fatti, OGGI)
  if (xml === null) throw new Error('not emitted')
  return readAgg(xml).modello
}

function errors(fatti: FascicoloFatti): string[] {
  return emitFascicolo(fatti, OGGI)
    .esiti.filter((e) => e.gravita === 'errore')
    .map((e) => e.regola)
}

describe('the AGG of a fascicolo', () => {
  it('is emitted, valid, with identity, classification, dates, procedure and documents', () => {
    const fatti = buildFascicolo()
    const emesso = emitFascicolo(fatti, OGGI)
    expect(emesso.esiti.filter((e) => e.gravita !== 'avviso')).toEqual([])
    expect(validateAgg(emesso.xml ?? '').valido).toBe(true)
    const m = model(fatti)
    expect(m.idAgg).toEqual({ tipo: 'Fascicolo', id: '2026-VI/3.12' })
    expect(m).toMatchObject({
      tipologiaFascicolo: 'procedimento amministrativo',
      progressivo: 12,
      dataApertura: '2026-03-11',
      dataChiusura: '2026-04-20',
      tempoDiConservazione: 10,
    })
    expect(m.procedimento).toMatchObject({
      materia: 'Edilizia',
      procedimento: 'Permesso di costruire',
      fasi: [{ fase: 'Istruttoria', dataInizio: '2026-03-11', dataFine: '2026-04-20' }],
    })
    expect(m.documenti).toEqual([expect.objectContaining({ tipo: 'DAI', segnatura: 'c_x901|AX901A0|PG|2026-03-11|0000417|E' })])
    expect(m.soggetti.map((s) => s.ruolo)).toEqual(['AmministrazioneTitolare', 'SoggettoIntestatarioPersonaFisica', 'RUP', 'Assegnatario'])
  })

  it('R83 an open fascicolo carries no closing date, a closed one must', () => {
    expect(model(buildFascicolo({ stato: 'APERTO', chiusoIl: null })).dataChiusura ?? null).toBeNull()
    expect(errors(buildFascicolo({ chiusoIl: null }))).toContain('R83')
  })

  it('R94 a fascicolo without documents has no metadata file', () => {
    expect(errors(buildFascicolo({ documenti: [] }))).toEqual(['R94'])
  })

  it('R81 only a procedure carries the data of the procedure, and R92 only a procedure the RUP', () => {
    const m = model(buildFascicolo({ tipo: 'affare', materia: null, procedimento: null, fasi: [] }))
    expect(m.procedimento ?? null).toBeNull()
    expect(m.soggetti.map((s) => s.ruolo)).not.toContain('RUP')
  })

  it('R91 a participating administration without AOO code has no place among the roles and is warned about', () => {
    const pai = buildSoggetto({
      ruolo: 'partecipante',
      tipo: 'PAI',
      nome: null,
      cognome: null,
      denominazione: 'Provincia di Valombrosa',
      codiceIpa: 'p_x902',
    })
    const known = buildFascicolo({ soggetti: [{ ...pai, codiceAoo: 'AX90201' }] })
    expect(model(known).soggetti.map((s) => s.ruolo)).toContain('AmministrazionePartecipante')
    const emesso = emitFascicolo(buildFascicolo({ soggetti: [pai] }), OGGI)
    expect(emesso.completo).toBe(true)
    expect(emesso.esiti).toContainEqual(expect.objectContaining({ regola: 'R91', gravita: 'avviso' }))
    expect(readAgg(emesso.xml ?? '').modello.note).toContain('p_x902')
  })

  it('a document in no register is listed as documento informatico, without segnatura', () => {
    const m = model(buildFascicolo({ documenti: [buildDocumento({ registrazione: null })] }))
    expect(m.documenti.map((d) => d.tipo)).toEqual(['DI'])
  })

  it('a procedure with no recorded phase is under examination since its opening', () => {
    expect(model(buildFascicolo({ fasi: [] })).procedimento?.fasi).toEqual([
      { fase: 'Istruttoria', dataInizio: '2026-03-11', dataFine: '2026-04-20' },
    ])
  })

  it('R84 R85 a part names the fascicolo above it and the place of its paper', () => {
    const base = {
      antenati: ['2026-VI/3.12'],
      codice: '2026-VI/3.12.1',
      cartacei: [{ posizioneFisica: 'Scaffale 4' }, { posizioneFisica: 'Scaffale 4' }],
    }
    expect(model(buildFascicolo(base))).toMatchObject({ idAggPrimario: { id: '2026-VI/3.12' }, posizioneFisica: 'Scaffale 4' })
    expect(errors(buildFascicolo({ ...base, cartacei: [{ posizioneFisica: ' ' }] }))).toEqual(['R84'])
    expect(errors(buildFascicolo({ ...base, codice: '2026-VI/3.12' }))).toContain('R85')
  })

  it('R86 an accepted transfer that is not among the assignments is warned about', () => {
    const regole = emitFascicolo(buildFascicolo({ trasferimenti: 1 }), OGGI).esiti.map((e) => e.regola)
    expect(regole).toContain('R86')
    expect(emitFascicolo(buildFascicolo(), OGGI).esiti.map((e) => e.regola)).not.toContain('R86')
  })

  it('R89 phases out of order are warned about', () => {
    const fasi = [
      { fase: 'Istruttoria', dal: '2026-04-01', al: '2026-04-20' },
      { fase: 'Preparatoria', dal: '2026-03-11', al: '2026-03-31' },
    ]
    expect(emitFascicolo(buildFascicolo({ fasi }), OGGI).esiti.map((e) => e.regola)).toContain('R89')
  })

  it('R95 a service that takes fascicoli only is no obstacle for a fascicolo', () => {
    const base = buildFascicolo()
    const servizio = { schemi: '4999', permanente: 4999, soloFascicoli: true, letterali: {}, gravita: {} } as const
    const emesso = emitFascicolo({ ...base, ente: { ...base.ente, servizio } }, OGGI)
    expect(emesso.completo).toBe(true)
    expect(emesso.esiti.map((e) => e.regola)).not.toContain('R95')
  })
})
