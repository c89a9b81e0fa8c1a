import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readDai } from '../../../metadata-schemas/allegato5/index.ts'
import { compileSchema } from '../../../metadata-schemas/xml/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { adoptPredefiniti, registerRiga } from '../../../server/repertori/index.ts'
import { listRepertori } from '../../../server/repertori/service/configure.ts'
import { createTestApp } from '../../support/app.ts'
import type { TestApp } from '../../support/app.ts'
import { buildPdf, createEnte, createOperatore, stage } from '../../support/factories.ts'
import { itWithMateriali, materiale } from '../../support/materiali.ts'

let t: TestApp
let xml = ''
let esiti: { regola: string; gravita: string }[] = []

beforeAll(async () => {
  t = await createTestApp()
  const e = await createEnte(t.db.orm)
  const rgd = (await createOperatore(t.db.orm, e, 'responsabileGestioneDocumentale', null, 'Marta')).scope
  await adoptPredefiniti(rgd)
  const repertorioId = (await listRepertori(rgd)).find((r) => r.codice === 'DET')?.id ?? ''
  const contenutoId = await stage(rgd, t.ports.store, await buildPdf(), 'determina.pdf')
  const { id } = await registerRiga(
    rgd,
    repertorioId,
    {
      oggetto: 'Affidamento del servizio di pulizia',
      formatore: 'Settore lavori pubblici',
      voceId: e.voci.get('VI/3') ?? '',
      dati: { importo: '1200,00' },
      documento: { contenutoId, nome: 'determina.pdf', descrizione: '', formazione: 'file' },
      allegati: [],
      riservato: false,
      note: '',
    },
    newId(),
  )
  const marta = await t.loginAs({ profili: ['responsabileGestioneDocumentale'], ente: e.ente })
  const path = `/api/v1/${e.ente.slug}/righe-repertorio/${id}/metadati`
  esiti = (await t.http.get(path).set(marta.headers).expect(200)).body.esiti as typeof esiti
  xml = (await t.http.get(`${path}.xml`).set(marta.headers).expect(200)).text
})
afterAll(async () => await t.close())

describe('Allegato 5 metadata of an act in a repertory', () => {
  it('REQ-PROT-111 R11 the DAI names the repertory and its number, has no segnatura and every blocking rule holds', () => {
    const { modello } = readDai(xml)
    expect(modello.registro).toMatchObject({ tipo: 'repertorio', codiceRegistro: 'DET', numero: '1' })
    expect(modello.idDoc).not.toHaveProperty('segnatura', expect.stringMatching(/./u))
    expect(xml).not.toContain('<Segnatura>')
    expect(modello.aggregazioni).toMatchObject([{ tipo: 'Serie Documentale' }])
    expect(esiti.filter((e) => e.gravita === 'errore')).toEqual([])
  })

  itWithMateriali('REQ-PROT-111 the published schema of the document accepts it', () => {
    const nome = 'DocumentoAmministrativoInformatico.xsd'
    const schema = compileSchema(nome, readFileSync(materiale('schemas', 'allegato5', nome), 'utf8'))
    expect(schema.validate(xml)).toEqual({ valido: true, errori: [] })
  })
})
