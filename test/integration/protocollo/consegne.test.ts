import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createMemoryStore } from '../../../storage/memory.ts'
import { verifyChain } from '../../../server/kernel/audit.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { sqlState } from '../../../server/kernel/problem.ts'
import { inReadTransaction, inTransaction, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { addDays, now, romeDay } from '../../../server/kernel/time.ts'
import { authorizeRichiesta, register, requestAnnullamento } from '../../../server/protocollo/index.ts'
import { passoConsegnaIn } from '../../../server/protocollo/schema/consegne.ts'
import { listConsegne, recordConsegna } from '../../../server/protocollo/service/consegne.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildNuova, buildPdf, buildUscita, createEnte, createOperatore, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

let db: TestDatabase
let e: EnteDiProva
let clerk: Scope
let rgd: Scope
const store = createMemoryStore()
const OGGI = romeDay(now())

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  clerk = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope
  rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale')).scope
})
afterAll(async () => await db.close())

const pdf = async (): Promise<string> => await stage(clerk, store, await buildPdf(newId()), 'lettera.pdf')

/** An outgoing letter by post to two people, and by certified mail to a third. */
async function lettera(): Promise<string> {
  const person = (cognome: string) => ({ tipo: 'PF' as const, nome: 'Tullio', cognome })
  const destinatari = [
    person('Brezzaferma'),
    { ...person('Cardotorto'), perConoscenza: true },
    { ...person('Lunamossa'), canale: 'PEC' as const },
  ]
  return (await register(clerk, buildUscita(e, await pdf(), { destinatari, mezzo: 'RACCOMANDATA' }), newId())).id
}
const passo = (posizione: number, stato: 'inviato' | 'mancata-consegna' | 'consegnato', giorno = OGGI) => ({
  posizione,
  stato,
  giorno,
  estremi: 'Raccomandata 61500000001-4',
})
const positions = async (id: string): Promise<number[]> => (await listConsegne(clerk, id)).map((c) => c.posizione)

describe('the delivery of an outgoing document', () => {
  it('REQ-PROT-027 every addressee of one registration has a delivery state of its own', async () => {
    const id = await lettera()
    const before = await listConsegne(clerk, id)
    expect(before.map((c) => [c.destinatario, c.canale, c.stato, c.aMano, c.perConoscenza])).toEqual([
      ['Brezzaferma Tullio', 'RACCOMANDATA', 'da-inviare', true, false],
      ['Cardotorto Tullio', 'RACCOMANDATA', 'da-inviare', true, true],
      ['Lunamossa Tullio', 'PEC', 'da-inviare', false, false],
    ])
    const [first = -1, second = -1] = before.map((c) => c.posizione)
    await recordConsegna(clerk, id, passo(first, 'inviato'))
    const done = await recordConsegna(clerk, id, passo(first, 'consegnato'))
    expect(done.passi.map((p) => [p.stato, p.giorno, p.estremi, p.autore])).toEqual([
      ['inviato', OGGI, 'Raccomandata 61500000001-4', clerk.attore.nome],
      ['consegnato', OGGI, 'Raccomandata 61500000001-4', clerk.attore.nome],
    ])
    await recordConsegna(clerk, id, passo(second, 'mancata-consegna'))
    expect((await listConsegne(rgd, id)).map((c) => c.stato)).toEqual(['consegnato', 'mancata-consegna', 'da-inviare'])
    expect(await inReadTransaction(rgd, async (s) => await verifyChain(s, e.registroId))).toBeNull()
  })

  it('REQ-PROT-027 a delivery never goes back, and of two who write the same step one is told', async () => {
    const id = await lettera()
    const [first = -1, second = -1] = await positions(id)
    await recordConsegna(clerk, id, passo(first, 'consegnato'))
    await expect(recordConsegna(clerk, id, passo(first, 'inviato'))).rejects.toMatchObject({ status: 409, codice: 'consegna-gia-scritta' })
    const both = await Promise.allSettled([
      recordConsegna(clerk, id, passo(second, 'inviato')),
      recordConsegna(rgd, id, passo(second, 'inviato')),
    ])
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { codice: 'consegna-gia-scritta' } })
    const update = inTransaction(
      clerk,
      async (tx) => await query(tx, "update consegna set stato = 'inviato' where ente_id = $1", [e.ente.id]),
    )
    expect(
      await update.then(
        () => null,
        (error: unknown) => sqlState(error),
      ),
    ).toBe('42501')
  })

  it('REQ-PROT-027 what is wrong is refused and writes nothing: channel with receipts, day, addressee, direction', async () => {
    const id = await lettera()
    const [first = -1, , third = -1] = await positions(id)
    await expect(recordConsegna(clerk, id, passo(third, 'inviato'))).rejects.toMatchObject({ codice: 'consegna-con-ricevute' })
    await expect(recordConsegna(clerk, id, passo(first, 'inviato', addDays(OGGI, 1)))).rejects.toMatchObject({
      campi: [{ campo: 'giorno' }],
    })
    await expect(recordConsegna(clerk, id, passo(first, 'inviato', addDays(OGGI, -1)))).rejects.toMatchObject({
      campi: [{ campo: 'giorno' }],
    })
    await expect(recordConsegna(clerk, id, passo(99, 'inviato'))).rejects.toMatchObject({ campi: [{ campo: 'posizione' }] })
    const entrata = (await register(clerk, buildNuova(e, await pdf()), newId())).id
    await expect(recordConsegna(clerk, entrata, passo(0, 'inviato'))).rejects.toMatchObject({ codice: 'consegna-solo-uscita' })
    expect(await listConsegne(clerk, entrata)).toEqual([])
    expect(passoConsegnaIn.safeParse({ posizione: 1, stato: 'da-inviare', giorno: '1/2', estremi: ' ' }).error?.issues).toHaveLength(3)
    const rows = await queryOne<{ n: number }>(
      clerk,
      'select count(*)::int as n from consegna where ente_id = $1 and registrazione_id = any($2)',
      [e.ente.id, [id, entrata]],
    )
    expect(rows?.n).toBe(0)
  })

  it('REQ-PROT-053 an annulment wants no confirmation when the delivery failed for everybody, and stops the deliveries', async () => {
    const id = await lettera()
    const annul = async (conferma: boolean): Promise<void> =>
      await authorizeRichiesta(rgd, richiesta, { provvedimento: { numero: '7/2026', data: OGGI }, confermaDestinatario: conferma })
    const richiesta = await requestAnnullamento(clerk, id, { motivo: 'Lettera sbagliata' }, newId())
    const [first = -1, second = -1] = await positions(id)
    await recordConsegna(clerk, id, passo(first, 'mancata-consegna'))
    await recordConsegna(clerk, id, passo(second, 'consegnato'))
    await expect(annul(false)).rejects.toMatchObject({ codice: 'conferma-destinatario' })
    await annul(true)
    await expect(recordConsegna(clerk, id, passo(first, 'consegnato'))).rejects.toMatchObject({ codice: 'gia-annullata' })

    const destinatari = [{ tipo: 'PF' as const, nome: 'Tullio', cognome: 'Brezzaferma' }]
    const other = (await register(clerk, buildUscita(e, await pdf(), { destinatari, mezzo: 'RACCOMANDATA' }), newId())).id
    await recordConsegna(clerk, other, passo((await positions(other))[0] ?? -1, 'mancata-consegna'))
    const second2 = await requestAnnullamento(clerk, other, { motivo: 'Indirizzo sbagliato' }, newId())
    await authorizeRichiesta(rgd, second2, { provvedimento: { numero: '8/2026', data: OGGI }, confermaDestinatario: false })
  })
})
