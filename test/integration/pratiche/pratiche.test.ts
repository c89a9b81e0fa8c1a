import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { closeFascicolo, findDocumenti, readFascicolo, verifyChiusura } from '../../../server/fascicoli/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { addDays, romeDay } from '../../../server/kernel/time.ts'
import {
  checkPraticaChiusura,
  concludePratica,
  countTerminiPratiche,
  listAvvisiTermini,
  listFermi,
  listPratiche,
  openPratica,
  readDurate,
  readIndicatori,
  readPratica,
  recordEvento,
  recordPasso,
} from '../../../server/pratiche/index.ts'
import { filtriPratiche, situazioni } from '../../../server/pratiche/schema.ts'
import type { FiltriPratiche, NuovaPratica } from '../../../server/pratiche/schema.ts'
import { vigilaTermini } from '../../../server/pratiche/service/avvisi.ts'
import { concludeClosed } from '../../../server/pratiche/service/concludi.ts'
import { readPraticaOfFascicolo } from '../../../server/pratiche/service/read.ts'
import { exportStati, readStato } from '../../../server/pratiche/service/stato.ts'
import { filtriStati, statoPraticaDto } from '../../../server/pratiche/schema-stato.ts'
import { readTempi } from '../../../server/pratiche/service/misure.ts'
import { adoptModelliComuni, computeTermine, findRegole } from '../../../server/procedimenti/index.ts'
import { changeStato, listProcedimenti, readProcedimento, updateModello } from '../../../server/procedimenti/service/modello.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { fileDocumento } from '../../../server/fascicoli/index.ts'
import { suspendFascicolo } from '../../../server/fascicoli/service/stato.ts'
import { register, toSoggettoColumns } from '../../../server/protocollo/index.ts'
import { createDatabase, openScope, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildInterna, buildPdf, createEnte, createOperatore, readAll, sistema, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { ortensia, registra, store } from '../../support/fascicoli.ts'
import { buildModello, creaProcedimento, openFermo } from '../../support/pratiche.ts'

let db: TestDatabase
let e: EnteDiProva
let rgd: Scope
let capo: Scope
let addetta: Scope
let estranea: Scope
let protocollo: Scope
let auditor: Scope
const oggi = romeDay(new Date())

beforeAll(async () => {
  wireReactions()
  db = await createDatabase(24)
  e = await createEnte(db.orm)
  const person = async (profilo: Parameters<typeof createOperatore>[2], ufficio: string, nome: string): Promise<Scope> =>
    (await createOperatore(db.orm, e, profilo, ufficio, nome)).scope
  rgd = await person('responsabileGestioneDocumentale', e.uffici.protocollo, 'Marta')
  capo = await person('responsabileUor', e.uffici.edilizia, 'Edda')
  addetta = await person('addettoUor', e.uffici.edilizia, 'Noemi')
  estranea = await person('addettoUor', e.uffici.scuola, 'Sara')
  protocollo = await person('operatoreProtocollo', e.uffici.protocollo, 'Pino')
  auditor = await person('auditor', e.uffici.protocollo, 'Aldo')
})
afterAll(async () => await db.close())

const filtri = (f: Partial<FiltriPratiche> = {}): FiltriPratiche => filtriPratiche.parse(f)

/** A practice of the test office, started by a request that arrived so many days ago. */
async function apri(giorniFa: number, altro: Partial<NuovaPratica> = {}, modello: Parameters<typeof creaProcedimento>[1] = {}) {
  const procedimentoId = await creaProcedimento(rgd, { ufficioId: e.uffici.edilizia, ...modello })
  const r = await registra(protocollo, e, { dataArrivo: `${addDays(oggi, -giorniFa)}T10:00:00Z`, mezzo: 'PEC' })
  const { id } = await openPratica(capo, { procedimentoId, registrazioneId: r.id, ...altro }, newId())
  return { id, procedimentoId, registrazioneId: r.id, documentoId: r.documentoId }
}

/** A provvedimento of the body, registered today and filed in the fascicolo of the practice. */
async function provvedimento(praticaId: string): Promise<string> {
  const contenutoId = await stage(protocollo, store, await buildPdf('Provvedimento'), 'provvedimento.pdf')
  const input = buildInterna(e, contenutoId, { voceId: e.voci.get('VI/3') ?? '', tipologia: 'Provvedimento' })
  const { id } = await register(protocollo, input, newId())
  const row = await queryOne<{ documentoId: string }>(
    capo,
    'select documento_id as "documentoId" from registrazione where ente_id = $1 and id = $2',
    [e.ente.id, id],
  )
  const documentoId = row?.documentoId ?? ''
  await fileDocumento(rgd, (await readPratica(capo, praticaId)).fascicolo.id, { documentoId })
  return documentoId
}

describe('opening', () => {
  it('REQ-FASC-011 REQ-FASC-012 one act opens the fascicolo filled from the model, with the request inside and its term from the arrival', async () => {
    const arrivo = addDays(oggi, -12)
    const p = await apri(12)
    const dto = await readPratica(capo, p.id)
    const f = await readFascicolo(capo, dto.fascicolo.id)
    expect(f).toMatchObject({
      tipo: 'procedimento amministrativo',
      oggetto: 'Accesso alle pratiche edilizie – Ventaglio Ortensia',
      responsabile: { id: capo.attore.id },
      ufficio: { id: e.uffici.edilizia },
      procedimento: { materia: 'Edilizia', denominazione: 'Accesso alle pratiche edilizie' },
      visibileCittadino: true,
      interessati: [ortensia],
      fasi: [{ fase: 'Preparatoria', al: null }],
    })
    expect(f.voce.codice).toBe('VI/3/4')
    expect(f.documenti.map((d) => d.documentoId)).toEqual([p.documentoId])
    const { regole, calendario } = await findRegole(capo, e.aooId)
    const fatti = { avvio: arrivo, giorni: 30, unita: 'giorni' as const, proroga: 0, sospensioni: [], interruzioni: [] }
    const { termine } = computeTermine(fatti, regole, calendario)
    // Registered today, arrived twelve days ago: the arrival decides (L. 241/1990 art. 18-bis).
    expect(dto).toMatchObject({ avvio: arrivo, termine, termineIniziale: termine, silenzioIl: addDays(termine ?? '', 1) })
    expect(f.termine).toBe(termine)
    expect(dto.comunicazioneAvvioEntro).toBe(addDays(arrivo, 10))
    expect(f.storia.map((s) => s.azione)).toContain('pratica-aperta')
  })

  it('the same key gives the same practice, another request with it is refused, and a request opens a procedure once', async () => {
    const procedimentoId = await creaProcedimento(rgd, { ufficioId: e.uffici.edilizia })
    const r = await registra(protocollo, e)
    const input = { procedimentoId, registrazioneId: r.id }
    const chiave = newId()
    const first = await openPratica(capo, input, chiave)
    expect(await openPratica(capo, input, chiave)).toEqual({ id: first.id, ripetuta: true })
    await expect(openPratica(capo, { procedimentoId }, chiave)).rejects.toMatchObject({ codice: 'chiave-gia-usata' })
    await expect(openPratica(capo, input, newId())).rejects.toMatchObject({ codice: 'pratica-gia-aperta' })
  })

  it('who is not the head of the office opens nothing; a procedure out of use opens nothing; missing data are asked', async () => {
    const procedimentoId = await creaProcedimento(rgd, { ufficioId: e.uffici.edilizia })
    await expect(openPratica(addetta, { procedimentoId }, newId())).rejects.toMatchObject({ codice: 'apertura-riservata' })
    await changeStato(rgd, procedimentoId, false, 'Passato alla Regione')
    await expect(openPratica(capo, { procedimentoId }, newId())).rejects.toMatchObject({ codice: 'procedimento-non-attivo' })
    const senza = await creaProcedimento(rgd)
    await expect(openPratica(rgd, { procedimentoId: senza }, newId())).rejects.toMatchObject({
      campi: [{ campo: 'ufficioId' }, { campo: 'responsabileId' }],
    })
    await expect(
      openPratica(capo, { procedimentoId: senza, ufficioId: e.uffici.edilizia, avvio: addDays(oggi, 1) }, newId()),
    ).rejects.toMatchObject({
      campi: [{ campo: 'avvio' }],
    })
  })

  it('practices keep the version of the model they were opened with', async () => {
    const p = await apri(2)
    const { codice: _, ...base } = buildModello({ ufficioId: e.uffici.edilizia, termineGiorni: 60 })
    const changed = { ...base, passi: base.passi.filter((x) => x.chiave !== 'pareri'), versione: 1, motivo: 'Nuovo regolamento' }
    const dto = await updateModello(rgd, p.procedimentoId, changed)
    expect(dto.versioni.map((v) => [v.numero, v.motivo])).toEqual([
      [2, 'Nuovo regolamento'],
      [1, 'Prima versione'],
    ])
    await expect(updateModello(rgd, p.procedimentoId, changed)).rejects.toMatchObject({ codice: 'versione-superata' })
    await expect(updateModello(rgd, p.procedimentoId, { ...changed, versione: 2 })).rejects.toMatchObject({ codice: 'modello-uguale' })
    const old = await readPratica(capo, p.id)
    expect(old.versione).toEqual({ numero: 1, inVigore: false })
    expect(old.passiPratica.map((x) => x.chiave)).toContain('pareri')
    const next = await openPratica(capo, { procedimentoId: p.procedimentoId, avvio: oggi }, newId())
    const fresh = await readPratica(capo, next.id)
    expect(fresh.passiPratica.map((x) => x.chiave)).not.toContain('pareri')
    expect(fresh.termine && fresh.termine >= addDays(oggi, 60)).toBe(true)
    expect((await readProcedimento(capo, p.procedimentoId, 1)).termineGiorni).toBe(30)
  })
})

describe('running', () => {
  it('steps move the phases of Allegato 5, and the skipped ones are told with their reason', async () => {
    const { id } = await apri(3)
    const fasi = async (): Promise<(string | boolean)[][]> => (await readPratica(capo, id)).fasi.map((f) => [f.fase, f.al === null])
    await recordPasso(addetta, id, { passo: 'verifica', esito: 'fatto', motivo: '' })
    expect(await fasi()).toEqual([['Preparatoria', true]])
    await expect(recordPasso(addetta, id, { passo: 'comunicazione-avvio', esito: 'saltato', motivo: '' })).rejects.toMatchObject({
      campi: [{ campo: 'motivo' }],
    })
    await recordPasso(addetta, id, { passo: 'comunicazione-avvio', esito: 'saltato', motivo: 'Già nella ricevuta' })
    expect(await fasi()).toEqual([
      ['Preparatoria', false],
      ['Istruttoria', true],
    ])
    await recordPasso(addetta, id, { passo: 'istruttoria', esito: 'fatto', motivo: '' })
    const dto = await readPratica(capo, id)
    expect(dto.fasi.map((f) => f.fase)).toEqual(['Preparatoria', 'Istruttoria', 'Decisoria o deliberativa'])
    expect(dto.saltati).toMatchObject([{ nome: 'Comunicazione di avvio', motivo: 'Già nella ricevuta', autore: addetta.attore.nome }])
    expect(dto.comunicazioneAvvioEntro).toBeNull()
    expect(dto.passiFatti).toBe(3)
    await expect(recordPasso(addetta, id, { passo: 'istruttoria', esito: 'fatto', motivo: '' })).rejects.toMatchObject({
      codice: 'passo-gia-cosi',
    })
    await recordPasso(addetta, id, { passo: 'istruttoria', esito: 'riaperto', motivo: 'Manca un allegato' })
    expect((await readPratica(capo, id)).fase).toBe('Istruttoria')
  })

  it('a step may name only a document of the fascicolo', async () => {
    const { id, documentoId } = await apri(3)
    const altro = await registra(protocollo, e)
    await expect(
      recordPasso(addetta, id, { passo: 'verifica', esito: 'fatto', motivo: '', documentoId: altro.documentoId }),
    ).rejects.toMatchObject({
      campi: [{ campo: 'documentoId' }],
    })
    await recordPasso(addetta, id, { passo: 'verifica', esito: 'fatto', motivo: '', documentoId })
    expect((await readPratica(capo, id)).passiPratica[0]?.documentoId).toBe(documentoId)
  })

  it('a suspension moves the term of practice and fascicolo, its end and its taking back too; who decides is the responsible', async () => {
    const { id } = await apri(10)
    const before = await readPratica(capo, id)
    const giorno = addDays(oggi, -5)
    const evento = { tipo: 'sospensione-documenti' as const, giorno, motivo: 'Manca la planimetria' }
    await expect(recordEvento(addetta, id, evento)).rejects.toMatchObject({ codice: 'azione-non-consentita' })
    await recordEvento(capo, id, evento)
    const stopped = await readPratica(capo, id)
    expect(stopped.situazione).toBe('sospesa')
    expect(stopped.sospesaFino).toBe(addDays(giorno, 30))
    expect(stopped.termine && before.termine && stopped.termine > before.termine).toBe(true)
    expect((await readFascicolo(capo, stopped.fascicolo.id)).termine).toBe(stopped.termine)
    await recordEvento(capo, id, {
      tipo: 'ripresa',
      motivo: 'Arrivata',
      riferitoId: stopped.eventi[0]?.id ?? '',
      giorno: addDays(oggi, -2),
    })
    const again = await readPratica(capo, id)
    expect(again.situazione).toBe('nei termini')
    expect(again.eventi[0]).toMatchObject({ fino: addDays(oggi, -2), aperto: false })
    await expect(recordEvento(capo, id, { ...evento, giorno: oggi })).rejects.toMatchObject({ codice: 'una-volta-sola' })
    await recordEvento(capo, id, { tipo: 'annullato', motivo: 'Errore', riferitoId: again.eventi[1]?.id ?? '' })
    await recordEvento(capo, id, { tipo: 'annullato', motivo: 'Errore', riferitoId: again.eventi[0]?.id ?? '' })
    expect((await readPratica(capo, id)).termine).toBe(before.termine)
  })

  it('an interruption leaves no term until it ends', async () => {
    const { id } = await apri(10)
    await recordEvento(capo, id, { tipo: 'interruzione', giorno: addDays(oggi, -4), motivo: 'Integrazione' })
    const stopped = await readPratica(capo, id)
    expect(stopped).toMatchObject({ termine: null, situazione: 'sospesa', giorni: null, silenzioIl: null })
    await recordEvento(capo, id, { tipo: 'ripresa', motivo: 'Arrivata', riferitoId: stopped.eventi[0]?.id ?? '' })
    const again = await readPratica(capo, id)
    expect(again.termine && again.termine >= addDays(oggi, 30)).toBe(true)
  })

  it('REQ-FASC-060 the fascicolo is SOSPESO with its procedure and APERTO with it, in the same act; what is taken back takes back both', async () => {
    const { id } = await apri(10)
    const stato = async () => {
      const { fascicolo } = await readPratica(capo, id)
      const f = await readFascicolo(capo, fascicolo.id)
      return f.stato
    }
    expect(await stato()).toBe('APERTO')
    await recordEvento(capo, id, { tipo: 'sospensione-documenti', motivo: 'Manca la planimetria' })
    expect(await stato()).toBe('SOSPESO')
    const [first] = (await readPratica(capo, id)).eventi
    // A second stop while the first lasts changes nothing; the fascicolo waits for both.
    await recordEvento(capo, id, { tipo: 'parere', motivo: 'Parere della Soprintendenza' })
    await recordEvento(capo, id, { tipo: 'ripresa', motivo: 'Arrivata', riferitoId: first?.id ?? '' })
    expect(await stato()).toBe('SOSPESO')
    const parere = (await readPratica(capo, id)).eventi.find((x) => x.tipo === 'parere')
    await recordEvento(capo, id, { tipo: 'annullato', motivo: 'Non serviva', riferitoId: parere?.id ?? '' })
    expect(await stato()).toBe('APERTO')
    const { fascicolo } = await readPratica(capo, id)
    const facts = await query<{ azione: string }>(
      capo,
      `select azione from evento_audit where ente_id = $1 and fascicolo_id = $2 and azione in ('fascicolo-sospeso', 'fascicolo-ripreso') order by istante`,
      [e.ente.id, fascicolo.id],
    )
    expect(facts.map((x) => x.azione)).toEqual(['fascicolo-sospeso', 'fascicolo-ripreso'])
  })

  it('a suspension that ends by itself, and the end of the procedure, take the fascicolo up again; what a person suspended stays', async () => {
    const [scaduta, finita, aMano] = [await apri(10), await apri(10), await apri(10)]
    const stato = async (id: string) => (await readFascicolo(capo, (await readPratica(capo, id)).fascicolo.id)).stato
    for (const { id } of [scaduta, finita]) await recordEvento(capo, id, { tipo: 'sospensione-documenti', motivo: 'Manca la planimetria' })
    await suspendFascicolo(capo, (await readPratica(capo, aMano.id)).fascicolo.id, 'In attesa del giudice', true)
    const system = openScope(db.orm, e.ente, sistema, ruoli.jobs)
    await vigilaTermini(system)
    expect(await Promise.all([scaduta, finita, aMano].map(async ({ id }) => await stato(id)))).toEqual(['SOSPESO', 'SOSPESO', 'SOSPESO'])
    await query(capo, 'update pratica set sospesa_fino = $3::date where ente_id = $1 and id = $2', [e.ente.id, scaduta.id, oggi])
    await vigilaTermini(system)
    await vigilaTermini(system)
    await concludePratica(capo, finita.id, { esito: 'rinuncia', motivo: 'Rinuncia dell’interessato' })
    const evento = { tipo: 'parere' as const, motivo: 'Parere' }
    await recordEvento(capo, aMano.id, evento)
    await recordEvento(capo, aMano.id, {
      tipo: 'ripresa',
      motivo: 'Arrivato',
      riferitoId: (await readPratica(capo, aMano.id)).eventi[0]?.id ?? '',
    })
    expect(await Promise.all([scaduta, finita, aMano].map(async ({ id }) => await stato(id)))).toEqual(['APERTO', 'APERTO', 'SOSPESO'])
  })
})

describe('concluding and closing', () => {
  it('REQ-FASC-019 a final act of the fascicolo concludes, an incoming document does not; the time is measured and nothing moves any more', async () => {
    const { id, documentoId } = await apri(20)
    await expect(concludePratica(capo, id, { esito: 'accoglimento', motivo: '' })).rejects.toMatchObject({
      campi: [{ campo: 'documentoId' }],
    })
    await expect(concludePratica(capo, id, { esito: 'accoglimento', documentoId, motivo: '' })).rejects.toMatchObject({
      campi: [{ campo: 'documentoId' }],
    })
    const atto = await provvedimento(id)
    await expect(concludePratica(addetta, id, { esito: 'accoglimento', documentoId: atto, motivo: '' })).rejects.toMatchObject({
      codice: 'azione-non-consentita',
    })
    await concludePratica(capo, id, { esito: 'accoglimento', documentoId: atto, motivo: '' })
    const dto = await readPratica(capo, id)
    expect(dto).toMatchObject({
      situazione: 'conclusa',
      conclusaIl: oggi,
      esito: 'accoglimento',
      durata: { giorni: 20, sospesi: 0, neiTermini: true },
    })
    expect(dto.azioni).toEqual({ lavora: false, decidi: false })
    await expect(recordPasso(addetta, id, { passo: 'verifica', esito: 'fatto', motivo: '' })).rejects.toMatchObject({
      codice: 'pratica-conclusa',
    })
    await expect(query(capo, 'update pratica set giorni = 1 where ente_id = $1 and id = $2', [e.ente.id, id])).rejects.toThrow()
  })

  it('a refusal wants the notice of art. 10-bis or the reason why not', async () => {
    const { id } = await apri(20)
    const atto = await provvedimento(id)
    await expect(concludePratica(capo, id, { esito: 'diniego', documentoId: atto, motivo: '' })).rejects.toMatchObject({
      codice: 'senza-preavviso',
    })
    await recordEvento(capo, id, { tipo: 'preavviso', giorno: addDays(oggi, -12), motivo: 'Manca l’interesse' })
    await concludePratica(capo, id, { esito: 'diniego', documentoId: atto, motivo: '' })
    expect((await readPratica(capo, id)).durata).toEqual({ giorni: 20, sospesi: 10, neiTermini: true })
  })

  it('silence concludes only where it means something, and only when the term is past', async () => {
    const fresh = await apri(5)
    await expect(concludePratica(capo, fresh.id, { esito: 'silenzio', motivo: '' })).rejects.toMatchObject({
      codice: 'silenzio-non-formato',
    })
    const late = await apri(60)
    const { silenzioIl } = await readPratica(capo, late.id)
    await concludePratica(capo, late.id, { esito: 'silenzio', motivo: '' })
    expect((await readPratica(capo, late.id)).conclusaIl).toBe(silenzioIl)
    const senza = await apri(60, {}, { silenzio: 'inadempimento' })
    await expect(concludePratica(capo, senza.id, { esito: 'silenzio', motivo: '' })).rejects.toMatchObject({
      codice: 'silenzio-senza-significato',
    })
    await expect(concludePratica(capo, senza.id, { esito: 'rinuncia', motivo: '' })).rejects.toMatchObject({ campi: [{ campo: 'motivo' }] })
  })

  it('REQ-FASC-041 a practice not concluded and its mandatory steps stand in the way of closing; skipped ones are told', async () => {
    const { id } = await apri(8)
    const { fascicolo } = await readPratica(capo, id)
    await recordPasso(addetta, id, { passo: 'verifica', esito: 'fatto', motivo: '' })
    await recordPasso(addetta, id, { passo: 'pareri', esito: 'saltato', motivo: 'Non servono' })
    const found = await verifyChiusura(capo, fascicolo.id, [checkPraticaChiusura])
    expect(found.bloccanti.map((b) => b.codice)).toEqual(expect.arrayContaining(['pratica-non-conclusa', 'passi-da-fare']))
    expect(found.bloccanti.find((b) => b.codice === 'passi-da-fare')?.messaggio).toContain('Comunicazione di avvio; Esame; Decisione')
    expect(found.avvisi.map((a) => a.messaggio)).toContain('Passo saltato: Pareri (Non servono).')
  })

  it('closing a fascicolo by force ends its practice with the same outcome, once', async () => {
    const { id } = await apri(8)
    const { fascicolo } = await readPratica(capo, id)
    const { versione } = await readFascicolo(capo, fascicolo.id)
    await closeFascicolo(capo, fascicolo.id, { versione, esito: 'rinuncia', nota: '', motivoForzatura: 'Rinuncia al banco' }, [
      checkPraticaChiusura,
    ])
    const system = openScope(db.orm, e.ente, sistema)
    await concludeClosed(system, fascicolo.id)
    await concludeClosed(system, fascicolo.id)
    expect(await readPratica(capo, id)).toMatchObject({ esito: 'rinuncia', conclusaIl: oggi })
  })
})

describe('the board', () => {
  it('REQ-FASC-060 finds by procedure, responsible, document and registration; every number is the length of its list', async () => {
    const p = await apri(40)
    const found = async (f: Partial<FiltriPratiche>): Promise<string[]> => (await listPratiche(capo, filtri(f))).elementi.map((x) => x.id)
    expect(await found({ procedimento: p.procedimentoId })).toEqual([p.id])
    expect(await found({ documento: p.documentoId })).toEqual([p.id])
    expect(await found({ registrazione: p.registrazioneId })).toEqual([p.id])
    expect(await found({ responsabile: capo.attore.id, perPagina: 200 })).toContain(p.id)
    expect(await found({ responsabile: addetta.attore.id })).toEqual([])
    const dto = await readPratica(capo, p.id)
    expect((await readPraticaOfFascicolo(capo, dto.fascicolo.slug)).pratica?.id).toBe(p.id)
    expect(dto.registrazione?.id).toBe(p.registrazioneId)
    const row = await queryOne<{ procedimentoId: string }>(
      capo,
      'select procedimento_id as "procedimentoId" from fascicolo where ente_id = $1 and id = $2',
      [e.ente.id, dto.fascicolo.id],
    )
    expect((await readProcedimento(capo, p.procedimentoId)).versioneId).toBe(row?.procedimentoId)
    const all = await listPratiche(capo, filtri())
    for (const situazione of situazioni) {
      expect([situazione, (await listPratiche(capo, filtri({ situazione }))).totale]).toEqual([situazione, all.contatori[situazione]])
    }
    expect(Object.values(all.contatori).reduce((a, b) => a + b, 0)).toBe(all.totale)
    expect(all.contatori.scaduta).toBeGreaterThan(0)
  })

  it('REQ-FASC-060 the state of a practice is told to other administrations in a fixed shape, without persons, and only of what is read whole', async () => {
    const comune = { tipo: 'PAI', denominazione: 'Comune di Borgofinto', codiceIpa: 'c_x902' } as const
    const { id } = await apri(10)
    const { fascicolo, procedimento, termine } = await readPratica(capo, id)
    await inTransaction(capo, async (tx) => {
      await insertRows(tx, 'fascicolo_soggetto', [
        { id: newId(), fascicolo_id: fascicolo.id, ruolo: 'amministrazione', posizione: 1, ...toSoggettoColumns(comune), visibile: true },
      ])
    })
    await recordPasso(capo, id, { passo: 'verifica', esito: 'fatto', motivo: '' })
    await recordEvento(capo, id, { tipo: 'parere', motivo: 'Parere della Soprintendenza' })
    const stato = await readStato(capo, id)
    expect(statoPraticaDto.parse(stato)).toMatchObject({
      schema: 'stato-pratica/1',
      amministrazioneTitolare: { codiceIpa: e.ente.codiceIpa },
      amministrazioniPartecipanti: [{ denominazione: 'Comune di Borgofinto', codiceIpa: 'c_x902' }],
      fascicolo: { codice: fascicolo.codice },
      procedimento: { codice: procedimento.codice },
      situazione: 'sospesa',
      fase: 'Preparatoria',
      conclusaIl: null,
    })
    expect(stato.sospesaFino).toBe(addDays(oggi, 20))
    expect(stato.termine && termine && stato.termine > termine).toBe(true)
    const told = JSON.stringify(stato)
    for (const name of ['Ventaglio', capo.attore.nome, 'Parere della Soprintendenza']) expect(told).not.toContain(name)
    await expect(readStato(estranea, id)).rejects.toMatchObject({ codice: 'pratica-assente' })
    const file = async (scope: Scope) =>
      JSON.parse((await readAll((await exportStati(scope, filtriStati.parse({ q: fascicolo.codice }))).stream)).toString()) as {
        totale: number
        completo: boolean
        pratiche: { pratica: string }[]
      }
    expect(await file(capo)).toMatchObject({ totale: 1, completo: true, pratiche: [{ pratica: id, situazione: 'sospesa' }] })
    expect(await file(estranea)).toMatchObject({ totale: 0, pratiche: [] })
    const facts = await query(capo, `select 1 from evento_audit where ente_id = $1 and azione = 'stato-pratiche-esportato'`, [e.ente.id])
    expect(facts).toHaveLength(2)
  })

  it('the desk counts the terms as the board does', async () => {
    await apri(50)
    const counted = await countTerminiPratiche(capo)
    for (const situazione of ['scaduta', 'oggi', 'in scadenza'] as const)
      expect(counted[situazione]).toBe((await listPratiche(capo, filtri({ situazione, perPagina: 200 }))).elementi.length)
    expect(counted.scaduta).toBeGreaterThan(0)
  })

  it('the strip counts the open terms of each day', async () => {
    const p = await apri(0)
    const { termine } = await readPratica(capo, p.id)
    const { striscia } = await listPratiche(capo, filtri({ procedimento: p.procedimentoId }))
    expect(striscia.filter((x) => x.termini > 0)).toMatchObject([{ giorno: termine, termini: 1 }])
  })

  it('nobody sees a practice whose fascicolo he does not read, not even in the counts', async () => {
    const procedimentoId = await creaProcedimento(rgd, { ufficioId: e.uffici.edilizia })
    const r = await registra(protocollo, e, { riservatezza: 'RISERVATO', oggetto: 'Cosa segreta' })
    const { id } = await openPratica(capo, { procedimentoId, registrazioneId: r.id }, newId())
    for (const scope of [estranea, auditor, protocollo]) {
      const board = await listPratiche(scope, filtri({ procedimento: procedimentoId }))
      expect([board.totale, board.contatori['nei termini'], board.striscia.some((x) => x.termini > 0)]).toEqual([0, 0, false])
      await expect(readPratica(scope, id)).rejects.toMatchObject({ codice: 'pratica-assente' })
      await expect(recordPasso(scope, id, { passo: 'verifica', esito: 'fatto', motivo: '' })).rejects.toMatchObject({
        codice: 'pratica-assente',
      })
      expect((await readDurate(scope)).filter((d) => d.procedimento.id === procedimentoId)).toEqual([])
    }
    expect((await listPratiche(capo, filtri({ procedimento: procedimentoId }))).totale).toBe(1)
  })
})

describe('notices, measures and what is published', () => {
  it('gives one notice for each threshold and term, and none while suspended', async () => {
    const near = await apri(24)
    const late = await apri(50)
    const stopped = await apri(24)
    await recordEvento(capo, stopped.id, { tipo: 'interruzione', motivo: 'Integrazione' })
    const system = openScope(db.orm, e.ente, sistema)
    await vigilaTermini(system)
    await vigilaTermini(system)
    const rows = await query<{ praticaId: string; tipo: string }>(
      capo,
      'select pratica_id as "praticaId", tipo from pratica_avviso where ente_id = $1 and pratica_id = any($2::uuid[])',
      [e.ente.id, [near.id, late.id, stopped.id]],
    )
    expect(new Map(rows.map((r) => [r.praticaId, r.tipo]))).toEqual(
      new Map([
        [near.id, 'entro-10'],
        [late.id, 'scaduto'],
      ]),
    )
    expect(rows).toHaveLength(2)
    const { fascicolo } = await readPratica(capo, late.id)
    const notices = await listAvvisiTermini(capo)
    expect(notices.filter((n) => n.fascicolo.slug === fascicolo.slug).map((n) => n.tipo)).toEqual(['scaduto'])
    expect((await listAvvisiTermini(estranea)).map((n) => n.fascicolo.slug)).not.toContain(fascicolo.slug)
  })

  it('measures median and ninetieth percentile, and publishes them only where they are not of one person', async () => {
    const procedimentoId = await creaProcedimento(rgd, { ufficioId: e.uffici.edilizia, denominazione: 'Misura' })
    const conclude = async (giorni: number): Promise<void> => {
      const { id } = await openPratica(capo, { procedimentoId, avvio: addDays(oggi, -giorni) }, newId())
      await concludePratica(capo, id, { esito: 'rinuncia', motivo: 'Prova', giorno: oggi })
    }
    for (const giorni of [10, 20]) await conclude(giorni)
    const published = async () => (await readTempi(capo)).righe.find((r) => r.procedimento === 'Misura')
    expect(await published()).toMatchObject({ conclusi: 2, giorni_mediana: null, percentuale_nei_termini: null })
    await conclude(60)
    expect((await readDurate(capo)).find((d) => d.procedimento.id === procedimentoId)).toMatchObject({
      conclusi: 3,
      inCorso: 0,
      mediana: 20,
      novantesimo: 52,
      termineGiorni: 30,
    })
    expect(await published()).toMatchObject({ conclusi: 3, giorni_mediana: 20, percentuale_nei_termini: 66.7 })
    const nascosto = await creaProcedimento(rgd, {
      ufficioId: e.uffici.edilizia,
      denominazione: 'Disciplinare',
      fascicolo: {
        tipo: 'procedimento amministrativo',
        oggetto: '{procedimento}',
        interessatiDalMittente: false,
        visibileCittadino: false,
      },
    })
    await openPratica(capo, { procedimentoId: nascosto }, newId())
    expect((await readTempi(capo)).righe.map((r) => r.procedimento)).not.toContain('Disciplinare')
  })

  it('REQ-FASC-061 procedures beyond term and fascicoli without movement for twelve months, each the length of its list', async () => {
    const id = await openFermo(capo, e, 'Fascicolo dimenticato')
    const fermi = await listFermi(capo, 1, 50)
    expect(fermi.elementi.map((f) => f.id)).toContain(id)
    // A fascicolo opened today is not still, whatever its subject.
    expect(fermi.elementi.map((f) => f.oggetto)).not.toContain('Accesso alle pratiche edilizie – Ventaglio Ortensia')
    const indicatori = await readIndicatori(capo)
    expect(indicatori.fermi).toBe(fermi.totale)
    expect(indicatori.oltreTermine).toBe((await listPratiche(capo, filtri({ situazione: 'scaduta' }))).totale)
    expect(indicatori.oltreTermine).toBeGreaterThan(0)
    // A movement takes it out of the list; reading it does not.
    await readFascicolo(capo, id)
    expect((await listFermi(capo, 1, 50)).elementi.map((f) => f.id)).toContain(id)
    const r = await registra(protocollo, e, { voceId: e.voci.get('VI/3') ?? '' })
    await fileDocumento(capo, id, { documentoId: r.documentoId })
    expect((await findDocumenti(capo, id)).length).toBe(1)
    expect((await listFermi(capo, 1, 50)).elementi.map((f) => f.id)).not.toContain(id)
  })

  it('the starting set is added once, with the office of the voice', async () => {
    const first = await adoptModelliComuni(rgd)
    expect(first.aggiunti).toBeGreaterThanOrEqual(65)
    expect(await adoptModelliComuni(rgd)).toEqual({ aggiunti: 0 })
    const [permesso] = await listProcedimenti(capo, { attivi: 'si', q: 'Permesso di costruire' })
    expect(permesso).toMatchObject({ codice: 'EDI-01', ufficio: { id: e.uffici.edilizia }, voce: { codice: 'VI/3/1' } })
    expect(permesso?.daDefinire).toContain('responsabile')
  })
})
