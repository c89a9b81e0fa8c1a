import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, insertRows } from '../../../server/kernel/scope.ts'
import { createTestApp } from '../../support/app.ts'
import type { Accesso, TestApp } from '../../support/app.ts'
import { createEnte, systemScope } from '../../support/enti.ts'
import type { EnteProva } from '../../support/enti.ts'

let t: TestApp
let a: EnteProva
let b: EnteProva
let marta: Accesso

beforeAll(async () => {
  t = await createTestApp()
  a = await createEnte(t.deps, { slug: 'castelvento', denominazione: 'Comune di Castelvento', codiceIpa: 'c_x901' })
  b = await createEnte(t.deps, { slug: 'borgofinto', denominazione: 'Comune di Borgofinto', codiceIpa: 'c_x902' })
  marta = await t.loginAs({ profili: ['responsabileGestioneDocumentale'], ente: a })
})
afterAll(async () => await t.close())

const aooOf = async (slug: string, accesso: Accesso): Promise<{ id: string; domicilioDigitale: string }[]> =>
  (await t.http.get(`/api/v1/${slug}/organizzazione/aoo`).set(accesso.headers).expect(200)).body as never

describe('mailboxes and AOO', () => {
  it('REQ-PROT-005 a register’s AOO has its certified address, and no other AOO may take it', async () => {
    const [own] = await aooOf('castelvento', marta)
    expect(own?.domicilioDigitale).toMatch(/@/u)
    const rosa = await t.loginAs({ profili: ['responsabileGestioneDocumentale'], ente: b })
    const [other] = await aooOf('borgofinto', rosa)
    const answer = await t.http
      .patch(`/api/v1/borgofinto/organizzazione/aoo/${other?.id ?? ''}`)
      .set(rosa.headers)
      .send({ domicilioDigitale: own?.domicilioDigitale.toUpperCase() })
    expect(answer.status).toBe(409)
    expect(answer.body).toMatchObject({ codice: 'casella-in-uso', campi: [{ campo: 'domicilioDigitale' }] })
    await expect(
      inTransaction(systemScope(t.deps, a), async (tx) => {
        await insertRows(tx, 'aoo', [
          {
            id: newId(),
            codice: 'AXSENZA',
            denominazione: 'Senza casella',
            domicilio_digitale: '',
            predefinita: false,
            dal: '2026-01-01',
            al: null,
          },
        ])
      }),
    ).rejects.toThrow(/aoo_domicilio/u)
  })

  it('REQ-PROT-005 a mailbox is of one AOO in the whole installation', async () => {
    const open = async (ente: EnteProva): Promise<void> =>
      await inTransaction(systemScope(t.deps, ente), async (tx) => {
        await insertRows(tx, 'casella', [
          {
            id: newId(),
            aoo_id: ente.aooId,
            indirizzo: 'unica@pec.example',
            tipo: 'PEC',
            attiva: true,
            ultimo_controllo: null,
            errore: null,
          },
        ])
      })
    await open(a)
    await expect(open(b)).rejects.toThrow(/casella_una_aoo/u)
  })
})
