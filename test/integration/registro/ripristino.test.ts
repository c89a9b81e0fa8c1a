import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { sqlState } from '../../../server/kernel/problem.ts'
import { inTransaction, query, queryOne } from '../../../server/kernel/scope.ts'
import { recordPassoWithin } from '../../../server/registro/index.ts'
import { esitoRipristino } from '../../../server/registro/schema/prove.ts'
import type { EsitoRipristino } from '../../../server/registro/schema/prove.ts'
import { listProve, recordProva } from '../../../server/registro/service/prove.ts'
import { findPerdite, formatEsito } from '../../../server/registro/service/ripristino.ts'
import { createMondoRegistro, fileOf, registriOf } from '../../support/registro.ts'
import type { MondoRegistro } from '../../support/registro.ts'

const ESEGUITA = '2026-05-06T10:00:00Z'
let m: MondoRegistro
let primo: string
let ultimo: string

// Two days with their register: the first is in preservation, the second follows it.
beforeAll(async () => {
  m = await createMondoRegistro()
  for (const istante of ['2026-05-04T08:00:00Z', '2026-05-04T09:00:00Z', '2026-05-05T08:00:00Z', '2026-05-05T09:00:00Z'])
    await m.registra(istante)
  await m.produci('2026-05-05T22:30:00Z')
  const [a, b] = await registriOf(m)
  if (a === undefined || b === undefined) throw new Error('two registers were expected')
  primo = String(await fileOf(m, a, 'giorno'))
  ultimo = String(await fileOf(m, b, 'giorno'))
  await inTransaction(m.lavori, async (tx) => await recordPassoWithin(tx, a.id, 'inviato'))
  await m.ora('2026-05-06T12:00:00Z')
}, 60_000)
afterAll(async () => await m.close())

/** What `verifica-ripristino --esito` writes on a copy of this database restored just now. */
async function drill(testo: string, changes: Partial<EsitoRipristino> = {}): Promise<{ esito: EsitoRipristino }> {
  const chi = {
    operatore: 'Nerina Prova',
    copiaRegistri: 'Cassaforte della sede',
    copiaEmergenza: 'Archivio di via Prova',
    eseguitaIl: new Date(ESEGUITA),
  }
  const esito = esitoRipristino.parse(JSON.parse(formatEsito(testo, await findPerdite(m.lavori, testo), chi)))
  return { esito: { ...esito, ...changes } }
}

describe('a restore is tested, and the test leaves its record', () => {
  it('REQ-PROT-152 without a drill one is owed; the drill says who, from which two copies, compared with what, and closes it', async () => {
    expect(await listProve(m.rgd)).toEqual({ elementi: [], dovuta: true })
    const input = await drill(primo)
    const made = await recordProva(m.rgd, input)
    const { formato, ...confronto } = input.esito
    expect(formato).toBe('faldone-ripristino/1')
    expect(made).toMatchObject({ ...confronto, esito: 'integro', perdite: [], autore: m.rgd.attore.nome })
    const { elementi, dovuta } = await listProve(m.protocollo)
    expect([elementi, dovuta]).toEqual([[made], false])
    const fact = await queryOne<{ dati: string; attore: string }>(
      m.rgd,
      `select dati, attore_nome as attore from evento_audit where ente_id = $1 and oggetto_id = $2 and azione = 'ripristino-provato'`,
      [m.e.ente.id, made.id],
    )
    expect(fact?.attore).toBe(m.rgd.attore.nome)
    expect(fact?.dati).toContain(input.esito.impronta)
    for (const sql of ['update prova_ripristino set operatore = operatore', 'delete from prova_ripristino'])
      expect(await state(query(m.rgd, sql))).toMatch(/42501|23514/u)
  })

  it('REQ-PROT-152 the register and the emergency registers are copied in two different places', async () => {
    const same = await drill(primo, { copiaEmergenza: '  cassaforte  della SEDE ' })
    await expect(recordProva(m.rgd, same)).rejects.toMatchObject({ status: 400, campi: [{ campo: 'esito.copiaEmergenza' }] })
    expect(esitoRipristino.safeParse({ ...same.esito, copiaEmergenza: '' }).success).toBe(false)
  })

  it('REQ-PROT-152 a drill counts only against the last register sent to preservation, the very one; only the RGD records it', async () => {
    await expect(recordProva(m.rgd, await drill(primo, { impronta: 'a'.repeat(64) }))).rejects.toMatchObject({ status: 422 })
    await expect(recordProva(m.rgd, await drill(ultimo))).rejects.toMatchObject({ codice: 'registro-non-confrontabile' })
    await expect(recordProva(m.protocollo, await drill(primo))).rejects.toMatchObject({ status: 403 })
    await expect(recordProva(m.rgd, await drill(primo, { eseguitaIl: '2026-05-06T12:00:01Z' }))).rejects.toMatchObject({
      codice: 'prova-futura',
    })
  })

  it('REQ-PROT-152 after a year another drill is owed', async () => {
    await m.ora('2027-05-06T09:00:00Z')
    expect((await listProve(m.rgd)).dovuta).toBe(false)
    await m.ora('2027-05-06T11:00:00Z')
    expect((await listProve(m.rgd)).dovuta).toBe(true)
  })

  it('REQ-PROT-152 a restore that lost committed numbers is found by the last register sent, and its record keeps the drill owed', async () => {
    const last = (await registriOf(m)).at(-1)
    if (last === undefined) throw new Error('no register')
    await inTransaction(m.lavori, async (tx) => await recordPassoWithin(tx, last.id, 'inviato'))
    expect(await findPerdite(m.lavori, ultimo)).toEqual([])
    expect(await findPerdite(m.lavori, ultimo.replace('"versione": 1', '"versione":  1'))).toEqual([
      expect.stringContaining('non è quello conservato'),
    ])
    const integro = await drill(ultimo, { eseguitaIl: '2027-05-06T11:00:00Z' })
    await asRestored(async () => {
      const lost = await findPerdite(m.lavori, ultimo)
      expect(lost).toHaveLength(3)
      expect(lost.join(' ')).toContain('Mancano i numeri da 4 a 4 dell’anno 2026')
      expect(lost.join(' ')).toContain('Il contatore darebbe di nuovo numeri già assegnati: è a 3/2026')
      integro.esito.perdite.push(...lost)
    }, last.id)
    const made = await recordProva(m.rgd, integro)
    expect(made).toMatchObject({ esito: 'perdite', perdite: integro.esito.perdite })
    expect((await listProve(m.rgd)).dovuta).toBe(true)
  })
})

const state = async (p: Promise<unknown>): Promise<string | null> =>
  await p.then(
    () => null,
    (error: unknown) => sqlState(error),
  )

/** The database as an older copy would bring it back, for the time of `look`: the last register, number 4 and the counter are behind. */
async function asRestored(look: () => Promise<void>, registroGiornalieroId: string): Promise<void> {
  const tables = ['registro_giornaliero', 'registrazione', 'contatore_registro']
  await withClient(m.db.ownerUrl, async (client) => {
    const all = async (sql: (table: string) => string): Promise<void> => {
      for (const table of tables) await client.query(sql(table))
    }
    await all((table) => `create table prima_${table} as select * from ${table}`)
    await all((table) => `alter table ${table} disable trigger all`)
    await client.query(`delete from registro_giornaliero where id = '${registroGiornalieroId}'`)
    await client.query('delete from registrazione where numero = 4')
    await client.query('update contatore_registro set ultimo = 3')
    await look()
    await client.query(`insert into registro_giornaliero select * from prima_registro_giornaliero where id = '${registroGiornalieroId}'`)
    await client.query('insert into registrazione select * from prima_registrazione where numero = 4')
    await client.query('update contatore_registro set ultimo = 4')
    await all((table) => `alter table ${table} enable trigger all`)
  })
}
