import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { fileDocumento, presentFascicoloById } from '../../../server/fascicoli/index.ts'
import { inTransaction, json, query } from '../../../server/kernel/scope.ts'
import { judgeWritten } from '../../../server/metadati/chiusura.ts'
import { checkMetadatiChiusura } from '../../../server/metadati/index.ts'
import { judgeChanged } from '../../../server/metadati/valutazione/valuta.ts'
import { apriFascicolo, createStrada, registra } from '../../support/conservazione.ts'
import type { Strada } from '../../support/conservazione.ts'

let s: Strada
beforeAll(async () => {
  s = await createStrada()
})
afterAll(async () => await s.close())

it('REQ-FASC-041 the check before closing of a large fascicolo reads the judgements written, judges again what changed up to a limit, and says what is still to be judged', async () => {
  const documentoId = (await registra(s)).documentoId
  const id = await apriFascicolo(s, [documentoId])
  const { slug } = await presentFascicoloById(s.capo, id)
  const f = { id, slug }
  await judgeChanged(s.lavori)
  expect(await judgeWritten(s.capo, f, 10)).toEqual((await checkMetadatiChiusura(s.capo, f)).bloccanti)
  await fileDocumento(s.capo, id, { documentoId: (await registra(s)).documentoId })
  expect((await judgeWritten(s.capo, f, 0)).map((r) => r.codice)).toContain('metadati-da-verificare')
  expect((await judgeWritten(s.capo, f, 10)).map((r) => r.codice)).not.toContain('metadati-da-verificare')
  await judgeChanged(s.lavori)
  expect((await judgeWritten(s.capo, f, 0)).map((r) => r.codice)).not.toContain('metadati-da-verificare')
  // A judgement that found something stands in the way, with the page where it is settled.
  const errore = [{ regola: 'R50', gravita: 'errore', percorso: 'IdDoc', messaggio: 'Manca il tipo' }]
  await inTransaction(
    s.lavori,
    async (tx) =>
      await query(tx, `update metadati_valutazione set completo = false, esiti = $3 where ente_id = $1 and id = $2`, [
        tx.ente.id,
        documentoId,
        json(errore),
      ]),
  )
  expect(await judgeWritten(s.capo, f, 0)).toContainEqual(
    expect.objectContaining({ codice: 'metadati-incompleti', forzabile: true, collegamento: expect.stringContaining('/protocollo/') }),
  )
  // Completed, it does no more.
  await inTransaction(
    s.lavori,
    async (tx) =>
      await query(tx, `update metadati_valutazione set completo = true, esiti = '[]' where ente_id = $1 and id = $2`, [
        tx.ente.id,
        documentoId,
      ]),
  )
  expect((await judgeWritten(s.capo, f, 0)).map((r) => r.codice)).not.toContain('metadati-incompleti')
})
