import { describe, expect, it } from '@jest/globals'
import {
  checkWellFormed,
  child,
  childText,
  cleanLine,
  cleanNote,
  cleanText,
  compileSchema,
  decodeXml,
  el,
  isBlank,
  readXml,
  writeXml,
  XmlRefused,
} from '../../../metadata-schemas/xml/index.ts'

describe('xml text', () => {
  it('drops what XML 1.0 forbids and composes letters', () => {
    expect(cleanText('a\u0000b\u0008c\uFFFEd\uD800e')).toBe('abcde')
    expect(cleanText('perche\u0301')).toBe('perché')
    expect(cleanText('😀')).toBe('😀')
  })

  it('makes one line of a subject pasted from e-mail', () => {
    expect(cleanLine('  Richiesta\r\n di\u000Baccesso\u00A0 agli\tatti\u2028civico ')).toBe('Richiesta di accesso agli atti civico')
  })

  it('keeps the lines of a note', () => {
    expect(cleanNote('prima  \r\nseconda \n')).toBe('prima\nseconda')
  })

  it('calls blank what has nothing visible', () => {
    expect([undefined, null, '', ' \u00A0\u0000'].map((text) => isBlank(text))).toEqual([true, true, true, true])
    expect(isBlank('0')).toBe(false)
  })
})

describe('xml writing and reading', () => {
  const tree = el('radice', [el('a', ' due  spazi & <tag> "x" \'y\' '), undefined, [el('b'), el('b', '0001')], false], { q: '1"\n<\t' })

  it('writes the same string every time, with indentation between elements only', () => {
    expect(writeXml(tree)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<radice q="1&quot;&#10;&lt;&#9;">\n  <a> due  spazi &amp; &lt;tag&gt; "x" \'y\' </a>\n  <b/>\n  <b>0001</b>\n</radice>\n',
    )
  })

  it('reads back what it wrote', () => {
    const read = readXml(writeXml(tree))
    expect(read.attributi).toEqual({ q: '1"\n<\t' })
    expect(child(read, 'a')?.testo).toBe(' due  spazi & <tag> "x" \'y\' ')
    expect(read.figli.map((figlio) => [figlio.nome, figlio.testo])).toEqual([
      ['a', ' due  spazi & <tag> "x" \'y\' '],
      ['b', ''],
      ['b', '0001'],
    ])
    expect(child(read, 'b')?.riga).toBe(4)
  })

  it('keeps text with line ends and markup untouched through a round trip', () => {
    const text = 'riga\r\nriga ]]> &#233; &amp;'
    expect(readXml(writeXml(el('r', text))).testo).toBe(text)
  })

  it('resolves references and CDATA and keeps the namespace', () => {
    const read = readXml('<x:r xmlns:x="urn:esempio"><x:t>&#233;<![CDATA[<&>]]>&amp;#233;</x:t></x:r>')
    expect(read.namespace).toBe('urn:esempio')
    expect(childText(read, 't')).toBe('é<&>&#233;')
  })

  it('refuses a name that is not an XML name', () => {
    expect(() => el('a b')).toThrow(TypeError)
    expect(() => el('a', '', { 'x"': '1' })).toThrow(TypeError)
  })
})

describe('xml safety', () => {
  it('refuses a DTD before parsing, wherever it hides in the prolog', () => {
    const bomb = '<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'
    for (const prolog of ['', '<?xml version="1.0"?>', '\uFEFF<?xml version="1.0"?>\n<!-- <r> -->\n<?pi >?>\n']) {
      const verdict = checkWellFormed(`${prolog}${bomb}<r>&b;</r>`)
      expect(verdict.valido).toBe(false)
      expect(verdict.errori[0]?.messaggio).toContain('DTD')
    }
    expect(checkWellFormed('<r><!-- <!DOCTYPE r> --></r>').valido).toBe(true)
    expect(checkWellFormed(Buffer.from(`\uFEFF${bomb}<r/>`, 'utf16le')).errori[0]?.messaggio).toContain('DTD')
  })

  it('says where a document is not well-formed', () => {
    const verdict = checkWellFormed('<r>\n<a></b>\n</r>')
    expect(verdict.valido).toBe(false)
    expect(verdict.errori[0]?.riga).toBe(2)
    expect(checkWellFormed('').valido).toBe(false)
    expect(checkWellFormed('<r>&sconosciuta;</r>').valido).toBe(false)
  })

  it('reads the declared encoding and never guesses', () => {
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><r>perch\u00E9</r>', 'latin1')
    expect(readXml(latin).testo).toBe('perché')
    expect(readXml(Buffer.from('\uFEFF<r>perché</r>', 'utf16le')).testo).toBe('perché')
    expect(readXml('<?xml version="1.0" encoding="ISO-8859-1"?><r>perché</r>').testo).toBe('perché')
    expect(() => decodeXml(Buffer.from('<?xml version="1.0" encoding="UTF-7"?><r/>'))).toThrow(XmlRefused)
    expect(() => decodeXml(Buffer.from('<r>perch\u00E9</r>', 'latin1'))).toThrow(XmlRefused)
  })
})

const tipi = (pattern: string) =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:tipi"><xs:simpleType name="N"><xs:restriction base="xs:string"><xs:pattern value="${pattern}"/></xs:restriction></xs:simpleType></xs:schema>`

describe('xml schema', () => {
  const xsd = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:tipi" elementFormDefault="qualified">
    <xs:import namespace="urn:tipi" schemaLocation="tipi.xsd"/>
    <xs:element name="r"><xs:complexType><xs:sequence>
      <xs:element name="n" type="t:N"/><xs:element name="f" type="xs:string" fixed="Fisso"/><xs:element name="d" type="xs:date"/>
      <xs:element name="k"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="A"/></xs:restriction></xs:simpleType></xs:element>
    </xs:sequence></xs:complexType></xs:element></xs:schema>`
  const schema = compileSchema('r.xsd', xsd, { 'tipi.xsd': tipi('[0-9]{7,}') })
  const right = '<r><n>0000001</n><f>Fisso</f><d>2026-11-22</d><k>A</k></r>'

  it('validates with an import taken from memory, each schema with its own', () => {
    expect(schema.validate(right)).toEqual({ valido: true, errori: [] })
    const altro = compileSchema('r.xsd', xsd, { 'tipi.xsd': tipi('[A-Z]+') })
    expect(altro.validate(right).valido).toBe(false)
    expect(schema.validate(right).valido).toBe(true)
  })

  it('explains faults in Italian', () => {
    const messaggi = (xml: string) => schema.validate(xml).errori.map((errore) => errore.messaggio)
    expect(messaggi(right.replace('0000001', '12'))[0]).toContain('non ha la forma prescritta')
    expect(messaggi(right.replace('Fisso', 'Mobile'))).toEqual(['Il valore «Mobile» di f deve essere «Fisso».'])
    expect(messaggi(right.replace('2026-11-22', '22/11/2026'))[0]).toContain('Il valore «22/11/2026» di d non è valido')
    expect(messaggi(right.replace('>A<', '>B<'))[0]).toContain('Il valore «B» di k non è tra quelli ammessi')
    expect(messaggi(right.replace('<k>A</k>', ''))).toEqual(['L’elemento r è incompleto: manca k.'])
    expect(messaggi('<altro/>')).toEqual(['L’elemento radice altro non è quello previsto dallo schema.'])
    expect(messaggi(right.replace('<f>Fisso</f>', ''))).toEqual(['L’elemento d non è ammesso in questo punto: qui serve f.'])
  })

  it('refuses a schema that is wrong', () => {
    expect(() =>
      compileSchema('x.xsd', '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="r" type="Manca"/></xs:schema>'),
    ).toThrow()
  })
})
