import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { fileDocumento, presentFascicoloById } from '../../../server/fascicoli/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inReadTransaction, query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { emitDocumento } from '../../../server/metadati/index.ts'
import { findDocumentiFatti } from '../../../server/metadati/repository.ts'
import { adoptPredefiniti, findDocumentoRepertorio, presentRigaById, registerRiga } from '../../../server/repertori/index.ts'
import { listRepertori } from '../../../server/repertori/service/configure.ts'
import type { RigaCompletaDto } from '../../../server/repertori/schema.ts'
import { createTestApp } from '../../support/app.ts'
import type { TestApp } from '../../support/app.ts'
import { buildPdf, createEnte, createOperatore, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { apri } from '../../support/fascicoli.ts'

let t: TestApp
let e: EnteDiProva
let capo: Scope
let estraneo: Scope

beforeAll(async () => {
  t = await createTestApp()
  e = await createEnte(t.db.orm)
  const rgd = (await createOperatore(t.db.orm, e, 'responsabileGestioneDocumentale', null, 'Marta')).scope
  capo = (await createOperatore(t.db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  estraneo = (await createOperatore(t.db.orm, e, 'addettoUor', e.uffici.scuola, 'Sandra')).scope
  await adoptPredefiniti(rgd)
})
afterAll(async () => await t.close())

async function atto(voce = 'VI/3', riservato = false): Promise<RigaCompletaDto> {
  const repertorioId = (await listRepertori(capo)).find((r) => r.codice === 'DET')?.id ?? ''
  const contenutoId = await stage(capo, t.ports.store, await buildPdf(`Determina ${newId()}`), 'determina.pdf')
  const { id } = await registerRiga(
    capo,
    repertorioId,
    {
      oggetto: 'Affidamento dei rilievi',
      formatore: 'Settore edilizia',
      voceId: e.voci.get(voce) ?? newId(),
      dati: {},
      documento: { contenutoId, nome: 'determina.pdf', descrizione: '', formazione: 'file' },
      allegati: [],
      riservato,
      note: '',
    },
    newId(),
  )
  return await presentRigaById(capo, id)
}

describe('a document that is not registered in the protocol', () => {
  it('REQ-PROT-014 is classified when it is born and cannot be without a class', async () => {
    const a = await atto()
    expect(a.voce.codice).toBe('VI/3')
    const history = await query<{ motivo: string }>(
      capo,
      'select motivo from classificazione where ente_id = $1 and documento_id = $2 and al is null',
      [e.ente.id, a.documentoId],
    )
    expect(history).toEqual([{ motivo: 'Prima classificazione' }])
    await expect(atto('nessuna')).rejects.toMatchObject({ campi: [expect.objectContaining({ campo: 'voceId' })] })
  })

  it('REQ-PROT-014 goes into a fascicolo, takes its sottoclasse with history, and its file opens from there', async () => {
    const a = await atto()
    const fascicoloId = await apri(capo, e)
    await fileDocumento(capo, fascicoloId, { documentoId: a.documentoId }, [findDocumentoRepertorio])
    const f = await presentFascicoloById(capo, fascicoloId)
    const filed = f.documenti.find((d) => d.documentoId === a.documentoId)
    expect(filed).toMatchObject({ registrazione: null, oggetto: 'Affidamento dei rilievi', leggibile: true })
    expect((await presentRigaById(capo, a.id)).voce.codice).toBe(f.voce.codice)
    const edda = await t.loginAs({ profili: ['responsabileUor'], ente: e.ente, ufficioId: e.uffici.edilizia })
    const path = `/api/v1/${e.ente.slug}/fascicoli/${fascicoloId}/documenti/${a.documentoId}/file/${a.principale.id}`
    const file = await t.http.get(path).set(edda.headers).expect(200)
    expect((file.body as Buffer).subarray(0, 4).toString()).toBe('%PDF')
    const sandra = await t.loginAs({ profili: ['addettoUor'], ente: e.ente, ufficioId: e.uffici.scuola })
    await t.http.get(path).set(sandra.headers).expect(404)
  })

  it('REQ-PROT-014 has its metadata in the fascicolo too: the repertory as its series, the fascicolo beside it, no blocking rule', async () => {
    const a = await atto()
    const fascicoloId = await apri(capo, e)
    await fileDocumento(capo, fascicoloId, { documentoId: a.documentoId }, [findDocumentoRepertorio])
    const [fatti] = await inReadTransaction(capo, async (s) => await findDocumentiFatti(s, [a.documentoId]))
    if (fatti === undefined) throw new Error('no facts')
    const esito = emitDocumento(fatti, new Date().toISOString().slice(0, 10))
    expect(esito.esiti.filter((x) => x.gravita === 'errore')).toEqual([])
    expect(esito.xml).toContain('Serie Documentale')
    expect(esito.xml).toContain((await presentFascicoloById(capo, fascicoloId)).codice)
  })

  it('who may not see it does not file it, and without the room that answers for it nobody does', async () => {
    const a = await atto('VI/3', true)
    expect(await findDocumentoRepertorio(estraneo, a.documentoId)).toBeNull()
    const fascicoloId = await apri(capo, e)
    await expect(fileDocumento(capo, fascicoloId, { documentoId: a.documentoId })).rejects.toMatchObject({ status: 404 })
  })
})
