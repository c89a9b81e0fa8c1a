import { COLONNE, escapeXml, LICENZA } from './dati.ts'

/** What the description of the dataset needs. Addresses are absolute. */
export interface Descrizione {
  readonly ente: { readonly denominazione: string; readonly codiceIpa: string }
  /** Address of the dataset without its extension, e.g. `https://…/trasparenza/tempi`. */
  readonly indirizzo: string
  /** Page for people. */
  readonly pagina: string
  readonly pec: string | null
  /** Rome days `YYYY-MM-DD`: first publication, last change. */
  readonly pubblicatoIl: string
  readonly modificatoIl: string
}

const FORMATI = [
  { estensione: 'csv', tipo: 'CSV', nome: 'CSV' },
  { estensione: 'xml', tipo: 'XML', nome: 'XML' },
  { estensione: 'json', tipo: 'JSON', nome: 'JSON' },
] as const
const UE = 'http://publications.europa.eu/resource/authority'
const NAMESPACES = [
  'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"',
  'xmlns:dcatapit="http://dati.gov.it/onto/dcatapit#"',
  'xmlns:dcat="http://www.w3.org/ns/dcat#"',
  'xmlns:dct="http://purl.org/dc/terms/"',
  'xmlns:foaf="http://xmlns.com/foaf/0.1/"',
  'xmlns:owl="http://www.w3.org/2002/07/owl#"',
  'xmlns:vcard="http://www.w3.org/2006/vcard/ns#"',
].join(' ')
const DESCRIZIONE =
  'Per ogni procedimento e anno: numero di procedimenti conclusi e in corso, giorni impiegati (mediana e novantesimo percentile), quota conclusa entro il termine. I tempi sono indicati quando i procedimenti conclusi sono almeno tre.'
const XSD_DATE = 'http://www.w3.org/2001/XMLSchema#date'

const text = (name: string, value: string): string => `    <${name} xml:lang="it">${escapeXml(value)}</${name}>`
const link = (name: string, uri: string): string => `    <${name} rdf:resource="${escapeXml(uri)}"/>`
const date = (name: string, day: string): string => `    <${name} rdf:datatype="${XSD_DATE}">${day}</${name}>`
const node = (name: string, uri: string, kind: string, lines: readonly string[]): string =>
  [`  <${name} rdf:about="${escapeXml(uri)}">`, link('rdf:type', kind), ...lines, `  </${name}>`].join('\n')

/**
 * The catalogue, the dataset of the times and its three distributions as DCAT-AP_IT in RDF/XML: every mandatory property of the national profile, licence
 * included. Pure: a function of what it is given.
 */
export function writeDcat(d: Descrizione): string {
  const dataset = `${d.indirizzo}#dataset`
  const agente = `${d.indirizzo}#ente`
  const contatto = `${d.indirizzo}#contatto`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<rdf:RDF ${NAMESPACES}>`,
    catalogue(d, dataset, agente),
    datasetNode(d, dataset, agente, contatto),
    ...FORMATI.map((f) => distribution(d, f)),
    node('dcatapit:LicenseDocument', LICENZA.uri, 'http://purl.org/dc/terms/LicenseDocument', [
      link('dct:type', 'http://purl.org/adms/licencetype/Attribution'),
      `    <owl:versionInfo>4.0</owl:versionInfo>`,
      `    <foaf:name>CC BY</foaf:name>`,
    ]),
    node('dcatapit:Agent', agente, 'http://xmlns.com/foaf/0.1/Agent', [
      `    <dct:identifier>${escapeXml(d.ente.codiceIpa)}</dct:identifier>`,
      text('foaf:name', d.ente.denominazione),
    ]),
    node('dcatapit:Organization', contatto, 'http://www.w3.org/2006/vcard/ns#Kind', [
      `    <vcard:fn>${escapeXml(d.ente.denominazione)}</vcard:fn>`,
      ...(d.pec === null ? [] : [link('vcard:hasEmail', `mailto:${d.pec}`)]),
    ]),
    '</rdf:RDF>',
    '',
  ].join('\n')
}

function catalogue(d: Descrizione, dataset: string, agente: string): string {
  return node('dcatapit:Catalog', `${d.indirizzo}#catalogo`, 'http://www.w3.org/ns/dcat#Catalog', [
    text('dct:title', `Dati sui procedimenti di ${d.ente.denominazione}`),
    text('dct:description', 'I tempi effettivi di conclusione dei procedimenti amministrativi.'),
    link('dct:publisher', agente),
    date('dct:issued', d.pubblicatoIl),
    date('dct:modified', d.modificatoIl),
    link('dct:language', `${UE}/language/ITA`),
    link('dcat:themeTaxonomy', `${UE}/data-theme`),
    link('foaf:homepage', d.pagina),
    link('dcat:dataset', dataset),
  ])
}

function datasetNode(d: Descrizione, dataset: string, agente: string, contatto: string): string {
  return node('dcatapit:Dataset', dataset, 'http://www.w3.org/ns/dcat#Dataset', [
    `    <dct:identifier>${escapeXml(d.ente.codiceIpa)}:tempi-procedimenti</dct:identifier>`,
    text('dct:title', 'Tempi di conclusione dei procedimenti'),
    text('dct:description', `${DESCRIZIONE} Colonne: ${COLONNE.join(', ')}.`),
    date('dct:issued', d.pubblicatoIl),
    date('dct:modified', d.modificatoIl),
    link('dct:language', `${UE}/language/ITA`),
    link('dcat:theme', `${UE}/data-theme/GOVE`),
    link('dct:accrualPeriodicity', `${UE}/frequency/CONT`),
    link('dct:rightsHolder', agente),
    link('dct:publisher', agente),
    link('dcat:landingPage', d.pagina),
    link('dcat:contactPoint', contatto),
    ...['procedimenti', 'tempi', 'trasparenza'].map((word) => text('dcat:keyword', word)),
    ...FORMATI.map((f) => link('dcat:distribution', `${d.indirizzo}#${f.estensione}`)),
  ])
}

function distribution(d: Descrizione, f: (typeof FORMATI)[number]): string {
  return node('dcatapit:Distribution', `${d.indirizzo}#${f.estensione}`, 'http://www.w3.org/ns/dcat#Distribution', [
    text('dct:title', `Tempi di conclusione dei procedimenti, ${f.nome}`),
    link('dct:format', `${UE}/file-type/${f.tipo}`),
    link('dct:license', LICENZA.uri),
    link('dcat:accessURL', d.pagina),
    link('dcat:downloadURL', `${d.indirizzo}.${f.estensione}`),
    date('dct:modified', d.modificatoIl),
  ])
}
