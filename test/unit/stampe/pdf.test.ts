import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFNumber, PDFRawStream, PDFString, decodePDFRawStream } from 'pdf-lib'
import { describe, expect, it } from '@jest/globals'
import { createSrgbProfile } from '../../../server/adapters/stampa-pdf/icc.ts'
import { stampatricePdf } from '../../../server/adapters/stampa-pdf/index.ts'
import type { Blocco, Stampa } from '../../../server/ports/stampa.ts'
import { readTesto } from '../../support/lettore.ts'

const base = {
  titolo: 'Ricevuta di protocollo',
  intestazione: ['Comune di Castelvento', 'Area unica'],
  formato: 'A4',
  autore: 'Comune di Castelvento',
  creatoIl: new Date('2026-09-14T06:13:00Z'),
} as const

const print = async (blocchi: readonly Blocco[], altro: Partial<Stampa> = {}): Promise<Uint8Array> =>
  await stampatricePdf.print({ ...base, blocchi, ...altro })
const open = async (pdf: Uint8Array): Promise<PDFDocument> => await PDFDocument.load(pdf, { updateMetadata: false })

function streamOf(dict: PDFDict, nome: string): PDFRawStream {
  const found = dict.lookup(PDFName.of(nome))
  if (!(found instanceof PDFRawStream)) throw new Error(`no stream ${nome}`)
  return found
}

interface Nodo {
  readonly tipo: string
  readonly alt?: string
  readonly figli: readonly Nodo[]
}

/** The logical structure as a reader for the blind walks it. */
function treeOf(document: PDFDocument): Nodo {
  const root = document.catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict)
  const walk = (dict: PDFDict): Nodo => {
    const kids = dict.lookup(PDFName.of('K'), PDFArray)
    const figli: Nodo[] = []
    for (let i = 0; i < kids.size(); i++) {
      const kid = kids.lookup(i)
      if (kid instanceof PDFDict && kid.has(PDFName.of('S'))) figli.push(walk(kid))
    }
    const alt = dict.lookup(PDFName.of('Alt'))
    return {
      tipo: dict.lookup(PDFName.of('S'), PDFName).decodeText(),
      ...(alt instanceof PDFHexString ? { alt: alt.decodeText() } : {}),
      figli,
    }
  }
  return walk(root.lookup(PDFName.of('K'), PDFArray).lookup(0, PDFDict))
}

const find = (nodo: Nodo, tipo: string): Nodo[] => [...(nodo.tipo === tipo ? [nodo] : []), ...nodo.figli.flatMap((f) => find(f, tipo))]

const REGISTRO: Blocco = {
  tipo: 'tabella',
  colonne: ['Numero', 'Oggetto'],
  larghezze: [1, 4],
  righe: Array.from({ length: 120 }, (_, i) => [String(i + 1), `Oggetto ${i + 1}`]),
}

describe('a printed document', () => {
  it('is the same file whenever it is printed, and another one when a word changes', async () => {
    const blocchi: Blocco[] = [
      { tipo: 'testo', testo: 'Uno' },
      { tipo: 'codici', qr: 'x', code128: 'RP1' },
    ]
    const [a, b, c] = [await print(blocchi), await print(blocchi), await print([{ tipo: 'testo', testo: 'Due' }])]
    expect(Buffer.compare(a, b)).toBe(0)
    expect(Buffer.compare(a, c)).not.toBe(0)
    const idOf = async (pdf: Uint8Array): Promise<string> => String((await open(pdf)).context.trailerInfo.ID)
    expect(await idOf(a)).toBe(await idOf(b))
    expect(await idOf(a)).not.toBe(await idOf(c))
  })

  it('says what it is: language, title, author, PDF/A-3a and PDF/UA-1, its own colour space', async () => {
    const document = await open(await print([{ tipo: 'testo', testo: 'Prova' }]))
    const { catalog } = document
    expect(catalog.lookup(PDFName.of('Lang'), PDFString, PDFHexString).decodeText()).toBe('it-IT')
    expect(document.getTitle()).toBe(base.titolo)
    expect(document.getAuthor()).toBe(base.autore)
    expect(document.getCreationDate()).toEqual(base.creatoIl)
    const xmp = Buffer.from(streamOf(catalog, 'Metadata').contents).toString('utf8')
    for (const part of ['<pdfaid:part>3<', '<pdfaid:conformance>A<', '<pdfuaid:part>1<', `>${base.titolo}<`, '2026-09-14T06:13:00Z'])
      expect(xmp).toContain(part)
    const intent = catalog.lookup(PDFName.of('OutputIntents'), PDFArray).lookup(0, PDFDict)
    const profile = streamOf(intent, 'DestOutputProfile')
    expect(Buffer.compare(Buffer.from(decodePDFRawStream(profile).decode()), createSrgbProfile())).toBe(0)
    expect(document.isEncrypted).toBe(false)
  })

  it('embeds its fonts and nothing else draws its letters', async () => {
    const { context } = await open(
      await print([
        { tipo: 'testo', testo: 'Tondo' },
        { tipo: 'testo', testo: 'Nero', forte: true },
      ]),
    )
    const dicts = context.enumerateIndirectObjects().flatMap(([, o]) => (o instanceof PDFDict ? [o] : []))
    const typed = (nome: string): PDFDict[] => dicts.filter((d) => d.lookup(PDFName.of('Type')) === PDFName.of(nome))
    expect(typed('FontDescriptor').map((d) => d.has(PDFName.of('FontFile2')))).toEqual([true, true])
    const type0 = typed('Font').filter((d) => d.lookup(PDFName.of('Subtype')) === PDFName.of('Type0'))
    expect(type0.map((d) => d.has(PDFName.of('ToUnicode')))).toEqual([true, true])
  })

  it('has a structure: headings in order, tables with headers, codes with their text', async () => {
    const tree = treeOf(
      await open(
        await print([
          { tipo: 'titolo', testo: 'Documenti', livello: 3 },
          { tipo: 'dati', voci: [['Numero', '0000001/2026']] },
          {
            tipo: 'tabella',
            colonne: ['A', 'B'],
            righe: [
              ['1', ''],
              ['3', '4'],
            ],
          },
          { tipo: 'codici', qr: 'https://castelvento.example', code128: 'RP20260000001' },
        ]),
      ),
    )
    expect(tree.tipo).toBe('Document')
    // A third level right after the first would be a jump: it becomes a second.
    expect([find(tree, 'H1').length, find(tree, 'H2').length, find(tree, 'H3').length]).toEqual([1, 1, 0])
    const [dati, tabella] = find(tree, 'Table')
    expect(find(dati as Nodo, 'TR').map((r) => r.figli.map((c) => c.tipo))).toEqual([['TH', 'TD']])
    expect(find(tabella as Nodo, 'TR').map((r) => r.figli.map((c) => c.tipo))).toEqual([
      ['TH', 'TH'],
      ['TD', 'TD'],
      ['TD', 'TD'],
    ])
    expect(find(tree, 'Figure').map((f) => f.alt)).toEqual([
      'Codice QR: https://castelvento.example',
      'Codice a barre Code 128: RP20260000001',
    ])
  })

  it('repeats the header of a table on each page, reads it aloud once, and numbers the pages', async () => {
    const pdf = await print([REGISTRO], { formato: 'A4-orizzontale', piede: 'Registro' })
    const pages = await readTesto(pdf)
    expect(pages.length).toBeGreaterThan(3)
    for (const [i, page] of pages.entries()) {
      expect(page).toContain('Numero')
      expect(page).toContain(`Pagina ${i + 1} di ${pages.length}`)
    }
    expect(pages.join(' ').match(/Oggetto \d+/gu)).toHaveLength(120)
    const document = await open(pdf)
    expect(document.getPage(0).getWidth()).toBeGreaterThan(document.getPage(0).getHeight())
    expect(find(treeOf(document), 'TH')).toHaveLength(2)
  })

  it('goes on over the pages with a row taller than a page, and breaks a word wider than its column', async () => {
    const long = Array.from({ length: 1500 }, (_, i) => `parola${i}`)
    const pages = await readTesto(await print([{ tipo: 'tabella', colonne: ['A', 'B'], righe: [[long.join(' '), 'x'.repeat(4000)]] }]))
    expect(pages.length).toBeGreaterThan(2)
    expect(pages.join(' ').match(/parola\d+/gu)).toEqual(long)
    expect(pages.join('').match(/x/gu)).toHaveLength(4000)
  })

  it('draws a sign where the fonts have no letter, and never fails', async () => {
    const text = 'Комуна 中 🎉 \u0000\u200b\ud800 ẅ ﬁne «èàç€»\u00a0Łukasz'
    const [page] = await readTesto(await print([{ tipo: 'testo', testo: text }], { titolo: 'Tit\u0000olo & <b>', autore: '\ud800' }))
    expect(page).toContain('¿¿¿¿¿¿ ¿ ¿')
    expect(page).toContain('fine «èàç€» Łukasz')
  })

  it('strikes an annulled row, and not the words that say why', async () => {
    const righe = [['Oggetto', 'ANNULLATO il 14/09/2026']]
    const rules = async (barrate: ReadonlySet<number>): Promise<number> => {
      const document = await open(await print([{ tipo: 'tabella', colonne: ['Oggetto', 'Stato'], righe, barrate }]))
      const contents = streamOf(document.getPage(0).node, 'Contents')
      return Buffer.from(decodePDFRawStream(contents).decode()).toString('latin1').match(/ l S/gu)?.length ?? 0
    }
    expect((await rules(new Set([0]))) - (await rules(new Set()))).toBe(1)
  })

  it('writes the watermark under each page', async () => {
    const pages = await readTesto(await print([REGISTRO], { filigrana: 'ANNULLATO' }))
    expect(pages.map((p) => p.startsWith('ANNULLATO'))).toEqual(pages.map(() => true))
  })

  it('carries files with what they are and why', async () => {
    const nome = 'registro (è).xml'
    const document = await open(
      await print([{ tipo: 'testo', testo: 'x' }], {
        allegati: [{ nome, mime: 'application/xml', descrizione: 'I dati', bytes: Buffer.from('<a/>') }],
      }),
    )
    const spec = document.catalog.lookup(PDFName.of('AF'), PDFArray).lookup(0, PDFDict)
    expect(spec.lookup(PDFName.of('UF'), PDFHexString).decodeText()).toBe(nome)
    expect(spec.lookup(PDFName.of('AFRelationship'))).toBe(PDFName.of('Data'))
    const file = streamOf(spec.lookup(PDFName.of('EF'), PDFDict), 'F')
    expect(Buffer.from(decodePDFRawStream(file).decode()).toString()).toBe('<a/>')
    expect(file.dict.lookup(PDFName.of('Subtype'))).toBe(PDFName.of('application/xml'))
    expect(file.dict.lookup(PDFName.of('Params'), PDFDict).lookup(PDFName.of('Size'), PDFNumber).asNumber()).toBe(4)
  })

  it('refuses a paper without a size', async () => {
    await expect(print([], { formato: { larghezza: 0, altezza: 10 } })).rejects.toThrow('no such paper')
  })
})

describe('a document of any length', () => {
  const righe = async function* (quante: number): AsyncIterable<{ celle: string[]; barrata: boolean }[]> {
    for (let da = 0; da < quante; da += 50) {
      yield await Promise.resolve(
        Array.from({ length: 50 }, (_, i) => ({ celle: [String(da + i + 1), `Oggetto ${da + i + 1}`], barrata: i === 3 })),
      )
    }
  }
  const printLong = async (quante: number): Promise<Uint8Array> => {
    const pieces: Uint8Array[] = []
    const stampa = { ...base, blocchi: [], tabella: { colonne: ['Numero', 'Oggetto'], larghezze: [1, 4] }, righe: righe(quante) }
    for await (const piece of stampatricePdf.printLunga(stampa)) pieces.push(piece)
    return Buffer.concat(pieces)
  }

  it('says every row once, on numbered pages, with the same tags as any other table', async () => {
    const pdf = await printLong(300)
    const testo = (await readTesto(pdf)).join(' ')
    for (const n of [1, 150, 300]) expect(testo).toContain(`Oggetto ${n}`)
    const document = await open(pdf)
    expect(document.getPageCount()).toBeGreaterThan(5)
    const tree = treeOf(document)
    expect(find(tree, 'TR')).toHaveLength(301)
    expect(find(tree, 'TD')).toHaveLength(600)
    expect(find(tree, 'TH')).toHaveLength(2)
    expect(document.catalog.has(PDFName.of('OutputIntents'))).toBe(true)
  })

  it('gives the same bytes for the same rows, and pieces before the end', async () => {
    expect(Buffer.compare(await printLong(100), await printLong(100))).toBe(0)
    let pieces = 0
    let asked = 0
    const counted = async function* () {
      for await (const batch of righe(500)) {
        asked++
        yield batch
      }
    }
    for await (const _piece of stampatricePdf.printLunga({
      ...base,
      blocchi: [],
      tabella: { colonne: ['N.', 'Oggetto'] },
      righe: counted(),
    })) {
      pieces++
      if (asked < 10) continue
      break
    }
    // Most of the file left while rows were still to come.
    expect(pieces).toBeGreaterThan(500)
  })
})
