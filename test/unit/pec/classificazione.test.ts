import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { MessaggioIlleggibile, parseMessaggio } from '../../../server/pec/busta/index.ts'
import type { Messaggio } from '../../../server/pec/busta/index.ts'
import {
  buildAccettazione,
  buildAnomalia,
  buildBusta,
  buildConsegna,
  buildFattura,
  buildGuasto,
  buildMancataConsegna,
  buildNonAccettazione,
  buildOrdinaria,
  buildPreavviso,
  buildTraGestori,
  createGestore,
  DOMINIO_SDI_DIMOSTRATIVO,
  spedisci,
} from '../../../server/demo/posta/index.ts'
import { gestoreDiProva, ISTANTE, messaggioDiProva, PDF, spedizioneDiProva } from './campioni.ts'

async function parse(raw: Buffer): Promise<Messaggio> {
  const gestore = await gestoreDiProva()
  return parseMessaggio(raw, { ancore: [gestore.ancoraPem] })
}

function failed(message: Messaggio): string[] {
  return message.controlli.filter((item) => item.esito === 'fallito').map((item) => item.nome)
}

const CASELLA = 'protocollo@pec.castelvento.example'

describe('classification of incoming messages', () => {
  it('REQ-PROT-130 a transport envelope is recognised and verified', async () => {
    const s = await spedizioneDiProva()
    const m = await parse(await buildBusta(await gestoreDiProva(), s))
    expect(m).toMatchObject({ classe: 'busta', verificato: true, oggetto: s.messaggio.oggetto, virus: false })
    expect(m.firma).toMatchObject({ esito: 'valida', algoritmo: 'SHA-256' })
    expect(m.controlli.every((item) => item.esito === 'superato')).toBe(true)
    expect(m.daticert).toMatchObject({
      tipo: 'posta-certificata',
      mittente: 'ada.pero@cittadini.example',
      identificativo: s.identificativo,
      msgid: s.msgid,
      istante: '2026-03-10T08:15:30Z',
      zona: '+0100',
    })
  })

  it('REQ-PROT-130 every kind of receipt is recognised by X-Ricevuta and daticert', async () => {
    const gestore = await gestoreDiProva()
    const s = await spedizioneDiProva()
    const later = new Date('2026-03-10T20:16:00Z')
    const cases: [Promise<Buffer>, string, boolean][] = [
      [buildAccettazione(gestore, s), 'accettazione', false],
      [buildNonAccettazione(gestore, s, 'formale', later), 'non-accettazione', false],
      [buildNonAccettazione(gestore, s, 'virus', later), 'non-accettazione', true],
      [buildTraGestori(gestore, s, 'presa-in-carico', later), 'presa-in-carico', false],
      [buildTraGestori(gestore, s, 'rilevazione-virus', later), 'rilevazione-virus', true],
      [buildConsegna(gestore, s, { destinatario: CASELLA, variante: 'completa', istante: later }), 'avvenuta-consegna', false],
      [buildMancataConsegna(gestore, s, { destinatario: CASELLA, motivo: 'indirizzo', istante: later }), 'errore-consegna', false],
      [buildMancataConsegna(gestore, s, { destinatario: CASELLA, motivo: 'virus', istante: later }), 'errore-consegna', true],
      [buildPreavviso(gestore, s, { destinatario: CASELLA, ore: 12, istante: later }), 'preavviso-errore-consegna', false],
    ]
    for (const [raw, tipo, virus] of cases) {
      const m = await parse(await raw)
      expect(m).toMatchObject({
        classe: 'ricevuta',
        tipoRicevuta: tipo,
        virus,
        verificato: true,
        riferimentoMessageId: s.msgid,
        oggetto: s.messaggio.oggetto,
      })
      expect(m.daticert).toMatchObject({ tipo, identificativo: s.identificativo, msgid: s.msgid })
    }
  })

  it('the three forms of the delivery receipt are told apart and carry what they promise', async () => {
    const gestore = await gestoreDiProva()
    const s = await spedizioneDiProva()
    const istante = new Date('2026-03-10T08:15:40Z')
    const parsed = await Promise.all(
      (['completa', 'breve', 'sintetica'] as const).map(async (variante) =>
        parse(await buildConsegna(gestore, s, { destinatario: CASELLA, variante, istante })),
      ),
    )
    expect(parsed.map((m) => m.daticert?.variante)).toEqual(['completa', 'breve', 'sintetica'])
    expect(parsed.map((m) => m.daticert?.consegna)).toEqual([CASELLA, CASELLA, CASELLA])
    expect(parsed.map((m) => m.parti.some((part) => part.ruolo === 'originale'))).toEqual([true, true, false])
    const hash = parsed[1]?.parti.find((part) => part.nome.endsWith('.hash'))
    expect(hash?.contenuto().toString()).toMatch(/^[0-9a-f]{40}$/u)
  })

  it('REQ-PROT-130 a mismatch between header and daticert marks the message as anomalous', async () => {
    const m = await parse(await buildGuasto(await gestoreDiProva(), await spedizioneDiProva(), 'tipo-discorde'))
    expect(m).toMatchObject({ classe: 'anomalo', dichiarata: 'busta', verificato: false })
    expect(failed(m)).toEqual(['tipo'])
  })

  it('REQ-PROT-135 an anomaly envelope is ordinary mail in a PEC box, not PEC', async () => {
    const m = await parse(await buildAnomalia(await gestoreDiProva(), messaggioDiProva({ oggetto: 'Segnalazione' })))
    expect(m).toMatchObject({ classe: 'anomalia', oggetto: 'Segnalazione', daticert: null, chiaveDuplicati: `sha256|${m.sha256}` })
    expect(m.autore?.indirizzo).toBe('ada.pero@cittadini.example')
  })

  it('REQ-PEC-012 the daticert of a PEC inside an anomaly envelope is not read as the outer one, and the inner PEC verifies on its own', async () => {
    const gestore = await gestoreDiProva()
    const inner = await buildBusta(gestore, await spedizioneDiProva())
    const m = await parse(await buildAnomalia(gestore, messaggioDiProva({ oggetto: 'POSTA CERTIFICATA: inoltro' }), inner))
    expect(m).toMatchObject({ classe: 'anomalia', daticert: null })
    const part = m.parti.find((item) => item.ruolo === 'originale')
    expect(part?.sha256).toBe(createHash('sha256').update(inner).digest('hex'))
    expect((await parse(part?.contenuto() ?? Buffer.alloc(0))).classe).toBe('busta')
  })

  it('REQ-PEC-003 neither the subject nor X-Riferimento-Message-ID makes a certified message', async () => {
    const raw = buildOrdinaria('x', messaggioDiProva({ oggetto: 'POSTA CERTIFICATA: finta' }), [
      'X-Riferimento-Message-ID: <uno@due.example>',
    ])
    const m = await parse(raw)
    expect(m).toMatchObject({ classe: 'ordinaria', verificato: false, controlli: [], oggetto: 'POSTA CERTIFICATA: finta' })
    expect(m.firma.esito).toBe('assente')
  })

  it('REQ-PEC-003 X-Trasporto is evaluated before X-Ricevuta', async () => {
    const s = await spedizioneDiProva()
    const raw = Buffer.concat([Buffer.from('X-Ricevuta: accettazione\r\n'), await buildBusta(await gestoreDiProva(), s)])
    expect(await parse(raw)).toMatchObject({ classe: 'busta', tipoRicevuta: null })
  })

  it('REQ-PEC-004 ordinary mail with a receipt header and a self-made daticert is never a receipt (PEC-A4)', async () => {
    const fake = buildOrdinaria(
      'x',
      messaggioDiProva({
        allegati: [{ nome: 'daticert.xml', tipo: 'application/xml', contenuto: Buffer.from('<postacert tipo="avvenuta-consegna"/>') }],
      }),
      ['X-Ricevuta: avvenuta-consegna'],
    )
    const m = await parse(fake)
    expect(m.classe).toBe('anomalo')
    expect(m.verificato).toBe(false)
    expect(failed(m)).toEqual(expect.arrayContaining(['struttura', 'firma', 'daticert']))
  })

  it('REQ-PEC-006 headers and a daticert inside postacert do not change the outer class (PEC-A5)', async () => {
    const gestore = await gestoreDiProva()
    const s = await spedizioneDiProva()
    const originale = buildOrdinaria(
      'x',
      messaggioDiProva({
        allegati: [{ nome: 'daticert.xml', tipo: 'application/xml', contenuto: Buffer.from('<postacert tipo="accettazione"/>') }],
      }),
      ['X-Ricevuta: accettazione'],
    )
    const m = await parse(await buildBusta(gestore, s, { originale }))
    expect(m).toMatchObject({ classe: 'busta', verificato: true })
    expect(m.daticert?.identificativo).toBe(s.identificativo)
    expect(
      m.parti
        .filter((part) => part.nome === 'daticert.xml')
        .map((part) => part.ruolo)
        .sort(),
    ).toEqual(['allegato', 'daticert'])
  })

  it('REQ-PEC-008 a certificate of another address makes the message anomalous', async () => {
    const other = await createGestore({
      seme: 'prove',
      nome: 'Altra',
      dominio: 'altraposta.example',
      validoDal: new Date('2025-01-01T00:00:00Z'),
      validoAl: new Date('2027-01-01T00:00:00Z'),
    })
    const s = await spedizioneDiProva()
    const raw = await buildBusta({ ...other, indirizzo: 'posta-certificata@postaviva.example' }, s)
    const m = await parse(raw)
    expect(m.firma.esito).toBe('valida')
    expect(m.classe).toBe('anomalo')
    expect(failed(m)).toEqual(['firmatario'])
  })

  it('REQ-PEC-010 a difference between the written and the certified author is displayed', async () => {
    const gestore = await gestoreDiProva()
    const s = await spedizioneDiProva()
    const originale = buildOrdinaria('x', messaggioDiProva({ mittente: { nome: 'Altri', indirizzo: 'altri@cittadini.example' } }))
    const m = await parse(await buildBusta(gestore, s, { originale }))
    expect(m.autore).toEqual({ nome: 'Altri', indirizzo: 'altri@cittadini.example' })
    expect(m.avvisi.join(' ')).toContain('diverso da quello certificato (ada.pero@cittadini.example)')
  })

  it('recipients that are not certified mailboxes are told apart in the accettazione', async () => {
    const s = await spedizioneDiProva({
      destinatari: [{ indirizzo: CASELLA }, { indirizzo: 'info@associazione.example', tipo: 'esterno' }],
    })
    const m = await parse(await buildAccettazione(await gestoreDiProva(), s))
    expect(m.daticert?.destinatari).toEqual([
      { indirizzo: CASELLA, tipo: 'certificato' },
      { indirizzo: 'info@associazione.example', tipo: 'esterno' },
    ])
  })

  it('an invoice of the exchange system is recognised by sender and file names, with its identifier', async () => {
    const gestore = await gestoreDiProva()
    const dati = {
      identificativoSdi: '900100',
      progressivo: '00A1',
      destinatario: CASELLA,
      fornitore: 'Cartoleria & Figli',
      partitaIva: '00000000000',
      numero: '12/P',
      oggettoFornitura: 'Carta',
      importo: '120.00',
      istante: ISTANTE,
    }
    const raw = await buildBusta(gestore, spedisci(gestore, buildFattura(dati)))
    const m = await parseMessaggio(raw, { ancore: [gestore.ancoraPem], dominiSdi: [DOMINIO_SDI_DIMOSTRATIVO] })
    expect(m.fattura).toMatchObject({ genere: 'fattura', identificativoSdi: '900100' })
    expect(m.parti.find((part) => part.principaleProposto)?.nome).toBe('IT00000000000_00A1.xml')
    // Same files from a sender that is not the exchange system.
    const copied = await parse(
      await buildBusta(gestore, spedisci(gestore, { ...buildFattura(dati), mittente: { nome: '', indirizzo: 'sdi01@cittadini.example' } })),
    )
    expect(copied.fattura).toBeNull()
  })
})

describe('signature, trust and duplicates', () => {
  it('REQ-PEC-004 one flipped byte in the covered part gives «alterata» and an anomalous message', async () => {
    const m = await parse(await buildGuasto(await gestoreDiProva(), await spedizioneDiProva(), 'alterato'))
    expect(m.firma.esito).toBe('alterata')
    expect(m.classe).toBe('anomalo')
    expect(failed(m)).toEqual(['firma'])
  })

  it('REQ-PEC-004 a spoiled signature value gives «firma-errata»', async () => {
    const gestore = await gestoreDiProva()
    const raw = (await buildBusta(gestore, await spedizioneDiProva())).toString('latin1')
    const start = raw.lastIndexOf('base64')
    const lines = raw.slice(start).split('\r\n')
    const index = lines.findIndex((line) => line === '') + 1
    const blob = lines
      .slice(index, lines.indexOf('', index) === -1 ? undefined : lines.indexOf('', index))
      .filter((line) => /^[A-Za-z0-9+/=]+$/u.test(line))
    const der = Buffer.from(blob.join(''), 'base64')
    der[der.length - 5] = (der[der.length - 5] ?? 0) ^ 0xff
    const spoiled =
      raw.slice(0, start) + raw.slice(start).replace(blob.join('\r\n'), der.toString('base64').replace(/.{76}/gu, '$&\r\n').trimEnd())
    expect((await parse(Buffer.from(spoiled, 'latin1'))).firma.esito).toBe('firma-errata')
  })

  it('REQ-PEC-005 validity is judged at signing time: an expired certificate of then is fine, a message signed after expiry is not', async () => {
    const gestore = await gestoreDiProva()
    const s = await spedizioneDiProva()
    expect((await parse(await buildBusta(gestore, s))).firma.esito).toBe('valida')
    const after = await spedizioneDiProva({ istante: new Date('2027-02-01T10:00:00Z') })
    const late = await parse(await buildBusta(gestore, after))
    expect(late.firma.esito).toBe('valida-catena-non-verificata')
    expect(late.classe).toBe('anomalo')
  })

  it('REQ-PEC-005 without anchors the chain is not judged, with the wrong ones the message is anomalous', async () => {
    const raw = await buildBusta(await gestoreDiProva(), await spedizioneDiProva())
    const none = await parseMessaggio(raw)
    expect(none).toMatchObject({ classe: 'busta', verificato: false })
    expect(none.firma.esito).toBe('valida-catena-non-verificata')
    const stranger = await createGestore({
      seme: 'estraneo',
      nome: 'Estraneo',
      dominio: 'postaviva.example',
      validoDal: new Date('2025-01-01T00:00:00Z'),
      validoAl: new Date('2027-01-01T00:00:00Z'),
    })
    const wrong = await parseMessaggio(raw, { ancore: [stranger.ancoraPem] })
    expect(wrong.classe).toBe('anomalo')
    expect(failed(wrong)).toEqual(['catena'])
  })

  it('REQ-PEC-005 SHA-1 is accepted and recorded', async () => {
    const old = await createGestore({
      seme: 'prove',
      nome: 'Vecchia',
      dominio: 'vecchiaposta.example',
      validoDal: new Date('2025-01-01T00:00:00Z'),
      validoAl: new Date('2027-01-01T00:00:00Z'),
      digest: 'SHA-1',
    })
    const m = await parseMessaggio(await buildBusta(old, await spedizioneDiProva()), { ancore: [old.ancoraPem] })
    expect(m.firma).toMatchObject({ esito: 'valida', algoritmo: 'SHA-1' })
    expect(m.verificato).toBe(true)
  })

  it('REQ-PEC-004 an archive that turned CRLF into LF does not break the signature, and it is said', async () => {
    const raw = await buildBusta(await gestoreDiProva(), await spedizioneDiProva())
    const m = await parse(Buffer.from(raw.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'))
    expect(m.firma).toMatchObject({ esito: 'valida', fineRigaRicostruita: true })
    expect((await parse(raw)).firma.fineRigaRicostruita).toBe(false)
  })

  it('REQ-PEC-019 the same envelope in two mailboxes has one key, forged identifiers never take it', async () => {
    const gestore = await gestoreDiProva()
    const s = await spedizioneDiProva()
    const one = await parse(Buffer.concat([Buffer.from('Received: da uno\r\n'), await buildBusta(gestore, s)]))
    const two = await parse(Buffer.concat([Buffer.from('Received: da due\r\n'), await buildBusta(gestore, s)]))
    expect(one.chiaveDuplicati).toBe(`busta|postaviva.example|${s.identificativo}`)
    expect(two.chiaveDuplicati).toBe(one.chiaveDuplicati)
    expect(two.sha256).not.toBe(one.sha256)
    const spoiled = await parse(await buildGuasto(gestore, s, 'alterato'))
    expect(spoiled.chiaveDuplicati).toBe(`sha256|${spoiled.sha256}`)
  })

  it('REQ-PEC-019 the 12 and 24 hour notices are not duplicates of each other; ordinary mail is known by its bytes (PEC-A12)', async () => {
    const gestore = await gestoreDiProva()
    const s = await spedizioneDiProva()
    const first = await parse(
      await buildPreavviso(gestore, s, { destinatario: CASELLA, ore: 12, istante: new Date('2026-03-10T20:16:00Z') }),
    )
    const second = await parse(
      await buildPreavviso(gestore, s, { destinatario: CASELLA, ore: 24, istante: new Date('2026-03-11T08:16:00Z') }),
    )
    expect(first.chiaveDuplicati).not.toBe(second.chiaveDuplicati)
    expect(second.daticert?.erroreEsteso).toMatch(/^5\.4\.1/u)
    const a = await parse(buildOrdinaria('x', messaggioDiProva({ testo: 'uno' })))
    const b = await parse(buildOrdinaria('x', messaggioDiProva({ testo: 'due' })))
    expect(a.messageId).toBe(b.messageId)
    expect(a.chiaveDuplicati).not.toBe(b.chiaveDuplicati)
  })
})

describe('broken messages', () => {
  it('REQ-PEC-007 malformed certification data and DTDs give an anomalous message with its parts, not an exception', async () => {
    for (const guasto of ['daticert-malformato', 'daticert-con-dtd'] as const) {
      const m = await parse(await buildGuasto(await gestoreDiProva(), await spedizioneDiProva(), guasto))
      expect(m).toMatchObject({ classe: 'anomalo', daticert: null })
      expect(failed(m)).toEqual(['daticert'])
      expect(m.firma.esito).toBe('valida')
      expect(m.parti.find((part) => part.ruolo === 'allegato')?.nome).toBe('istanza è firmata.pdf')
    }
  })

  it('REQ-PEC-026 nesting beyond the limit gives an anomalous message and keeps the raw bytes', async () => {
    const raw = await buildGuasto(await gestoreDiProva(), await spedizioneDiProva(), 'bomba')
    const m = await parse(raw)
    expect(m.classe).toBe('anomalo')
    expect(failed(m)).toEqual(['limiti'])
    expect(m.parti[0]?.contenuto().equals(raw)).toBe(true)
  })

  it('REQ-PEC-026 more than a thousand parts give an anomalous message in bounded time', async () => {
    const bomb = `From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${'--x\r\n\r\na\r\n'.repeat(200_000)}--x--\r\n`
    const m = await parse(Buffer.from(bomb))
    expect(failed(m)).toEqual(['limiti'])
    expect(m.parti.length).toBeLessThan(1010)
  })

  it('REQ-PEC-026 headers without end are refused with an Italian reason', async () => {
    await expect(parse(Buffer.from(`A: ${'x'.repeat(600_000)}`))).rejects.toMatchObject({ codice: 'intestazioni-eccessive' })
  })

  it('a truncated certified message is anomalous, an empty file or a lost boundary is unreadable with an Italian reason', async () => {
    const gestore = await gestoreDiProva()
    const s = await spedizioneDiProva()
    const cut = await parse(await buildGuasto(gestore, s, 'troncato'))
    expect(cut.classe).toBe('anomalo')
    expect(failed(cut)).toEqual(expect.arrayContaining(['firma', 'integrita']))
    const empty = parse(await buildGuasto(gestore, s, 'vuoto'))
    await expect(empty).rejects.toBeInstanceOf(MessaggioIlleggibile)
    await expect(empty).rejects.toThrow('Il messaggio è vuoto')
    await expect(parse(await buildGuasto(gestore, s, 'senza-confine'))).rejects.toMatchObject({
      codice: 'confine-assente',
      message: expect.stringContaining('confine'),
    })
    await expect(parse(PDF)).rejects.toMatchObject({ codice: 'intestazioni-assenti' })
  })
})
