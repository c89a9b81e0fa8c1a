import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createMemoryStore } from '../../../storage/memory.ts'
import { checkAnnullamento } from '../../../metadata-schemas/segnatura/index.ts'
import { child, childText, readXml } from '../../../metadata-schemas/xml/index.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { verifyChain } from '../../../server/kernel/audit.ts'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { sqlState } from '../../../server/kernel/problem.ts'
import { inReadTransaction, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import {
  authorizeRichiesta,
  findRighe,
  findVariazioni,
  listProvvedimenti,
  onFlussoAperto,
  onConsegna,
  protocolloJobs,
  refuseRichiesta,
  requestAnnullamento,
  requestRettifica,
} from '../../../server/protocollo/index.ts'
import { listRichieste } from '../../../server/protocollo/service/richieste.ts'
import {
  listComunicazioniAperte,
  openAnnullamento,
  readComunicazione,
  recordInvioAnnullamento,
} from '../../../server/protocollo/service/comunicazione.ts'
import { readRegistrazione } from '../../../server/protocollo/service/read.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, createRegistrazione, readAll } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

let db: TestDatabase
let e: EnteDiProva
let clerk: Scope
let rgd: Scope
let head: Scope
const store = createMemoryStore()
const OGGI = new Date().toISOString().slice(0, 10)
const provvedimento = (numero: string) => ({ provvedimento: { numero, data: OGGI }, confermaDestinatario: false })

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  clerk = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope
  rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale')).scope
  head = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia)).scope
})
afterAll(async () => await db.close())

const state = async (p: Promise<unknown>): Promise<string | null> =>
  await p.then(
    () => null,
    (error: unknown) => sqlState(error),
  )
const row = async (s: Scope, id: string) => (await findRighe(s, { pagina: 1, perPagina: 200 })).elementi.find((r) => r.id === id)

const ALTRO_ENTE = {
  tipo: 'PAI' as const,
  denominazione: 'Provincia di Prova',
  codiceIpa: 'p_prova',
  indirizzoDigitale: 'protocollo@provincia.example',
}

async function compose(id: string): Promise<void> {
  const job = protocolloJobs.find((j) => j.type === 'protocollo.composeAnnullamento')
  await job?.handler(clerk, { id }, { store } as unknown as Ports)
}

async function annul(id: string, numero = '1/2026'): Promise<string> {
  const richiesta = await requestAnnullamento(clerk, id, { motivo: 'Registrato il file sbagliato' }, newId())
  await authorizeRichiesta(rgd, richiesta, provvedimento(numero))
  return richiesta
}

describe('total annulment', () => {
  it('REQ-PROT-049 a request leaves the registration fully valid; only an authorisation by the RGD with a provvedimento annuls it', async () => {
    const id = await createRegistrazione(clerk, e, store)
    const richiesta = await requestAnnullamento(clerk, id, { motivo: 'Registrato il file sbagliato' }, newId())
    expect((await readRegistrazione(clerk, id)).condizione).toMatchObject({ annullata: null, richiestaPendente: true })
    expect(await row(clerk, id)).toMatchObject({ annullata: false, annullamento: null })
    await expect(authorizeRichiesta(clerk, richiesta, provvedimento('2/2026'))).rejects.toMatchObject({ status: 403 })
    await expect(authorizeRichiesta(head, richiesta, provvedimento('2/2026'))).rejects.toMatchObject({ status: 403 })
    const bare = `insert into decisione_atto (ente_id, id, registrazione_id, atto, esito, motivo, conferma_destinatario, deciso_il, decisore_id, decisore_nome)
      values ($1, $2, $3, 'annullamento', 'AUTORIZZATO', '', false, now(), 'x', 'x')`
    expect(await state(query(rgd, bare, [e.ente.id, richiesta, id]))).toBe('23514')
    await authorizeRichiesta(rgd, richiesta, provvedimento('2/2026'))
    const c = (await readRegistrazione(clerk, id)).condizione
    expect(c.annullata).toMatchObject({ operatore: rgd.attore.nome, motivo: 'Registrato il file sbagliato' })
    expect(c.annullata?.provvedimento).toContain('n. 2/2026 del')
    expect(c.richiestaPendente).toBe(false)
  })

  it('REQ-PROT-046 REQ-PROT-047 annulled, its data, file and digest are still there, legible and found by words; the number never comes back', async () => {
    const id = await createRegistrazione(clerk, e, store, { oggetto: 'Perizia sbagliata del capannone' })
    const before = await readRegistrazione(clerk, id)
    await annul(id)
    const after = await readRegistrazione(clerk, id)
    expect(after).toMatchObject({
      numero: before.numero,
      oggetto: before.oggetto,
      impronta: before.impronta,
      mittenti: before.mittenti,
      annullata: true,
    })
    expect(after.documento.principale).toEqual(before.documento.principale)
    expect((await findRighe(clerk, { pagina: 1, perPagina: 10, q: 'capannone' })).elementi.map((r) => r.id)).toEqual([id])
    const next = await readRegistrazione(clerk, await createRegistrazione(clerk, e, store))
    expect(next.numero).toBeGreaterThan(before.numero)
  })

  it('REQ-PROT-048 every row of it says ANNULLATO with date, operator and provvedimento, beside its legible data', async () => {
    const id = await createRegistrazione(clerk, e, store, { oggetto: 'Da annullare ovunque' })
    await annul(id, '48/2026')
    const riga = await row(clerk, id)
    expect(riga).toMatchObject({ annullata: true, stato: 'annullata', oggetto: 'Da annullare ovunque' })
    expect(riga?.annullamento).toMatch(/^ANNULLATO il \d{2}\/\d{2}\/\d{4} – provv\. n\. 48\/2026 del \d{2}\/\d{2}\/\d{4} – /u)
    expect(riga?.annullamento).toContain(rgd.attore.nome)
    // Also where the row may not be read: the number is annulled for everybody.
    const closed = await createRegistrazione(rgd, e, store, { riservatezza: 'RISERVATO' })
    const richiesta = await requestAnnullamento(rgd, closed, { motivo: 'Segreto' }, newId())
    await authorizeRichiesta(rgd, richiesta, provvedimento('49/2026'))
    expect(await row(clerk, closed)).toMatchObject({ oggetto: 'RISERVATO', annullata: true })
  })

  it('REQ-PROT-050 the provvedimenti are collected in their own list with number, date and registration', async () => {
    const id = await createRegistrazione(clerk, e, store)
    await annul(id, '50-A/2026')
    const all = await listProvvedimenti(rgd, Number(OGGI.slice(0, 4)))
    expect(all.find((p) => p.numero === '50-A/2026')).toMatchObject({ data: OGGI, atto: 'annullamento', registrazione: { id } })
  })

  it('REQ-PROT-051 an annulment is not annulled, repeated or corrected, neither by the program nor by the database', async () => {
    const id = await createRegistrazione(clerk, e, store)
    const first = await requestAnnullamento(clerk, id, { motivo: 'Uno' }, newId())
    const fix = await requestRettifica(clerk, id, { campo: 'oggetto', valore: 'Un altro', motivo: 'Errore' }, newId())
    await authorizeRichiesta(rgd, first, provvedimento('51/2026'))
    await expect(requestAnnullamento(clerk, id, { motivo: 'Due' }, newId())).rejects.toMatchObject({ codice: 'gia-annullata' })
    await expect(requestRettifica(clerk, id, { campo: 'oggetto', valore: 'Tre', motivo: 'x' }, newId())).rejects.toMatchObject({
      codice: 'gia-annullata',
    })
    await expect(authorizeRichiesta(rgd, fix, provvedimento('52/2026'))).rejects.toMatchObject({ codice: 'gia-annullata' })
    await expect(authorizeRichiesta(rgd, first, provvedimento('53/2026'))).rejects.toMatchObject({ status: 409 })
    const force = `insert into decisione_atto (ente_id, id, registrazione_id, atto, esito, provvedimento_numero, provvedimento_data, motivo, conferma_destinatario, deciso_il, decisore_id, decisore_nome)
      values ($1, $2, $3, 'rettifica', 'AUTORIZZATO', '1', current_date, '', false, now(), 'x', 'x')`
    expect(await state(query(rgd, force, [e.ente.id, fix, id]))).toBe('23514')
    for (const table of ['annullamento', 'rettifica', 'decisione_atto'])
      for (const sql of [`update ${table} set registrazione_id = registrazione_id`, `delete from ${table}`])
        expect(await state(query(rgd, sql))).toMatch(/42501|23514/u)
  })

  it('REQ-PROT-052 the office that has the document finds the annulment written on its assignment and its row', async () => {
    const id = await createRegistrazione(clerk, e, store)
    await annul(id, '54/2026')
    const nota = await queryOne<{ nota: string }>(
      head,
      'select nota from assegnazione where ente_id = $1 and registrazione_id = $2 and al is null',
      [e.ente.id, id],
    )
    expect(nota?.nota).toContain('ANNULLATO il')
    expect(await row(head, id)).toMatchObject({ annullata: true })
  })

  it('REQ-PROT-052 the AOO a document came from is owed the message of Allegato 6, kept ready, sent once with its proof', async () => {
    const id = await createRegistrazione(clerk, e, store, { mittenti: [ALTRO_ENTE] })
    expect(await readComunicazione(clerk, id)).toMatchObject({ dovuta: false })
    await annul(id, '52-P/2026')
    const queued = await withClient(
      db.ownerUrl,
      async (client) =>
        await client.query('select 1 from graphile_worker.jobs where key = $1', [`${e.ente.id}:protocollo.composeAnnullamento:${id}`]),
    )
    expect(queued.rows).toHaveLength(1)
    expect(await readComunicazione(clerk, id)).toMatchObject({
      dovuta: true,
      destinatario: 'Provincia di Prova',
      pronta: false,
      invio: null,
    })
    await expect(openAnnullamento(clerk, id, store)).rejects.toMatchObject({ status: 409 })
    for (const _ of [1, 2]) await compose(id)
    expect((await listComunicazioniAperte(rgd)).filter((c) => c.id === id)).toMatchObject([{ destinatario: 'Provincia di Prova' }])
    await expect(listComunicazioniAperte(clerk)).rejects.toMatchObject({ status: 403 })
    const r = await readRegistrazione(clerk, id)
    const xml = await readAll((await openAnnullamento(clerk, id, store)).stream)
    expect(checkAnnullamento(xml)).toEqual({ valido: true, errori: [] })
    const radice = readXml(xml)
    expect([radice.nome, childText(radice, 'Motivo')]).toEqual(['AnnullamentoProtocollazione', 'Registrato il file sbagliato'])
    expect(childText(radice, 'Provvedimento')).toContain('n. 52-P/2026 del')
    const nostro = child(radice, 'Identificatore')
    expect(['CodiceAmministrazione', 'NumeroRegistrazione', 'DataRegistrazione'].map((nome) => childText(nostro, nome))).toEqual([
      e.ente.codiceIpa,
      String(r.numero).padStart(7, '0'),
      r.giorno,
    ])

    const invio = {
      inviatoIl: new Date().toISOString(),
      mezzo: 'PEC' as const,
      indirizzo: 'protocollo@provincia.example',
      estremi: 'opec293@pec.example',
    }
    await expect(recordInvioAnnullamento(clerk, id, invio)).rejects.toMatchObject({ status: 403 })
    await expect(recordInvioAnnullamento(rgd, id, { ...invio, inviatoIl: '2020-01-01T10:00:00Z' })).rejects.toMatchObject({
      campi: [{ campo: 'inviatoIl' }],
    })
    expect(await recordInvioAnnullamento(rgd, id, { ...invio, inviatoIl: new Date().toISOString() })).toMatchObject({
      invio: { mezzo: 'PEC', estremi: 'opec293@pec.example', autore: rgd.attore.nome },
    })
    await expect(recordInvioAnnullamento(rgd, id, { ...invio, inviatoIl: new Date().toISOString() })).rejects.toMatchObject({ status: 409 })
    expect((await listComunicazioniAperte(rgd)).filter((c) => c.id === id)).toEqual([])
    const fact = await queryOne(
      clerk,
      `select 1 from evento_audit where oggetto_id = $1 and azione = 'annullamento-comunicato' and registro_id is not null`,
      [id],
    )
    expect(fact).not.toBeNull()
    expect(await inReadTransaction(rgd, async (s) => await verifyChain(s, e.registroId))).toBeNull()
  })

  it('REQ-PROT-052 nobody is told of what did not come from another AOO; a sender corrected into one is', async () => {
    const citizen = await createRegistrazione(clerk, e, store)
    await annul(citizen, '52-Q/2026')
    await compose(citizen)
    expect(await readComunicazione(clerk, citizen)).toMatchObject({ dovuta: false, pronta: false })
    await expect(openAnnullamento(clerk, citizen, store)).rejects.toMatchObject({ status: 422 })
    const corrected = await createRegistrazione(clerk, e, store)
    const fix = await requestRettifica(
      clerk,
      corrected,
      { campo: 'mittente', posizione: 1, soggetto: ALTRO_ENTE, motivo: 'Era la Provincia' },
      newId(),
    )
    await authorizeRichiesta(rgd, fix, provvedimento('52-R/2026'))
    await annul(corrected, '52-S/2026')
    await compose(corrected)
    expect(await readComunicazione(clerk, corrected)).toMatchObject({ dovuta: true, pronta: true, destinatario: 'Provincia di Prova' })
  })

  it('REQ-PROT-053 what went out is annulled only with the confirmation that the addressee will be told, unless it surely did not arrive', async () => {
    const { registerWithin, inTurno } = await import('../../../server/protocollo/index.ts')
    const { stage, buildPdf } = await import('../../support/factories.ts')
    const out = async (): Promise<string> => {
      const contenutoId = await stage(clerk, store, await buildPdf(newId()), 'lettera.pdf')
      const input = {
        tipo: 'U' as const,
        oggetto: 'Comunicazione al cittadino',
        destinatari: [{ tipo: 'PF' as const, nome: 'Tullio', cognome: 'Brezzaferma' }],
        ufficioMittenteId: e.uffici.edilizia,
        mezzo: 'POSTA' as const,
        voceId: e.voci.get('VI/3') ?? '',
        tipologia: 'Comunicazione' as const,
        riservatezza: 'ORDINARIO' as const,
        documento: { contenutoId, nome: 'lettera.pdf', descrizione: '', formazione: 'file' as const },
        perConoscenza: [],
        allegati: [],
        collegamenti: [],
        note: '',
      }
      return (await inTurno(clerk, async (tx) => await registerWithin(tx, input, newId()))).id
    }
    const id = await out()
    const richiesta = await requestAnnullamento(clerk, id, { motivo: 'Lettera sbagliata' }, newId())
    await expect(authorizeRichiesta(rgd, richiesta, provvedimento('55/2026'))).rejects.toMatchObject({
      codice: 'conferma-destinatario',
      campi: [{ campo: 'confermaDestinatario' }],
    })
    const [pending] = (await listRichieste(rgd, { stato: 'da-autorizzare', pagina: 1, perPagina: 200 })).elementi.filter(
      (q) => q.id === richiesta,
    )
    expect(pending).toMatchObject({ chiedeConferma: true, avvisi: [expect.stringContaining('annulla e sostituisce')] })
    await authorizeRichiesta(rgd, richiesta, { ...provvedimento('55/2026'), confermaDestinatario: true })
    const other = await out()
    const known = onConsegna(async (_, r) => await Promise.resolve(r === other ? false : null))
    await authorizeRichiesta(rgd, await requestAnnullamento(clerk, other, { motivo: 'x' }, newId()), provvedimento('56/2026'))
    known()
    expect(await row(rgd, other)).toMatchObject({ annullata: true })
  })

  it('REQ-PROT-054 an annulment is refused while a flow with another AOO is open, and given when it closes', async () => {
    const id = await createRegistrazione(clerk, e, store)
    const richiesta = await requestAnnullamento(clerk, id, { motivo: 'x' }, newId())
    const close = onFlussoAperto(async (_, r) => await Promise.resolve(r === id ? 'il messaggio non è ancora stato confermato.' : null))
    await expect(authorizeRichiesta(rgd, richiesta, provvedimento('57/2026'))).rejects.toMatchObject({ codice: 'flusso-aperto' })
    close()
    await authorizeRichiesta(rgd, richiesta, provvedimento('57/2026'))
    expect(await row(rgd, id)).toMatchObject({ annullata: true })
  })

  it('REQ-PROT-049 a refused request stays with its reason and changes nothing', async () => {
    const id = await createRegistrazione(clerk, e, store)
    const richiesta = await requestAnnullamento(clerk, id, { motivo: 'x' }, newId())
    await refuseRichiesta(rgd, richiesta, 'Il file è quello giusto')
    expect((await readRegistrazione(clerk, id)).condizione).toMatchObject({ annullata: null, richiestaPendente: false })
    const decise = (await listRichieste(clerk, { stato: 'decise', pagina: 1, perPagina: 200 })).elementi
    expect(decise.find((q) => q.id === richiesta)).toMatchObject({ stato: 'RIFIUTATO', decisione: { motivo: 'Il file è quello giusto' } })
  })
})

describe('rectification of one datum', () => {
  it('REQ-PROT-045 A4: two corrections of oggetto and one of mittente make a legible chain, number unchanged, chain of evidence whole', async () => {
    const id = await createRegistrazione(clerk, e, store, { oggetto: 'Primo' })
    const before = await readRegistrazione(clerk, id)
    const fix = async (input: Parameters<typeof requestRettifica>[2], numero: string): Promise<void> =>
      await authorizeRichiesta(rgd, await requestRettifica(clerk, id, input, newId()), provvedimento(numero))
    await fix({ campo: 'oggetto', valore: 'Secondo', motivo: 'Errore di battitura' }, '1/R')
    await fix({ campo: 'oggetto', valore: 'Terzo', motivo: 'Ancora un errore' }, '2/R')
    await fix({ campo: 'mittente', posizione: 1, soggetto: { tipo: 'PG', denominazione: 'Ventaglio srl' }, motivo: 'Era la ditta' }, '3/R')
    const after = await readRegistrazione(head, id)
    expect(after).toMatchObject({
      numero: before.numero,
      istante: before.istante,
      oggetto: 'Terzo',
      mittenti: [{ denominazione: 'Ventaglio srl' }],
    })
    expect(
      after.condizione.correzioni.map((c) => [c.campo, c.valoreAnnullato, c.valoreCorretto, c.operatore, c.provvedimento.split(' ')[1]]),
    ).toEqual([
      ['oggetto', 'Primo', 'Secondo', rgd.attore.nome, '1/R'],
      ['oggetto', 'Secondo', 'Terzo', rgd.attore.nome, '2/R'],
      ['mittente', expect.stringContaining('Ventaglio Ortensia'), 'Ventaglio srl', rgd.attore.nome, '3/R'],
    ])
    expect(await row(head, id)).toMatchObject({ oggetto: 'Terzo', corrispondente: 'Ventaglio srl' })
    expect(await queryOne(clerk, 'select oggetto from registrazione where id = $1', [id])).toEqual({ oggetto: 'Primo' })
    for (const column of ['oggetto', 'numero', 'istante', 'impronta'])
      expect(await state(query(clerk, `update registrazione set ${column} = ${column} where id = $1`, [id]))).toMatch(/42501|23514/u)
    expect(await inReadTransaction(rgd, async (s) => await verifyChain(s, e.registroId))).toBeNull()
  })

  it('REQ-PROT-045 the wrong value is refused when equal, when the datum is certified by the message, and when it changed meanwhile', async () => {
    const id = await createRegistrazione(clerk, e, store, { oggetto: 'Giusto', mezzo: 'PEC' })
    await expect(requestRettifica(clerk, id, { campo: 'oggetto', valore: 'Giusto', motivo: 'x' }, newId())).rejects.toMatchObject({
      codice: 'valore-uguale',
    })
    await expect(
      requestRettifica(clerk, id, { campo: 'dataArrivo', valore: '2026-01-01T10:00:00Z', motivo: 'x' }, newId()),
    ).rejects.toMatchObject({ codice: 'dato-automatico' })
    await requestRettifica(clerk, id, { campo: 'mezzo', valore: 'PEO', motivo: 'x' }, newId())
    await expect(requestRettifica(clerk, id, { campo: 'mezzo', valore: 'ALTRO', motivo: 'x' }, newId())).rejects.toMatchObject({
      codice: 'richiesta-pendente',
    })
  })

  it('REQ-PROT-056 the history shows old and new value of a corrected datum and of the reserve side by side, with author and reason', async () => {
    const { readStoriaRegistrazione } = await import('../../../server/audit/service.ts')
    const { changeRiserva } = await import('../../../server/protocollo/index.ts')
    const id = await createRegistrazione(clerk, e, store, { oggetto: 'Com’era' })
    await authorizeRichiesta(
      rgd,
      await requestRettifica(clerk, id, { campo: 'oggetto', valore: 'Com’è', motivo: 'Battitura' }, newId()),
      provvedimento('56/R'),
    )
    await changeRiserva(rgd, id, { livello: 'DATI_PARTICOLARI', motivo: 'Salute', lettori: [] })
    const storia = await readStoriaRegistrazione(rgd, id)
    const found = storia.find((x) => x.azione === 'rettificata')
    expect(found).toMatchObject({ attore: rgd.attore.nome, motivo: 'Battitura', catena: { progressivo: expect.any(Number) } })
    expect(found?.cambiamenti).toContainEqual({ campo: 'oggetto', prima: 'Com’era', dopo: 'Com’è' })
    const level = storia.find((x) => x.azione === 'riserva-cambiata')
    expect(level).toMatchObject({ motivo: 'Salute' })
    expect(level?.cambiamenti).toContainEqual({ campo: 'livello', prima: 'ORDINARIO', dopo: 'DATI_PARTICOLARI' })
  })

  it('tells what a day annulled and corrected, with old and new values, for the registro giornaliero', async () => {
    const id = await createRegistrazione(clerk, e, store, { oggetto: 'Vecchio' })
    await authorizeRichiesta(
      rgd,
      await requestRettifica(clerk, id, { campo: 'oggetto', valore: 'Nuovo', motivo: 'x' }, newId()),
      provvedimento('9/R'),
    )
    const { romeDay } = await import('../../../server/kernel/time.ts')
    const found = (await findVariazioni(rgd, e.registroId, romeDay(new Date()))).filter((v) => v.registrazioneId === id)
    expect(found).toMatchObject([{ atto: 'rettifica', valoreAnnullato: 'Vecchio', valoreCorretto: 'Nuovo' }])
    expect(await findVariazioni(rgd, e.registroId, '2020-01-01')).toEqual([])
  })

  it('a repeated request with the same key makes one request; the key used otherwise is refused', async () => {
    const id = await createRegistrazione(clerk, e, store)
    const key = newId()
    const first = await requestAnnullamento(clerk, id, { motivo: 'x' }, key)
    expect(await requestAnnullamento(clerk, id, { motivo: 'x' }, key)).toBe(first)
    await expect(requestAnnullamento(clerk, id, { motivo: 'y' }, key)).rejects.toMatchObject({ codice: 'chiave-gia-usata' })
  })
})
