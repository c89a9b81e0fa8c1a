import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { closeFascicolo, fileDocumento, listFascicoli, openFascicolo, presentFascicoloById } from '../../../server/fascicoli/index.ts'
import { addCartaceo, addNonProtocollato, removeCartaceo } from '../../../server/fascicoli/service/aggiungi.ts'
import { grantAccesso, revokeAmmesso } from '../../../server/fascicoli/service/accesso.ts'
import { linkFascicolo, unlinkFascicolo } from '../../../server/fascicoli/service/collega.ts'
import { openParte } from '../../../server/fascicoli/service/parti.ts'
import { listDocumenti } from '../../../server/fascicoli/service/read.ts'
import { removeDocumento } from '../../../server/fascicoli/service/sposta.ts'
import { closeAsError, describeFascicolo, reopenFascicolo, suspendFascicolo } from '../../../server/fascicoli/service/stato.ts'
import { decideTrasferimento, listTrasferimenti, requestTrasferimento } from '../../../server/fascicoli/service/trasferisci.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { romeDay } from '../../../server/kernel/time.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildPdf, createEnte, createOperatore, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { apri, buildFascicolo, flavio, ortensia, registra, store } from '../../support/fascicoli.ts'

let db: TestDatabase
let e: EnteDiProva
let capo: Scope
let addetto: Scope
let protocollo: Scope
let scuola: Scope

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  addetto = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.edilizia, 'Aldo')).scope
  protocollo = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope
  scuola = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.scuola, 'Sara')).scope
})
afterAll(async () => await db.close())

const voce = (codice: string): string => e.voci.get(codice) ?? ''
const see = async (id: string, scope = capo) => await presentFascicoloById(scope, id)
const close = async (id: string, esito: 'conclusione' | 'archiviazione' = 'conclusione'): Promise<void> => {
  await closeFascicolo(capo, id, { versione: (await see(id)).versione, esito, nota: '', motivoForzatura: 'Prova' }, [])
}

/** An open affare with so many registered documents of its voice. */
async function withDocumenti(quanti = 1): Promise<{ id: string; documenti: string[] }> {
  const id = await apri(capo, e, { voceId: voce('VI/4') })
  const documenti: string[] = []
  for (let i = 0; i < quanti; i++) {
    const r = await registra(protocollo, e, { voceId: voce('VI/4') })
    await fileDocumento(capo, id, { documentoId: r.documentoId })
    documenti.push(r.documentoId)
  }
  return { id, documenti }
}

describe('numbering', () => {
  it('REQ-FASC-004 fascicoli of persons count in a series of their own, by type and year, whatever their voice', async () => {
    const first = await see(await apri(capo, e, { tipo: 'persona fisica', interessati: [ortensia], voceId: voce('VI/4') }))
    const second = await see(await apri(capo, e, { tipo: 'persona fisica', interessati: [flavio], voceId: voce('VI/5') }))
    const interessati = [{ tipo: 'PG', denominazione: 'Ponteggi Aurora srl' } as const]
    const company = await see(await apri(capo, e, { tipo: 'persona giuridica', interessati, voceId: voce('VI/4') }))
    const anno = romeDay(new Date()).slice(0, 4)
    expect([first.codice, second.codice, company.codice]).toEqual([`${anno}-PF.1`, `${anno}-PF.2`, `${anno}-PG.1`])
  })

  it('REQ-FASC-003 whatever is opened, refused or opened by mistake at the same time, numbers have no gap and none comes back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('apri', 'rifiuta', 'errore'), { minLength: 4, maxLength: 8 }), async (acts) => {
        const codice = `VI/5`
        const before = await count(codice)
        const results = await Promise.allSettled(
          acts.map(async (act) => {
            const changes = act === 'rifiuta' ? { voceId: voce(codice), responsabileId: newId() } : { voceId: voce(codice) }
            const { id } = await openFascicolo(capo, buildFascicolo(e, capo.attore, changes), newId())
            if (act === 'errore') await closeAsError(capo, id, { versione: 1, motivo: 'Aperto due volte' })
          }),
        )
        expect(results.map((r) => r.status)).toEqual(acts.map((a) => (a === 'rifiuta' ? 'rejected' : 'fulfilled')))
        const numbers = await query<{ n: number }>(
          capo,
          'select progressivo as n from fascicolo where ente_id = $1 and serie = $2 order by progressivo',
          [e.ente.id, codice],
        )
        expect(numbers.map((r) => r.n)).toEqual(
          Array.from({ length: before + acts.filter((a) => a !== 'rifiuta').length }, (_, i) => i + 1),
        )
      }),
      { numRuns: 5 },
    )
  })
})

const count = async (serie: string): Promise<number> =>
  (await queryOne<{ n: number }>(capo, 'select count(*)::int as n from fascicolo where ente_id = $1 and serie = $2', [e.ente.id, serie]))
    ?.n ?? 0

describe('parts', () => {
  it('REQ-FASC-002 REQ-FASC-030 a sottofascicolo has the identifier of the whole with one more number and inherits voice, type, retention, access', async () => {
    const { id } = await withDocumenti()
    await openParte(capo, id, { oggetto: 'Prima parte' }, newId())
    const { id: secondId } = await openParte(capo, id, { oggetto: 'Seconda parte' }, newId())
    const [whole, second] = [await see(id), await see(secondId)]
    expect(second.codice).toBe(`${whole.codice}.2`)
    expect(second.slug).toBe(`${whole.slug}.2`)
    expect(second).toMatchObject({
      tipo: whole.tipo,
      conservazioneAnni: whole.conservazioneAnni,
      visibileCittadino: whole.visibileCittadino,
      livello: 1,
      padre: { id },
      divisibile: false,
    })
    expect(second.voce.codice).toBe(whole.voce.codice)
    expect(second.assegnazioni).toMatchObject([{ tipo: 'competenza', al: null }])
    expect(whole.parti.map((p) => p.codice)).toEqual([`${whole.codice}.1`, `${whole.codice}.2`])
  })

  it('REQ-FASC-030 divides once, twice only where the ente chose inserti', async () => {
    const { id } = await withDocumenti()
    const parte = await openParte(capo, id, { oggetto: 'Parte' }, newId())
    await expect(openParte(capo, parte.id, { oggetto: 'Inserto' }, newId())).rejects.toMatchObject({ codice: 'troppi-livelli' })
    await inTransaction(capo, async (tx) => {
      await query(tx, `insert into impostazioni_fascicoli (ente_id, livelli, aggiornate_il, autore_nome) values ($1, 2, now(), 'Prova')`, [
        e.ente.id,
      ])
    })
    const inserto = await openParte(capo, parte.id, { oggetto: 'Inserto' }, newId())
    expect((await see(inserto.id)).codice).toBe(`${(await see(id)).codice}.1.1`)
    await expect(openParte(capo, inserto.id, { oggetto: 'Troppo' }, newId())).rejects.toMatchObject({ codice: 'troppi-livelli' })
  })

  it('REQ-FASC-030 the whole closes only when its parts are closed, also for the database', async () => {
    const { id } = await withDocumenti()
    const parte = await openParte(capo, id, { oggetto: 'Parte' }, newId())
    await expect(close(id)).rejects.toMatchObject({
      codice: 'chiusura-bloccata',
      campi: [{ campo: 'sottofascicolo-aperto' }, { campo: 'assegnazione-aperta' }],
    })
    await expect(
      inTransaction(
        capo,
        async (tx) => await query(tx, `update fascicolo set stato = 'CHIUSO' where ente_id = $1 and id = $2`, [e.ente.id, id]),
      ),
    ).rejects.toThrow('sottofascicoli aperti')
    const r = await registra(protocollo, e, { voceId: voce('VI/4') })
    await fileDocumento(capo, parte.id, { documentoId: r.documentoId })
    await close(parte.id)
    await close(id)
    await expect(reopenFascicolo(capo, parte.id, { versione: (await see(parte.id)).versione, motivo: 'x' })).rejects.toMatchObject({
      codice: 'fascicolo-padre-chiuso',
    })
  })
})

describe('content', () => {
  it('REQ-FASC-017 a moved document leaves its trace in both fascicoli: who, when, why, where', async () => {
    const [from, to] = [await withDocumenti(2), await withDocumenti()]
    const moved = from.documenti[0] ?? ''
    await removeDocumento(capo, from.id, moved, { motivo: 'Riguarda un’altra pratica', destinazioneId: to.id })
    const [a, b] = [await see(from.id), await see(to.id)]
    expect(a.documenti.map((d) => d.documentoId)).not.toContain(moved)
    expect(b.documenti.map((d) => d.documentoId)).toContain(moved)
    expect(a.usciti).toMatchObject([{ motivo: 'Riguarda un’altra pratica', toltoDa: capo.attore.nome, destinazione: { codice: b.codice } }])
    expect(b.entrati).toMatchObject([{ inseritoDa: capo.attore.nome, provenienza: { codice: a.codice } }])
    expect(a.storia[0]).toMatchObject({ azione: 'documento-spostato', motivo: 'Riguarda un’altra pratica' })
    expect(b.storia[0]).toMatchObject({ azione: 'documento-ricevuto', motivo: 'Riguarda un’altra pratica' })
    await expect(
      inTransaction(
        capo,
        async (tx) =>
          await query(
            tx,
            `update fascicolo_documento set motivo_rimozione = 'x' where ente_id = $1 and fascicolo_id = $2 and tolto_il is not null`,
            [e.ente.id, from.id],
          ),
      ),
    ).rejects.toThrow('già avvenuta')
    // It may come back: one row more, the trace stays.
    await removeDocumento(capo, to.id, moved, { motivo: 'Era giusto prima', destinazioneId: from.id })
    expect((await see(from.id)).usciti).toHaveLength(1)
  })

  it('REQ-FASC-016 taken out of its primary fascicolo, the next one becomes primary', async () => {
    const one = await withDocumenti()
    const [documentoId = ''] = one.documenti
    const other = await apri(capo, e, { voceId: voce('VI/4') })
    await fileDocumento(capo, other, { documentoId })
    await removeDocumento(capo, one.id, documentoId, { motivo: 'Inserito per errore' })
    const rows = await query<{ fascicoloId: string }>(
      capo,
      'select fascicolo_id as "fascicoloId" from fascicolo_documento where ente_id = $1 and documento_id = $2 and principale and tolto_il is null',
      [e.ente.id, documentoId],
    )
    expect(rows).toEqual([{ fascicoloId: other }])
    await expect(removeDocumento(addetto, other, documentoId, { motivo: 'x' })).rejects.toMatchObject({ status: 403 })
  })

  it('REQ-FASC-014 gathers registered, unregistered and paper documents, these with the place where they are', async () => {
    const { id } = await withDocumenti()
    const contenutoId = await stage(addetto, store, await buildPdf('Nota'), 'nota.pdf')
    await addNonProtocollato(
      addetto,
      id,
      { oggetto: 'Nota istruttoria', tipologia: 'Nota', file: [{ contenutoId, nome: 'nota.pdf', descrizione: '' }] },
      newId(),
    )
    await addCartaceo(addetto, id, {
      oggetto: 'Pianta del catasto',
      tipologia: 'Elaborato',
      consistenza: '2 fogli',
      posizioneFisica: 'Archivio, scaffale 4, faldone 12',
      area: 'comune',
    })
    const f = await see(id)
    expect(f.documenti.map((d) => [d.registrazione !== null, d.oggetto])).toMatchObject([
      [true, expect.any(String)],
      [false, 'Nota istruttoria'],
    ])
    expect(f.cartacei).toMatchObject([{ oggetto: 'Pianta del catasto', posizioneFisica: 'Archivio, scaffale 4, faldone 12' }])
    // Classified as the fascicolo is (REQ-TIT-020).
    const row = await queryOne<{ voceId: string }>(capo, 'select voce_id as "voceId" from documento where ente_id = $1 and id = $2', [
      e.ente.id,
      f.documenti[1]?.documentoId,
    ])
    expect(row?.voceId).toBe(voce('VI/4'))
    await removeCartaceo(capo, id, f.cartacei[0]?.id ?? '', 'Restituita')
    expect((await see(id)).cartacei).toEqual([])
    const kept = await queryOne<{ motivo: string }>(
      capo,
      'select motivo_rimozione as motivo from documento_cartaceo where ente_id = $1 and fascicolo_id = $2',
      [e.ente.id, id],
    )
    expect(kept?.motivo).toBe('Restituita')
  })

  it('REQ-FASC-018 links fascicoli of different series, read from both sides, ended with a reason', async () => {
    const one = await apri(capo, e, { voceId: voce('VI/4') })
    const two = await apri(capo, e, { voceId: voce('VI/5') })
    await linkFascicolo(capo, one, { altroId: two, tipo: 'presupposto', motivo: 'Si fonda sul piano' })
    expect((await see(one)).collegamenti).toMatchObject([{ tipo: 'presupposto', fascicolo: { id: two } }])
    const other = await see(two)
    expect(other.collegamenti).toMatchObject([{ tipo: 'conseguente', fascicolo: { id: one } }])
    await expect(linkFascicolo(capo, two, { altroId: one, tipo: 'collegato', motivo: 'x' })).rejects.toMatchObject({
      codice: 'gia-collegato',
    })
    await unlinkFascicolo(capo, two, other.collegamenti[0]?.id ?? '', 'Sbagliato')
    expect((await see(one)).collegamenti).toEqual([])
    expect((await see(one)).storia[0]).toMatchObject({ azione: 'fascicolo-scollegato', motivo: 'Sbagliato' })
  })

  it('gives the documents a part at a time, in the order nobody can change', async () => {
    const { id, documenti } = await withDocumenti(5)
    const part = await listDocumenti(capo, id, { da: 2, quanti: 2 })
    expect(part.totale).toBe(5)
    expect(part.elementi.map((d) => [d.documentoId, d.ordine])).toEqual([
      [documenti[2], 3],
      [documenti[3], 4],
    ])
  })
})

describe('areas', () => {
  it('REQ-FASC-013 to the others reserved documents are not there: list, counts, history, papers; to who is named they are', async () => {
    const { id, documenti } = await withDocumenti(2)
    const privato = await registra(protocollo, e, { voceId: voce('VI/4'), oggetto: 'Perizia di parte' })
    await fileDocumento(capo, id, { documentoId: privato.documentoId, area: 'riservata', motivo: 'Dati di terzi' })
    await addCartaceo(capo, id, {
      oggetto: 'Carta segreta',
      tipologia: 'x',
      consistenza: '1',
      posizioneFisica: 'Cassaforte',
      area: 'riservata',
    })
    expect((await see(id)).totaleDocumenti).toBe(3)
    const others = await see(id, protocollo)
    expect(others.documenti.map((d) => d.documentoId)).toEqual(documenti)
    expect(others.totaleDocumenti).toBe(2)
    expect(JSON.stringify(others)).not.toMatch(/Perizia|Carta segreta|Dati di terzi/u)
    const listed = (await listFascicoli(protocollo, { pagina: 1, perPagina: 200 })).elementi.find((f) => f.id === id)
    expect(listed?.documenti).toBe(2)
    await expect(see(id, scuola)).rejects.toMatchObject({ status: 404 })
    await grantAccesso(capo, id, { ufficioId: e.uffici.scuola, riservata: false, motivo: 'Parere' })
    expect((await see(id, scuola)).totaleDocumenti).toBe(2)
    await grantAccesso(capo, id, { ufficioId: e.uffici.scuola, riservata: true, motivo: 'Serve la perizia' })
    expect((await see(id, scuola)).totaleDocumenti).toBe(3)
    await revokeAmmesso(capo, id, (await see(id)).ammessi[0]?.id ?? '', 'Parere dato')
    expect((await see(id, scuola)).totaleDocumenti).toBe(2)
  })

  it('who participates (offices of the body) consults and feeds the common area within limits', async () => {
    const { id } = await withDocumenti()
    await grantAccesso(capo, id, { ufficioId: e.uffici.scuola, riservata: false, motivo: 'Parere' })
    const contenutoId = await stage(scuola, store, await buildPdf('Parere'), 'parere.pdf')
    await addNonProtocollato(
      scuola,
      id,
      { oggetto: 'Parere della scuola', tipologia: 'Parere', file: [{ contenutoId, nome: 'parere.pdf', descrizione: '' }] },
      newId(),
    )
    expect((await see(id)).documenti.at(-1)?.oggetto).toBe('Parere della scuola')
    // Neither closing, nor moving, nor deciding the areas.
    const f = await see(id, scuola)
    expect(f.azioni).toMatchObject({ inserisci: true, decidi: false, chiudi: false })
    await expect(removeDocumento(scuola, id, f.documenti[0]?.documentoId ?? '', { motivo: 'x' })).rejects.toMatchObject({ status: 403 })
    await expect(suspendFascicolo(scuola, id, 'x', true)).rejects.toMatchObject({ status: 403 })
  })
})

describe('life', () => {
  it('REQ-FASC-006 opened by mistake: documents move with trace and take the sottoclasse, the number is never used again', async () => {
    const r = await registra(protocollo, e, { voceId: voce('VI/3') })
    const wrong = await apri(capo, e, { documentoId: r.documentoId })
    const right = await apri(capo, e)
    const before = await see(wrong)
    await expect(closeAsError(capo, wrong, { versione: before.versione, motivo: 'Classe sbagliata' })).rejects.toMatchObject({
      codice: 'destinazione-mancante',
    })
    await closeAsError(capo, wrong, { versione: before.versione, motivo: 'Classe sbagliata', destinazioneId: right })
    const [a, b] = [await see(wrong), await see(right)]
    expect(a).toMatchObject({ stato: 'APERTO_PER_ERRORE', documenti: [], statoMotivo: 'Classe sbagliata', codice: before.codice })
    expect(a.usciti).toMatchObject([{ destinazione: { codice: b.codice } }])
    expect(b.documenti.map((d) => d.documentoId)).toEqual([r.documentoId])
    const next = await see(await apri(capo, e))
    expect(next.codice).not.toBe(before.codice)
    await expect(reopenFascicolo(capo, wrong, { versione: a.versione, motivo: 'x' })).rejects.toMatchObject({ codice: 'non-riapribile' })
    await expect(
      inTransaction(
        capo,
        async (tx) => await query(tx, `update fascicolo set stato = 'APERTO' where ente_id = $1 and id = $2`, [e.ente.id, wrong]),
      ),
    ).rejects.toThrow('non passa da')
  })

  it('REQ-FASC-040 the closing day is that of the last document, and nothing is added afterwards', async () => {
    const { id } = await withDocumenti()
    const f = await see(id)
    await expect(
      closeFascicolo(capo, id, { versione: f.versione, esito: 'conclusione', nota: '', data: '2999-01-01', motivoForzatura: 'x' }, []),
    ).rejects.toMatchObject({ codice: 'data-non-ammessa' })
    await close(id)
    const last = await queryOne<{ giorno: string }>(
      capo,
      `select to_char(max(r.giorno), 'YYYY-MM-DD') as giorno from registrazione r join fascicolo_documento fd on fd.ente_id = r.ente_id and fd.documento_id = r.documento_id where fd.ente_id = $1 and fd.fascicolo_id = $2`,
      [e.ente.id, id],
    )
    expect((await see(id)).chiusoIl).toBe(last?.giorno)
    await expect(
      inTransaction(
        capo,
        async (tx) =>
          await query(
            tx,
            `insert into fascicolo_documento (ente_id, id, fascicolo_id, documento_id, area, principale, inserito_il, inserito_da) select ente_id, gen_random_uuid(), $2, documento_id, area, false, inserito_il, 'x' from fascicolo_documento where ente_id = $1 limit 1`,
            [e.ente.id, id],
          ),
      ),
    ).rejects.toThrow('non riceve documenti')
    await expect(
      addCartaceo(capo, id, { oggetto: 'x', tipologia: 'x', consistenza: 'x', posizioneFisica: 'x', area: 'comune' }),
    ).rejects.toMatchObject({ codice: 'fascicolo-chiuso' })
  })

  it('REQ-FASC-042 reopening wants a reason, makes a new version and stays annotated; the database wants the annotation', async () => {
    const { id } = await withDocumenti()
    await close(id)
    const closed = await see(id)
    await expect(
      inTransaction(
        capo,
        async (tx) => await query(tx, `update fascicolo set stato = 'APERTO' where ente_id = $1 and id = $2`, [e.ente.id, id]),
      ),
    ).rejects.toThrow('senza la sua annotazione')
    await expect(reopenFascicolo(addetto, id, { versione: closed.versione, motivo: 'x' })).rejects.toMatchObject({ status: 403 })
    await reopenFascicolo(capo, id, { versione: closed.versione, motivo: 'Arrivata un’integrazione' })
    const open = await see(id)
    expect(open).toMatchObject({ stato: 'APERTO', chiusoIl: null, versione: closed.versione + 1 })
    expect(open.riaperture).toMatchObject([
      { motivo: 'Arrivata un’integrazione', chiusoIl: closed.chiusoIl, esito: 'conclusione', riapertoDa: capo.attore.nome },
    ])
    const r = await registra(protocollo, e, { voceId: voce('VI/4') })
    await fileDocumento(capo, id, { documentoId: r.documentoId })
    await close(id)
    await expect(
      inTransaction(capo, async (tx) => await query(tx, `delete from fascicolo_riapertura where ente_id = $1`, [e.ente.id])),
    ).rejects.toThrow()
  })

  it('suspends and takes up again with reasons; a suspended one still receives documents', async () => {
    const { id } = await withDocumenti()
    await suspendFascicolo(capo, id, 'Chieste integrazioni', true)
    expect(await see(id)).toMatchObject({ stato: 'SOSPESO', statoMotivo: 'Chieste integrazioni', statoDal: romeDay(new Date()) })
    const r = await registra(protocollo, e, { voceId: voce('VI/4') })
    await fileDocumento(capo, id, { documentoId: r.documentoId })
    await expect(suspendFascicolo(capo, id, 'x', true)).rejects.toMatchObject({ codice: 'stato-non-ammesso' })
    await suspendFascicolo(capo, id, 'Arrivate', false)
    expect(await see(id)).toMatchObject({ stato: 'APERTO', statoMotivo: null })
  })

  it('REQ-FASC-023 another office takes it in charge by accepting; assignments keep start and end', async () => {
    const { id } = await withDocumenti()
    await requestTrasferimento(capo, id, { ufficioId: e.uffici.scuola, motivo: 'Competenza della scuola' })
    await expect(requestTrasferimento(capo, id, { ufficioId: e.uffici.scuola, motivo: 'x' })).rejects.toMatchObject({
      codice: 'trasferimento-in-corso',
    })
    expect((await see(id)).ufficio.id).toBe(e.uffici.edilizia)
    expect(await listTrasferimenti(capo)).toEqual([])
    const [waiting] = await listTrasferimenti(scuola)
    expect(waiting?.fascicolo.id).toBe(id)
    const movimento = waiting?.id ?? ''
    await expect(decideTrasferimento(capo, id, movimento, { accetta: true, nota: '' })).rejects.toMatchObject({ status: 404 })
    await decideTrasferimento(scuola, id, movimento, { accetta: true, responsabileId: scuola.attore.id, nota: '' })
    const f = await see(id, scuola)
    expect(f).toMatchObject({ ufficio: { id: e.uffici.scuola }, responsabile: { id: scuola.attore.id } })
    expect(f.assegnazioni.map((a) => a.al === null)).toEqual([false, true])
    expect(f.movimenti).toMatchObject([{ tipo: 'trasferimento', stato: 'accettato', decisoDa: scuola.attore.nome }])
    await expect(decideTrasferimento(scuola, id, movimento, { accetta: false, nota: '' })).rejects.toMatchObject({
      codice: 'movimento-deciso',
    })
  })

  it('REQ-FASC-024 keeps place of the paper, notes and keywords, with their history', async () => {
    const { id } = await withDocumenti()
    await describeFascicolo(addetto, id, {
      posizioneFisica: 'Scaffale 3',
      note: 'Vedi anche il catasto',
      paroleChiave: ['catasto', 'forno'],
    })
    const f = await see(id)
    expect(f).toMatchObject({ posizioneFisica: 'Scaffale 3', note: 'Vedi anche il catasto', paroleChiave: ['catasto', 'forno'] })
    expect(f.storia[0]?.azione).toBe('fascicolo-descritto')
  })
})
