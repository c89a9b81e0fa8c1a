import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { query } from '../../../server/kernel/scope.ts'
import { readRighe } from '../../../server/registro/righe.ts'
import { readImpostazioni, saveImpostazioni } from '../../../server/registro/service/impostazioni.ts'
import { createEnte, createOperatore } from '../../support/factories.ts'
import { autorizza, createMondoRegistro, fileOf, registriOf } from '../../support/registro.ts'
import type { MondoRegistro, RegistroProdotto } from '../../support/registro.ts'

let m: MondoRegistro
beforeAll(async () => {
  m = await createMondoRegistro()
  await configure(true)
}, 60_000)
afterAll(async () => await m.close())

async function configure(annuale: boolean): Promise<void> {
  await saveImpostazioni(m.rgd, { sottoscrizione: 'nessuna', sigilloDiRipiego: true, giorniVuoti: false, annuale, classificazione: 'I/6' })
}
const of = async (tipo: string): Promise<RegistroProdotto[]> => (await registriOf(m)).filter((r) => r.tipo === tipo)
const giorni = async (tipo: string): Promise<string[]> => (await of(tipo)).map((r) => r.giorno)
const avvisi = async (): Promise<{ tipo: string; giorno: string; testo: string }[]> =>
  await query(
    m.rgd,
    `select tipo, to_char(giorno, 'YYYY-MM-DD') as giorno, testo from avviso_registro where ente_id = $1 and chiuso_il is null order by giorno`,
    [m.e.ente.id],
  )
const until = async (istante: string): Promise<void> => {
  while (await m.produci(istante));
}

/** As the owner could and the application cannot. */
async function renumber(anno: number, da: number, a: number): Promise<void> {
  await withClient(m.db.ownerUrl, async (client) => {
    await client.query('alter table registrazione disable trigger user')
    await client.query('update registrazione set numero = $3 where anno = $1 and numero = $2', [anno, da, a])
    await client.query('alter table registrazione enable trigger user')
  })
}

// One turn of the year: an annual register has 365 days before it, and these tests need only the last three.
describe('the register of a year', () => {
  it('REQ-PROT-109 is made unless the ente chooses otherwise', async () => {
    const other = await createEnte(m.db.orm)
    const { scope } = await createOperatore(m.db.orm, other, 'responsabileGestioneDocumentale')
    expect(await readImpostazioni(scope)).toMatchObject({ annuale: true, giorniVuoti: true })
  })

  it('REQ-PROT-109 waits for the last day of its year, and is left out when it is so configured', async () => {
    const first = await m.registra('2026-12-29T10:00:00Z', { oggetto: 'Oggetto sbagliato' })
    await m.registra('2026-12-29T11:00:00Z', { oggetto: 'Seconda' })
    await autorizza(m, '2026-12-30T09:00:00Z', first, { campo: 'oggetto', prima: 'Oggetto sbagliato', dopo: 'Oggetto giusto' })
    const third = await m.registra('2026-12-31T22:59:58Z', { oggetto: 'Ultima dell’anno' })
    await autorizza(m, '2026-12-31T22:59:59Z', third, { annullamento: true })
    await until('2026-12-31T22:59:59Z')
    expect([await giorni('giornaliero'), await giorni('annuale')]).toEqual([['2026-12-29', '2026-12-30'], []])
    await configure(false)
    await m.registra('2026-12-31T23:00:00Z', { oggetto: 'Prima del nuovo anno' })
    await until('2027-01-02T06:00:00Z')
    expect([(await giorni('giornaliero')).at(-1), await giorni('annuale')]).toEqual(['2027-01-01', []])
  })

  it('REQ-PROT-105 REQ-PROT-109 blocked, it does not hold back the daily ones of its register', async () => {
    await configure(true)
    // Altered after its day was produced: the daily registers stand, the year does not follow.
    await renumber(2026, 1, 1001)
    await m.registra('2027-01-02T10:00:00Z')
    await until('2027-01-03T06:00:00Z')
    expect([(await giorni('giornaliero')).at(-1), await giorni('annuale')]).toEqual(['2027-01-02', []])
    expect(await avvisi()).toMatchObject([{ tipo: 'continuita', giorno: '2026-12-31', testo: expect.stringContaining('registro annuale') }])
    await m.registra('2027-01-03T10:00:00Z')
    await until('2027-01-04T06:00:00Z')
    expect((await giorni('giornaliero')).at(-1)).toBe('2027-01-03')
    await renumber(2026, 1001, 1)
    await until('2027-01-04T07:00:00Z')
    expect(await giorni('annuale')).toEqual(['2026-12-31'])
    expect(await avvisi()).toEqual([])
  })

  it('REQ-PROT-109 holds every registration and every act of the year, in number order, chained to its last day', async () => {
    const [year] = await of('annuale')
    if (year === undefined) throw new Error('no annual register')
    expect(year).toMatchObject({ primo: 1, ultimo: 3, registrazioni: 3, modifiche: 1, annullamenti: 1, scadenza: '2027-01-30' })
    const righe = readRighe(String(await fileOf(m, year, 'righe')))
    expect(righe.map((r) => [r.tipo, r.numero])).toEqual([
      ['registrazione', 1],
      ['registrazione', 2],
      ['registrazione', 3],
      ['annullamento', 3],
      ['modifica', 1],
    ])
    expect(righe[0]).toMatchObject({ oggetto: 'Oggetto sbagliato', data: '2026-12-29', classificazione: 'VI/3' })
    expect(righe[2]).toMatchObject({ annullata: { provvedimento: '17 del 31/12/2026' } })
    expect(righe[4]).toMatchObject({ campo: 'oggetto', valorePrecedente: 'Oggetto sbagliato', valoreNuovo: 'Oggetto giusto' })
    expect(year.precedente).toBe((await of('giornaliero')).find((r) => r.giorno === '2026-12-31')?.impronta)
  })
})
