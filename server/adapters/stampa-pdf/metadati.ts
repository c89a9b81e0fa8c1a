import { createHash } from 'node:crypto'
import { PDFHexString, PDFName, PDFString } from 'pdf-lib'
import type { PDFDocument } from 'pdf-lib'
import type { Stampa } from '../../ports/stampa.ts'
import { createSrgbProfile } from './icc.ts'

const PRODUCER = 'Faldone'
let profile: Buffer | undefined

/** Everything that makes a PDF a PDF/A-3a and PDF/UA-1 beside its pages: metadata, colour, language, identifier. */
export function writeMetadati(documento: PDFDocument, stampa: Stampa): void {
  const { context, catalog } = documento
  documento.setTitle(stampa.titolo, { showInWindowTitleBar: true })
  documento.setAuthor(stampa.autore)
  documento.setCreator(PRODUCER)
  documento.setProducer(PRODUCER)
  documento.setCreationDate(stampa.creatoIl)
  documento.setModificationDate(stampa.creatoIl)
  documento.setLanguage('it-IT')
  const id = hashOf(stampa)
  context.trailerInfo.ID = context.obj([PDFHexString.of(id), PDFHexString.of(id)])
  const xmp = Buffer.from(composeXmp(stampa, id), 'utf8')
  catalog.set(PDFName.of('Metadata'), context.register(context.stream(xmp, { Type: 'Metadata', Subtype: 'XML' })))
  catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }))
  profile ??= createSrgbProfile()
  const intent = context.obj({
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    OutputConditionIdentifier: PDFString.of('sRGB'),
    Info: PDFString.of('sRGB IEC61966-2.1'),
    DestOutputProfile: context.register(context.flateStream(profile, { N: 3 })),
  })
  catalog.set(PDFName.of('OutputIntents'), context.obj([context.register(intent)]))
  attach(documento, stampa)
}

/** The files carried inside, in the order of their names; names and descriptions as text strings, so that any character is safe. */
function attach({ context, catalog }: PDFDocument, { allegati = [], creatoIl }: Stampa): void {
  if (allegati.length === 0) return
  const when = PDFString.fromDate(creatoIl)
  const ordered = allegati.toSorted((a, b) => Buffer.compare(Buffer.from(a.nome), Buffer.from(b.nome)))
  const specs = ordered.map(({ nome, mime, descrizione, bytes }) => {
    const params = { Size: bytes.length, CreationDate: when, ModDate: when }
    const file = context.register(context.flateStream(bytes, { Type: 'EmbeddedFile', Subtype: mime, Params: params }))
    const name = PDFHexString.fromText(nome)
    const spec = {
      Type: 'Filespec',
      F: name,
      UF: name,
      EF: { F: file, UF: file },
      Desc: PDFHexString.fromText(descrizione),
      AFRelationship: 'Data',
    }
    return { name, ref: context.register(context.obj(spec)) }
  })
  const names = context.obj(specs.flatMap(({ name, ref }) => [name, ref]))
  catalog.set(PDFName.of('Names'), context.obj({ EmbeddedFiles: { Names: names } }))
  catalog.set(PDFName.of('AF'), context.obj(specs.map(({ ref }) => ref)))
}

/** The identifier of a document depends on what it says and on nothing else. */
function hashOf(stampa: Stampa): string {
  const hash = createHash('sha256')
  const { allegati = [], ...rest } = stampa
  hash.update(JSON.stringify(rest, (_key, value: unknown) => (value instanceof Set ? [...value] : value)))
  for (const { bytes, ...name } of allegati) hash.update(JSON.stringify(name)).update(bytes)
  return hash.digest('hex').slice(0, 32)
}

function composeXmp(stampa: Stampa, id: string): string {
  const when = `${stampa.creatoIl.toISOString().slice(0, 19)}Z`
  const uuid = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5')
  return `<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escape(stampa.titolo)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${escape(stampa.autore)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>it-IT</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>${when}</xmp:CreateDate>
<xmp:ModifyDate>${when}</xmp:ModifyDate>
<xmp:MetadataDate>${when}</xmp:MetadataDate>
<xmp:CreatorTool>${PRODUCER}</xmp:CreatorTool>
<pdf:Producer>${PRODUCER}</pdf:Producer>
<xmpMM:DocumentID>uuid:${uuid}</xmpMM:DocumentID>
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`
}

/** XML text without the characters that XML forbids. */
function escape(text: string): string {
  return text
    .replaceAll(/\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
