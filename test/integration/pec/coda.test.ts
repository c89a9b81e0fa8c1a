import { Buffer } from 'node:buffer'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { buildAnomalia, buildBusta, buildFattura, buildGuasto, buildOrdinaria, spedisci } from '../../../server/demo/posta/index.ts'
import type { Gestore, MessaggioDaSpedire } from '../../../server/demo/posta/index.ts'
import { findFiles } from '../../../server/documenti/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { ingestCasella, registerMessaggio } from '../../../server/pec/index.ts'
import type { RegistrazioneMessaggioIn } from '../../../server/pec/index.ts'
import { vociEsclusione } from '../../../server/pec/rules.ts'
import { excludeMessaggio, restoreMessaggio } from '../../../server/pec/service/decide.ts'
import { lockForWork, openParte, readCoda, readMessaggio, unlock } from '../../../server/pec/service/queue.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, readAll } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { buildPorts, createCasella, gestoreDiProva, messaggio } from './posta.ts'
import type { PosteDiProva } from './posta.ts'

let db: TestDatabase
let gestore: Gestore
let e: EnteDiProva
let scope: Scope
let collega: Scope
let casellaId: string
let ports: PosteDiProva

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  gestore = await gestoreDiProva()
  e = await createEnte(db.orm)
  scope = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Lidia')).scope
  collega = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Bruno')).scope
  casellaId = await createCasella(db, e)
  ports = buildPorts(gestore)
})
afterAll(async () => await db.close())

/** Delivers raw bytes and answers the id of the new message. */
async function receive(raw: Buffer, casella = casellaId): Promise<string> {
  ports.box.deliver(raw)
  const known = new Set(
    (await query<{ id: string }>(scope, 'select id from messaggio where ente_id = $1', [e.ente.id])).map((row) => row.id),
  )
  await ingestCasella(scope, casella, ports)
  const fresh = (await query<{ id: string }>(scope, 'select id from messaggio where ente_id = $1', [e.ente.id])).find(
    (row) => !known.has(row.id),
  )
  return fresh?.id ?? ''
}

async function receivePec(more: Partial<MessaggioDaSpedire> = {}): Promise<string> {
  return await receive(await buildBusta(gestore, spedisci(gestore, await messaggio(more))))
}

function request(changes: Partial<RegistrazioneMessaggioIn> = {}): RegistrazioneMessaggioIn {
  return {
    oggetto: 'Richiesta di occupazione di suolo pubblico',
    mittenti: [{ tipo: 'PF', nome: 'Ada', cognome: 'Però', indirizzoDigitale: 'Ada.Pero@cittadini.example' }],
    voceId: e.voci.get('VI/3') ?? '',
    assegnazione: { ufficioId: e.uffici.edilizia },
    perConoscenza: [],
    tipologia: 'Istanza',
    riservatezza: 'ORDINARIO',
    note: '',
    ...changes,
  }
}

async function numbersTaken(): Promise<number> {
  return (await queryOne<{ n: number }>(scope, 'select count(*)::int as n from registrazione where ente_id = $1', [e.ente.id]))?.n ?? 0
}

describe('registration of a message', () => {
  it('REQ-PROT-025 the document carries the proposed files and keeps the transport envelope as evidence', async () => {
    const m = await messaggio()
    const raw = await buildBusta(gestore, spedisci(gestore, m))
    const id = await receive(raw)
    const detail = await readMessaggio(scope, id)
    const registrazione = await registerMessaggio(scope, id, request(), newId())
    expect(registrazione).toMatchObject({
      mezzo: 'PEC',
      tipo: 'E',
      dataArrivo: m.istante.toISOString(),
      documento: { formazione: 'messaggio', modalitaFormazione: 'b' },
    })
    const files = await findFiles(scope, [registrazione.documento.id])
    expect(files.find((file) => file.ruolo === 'principale')).toMatchObject({
      nome: 'istanza è firmata.pdf',
      mime: 'application/pdf',
      sha256: registrazione.impronta,
    })
    const envelope = files.find((file) => file.descrizione === 'Busta di trasporto come ricevuta')
    expect(envelope).toMatchObject({ ruolo: 'annesso', sha256: detail.parti[0]?.sha256 })
    expect((await readAll(await ports.store.open(e.ente.id, envelope?.sha256 ?? ''))).equals(raw)).toBe(true)
    expect(await readMessaggio(scope, id)).toMatchObject({ stato: 'registrato', registrazioneId: registrazione.id })
  })

  it('REQ-PROT-037 the same key gives the same registration, another key on the same message is refused and takes no number', async () => {
    const id = await receivePec()
    const chiave = newId()
    const body = request()
    const [one, two] = await Promise.all([registerMessaggio(scope, id, body, chiave), registerMessaggio(scope, id, body, chiave)])
    expect(two.id).toBe(one.id)
    const taken = await numbersTaken()
    await expect(registerMessaggio(scope, id, body, newId())).rejects.toMatchObject({ codice: 'messaggio-gia-trattato', status: 409 })
    await expect(registerMessaggio(scope, id, request({ oggetto: 'Altro' }), chiave)).rejects.toMatchObject({ codice: 'chiave-gia-usata' })
    expect(await numbersTaken()).toBe(taken)
  })

  it('two operators registering the same message together: one number, one refusal', async () => {
    const id = await receivePec()
    const before = await numbersTaken()
    const outcomes = await Promise.allSettled([
      registerMessaggio(scope, id, request(), newId()),
      registerMessaggio(collega, id, request(), newId()),
    ])
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await numbersTaken()).toBe(before + 1)
  })

  it('a refused registration leaves the message in the queue and takes no number', async () => {
    const id = await receivePec()
    const before = await numbersTaken()
    await expect(registerMessaggio(scope, id, request({ voceId: newId() }), newId())).rejects.toMatchObject({
      codice: 'dati-da-correggere',
    })
    expect(await numbersTaken()).toBe(before)
    expect((await readMessaggio(scope, id)).stato).toBe('da_protocollare')
  })

  it('files of another message are refused', async () => {
    const id = await receivePec()
    const other = await readMessaggio(scope, await receivePec())
    const contenutoId = other.parti.find((part) => part.principaleProposto)?.id ?? ''
    await expect(
      registerMessaggio(scope, id, request({ documento: { contenutoId, nome: 'x.pdf', descrizione: '' } }), newId()),
    ).rejects.toMatchObject({ codice: 'file-estraneo', status: 404 })
    await expect(openParte(scope, id, contenutoId, ports.store)).rejects.toMatchObject({ codice: 'file-estraneo' })
  })

  it('REQ-PROT-135 REQ-PEC-013 ordinary mail and anomaly envelopes are registered as PEO, never as PEC', async () => {
    for (const raw of [buildOrdinaria('x', await messaggio()), await buildAnomalia(gestore, await messaggio())]) {
      const id = await receive(raw)
      expect((await readMessaggio(scope, id)).proposta.mezzo).toBe('PEO')
      await expect(registerMessaggio(scope, id, request({ mezzo: 'PEC' }), newId())).rejects.toMatchObject({
        codice: 'mezzo-non-verificato',
        status: 422,
      })
      expect((await registerMessaggio(scope, id, request(), newId())).mezzo).toBe('PEO')
    }
  })

  it('REQ-PEC-004 an envelope whose chain was not judged does not count as arrived by PEC', async () => {
    const trust = { ...ports, caselle: { apri: ports.caselle.apri, ancore: [] } }
    ports.box.deliver(await buildBusta(gestore, spedisci(gestore, await messaggio({ oggetto: 'Senza autorità' }))))
    await ingestCasella(scope, casellaId, trust)
    const row = (await readCoda(scope, 'pec', 1, 200)).elementi.find((item) => item.oggetto === 'Senza autorità')
    const detail = await readMessaggio(scope, row?.id ?? '')
    expect(detail).toMatchObject({
      firma: 'valida-catena-non-verificata',
      verifica: { esito: 'catena-non-verificata' },
      proposta: { mezzo: 'PEO' },
    })
    await expect(registerMessaggio(scope, detail.id, request({ mezzo: 'PEC' }), newId())).rejects.toMatchObject({
      codice: 'mezzo-non-verificato',
    })
  })

  it('what is in quarantine can still be registered by a person: a broken message is never lost', async () => {
    const id = await receive(await buildGuasto(gestore, spedisci(gestore, await messaggio()), 'alterato'))
    expect(await readMessaggio(scope, id)).toMatchObject({ stato: 'quarantena', motivo: expect.stringContaining('cambiati dopo la firma') })
    expect((await registerMessaggio(scope, id, request({ mezzo: 'ALTRO' }), newId())).mezzo).toBe('ALTRO')
  })
})

describe('the queue', () => {
  it('views hold what they say, oldest first, with the number of attachments', async () => {
    const mail = await receive(buildOrdinaria('x', await messaggio({ allegati: [] })))
    const pec = await receivePec()
    const inPec = (await readCoda(scope, 'pec', 1, 200)).elementi
    const inMail = (await readCoda(scope, 'email', 1, 200)).elementi
    expect(inPec.find((row) => row.id === pec)).toMatchObject({ tipo: 'pec', firma: 'valida', allegati: 1, bloccatoDa: null })
    expect(inMail.find((row) => row.id === mail)).toMatchObject({ tipo: 'email', allegati: 0 })
    expect(inPec.every((row) => row.tipo === 'pec' && row.stato === 'da_protocollare')).toBe(true)
    expect(inPec.map((row) => row.ricevutoIl)).toEqual(inPec.map((row) => row.ricevutoIl).sort())
    const page = await readCoda(scope, 'pec', 2, 1)
    expect(page.elementi.map((row) => row.id)).toEqual([inPec[1]?.id])
    expect(page.totale).toBe(inPec.length)
  })

  it('a message in work is held for ten minutes against colleagues, not against its holder', async () => {
    const id = await receivePec()
    await lockForWork(scope, id)
    await lockForWork(scope, id)
    const refusal = { codice: 'messaggio-in-lavorazione', message: expect.stringContaining('Lidia') }
    await expect(lockForWork(collega, id)).rejects.toMatchObject(refusal)
    await expect(registerMessaggio(collega, id, request(), newId())).rejects.toMatchObject(refusal)
    await unlock(collega, id)
    expect((await readMessaggio(collega, id)).bloccatoDa?.nome).toContain('Lidia')
    await query(scope, `update messaggio set bloccato_il = now() - interval '11 minutes' where ente_id = $1 and id = $2`, [e.ente.id, id])
    await lockForWork(collega, id)
    await unlock(collega, id)
    expect((await readMessaggio(scope, id)).bloccatoDa).toBeNull()
  })

  it('REQ-PROT-011 REQ-PROT-137 a PEC cannot be excluded: refused with ART_40BIS, it stays in the queue', async () => {
    const id = await receivePec()
    await expect(excludeMessaggio(scope, id, { voce: 'materiali pubblicitari', nota: '' })).rejects.toMatchObject({
      codice: 'ART_40BIS',
      status: 422,
    })
    expect((await readMessaggio(scope, id)).stato).toBe('da_protocollare')
  })

  it('REQ-PROT-012 the heads of exclusion are those of art. 53 c. 5', () => {
    expect(vociEsclusione).toHaveLength(11)
    expect(vociEsclusione).toContain('documenti già soggetti a registrazione particolare')
  })

  it('REQ-PROT-013 an excluded e-mail keeps who, when, head and note, stays retrievable and takes no number; it can come back', async () => {
    const id = await receive(buildOrdinaria('x', await messaggio({ oggetto: 'Offerta speciale' })))
    const before = await numbersTaken()
    await excludeMessaggio(scope, id, { voce: 'materiali pubblicitari', nota: 'Volantino' })
    expect((await readCoda(scope, 'scartati', 1, 50)).elementi.map((row) => row.id)).toEqual([id])
    expect(await readMessaggio(scope, id)).toMatchObject({
      stato: 'scartato',
      esclusione: { voce: 'materiali pubblicitari', nota: 'Volantino' },
    })
    const [fact] = await query<{ nome: string; istante: Date; dati: string }>(
      scope,
      `select attore_nome as nome, istante, dati from evento_audit where ente_id = $1 and oggetto_id = $2 and azione = 'messaggio-scartato'`,
      [e.ente.id, id],
    )
    expect(fact).toMatchObject({
      nome: expect.stringContaining('Lidia'),
      istante: expect.any(Date),
      dati: expect.stringContaining('Volantino'),
    })
    expect(await numbersTaken()).toBe(before)
    await expect(registerMessaggio(scope, id, request(), newId())).rejects.toMatchObject({ codice: 'messaggio-gia-trattato' })
    await restoreMessaggio(scope, id)
    expect((await readMessaggio(scope, id)).stato).toBe('da_protocollare')
    await expect(restoreMessaggio(scope, id)).rejects.toMatchObject({ codice: 'messaggio-gia-trattato' })
  })

  it('another ente does not see the messages of this one', async () => {
    const id = await receivePec()
    const other = await createEnte(db.orm)
    const outside = (await createOperatore(db.orm, other, 'operatoreProtocollo', other.uffici.protocollo)).scope
    await expect(readMessaggio(outside, id)).rejects.toMatchObject({ status: 404 })
    await expect(registerMessaggio(outside, id, request(), newId())).rejects.toMatchObject({ status: 404 })
    expect((await readCoda(outside, 'pec', 1, 50)).totale).toBe(0)
  })
})

describe('what is proposed', () => {
  it('an unknown sender is proposed from the message, with the reason to check it', async () => {
    const person = await readMessaggio(scope, await receivePec({ mittente: { nome: 'Ugo Brezza', indirizzo: 'ugo@nuovi.example' } }))
    expect(person.proposta).toMatchObject({
      mittente: { tipo: 'PF', nome: 'Ugo', cognome: 'Brezza', indirizzoDigitale: 'ugo@nuovi.example' },
      motivoMittente: expect.stringContaining('certificato dal gestore'),
      mezzo: 'PEC',
    })
    expect(person.proposta.voce).toBeUndefined()
    const firm = await readMessaggio(
      scope,
      await receivePec({ mittente: { nome: 'Studio Alfa Beta', indirizzo: 'info@alfabeta.example' } }),
    )
    expect(firm.proposta.mittente).toMatchObject({ tipo: 'PG', denominazione: 'Studio Alfa Beta' })
  })

  it('a known sender, his classe and office come from the last registrations, each with its reason', async () => {
    const mittente = { nome: 'Zoe', indirizzo: 'zoe@abituali.example' }
    const mittenti = [{ tipo: 'PF' as const, nome: 'Zoe', cognome: 'Ventura', indirizzoDigitale: 'ZOE@abituali.example' }]
    const scuola = request({ mittenti, voceId: e.voci.get('VII/1') ?? '', assegnazione: { ufficioId: e.uffici.scuola } })
    const first = await registerMessaggio(scope, await receivePec({ mittente }), request({ mittenti }), newId())
    await registerMessaggio(scope, await receivePec({ mittente }), scuola, newId())
    const last = await registerMessaggio(scope, await receivePec({ mittente }), scuola, newId())
    const { proposta } = await readMessaggio(scope, await receivePec({ mittente }))
    expect(proposta.mittente).toEqual({ tipo: 'PF', nome: 'Zoe', cognome: 'Ventura', indirizzoDigitale: 'zoe@abituali.example' })
    expect(proposta.motivoMittente).toContain(last.etichetta)
    expect(proposta.voce).toMatchObject({ codice: 'VII/1', motivo: 'Come 2 delle ultime 3 registrazioni dello stesso mittente.' })
    expect(proposta.ufficio).toMatchObject({ id: e.uffici.scuola, motivo: 'Come 2 delle ultime 3 registrazioni dello stesso mittente.' })
    expect(first.voce.codice).toBe('VI/3')
  })

  it('a riservato registration proposes nothing of itself', async () => {
    const mittente = { nome: '', indirizzo: 'riservata@persone.example' }
    const mittenti = [{ tipo: 'PF' as const, nome: 'Nome', cognome: 'Nascosto', indirizzoDigitale: mittente.indirizzo }]
    await registerMessaggio(scope, await receivePec({ mittente }), request({ mittenti, riservatezza: 'RISERVATO' }), newId())
    const { proposta } = await readMessaggio(scope, await receivePec({ mittente }))
    expect(JSON.stringify(proposta)).not.toContain('Nascosto')
    expect(proposta.voce).toBeUndefined()
  })

  it('REQ-PEC-027 an invoice delivered again is told as a duplicate of the registered one', async () => {
    const dati = {
      identificativoSdi: '901234',
      progressivo: '00C3',
      destinatario: 'x@pec.prova.example',
      fornitore: 'Cartoleria',
      partitaIva: '00000000000',
      numero: '9',
      oggettoFornitura: 'Carta',
      importo: '10.00',
    }
    const deliver = async (istante: string) =>
      await receive(await buildBusta(gestore, spedisci(gestore, buildFattura({ ...dati, istante: new Date(istante) }))))
    const first = await deliver('2026-03-12T08:00:00Z')
    const detail = await readMessaggio(scope, first)
    expect(detail.proposta.tipologia).toBe('Fattura')
    expect(detail.parti.find((part) => part.principaleProposto)?.nome).toBe('IT00000000000_00C3.xml')
    expect(detail.possibileDuplicato).toBeNull()
    const registrazione = await registerMessaggio(scope, first, request({ tipologia: 'Fattura' }), newId())
    expect((await readMessaggio(scope, await deliver('2026-03-13T08:00:00Z'))).possibileDuplicato).toEqual({
      registrazioneId: registrazione.id,
      etichetta: registrazione.etichetta,
      motivo: 'stesso messaggio già registrato',
    })
  })

  it('the same envelope in a second mailbox of the ente points to its registration', async () => {
    const raw = await buildBusta(gestore, spedisci(gestore, await messaggio()))
    const first = await receive(raw)
    const registrazione = await registerMessaggio(scope, first, request(), newId())
    const second = await receive(
      Buffer.concat([Buffer.from('Received: altrove\r\n'), raw]),
      await createCasella(db, e, `seconda@${e.ente.slug}.example`),
    )
    expect((await readMessaggio(scope, second)).possibileDuplicato?.registrazioneId).toBe(registrazione.id)
  })
})
