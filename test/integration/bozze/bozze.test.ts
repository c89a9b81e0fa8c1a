import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createFirmatario } from '../../../server/demo/dati/documenti/firma.ts'
import { stampatricePdf } from '../../../server/adapters/stampa-pdf/index.ts'
import { convertitoreAssente } from '../../../server/adapters/libreoffice/index.ts'
import { createBozza, readBozza, readBozze, saveBozza } from '../../../server/bozze/service/draft.ts'
import { attachFirmato } from '../../../server/bozze/service/firma.ts'
import { convertBozza, prepareDocumento, previewBozza } from '../../../server/bozze/service/forma.ts'
import { readContenuto } from '../../../server/bozze/service/documento.ts'
import { saveModello } from '../../../server/bozze/service/modelli.ts'
import { discardBozza, restoreBozza, resumeBozza, sendAlProtocollo } from '../../../server/bozze/service/passi.ts'
import { registerBozza } from '../../../server/bozze/service/registra.ts'
import { filtriBozze, nuovoModello } from '../../../server/bozze/schema.ts'
import type { BozzaDto, DatiBozza, NuovaBozza } from '../../../server/bozze/schema.ts'
import { readModello } from '../../../metadata-schemas/allegato5/index.ts'
import { findBozzaFormata } from '../../../server/bozze/index.ts'
import { createBozzeMetadatiEndpoints } from '../../../server/metadati/index.ts'
import type { MetadatiDto } from '../../../server/metadati/index.ts'
import type { FileReply, Ports } from '../../../server/kernel/endpoint.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { presentById } from '../../../server/protocollo/index.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildPdf, createEnte, createOperatore, readAll, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { apri, ortensia, registra, store } from '../../support/fascicoli.ts'
import { buildDocx } from '../../support/ufficio.ts'

const ports = { store, stampa: stampatricePdf, conversione: convertitoreAssente } as unknown as Ports

let db: TestDatabase
let e: EnteDiProva
let capo: Scope
let addetto: Scope
let estranea: Scope
let protocollo: Scope

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  addetto = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.edilizia, 'Aldo')).scope
  estranea = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.scuola, 'Nora')).scope
  protocollo = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope
})
afterAll(async () => await db.close())

const voce = (codice: string): string => e.voci.get(codice) ?? ''
const modello = async (changes: object): Promise<string> =>
  (await saveModello(capo, nuovoModello.parse({ nome: `Modello ${newId()}`, formato: 'HTML', ...changes }), store)).id
const start = async (scope: Scope, input: Partial<NuovaBozza> & { dati?: Partial<DatiBozza> } = {}): Promise<BozzaDto> =>
  await createBozza(
    scope,
    {
      tipo: 'U',
      ...input,
      dati: { oggetto: 'Avvio del procedimento', voceId: voce('VI/3'), mezzo: 'PEC', destinatari: [ortensia], ...input.dati },
    },
    newId(),
  )
const numbers = async (): Promise<number> =>
  (await queryOne<{ quanti: number }>(capo, 'select count(*)::int as quanti from registrazione where ente_id = $1', [e.ente.id]))?.quanti ??
  0
const TESTO = '<h2>Avvio del procedimento</h2><p>A {{destinatario}}: {{oggetto}}.</p>'

describe('formation', () => {
  it('a draft of a template is prepared, signed with a device of the person, sent to the protocol office, numbered last and filed', async () => {
    const fascicoloId = await apri(capo, e)
    const modelloId = await modello({ corpo: TESTO, oggetto: 'Avvio per {{fascicolo.codice}}' })
    const nuova = await createBozza(
      addetto,
      { tipo: 'U', modelloId, fascicoloId, dati: { destinatari: [ortensia], mezzo: 'PEC' } },
      newId(),
    )
    expect(nuova.dati.oggetto).toMatch(/^Avvio per \d{4}/u)
    expect(nuova.dati.voceId).toBe(voce('VI/3/4'))
    const anteprima = await previewBozza(addetto, nuova.id, ports)
    expect((await readAll(anteprima.stream)).subarray(0, 5).toString()).toBe('%PDF-')
    const pronta = await prepareDocumento(addetto, nuova.id, { versione: nuova.versione, formato: 'PDF' }, ports)
    expect(pronta.stato).toBe('DA_FIRMARE')
    const altroOggetto = { ...pronta.dati, oggetto: 'Cambiato' }
    await expect(saveBozza(addetto, nuova.id, { versione: pronta.versione, dati: altroOggetto })).rejects.toMatchObject({
      codice: 'stato-bozza',
    })
    await expect(registerBozza(capo, nuova.id, pronta.versione, newId(), ports)).rejects.toMatchObject({ codice: 'stato-bozza' })

    const firmatario = await createFirmatario('prova', { nome: 'Aldo', codiceFiscale: 'VNTRNS74E50X901Q' })
    const documento = await readContenuto(addetto, store, pronta.documento?.sha256 ?? '')
    const firmato = await firmatario.firmaBusta(documento, new Date())
    const altro = await stage(addetto, store, await firmatario.firmaBusta(await buildPdf('altro'), new Date()), 'altro.pdf.p7m')
    const nudo = await stage(addetto, store, documento, 'nudo.pdf')
    const attach = async (contenutoId: string) =>
      await attachFirmato(addetto, nuova.id, { versione: pronta.versione, contenutoId, confermaDiverso: false }, store)
    await expect(attach(nudo)).rejects.toMatchObject({ codice: 'file-non-firmato' })
    await expect(attach(altro)).rejects.toMatchObject({ codice: 'firmato-diverso' })
    const firmata = await attach(await stage(addetto, store, firmato, 'avvio.pdf.p7m'))
    expect(firmata.stato).toBe('FIRMATA')

    await expect(registerBozza(addetto, nuova.id, firmata.versione, newId(), ports)).rejects.toMatchObject({
      codice: 'protocollazione-non-consentita',
    })
    await expect(readBozza(protocollo, nuova.id)).rejects.toMatchObject({ codice: 'bozza-assente' })
    const inviata = await sendAlProtocollo(addetto, nuova.id, firmata.versione, 'Con ricevuta')
    const coda = await readBozze(protocollo, filtriBozze.parse({ vista: 'protocollo' }))
    expect(coda.elementi.map((riga) => [riga.id, riga.notaProtocollo])).toEqual([[nuova.id, 'Con ricevuta']])
    const registrazione = await registerBozza(protocollo, nuova.id, inviata.versione, newId(), ports)
    expect(registrazione).toMatchObject({ tipo: 'U', oggetto: nuova.dati.oggetto, ufficioMittente: { id: e.uffici.edilizia } })
    expect(registrazione.fascicoli.map((f) => f.id)).toEqual([fascicoloId])
    expect(registrazione.voce.id).toBe(voce('VI/3/4'))
    // REQ-PROT-028: the bytes registered are those the person signed, not one more.
    const sha = registrazione.documento.principale?.sha256 ?? ''
    expect((await readContenuto(addetto, store, sha)).equals(firmato)).toBe(true)
    expect(await readBozza(addetto, nuova.id)).toMatchObject({ stato: 'PROTOCOLLATA', registrazione: { testo: registrazione.etichetta } })
    await expect(query(addetto, `update bozza set corpo = '' where ente_id = $1 and id = $2`, [e.ente.id, nuova.id])).rejects.toThrow(
      'già stata protocollata',
    )
  })

  it('after the signature the data of the registration may be completed, the document not', async () => {
    const b = await start(capo, { modelloId: await modello({ corpo: TESTO, richiedeFirma: false }), dati: { mezzo: undefined } })
    const pronta = await prepareDocumento(capo, b.id, { versione: b.versione, formato: 'PDF' }, ports)
    const refused = await registerBozza(capo, b.id, pronta.versione, newId(), ports).catch((error: unknown) => error)
    expect((refused as { campi: { campo: string }[] }).campi.map((c) => c.campo)).toEqual(['mezzo'])
    const save = async (dati: Partial<DatiBozza>, corpo = pronta.corpo) =>
      await saveBozza(capo, b.id, { versione: pronta.versione, dati: { ...pronta.dati, ...dati }, corpo })
    await expect(save({ destinatari: [] })).rejects.toMatchObject({ codice: 'stato-bozza' })
    await expect(save({}, '<p>Altro</p>')).rejects.toMatchObject({ codice: 'stato-bozza' })
    const completa = await save({ mezzo: 'PEC' })
    expect(completa).toMatchObject({ stato: 'PRONTA', documento: { sha256: pronta.documento?.sha256 } })
    const registrazione = await registerBozza(capo, b.id, completa.versione, newId(), ports)
    expect(registrazione.documento.principale?.sha256).toBe(pronta.documento?.sha256)
  })

  it('REQ-TIT-020 a draft is prepared, signed and sent to the protocol office only with its class, and never loses it afterwards', async () => {
    const modelloId = await modello({ corpo: TESTO, richiedeFirma: true })
    for (const voceId of [null, voce('VI')]) {
      const b = await start(addetto, { modelloId, dati: { voceId } })
      const refusal = { codice: 'classe-mancante', campi: [{ campo: 'voceId' }] }
      await expect(prepareDocumento(addetto, b.id, { versione: b.versione, formato: 'PDF' }, ports)).rejects.toMatchObject(refusal)
      await expect(sendAlProtocollo(addetto, b.id, b.versione, '')).rejects.toMatchObject(refusal)
      expect(await readBozza(addetto, b.id)).toMatchObject({ stato: 'IN_LAVORAZIONE', documento: null })
    }
    const b = await start(addetto, { modelloId })
    const pronta = await prepareDocumento(addetto, b.id, { versione: b.versione, formato: 'PDF' }, ports)
    const save = async (voceId: string | null) =>
      await saveBozza(addetto, b.id, { versione: pronta.versione, dati: { ...pronta.dati, voceId } })
    await expect(save(null)).rejects.toMatchObject({ codice: 'classe-mancante' })
    const changed = await save(voce('VI/5'))
    const inviata = await sendAlProtocollo(addetto, b.id, changed.versione, '')
    const [shown, none] = [{ ...inviata.dati }, { ...inviata.dati, voceId: null }]
    await expect(saveBozza(protocollo, b.id, { versione: inviata.versione, dati: none })).rejects.toMatchObject({
      codice: 'classe-mancante',
    })
    expect(shown.voceId).toBe(voce('VI/5'))
  })

  it('the metadata of a document before its number are a DI of what the draft is now, complete once it is prepared with its class', async () => {
    const endpoints = createBozzeMetadatiEndpoints(findBozzaFormata)
    const ask = async (scope: Scope, id: string, suffix = 'metadati') =>
      await endpoints
        .find((x) => x.path.endsWith(`/${suffix}`))
        ?.handler(scope, { params: { ente: scope.ente.slug, id }, query: undefined, body: undefined, idempotencyKey: '' }, ports)
    const dto = async (id: string) => (await ask(addetto, id)) as MetadatiDto
    const b = await start(addetto, { modelloId: await modello({ corpo: TESTO, richiedeFirma: false }) })
    const empty = await dto(b.id)
    expect(empty).toMatchObject({ profilo: 'DI', xml: null, completo: false, esiti: [{ regola: 'R03' }] })
    const pronta = await prepareDocumento(addetto, b.id, { versione: b.versione, formato: 'PDF' }, ports)
    const made = await dto(b.id)
    expect(made.esiti.filter((x) => x.gravita === 'errore')).toEqual([])
    const { modello: di } = readModello('DI', made.xml ?? '')
    expect(di).toMatchObject({
      profilo: 'DI',
      idDoc: { identificativo: b.id, impronta: { valore: Buffer.from(pronta.documento?.sha256 ?? '', 'hex').toString('base64') } },
      modalita: 'a',
      registro: { tipo: 'nessuno' },
      chiaveDescrittiva: { oggetto: 'Avvio del procedimento' },
      classificazione: { indice: 'VI/3' },
      aggregazioni: [],
      riservato: false,
    })
    const file = (await ask(addetto, b.id, 'metadati.xml')) as FileReply
    expect((await readAll(file.stream)).toString()).toBe(made.xml)
    await expect(ask(estranea, b.id)).rejects.toMatchObject({ codice: 'bozza-assente' })
    const registrata = await registerBozza(capo, b.id, pronta.versione, newId(), ports)
    expect(registrata.numero).toBeGreaterThan(0)
    await expect(ask(addetto, b.id)).rejects.toMatchObject({ codice: 'stato-bozza' })
  })

  it('an incoming paper without its file is registered only when the person said that the scan comes later', async () => {
    const dati = {
      mittenti: [ortensia],
      mezzo: 'A_MANO' as const,
      descrizioneCartaceo: 'Modulo di carta',
      dataArrivo: new Date(Date.now() - 60_000).toISOString(),
      assegnazione: { ufficioId: e.uffici.edilizia },
    }
    const b = await start(protocollo, { tipo: 'E', dati })
    await expect(registerBozza(protocollo, b.id, b.versione, newId(), ports)).rejects.toMatchObject({ campi: [{ campo: 'documento' }] })
    const saved = await saveBozza(protocollo, b.id, { versione: b.versione, dati: { ...b.dati, scansioneAttesa: true } })
    expect(await registerBozza(protocollo, b.id, saved.versione, newId(), ports)).toMatchObject({ scansioneAttesa: true })
  })

  it('a field without a value stops the document by name, and consumes nothing', async () => {
    const before = await numbers()
    const b = await start(addetto, { modelloId: await modello({ corpo: '<p>{{richiesta.numero}} {{fascicolo.codice}}</p>' }) })
    expect(b.campiMancanti).toEqual(['richiesta.numero', 'fascicolo.codice'])
    await expect(prepareDocumento(addetto, b.id, { versione: b.versione, formato: 'PDF' }, ports)).rejects.toMatchObject({
      campi: [{ messaggio: 'Manca il valore di richiesta.numero.' }, { messaggio: 'Manca il valore di fascicolo.codice.' }],
    })
    expect(await numbers()).toBe(before)
  })

  it('a file template stays in its format where no office program is installed, and says why it is no PDF; with one a job makes the PDF', async () => {
    const contenutoId = await stage(capo, store, buildDocx('<w:p><w:r><w:t>{{oggetto}}</w:t></w:r></w:p>'), 'modello.docx')
    const b = await start(addetto, { modelloId: await modello({ formato: 'DOCX', contenutoId, richiedeFirma: false }) })
    const ask = { versione: b.versione, formato: 'PDF' as const }
    await expect(prepareDocumento(addetto, b.id, ask, ports)).rejects.toMatchObject({ codice: 'conversione-assente' })
    const made = await buildPdf('convertito')
    const withProgram = {
      ...ports,
      conversione: { programma: 'LibreOffice di prova', toPdf: async () => await Promise.resolve(made) },
    } as unknown as Ports
    expect((await prepareDocumento(addetto, b.id, ask, withProgram)).preparazione).toBe('in corso')
    await convertBozza(addetto, b.id, b.versione + 5, withProgram)
    expect((await readBozza(addetto, b.id)).documento).toBeNull()
    await convertBozza(addetto, b.id, b.versione, withProgram)
    const pronta = await readBozza(addetto, b.id)
    expect(pronta).toMatchObject({ stato: 'PRONTA', preparazione: null, documento: { nome: 'avvio-del-procedimento.pdf' } })
    const ripresa = await resumeBozza(addetto, b.id, pronta.versione)
    const originale = await prepareDocumento(addetto, b.id, { versione: ripresa.versione, formato: 'ORIGINALE' }, ports)
    expect(originale.documento?.nome).toBe('avvio-del-procedimento.docx')
    const registrazione = await registerBozza(capo, b.id, originale.versione, newId(), ports)
    expect(registrazione.documento).toMatchObject({
      formazione: 'redatto',
      modalitaFormazione: 'a',
      principale: { nome: 'avvio-del-procedimento.docx' },
    })
  })

  it('a template with a field that does not exist is refused when it is written', async () => {
    await expect(modello({ corpo: '<p>{{fantasia}}</p>' })).rejects.toMatchObject({ codice: 'campi-sconosciuti' })
    const contenutoId = await stage(capo, store, buildDocx('<w:p><w:r><w:t>{{fantasia}}</w:t></w:r></w:p>'), 'modello.docx')
    await expect(modello({ formato: 'DOCX', contenutoId })).rejects.toMatchObject({ codice: 'campi-sconosciuti' })
    await expect(saveModello(addetto, nuovoModello.parse({ nome: 'x', formato: 'HTML', corpo: '<p>a</p>' }), store)).rejects.toMatchObject({
      status: 403,
    })
  })
})

describe('drafts', () => {
  it('two people on the same draft: the second is told who changed it, and nothing is overwritten', async () => {
    const b = await start(addetto)
    const save = async (scope: Scope, oggetto: string, versione: number) =>
      await saveBozza(scope, b.id, { versione, dati: { ...b.dati, oggetto } })
    await save(capo, 'Del capo', b.versione)
    await expect(save(addetto, 'Mia', b.versione)).rejects.toMatchObject({
      codice: 'bozza-cambiata',
      message: expect.stringContaining(capo.attore.nome),
    })
    expect((await readBozza(addetto, b.id)).dati.oggetto).toBe('Del capo')
  })

  it('are not of other offices; a file of others cannot be named; what is discarded comes back as it was', async () => {
    const b = await start(addetto)
    await expect(readBozza(estranea, b.id)).rejects.toMatchObject({ codice: 'bozza-assente' })
    expect((await readBozze(estranea, filtriBozze.parse({ vista: 'ufficio' }))).elementi.map((riga) => riga.id)).not.toContain(b.id)
    const altrui = await stage(estranea, store, await buildPdf(), 'altrui.pdf')
    const dati = { ...b.dati, documento: { contenutoId: altrui, nome: 'altrui.pdf', descrizione: '', formazione: 'file' as const } }
    await expect(saveBozza(addetto, b.id, { versione: b.versione, dati })).rejects.toMatchObject({ codice: 'file-estraneo' })
    const scartata = await discardBozza(addetto, b.id, b.versione, 'Superata')
    expect((await readBozze(addetto, filtriBozze.parse({ vista: 'mie' }))).elementi.map((riga) => riga.id)).not.toContain(b.id)
    expect(await restoreBozza(addetto, b.id, scartata.versione)).toMatchObject({ stato: 'IN_LAVORAZIONE', motivoScarto: null })
  })

  it('what is missing is told all at once, and no number is consumed', async () => {
    const before = await numbers()
    const b = await start(capo, { dati: { oggetto: '', voceId: null, destinatari: [] } })
    const refused = await registerBozza(capo, b.id, b.versione, newId(), ports).catch((error: unknown) => error)
    expect((refused as { campi: { campo: string }[] }).campi.map((c) => c.campo).toSorted()).toEqual([
      'destinatari',
      'documento',
      'oggetto',
      'voceId',
    ])
    expect(await numbers()).toBe(before)
  })
})

/** A draft whose document was made elsewhere, ready for its number. */
async function ready(
  scope: Scope,
  tipo: 'E' | 'U' | 'I',
  dati: Partial<DatiBozza> = {},
  more: Partial<NuovaBozza> = {},
): Promise<BozzaDto> {
  const contenutoId = await stage(scope, store, await buildPdf(`Documento ${newId()}`), 'documento.pdf')
  const documento = { contenutoId, nome: 'documento.pdf', descrizione: '', formazione: 'file' as const }
  const where = tipo === 'U' ? {} : { assegnazione: { ufficioId: e.uffici.scuola } }
  const who = tipo === 'E' ? { mittenti: [ortensia], destinatari: [], dataArrivo: new Date(Date.now() - 60_000).toISOString() } : {}
  return await start(scope, { tipo, ...more, dati: { documento, ...where, ...who, ...dati } })
}
const register = async (scope: Scope, b: BozzaDto, chiave = newId()) => await registerBozza(scope, b.id, b.versione, chiave, ports)

describe('the number of a draft', () => {
  it('REQ-PROT-010 REQ-PROT-019 what comes in, goes out and stays in takes one number each, in the same sequence of the same register', async () => {
    const made = []
    for (const tipo of ['E', 'U', 'I'] as const) made.push(await register(protocollo, await ready(protocollo, tipo)))
    expect(made.map((r) => r.tipo)).toEqual(['E', 'U', 'I'])
    const first = made[0]?.numero ?? 0
    expect(made.map((r) => r.numero)).toEqual([first, first + 1, first + 2])
    expect(new Set(made.map((r) => r.registro.id)).size).toBe(1)
    const interna = made[2]
    expect(interna?.segnatura.testo).toMatch(/#I$/u)
    expect(interna?.ufficioMittente?.id).toBe(e.uffici.protocollo)
    expect(interna?.assegnazioni.map((a) => [a.tipo, a.ufficio.id])).toEqual([['competenza', e.uffici.scuola]])
  })

  it('REQ-PROT-015 a reply has a number of its own, linked to the letter it answers, whose data it starts from', async () => {
    const { id } = await registra(protocollo, e, { protocolloMittente: { numero: 'A/7' } })
    const domanda = await presentById(protocollo, id)
    const contenutoId = await stage(capo, store, await buildPdf('risposta'), 'risposta.pdf')
    const b = await createBozza(capo, { tipo: 'U', rispostaA: id }, newId())
    expect(b.dati).toMatchObject({ oggetto: `Risposta: ${domanda.oggetto}`, voceId: domanda.voce.id })
    expect(b.dati.destinatari).toMatchObject([{ tipo: 'PF', cognome: 'Ventaglio', nome: 'Ortensia' }])
    const documento = { contenutoId, nome: 'risposta.pdf', descrizione: '', formazione: 'file' as const }
    const saved = await saveBozza(capo, b.id, { versione: b.versione, dati: { ...b.dati, documento } })
    const risposta = await register(capo, saved)
    expect(risposta.numero).toBeGreaterThan(domanda.numero)
    expect(risposta.collegamenti).toMatchObject([{ id, tipo: 'risposta', verso: 'uscente', etichetta: domanda.etichetta }])
    expect((await presentById(protocollo, id)).collegamenti).toMatchObject([{ id: risposta.id, verso: 'entrante' }])
  })

  it('REQ-PROT-015 a copy of a registration is another document: data without files, another number, no link', async () => {
    const { id } = await registra(protocollo, e)
    const b = await createBozza(protocollo, { tipo: 'E', duplica: id }, newId())
    expect(b.dati).toMatchObject({
      mittenti: [{ cognome: 'Ventaglio' }],
      documento: null,
      allegati: [],
      assegnazione: { ufficioId: e.uffici.edilizia },
    })
    expect(b.rispostaA).toBeNull()
    await expect(createBozza(estranea, { tipo: 'U', duplica: id }, newId())).rejects.toMatchObject({ codice: 'registrazione-assente' })
  })

  it('REQ-PROT-027 one outgoing document with many addressees is one registration with all of them', async () => {
    const destinatari = Array.from({ length: 40 }, (_, i) => ({
      tipo: 'PG' as const,
      denominazione: `Ponteggi ${i}`,
      ...(i > 0 ? { perConoscenza: true } : {}),
    }))
    const before = await numbers()
    const r = await register(capo, await ready(capo, 'U', { destinatari }))
    expect(await numbers()).toBe(before + 1)
    expect(r.destinatari).toMatchObject(destinatari)
  })

  it('REQ-PROT-015 pressed twice, or by two people at once, a draft has one number', async () => {
    const b = await ready(capo, 'U')
    const before = await numbers()
    const key = newId()
    const outcomes = await Promise.all([register(capo, b, key), register(capo, b, key), register(capo, b, newId())])
    expect(new Set(outcomes.map((r) => r.etichetta)).size).toBe(1)
    expect((await register(capo, b, key)).etichetta).toBe(outcomes[0]?.etichetta)
    expect(await numbers()).toBe(before + 1)
  })

  it('when the fascicolo was closed meanwhile nothing is registered: number and place come together', async () => {
    const fascicoloId = await apri(capo, e)
    const b = await ready(capo, 'U', { voceId: voce('VI/3') }, { fascicoloId })
    await query(capo, `update fascicolo set stato = 'CHIUSO' where ente_id = $1 and id = $2`, [e.ente.id, fascicoloId])
    const before = await numbers()
    await expect(register(capo, b)).rejects.toMatchObject({ codice: 'fascicolo-chiuso' })
    expect(await numbers()).toBe(before)
    expect((await readBozza(capo, b.id)).stato).toBe('IN_LAVORAZIONE')
  })
})
