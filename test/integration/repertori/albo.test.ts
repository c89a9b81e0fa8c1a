import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { stampatricePdf } from '../../../server/adapters/stampa-pdf/index.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { addDays, romeDay } from '../../../server/kernel/time.ts'
import { adoptPredefiniti, registerRiga } from '../../../server/repertori/index.ts'
import { decideAnnullamento, listRichieste, requestAnnullamento } from '../../../server/repertori/service/annul.ts'
import { listRepertori } from '../../../server/repertori/service/configure.ts'
import { listPubblicazioni, publishRiga, withdrawPubblicazione, writeRelate } from '../../../server/repertori/service/publish.ts'
import { presentRigaById } from '../../../server/repertori/service/read.ts'
import type { RigaCompletaDto } from '../../../server/repertori/schema.ts'
import { createTestApp } from '../../support/app.ts'
import type { TestApp } from '../../support/app.ts'
import { buildPdf, createEnte, createOperatore, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { withClient } from '../../../server/kernel/db/connect.ts'

let t: TestApp
let e: EnteDiProva
let rgd: Scope
const oggi = romeDay(new Date())

beforeAll(async () => {
  t = await createTestApp()
  e = await createEnte(t.db.orm)
  rgd = (await createOperatore(t.db.orm, e, 'responsabileGestioneDocumentale', null, 'Marta')).scope
  await adoptPredefiniti(rgd)
})
afterAll(async () => await t.close())

/** A determinazione with an attachment that is not for everybody. */
async function atto(codice = 'DET', riservato = false): Promise<RigaCompletaDto> {
  const [uno, due] = await Promise.all([
    stage(rgd, t.ports.store, await buildPdf(`Atto ${newId()}`), 'atto.pdf'),
    stage(rgd, t.ports.store, await buildPdf(`Dati personali ${newId()}`), 'allegato-riservato.pdf'),
  ])
  const repertorioId = (await listRepertori(rgd)).find((r) => r.codice === codice)?.id ?? ''
  const { id } = await registerRiga(
    rgd,
    repertorioId,
    {
      oggetto: 'Contributo alle associazioni',
      formatore: 'Settore servizi alla persona',
      voceId: e.voci.get('VI/3') ?? '',
      dati: {},
      documento: { contenutoId: uno, nome: 'atto.pdf', descrizione: '', formazione: 'file' },
      allegati: [{ contenutoId: due, nome: 'allegato-riservato.pdf', descrizione: '' }],
      riservato,
      note: '',
    },
    newId(),
  )
  return await presentRigaById(rgd, id)
}

const input = (a: RigaCompletaDto, dal = oggi) => ({ dal, fileIds: [a.principale.id], richiedente: 'Settore servizi alla persona' })
const albo = async (): Promise<{ elementi: { id: string; etichetta: string; al: string; file: { id: string; nome: string }[] }[] }> =>
  (await t.http.get(`/api/v1/${e.ente.slug}/albo`).expect(200)).body as never

describe('albo pretorio', () => {
  it('anybody sees the act in course with only the files chosen, and can open them', async () => {
    const a = await atto()
    const key = newId()
    const p = await publishRiga(rgd, a.id, input(a), key)
    expect(p).toMatchObject({ atto: a.etichetta, dal: oggi, al: addDays(oggi, 15), stato: 'in corso' })
    expect((await publishRiga(rgd, a.id, input(a), key)).id).toBe(p.id)
    const shown = (await albo()).elementi.find((x) => x.id === p.id)
    expect(shown?.file.map((f) => f.nome)).toEqual(['atto.pdf'])
    const fileId = shown?.file[0]?.id ?? ''
    const bytes = await t.http.get(`/api/v1/${e.ente.slug}/albo/${p.id}/file/${fileId}`).expect(200)
    expect((bytes.body as Buffer).subarray(0, 4).toString()).toBe('%PDF')
    // The act's own files keep their door closed.
    await t.http.get(`/api/v1/${e.ente.slug}/albo/${p.id}/file/${a.allegati[0]?.id ?? ''}`).expect(404)
    await expect(publishRiga(rgd, a.id, input(a), newId())).rejects.toMatchObject({ status: 409, codice: 'atto-gia-pubblicato' })
  })

  it('refuses riservati, annulled acts, repertories that do not publish, a start in the past, files of another act', async () => {
    const riservata = await atto('DET', true)
    await expect(publishRiga(rgd, riservata.id, input(riservata), newId())).rejects.toMatchObject({ codice: 'atto-non-pubblicabile' })
    const annullata = await atto()
    await requestAnnullamento(rgd, annullata.id, 'File sbagliato')
    const richiesta = (await listRichieste(rgd)).find((r) => r.riga.id === annullata.id)
    await decideAnnullamento(rgd, richiesta?.id ?? '', { esito: 'autorizzato', numero: '3', data: '2026-01-02', nota: '' })
    await expect(publishRiga(rgd, annullata.id, input(annullata), newId())).rejects.toMatchObject({ codice: 'atto-non-pubblicabile' })
    const decreto = await atto('DECS')
    await expect(publishRiga(rgd, decreto.id, input(decreto), newId())).rejects.toMatchObject({ codice: 'atto-non-pubblicabile' })
    const buona = await atto()
    await expect(publishRiga(rgd, buona.id, input(buona, addDays(oggi, -1)), newId())).rejects.toMatchObject({ status: 400 })
    await expect(publishRiga(rgd, buona.id, { ...input(buona), fileIds: [decreto.principale.id] }, newId())).rejects.toMatchObject({
      status: 400,
    })
  })

  it('a publication of tomorrow is not shown today; a withdrawn one disappears and keeps number and reason', async () => {
    const domani = await atto()
    const futura = await publishRiga(rgd, domani.id, input(domani, addDays(oggi, 1)), newId())
    const a = await atto()
    const p = await publishRiga(rgd, a.id, input(a), newId())
    await withdrawPubblicazione(rgd, p.id, 'Dato personale nel testo')
    const shown = (await albo()).elementi.map((x) => x.id)
    expect(shown).not.toContain(futura.id)
    expect(shown).not.toContain(p.id)
    expect((await listPubblicazioni(rgd)).find((x) => x.id === p.id)).toMatchObject({
      stato: 'ritirata',
      motivoRitiro: 'Dato personale nel testo',
      etichetta: p.etichetta,
    })
    await expect(withdrawPubblicazione(rgd, p.id, 'Di nuovo')).rejects.toMatchObject({ codice: 'pubblicazione-conclusa' })
    // Withdrawn, the act may be published again with another number.
    const again = await publishRiga(rgd, a.id, input(a), newId())
    expect(again.etichetta).not.toBe(p.etichetta)
  })

  it('the relata is made once when the publication has ended, and is a PDF that says its dates', async () => {
    const a = await atto()
    const p = await publishRiga(rgd, a.id, input(a), newId())
    const ports = { store: t.ports.store, stampa: stampatricePdf } as unknown as Ports
    await writeRelate(rgd, ports)
    const relataOf = async (): Promise<string | null> =>
      (
        await query<{ id: string | null }>(rgd, 'select relata_contenuto_id as id from pubblicazione where ente_id = $1 and id = $2', [
          e.ente.id,
          p.id,
        ])
      )[0]?.id ?? null
    expect(await relataOf()).toBeNull()
    // Sixteen days pass: the dates are moved back by the owner, the only one who can.
    await withClient(t.db.ownerUrl, async (c) => {
      await c.query(`update pubblicazione set dal = dal - 20, al = al - 20 where id = $1`, [p.id])
    })
    await writeRelate(rgd, ports)
    const first = await relataOf()
    expect(first).not.toBeNull()
    await writeRelate(rgd, ports)
    expect(await relataOf()).toBe(first)
    const marta = await t.loginAs({ profili: ['responsabileGestioneDocumentale'], ente: e.ente })
    const pdf = await t.http.get(`/api/v1/${e.ente.slug}/pubblicazioni/${p.id}/relata.pdf`).set(marta.headers).expect(200)
    expect((pdf.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-')
    expect((await albo()).elementi.map((x) => x.id)).not.toContain(p.id)
  })
})
