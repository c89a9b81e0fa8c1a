import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import fontkit from '@pdf-lib/fontkit'
import { PDFName, PDFString } from 'pdf-lib'
import type { PDFContext, PDFRef } from 'pdf-lib'

/** What is used of a font read by fontkit. */
interface FontFile {
  readonly postscriptName: string
  readonly unitsPerEm: number
  readonly ascent: number
  readonly descent: number
  readonly capHeight: number
  readonly xHeight: number
  readonly italicAngle: number
  readonly bbox: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number }
  readonly characterSet: readonly number[]
  glyphForCodePoint(codePoint: number): Glyph
  createSubset(): Subset
}
interface Glyph {
  readonly id: number
  readonly advanceWidth: number
}
interface Subset {
  includeGlyph(glyph: Glyph): number
  encodeStream(): {
    on(event: 'data', listener: (part: Uint8Array) => void): void
    on(event: 'end', listener: () => void): void
    on(event: 'error', listener: (error: Error) => void): void
  }
}

/** One of the three faces of a printed document. */
export type Peso = 'tondo' | 'nero' | 'fisso'

const FILES: Readonly<Record<Peso, string>> = {
  tondo: 'Titillium_Web/titillium-web-v10-latin-ext_latin-regular.ttf',
  nero: 'Titillium_Web/titillium-web-v10-latin-ext_latin-700.ttf',
  fisso: 'Roboto_Mono/roboto-mono-v13-latin-ext_latin-regular.ttf',
}
/** Drawn instead of a character that no face has. */
export const SOSTITUTO = '¿'

/** A face in one document: measures, encodes what is written with it, and embeds only those glyphs. */
export interface Carattere {
  /** Name of the face in the resources of each page. */
  readonly nome: string
  /** Width of a text, in points, at a size in points. */
  width(text: string, size: number): number
  /** The text as the hexadecimal operand of `Tj`; remembers its glyphs for the embedding. */
  encode(text: string): string
  /** Writes the face in the document. To be called once, after the last text. Null when nothing was written with it. */
  embed(context: PDFContext): Promise<PDFRef | null>
}

let read: Promise<Record<Peso, FontFile>> | undefined

/** The faces, read once for the process from the fonts of bootstrap-italia (SIL Open Font License and Apache 2.0). */
async function readFonts(): Promise<Record<Peso, FontFile>> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('bootstrap-italia/package.json')), 'src/fonts')
  const open = async (peso: Peso): Promise<FontFile> =>
    (await (fontkit as unknown as { create(bytes: Uint8Array): unknown }).create(await readFile(join(folder, FILES[peso])))) as FontFile
  const [tondo, nero, fisso] = await Promise.all([open('tondo'), open('nero'), open('fisso')])
  return { tondo, nero, fisso }
}

/** New faces for one document. */
export async function openCaratteri(): Promise<Record<Peso, Carattere>> {
  const { tondo, nero, fisso } = await (read ??= readFonts())
  return { tondo: openCarattere('T', tondo), nero: openCarattere('N', nero), fisso: openCarattere('F', fisso) }
}

const sets = new WeakMap<FontFile, ReadonlySet<number>>()
const glyphs = new WeakMap<FontFile, Map<string, Glyph>>()

function openCarattere(nome: string, font: FontFile): Carattere {
  const subset = font.createSubset()
  const used = new Map<string, { codice: number; glyph: Glyph }>()
  const scale = 1000 / font.unitsPerEm
  const known = glyphs.get(font) ?? new Map<string, Glyph>()
  glyphs.set(font, known)
  const find = (char: string): Glyph => {
    const found = known.get(char) ?? font.glyphForCodePoint(char.codePointAt(0) ?? 0)
    known.set(char, found)
    return found
  }
  return {
    nome,
    width: (text, size) => {
      let sum = 0
      for (const char of text) sum += find(char).advanceWidth
      return (sum * scale * size) / 1000
    },
    encode: (text) => {
      let hex = ''
      for (const char of text) {
        const entry = used.get(char) ?? { codice: subset.includeGlyph(find(char)), glyph: find(char) }
        used.set(char, entry)
        hex += entry.codice.toString(16).padStart(4, '0')
      }
      return hex
    },
    embed: async (context) => (used.size === 0 ? null : await embedFont(context, font, subset, used)),
  }
}

/**
 * The text as it can be drawn: composed (NFC), controls and strange spaces as spaces, a letter with an unknown accent without it, anything else outside the
 * faces as `¿`. Never throws. The faces have the same repertory, so the text is prepared once.
 */
export async function createRipulitore(): Promise<(text: string) => string> {
  const { tondo, nero, fisso } = await (read ??= readFonts())
  const common = sets.get(tondo) ?? new Set(tondo.characterSet.filter((c) => c > 32 && [nero, fisso].every((f) => setOf(f).has(c))))
  sets.set(tondo, common)
  const has = (char: string): boolean => char === ' ' || common.has(char.codePointAt(0) ?? 0)
  return (text) => {
    let clean = ''
    for (const char of text
      .normalize('NFC')
      .replaceAll(/[\p{Zs}\p{Cc}\u2028\u2029]/gu, ' ')
      .replaceAll(/\p{Cf}/gu, '')) {
      if (has(char)) clean += char
      else {
        const base = char.normalize('NFKD').replaceAll(/\p{M}/gu, '')
        clean += base.trim() !== '' && [...base].every(has) ? base : SOSTITUTO
      }
    }
    return clean
  }
}

function setOf(font: FontFile): ReadonlySet<number> {
  const set = sets.get(font) ?? new Set(font.characterSet)
  sets.set(font, set)
  return set
}

type Usati = ReadonlyMap<string, { readonly codice: number; readonly glyph: Glyph }>

async function embedFont(context: PDFContext, font: FontFile, subset: Subset, used: Usati): Promise<PDFRef> {
  const file = await encodeSubset(subset)
  const scale = 1000 / font.unitsPerEm
  const name = `${subsetTag(file)}+${font.postscriptName}`
  const round = (value: number): number => Math.round(value * scale)
  const descriptor = context.obj({
    Type: 'FontDescriptor',
    FontName: name,
    Flags: 4,
    FontBBox: [round(font.bbox.minX), round(font.bbox.minY), round(font.bbox.maxX), round(font.bbox.maxY)],
    ItalicAngle: font.italicAngle,
    Ascent: round(font.ascent),
    Descent: round(font.descent),
    CapHeight: round(font.capHeight),
    XHeight: round(font.xHeight),
    StemV: 80,
    FontFile2: context.register(context.flateStream(file, { Length1: file.length })),
  })
  const entries = [...used].map(([char, { codice, glyph }]) => ({ char, codice, larghezza: glyph.advanceWidth * scale }))
  entries.sort((a, b) => a.codice - b.codice)
  const descendant = context.obj({
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: name,
    CIDToGIDMap: 'Identity',
    CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
    FontDescriptor: context.register(descriptor),
    W: entries.flatMap(({ codice, larghezza }) => [codice, [larghezza]]),
  })
  return context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: name,
      Encoding: PDFName.of('Identity-H'),
      DescendantFonts: [context.register(descendant)],
      ToUnicode: context.register(context.flateStream(unicodeMap(entries))),
    }),
  )
}

/** The stream of the library is of an old kind: events only. */
async function encodeSubset(subset: Subset): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    const parts: Uint8Array[] = []
    const stream = subset.encodeStream()
    stream.on('data', (part) => void parts.push(part))
    stream.on('end', () => resolve(Buffer.concat(parts)))
    stream.on('error', reject)
  })
}

/** Six capital letters that depend on the glyphs, as the names of subsets want. */
function subsetTag(file: Buffer): string {
  const digest = createHash('sha256').update(file).digest()
  return [...digest.subarray(0, 6)].map((byte) => String.fromCodePoint(65 + (byte % 26))).join('')
}

function unicodeMap(entries: readonly { readonly char: string; readonly codice: number }[]): string {
  const lines = entries.map(
    ({ char, codice }) => `<${codice.toString(16).padStart(4, '0')}> <${Buffer.from(char, 'utf16le').swap16().toString('hex')}>`,
  )
  const sections: string[] = []
  for (let i = 0; i < lines.length; i += 100) {
    const part = lines.slice(i, i + 100)
    sections.push(`${part.length} beginbfchar\n${part.join('\n')}\nendbfchar`)
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${sections.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`
}
