import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readDi, validateAgg, validateDi, writeModello } from '../../../metadata-schemas/allegato5/index.ts'
import { fileDocumento } from '../../../server/fascicoli/index.ts'
import { nuovoCartaceo } from '../../../server/fascicoli/schema-vita.ts'
import { addCartaceo } from '../../../server/fascicoli/service/aggiungi.ts'
import { openParte } from '../../../server/fascicoli/service/parti.ts'
import type { FileReply, Ports } from '../../../server/kernel/endpoint.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { buildAgg, buildDai, metadatiEndpoints } from '../../../server/metadati/index.ts'
import type { MetadatiDto } from '../../../server/metadati/index.ts'
import { importazioneMetadatiIn } from '../../../server/metadati/importa/schema.ts'
import { importMetadati, listImportati, openImportato, readImportato, verifyMetadati } from '../../../server/metadati/importa/servizio.ts'
import { readServizio, writeServizio } from '../../../server/metadati/impostazioni.ts'
import { filtriDaCompletare, servizioIn } from '../../../server/metadati/schema.ts'
import type { DaCompletareDto } from '../../../server/metadati/schema.ts'
import { listDaCompletare } from '../../../server/metadati/valutazione/elenco.ts'
import { judgeChanged } from '../../../server/metadati/valutazione/valuta.ts'
import { apriFascicolo, createStrada, registra } from '../../support/conservazione.ts'
import type { Strada } from '../../support/conservazione.ts'
import { createOperatore, readAll, stage } from '../../support/factories.ts'
import { daiEstraneo, fileNonRegistrato } from '../../support/metadati.ts'
import { buildZip } from '../../support/storico.ts'
import { CAMPIONI } from '../../unit/metadata-schemas/allegato5-samples.ts'

let s: Strada

beforeAll(async () => {
  s = await createStrada()
}, 60_000)
afterAll(async () => await s.close())

async function call(scope: Scope, suffix: string, params: Record<string, string>): Promise<unknown> {
  const found = metadatiEndpoints.find((e) => e.path.endsWith(suffix))
  if (found === undefined) throw new Error(`no endpoint ${suffix}`)
  const input = { params: { ente: scope.ente.slug, ...params }, query: undefined, body: undefined, idempotencyKey: '' }
  return await found.handler(scope, input, { store: s.store } as unknown as Ports)
}

const list = async (scope: Scope, filtri: Record<string, string> = {}): Promise<DaCompletareDto> =>
  await listDaCompletare(scope, filtriDaCompletare.parse({ perPagina: '100', ...filtri }))

describe('documents in no register', () => {
  it('R20 R40 R75 a file of a fascicolo that nobody registered has a DI: no register, classified, in its fascicolo', async () => {
    const id = await apriFascicolo(s, [])
    const documentoId = await fileNonRegistrato(s.capo, s.store, id, 'Appunto sul sopralluogo')
    const dto = (await call(s.capo, 'documenti/:documentoId/metadati', { id, documentoId })) as MetadatiDto
    expect(dto).toMatchObject({ profilo: 'DI', completo: true })
    expect(validateDi(dto.xml ?? '').errori).toEqual([])
    const file = (await call(s.capo, 'documenti/:documentoId/metadati.xml', { id, documentoId })) as FileReply
    const { modello } = readDi((await readAll(file.stream)).toString('utf8'))
    expect(modello.registro).toMatchObject({ tipo: 'nessuno' })
    expect(modello.soggetti.map((uno) => uno.ruolo)).toContain('Autore')
    expect(modello.aggregazioni).toHaveLength(1)
    const agg = await buildAgg(s.capo, id)
    expect(agg.xml).toContain(`<Documentoinformatico>`)
  })

  it('a registered document has no DI, and who does not see the fascicolo finds nothing', async () => {
    const r = await registra(s)
    const id = await apriFascicolo(s, [r.documentoId])
    await expect(call(s.capo, 'documenti/:documentoId/metadati', { id, documentoId: r.documentoId })).rejects.toMatchObject({ status: 404 })
    const nota = await fileNonRegistrato(s.capo, s.store, id, 'Nota')
    const { scope: scuola } = await createOperatore(s.db.orm, s.e, 'addettoUor', s.e.uffici.scuola)
    await expect(call(scuola, 'documenti/:documentoId/metadati', { id, documentoId: nota })).rejects.toMatchObject({ status: 404 })
  })
})

describe('aggregations from live rows', () => {
  it('REQ-FASC-024 R84 R85 a part of a fascicolo names what it is in and where its paper is', async () => {
    const r = await registra(s)
    const padre = await apriFascicolo(s, [], {})
    const { id } = await openParte(s.capo, padre, { oggetto: 'Tavole' }, newId())
    await fileDocumento(s.capo, id, { documentoId: r.documentoId })
    const carta = {
      oggetto: 'Tavola A0',
      tipologia: 'Disegno',
      consistenza: '1 tavola',
      posizioneFisica: 'Archivio di deposito, scaffale 4',
    }
    await addCartaceo(s.capo, id, nuovoCartaceo.parse(carta))
    const dto = await buildAgg(s.capo, id)
    expect(dto.esiti.filter((esito) => esito.gravita === 'errore')).toEqual([])
    expect(validateAgg(dto.xml ?? '').errori).toEqual([])
    expect(dto.xml).toContain('scaffale 4</PosizioneFisicaAggregazioneDocumentale>')
    expect(dto.xml).toMatch(/<IdAggPrimario>\s*<TipoAggregazione>Fascicolo/u)
    expect(dto.esiti.map((esito) => esito.regola)).not.toContain('R86')
  })

  it('R86 R89 keywords, notes, every handover and the phases are told', async () => {
    const r = await registra(s)
    const id = await apriFascicolo(s, [r.documentoId], { paroleChiave: ['accesso', 'edilizia'], note: 'Tavole fuori formato' })
    const dto = await buildAgg(s.capo, id)
    expect(dto.xml).toContain('<ParoleChiave>accesso</ParoleChiave>')
    expect(dto.xml).toContain('Tavole fuori formato')
    expect(dto.xml).toContain('<TipoAssegnazioneRuolo>Per Competenza</TipoAssegnazioneRuolo>')
    expect(dto.xml).toContain('<Fase>Istruttoria</Fase>')
    const regole = dto.esiti.map((esito) => esito.regola)
    expect(regole).not.toContain('R86')
    expect(regole).not.toContain('R89')
  })
})

describe('what is still to be completed', () => {
  it('follows what happens: listed with rule and repair while it is not filed, gone when it is; the counts are the lists', async () => {
    const r = await registra(s)
    await judgeChanged(s.lavori)
    await judgeChanged(s.lavori)
    const before = await list(s.rgd, { tipo: 'documento' })
    const row = before.elementi.find((one) => one.id === r.documentoId)
    expect(row).toMatchObject({ profilo: 'DAI', completo: false })
    expect(row?.punteggio).toBeLessThan(100)
    const finding = row?.esiti.find((esito) => esito.regola === 'R50')
    expect(finding?.riparazione).toEqual({ campo: 'Fascicoli', pagina: expect.stringMatching(/\/protocollo\/\d+\/\d+\?apri=fascicola$/u) })
    for (const { regola, quanti } of before.perRegola) expect((await list(s.rgd, { tipo: 'documento', regola })).totale).toBe(quanti)
    for (const { id, quanti } of before.perUfficio) {
      if (id !== null) expect((await list(s.rgd, { tipo: 'documento', ufficio: id })).totale).toBe(quanti)
    }
    expect(await call(s.capo, 'registrazioni/:id/metadati/stato', { id: r.id })).toMatchObject({
      valutazione: { completo: false, manca: ['Fascicoli'] },
    })
    const id = await apriFascicolo(s, [r.documentoId])
    await judgeChanged(s.lavori)
    expect(await call(s.capo, 'registrazioni/:id/metadati/stato', { id: r.id })).toMatchObject({ valutazione: { completo: true } })
    expect(await call(s.capo, 'fascicoli/:id/metadati/stato', { id })).toMatchObject({ id, valutazione: { completo: true } })
    expect((await list(s.rgd)).elementi.map((one) => one.id)).not.toContain(r.documentoId)
  })

  it('never lists or counts what a person may not read', async () => {
    const riservato = await registra(s, { riservatezza: 'RISERVATO' })
    const ordinario = await registra(s)
    await judgeChanged(s.lavori)
    const { scope: addetto } = await createOperatore(s.db.orm, s.e, 'addettoUor', s.e.uffici.edilizia)
    const { scope: scuola } = await createOperatore(s.db.orm, s.e, 'addettoUor', s.e.uffici.scuola)
    const ids = async (scope: Scope): Promise<string[]> => (await list(scope)).elementi.map((one) => one.id)
    expect(await ids(addetto)).toContain(ordinario.documentoId)
    expect(await ids(addetto)).not.toContain(riservato.documentoId)
    expect(await ids(scuola)).toEqual([])
    const mine = await list(scuola)
    expect(mine).toMatchObject({ totale: 0, perRegola: [], perUfficio: [], media: null })
  })

  it('a second run judges nothing again', async () => {
    await judgeChanged(s.lavori)
    const at = async (): Promise<unknown> =>
      await query(s.rgd, 'select max(valutato_il) as m, count(*)::int as n from metadati_valutazione where ente_id = $1', [s.e.ente.id])
    const first = await at()
    await judgeChanged(s.lavori)
    expect(await at()).toEqual(first)
  })
})

describe('the preservation service', () => {
  it('R60 R95 chooses bounds and permanent retention, and every emission follows', async () => {
    expect(await readServizio(s.rgd)).toMatchObject({ schemi: '9999', permanente: 9999 })
    const scelta = { denominazione: 'Servizio di prova', schemi: '4999', permanente: 9999, soloFascicoli: true }
    await expect(writeServizio(s.rgd, servizioIn.parse(scelta))).rejects.toMatchObject({ campi: [{ campo: 'permanente' }] })
    await expect(writeServizio(s.rgd, servizioIn.parse({ ...scelta, permanente: 4999, gravita: { R10: 'W' } }))).rejects.toMatchObject({
      campi: [{ campo: 'gravita.R10' }],
    })
    const r = await registra(s)
    const id = await apriFascicolo(s, [r.documentoId])
    await query(s.rgd, 'update fascicolo set conservazione_anni = 9999 where ente_id = $1 and id = $2', [s.e.ente.id, id])
    expect((await buildAgg(s.capo, id)).xml).toContain('<TempoDiConservazione>9999<')
    await writeServizio(s.rgd, servizioIn.parse({ ...scelta, permanente: 4999 }))
    const agg = (await buildAgg(s.capo, id)).xml ?? ''
    expect(agg).toContain('<TempoDiConservazione>4999<')
    expect(validateAgg(agg, '4999').valido).toBe(true)
    await writeServizio(s.rgd, servizioIn.parse({ ...scelta, permanente: null }))
    expect((await buildAgg(s.capo, id)).xml).not.toContain('TempoDiConservazione')
    await writeServizio(s.rgd, servizioIn.parse({ ...scelta, schemi: '9999', permanente: 9999, soloFascicoli: false }))
  })
})

describe('metadata files of another system', () => {
  const upload = async (testo: string | Buffer, nome = 'metadati.xml'): Promise<string> =>
    await stage(s.rgd, s.store, Buffer.from(testo), nome)

  it('the dry run tells profile, leniencies, faults at the field and the record of ours; nothing is written', async () => {
    const r = await registra(s)
    const dai = await buildDai(s.rgd, r.documentoId)
    expect(dai.xml).toBeNull()
    const id = await apriFascicolo(s, [r.documentoId])
    const nostro = (await buildDai(s.rgd, r.documentoId)).xml ?? ''
    const agg = (await buildAgg(s.rgd, id)).xml ?? ''
    const leniente = daiEstraneo().replace('<Riservato>false<', '<Riservato>NO<')
    const zip = buildZip({ 'uno.xml': nostro, 'due.xml': agg, 'leggimi.txt': 'x' })
    const esito = await verifyMetadati(
      s.rgd,
      [await upload(zip, 'lotto.zip'), await upload(leniente), await upload('<Altro/>', 'altro.xml')],
      s.store,
    )
    const byNome = new Map(esito.istanze.map((uno) => [uno.nome, uno]))
    expect(byNome.get('uno.xml')).toMatchObject({ profilo: 'DAI', errori: [], collegamento: { tipo: 'documento', id: r.documentoId } })
    expect(byNome.get('due.xml')).toMatchObject({ profilo: 'AGG', errori: [], collegamento: { tipo: 'fascicolo', id } })
    const letto = byNome.get('metadati.xml')
    expect(letto?.tolleranze.map((una) => una.percorso)).toEqual(['Riservato'])
    expect(letto?.errori).toEqual([{ percorso: 'Riservato', riga: expect.any(Number), messaggio: expect.stringContaining('«NO»') }])
    expect(byNome.get('altro.xml')).toMatchObject({ leggibile: false, profilo: null })
    expect(esito).toMatchObject({ importabili: 3, daAccettare: 1 })
    expect((await listImportati(s.rgd, { pagina: 1, perPagina: 10 })).totale).toBe(0)
  })

  it('are kept as they came, with report, reason and link, once; the file can never change', async () => {
    const xml = daiEstraneo({ oggetto: 'Concessione di loculo' }).replace(/<Segnatura>.*<\/Segnatura>/u, '')
    const contenuti = [await upload(xml, 'concessione.xml')]
    const senza = importazioneMetadatiIn.parse({ contenuti, provenienza: 'Protocollo di Roccapallida' })
    await expect(importMetadati(s.rgd, senza, newId(), s.store)).rejects.toMatchObject({ codice: 'accettazione-mancante' })
    const input = { ...senza, accettazione: 'Il vecchio sistema non scriveva la segnatura.' }
    const chiave = newId()
    const made = await importMetadati(s.rgd, input, chiave, s.store)
    expect(made.elementi).toMatchObject([{ profilo: 'DAI', oggetto: 'Concessione di loculo', collegamento: null }])
    expect((await importMetadati(s.rgd, input, chiave, s.store)).elementi[0]?.id).toBe(made.elementi[0]?.id)
    await expect(importMetadati(s.rgd, input, newId(), s.store)).rejects.toMatchObject({ codice: 'nulla-da-importare' })
    const id = made.elementi[0]?.id ?? ''
    const letto = await readImportato(s.rgd, id, s.store)
    expect(letto).toMatchObject({ accettazione: input.accettazione, xml })
    expect(letto.rapporto.esiti.map((esito) => esito.regola)).toContain('R10')
    expect((await readAll((await openImportato(s.rgd, id, s.store)).stream)).toString('utf8')).toBe(xml)
    await expect(query(s.rgd, 'update metadati_importati set oggetto = $2 where ente_id = $1', [s.e.ente.id, 'x'])).rejects.toThrow()
  })

  it('of every profile are read, the six samples of the library too', async () => {
    const zip = buildZip(Object.fromEntries(Object.entries(CAMPIONI).map(([nome, modello]) => [`${nome}.xml`, writeModello(modello)])))
    const { istanze } = await verifyMetadati(s.rgd, [await upload(zip, 'campioni.zip')], s.store)
    expect(istanze.map((una) => [una.leggibile, una.errori.length, una.tolleranze.length])).toEqual(istanze.map(() => [true, 0, 0]))
    expect(new Set(istanze.map((una) => una.profilo))).toEqual(new Set(['DI', 'DAI', 'AGG']))
  })

  it('of somebody else’s upload are not read', async () => {
    const contenutoId = await stage(s.capo, s.store, Buffer.from(daiEstraneo()), 'suo.xml')
    await expect(verifyMetadati(s.rgd, [contenutoId], s.store)).rejects.toMatchObject({ codice: 'contenuto-assente' })
  })
})
