import { Buffer } from 'node:buffer'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { buildBusta, buildOrdinaria, spedisci } from '../../../server/demo/posta/index.ts'
import type { Gestore, MessaggioDaSpedire } from '../../../server/demo/posta/index.ts'
import { withClient } from '../../../server/kernel/db/connect.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { sqlState } from '../../../server/kernel/problem.ts'
import { inTransaction, insertRows, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { ingestCasella, registerMessaggio } from '../../../server/pec/index.ts'
import type { RegistrazioneMessaggioIn } from '../../../server/pec/index.ts'
import { isIstanza, ultimoGiornoInRitardo, vociEsclusione } from '../../../server/pec/rules.ts'
import {
  declareNonCompetenza,
  excludeGruppo,
  excludeMessaggio,
  passMessaggio,
  restoreMessaggio,
  uniteMessaggio,
} from '../../../server/pec/service/decide.ts'
import { addTipoEsclusione, changeRegola, closeTipoEsclusione, readEsclusioni } from '../../../server/pec/service/esclusioni.ts'
import { lockForWork, readCoda, readConteggi, readMessaggio } from '../../../server/pec/service/queue.ts'
import { nuovoTipoEsclusione, scartoIn } from '../../../server/pec/schema.ts'
import { listArrivi } from '../../../server/protocollo/service/arrivi.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase, ruoli } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildNuova, buildPdf, createEnte, createOperatore, createRegistrazione, stage } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { registerInArrivo } from '../../../server/protocollo/index.ts'
import { buildPorts, createCasella, gestoreDiProva, messaggio } from './posta.ts'
import type { PosteDiProva } from './posta.ts'

let db: TestDatabase
let gestore: Gestore
let e: EnteDiProva
let scope: Scope
let collega: { scope: Scope; id: string }
let addetto: { scope: Scope; id: string }
let casellaId: string
let ports: PosteDiProva

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  gestore = await gestoreDiProva()
  e = await createEnte(db.orm)
  scope = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Lidia')).scope
  const bruno = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Bruno')).scope
  collega = { scope: bruno, id: bruno.attore.id }
  const noemi = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.edilizia, 'Noemi')).scope
  addetto = { scope: noemi, id: noemi.attore.id }
  casellaId = await createCasella(db, e)
  ports = buildPorts(gestore)
})
afterAll(async () => await db.close())

async function receive(raw: Buffer): Promise<string> {
  const ids = async () => (await query<{ id: string }>(scope, 'select id from messaggio where ente_id = $1', [e.ente.id])).map((r) => r.id)
  const known = new Set(await ids())
  ports.box.deliver(raw)
  await ingestCasella(scope, casellaId, ports)
  return (await ids()).find((id) => !known.has(id)) ?? ''
}

const receivePec = async (more: Partial<MessaggioDaSpedire> = {}): Promise<string> =>
  await receive(await buildBusta(gestore, spedisci(gestore, await messaggio(more))))
const receiveMail = async (more: Partial<MessaggioDaSpedire> = {}): Promise<string> =>
  await receive(buildOrdinaria(newId(), await messaggio({ oggetto: 'Offerta di primavera', allegati: [], ...more })))

function request(changes: Partial<RegistrazioneMessaggioIn> = {}): RegistrazioneMessaggioIn {
  return {
    oggetto: 'Richiesta di occupazione di suolo pubblico',
    mittenti: [{ tipo: 'PF', nome: 'Ada', cognome: 'Però', indirizzoDigitale: 'ada.pero@cittadini.example' }],
    voceId: e.voci.get('VI/3') ?? '',
    assegnazione: { ufficioId: e.uffici.edilizia },
    perConoscenza: [],
    tipologia: 'Istanza',
    riservatezza: 'ORDINARIO',
    note: '',
    ...changes,
  }
}

const numbersTaken = async (): Promise<number> =>
  (await queryOne<{ n: number }>(scope, 'select count(*)::int as n from registrazione where ente_id = $1', [e.ente.id]))?.n ?? 0
const statoOf = async (id: string): Promise<string> => (await readMessaggio(scope, id)).stato

describe('exclusions', () => {
  it('REQ-PROT-011 an istanza that comes by e-mail with its document cannot be left out: ART_40BIS', async () => {
    const id = await receiveMail({ oggetto: 'Domanda di iscrizione alla mensa', allegati: (await messaggio()).allegati ?? [] })
    await expect(excludeMessaggio(scope, id, { voce: 'materiali pubblicitari', nota: '' })).rejects.toMatchObject({
      codice: 'ART_40BIS',
      status: 422,
    })
    expect(await statoOf(id)).toBe('da_protocollare')
    const allegato = [{ ruolo: 'allegato', inLinea: false }]
    expect(isIstanza({ oggetto: 'Dichiarazione sostitutiva', parti: allegato })).toBe(true)
    expect(isIstanza({ oggetto: 'Dichiarazione dei redditi: il corso', parti: [] })).toBe(false)
    expect(isIstanza({ oggetto: 'Offerta di primavera', parti: allegato })).toBe(false)
  })

  it('REQ-PROT-011 REQ-PROT-137 the database itself refuses to leave out or send back a PEC, and nobody may delete a message', async () => {
    const id = await receivePec()
    for (const stato of ['scartato', 'restituito']) {
      const error: unknown = await query(scope, 'update messaggio set stato = $3 where ente_id = $1 and id = $2', [
        e.ente.id,
        id,
        stato,
      ]).catch((reason: unknown) => reason)
      expect(sqlState(error)).toBe('23514')
    }
    const rights = await withClient(
      db.url,
      async (client) =>
        (
          await client.query<{ d: boolean }>('select has_table_privilege($1, $3, $4) or has_table_privilege($2, $3, $4) as d', [
            ruoli.app,
            ruoli.jobs,
            'messaggio',
            'DELETE',
          ])
        ).rows,
    )
    expect(rights).toEqual([{ d: false }])
  })

  it('REQ-PROT-012 the manual adds types under the heads of the law, never a head; heads cannot be taken away', async () => {
    const before = await readEsclusioni(scope)
    expect(before.voci.map((v) => v.voce)).toEqual([...vociEsclusione])
    await addTipoEsclusione(scope, { voce: 'riviste', denominazione: 'Rassegna stampa locale' })
    const [tipo] = (await readEsclusioni(scope)).voci.find((v) => v.voce === 'riviste')?.tipi ?? []
    expect(tipo?.denominazione).toBe('Rassegna stampa locale')
    expect(nuovoTipoEsclusione.safeParse({ voce: 'comunicazioni noiose', denominazione: 'Altro' }).success).toBe(false)
    expect(scartoIn.safeParse({ voce: 'altro' }).success).toBe(false)
    const strange: unknown = await inTransaction(
      scope,
      async (tx) =>
        await insertRows(tx, 'tipo_esclusione', [
          { id: newId(), voce: 'comunicazioni noiose', denominazione: 'x', dal: new Date().toISOString(), autore_nome: 'x' },
        ]),
    ).catch((reason: unknown) => reason)
    expect(sqlState(strange)).toBe('23514')
    // A closed type, or one of another head, is not a reason any more.
    const id = await receiveMail()
    const wrong = { voce: 'libri' as const, tipoEsclusioneId: tipo?.id ?? '', nota: '' }
    await expect(excludeMessaggio(scope, id, wrong)).rejects.toMatchObject({ codice: 'tipo-esclusione-assente' })
    await closeTipoEsclusione(scope, tipo?.id ?? '')
    await expect(excludeMessaggio(scope, id, { ...wrong, voce: 'riviste' })).rejects.toMatchObject({ codice: 'tipo-esclusione-assente' })
    expect((await readEsclusioni(scope)).voci.map((v) => v.voce)).toEqual([...vociEsclusione])
  })

  it('REQ-PROT-013 each exclusion is kept with who, when, head and note, also after it was undone', async () => {
    const id = await receiveMail()
    const before = await numbersTaken()
    await excludeMessaggio(scope, id, { voce: 'inviti a manifestazioni', nota: 'Sagra' })
    expect((await readMessaggio(collega.scope, id)).esclusione).toMatchObject({
      voce: 'inviti a manifestazioni',
      nota: 'Sagra',
      autore: expect.stringContaining('Lidia'),
      il: expect.stringMatching(/^\d{4}-/u),
    })
    await restoreMessaggio(collega.scope, id)
    const rows = await query<{ voce: string; nota: string; autore: string; chiusa: string; dal: Date; al: Date }>(
      scope,
      `select voce, nota, dal, autore_nome as autore, chiusa_da_nome as chiusa, al from decisione_messaggio where ente_id = $1 and messaggio_id = $2 and tipo = 'escluso'`,
      [e.ente.id, id],
    )
    expect(rows).toEqual([
      {
        voce: 'inviti a manifestazioni',
        nota: 'Sagra',
        dal: expect.any(Date),
        autore: expect.stringContaining('Lidia'),
        chiusa: expect.stringContaining('Bruno'),
        al: expect.any(Date),
      },
    ])
    expect(await numbersTaken()).toBe(before)
  })

  it('many are left out together; what may not be stops only itself', async () => {
    const [a, b, pec] = [await receiveMail(), await receiveMail(), await receivePec()]
    const esito = await excludeGruppo(scope, [a, pec, b], { voce: 'materiali pubblicitari', nota: '' })
    expect(esito).toEqual({ fatti: 2, saltati: [{ id: pec, motivo: expect.stringContaining('40-bis') }] })
    expect([await statoOf(a), await statoOf(b), await statoOf(pec)]).toEqual(['scartato', 'scartato', 'da_protocollare'])
  })
})

describe('second arrivals', () => {
  it('REQ-PROT-016 the same main document proposes the first registration, and the link consumes no number', async () => {
    const allegati = (await messaggio()).allegati ?? []
    const prima = await receivePec({ allegati })
    const registrata = await registerMessaggio(scope, prima, request(), newId())
    const seconda = await receivePec({
      allegati,
      oggetto: 'Invio di nuovo lo stesso documento',
      mittente: { nome: 'Studio', indirizzo: 'altro@pec.example' },
    })
    expect((await readMessaggio(scope, seconda)).possibileDuplicato).toEqual({
      registrazioneId: registrata.id,
      etichetta: registrata.etichetta,
      motivo: 'stesso documento principale',
    })
    const before = await numbersTaken()
    await uniteMessaggio(scope, seconda, { registrazioneId: registrata.id, nota: 'Inviata due volte' })
    expect(await numbersTaken()).toBe(before)
    expect(await statoOf(seconda)).toBe('unito')
    expect(await listArrivi(scope, registrata.id)).toEqual([
      expect.objectContaining({ mezzo: 'PEC', messaggioId: seconda, nota: 'Inviata due volte', autore: expect.stringContaining('Lidia') }),
    ])
    await expect(registerMessaggio(scope, seconda, request(), newId())).rejects.toMatchObject({ codice: 'messaggio-gia-trattato' })
    // The link is in the chain of the register, and can be undone.
    const [fact] = await query<{ registro: string | null }>(
      scope,
      `select registro_id as registro from evento_audit where ente_id = $1 and azione = 'arrivo-collegato' and oggetto_id = $2`,
      [e.ente.id, registrata.id],
    )
    expect(fact?.registro).toBe(e.registroId)
    await restoreMessaggio(scope, seconda)
    expect(await statoOf(seconda)).toBe('da_protocollare')
    expect(await listArrivi(scope, registrata.id)).toEqual([])
  })

  it('REQ-PROT-016 the same sender’s protocol, and the same request by portal and by PEC, are told with their reason; a different one is not', async () => {
    const contenutoId = await stage(scope, ports.store, await buildPdf(newId()), 'a.pdf')
    const mittente = { tipo: 'PF' as const, nome: 'Ugo', cognome: 'Doppio', indirizzoDigitale: 'ugo.doppio@cittadini.example' }
    const altra = await registerInArrivo(
      scope,
      buildNuova(e, contenutoId, {
        mittenti: [mittente],
        mezzo: 'PORTALE',
        oggetto: 'Istanza di  accesso agli atti',
        dataArrivo: '2026-03-09T10:00:00Z',
      }),
      newId(),
    )
    const da = { nome: 'Ugo Doppio', indirizzo: mittente.indirizzoDigitale }
    const stessa = await receivePec({ mittente: da, oggetto: 'R: istanza di accesso agli atti' })
    expect((await readMessaggio(scope, stessa)).possibileDuplicato).toMatchObject({
      registrazioneId: altra.id,
      motivo: expect.stringContaining('stessa richiesta'),
    })
    const diversa = await receivePec({ mittente: da, oggetto: 'Istanza di tutt’altro genere' })
    expect((await readMessaggio(scope, diversa)).possibileDuplicato).toBeNull()
  })

  it('REQ-PROT-061 a riservato registration of the same document is not told to who may not read it', async () => {
    const allegati = (await messaggio()).allegati ?? []
    const rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', e.uffici.protocollo, 'Marta')).scope
    const prima = await receivePec({ allegati })
    await registerMessaggio(rgd, prima, request({ riservatezza: 'RISERVATO' }), newId())
    const seconda = await receivePec({ allegati, mittente: { nome: 'Studio', indirizzo: 'terzo@pec.example' } })
    expect((await readMessaggio(rgd, seconda)).possibileDuplicato).not.toBeNull()
    expect((await readMessaggio(scope, seconda)).possibileDuplicato).toBeNull()
  })

  it('REQ-PROT-137 a PEC is linked as a duplicate where it cannot be left out; a registration one may not see cannot be named', async () => {
    const pec = await receivePec()
    const altrove = await createEnte(db.orm)
    const straniero = (await createOperatore(db.orm, altrove, 'operatoreProtocollo', altrove.uffici.protocollo, 'Altro')).scope
    const estranea = await createRegistrazione(straniero, altrove)
    await expect(uniteMessaggio(scope, pec, { registrazioneId: estranea, nota: '' })).rejects.toMatchObject({ status: 404 })
    expect(await statoOf(pec)).toBe('da_protocollare')
    const nostra = await createRegistrazione(scope, e)
    await uniteMessaggio(scope, pec, { registrazioneId: nostra, nota: '' })
    expect((await readCoda(scope, 'uniti', 1, 200)).elementi.map((m) => m.id)).toContain(pec)
  })

  it('REQ-PROT-136 reading the mailbox again creates nothing, also after the message was registered', async () => {
    const raw = await buildBusta(gestore, spedisci(gestore, await messaggio()))
    const id = await receive(raw)
    await registerMessaggio(scope, id, request(), newId())
    const before = await numbersTaken()
    const rows = async () =>
      (await queryOne<{ n: number }>(scope, 'select count(*)::int as n from messaggio where ente_id = $1', [e.ente.id]))?.n
    const messages = await rows()
    ports.box.deliver(raw)
    expect(await ingestCasella(scope, casellaId, ports)).toMatchObject({ nuovi: 0, doppi: 1 })
    expect([await rows(), await numbersTaken()]).toEqual([messages, before])
  })
})

describe('what is meant for others, and for colleagues', () => {
  it('REQ-PROT-018 the ente chooses between forwarding and sending back; a PEC is registered whatever the choice; both are traced', async () => {
    const amministrazione = 'Comune di Valdifuori'
    const [inoltrata, restituita, pec] = [await receiveMail(), await receiveMail(), await receivePec()]
    expect(await declareNonCompetenza(scope, inoltrata, { amministrazione, nota: '' })).toEqual({ scelta: 'registra_e_inoltra' })
    expect(await readMessaggio(scope, inoltrata)).toMatchObject({ stato: 'da_protocollare', inoltro: { amministrazione } })
    await changeRegola(scope, 'restituisci')
    expect(await declareNonCompetenza(scope, restituita, { amministrazione, nota: 'Avvisato' })).toEqual({ scelta: 'restituisci' })
    expect(await readMessaggio(scope, restituita)).toMatchObject({
      stato: 'restituito',
      restituzione: { amministrazione, nota: 'Avvisato', autore: expect.stringContaining('Lidia') },
    })
    expect((await readCoda(scope, 'scartati', 1, 200)).elementi.map((m) => m.id)).toContain(restituita)
    expect(await declareNonCompetenza(scope, pec, { amministrazione, nota: '' })).toEqual({ scelta: 'registra_e_inoltra' })
    expect(await statoOf(pec)).toBe('da_protocollare')
    const facts = await query(
      scope,
      `select 1 from evento_audit where ente_id = $1 and azione = 'messaggio-non-di-competenza' and oggetto_id = any($2) and dati like '%Valdifuori%'`,
      [e.ente.id, [inoltrata, restituita, pec]],
    )
    expect(facts).toHaveLength(3)
    await changeRegola(scope, 'registra_e_inoltra')
  })

  it('a message is handed to a colleague who may register, with a note, and to nobody else', async () => {
    const id = await receivePec()
    await lockForWork(scope, id)
    await expect(passMessaggio(scope, id, { operatoreId: addetto.id, nota: '' })).rejects.toMatchObject({ codice: 'collega-non-abilitato' })
    await passMessaggio(scope, id, { operatoreId: collega.id, nota: 'Conosci il caso' })
    const riga = (await readCoda(collega.scope, 'per-me', 1, 50)).elementi.find((m) => m.id === id)
    expect(riga).toMatchObject({
      bloccatoDa: null,
      passatoDa: { nome: expect.stringContaining('Lidia'), nota: 'Conosci il caso', aMe: true },
    })
    expect((await readCoda(scope, 'per-me', 1, 50)).elementi.map((m) => m.id)).not.toContain(id)
  })

  it('the holder of a message stays visible; after ten minutes who takes it anyway is in the trail', async () => {
    const id = await receivePec()
    await lockForWork(scope, id)
    expect((await readMessaggio(collega.scope, id)).bloccatoDa).toMatchObject({ nome: expect.stringContaining('Lidia'), scaduto: false })
    await expect(lockForWork(collega.scope, id)).rejects.toMatchObject({ codice: 'messaggio-in-lavorazione' })
    await query(scope, `update messaggio set bloccato_il = now() - interval '11 minutes' where ente_id = $1 and id = $2`, [e.ente.id, id])
    expect((await readMessaggio(collega.scope, id)).bloccatoDa).toMatchObject({ nome: expect.stringContaining('Lidia'), scaduto: true })
    await lockForWork(collega.scope, id)
    const [fact] = await query<{ nome: string; dati: string }>(
      scope,
      `select attore_nome as nome, dati from evento_audit where ente_id = $1 and azione = 'messaggio-preso-comunque' and oggetto_id = $2`,
      [e.ente.id, id],
    )
    expect(fact).toEqual({ nome: expect.stringContaining('Bruno'), dati: expect.stringContaining('Lidia') })
  })
})

describe('late arrivals', () => {
  it('REQ-PROT-075 what arrived before the last working day’s end is late; closed days before today are not', () => {
    const feriale = (giorno: string): boolean => ![0, 6].includes(new Date(`${giorno}T12:00:00Z`).getUTCDay())
    // Wednesday: Tuesday's arrivals are late. Monday: Friday's are, the week-end's are of today. Sunday: Friday's are.
    expect(ultimoGiornoInRitardo('2026-09-16', feriale)).toBe('2026-09-15')
    expect(ultimoGiornoInRitardo('2026-09-14', feriale)).toBe('2026-09-11')
    expect(ultimoGiornoInRitardo('2026-09-13', feriale)).toBe('2026-09-11')
    expect(ultimoGiornoInRitardo('2026-12-28', (g) => feriale(g) && g !== '2026-12-25' && g !== '2026-12-26')).toBe('2026-12-24')
  })

  it('REQ-PROT-075 a message of days ago is marked late, one of today is not, and the view of the late ones counts them', async () => {
    const vecchio = await receivePec()
    const nuovo = await receivePec()
    const arrive = async (id: string, when: string) =>
      await withClient(db.ownerUrl, async (client) => {
        await client.query('begin')
        await client.query("select set_config('app.ente_id', $1, true)", [e.ente.id])
        await client.query(`set local role ${ruoli.owner}`)
        await client.query(`update messaggio set ricevuto_il = ${when} where ente_id = $1 and id = $2`, [e.ente.id, id])
        await client.query('commit')
      })
    await arrive(vecchio, "now() - interval '12 days'")
    await arrive(nuovo, 'now()')
    expect([(await readMessaggio(scope, vecchio)).inRitardo, (await readMessaggio(scope, nuovo)).inRitardo]).toEqual([true, false])
    const { elementi, totale } = await readCoda(scope, 'in-ritardo', 1, 200)
    expect(elementi.map((m) => m.id)).toContain(vecchio)
    expect(elementi.map((m) => m.id)).not.toContain(nuovo)
    expect((await readConteggi(scope))['in-ritardo']).toBe(totale)
  })
})
