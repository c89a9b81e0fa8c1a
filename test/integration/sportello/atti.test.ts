import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { presentFascicoloById } from '../../../server/fascicoli/index.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import type { PraticaDto } from '../../../server/sportello/index.ts'
import { createTestApp } from '../../support/app.ts'
import type { Accesso, TestApp } from '../../support/app.ts'
import { writeAnnullamento, writeRettifica } from '../../support/atti.ts'
import { createEnte, createOperatore } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { apri, ortensia, registra, store } from '../../support/fascicoli.ts'

let t: TestApp
let e: EnteDiProva
let rgd: Scope
let capo: Scope
let lei: Accesso

beforeAll(async () => {
  t = await createTestApp({ ports: { store } })
  e = await createEnte(t.db.orm)
  rgd = (await createOperatore(t.db.orm, e, 'responsabileGestioneDocumentale', null, 'Marta')).scope
  capo = (await createOperatore(t.db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  lei = await t.loginAs({ cittadino: { nome: 'Ortensia Ventaglio', codiceFiscale: ortensia.codiceFiscale } })
})
afterAll(async () => await t.close())

async function pratica(): Promise<{ registrazioneId: string; oggetto: string; read: () => Promise<PraticaDto> }> {
  const r = await registra((await createOperatore(t.db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope, e)
  const id = await apri(capo, e, { documentoId: r.documentoId })
  const f = await presentFascicoloById(capo, id)
  return {
    registrazioneId: r.id,
    oggetto: f.documenti[0]?.oggetto ?? '',
    read: async () =>
      (await t.http.get(`/sportello/v1/${e.ente.slug}/fascicoli/${f.slug}`).set(lei.headers).expect(200)).body as PraticaDto,
  }
}

describe('what the citizen sees of corrections and annulments', () => {
  it('REQ-PROT-045 the corrected oggetto is the one shown', async () => {
    const p = await pratica()
    expect((await p.read()).documenti[0]).toMatchObject({ oggetto: p.oggetto, annullamento: null })
    await writeRettifica(rgd, p.registrazioneId, p.oggetto, 'Richiesta di accesso, oggetto corretto')
    expect((await p.read()).documenti[0]?.oggetto).toBe('Richiesta di accesso, oggetto corretto')
  })

  it('REQ-PROT-048 an annulled registration stays in the fascicolo, legible, with its number, the mark and the provvedimento, without the operator', async () => {
    const p = await pratica()
    const before = (await p.read()).documenti[0]
    await writeAnnullamento(rgd, p.registrazioneId)
    const after = (await p.read()).documenti[0]
    expect(after).toMatchObject({ oggetto: p.oggetto, protocollo: before?.protocollo, file: before?.file })
    expect(after?.annullamento).toMatch(/^ANNULLATO il \d{2}\/\d{2}\/\d{4} – provv\. n\. 12\/2026 del 03\/02\/2026$/u)
    expect(JSON.stringify(after)).not.toContain(rgd.attore.nome)
  })
})
