import { Buffer } from 'node:buffer'
import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { extractContenuto, recogniseFormato } from '../../../server/documenti/formato/index.ts'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const EXECUTABLE = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(126)])

function recognise(bytes: Buffer, nome: string) {
  return recogniseFormato({ inizio: bytes.subarray(0, 65_536), tutto: bytes, nome })
}

/** One ASN.1 element with a definite length. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const length =
    body.length < 128 ? Buffer.from([body.length]) : Buffer.from([0x83, body.length >> 16, (body.length >> 8) & 255, body.length & 255])
  return Buffer.concat([Buffer.from([tag]), length, body])
}

/** The same with an indefinite length, as streaming signers write. */
function ber(tag: number, ...parts: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([tag, 0x80]), ...parts, Buffer.alloc(2)])
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'))
}

const SIGNED = oid('2a864886f70d010702')
const DATA = oid('2a864886f70d010701')
const VERSION = der(0x02, Buffer.from([1]))

function p7m(content: Buffer): Buffer {
  return der(0x30, SIGNED, der(0xa0, der(0x30, VERSION, der(0x31), der(0x30, DATA, der(0xa0, der(0x04, content))), der(0x31))))
}

function p7mStreamed(content: Buffer): Buffer {
  const half = content.length >> 1
  const pieces = ber(0x24, der(0x04, content.subarray(0, half)), der(0x04, content.subarray(half)))
  return ber(0x30, SIGNED, ber(0xa0, ber(0x30, VERSION, der(0x31), ber(0x30, DATA, ber(0xa0, pieces)), der(0x31))))
}

function xml(root: string, more = ''): Buffer {
  return Buffer.from(`<?xml version="1.0"?><p:${root} xmlns:p="http://www.agid.gov.it/protocollo/">${more}</p:${root}>`)
}

/** A zip with stored entries. `encrypted` sets the bit of the general flags. */
function zip(entries: Record<string, string>, encrypted = false): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(entries)) {
    const body = Buffer.from(text)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(encrypted ? 1 : 0, 6)
    local.writeUInt32LE(body.length, 18)
    local.writeUInt32LE(body.length, 22)
    local.writeUInt16LE(Buffer.byteLength(name), 26)
    const directory = Buffer.alloc(46)
    directory.writeUInt32LE(0x02014b50, 0)
    directory.writeUInt16LE(encrypted ? 1 : 0, 8)
    directory.writeUInt32LE(body.length, 20)
    directory.writeUInt32LE(body.length, 24)
    directory.writeUInt16LE(Buffer.byteLength(name), 28)
    directory.writeUInt32LE(offset, 42)
    locals.push(local, Buffer.from(name), body)
    central.push(directory, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + body.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(entries).length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

describe('recognition from bytes', () => {
  it('REQ-FMT-001 common formats are recognised without looking at the name', async () => {
    const cases: [Buffer, string][] = [
      [PDF, 'application/pdf'],
      [PNG, 'image/png'],
      [Buffer.from('{\\rtf1 ciao}'), 'application/rtf'],
      [
        zip({ '[Content_Types].xml': '<x/>', 'word/document.xml': '<x/>' }),
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      ],
      [
        zip({ '[Content_Types].xml': '<x/>', 'xl/workbook.xml': '<x/>' }),
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      ],
      [zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' }), 'application/vnd.oasis.opendocument.text'],
      [zip({ 'piante/tavola 1.pdf': 'x' }), 'application/zip'],
      [Buffer.from('<?xml version="1.0"?>\n<!-- nota --><a/>'), 'application/xml'],
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'],
      [Buffer.from('<!DOCTYPE html><html><body>ciao</body></html>'), 'text/html'],
      [Buffer.from('From: a@b.example\r\nSubject: prova\r\nDate: oggi\r\n\r\nciao'), 'message/rfc822'],
      [Buffer.from('{"nome":"è"}'), 'application/json'],
      [Buffer.from('nome;età;comune\nAda;40;Uno\nLea;30;Due\nIda;20;Tre\n'), 'text/csv'],
      [Buffer.from('Buongiorno, perché no?\n'), 'text/plain'],
      [Buffer.from([0x63, 0x69, 0xf2, 0x0a]), 'text/plain'],
    ]
    for (const [bytes, mime] of cases) expect(await recognise(bytes, '')).toMatchObject({ mime, firmato: 'nessuna', avvisi: [] })
  })

  it('REQ-FMT-001 an extension that lies is reported, an honest one is not', async () => {
    expect((await recognise(PNG, 'scansione.pdf')).avvisi).toEqual(["L'estensione .pdf non corrisponde al contenuto: Immagine PNG."])
    expect((await recognise(EXECUTABLE, 'fattura.pdf')).avvisi.join(' ')).toContain('programma')
    expect((await recognise(Buffer.from('echo ciao'), 'avvio.bat')).avvisi).toEqual(['Il file è un programma: non va aperto.'])
    expect((await recognise(PDF, 'fattura\u202efdp.exe')).avvisi.join(' ')).toContain("nascondono l'estensione")
    for (const [bytes, name] of [
      [PDF, 'Atto.PDF'],
      [PNG, 'foto.png'],
      [PDF, 'senza'],
      [Buffer.from('a;b\n1;2\n'), 'dati.csv'],
      [Buffer.from('ciao'), 'nota.md'],
    ] as const) {
      expect((await recognise(bytes, name)).avvisi).toEqual([])
    }
  })

  it('REQ-FMT-026 empty, truncated and damaged files are flagged and still recognised', async () => {
    expect(await recognise(Buffer.alloc(0), 'vuoto.pdf')).toMatchObject({
      descrizione: 'File vuoto',
      avvisi: [expect.stringContaining('ILLEGGIBILE')],
    })
    expect(await recognise(PDF.subarray(0, 30), 'a.pdf')).toMatchObject({
      mime: 'application/pdf',
      avvisi: [expect.stringContaining('ILLEGGIBILE')],
    })
    expect((await recognise(zip({ 'a.txt': 'ciao' }).subarray(0, 40), 'a.zip')).avvisi.join()).toContain('ILLEGGIBILE')
    expect((await recognise(Buffer.from('<?xml version="1.0"?><a><b></a>'), 'a.xml')).avvisi.join()).toContain('non è ben formato')
    expect((await recognise(p7m(PDF).subarray(0, 60), 'a.pdf.p7m')).avvisi.join()).toContain('ILLEGGIBILE')
  })

  it('encrypted files are flagged', async () => {
    const locked = Buffer.from(PDF.toString().replace('<</Root', '<</Encrypt 9 0 R/Root'))
    const office = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')])
    for (const [bytes, name] of [
      [locked, 'a.pdf'],
      [zip({ 'a.txt': 'x' }, true), 'a.zip'],
      [office, 'a.docx'],
    ] as const) {
      expect((await recognise(bytes, name)).avvisi).toEqual([expect.stringContaining('protetto')])
    }
  })

  it('REQ-FMT-022 macros and active content are flagged', async () => {
    const docm = zip({ '[Content_Types].xml': '<x/>', 'word/document.xml': '<x/>', 'word/vbaProject.bin': 'x' })
    expect(await recognise(docm, 'modulo.docm')).toMatchObject({
      mime: 'application/vnd.ms-word.document.macroEnabled.12',
      avvisi: [expect.stringContaining('macro')],
    })
    const doc = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(600),
      Buffer.from('WordDocument', 'utf16le'),
      Buffer.from('_VBA_PROJECT', 'utf16le'),
    ])
    expect(await recognise(doc, 'modulo.doc')).toMatchObject({ mime: 'application/msword', avvisi: [expect.stringContaining('macro')] })
    expect(
      (await recognise(Buffer.from(PDF.toString().replace('/Catalog', '/Catalog/OpenAction<</S/JavaScript/JS(x)>>')), 'a.pdf')).avvisi,
    ).toEqual(['Il PDF contiene codice JavaScript.'])
    expect((await recognise(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'a.svg')).avvisi).toEqual([
      'Il disegno contiene codice attivo.',
    ])
  })

  it('a file known only by its beginning and its end is recognised too', async () => {
    const signed = Buffer.concat([
      PDF.subarray(0, 20),
      Buffer.alloc(200_000, 0x20),
      Buffer.from('/ByteRange [0 1 2 3] /Contents <00>\n%%EOF'),
    ])
    const formato = await recogniseFormato({ inizio: signed.subarray(0, 65_536), fine: signed.subarray(-65_536), nome: 'grande.pdf' })
    expect(formato).toMatchObject({ mime: 'application/pdf', firmato: 'pades', avvisi: [] })
    const atto = p7m(signed)
    expect(
      await recogniseFormato({ inizio: atto.subarray(0, 65_536), fine: atto.subarray(-65_536), nome: 'grande.pdf.p7m' }),
    ).toMatchObject({ mime: 'application/pkcs7-mime', firmato: 'cades' })
  })
})

describe('signed files', () => {
  it('a PDF with a signature dictionary is PAdES, its declared level is described as declared', async () => {
    const signed = Buffer.from(
      PDF.toString().replace(
        '%%EOF',
        '/Type/Sig/ByteRange [0 10 20 30]/Contents <3082>\n<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\n%%EOF',
      ),
    )
    expect(await recognise(signed, 'a.pdf')).toEqual({
      mime: 'application/pdf',
      descrizione: 'Documento PDF 1.7 (dichiara PDF/A-2b) con firma PAdES',
      firmato: 'pades',
      avvisi: [],
    })
  })

  it('REQ-FMT-015 p7m in DER, BER with indefinite lengths, base64 and PEM are all recognised', async () => {
    const binary = [p7m(PDF), p7mStreamed(PDF)]
    const textual = [
      p7m(PDF).toString('base64'),
      p7m(PDF).toString('base64').replace(/.{64}/gu, '$&\r\n'),
      `-----BEGIN PKCS7-----\n${p7mStreamed(PDF).toString('base64')}\n-----END PKCS7-----\n`,
    ].map((text) => Buffer.from(text))
    for (const bytes of [...binary, ...textual]) {
      const formato = await recognise(bytes, 'atto.pdf.p7m')
      expect(formato).toMatchObject({
        mime: 'application/pkcs7-mime',
        firmato: 'cades',
        descrizione: 'Busta firmata CAdES (P7M) che contiene: Documento PDF 1.7',
      })
      expect(formato.avvisi.length).toBe(binary.includes(bytes) ? 0 : 1)
      expect(extractContenuto(bytes)?.equals(PDF)).toBe(true)
    }
  })

  it('REQ-FMT-014 nested envelopes are opened to depth five and describe every layer', async () => {
    const twice = await recognise(p7m(p7m(PDF)), 'atto.pdf.p7m.p7m')
    expect(twice.descrizione).toBe('Busta firmata CAdES (P7M) che contiene: Busta firmata CAdES (P7M) che contiene: Documento PDF 1.7')
    let deep: Buffer = PDF
    for (let level = 0; level < 9; level++) deep = p7m(deep)
    expect((await recognise(deep, 'a.p7m')).descrizione).toContain('oltre 5 livelli')
  })

  it('detached signatures, encrypted messages, time stamps and certificates are told apart', async () => {
    const detached = der(0x30, SIGNED, der(0xa0, der(0x30, VERSION, der(0x31), der(0x30, DATA), der(0x31))))
    expect(await recognise(detached, 'atto.p7s')).toMatchObject({ mime: 'application/pkcs7-signature', firmato: 'cades' })
    const encrypted = der(0x30, oid('2a864886f70d010703'), der(0xa0, der(0x30, VERSION)))
    expect(await recognise(encrypted, 'smime.p7m')).toMatchObject({
      mime: 'application/pkcs7-mime',
      firmato: 'nessuna',
      avvisi: [expect.stringContaining('cifrato')],
    })
    const stamped = der(
      0x30,
      oid('2a864886f70d010910011f'),
      der(0xa0, der(0x30, VERSION, der(0x16, Buffer.from('atto.pdf.p7m')), der(0x04, p7m(PDF)), der(0xa0))),
    )
    expect(await recognise(stamped, 'atto.tsd')).toMatchObject({ mime: 'application/timestamped-data', firmato: 'cades', avvisi: [] })
    const reply = der(0x30, der(0x30, der(0x02, Buffer.from([0]))), der(0x30, SIGNED, der(0xa0)))
    expect(await recognise(reply, 'marca.tsr')).toMatchObject({ mime: 'application/timestamp-reply' })
    const certificate = der(0x30, der(0x30, der(0xa0, der(0x02, Buffer.from([2])))))
    expect(await recognise(certificate, 'a.cer')).toMatchObject({ mime: 'application/pkix-cert', firmato: 'nessuna' })
  })

  it('XML with a XAdES signature, invoices and segnature are described by their root', async () => {
    expect((await recognise(xml('FatturaElettronica'), 'IT1_1.xml')).descrizione).toBe('Fattura elettronica')
    expect((await recognise(xml('SegnaturaInformatica'), 'segnatura.xml')).descrizione).toBe('Segnatura di protocollo')
    const seal =
      '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><x:QualifyingProperties xmlns:x="http://uri.etsi.org/01903/v1.3.2#"/></ds:Signature>'
    expect(await recognise(xml('SegnaturaInformatica', seal), 'a.xml')).toMatchObject({
      firmato: 'xades',
      mime: 'application/xml',
      avvisi: [],
    })
    const asic = zip({ mimetype: 'application/vnd.etsi.asic-e+zip', 'atto.pdf': 'x', 'META-INF/signatures.xml': '<x/>' })
    expect(await recognise(asic, 'atto.asice')).toMatchObject({ firmato: 'xades', mime: 'application/vnd.etsi.asic-e+zip' })
  })
})

describe('hostile files', () => {
  it('changed, cut and random bytes never make the recogniser fail', async () => {
    const samples = [
      PDF,
      PNG,
      p7m(PDF),
      p7mStreamed(p7m(PDF)),
      zip({ '[Content_Types].xml': 'x', 'word/a': 'b' }),
      Buffer.from('<?xml version="1.0"?><a/>'),
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.array(fc.tuple(fc.nat(5000), fc.nat(255)), { maxLength: 8 }),
        fc.nat(400),
        async (sample, changes, cut) => {
          const bytes = Buffer.from(sample)
          for (const [at, value] of changes) bytes[at % bytes.length] = value
          const formato = await recognise(bytes.subarray(0, Math.max(1, bytes.length - cut)), 'prova.bin')
          expect(formato.mime).toMatch(/^[\w.+-]+\/[\w.+-]+$/u)
          expect(formato.descrizione).not.toBe('')
        },
      ),
      { numRuns: 500, seed: 7 },
    )
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await recognise(Buffer.from(bytes), 'x')
      }),
      { numRuns: 300, seed: 8 },
    )
  }, 60_000)

  it('long hostile texts end quickly', async () => {
    for (const text of [
      '<!--'.repeat(300_000),
      '<?'.repeat(300_000),
      `MI${'A'.repeat(3_000_000)}`,
      '{'.repeat(1_000_000),
      '"'.repeat(2_000_000),
    ]) {
      const started = performance.now()
      await recognise(Buffer.from(text), 'a.xml')
      expect(performance.now() - started).toBeLessThan(3000)
    }
  })
})
