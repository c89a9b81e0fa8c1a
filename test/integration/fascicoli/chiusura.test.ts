import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { closeFascicolo, fileDocumento, presentFascicoloById, verifyChiusura } from '../../../server/fascicoli/index.ts'
import type { Chiusura, ControlloChiusura } from '../../../server/fascicoli/index.ts'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { inTransaction, insertRows, query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { romeDay } from '../../../server/kernel/time.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { apri, registra } from '../../support/fascicoli.ts'

let db: TestDatabase
let e: EnteDiProva
let capo: Scope
let addetto: Scope
let protocollo: Scope

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  addetto = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.edilizia, 'Aldo')).scope
  protocollo = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope
})
afterAll(async () => await db.close())

const procedimento = { materia: 'Edilizia privata', denominazione: 'Accesso agli atti edilizi' }

/** An open procedure with one document in charge; `presa` false leaves it to be taken. */
async function pronto(presa = true): Promise<{ id: string; documentoId: string }> {
  const r = await registra(protocollo, e)
  if (presa) {
    await inTransaction(
      capo,
      async (tx) =>
        await query(tx, `update assegnazione set stato = 'in_carico' where ente_id = $1 and registrazione_id = $2`, [e.ente.id, r.id]),
    )
  }
  const id = await apri(capo, e, { tipo: 'procedimento amministrativo', procedimento, documentoId: r.documentoId })
  return { id, documentoId: r.documentoId }
}

async function close(
  id: string,
  changes: Partial<Chiusura> = {},
  controlli: readonly ControlloChiusura[] = [],
  scope = capo,
): Promise<string> {
  const { versione } = await presentFascicoloById(capo, id)
  return await closeFascicolo(scope, id, { versione, esito: 'archiviazione', nota: '', ...changes }, controlli)
}

const metadati: ControlloChiusura = async (_s, f) =>
  await Promise.resolve({
    bloccanti: [{ codice: 'metadati-mancanti', messaggio: `Mancano metadati in ${f.slug}.`, forzabile: false }],
    avvisi: [],
  })

describe('closing', () => {
  it('closes on today’s day in Rome, ends phases and assignments, queues the transfer and takes nothing more', async () => {
    const { id } = await pronto()
    await close(id, { nota: 'Accesso già esercitato' })
    const f = await presentFascicoloById(capo, id)
    expect(f).toMatchObject({
      stato: 'CHIUSO',
      esito: 'archiviazione',
      notaChiusura: 'Accesso già esercitato',
      chiusoIl: romeDay(new Date()),
    })
    expect(f.fasi.map((p) => p.al)).toEqual([f.chiusoIl])
    expect(f.assegnazioni[0]?.al).not.toBeNull()
    expect(f.azioni).toMatchObject({ inserisci: false, decidi: true, chiudi: false, riapri: true })
    const queued = await withClient(
      db.ownerUrl,
      async (client) =>
        await client.query(
          `select t.identifier from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where j.payload ->> 'id' = $1 order by 1`,
          [id],
        ),
    )
    expect(queued.rows).toEqual([{ identifier: 'conservazione.prepareVersamento' }, { identifier: 'pratiche.concludi' }])
    const altro = await registra(protocollo, e)
    await expect(fileDocumento(capo, id, { documentoId: altro.documentoId })).rejects.toMatchObject({ codice: 'fascicolo-chiuso' })
    await expect(close(id)).rejects.toMatchObject({ codice: 'fascicolo-gia-chiuso', status: 409 })
  })

  it('REQ-FASC-019 a procedure without the final act closes only with an explicit reason; with it, as concluded by it', async () => {
    const { id } = await pronto()
    await expect(close(id, { esito: 'provvedimento finale' })).rejects.toMatchObject({ codice: 'esito-non-ammesso', status: 422 })
    await expect(close(id, { esito: 'conclusione' })).rejects.toMatchObject({ codice: 'esito-non-ammesso' })
    // What arrives from others is never our final act.
    const ricevuto = await registra(protocollo, e, { tipologia: 'Provvedimento', voceId: e.voci.get('VI/3') ?? '' })
    await fileDocumento(capo, id, { documentoId: ricevuto.documentoId })
    expect((await verifyChiusura(capo, id, [])).avvisi.map((a) => a.codice)).toContain('senza-provvedimento-finale')
    await insertAtto(id)
    expect((await verifyChiusura(capo, id, [])).avvisi.map((a) => a.codice)).not.toContain('senza-provvedimento-finale')
    await close(id, { esito: 'provvedimento finale', motivoForzatura: 'Il provvedimento ricevuto resta al protocollo' })
    expect((await presentFascicoloById(capo, id)).esito).toBe('provvedimento finale')
  })

  it('lists an assignment nobody took in charge and closes in spite of it only with a reason', async () => {
    const { id } = await pronto(false)
    const { bloccanti, avvisi } = await verifyChiusura(capo, id, [])
    expect(bloccanti).toMatchObject([{ codice: 'assegnazione-aperta', forzabile: true }])
    expect(bloccanti[0]?.collegamento).toMatch(new RegExp(`^/${e.ente.slug}/protocollo/\\d{4}/\\d+$`, 'u'))
    expect(avvisi.map((a) => a.codice)).toEqual(['senza-provvedimento-finale', 'conservazione-da-definire'])
    await expect(close(id)).rejects.toMatchObject({ codice: 'chiusura-bloccata', campi: [{ campo: 'assegnazione-aperta' }] })
    await close(id, { motivoForzatura: 'Documento arrivato per errore' })
    expect((await presentFascicoloById(capo, id)).storia[0]).toMatchObject({
      azione: 'fascicolo-chiuso',
      motivo: 'Documento arrivato per errore',
    })
  })

  it('an empty fascicolo and what an upper room finds are never forced', async () => {
    const vuoto = await apri(capo, e)
    await expect(close(vuoto, { motivoForzatura: 'Comunque' })).rejects.toMatchObject({
      codice: 'chiusura-bloccata',
      campi: [{ campo: 'fascicolo-vuoto' }],
    })
    const { id } = await pronto()
    await expect(close(id, { motivoForzatura: 'Comunque' }, [metadati])).rejects.toMatchObject({
      codice: 'chiusura-bloccata',
      campi: [{ campo: 'metadati-mancanti' }],
    })
    expect((await presentFascicoloById(capo, id)).stato).toBe('APERTO')
  })

  it('refuses a stale version and who is not responsible', async () => {
    const { id } = await pronto()
    await expect(close(id, { versione: 99 })).rejects.toMatchObject({ codice: 'versione-superata', status: 409 })
    await expect(close(id, {}, [], addetto)).rejects.toMatchObject({ status: 403 })
    const scuola = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.scuola)).scope
    await expect(close(id, {}, [], scuola)).rejects.toMatchObject({ status: 404 })
  })

  it('a filing and a closing at the same time never leave a document added after the end', async () => {
    for (let i = 0; i < 5; i++) {
      const { id } = await pronto()
      const r = await registra(protocollo, e)
      const [filed, closed] = await Promise.allSettled([fileDocumento(capo, id, { documentoId: r.documentoId }), close(id)])
      const f = await presentFascicoloById(capo, id)
      expect(f.documenti).toHaveLength(filed.status === 'fulfilled' ? 2 : 1)
      // The closing saw one version: whatever came in between makes it start again.
      if (filed.status === 'fulfilled') expect(closed.status).toBe('rejected')
      else expect(f.stato).toBe('CHIUSO')
    }
  })
})

/** An act of ours that is not registered yet, in the fascicolo. */
async function insertAtto(fascicoloId: string): Promise<void> {
  await inTransaction(capo, async (tx) => {
    const documentoId = newId()
    const now = new Date().toISOString()
    await insertRows(tx, 'documento', [
      {
        id: documentoId,
        aoo_id: e.aooId,
        oggetto: 'Provvedimento di accoglimento',
        tipologia: 'Provvedimento',
        modalita_formazione: 'a',
        formazione: 'file',
        riservatezza: 'ORDINARIO',
        data_documento: null,
        versione: 1,
        voce_id: e.voci.get('VI/3/4'),
        creato_il: now,
      },
    ])
    await insertRows(tx, 'fascicolo_documento', [
      {
        id: newId(),
        fascicolo_id: fascicoloId,
        documento_id: documentoId,
        area: 'comune',
        principale: true,
        inserito_il: now,
        inserito_da: 'Prova',
        tolto_il: null,
      },
    ])
  })
}
