import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { stampatricePdf } from '../../../server/adapters/stampa-pdf/index.ts'
import { linkFascicolo } from '../../../server/fascicoli/service/collega.ts'
import { fileDocumento } from '../../../server/fascicoli/index.ts'
import { verifyChain } from '../../../server/kernel/audit.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { findVisibleById } from '../../../server/protocollo/index.ts'
import { openDocumentoFile } from '../../../server/protocollo/service/read.ts'
import { ricercaJobs } from '../../../server/ricerca/index.ts'
import { suggerimentiJobs } from '../../../server/suggerimenti/index.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { placeVincolo } from '../../../server/scarto/index.ts'
import { findColonne } from '../../../server/scarto/riferimenti.ts'
import { orderScarto } from '../../../server/scarto/service/autorizza.ts'
import { checkProcedura, destroyProcedura, expireCopie } from '../../../server/scarto/service/distruggi.ts'
import { listVoci, readProcedura, readScartoFascicolo } from '../../../server/scarto/service/leggi.ts'
import { excludeVoce, recordComunicazione, resumeVoce, verifyProcedura } from '../../../server/scarto/service/passi.ts'
import { closeVincolo, listVincoli, saveImpostazioni } from '../../../server/scarto/service/vincoli.ts'
import { openElenco } from '../../../server/scarto/elenco.ts'
import { createMemoryStore } from '../../../storage/memory.ts'
import { createDatabase, openScope } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, readAll, sistema } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { apri } from '../../support/fascicoli.ts'
import { autorizza, closeOn, documento, inUscita, proponi, regola, richiedi, vecchio, voceOf } from '../../support/scarto.ts'
import type { Vecchio } from '../../support/scarto.ts'

let db: TestDatabase
let e: EnteDiProva
let marta: Scope
let vito: Scope
let lavori: Scope
const store = createMemoryStore()
const ports = { store, stampa: stampatricePdf, motoreRicerca: null } as unknown as Ports

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  const person = async (profilo: 'responsabileGestioneDocumentale' | 'vicario', nome: string): Promise<Scope> => {
    const { scope } = await createOperatore(db.orm, e, profilo, e.uffici.edilizia, nome)
    return openScope(db.orm, e.ente, { ...scope.attore, permessi: new Set(['scarto.gestisci', 'scarto.ordina']) })
  }
  marta = await person('responsabileGestioneDocumentale', 'Marta')
  vito = await person('vicario', 'Vito')
  lavori = openScope(db.orm, e.ente, sistema)
  await regola(marta, e.voci.get('VI/3') ?? '', 10)
})
afterAll(async () => await db.close())

/** Indexes the registration as its job does. */
async function index(v: Pick<Vecchio, 'registrazioneId'>): Promise<void> {
  for (const [jobs, type] of [
    [ricercaJobs, 'ricerca.index'],
    [suggerimentiJobs, 'suggerimenti.dimentica'],
  ] as const) {
    const job = jobs.find((j) => j.type === type)
    await job?.handler(lavori, { id: v.registrazioneId }, ports)
  }
}
const stateOf = async (id: string, v: Vecchio): Promise<string | undefined> => (await voceOf(marta, id, v.id))?.stato
/** Leaves out of a disposal what other cases left behind, so that each sees its own. */
async function only(id: string, own: readonly Vecchio[]): Promise<void> {
  const { elementi } = await listVoci(marta, id, { pagina: 1, perPagina: 200 })
  for (const voce of elementi)
    if (!own.some((v) => v.id === voce.fascicolo.id) && voce.stato === 'PROPOSTO')
      await excludeVoce(marta, id, voce.id, 'Fuori da questa prova.')
}
const destroy = async (id: string, own: readonly Vecchio[]): Promise<void> => {
  await destroyProcedura(lavori, id, store)
  for (const v of own) await index(v)
  await checkProcedura(lavori, id, store)
}

describe('the proposal', () => {
  it('REQ-FASC-052 REQ-CONS-218 proposes whole closed fascicoli whose term has passed, each with its reason, dates and quantities', async () => {
    const old = await vecchio(marta, e, store, { chiusoIl: '2010-06-15' })
    const recent = await vecchio(marta, e, store, { chiusoIl: '2020-06-15' })
    const open = await vecchio(marta, e, store, { chiusoIl: null })
    const linked = await vecchio(marta, e, store, { chiusoIl: '2009-01-01' })
    await linkFascicolo(marta, open.id, { altroId: linked.id, tipo: 'collegato', motivo: 'Prova' })
    const id = await proponi(marta, lavori)
    expect(await stateOf(id, old)).toBe('PROPOSTO')
    expect([await voceOf(marta, id, recent.id), await voceOf(marta, id, open.id), await voceOf(marta, id, linked.id)]).toEqual([
      null,
      null,
      null,
    ])
    const { elementi } = await listVoci(marta, id, { pagina: 1, perPagina: 200 })
    const voce = elementi.find((v) => v.fascicolo.id === old.id)
    expect(voce).toMatchObject({
      anni: 10,
      decorrenza: '2011-01-01',
      scadenza: '2021-01-01',
      documenti: 1,
      file: 1,
      tipologie: ['Istanza'],
      riservata: false,
    })
    expect(voce?.regola).toContain(
      '10 anni dal 1º gennaio dopo l’anno di chiusura (piano di conservazione, voce VI/3, Deliberazione di prova n. 7)',
    )
    expect(voce?.byte).toBeGreaterThan(100)
    expect(await readProcedura(marta, id)).toMatchObject({ composizione: 'pronta', totale: elementi.length })
    await only(id, [])
  })

  it('REQ-CONS-217 the longest time inside keeps the whole; with internal selection the longer documents stay, and the item says how many', async () => {
    const voceId = e.voci.get('VI/3/4') ?? ''
    await regola(marta, voceId, 40, { tipologia: 'Relazione' })
    const mixed = await vecchio(marta, e, store, { registrazione: { tipologia: 'Relazione' } })
    const id = await proponi(marta, lavori)
    expect(await voceOf(marta, id, mixed.id)).toBeNull()
    await only(id, [])
    await regola(marta, voceId, 10, { tipoFascicolo: 'attivita', sfoltimento: true })
    const selected = await vecchio(marta, e, store, { chiusoIl: null, fascicolo: { tipo: 'attivita' } })
    const stays = await documento(marta, e, store, { voceId, tipologia: 'Relazione' })
    await fileDocumento(marta, selected.id, { documentoId: stays.documentoId })
    await closeOn(marta, selected.id, '2005-01-01')
    const second = await proponi(marta, lavori)
    const { elementi } = await listVoci(marta, second, { pagina: 1, perPagina: 200 })
    expect(elementi.find((v) => v.fascicolo.id === selected.id)).toMatchObject({ documenti: 1, trattenuti: 1 })
    await only(second, [selected])
    await richiedi(marta, e, store, second)
    await autorizza(marta, e, store, second)
    await orderScarto(vito, second)
    await destroy(second, [selected])
    expect(await store.stat(e.ente.id, selected.sha256)).toBeNull()
    expect(await store.stat(e.ente.id, stays.sha256)).not.toBeNull()
  })

  it('REQ-CONS-217 permanent is never proposed', async () => {
    await regola(marta, e.voci.get('VI/1') ?? '', 9999)
    const v = await vecchio(marta, e, store, {
      registrazione: { voceId: e.voci.get('VI/1') ?? '' },
      fascicolo: { voceId: e.voci.get('VI/1') ?? '' },
    })
    const id = await proponi(marta, lavori)
    expect(await voceOf(marta, id, v.id)).toBeNull()
    await only(id, [])
  })
})

describe('holds', () => {
  const vincolo = { tipo: 'contenzioso', motivo: 'Ricorso al TAR', atto: 'Ricorso n. 44', dal: '2026-01-01', al: null } as const

  it('REQ-FASC-054 a hold keeps a fascicolo out of the proposals, says so in its page, and lets it go when it ends', async () => {
    const v = await vecchio(marta, e, store)
    const vincoloId = await placeVincolo(marta, { ...vincolo, fascicolo: v.id })
    const id = await proponi(marta, lavori)
    expect(await voceOf(marta, id, v.id)).toBeNull()
    await only(id, [])
    expect((await readScartoFascicolo(marta, v.id)).vincoli).toEqual([
      { tipo: 'contenzioso', dal: '2026-01-01', al: null, motivo: 'Ricorso al TAR', atto: 'Ricorso n. 44' },
    ])
    expect((await listVincoli(marta)).find((x) => x.id === vincoloId)).toMatchObject({ inVigore: true, autore: marta.attore.nome })
    await closeVincolo(marta, vincoloId, 'Giudizio finito')
    const second = await proponi(marta, lavori)
    expect(await stateOf(second, v)).toBe('PROPOSTO')
    await only(second, [])
  })

  it('REQ-FASC-054 REQ-CONS-213 a hold stops an item at once wherever it is until the order, and it goes on from there', async () => {
    const v = await vecchio(marta, e, store)
    const id = await proponi(marta, lavori)
    await only(id, [v])
    const voce = (await voceOf(marta, id, v.id)) as { id: string }
    const stopAndResume = async (): Promise<void> => {
      const before = await stateOf(id, v)
      const vincoloId = await placeVincolo(marta, { ...vincolo, fascicolo: v.id })
      expect(await voceOf(marta, id, v.id)).toMatchObject({ stato: 'SOSPESO_PER_VINCOLO', motivo: 'Vincolo: contenzioso. Ricorso al TAR' })
      await expect(resumeVoce(marta, id, voce.id, 'Prova')).rejects.toMatchObject({ codice: 'voce-vincolata' })
      await closeVincolo(marta, vincoloId, 'Finito')
      await resumeVoce(marta, id, voce.id, 'Il giudizio è finito')
      expect(await stateOf(id, v)).toBe(before)
    }
    await stopAndResume()
    await verifyProcedura(marta, id)
    await stopAndResume()
    await richiedi2(id)
    await stopAndResume()
    await autorizza(marta, e, store, id)
    await stopAndResume()
    expect(await stateOf(id, v)).toBe('AUTORIZZATO')
    // Stopped while it waits for the order, it is not ordered.
    await placeVincolo(marta, { ...vincolo, tipo: 'sequestro', fascicolo: v.id })
    await expect(orderScarto(vito, id)).rejects.toMatchObject({ codice: 'scarto-fuori-ordine' })
    expect(await store.stat(e.ente.id, v.sha256)).not.toBeNull()
  })

  it('REQ-CONS-213 a new link, a reopening of the affair or a filing elsewhere stop an item by themselves', async () => {
    const [a, b] = [await vecchio(marta, e, store), await vecchio(marta, e, store)]
    const id = await proponi(marta, lavori)
    await only(id, [a, b])
    await verifyProcedura(marta, id)
    const open = await apri(marta, e, { voceId: e.voci.get('VI/3/4') ?? '' })
    await linkFascicolo(marta, open, { altroId: a.id, tipo: 'collegato', motivo: 'Prova' })
    await fileDocumento(marta, open, { documentoId: b.documentoId })
    expect(await voceOf(marta, id, a.id)).toMatchObject({ stato: 'SOSPESO_PER_VINCOLO', motivo: 'Collegato a un altro fascicolo.' })
    expect(await voceOf(marta, id, b.id)).toMatchObject({
      stato: 'SOSPESO_PER_VINCOLO',
      motivo: 'Un suo documento è stato messo in un altro fascicolo.',
    })
    const voci = [await voceOf(marta, id, a.id), await voceOf(marta, id, b.id)]
    for (const voce of voci) await excludeVoce(marta, id, voce?.id ?? '', 'Serve ancora.')
  })
})

async function richiedi2(id: string): Promise<void> {
  const { recordProvvedimento, recordRichiesta } = await import('../../../server/scarto/service/passi.ts')
  await recordProvvedimento(marta, id, { estremi: 'Determinazione n. 9', del: '2026-01-20', motivazione: 'Termini scaduti.' })
  await recordRichiesta(marta, id, { registrazione: await inUscita(marta, e, store), registrazioneInterno: null })
}

describe('from the request to the notice', () => {
  it('REQ-FASC-052 REQ-FASC-053 REQ-CONS-214 REQ-CONS-215 destroys only what was authorised, everywhere; what must stay stays for ever', async () => {
    const [gone, back] = [await vecchio(marta, e, store), await vecchio(marta, e, store)]
    await index(gone)
    const id = await proponi(marta, lavori)
    await only(id, [gone, back])
    await richiedi(marta, e, store, id)
    const refused = await voceOf(marta, id, back.id)
    await autorizza(marta, e, store, id, [{ voceId: refused?.id ?? '', motivo: 'Interesse storico.', nonPrimaDel: '2031-01-01' }])
    expect(await voceOf(marta, id, back.id)).toMatchObject({ stato: 'NON_AUTORIZZATO', motivo: 'Interesse storico.' })
    expect((await readProcedura(marta, id)).autorizzazioni).toMatchObject([{ esito: 'parziale', autorita: 'soprintendenza' }])
    // The one who proposed does not order; the other may.
    await expect(orderScarto(marta, id)).rejects.toMatchObject({ codice: 'ordine-della-stessa-persona', status: 403 })
    expect(await orderScarto(vito, id)).toEqual({ ordinate: 1, sospese: 0 })
    await destroyProcedura(lavori, id, store)
    // The check does not pass while words of the file are still searched.
    const words = async () =>
      await queryOne<{ corpo: string; estrazione: string }>(
        lavori,
        'select corpo, estrazione from testo_registrazione where ente_id = $1 and registrazione_id = $2',
        [e.ente.id, gone.registrazioneId],
      )
    expect((await words())?.estrazione).toBe('testo')
    await expect(checkProcedura(lavori, id, store)).rejects.toThrow('words still in the index')
    await index(gone)
    expect((await words())?.estrazione).toBe('nessun-file')
    await checkProcedura(lavori, id, store)
    expect(await stateOf(id, gone)).toBe('DISTRUTTO_LOCALMENTE')
    // By digest nothing is found; the refused one is untouched.
    const digests = await query<{ sha256: string }>(lavori, 'select sha256 from impronta_scartata where ente_id = $1 and esito = $2', [
      e.ente.id,
      'distrutta',
    ])
    expect(digests.map((d) => d.sha256)).toContain(gone.sha256)
    for (const { sha256 } of digests) expect(await store.stat(e.ente.id, sha256)).toBeNull()
    expect(await store.stat(e.ente.id, back.sha256)).not.toBeNull()
    // What stays: the registration, the identity of the document, its digest, the reference of the authorisation.
    expect(await findVisibleById(marta, gone.registrazioneId)).toMatchObject({ id: gone.registrazioneId })
    const kept = await queryOne(
      lavori,
      `select d.oggetto, c.sha256, s.riferimento from documento d join documento_file f on f.ente_id = d.ente_id and f.documento_id = d.id join contenuto c on c.ente_id = f.ente_id and c.id = f.contenuto_id
         join documento_scartato s on s.ente_id = d.ente_id and s.documento_id = d.id where d.ente_id = $1 and d.id = $2`,
      [e.ente.id, gone.documentoId],
    )
    expect(kept).toMatchObject({
      sha256: gone.sha256,
      riferimento: 'autorizzazione della Soprintendenza archivistica prot. SAB-PRV 1234/soprintendenza del 02/03/2026',
    })
    expect(await verifyChain(lavori, e.registroId)).toBeNull()
    const file = await queryOne<{ id: string }>(lavori, 'select id from documento_file where ente_id = $1 and documento_id = $2', [
      e.ente.id,
      gone.documentoId,
    ])
    await expect(openDocumentoFile(marta, gone.documentoId, file?.id ?? '', store)).rejects.toMatchObject({
      status: 410,
      codice: 'documento-scartato',
      message: expect.stringContaining('autorizzazione della Soprintendenza archivistica prot. SAB-PRV 1234/soprintendenza del 02/03/2026'),
    })
    expect((await readScartoFascicolo(marta, gone.id)).scartato).toMatchObject({ documenti: 1 })
    // Backups, then the notice.
    const notice = { registrazione: await inUscita(marta, e, store), registrazioneInterno: null }
    await expect(recordComunicazione(marta, id, notice)).rejects.toMatchObject({ codice: 'scarto-fuori-ordine' })
    await expireCopie(lavori)
    expect(await stateOf(id, gone)).toBe('DISTRUTTO_LOCALMENTE')
    await saveImpostazioni(marta, { giorniCopie: 0 })
    await expireCopie(lavori)
    expect(await stateOf(id, gone)).toBe('BACKUP_AGGIORNATI')
    await recordComunicazione(marta, id, notice)
    expect(await stateOf(id, gone)).toBe('COMUNICATO')
    // REQ-CONS-212 the refused one is not proposed again before its day.
    const again = await proponi(marta, lavori)
    expect(await voceOf(marta, again, back.id)).toBeNull()
    await only(again, [])
  })

  it('REQ-CONS-212 a refused item keeps its documents and is free for the normal life, but is not proposed again for twelve months', async () => {
    const v = await vecchio(marta, e, store)
    const id = await proponi(marta, lavori)
    await only(id, [v])
    await richiedi(marta, e, store, id)
    await autorizza(marta, e, store, id, [
      { voceId: (await voceOf(marta, id, v.id))?.id ?? '', motivo: 'Serve una verifica.', nonPrimaDel: null },
    ])
    const row = await queryOne<{ giorno: string }>(
      marta,
      `select to_char(non_prima_del, 'YYYY-MM-DD') as giorno from voce_scarto where ente_id = $1 and fascicolo_id = $2 and stato = 'NON_AUTORIZZATO'`,
      [e.ente.id, v.id],
    )
    expect(row?.giorno).toBe('2027-03-02')
    expect((await readProcedura(marta, id)).autorizzazioni).toMatchObject([{ esito: 'negata' }])
    await expect(orderScarto(vito, id)).rejects.toMatchObject({ codice: 'scarto-fuori-ordine' })
    expect(await store.stat(e.ente.id, v.sha256)).not.toBeNull()
  })

  it('REQ-FASC-052 with riservati the Ministry of the Interior is asked too, and nothing is ordered before both have answered', async () => {
    const v = await vecchio(marta, e, store, { registrazione: { riservatezza: 'RISERVATO' } })
    const id = await proponi(marta, lavori)
    await only(id, [v])
    await expect(richiedi(marta, e, store, id)).rejects.toMatchObject({ codice: 'richiesta-interno-mancante' })
    const { recordRichiesta } = await import('../../../server/scarto/service/passi.ts')
    await recordRichiesta(marta, id, {
      registrazione: await inUscita(marta, e, store),
      registrazioneInterno: await inUscita(marta, e, store),
    })
    const elenco = await openElenco(marta, id, 'csv', ports)
    const csv = (await readAll(elenco.stream)).toString('utf8')
    expect(csv).toContain('Oggetto riservato')
    expect(csv).not.toContain('Accesso agli atti di via del Forno')
    await autorizza(marta, e, store, id)
    expect(await stateOf(id, v)).toBe('RICHIESTO')
    await expect(orderScarto(vito, id)).rejects.toMatchObject({ codice: 'scarto-fuori-ordine' })
    await autorizza(marta, e, store, id, [], 'interno')
    expect(await stateOf(id, v)).toBe('AUTORIZZATO')
    await orderScarto(vito, id)
    await destroy(id, [v])
    const row = await queryOne<{ riferimento: string }>(
      lavori,
      'select riferimento from documento_scartato where ente_id = $1 and documento_id = $2',
      [e.ente.id, v.documentoId],
    )
    expect(row?.riferimento).toContain('Ministero dell’interno prot. SAB-PRV 1234/interno')
  })

  it('REQ-FASC-052 the list carries types, classification, extreme dates and quantities, as CSV and as PDF/A', async () => {
    const v = await vecchio(marta, e, store)
    const id = await proponi(marta, lavori)
    await only(id, [v])
    const csv = (await readAll((await openElenco(marta, id, 'csv', ports)).stream)).toString('utf8').split('\r\n')
    expect(csv[0]).toBe(
      'fascicolo;oggetto;classificazione;denominazione;tipo;tipologie;estremo_dal;estremo_al;chiuso_il;anni;scaduto_il;motivo;fascicoli;documenti;file;byte;documenti_cartacei;riservato;versato',
    )
    expect(csv[1]).toContain(';VI/3/4;')
    expect(csv[1]).toContain(';Istanza;')
    expect(csv.length).toBe(3)
    const pdf = await readAll((await openElenco(marta, id, 'pdf', ports)).stream)
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.includes('pdfaid')).toBe(true)
    await only(id, [])
  })

  it('REQ-CONS-214 is resumable: an interruption between the bytes leaves nothing half, and what another living document shares stays', async () => {
    const v = await vecchio(marta, e, store)
    // The same bytes, uploaded by others for a document that lives.
    const twin = await documentoUguale(v)
    const alone = await vecchio(marta, e, store)
    const id = await proponi(marta, lavori)
    await only(id, [v, alone])
    await richiedi(marta, e, store, id)
    await autorizza(marta, e, store, id)
    await orderScarto(vito, id)
    let broken = true
    const failing = {
      ...store,
      remove: async (ente: string, sha256: string) => {
        if (broken && sha256 === alone.sha256) throw new Error('disk away')
        await store.remove(ente, sha256)
      },
    }
    await expect(destroyProcedura(lavori, id, failing)).rejects.toThrow('disk away')
    await expect(checkProcedura(lavori, id, store)).rejects.toThrow('not removed yet')
    broken = false
    await destroyProcedura(lavori, id, failing)
    await destroyProcedura(lavori, id, failing)
    for (const each of [v, alone]) await index(each)
    await checkProcedura(lavori, id, store)
    expect([await stateOf(id, v), await stateOf(id, alone)]).toEqual(['DISTRUTTO_LOCALMENTE', 'DISTRUTTO_LOCALMENTE'])
    expect(await store.stat(e.ente.id, alone.sha256)).toBeNull()
    expect(await store.stat(e.ente.id, v.sha256)).not.toBeNull()
    const file = await queryOne<{ id: string }>(lavori, 'select id from documento_file where ente_id = $1 and documento_id = $2', [
      e.ente.id,
      twin,
    ])
    expect((await openDocumentoFile(marta, twin, file?.id ?? '', store)).sha256).toBe(v.sha256)
    const own = await queryOne<{ id: string }>(lavori, 'select id from documento_file where ente_id = $1 and documento_id = $2', [
      e.ente.id,
      v.documentoId,
    ])
    await expect(openDocumentoFile(marta, v.documentoId, own?.id ?? '', store)).rejects.toMatchObject({ status: 410 })
  })

  it('REQ-CONS-214 bytes left to a living document go when that one is disposed of in its turn', async () => {
    const first = await vecchio(marta, e, store)
    const twin = await documentoUguale(first)
    const dispose = async (own: Vecchio): Promise<void> => {
      const id = await proponi(marta, lavori)
      await only(id, [own])
      await richiedi(marta, e, store, id)
      await autorizza(marta, e, store, id)
      await orderScarto(vito, id)
      await destroy(id, [own])
      expect(await stateOf(id, own)).toBe('DISTRUTTO_LOCALMENTE')
    }
    await dispose(first)
    expect(await store.stat(e.ente.id, first.sha256)).not.toBeNull()
    const second = await apri(marta, e, { voceId: e.voci.get('VI/3/4') ?? '' })
    await fileDocumento(marta, second, { documentoId: twin })
    await closeOn(marta, second, '2001-05-10')
    const registrazione = await queryOne<{ id: string }>(lavori, 'select id from registrazione where ente_id = $1 and documento_id = $2', [
      e.ente.id,
      twin,
    ])
    await dispose({ ...first, id: second, documentoId: twin, registrazioneId: registrazione?.id ?? '' })
    expect(await store.stat(e.ente.id, first.sha256)).toBeNull()
  })

  it('REQ-CONS-214 a document that is also in a fascicolo that stays, stays with it', async () => {
    const v = await vecchio(marta, e, store, { chiusoIl: null })
    const other = await apri(marta, e, { voceId: e.voci.get('VI/3/4') ?? '' })
    await fileDocumento(marta, other, { documentoId: v.documentoId })
    await closeOn(marta, v.id, '2001-05-10')
    const id = await proponi(marta, lavori)
    await only(id, [v])
    await richiedi(marta, e, store, id)
    await autorizza(marta, e, store, id)
    await orderScarto(vito, id)
    await destroy(id, [v])
    expect(await stateOf(id, v)).toBe('DISTRUTTO_LOCALMENTE')
    expect(await store.stat(e.ente.id, v.sha256)).not.toBeNull()
  })

  it('REQ-CONS-214 every column of the database that keeps a content is known to who looks for copies', async () => {
    const names = (await findColonne(lavori)).map((c) => `${c.tabella}.${c.colonna}`)
    expect(names).toEqual(
      expect.arrayContaining(['documento_file.contenuto_id', 'messaggio.contenuto_id', 'versamento.pacchetto_contenuto_id']),
    )
    expect(names.length).toBeGreaterThan(20)
  })
})

/** A living document with the very bytes of another. */
async function documentoUguale(v: Vecchio): Promise<string> {
  const { inTransaction } = await import('../../../server/kernel/scope.ts')
  const { insertContenuti, storeBuffer } = await import('../../../server/documenti/index.ts')
  const { registerInArrivo } = await import('../../../server/protocollo/index.ts')
  const { buildNuova } = await import('../../support/factories.ts')
  const bytes = await readAll(await store.open(e.ente.id, v.sha256))
  const contenuto = await storeBuffer(marta, store, bytes, 'uguale.pdf')
  await inTransaction(marta, async (tx) => await insertContenuti(tx, [contenuto]))
  const { id } = await registerInArrivo(
    marta,
    buildNuova(e, contenuto.id, { voceId: e.voci.get('VI/3/4') ?? '', confermaDoppione: true } as never),
    newId(),
  )
  const row = await queryOne<{ d: string }>(lavori, 'select documento_id as d from registrazione where ente_id = $1 and id = $2', [
    e.ente.id,
    id,
  ])
  return row?.d ?? ''
}
