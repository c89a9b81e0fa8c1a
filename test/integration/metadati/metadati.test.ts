import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readDai } from '../../../metadata-schemas/allegato5/index.ts'
import { compileSchema } from '../../../metadata-schemas/xml/index.ts'
import { verifyChiusura } from '../../../server/fascicoli/index.ts'
import type { FileReply, Ports } from '../../../server/kernel/endpoint.ts'
import { query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { buildAgg, buildDai, checkMetadatiChiusura, metadatiEndpoints } from '../../../server/metadati/index.ts'
import type { MetadatiDto } from '../../../server/metadati/index.ts'
import { apriFascicolo, chiudiFascicolo, createStrada, registra } from '../../support/conservazione.ts'
import type { Strada } from '../../support/conservazione.ts'
import { createEnte, createOperatore, readAll } from '../../support/factories.ts'
import { itWithMateriali, materiale } from '../../support/materiali.ts'

let s: Strada

beforeAll(async () => {
  s = await createStrada()
}, 60_000)
afterAll(async () => await s.close())

const official = (nome: string) => compileSchema(nome, readFileSync(materiale('schemas', 'allegato5', nome), 'utf8'))

/** Calls an endpoint of this room as the router would, past the permission. */
async function call(scope: Scope, suffix: string, id: string): Promise<unknown> {
  const found = metadatiEndpoints.find((e) => e.path.endsWith(suffix))
  if (found === undefined) throw new Error(`no endpoint ${suffix}`)
  const input = { params: { ente: scope.ente.slug, id }, query: undefined, body: undefined, idempotencyKey: '' }
  return await found.handler(scope, input, {} as Ports)
}

describe('metadata of a registration', () => {
  it('R50 until it is filed they are incomplete and say what to do; the file is refused with the rule', async () => {
    const r = await registra(s)
    const dto = (await call(s.capo, 'registrazioni/:id/metadati', r.id)) as MetadatiDto
    expect(dto).toMatchObject({ xml: null, completo: false })
    expect(dto.esiti.filter((e) => e.gravita === 'errore')).toMatchObject([
      { regola: 'R50', messaggio: expect.stringContaining('Inserisci il documento in un fascicolo') },
    ])
    await expect(call(s.capo, 'registrazioni/:id/metadati.xml', r.id)).rejects.toMatchObject({
      status: 422,
      codice: 'metadati-non-emettibili',
      campi: [{ campo: 'R50 Agg' }],
    })
  })

  it('once filed they hold number, digest of the stored file, formation mode and the whole classification', async () => {
    const r = await registra(s, { riservatezza: 'RISERVATO' })
    await apriFascicolo(s, [r.documentoId])
    const file = (await call(s.rgd, 'registrazioni/:id/metadati.xml', r.id)) as FileReply
    const xml = (await readAll(file.stream)).toString('utf8')
    const { modello } = readDai(xml)
    expect(modello.idDoc.impronta.valore).toBe(Buffer.from(r.sha256, 'hex').toString('base64'))
    expect(modello).toMatchObject({
      modalita: 'b',
      flusso: 'E',
      riservato: true,
      nome: 'Istanza di accesso.pdf',
      registro: { tipo: 'protocollo', codiceRegistro: 'PG' },
    })
    expect(modello.classificazione.descrizione.split(' / ')).toHaveLength(3)
    const letti = await query<{ azione: string }>(
      s.rgd,
      `select azione from evento_audit where ente_id = $1 and documento_id = $2 and azione = 'metadati-letti'`,
      [s.e.ente.id, r.documentoId],
    )
    expect(letti).toHaveLength(1)
  })

  it('who may not see the registration gets the same answer as for one that does not exist', async () => {
    const r = await registra(s)
    const { scope: scuola } = await createOperatore(s.db.orm, s.e, 'addettoUor', s.e.uffici.scuola)
    await expect(call(scuola, 'registrazioni/:id/metadati', r.id)).rejects.toMatchObject({ status: 404 })
    const altro = await createEnte(s.db.orm)
    const { scope } = await createOperatore(s.db.orm, altro, 'responsabileGestioneDocumentale')
    await expect(call(scope, 'registrazioni/:id/metadati.xml', r.id)).rejects.toMatchObject({ status: 404 })
    await expect(buildDai(scope, r.documentoId)).rejects.toMatchObject({ status: 404 })
  })
})

describe('metadata of a fascicolo', () => {
  it('follow its life: open without closing date, closed with it, always with its documents', async () => {
    const r = await registra(s)
    const id = await apriFascicolo(s, [r.documentoId])
    const open = (await call(s.capo, 'fascicoli/:id/metadati', id)) as MetadatiDto
    expect(open.completo).toBe(true)
    expect(open.xml).not.toContain('DataChiusura')
    await chiudiFascicolo(s, id)
    const closed = await buildAgg(s.capo, id)
    expect(closed.xml).toMatch(/<DataChiusura>\d{4}-\d{2}-\d{2}<\/DataChiusura>/u)
    expect(closed.xml).toContain(r.documentoId)
  })

  it('are hidden from who sees only its frame', async () => {
    const r = await registra(s, { riservatezza: 'RISERVATO' })
    const id = await apriFascicolo(s, [r.documentoId])
    const { scope: rdc } = await createOperatore(s.db.orm, s.e, 'responsabileConservazione')
    await expect(call(rdc, 'fascicoli/:id/metadati', id)).rejects.toMatchObject({ codice: 'metadati-riservati' })
    const { scope: scuola } = await createOperatore(s.db.orm, s.e, 'addettoUor', s.e.uffici.scuola)
    await expect(call(scuola, 'fascicoli/:id/metadati.xml', id)).rejects.toMatchObject({ status: 404 })
  })

  it('an empty fascicolo has none yet', async () => {
    const id = await apriFascicolo(s, [])
    await expect(call(s.capo, 'fascicoli/:id/metadati.xml', id)).rejects.toMatchObject({ campi: [{ campo: 'R94 IndiceDocumenti' }] })
    expect((await verifyChiusura(s.capo, id, [checkMetadatiChiusura])).bloccanti.map((b) => b.codice)).toEqual(['fascicolo-vuoto'])
  })

  it('a complete one passes the metadata check before closing', async () => {
    const r = await registra(s)
    const id = await apriFascicolo(s, [r.documentoId])
    expect(await checkMetadatiChiusura(s.capo, { id, slug: 'x' })).toEqual({ bloccanti: [], avvisi: [] })
  })
})

itWithMateriali('DAI and AGG of live rows obey the official schemas', async () => {
  const pai = {
    tipo: 'PAI',
    denominazione: 'Provincia di Valombrosa',
    codiceIpa: 'p_x902',
    codiceAoo: 'AX90201',
    indirizzoDigitale: 'protocollo@provincia.example',
  } as const
  const r = await registra(s, {
    mittenti: [pai, { tipo: 'PG', denominazione: 'Cooperativa Mulini', codiceFiscalePartitaIva: '01234567897' }],
  })
  const id = await apriFascicolo(s, [r.documentoId], { amministrazioniPartecipanti: [pai] })
  const dai = await buildDai(s.capo, r.documentoId)
  const agg = await buildAgg(s.capo, id)
  expect(official('DocumentoAmministrativoInformatico.xsd').validate(dai.xml ?? '')).toEqual({ valido: true, errori: [] })
  expect(official('AggregazioneDocumentaliInformatiche.xsd').validate(agg.xml ?? '')).toEqual({ valido: true, errori: [] })
  expect(agg.xml).toContain('Amministrazione Partecipante')
})
