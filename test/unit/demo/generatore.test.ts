import { describe, expect, it } from '@jest/globals'
import { isCodiceFiscale, isPartitaIva } from '../../../metadata-schemas/codici/index.ts'
import {
  isLavorativo,
  istantiDellaMattina,
  istantiOrdinari,
  lavorativoDopo,
  lavorativoPrima,
  mattinaOf,
  romeInstant,
} from '../../../server/demo/dati/calendario.ts'
import { createCaso } from '../../../server/demo/dati/caso.ts'
import { modelliEnte } from '../../../server/demo/dati/enti.ts'
import { modelli } from '../../../server/demo/dati/modelli.ts'
import { organico } from '../../../server/demo/dati/organico.ts'
import { createRiempimento } from '../../../server/demo/dati/riempimento.ts'
import { cercaCorrispondente, createRubrica } from '../../../server/demo/dati/rubrica.ts'
import { personaDimostrativa } from '../../../server/demo/persone.ts'
import { romeDay, romeTime } from '../../../server/kernel/time.ts'
import { readTitolarioComuni } from '../../../titolario/index.ts'

describe('chance from a seed', () => {
  const draw = (seme: string): number[] => {
    const caso = createCaso(seme)
    return Array.from({ length: 200 }, () => caso.intero(1, 6))
  }

  it('repeats itself with the same seed and not with another', () => {
    expect(draw('valserena')).toEqual(draw('valserena'))
    expect(draw('valserena')).not.toEqual(draw('altra'))
    expect(new Set(draw('valserena'))).toEqual(new Set([1, 2, 3, 4, 5, 6]))
  })

  it('gives each part of the work a chance of its own', () => {
    const caso = createCaso('valserena')
    const before = caso.figlio('posta').cifre(10)
    caso.cifre(50)
    expect(caso.figlio('posta').cifre(10)).toBe(before)
    expect(caso.figlio('giorni').cifre(10)).not.toBe(before)
  })

  it('follows weights and refuses an empty list', () => {
    const caso = createCaso('pesi')
    expect(Array.from({ length: 50 }, () => caso.scegliPesato(['mai', 'sempre'], (x) => (x === 'mai' ? 0 : 1)))).toEqual(
      Array(50).fill('sempre'),
    )
    expect(() => caso.scegli([])).toThrow('nothing to choose from')
  })
})

describe('the calendar of the demo', () => {
  it('finds instants of Rome in winter, in summer and around the change of hour', () => {
    expect(romeInstant('2026-01-15', '08:00:00').toISOString()).toBe('2026-01-15T07:00:00.000Z')
    expect(romeInstant('2026-07-15', '08:00:00').toISOString()).toBe('2026-07-15T06:00:00.000Z')
    expect(romeInstant('2026-03-29', '03:30:00').toISOString()).toBe('2026-03-29T01:30:00.000Z')
  })

  it('works from Monday to Friday without holidays', () => {
    expect(['2026-09-11', '2026-09-12', '2026-09-13', '2026-09-14', '2026-12-08', '2026-12-25'].map(isLavorativo)).toEqual([
      true,
      false,
      false,
      true,
      false,
      false,
    ])
    expect(lavorativoPrima('2026-09-14', 1)).toBe('2026-09-11')
    expect(lavorativoDopo('2026-09-11', 2)).toBe('2026-09-15')
  })

  it.each(['2026-09-14T06:00:30Z', '2026-09-14T06:09:00Z', '2026-09-14T08:00:00Z', '2026-09-14T21:50:00Z', '2026-09-13T22:05:00Z'])(
    'puts the morning scene before now, whatever the hour (%s)',
    (adesso) => {
      const oggi = new Date(adesso)
      const { da, a } = mattinaOf(oggi)
      const instants = istantiDellaMattina(createCaso('mattina'), { da, a }, 22)
      expect(instants).toHaveLength(22)
      expect(instants.every((x, i) => x >= da && x <= a && (i === 0 || x >= (instants[i - 1] as Date)))).toBe(true)
      expect(a.getTime()).toBeLessThan(oggi.getTime())
      if (adesso.includes('T08:00')) expect([romeDay(da), romeTime(da), romeTime(a)]).toEqual(['2026-09-14', '08:00:00', '09:30:00'])
    },
  )

  it('spreads ordinary days over open offices only, Mondays more than Fridays', () => {
    const days = istantiOrdinari(createCaso('giorni'), new Date('2026-09-14T08:00:00Z'), 2000, 60).map(romeDay)
    expect(days.every(isLavorativo)).toBe(true)
    expect(days.every((d) => d < '2026-09-14' && d >= '2026-07-16')).toBe(true)
    const on = (weekday: number) => days.filter((d) => new Date(`${d}T12:00:00Z`).getUTCDay() === weekday).length
    expect(on(1)).toBeGreaterThan(on(5))
  })
})

describe('the people and the letters of the demo', () => {
  const rubrica = createRubrica(createCaso('valserena'), 'Castelvento')
  const tutti = Object.values(rubrica).flat() as (typeof rubrica.persone)[number][]

  it('have codes that are right in form and cannot be anybody’s, and addresses that reach nobody', () => {
    for (const { soggetto, pec, email } of tutti) {
      if (soggetto.tipo === 'PF')
        expect(isCodiceFiscale(soggetto.codiceFiscale ?? '') && soggetto.codiceFiscale?.slice(11, 15) === 'X901').toBe(true)
      if (soggetto.tipo === 'PG')
        expect(isPartitaIva(soggetto.codiceFiscalePartitaIva ?? '') && soggetto.codiceFiscalePartitaIva?.slice(7, 10) === '000').toBe(true)
      expect([pec, email].every((x) => x.endsWith('.example'))).toBe(true)
    }
    expect(tutti.flatMap((c) => c.recapiti).filter((line) => line.startsWith('Telefono') && !line.includes(' 0999-'))).toEqual([])
  })

  it('stay the same with the same seed', () => {
    expect(createRubrica(createCaso('valserena'), 'Castelvento')).toEqual(rubrica)
    expect(createRubrica(createCaso('altra'), 'Castelvento')).not.toEqual(rubrica)
    expect(() => cercaCorrispondente(rubrica, 'Nessuno')).toThrow('nobody called Nessuno')
  })

  it('give every office named by an appointment a place in its ente, and every office its head', () => {
    for (const ente of modelliEnte) {
      const codici = new Set(['PROT', ...ente.uffici.map(([codice]) => codice)])
      const incarichi = organico.flatMap((a) => a.incarichi).filter((i) => i.ente === ente.slug)
      expect(incarichi.filter((i) => i.ufficio !== null && !codici.has(i.ufficio))).toEqual([])
      const headed = new Set(incarichi.filter((i) => i.profilo === 'responsabileUor').map((i) => i.ufficio))
      expect(ente.uffici.filter(([codice]) => !headed.has(codice))).toEqual([])
    }
    const marta = personaDimostrativa('marta').incarichi.map((i) => i.profilo)
    expect(marta).toEqual(expect.arrayContaining(['responsabileGestioneDocumentale', 'responsabileConservazione']))
  })

  it('write about voices of the plan, to offices of the ente, with every word filled', () => {
    const plan = readTitolarioComuni().titolario
    const known = new Map(plan.voci.map((v) => [v.codice, v]))
    const uffici = new Set(modelliEnte[0]?.uffici.map(([codice]) => codice))
    for (const [i, m] of modelli.entries()) {
      expect(known.get(m.voce)?.livello).toBe(2)
      if (m.fascicolo !== undefined) expect(known.get(m.fascicolo.voce)?.codicePadre).toBe(m.voce)
      for (const ufficio of [m.ufficio, ...(m.conoscenza ?? [])]) expect(uffici).toContain(ufficio)
      const fill = createRiempimento(createCaso(String(i)), '2026-09-14')
      expect([m.oggetto, ...m.corpo].map(fill).join(' ')).not.toMatch(/[{}]/u)
    }
    for (const ente of modelliEnte) for (const [, , voci] of ente.uffici) for (const voce of voci) expect(known.has(voce)).toBe(true)
  })

  it('say the same thing in subject and text, and nothing for a word they do not know', () => {
    const fill = createRiempimento(createCaso('via'), '2026-09-14')
    expect(fill('{via} {civico}')).toBe(fill('{via} {civico}'))
    expect(() => fill('{luna}')).toThrow('nothing to put for {luna}')
  })
})
