import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { stampatricePdf } from '../../../server/adapters/stampa-pdf/index.ts'
import { readCsv } from '../../../server/archivio/rules.ts'
import { readArchivioDesk } from '../../../server/archivio/index.ts'
import { recordCartaceoConcluso } from '../../../server/archivio/service/censisci.ts'
import { listDaVersare, listStorica, passToDeposito, passToStorico } from '../../../server/archivio/service/deposito.ts'
import { listElenchi, openElenco } from '../../../server/archivio/service/elenchi.ts'
import { handOver, listPrelievi, refusePrelievo, requestPrelievo, takeBack } from '../../../server/archivio/service/prelievi.ts'
import { closeSerie, createSerie, listSerie } from '../../../server/archivio/service/serie.ts'
import { fileDocumento, presentFascicoloById } from '../../../server/fascicoli/index.ts'
import { addCartaceo } from '../../../server/fascicoli/service/aggiungi.ts'
import { openParte } from '../../../server/fascicoli/service/parti.ts'
import { reopenFascicolo } from '../../../server/fascicoli/service/stato.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { addDays, romeDay } from '../../../server/kernel/time.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { addRegola } from '../../../server/titolario/index.ts'
import { apriPieno, chiudi, esegui, nelGiorno, registraInCarico } from '../../support/archivio.ts'
import { createDatabase, openScope, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, readAll, sistema } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { store } from '../../support/fascicoli.ts'
import { readTesto } from '../../support/lettore.ts'

let db: TestDatabase
let e: EnteDiProva
let capo: Scope
let addetto: Scope
let scuola: Scope
let protocollo: Scope
let rgd: Scope
let system: Scope
const ports = { store, stampa: stampatricePdf } as unknown as Ports
const PASSAGGIO = { fascicoli: [] as string[], serie: [] as string[], nota: '' }

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  addetto = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.edilizia, 'Aldo')).scope
  scuola = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.scuola, 'Sara')).scope
  protocollo = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope
  rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', null, 'Rina')).scope
  system = openScope(db.orm, e.ente, sistema, ruoli.jobs)
  await nelGiorno(db, '2024-05-06', async () => await registraInCarico(protocollo, e, { voceId: e.voci.get('VI/3') ?? '' }))
})
afterAll(async () => await db.close())

const concluso = async (changes: Parameters<typeof apriPieno>[3] = {}) => {
  const f = await apriPieno(capo, protocollo, e, changes)
  await chiudi(capo, f.id)
  return f
}
const statoOf = async (id: string): Promise<string> => (await presentFascicoloById(rgd, id)).stato
const desk = async (scope: Scope, tipo: string): Promise<string[]> =>
  (await readArchivioDesk(scope)).filter((a) => a.tipo === tipo).map((a) => a.testo)

describe('the deposit archive', () => {
  it('REQ-FASC-044 passes concluded fascicoli and closed series in one act, in the order of the titolario, with a list kept as it was', async () => {
    const secondo = await concluso({ oggetto: 'Accesso di via del Forno' })
    const primo = await concluso({ oggetto: 'Permesso di via Lunga', voceId: e.voci.get('VI/3/1') ?? '' })
    const aperto = await apriPieno(capo, protocollo, e)
    const serie = await createSerie(rgd, {
      tipo: 'documentale',
      denominazione: 'Istanze edilizie',
      anno: 2024,
      tipologia: 'Istanza',
      voceId: e.voci.get('VI/3') ?? '',
    })
    expect((await listDaVersare(rgd, null)).serie).toEqual([])
    await closeSerie(rgd, serie)
    const waiting = await listDaVersare(rgd, null)
    expect(waiting.fascicoli.map((f) => f.id)).toEqual([primo.id, secondo.id])
    expect(waiting.serie.map((s) => s.id)).toEqual([serie])
    const chiave = newId()
    const input = { fascicoli: [secondo.id, primo.id], serie: [serie], posizione: 'Deposito, scaffale 4', nota: '' }
    const id = await passToDeposito(rgd, input, chiave)
    expect(await passToDeposito(rgd, input, chiave)).toBe(id)
    expect(await statoOf(primo.id)).toBe('IN_DEPOSITO')
    expect(await presentFascicoloById(rgd, secondo.id)).toMatchObject({ stato: 'IN_DEPOSITO', posizioneFisica: 'Deposito, scaffale 4' })
    expect((await listSerie(rgd)).find((s) => s.id === serie)).toMatchObject({ elenco: 1, posizioneFisica: 'Deposito, scaffale 4' })
    expect(await listElenchi(rgd)).toMatchObject([{ id, tipo: 'deposito', numero: 1, righe: 3, creatoDa: rgd.attore.nome }])
    const csv = await readAll((await openElenco(rgd, id, 'csv', stampatricePdf)).stream)
    expect(createHash('sha256').update(csv).digest('hex')).toBe((await listElenchi(rgd))[0]?.impronta)
    expect(
      readCsv(csv.toString('utf8'))
        .slice(1)
        .map((r) => [r[0], r[1], r[2], r[9]]),
    ).toEqual([
      ['1', 'fascicolo', primo.codice, 'Deposito, scaffale 4'],
      ['2', 'fascicolo', secondo.codice, 'Deposito, scaffale 4'],
      ['3', 'serie', '2024', 'Deposito, scaffale 4'],
    ])
    const pdf = (await readTesto(await readAll((await openElenco(rgd, id, 'pdf', stampatricePdf)).stream))).join(' ')
    expect(pdf).toContain('Elenco di versamento in archivio di deposito n. 1')
    expect(pdf.replaceAll(/\s+/gu, '')).toContain(secondo.codice)
    expect((await listDaVersare(rgd, null)).fascicoli).toEqual([])
    expect(await statoOf(aperto.id)).toBe('APERTO')
    await expect(
      inTransaction(rgd, async (tx) => await query(tx, `update elenco_deposito set testo = '' where ente_id = $1`, [e.ente.id])),
    ).rejects.toMatchObject({ code: '42501' })
  })

  it('REQ-FASC-044 the parts go with their whole; if one may not pass, none does; only who governs the archive', async () => {
    const f = await apriPieno(capo, protocollo, e)
    const parte = await openParte(capo, f.id, { oggetto: 'Primo trimestre' }, newId())
    await fileDocumento(capo, parte.id, { documentoId: (await registraInCarico(protocollo, e)).documentoId })
    await chiudi(capo, parte.id)
    const aperto = await apriPieno(capo, protocollo, e)
    await expect(passToDeposito(rgd, { ...PASSAGGIO, fascicoli: [f.id] }, newId())).rejects.toMatchObject({
      codice: 'passaggio-non-ammesso',
    })
    await chiudi(capo, f.id)
    const refused = passToDeposito(rgd, { ...PASSAGGIO, fascicoli: [f.id, aperto.id, parte.id] }, newId())
    await expect(refused).rejects.toMatchObject({
      campi: [{ messaggio: expect.stringContaining('') }, { messaggio: expect.stringContaining('') }],
    })
    expect(await statoOf(f.id)).toBe('CHIUSO')
    await expect(passToDeposito(capo, { ...PASSAGGIO, fascicoli: [f.id] }, newId())).rejects.toMatchObject({ status: 403 })
    await passToDeposito(rgd, { ...PASSAGGIO, fascicoli: [f.id] }, newId())
    expect([await statoOf(f.id), await statoOf(parte.id)]).toEqual(['IN_DEPOSITO', 'IN_DEPOSITO'])
    // The database itself: a fascicolo that is in no list does not pass.
    const altro = await concluso()
    await expect(
      inTransaction(
        rgd,
        async (tx) => await query(tx, `update fascicolo set stato = 'IN_DEPOSITO' where ente_id = $1 and id = $2`, [e.ente.id, altro.id]),
      ),
    ).rejects.toMatchObject({ constraint: 'fascicolo_passaggio_in_elenco' })
  })

  it('REQ-FASC-044 receives nothing more: no document, no paper, no part', async () => {
    const f = await concluso()
    await passToDeposito(rgd, { ...PASSAGGIO, fascicoli: [f.id] }, newId())
    const { documentoId } = await registraInCarico(protocollo, e)
    await expect(fileDocumento(rgd, f.id, { documentoId })).rejects.toMatchObject({ codice: 'fascicolo-chiuso' })
    const carta = { oggetto: 'Pianta', tipologia: 'Pianta', consistenza: '1', posizioneFisica: 'Qui', area: 'comune' as const }
    await expect(addCartaceo(rgd, f.id, carta)).rejects.toMatchObject({ codice: 'fascicolo-chiuso' })
    await expect(openParte(rgd, f.id, { oggetto: 'Parte' }, newId())).rejects.toMatchObject({ codice: 'fascicolo-chiuso' })
  })

  it('REQ-FASC-044 reminds the head of records, from the first of January, of what was concluded before and has not passed, until it passes', async () => {
    const altro = await createEnte(db.orm)
    const op = async (profilo: 'responsabileUor' | 'operatoreProtocollo' | 'responsabileGestioneDocumentale', ufficio: string | null) =>
      (await createOperatore(db.orm, altro, profilo, ufficio)).scope
    const [ca, pr, capoRgd] = [
      await op('responsabileUor', altro.uffici.edilizia),
      await op('operatoreProtocollo', altro.uffici.protocollo),
      await op('responsabileGestioneDocumentale', null),
    ]
    const sys = openScope(db.orm, altro.ente, sistema, ruoli.jobs)
    const f = await nelGiorno(db, '2024-11-12', async () => {
      const made = await apriPieno(ca, pr, altro)
      await chiudi(ca, made.id)
      return made
    })
    await nelGiorno(db, '2024-12-31', async () => await esegui(sys, 'archivio.vigila', ports), '23:00:00')
    expect(await desk(capoRgd, 'deposito')).toEqual([])
    await nelGiorno(db, '2025-01-01', async () => await esegui(sys, 'archivio.vigila', ports), '00:30:00')
    expect(await desk(capoRgd, 'deposito')).toEqual([
      'Un fascicolo concluso prima del 2025 non è passato all’archivio di deposito: il passaggio si fa almeno una volta all’anno.',
    ])
    expect(await desk(ca, 'deposito')).toEqual([])
    await nelGiorno(db, '2025-01-08', async () => {
      await passToDeposito(capoRgd, { ...PASSAGGIO, fascicoli: [f.id] }, newId())
      await esegui(sys, 'archivio.vigila', ports)
    })
    expect(await desk(capoRgd, 'deposito')).toEqual([])
  })
})

describe('withdrawals', () => {
  it('REQ-FASC-046 trace who asked and why, who handed over, who took back and when, and the notice when it is late', async () => {
    const f = await concluso({ oggetto: 'Fascicolo da consultare' })
    const oggi = romeDay(new Date())
    await expect(requestPrelievo(addetto, { fascicolo: f.codice.toLowerCase(), motivo: 'x', entro: oggi })).rejects.toMatchObject({
      status: 404,
    })
    await expect(requestPrelievo(addetto, { fascicolo: f.slug, motivo: 'Serve', entro: oggi })).rejects.toMatchObject({
      codice: 'non-prelevabile',
    })
    await passToDeposito(rgd, { ...PASSAGGIO, fascicoli: [f.id] }, newId())
    await expect(requestPrelievo(scuola, { fascicolo: f.slug, motivo: 'Curiosità', entro: oggi })).rejects.toMatchObject({ status: 404 })
    await expect(requestPrelievo(addetto, { fascicolo: f.slug, motivo: 'Serve', entro: addDays(oggi, -1) })).rejects.toMatchObject({
      campi: [{ campo: 'entro' }],
    })
    const id = await requestPrelievo(addetto, { fascicolo: f.slug, motivo: 'Ricorso al TAR', entro: addDays(oggi, 3) })
    await expect(requestPrelievo(capo, { fascicolo: f.id, motivo: 'Anche a me', entro: oggi })).rejects.toMatchObject({
      codice: 'prelievo-in-corso',
    })
    await expect(handOver(addetto, id, '')).rejects.toMatchObject({ status: 403 })
    await expect(takeBack(rgd, id, '')).rejects.toMatchObject({ codice: 'prelievo-cambiato' })
    await handOver(rgd, id, 'Tre faldoni')
    expect((await listPrelievi(addetto)).find((p) => p.id === id)).toMatchObject({
      fascicolo: { codice: f.codice, oggetto: 'Fascicolo da consultare' },
      stato: 'eseguito',
      motivo: 'Ricorso al TAR',
      richiestoDa: addetto.attore.nome,
      consegnatoDa: rgd.attore.nome,
      nota: 'Tre faldoni',
      scaduto: false,
    })
    expect(await listPrelievi(scuola)).toEqual([])
    await nelGiorno(db, addDays(oggi, 3), async () => await esegui(system, 'archivio.vigila', ports), '23:30:00')
    expect(await desk(rgd, 'prelievo')).toEqual([])
    await nelGiorno(db, addDays(oggi, 4), async () => await esegui(system, 'archivio.vigila', ports), '00:30:00')
    for (const who of [rgd, addetto])
      expect((await desk(who, 'prelievo'))[0]).toContain(`Il fascicolo ${f.codice}, prelevato da ${addetto.attore.nome}, doveva tornare`)
    expect(await desk(scuola, 'prelievo')).toEqual([])
    await takeBack(rgd, id, 'Integro')
    expect((await listPrelievi(rgd)).find((p) => p.id === id)).toMatchObject({
      stato: 'restituito',
      ricevutoDa: rgd.attore.nome,
      notaRestituzione: 'Integro',
      restituitoIl: expect.any(String),
    })
    expect(await desk(rgd, 'prelievo')).toEqual([])
    const { storia } = await presentFascicoloById(rgd, f.id)
    expect(storia.map((s) => s.azione)).toEqual(
      expect.arrayContaining(['prelievo-richiesto', 'fascicolo-prelevato', 'fascicolo-restituito']),
    )
    // Back in the archive, it may be asked for again; a refusal has its reason.
    const again = await requestPrelievo(capo, { fascicolo: f.slug, motivo: 'Ancora', entro: addDays(oggi, 9) })
    await refusePrelievo(rgd, again, 'È in restauro')
    expect((await listPrelievi(capo)).find((p) => p.id === again)).toMatchObject({ stato: 'rifiutato', nota: 'È in restauro' })
  })

  it('REQ-FASC-046 of a fascicolo with riservati nothing is said to who may not read it', async () => {
    const riservata = await registraInCarico(protocollo, e, { riservatezza: 'RISERVATO', oggetto: 'Segnalazione segreta' })
    const f = await concluso({ oggetto: 'Indagine segreta' })
    await reopenFascicolo(capo, f.id, { versione: (await presentFascicoloById(rgd, f.id)).versione, motivo: 'Segnalazione' })
    await fileDocumento(capo, f.id, { documentoId: riservata.documentoId })
    await chiudi(capo, f.id)
    await passToDeposito(rgd, { ...PASSAGGIO, fascicoli: [f.id] }, newId())
    await requestPrelievo(capo, { fascicolo: f.slug, motivo: 'Motivo segreto', entro: romeDay(new Date()) })
    const auditor = (await createOperatore(db.orm, e, 'auditor')).scope
    expect(JSON.stringify(await listPrelievi(auditor))).not.toMatch(/segret/u)
    expect((await listPrelievi(auditor)).some((p) => p.fascicolo.codice === f.codice && p.motivo === 'RISERVATO')).toBe(true)
    expect((await listPrelievi(protocollo)).some((p) => p.fascicolo.codice === f.codice)).toBe(false)
  })
})

describe('the historical section', () => {
  it('REQ-FASC-047 receives permanent fascicoli concluded for more than forty years, from the deposit only, with a list kept; then nothing changes', async () => {
    const voceId = e.voci.get('VI/2') ?? ''
    await addRegola(rgd, {
      voceId,
      anni: 9999,
      decorrenza: 'chiusura',
      sfoltimento: false,
      atto: 'Piano n. 1',
      approvataIl: '2024-01-01',
    } as Parameters<typeof addRegola>[1])
    const oggi = romeDay(new Date())
    const anni = (n: number, giorni: number): string => addDays(`${Number(oggi.slice(0, 4)) - n}${oggi.slice(4)}`, giorni)
    const censisci = async (oggetto: string, chiusoIl: string, voce = voceId) =>
      await recordCartaceoConcluso(
        rgd,
        {
          voceId: voce,
          tipo: 'affare',
          oggetto,
          ufficioId: e.uffici.edilizia,
          apertoIl: '1970-03-01',
          chiusoIl,
          consistenza: '2 faldoni',
          posizioneFisica: 'Soffitta',
        },
        newId(),
      )
    const maturo = await censisci('Piano regolatore del 1972', anni(40, -1))
    const giovane = await censisci('Variante al piano', anni(40, 0))
    const daScartare = await censisci('Concessioni', anni(45, 0), e.voci.get('VI/5') ?? '')
    expect(maturo.codice).toBe('1970-VI/2.1')
    expect(giovane.codice).toBe('1970-VI/2.2')
    expect((await listStorica(rgd)).proposti).toEqual([])
    const storico = (fascicoli: string[]) => ({ fascicoli, nota: '' })
    await expect(passToStorico(rgd, storico([maturo.id]), newId())).rejects.toMatchObject({ codice: 'passaggio-non-ammesso' })
    await passToDeposito(rgd, { ...PASSAGGIO, fascicoli: [maturo.id, giovane.id, daScartare.id] }, newId())
    expect((await listStorica(rgd)).proposti.map((f) => f.codice)).toEqual([maturo.codice])
    await expect(passToStorico(rgd, storico([giovane.id]), newId())).rejects.toMatchObject({
      campi: [{ messaggio: expect.stringContaining('oltre quarant’anni') }],
    })
    await expect(passToStorico(rgd, storico([daScartare.id]), newId())).rejects.toMatchObject({
      campi: [{ messaggio: expect.stringContaining('conservazione permanente') }],
    })
    const elenco = await passToStorico(rgd, { ...storico([maturo.id]), posizione: 'Archivio storico, sala 1' }, newId())
    expect((await listElenchi(rgd)).find((x) => x.id === elenco)).toMatchObject({ tipo: 'storico', numero: 1, righe: 1 })
    expect((await listStorica(rgd)).presenti).toMatchObject([
      { codice: maturo.codice, posizioneFisica: 'Archivio storico, sala 1', conservazioneAnni: 9999 },
    ])
    const { documentoId } = await registraInCarico(protocollo, e)
    await expect(fileDocumento(rgd, maturo.id, { documentoId })).rejects.toMatchObject({ codice: 'fascicolo-chiuso' })
    const { versione } = await presentFascicoloById(rgd, maturo.id)
    await expect(reopenFascicolo(rgd, maturo.id, { versione, motivo: 'x' })).rejects.toMatchObject({ codice: 'non-riapribile' })
    await expect(requestPrelievo(rgd, { fascicolo: maturo.slug, motivo: 'Mostra', entro: oggi })).resolves.toBeDefined()
  })
})
