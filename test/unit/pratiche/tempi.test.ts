import { describe, expect, it } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { XmlDocument } from 'libxml2-wasm'
import { COLONNE, composeTempi, writeCsv, writeXml } from '../../../server/pratiche/tempi/dati.ts'
import { writeDcat } from '../../../server/pratiche/tempi/dcat.ts'

const row = (more: object = {}) => ({
  procedimentoId: '1',
  codice: 'POL-02',
  denominazione: '=Passo "carrabile" & <altro>',
  materia: 'Strade',
  anno: 2026,
  conclusi: 4,
  inCorso: 2,
  oltreTermine: 1,
  termineGiorni: 30,
  mediana: 21.25,
  novantesimo: 29,
  medianaNetta: 18,
  neiTermini: 0.75,
  ...more,
})

describe('the dataset of the times', () => {
  it('rounds, and keeps silent about times that would be of one person', () => {
    expect(composeTempi([row()])[0]).toMatchObject({ giorni_mediana: 21.3, percentuale_nei_termini: 75 })
    expect(composeTempi([row({ conclusi: 2 })])[0]).toMatchObject({
      conclusi: 2,
      giorni_mediana: null,
      giorni_novantesimo_percentile: null,
      giorni_mediana_al_netto_delle_sospensioni: null,
      percentuale_nei_termini: null,
    })
  })

  it('is a CSV that a reader reads back, without cells a spreadsheet would run', () => {
    const read = parse(writeCsv(composeTempi([row()])), { columns: true }) as Record<string, string>[]
    expect(Object.keys(read[0] ?? {})).toEqual([...COLONNE])
    expect(read[0]?.['procedimento']).toBe('\'=Passo "carrabile" & <altro>')
    expect(read[0]?.['giorni_mediana']).toBe('21.3')
  })

  it('is well-formed XML, whatever the names', () => {
    const xml = XmlDocument.fromString(
      writeXml(composeTempi([row(), row({ conclusi: 0 })]), { denominazione: 'Comune di "A" & B', codiceIpa: 'c_x1' }),
    )
    try {
      expect(xml.root.attrs.find((a) => a.name === 'ente')?.value).toBe('Comune di "A" & B')
      expect(xml.find('//riga')).toHaveLength(2)
      expect(xml.get('//riga[1]/procedimento')?.content).toBe('=Passo "carrabile" & <altro>')
      expect(xml.find('//riga[2]/giorni_mediana')).toHaveLength(0)
    } finally {
      xml.dispose()
    }
  })
})

describe('the DCAT-AP_IT description', () => {
  const NS = {
    rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
    it: 'http://dati.gov.it/onto/dcatapit#',
    dcat: 'http://www.w3.org/ns/dcat#',
    dct: 'http://purl.org/dc/terms/',
    foaf: 'http://xmlns.com/foaf/0.1/',
    vcard: 'http://www.w3.org/2006/vcard/ns#',
  }
  const text = writeDcat({
    ente: { denominazione: 'Comune di "A" & B', codiceIpa: 'c_x1' },
    indirizzo: 'https://a.example/api/v1/a/trasparenza/tempi',
    pagina: 'https://a.example/a/trasparenza/procedimenti',
    pec: 'protocollo@a.example',
    pubblicatoIl: '2026-01-02',
    modificatoIl: '2026-03-04',
  })
  const xml = XmlDocument.fromString(text)
  const count = (path: string): number => xml.find(path, NS).length

  it.each([
    ['it:Catalog', ['dct:title', 'dct:description', 'dct:publisher', 'dct:modified', 'dcat:dataset']],
    [
      'it:Dataset',
      [
        'dct:identifier',
        'dct:title',
        'dct:description',
        'dct:modified',
        'dcat:theme',
        'dct:rightsHolder',
        'dct:accrualPeriodicity',
        'dcat:distribution',
      ],
    ],
    ['it:Distribution', ['dct:format', 'dcat:accessURL', 'dct:license']],
    ['it:Agent', ['dct:identifier', 'foaf:name']],
    ['it:LicenseDocument', ['dct:type', 'foaf:name']],
    ['it:Organization', ['vcard:fn', 'vcard:hasEmail']],
  ])('%s has the properties the national profile wants', (node, properties) => {
    expect(count(`/rdf:RDF/${node}`)).toBeGreaterThan(0)
    for (const property of properties) expect([property, count(`/rdf:RDF/${node}[not(${property})]`)]).toEqual([property, 0])
  })

  it('every resource it points to inside itself is described, under one licence', () => {
    const described = new Set(xml.find('/rdf:RDF/*/@rdf:about', NS).map((a) => a.content))
    const local = xml
      .find('//@rdf:resource', NS)
      .map((a) => a.content)
      .filter((uri) => uri.includes('#') && uri.startsWith('https://a.example'))
    expect(local.length).toBeGreaterThan(5)
    expect(local.filter((uri) => !described.has(uri))).toEqual([])
    expect(new Set(xml.find('//dct:license/@rdf:resource', NS).map((a) => a.content))).toEqual(
      new Set(['https://creativecommons.org/licenses/by/4.0/']),
    )
    expect(count('/rdf:RDF/it:Distribution')).toBe(3)
  })
})
