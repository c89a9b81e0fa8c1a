import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { vigilaRegistri } from '../../../server/registro/service/vigila.ts'
import { createMondoRegistro, registriOf } from '../../support/registro.ts'
import type { MondoRegistro } from '../../support/registro.ts'

let m: MondoRegistro
beforeAll(async () => {
  m = await createMondoRegistro()
}, 60_000)
afterAll(async () => await m.close())

interface Riga {
  readonly livello: 'warn' | 'error'
  readonly dati: Record<string, unknown>
  readonly testo: string
}

/** The worker's scope with a log that keeps what it is told. */
function listening(): { scope: Scope; righe: Riga[] } {
  const righe: Riga[] = []
  const write =
    (livello: Riga['livello']) =>
    (dati: Record<string, unknown>, testo: string): void =>
      void righe.push({ livello, dati, testo })
  const log = { ...m.lavori.log, info: () => undefined, debug: () => undefined, warn: write('warn'), error: write('error') }
  return { scope: { ...m.lavori, log: log as unknown as Scope['log'] }, righe }
}

describe('the first start after a long stop', () => {
  it('REQ-PROT-106 the registers made up for with their term past are one warning of the log, and an alarm each that stays open', async () => {
    for (const giorno of ['02', '03', '04']) await m.registra(`2026-03-${giorno}T09:00:00Z`)
    while (await m.produci('2026-03-20T06:00:00Z'));
    const tardivi = (await registriOf(m)).filter((r) => r.scadenza < '2026-03-20').map((r) => r.giorno)
    expect(tardivi.slice(0, 3)).toEqual(['2026-03-02', '2026-03-03', '2026-03-04'])
    const { scope, righe } = listening()
    await vigilaRegistri(scope)
    const late = righe.filter((r) => r.testo.includes('recuperati dopo un fermo'))
    expect(late).toMatchObject([{ livello: 'warn', dati: { registri: tardivi.length, dal: '2026-03-02', al: tardivi.at(-1) } }])
    expect(righe.filter((r) => r.livello === 'error')).toEqual([])
    const avvisi = await query<{ giorno: string; testo: string }>(
      m.rgd,
      `select to_char(giorno, 'YYYY-MM-DD') as giorno, testo from avviso_registro where ente_id = $1 and tipo = 'scaduto' and chiuso_il is null order by giorno`,
      [m.e.ente.id],
    )
    expect(avvisi.map((a) => a.giorno)).toEqual(tardivi)
    expect(avvisi[0]?.testo).toContain('il prodotto era fermo')
    await vigilaRegistri(scope)
    expect(righe.filter((r) => r.testo.includes('recuperati dopo un fermo'))).toHaveLength(1)
  }, 120_000)

  it('REQ-PROT-106 a register produced in time and not sent is an error line of its own', async () => {
    await m.registra('2026-03-20T09:00:00Z')
    while (await m.produci('2026-03-21T06:00:00Z'));
    await m.ora('2026-03-25T06:00:00Z')
    const { scope, righe } = listening()
    await vigilaRegistri(scope)
    expect(righe.filter((r) => r.livello === 'warn')).toEqual([])
    expect(righe.filter((r) => r.livello === 'error' && r.dati['giorno'] === '2026-03-20')).toMatchObject([{ dati: { tipo: 'scaduto' } }])
  }, 120_000)
})
