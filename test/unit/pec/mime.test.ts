import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { decodeText, decodeWords } from '../../../server/pec/busta/charset.ts'
import { decodeTransfer } from '../../../server/pec/busta/codifica.ts'
import { parseAddresses, parseParameters } from '../../../server/pec/busta/intestazioni.ts'
import { parseMessaggio } from '../../../server/pec/busta/index.ts'
import type { Messaggio } from '../../../server/pec/busta/index.ts'
import { entityBytes, sliceMessage } from '../../../server/pec/busta/mime.ts'
import { buildBusta, buildOrdinaria } from '../../../server/demo/posta/index.ts'
import { eml, gestoreDiProva, messaggioDiProva, PDF, spedizioneDiProva } from './campioni.ts'

function name(header: string): string | undefined {
  return parseParameters(header).parametri.get('filename')
}

function parseSubject(subject: string | null): Promise<Messaggio> {
  return parseMessaggio(eml('From: a@b.example', ...(subject === null ? [] : [`Subject: ${subject}`]), '', 'testo'))
}

function leaf(headers: string[], body: string): string[] {
  return ['--ab', ...headers, '', body]
}

describe('byte-exact slicing', () => {
  it('REQ-PEC-009 postacert.eml is extracted byte for byte and hashed, its parts are not altered', async () => {
    const s = await spedizioneDiProva()
    const raw = await buildBusta(await gestoreDiProva(), s)
    const m = await parseMessaggio(raw)
    const original = m.parti.find((part) => part.ruolo === 'originale')
    expect(original?.contenuto().equals(s.originale)).toBe(true)
    expect(original?.sha256).toBe(createHash('sha256').update(s.originale).digest('hex'))
    expect(raw.subarray(original?.inizio ?? 0, original?.fine ?? 0).equals(s.originale)).toBe(true)
    expect(
      m.parti
        .find((part) => part.ruolo === 'allegato')
        ?.contenuto()
        .equals(PDF),
    ).toBe(true)
  })

  it('REQ-PROT-025 the primary evidence is the envelope as received; document and attachments have each their own digest', async () => {
    const raw = await buildBusta(await gestoreDiProva(), await spedizioneDiProva())
    const m = await parseMessaggio(raw)
    expect(m.parti[0]).toMatchObject({
      ruolo: 'busta',
      percorso: '',
      dimensione: raw.length,
      sha256: createHash('sha256').update(raw).digest('hex'),
    })
    const attachment = m.parti.find((part) => part.ruolo === 'allegato')
    expect(attachment?.sha256).toBe(createHash('sha256').update(PDF).digest('hex'))
    expect(attachment?.principaleProposto).toBe(true)
  })

  it('the line end before a boundary belongs to the boundary, longer boundaries and quoted text do not split', () => {
    const raw = eml(
      'Content-Type: multipart/mixed; boundary=ab',
      '',
      'preambolo',
      '--ab',
      'X-Uno: 1',
      '',
      'uno',
      '--abc',
      ' --ab',
      'fine',
      '--ab  ',
      '',
      'due\r\n',
      '--ab--',
      'epilogo',
    )
    const { radice, difetti } = sliceMessage(raw)
    expect(radice.figli.map((part) => entityBytes(part).toString())).toEqual([
      'X-Uno: 1\r\n\r\nuno\r\n--abc\r\n --ab\r\nfine',
      '\r\ndue\r\n',
    ])
    expect(difetti).toEqual([])
  })

  it('a multipart without closing boundary keeps what arrived and says it is truncated', () => {
    const { radice, difetti } = sliceMessage(eml('Content-Type: multipart/mixed; boundary=ab', '', '--ab', '', 'uno'))
    expect(radice.figli).toHaveLength(1)
    expect(difetti.join()).toContain('troncata')
  })

  it('an attached message sent in base64 is opened on its decoded copy', async () => {
    const inner = buildOrdinaria('x', messaggioDiProva())
    const raw = eml(
      'From: a@b.example',
      'Content-Type: multipart/mixed; boundary=ab',
      '',
      '--ab',
      'Content-Type: message/rfc822',
      'Content-Transfer-Encoding: base64',
      '',
      inner.toString('base64'),
      '--ab--',
      '',
    )
    const m = await parseMessaggio(raw)
    expect(
      m.parti
        .find((part) => part.mime === 'message/rfc822' && part.percorso !== '')
        ?.contenuto()
        .equals(inner),
    ).toBe(true)
    expect(m.parti.find((part) => part.nome.endsWith('.pdf'))).toMatchObject({ inizio: null, dimensione: PDF.length })
  })

  it('signed containers are shown with their bytes as received, doubled and encoded ones too', async () => {
    const der = Buffer.from('308006092a864886f70d010702a0800000', 'hex')
    const files = [
      { nome: 'atto.pdf.p7m', tipo: 'application/pkcs7-mime', contenuto: der },
      { nome: 'atto.pdf.p7m.p7m', tipo: 'application/octet-stream', contenuto: Buffer.from(der.toString('base64')) },
      { nome: 'marca.tsd', tipo: 'application/octet-stream', contenuto: der },
    ]
    const m = await parseMessaggio(await buildBusta(await gestoreDiProva(), await spedizioneDiProva({ allegati: files })))
    const shown = m.parti.filter((part) => part.ruolo === 'allegato')
    expect(shown.map((part) => part.contenitoreFirmato)).toEqual(['p7m', 'p7m', 'tsd'])
    expect(shown.map((part) => part.contenuto().toString('hex'))).toEqual(files.map((file) => file.contenuto.toString('hex')))
  })
})

describe('transfer encodings', () => {
  it('base64 with line noise, missing padding and joined blocks', () => {
    expect(decodeTransfer(Buffer.from('Y2lh\r\n b w= ='), 'base64').toString()).toBe('ciao')
    expect(decodeTransfer(Buffer.from('Y2k=\r\nYW8=\r\n'), 'base64').toString()).toBe('ciao')
    expect(decodeTransfer(Buffer.from('Y2lhbw'), 'base64').toString()).toBe('ciao')
  })

  it('quoted-printable with soft breaks, trailing blanks and broken escapes', () => {
    expect(decodeTransfer(Buffer.from('citt=C3=A0 =\r\nbella  \r\n100=zz =3d'), 'quoted-printable').toString()).toBe(
      'città bella\r\n100=zz =',
    )
  })

  it('other encodings leave the same bytes', () => {
    const bytes = Buffer.from([0, 255, 13, 10, 61])
    expect(decodeTransfer(bytes, '8bit')).toBe(bytes)
    expect(decodeTransfer(bytes, 'x-ignota')).toBe(bytes)
  })
})

describe('header decoding', () => {
  it('REQ-PEC-032 encoded words split inside a character, in several sets, and raw 8-bit text', () => {
    expect(decodeWords('=?utf-8?B?w6A=?= =?utf-8?Q?=C3?=\r\n =?utf-8?Q?=A8_ok?=')).toBe('àè ok')
    expect(decodeWords('Rif. =?iso-8859-1?Q?perch=E9?= no')).toBe('Rif. perché no')
    expect(decodeWords('=?windows-1252?Q?=80_10?=')).toBe('€ 10')
    expect(decodeText(Buffer.from([0x63, 0x69, 0xf2]), null)).toBe('ciò')
    expect(decodeText(Buffer.from('ciò'), 'us-ascii')).toBe('ciò')
  })

  it('REQ-PEC-032 unknown, quoted and old character sets never fail', () => {
    expect(decodeText(Buffer.from('più'), 'x-unknown')).toBe('più')
    expect(decodeText(Buffer.from('più'), '"utf-8\\"')).toBe('più')
    expect(decodeText(Buffer.from([0x70, 0x69, 0x97]), 'cp-850')).toBe('più')
    expect(decodeText(Buffer.from([0x80]), 'iso-8859-1')).toBe('€')
    expect(decodeWords('=?inventato?B?Y2lhbw==?=')).toBe('ciao')
  })

  it('RFC 2231 continuations, encoded words in quotes, names without quotes', () => {
    expect(name("attachment; filename*0*=utf-8''relazione%20; filename*1*=citt%C3%A0.pdf")).toBe('relazione città.pdf')
    expect(name('attachment; filename*=iso-8859-1\'it\'perch%E9.pdf; filename="perche.pdf"')).toBe('perché.pdf')
    expect(name('attachment; filename="=?utf-8?B?Y2l0dMOgLnBkZg==?="')).toBe('città.pdf')
    expect(name('attachment; filename=Mia relazione.pdf; size=3')).toBe('Mia relazione.pdf')
    expect(name('attachment; filename="a\\"b;c.pdf"')).toBe('a"b;c.pdf')
    expect(name('attachment; filename="aperto.pdf')).toBe('aperto.pdf')
    expect(name('attachment; filename*0="uno"; filename*1="due.pdf"')).toBe('unodue.pdf')
  })

  it('addresses with names, commas in quotes and no brackets', () => {
    expect(parseAddresses('"Rossi, Ada" <Ada.Rossi@Cittadini.example>, altro@cittadini.example')).toEqual([
      { nome: 'Rossi, Ada', indirizzo: 'ada.rossi@cittadini.example' },
      { nome: '', indirizzo: 'altro@cittadini.example' },
    ])
    expect(parseAddresses(null)).toEqual([])
  })

  it('REQ-PEC-032 a missing or unreadable subject never blocks: original kept, control characters removed, length capped', async () => {
    expect(await parseSubject(null)).toMatchObject({ oggetto: '(senza oggetto)', oggettoOriginale: null })
    const long = await parseSubject(`a\u0007\u202eb ${'x'.repeat(5000)}`)
    expect(long.oggetto.startsWith('a b xxx')).toBe(true)
    expect(long.oggetto).toHaveLength(1000)
    expect(long.oggettoOriginale?.length).toBeGreaterThan(5000)
  })

  it('names are cleaned for display only: paths, controls and direction changes go, the original stays', async () => {
    const m = await parseMessaggio(
      eml(
        'From: a@b.example',
        'Content-Type: multipart/mixed; boundary=ab',
        '',
        '--ab',
        'Content-Disposition: attachment; filename="..\\\\..\\\\fat\u202etura.pdf"',
        '',
        'x',
        '--ab--',
        '',
      ),
    )
    const part = m.parti.find((item) => item.ruolo === 'allegato')
    expect(part?.nome).toBe('fattura.pdf')
    expect(part?.nomeOriginale).toBe('..\\..\\fat\u202etura.pdf')
  })
})

describe('roles and proposal', () => {
  it('body, inline image, segnatura, nested message and attachment have each their role', async () => {
    const segnatura =
      '<p:SegnaturaInformatica xmlns:p="http://www.agid.gov.it/protocollo/"><p:Descrizione><p:DocumentoPrimario p:nomeFile="due.pdf"/></p:Descrizione></p:SegnaturaInformatica>'
    const raw = eml(
      'From: ente@pec.altrocomune.example',
      'Content-Type: multipart/mixed; boundary=ab',
      '',
      ...leaf(['Content-Type: text/plain; charset=utf-8'], 'Buongiorno'),
      ...leaf(['Content-Type: image/png; name=logo.png', 'Content-ID: <logo>', 'Content-Disposition: inline'], 'x'),
      ...leaf(['Content-Type: application/octet-stream; name=SEGNATURA.XML'], segnatura),
      ...leaf(['Content-Type: application/pdf; name=uno.pdf'], '%PDF-'),
      ...leaf(['Content-Type: application/pdf; name=due.pdf'], '%PDF-'),
      ...leaf(
        ['Content-Type: message/rfc822; name=dentro.eml'],
        'Subject: dentro\r\nContent-Type: application/pdf; name=interno.pdf\r\n\r\n%PDF-',
      ),
      '--ab--',
      '',
    )
    const m = await parseMessaggio(raw)
    const byName = (name: string) => m.parti.find((part) => part.nome === name)
    expect(m.testo).toBe('Buongiorno')
    expect(byName('logo.png')).toMatchObject({ ruolo: 'allegato', inLinea: true })
    expect(byName('SEGNATURA.XML')?.ruolo).toBe('segnatura')
    expect(byName('dentro.eml')).toMatchObject({ ruolo: 'allegato', contenitore: true })
    expect(byName('interno.pdf')?.padre).toBe(byName('dentro.eml')?.percorso)
    expect(m.parti.filter((part) => part.principaleProposto).map((part) => part.nome)).toEqual(['due.pdf'])
  })

  it('a file that is only called segnatura.xml stays an attachment', async () => {
    const m = await parseMessaggio(
      eml(
        'From: a@b.example',
        'Content-Type: multipart/mixed; boundary=ab',
        '',
        ...leaf(['Content-Type: text/xml; name=segnatura.xml'], '<altro/>'),
        '--ab--',
        '',
      ),
    )
    expect(m.parti.find((part) => part.nome === 'segnatura.xml')?.ruolo).toBe('allegato')
  })

  it('a signed container is preferred to a plain PDF, and without attachments the message itself is the document', async () => {
    const files = ['nota.txt', 'copia.pdf', 'atto.pdf.p7m'].map((nome) => ({ nome, tipo: 'application/octet-stream', contenuto: PDF }))
    const gestore = await gestoreDiProva()
    const signed = await parseMessaggio(await buildBusta(gestore, await spedizioneDiProva({ allegati: files })))
    expect(signed.parti.find((part) => part.principaleProposto)?.nome).toBe('atto.pdf.p7m')
    const bare = await parseMessaggio(await buildBusta(gestore, await spedizioneDiProva({ allegati: [] })))
    expect(bare.parti.find((part) => part.principaleProposto)?.ruolo).toBe('originale')
  })
})
