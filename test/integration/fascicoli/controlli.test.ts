import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { stampatricePdf } from '../../../server/adapters/stampa-pdf/index.ts'
import { createBozza } from '../../../server/bozze/service/draft.ts'
import { prepareDocumento } from '../../../server/bozze/service/forma.ts'
import { saveModello } from '../../../server/bozze/service/modelli.ts'
import { discardBozza } from '../../../server/bozze/service/passi.ts'
import { nuovoModello } from '../../../server/bozze/schema.ts'
import { closeFascicolo, fileDocumento, presentFascicoloById, verifyChiusura } from '../../../server/fascicoli/index.ts'
import type { ControlloChiusura } from '../../../server/fascicoli/index.ts'
import { addCartaceo, addNonProtocollato } from '../../../server/fascicoli/service/aggiungi.ts'
import { openParte } from '../../../server/fascicoli/service/parti.ts'
import { removeDocumento } from '../../../server/fascicoli/service/sposta.ts'
import { decideTrasferimento, requestTrasferimento } from '../../../server/fascicoli/service/trasferisci.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { now, romeDay } from '../../../server/kernel/time.ts'
import { checkMetadatiChiusura } from '../../../server/metadati/index.ts'
import { authorizeRichiesta, register, requestAnnullamento } from '../../../server/protocollo/index.ts'
import type { NuovaRegistrazioneEntrata } from '../../../server/protocollo/index.ts'
import { refuseAssegnazione, takeInCarico } from '../../../server/protocollo/service/assign.ts'
import { listConsegne, recordConsegna } from '../../../server/protocollo/service/consegne.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { addRegola } from '../../../server/titolario/index.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildPdf, buildUscita, createEnte, createOperatore, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { apri, registra, store } from '../../support/fascicoli.ts'

let db: TestDatabase
let e: EnteDiProva
let capo: Scope
let protocollo: Scope
let scuola: Scope
let rgd: Scope
const ports = { store, stampa: stampatricePdf } as unknown as Ports
const OGGI = romeDay(now())

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  protocollo = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope
  scuola = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.scuola, 'Sara')).scope
  rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', e.uffici.protocollo, 'Renata')).scope
  await addRegola(rgd, { ...regola, voceId: voce('VI/4'), anni: 10 })
})
afterAll(async () => await db.close())

const regola = {
  tipologia: null,
  tipoFascicolo: null,
  condizione: null,
  decorrenza: 'chiusura' as const,
  sfoltimento: false,
  atto: 'Delibera n. 9',
  approvataIl: '2026-01-10',
}
const voce = (codice: string): string => e.voci.get(codice) ?? ''
const file = async (
  nome: string,
  bytes?: Buffer,
  chi = protocollo,
): Promise<{ contenutoId: string; nome: string; descrizione: string }> => ({
  contenutoId: await stage(chi, store, bytes ?? (await buildPdf(`Documento ${newId()}`)), nome),
  nome,
  descrizione: '',
})
const disegno = async (): Promise<Buffer> => await Promise.resolve(Buffer.concat([Buffer.from('AC1027'), Buffer.alloc(64, newId())]))

/** The open assignment of a registration. */
async function assegnazione(registrazioneId: string): Promise<string> {
  const row = await queryOne<{ id: string }>(
    capo,
    'select id from assegnazione where ente_id = $1 and registrazione_id = $2 and al is null',
    [e.ente.id, registrazioneId],
  )
  return row?.id ?? ''
}

/** A registered document of the voice, taken in charge by its office. */
async function preso(changes: Partial<NuovaRegistrazioneEntrata> = {}): Promise<{ id: string; documentoId: string }> {
  const r = await registra(protocollo, e, { voceId: voce('VI/4'), ...changes })
  await takeInCarico(capo, await assegnazione(r.id))
  return r
}

/** An open affare of a voice the plan speaks of, with such documents: nothing stands against closing it. */
async function aperto(...documenti: readonly { documentoId: string }[]): Promise<string> {
  const id = await apri(capo, e, { voceId: voce('VI/4') })
  for (const d of documenti.length === 0 ? [await preso()] : documenti) await fileDocumento(capo, id, { documentoId: d.documentoId })
  return id
}

/** What stands against closing, and what should be known: the codes, each with the page where it is settled. */
async function rilievi(
  id: string,
  controlli: readonly ControlloChiusura[] = [],
): Promise<{ bloccanti: readonly string[]; avvisi: readonly string[]; pagine: readonly (string | undefined)[] }> {
  const { bloccanti, avvisi } = await verifyChiusura(capo, id, controlli)
  return {
    bloccanti: bloccanti.map((r) => r.codice),
    avvisi: avvisi.map((r) => r.codice),
    pagine: [...bloccanti, ...avvisi].map((r) => r.collegamento),
  }
}

const close = async (id: string): Promise<string> =>
  await closeFascicolo(capo, id, { versione: (await presentFascicoloById(capo, id)).versione, esito: 'conclusione', nota: '' }, [])

const bloccato = (...codici: string[]) => ({ bloccanti: codici, avvisi: [] })
const avvisato = (...codici: string[]) => ({ bloccanti: [], avvisi: codici })
const niente = { bloccanti: [], avvisi: [], pagine: [] }

/** The page of a registration, as findings point to it. */
async function pagina(registrazioneId: string): Promise<string> {
  const r = await queryOne<{ anno: number; numero: number }>(
    capo,
    'select anno, numero from registrazione where ente_id = $1 and id = $2',
    [e.ente.id, registrazioneId],
  )
  return `/${e.ente.slug}/protocollo/${r?.anno}/${r?.numero}`
}

describe('what stands against closing, one cause at a time', () => {
  it('REQ-FASC-041 nothing is found in a sound fascicolo, and it closes without a reason', async () => {
    const id = await aperto()
    expect(await rilievi(id, [checkMetadatiChiusura])).toEqual(niente)
    await close(id)
    expect((await presentFascicoloById(capo, id)).stato).toBe('CHIUSO')
  })

  it('REQ-FASC-041 a fascicolo with nothing inside; a paper by reference is something', async () => {
    const id = await apri(capo, e, { voceId: voce('VI/4') })
    expect(await rilievi(id)).toMatchObject(bloccato('fascicolo-vuoto'))
    const carta = { oggetto: 'Planimetria', tipologia: 'Disegno', consistenza: '3 fogli', posizioneFisica: 'Scaffale 2', area: 'comune' }
    await addCartaceo(capo, id, carta as Parameters<typeof addCartaceo>[2])
    expect(await rilievi(id)).toEqual(niente)
  })

  it('REQ-FASC-041 a draft still being written, until it is discarded', async () => {
    const id = await aperto()
    const b = await createBozza(capo, { tipo: 'U', fascicoloId: id, dati: { oggetto: 'Diniego' } }, newId())
    expect(await rilievi(id)).toEqual({ ...bloccato('bozza-aperta'), pagine: [`/${e.ente.slug}/bozze/${b.id}`] })
    await discardBozza(capo, b.id, b.versione, 'Non serve più')
    expect(await rilievi(id)).toEqual(niente)
  })

  it('REQ-FASC-041 a draft that waits for its signature, until it is discarded', async () => {
    const id = await aperto()
    const modelloId = (
      await saveModello(
        capo,
        nuovoModello.parse({ nome: 'Diniego', formato: 'HTML', corpo: '<p>Si nega.</p>', richiedeFirma: true }),
        store,
      )
    ).id
    const b = await createBozza(capo, { tipo: 'U', modelloId, fascicoloId: id, dati: { oggetto: 'Diniego' } }, newId())
    const pronta = await prepareDocumento(capo, b.id, { versione: b.versione, formato: 'PDF' }, ports)
    expect(await rilievi(id)).toEqual({ ...bloccato('bozza-da-firmare'), pagine: [`/${e.ente.slug}/bozze/${b.id}`] })
    await discardBozza(capo, b.id, pronta.versione, 'Non serve più')
    expect(await rilievi(id)).toEqual(niente)
  })

  it('REQ-FASC-041 an assignment nobody took in charge, until somebody does', async () => {
    const r = await registra(protocollo, e, { voceId: voce('VI/4') })
    const id = await aperto(r)
    expect(await rilievi(id)).toEqual({ ...bloccato('assegnazione-aperta'), pagine: [await pagina(r.id)] })
    await takeInCarico(capo, await assegnazione(r.id))
    expect(await rilievi(id)).toEqual(niente)
  })

  it('REQ-FASC-041 an assignment refused and not given to others, until the registration is annulled', async () => {
    const r = await registra(protocollo, e, { voceId: voce('VI/4') })
    const id = await aperto(r)
    await refuseAssegnazione(capo, await assegnazione(r.id), { motivo: 'altro', nota: 'Non è del mio ufficio' })
    expect(await rilievi(id)).toEqual({ ...bloccato('assegnazione-aperta'), pagine: [await pagina(r.id)] })
    const richiesta = await requestAnnullamento(protocollo, r.id, { motivo: 'Arrivato per errore' }, newId())
    await authorizeRichiesta(rgd, richiesta, { provvedimento: { numero: '7/2026', data: OGGI }, confermaDestinatario: false })
    expect(await rilievi(id)).toEqual(niente)
  })

  it('REQ-FASC-041 an outgoing document nobody noted the sending of is told, one on its way or that did not arrive blocks, a delivered one does not', async () => {
    const contenutoId = await stage(protocollo, store, await buildPdf(newId()), 'riscontro.pdf')
    const r = await register(protocollo, buildUscita(e, contenutoId, { voceId: voce('VI/4') }), newId())
    const documentoId = (
      await queryOne<{ id: string }>(capo, 'select documento_id as id from registrazione where ente_id = $1 and id = $2', [e.ente.id, r.id])
    )?.id
    const id = await aperto({ documentoId: documentoId ?? '' })
    const pagine = [await pagina(r.id)]
    expect(await rilievi(id)).toEqual({ ...avvisato('consegna-da-fare'), pagine })
    const posizione = (await listConsegne(protocollo, r.id))[0]?.posizione ?? -1
    const passo = async (stato: 'inviato' | 'mancata-consegna' | 'consegnato') =>
      await recordConsegna(protocollo, r.id, { posizione, stato, giorno: OGGI, estremi: 'Raccomandata 61500000001-4' })
    await passo('inviato')
    expect(await rilievi(id)).toEqual({ ...bloccato('consegna-in-corso'), pagine })
    await passo('mancata-consegna')
    expect(await rilievi(id)).toEqual({ ...bloccato('consegna-in-corso'), pagine })
    await passo('consegnato')
    expect(await rilievi(id)).toEqual(niente)
  })

  it('REQ-FASC-041 a file in a format not fit for preservation, until the document that carries a copy of it takes its place', async () => {
    const pianta = async () => await file('pianta.dwg', await disegno())
    // Neither a fit main file nor another attachment is a copy of the drawing.
    const senza = await preso({ allegati: [await pianta(), await file('relazione.pdf')] })
    const id = await aperto(senza)
    expect(await rilievi(id)).toEqual({ ...bloccato('formato-non-conservabile'), pagine: [await pagina(senza.id)] })
    for (const copia of ['Pianta.pdf', 'pianta.dwg.pdf']) {
      const con = await preso({ allegati: [await pianta(), await file(copia)] })
      await removeDocumento(capo, id, senza.documentoId, { motivo: 'Sostituito' }).catch(() => null)
      await fileDocumento(capo, id, { documentoId: con.documentoId })
      expect(await rilievi(id)).toEqual(niente)
    }
  })

  it('REQ-FASC-041 the name of a file of a riservato is not said', async () => {
    const documento = { ...(await file('pianta.dwg', await disegno())), formazione: 'file' as const }
    const r = await preso({ documento, riservatezza: 'RISERVATO' })
    const id = await aperto(r)
    const { bloccanti } = await verifyChiusura(capo, id, [])
    expect(bloccanti.map((b) => b.codice)).toEqual(['formato-non-conservabile'])
    expect(bloccanti[0]?.messaggio).toContain('«RISERVATO»')
  })

  it('REQ-FASC-041 an open part, until it is closed', async () => {
    const id = await aperto()
    const parte = await openParte(capo, id, { oggetto: 'Corrispondenza' }, newId())
    const { slug } = await presentFascicoloById(capo, parte.id)
    expect(await rilievi(id)).toEqual({ ...bloccato('sottofascicolo-aperto'), pagine: [`/${e.ente.slug}/fascicoli/${slug}`] })
    await fileDocumento(capo, parte.id, { documentoId: (await preso()).documentoId })
    await close(parte.id)
    expect(await rilievi(id)).toEqual(niente)
  })

  it('REQ-FASC-041 a transfer to another office that waits for an answer, until it is decided', async () => {
    const id = await aperto()
    await requestTrasferimento(capo, id, { ufficioId: e.uffici.scuola, motivo: 'Di competenza della scuola' })
    const { slug, movimenti } = await presentFascicoloById(capo, id)
    expect(await rilievi(id)).toEqual({ ...bloccato('trasferimento-in-corso'), pagine: [`/${e.ente.slug}/fascicoli/${slug}`] })
    await decideTrasferimento(scuola, id, movimenti[0]?.id ?? '', { accetta: false, nota: 'Resta all’edilizia' })
    expect(await rilievi(id)).toEqual(niente)
  })

  it('REQ-FASC-041 an unregistered document is told, until it leaves', async () => {
    const id = await aperto()
    await addNonProtocollato(
      capo,
      id,
      { oggetto: 'Appunto', tipologia: 'Nota', file: [await file('appunto.pdf', undefined, capo)] },
      newId(),
    )
    expect(await rilievi(id)).toMatchObject(avvisato('non-protocollati'))
    const appunto = (await presentFascicoloById(capo, id)).documenti.find((d) => d.registrazione === null)?.documentoId ?? ''
    await removeDocumento(capo, id, appunto, { motivo: 'Appunto personale' })
    expect(await rilievi(id)).toEqual(niente)
  })

  it('REQ-FASC-041 the same file twice is told, until one of the two documents leaves', async () => {
    const bytes = await buildPdf(newId())
    const twice = async () =>
      await preso({ oggetto: `Istanza ${newId()}`, documento: { ...(await file('istanza.pdf', bytes)), formazione: 'file' } })
    const [first, second] = [await twice(), await twice()]
    const id = await aperto(first, second)
    expect(await rilievi(id)).toMatchObject(avvisato('doppioni'))
    await removeDocumento(capo, id, second.documentoId, { motivo: 'Doppione' })
    expect(await rilievi(id)).toEqual(niente)
  })

  it('REQ-FASC-041 a retention the plan does not say is told, until the plan says it, with years or with a condition', async () => {
    for (const [codice, changes] of [
      ['VI/5', { anni: 10 }],
      ['VI/6', { anni: null, condizione: 'Finché dura il vincolo' }],
    ] as const) {
      const r = await preso({ voceId: voce(codice) })
      const id = await apri(capo, e, { voceId: voce(codice), documentoId: r.documentoId })
      expect(await rilievi(id)).toMatchObject(avvisato('conservazione-da-definire'))
      await addRegola(rgd, { ...regola, voceId: voce(codice), ...changes })
      expect(await rilievi(id)).toEqual(niente)
    }
  })
})
