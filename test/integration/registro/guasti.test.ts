import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { query, queryOne } from '../../../server/kernel/scope.ts'
import { readRighe } from '../../../server/registro/righe.ts'
import { sealTraccia, verifyTraccia } from '../../../server/registro/service/traccia.ts'
import { createMondoRegistro, fileOf, registriOf } from '../../support/registro.ts'
import type { MondoRegistro } from '../../support/registro.ts'

let m: MondoRegistro
beforeAll(async () => {
  m = await createMondoRegistro()
}, 60_000)
afterAll(async () => await m.close())

const giorni = async (): Promise<string[]> => (await registriOf(m)).filter((r) => r.tipo === 'giornaliero').map((r) => r.giorno)
const avvisi = async (): Promise<{ tipo: string; giorno: string; testo: string }[]> =>
  await query(
    m.rgd,
    `select tipo, to_char(giorno, 'YYYY-MM-DD') as giorno, testo from avviso_registro where ente_id = $1 and chiuso_il is null order by giorno`,
    [m.e.ente.id],
  )

/** As the owner could and the application cannot. */
async function asOwner(sql: string, params: unknown[] = []): Promise<void> {
  await withClient(m.db.ownerUrl, async (client) => {
    await client.query('alter table registrazione disable trigger user')
    await client.query(sql, params)
    await client.query('alter table registrazione enable trigger user')
  })
}

describe('what keeps a daily register from being produced', () => {
  it('REQ-PROT-102 a registration still being sealed: it waits, alarms, and then lists it with the others', async () => {
    await m.registra('2026-03-02T09:00:00Z')
    const hidden = await m.registra('2026-03-02T09:30:00Z', { oggetto: 'In attesa di sigillo' })
    await asOwner(`update registrazione set stato = 'in_sigillatura', tipo = 'U' where id = $1`, [hidden])
    await m.produci('2026-03-03T06:00:00Z')
    expect(await giorni()).toEqual([])
    expect(await avvisi()).toMatchObject([{ tipo: 'sigillatura', giorno: '2026-03-02' }])
    await asOwner(`update registrazione set stato = 'registrata', tipo = 'E' where id = $1`, [hidden])
    await m.produci('2026-03-03T07:00:00Z')
    expect(await giorni()).toEqual(['2026-03-02'])
    expect((await registriOf(m))[0]).toMatchObject({ registrazioni: 2, ultimo: 2 })
    expect(await avvisi()).toEqual([])
  })

  it('REQ-PROT-102 a first number that is not the last one plus one: it is blocked, the RGD is alarmed, later days wait', async () => {
    await m.registra('2026-03-03T09:00:00Z')
    const lost = await m.registra('2026-03-04T09:00:00Z')
    await m.registra('2026-03-04T10:00:00Z')
    await m.registra('2026-03-05T09:00:00Z')
    await asOwner('update registrazione set numero = numero + 1000 where id = $1', [lost])
    await m.produci('2026-03-06T06:00:00Z')
    expect(await giorni()).toEqual(['2026-03-02', '2026-03-03'])
    const [avviso] = await avvisi()
    expect(avviso).toMatchObject({ tipo: 'continuita', giorno: '2026-03-04' })
    expect(avviso?.testo).toContain('Il primo numero del giorno è 5, l’ultimo precedente è 3')
    await m.produci('2026-03-06T07:00:00Z')
    expect(await avvisi()).toHaveLength(1)
    await asOwner('update registrazione set numero = numero - 1000 where id = $1', [lost])
  })

  it('REQ-PROT-102 a number missing inside a day is named too', async () => {
    await asOwner('update registrazione set numero = numero + 1000 where numero = 5')
    await query(m.rgd, 'update avviso_registro set chiuso_il = now() where ente_id = $1', [m.e.ente.id])
    await m.produci('2026-03-06T08:00:00Z')
    expect((await avvisi())[0]?.testo).toContain('Dopo il numero 4 viene il 1005: manca o è fuori posto il 5')
    await asOwner('update registrazione set numero = numero - 1000 where numero = 1005')
  })

  it('REQ-PROT-102 missed days are made up for in order once the cause is gone', async () => {
    await m.produci('2026-03-09T06:00:00Z')
    expect(await giorni()).toEqual(['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08'])
    expect(await avvisi()).toEqual([])
    const all = await registriOf(m)
    expect(all.map((r) => r.progressivo)).toEqual([1, 2, 3, 4, 5, 6, 7])
  })
})

describe('the days of the calendar', () => {
  it('REQ-PROT-102 the 23 and the 25 hours of the change of hour are one day each', async () => {
    await m.registra('2026-03-28T22:59:59Z', { oggetto: 'sabato' })
    await m.registra('2026-03-28T23:00:00Z', { oggetto: 'domenica, inizio' })
    await m.registra('2026-03-29T21:59:59Z', { oggetto: 'domenica, fine' })
    await m.registra('2026-03-29T22:00:00Z', { oggetto: 'lunedì' })
    await m.registra('2026-10-24T21:59:59Z', { oggetto: 'sabato d’autunno' })
    await m.registra('2026-10-24T22:00:00Z', { oggetto: 'autunno, inizio' })
    await m.registra('2026-10-25T00:30:00Z', { oggetto: 'autunno, prima delle tre' })
    await m.registra('2026-10-25T01:30:00Z', { oggetto: 'autunno, di nuovo prima delle tre' })
    await m.registra('2026-10-25T22:59:59Z', { oggetto: 'autunno, fine' })
    await m.registra('2026-10-25T23:00:00Z', { oggetto: 'lunedì d’autunno' })
    while (await m.produci('2026-10-27T06:00:00Z'));
    const all = await registriOf(m)
    const of = (giorno: string) => all.find((r) => r.giorno === giorno)?.registrazioni
    expect(['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-24', '2026-10-25', '2026-10-26'].map(of)).toEqual([1, 2, 1, 1, 4, 1])
    const autumn = all.find((r) => r.giorno === '2026-10-25')
    if (autumn === undefined) throw new Error('no register')
    expect(readRighe(String(await fileOf(m, autumn, 'righe'))).map((r) => ('ora' in r ? r.ora : ''))).toEqual([
      '00:00:00',
      '02:30:00',
      '02:30:00',
      '23:59:59',
    ])
  }, 120_000)

  it('REQ-PROT-102 REQ-PROT-109 the year starts again from 1, and its register is made at its end with every number', async () => {
    await m.registra('2026-12-31T22:59:59Z', { oggetto: 'ultima dell’anno' })
    await m.registra('2026-12-31T23:00:00Z', { oggetto: 'prima dell’anno nuovo' })
    while (await m.produci('2027-01-02T06:00:00Z'));
    const all = await registriOf(m)
    const days = all.filter((r) => r.tipo === 'giornaliero')
    expect(days.at(-1)).toMatchObject({ giorno: '2027-01-01', primo: 1, ultimo: 1, progressivo: 1 })
    const year = all.find((r) => r.tipo === 'annuale')
    const ultimo = days.findLast((r) => r.giorno.startsWith('2026') && r.ultimo !== null)?.ultimo
    expect(year).toMatchObject({ giorno: '2026-12-31', primo: 1, ultimo, identificativo: expect.stringMatching(/-2026-ANNUALE$/u) })
    expect(year?.precedente).toBe(days.find((r) => r.giorno === '2026-12-31')?.impronta)
    expect(all.filter((r) => r.tipo === 'annuale')).toHaveLength(1)
  }, 120_000)
})

describe('the facts that are not chained', () => {
  it('decision 19: the facts of each day are sealed, chained to the day before, and a fact altered or taken away is found', async () => {
    const seals = await query<{ giorno: string }>(
      m.lavori,
      `select to_char(giorno, 'YYYY-MM-DD') as giorno from sigillo_traccia where ente_id = $1 order by giorno`,
      [m.e.ente.id],
    )
    expect([seals[0]?.giorno, seals.at(-1)?.giorno]).toEqual(['2026-03-02', '2027-01-01'])
    await query(
      m.rgd,
      `insert into evento_audit (ente_id, id, istante, attore_tipo, attore_id, attore_nome, azione, oggetto_tipo, oggetto_id, dati, richiesta)
       select $1, gen_random_uuid(), '2027-01-02T10:00:00Z', 'operatore', 'x', 'Curioso', 'documento-letto', 'documento', n::text, '{}', 'r' from generate_series(1, 3) n`,
      [m.e.ente.id],
    )
    const sealed = await sealTraccia(m.lavori, '2027-01-02')
    expect(sealed.fatti).toBe(3)
    expect(await verifyTraccia(m.lavori)).toBeNull()
    const facts = await queryOne<{ id: string }>(
      m.lavori,
      `select id from evento_audit where ente_id = $1 and attore_nome = 'Curioso' limit 1`,
      [m.e.ente.id],
    )
    const alter = async (sql: string): Promise<void> =>
      await withClient(m.db.ownerUrl, async (client) => {
        await client.query('alter table evento_audit disable trigger user')
        await client.query(sql, [facts?.id])
        await client.query('alter table evento_audit enable trigger user')
      })
    await alter(`update evento_audit set attore_nome = 'Innocente' where id = $1`)
    expect(await verifyTraccia(m.lavori)).toEqual({ giorno: '2027-01-02', motivo: 'un fatto è stato alterato' })
    await alter('delete from evento_audit where id = $1')
    expect(await verifyTraccia(m.lavori)).toMatchObject({ giorno: '2027-01-02', motivo: 'i fatti sono 2, ne erano stati sigillati 3' })
  })
})
