import { describe, expect, it } from '@jest/globals'
import { CALENDARIO_NAZIONALE, isWorkingDay } from '../../../server/enti/index.ts'
import { deduceCausa, giornoSoglia, lunediOf } from '../../../server/arretrato/rules.ts'
import type { FattiArretrato } from '../../../server/arretrato/rules.ts'

const complete: FattiArretrato = {
  attendeScansione: false,
  stato: 'in_carico',
  passaggi: 0,
  terzoLivello: false,
  codiceVoce: 'VI/3',
  riclassificazioni: 0,
  emergenza: false,
  differita: false,
  oggettoBreve: false,
  senzaRecapiti: false,
}

describe('the threshold of age', () => {
  const working = (giorno: string): boolean => isWorkingDay(giorno, CALENDARIO_NAZIONALE)

  it('REQ-FASC-022 the day of registration is not counted, Saturdays, Sundays and holidays are not working days', () => {
    // Monday 14 September 2026: the five working days are 14, 11, 10, 9, 8; who came in on Monday 7 has had them all.
    expect(giornoSoglia('2026-09-14', 5, working)).toBe('2026-09-07')
    // On a Sunday nothing grows older: the five days before are still those of the week.
    expect(giornoSoglia('2026-09-13', 5, working)).toBe('2026-09-06')
    // 25 April and 1 May 2025 are holidays, Easter Monday is 21 April.
    expect(giornoSoglia('2025-05-05', 5, working)).toBe('2025-04-27')
  })

  it('the week begins on Monday', () => {
    expect(['2026-09-14', '2026-09-16', '2026-09-20'].map(lunediOf)).toEqual(['2026-09-14', '2026-09-14', '2026-09-14'])
    expect(lunediOf('2026-01-01')).toBe('2025-12-29')
  })
})

describe('the cause', () => {
  it('follows from the facts and says them', () => {
    expect(deduceCausa(complete)).toEqual({ causa: 'formazione', motivo: expect.stringContaining('manca solo') })
    expect(deduceCausa({ ...complete, attendeScansione: true }).causa).toBe('scansione')
    expect(deduceCausa({ ...complete, passaggi: 2 })).toEqual({ causa: 'smistamento', motivo: 'È già passato da 2 altri uffici.' })
    expect(deduceCausa({ ...complete, stato: 'rifiutata', passaggi: 1 }).motivo).toBe(
      'L’ufficio ha rifiutato l’assegnazione; è già passato da un altro ufficio.',
    )
    expect(deduceCausa({ ...complete, terzoLivello: true })).toEqual({
      causa: 'titolario',
      motivo: 'La classe VI/3 ha sottoclassi e nessuna è stata scelta.',
    })
    expect(deduceCausa({ ...complete, codiceVoce: 'XIV' }).causa).toBe('titolario')
    expect(deduceCausa({ ...complete, oggettoBreve: true, emergenza: true })).toEqual({
      causa: 'immissione',
      motivo: 'Viene dal registro di emergenza; l’oggetto è troppo breve per capire dove va.',
    })
  })

  it('the one that comes first in the life of the document wins', () => {
    expect(deduceCausa({ ...complete, attendeScansione: true, stato: 'rifiutata', terzoLivello: true }).causa).toBe('scansione')
    expect(deduceCausa({ ...complete, stato: 'da_prendere_in_carico', terzoLivello: true }).causa).toBe('smistamento')
  })
})
