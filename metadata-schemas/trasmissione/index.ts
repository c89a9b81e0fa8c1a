import { readFileSync } from 'node:fs'
import { cleanText, compileSchema, escapeText } from '../xml/index.ts'
import type { EsitoXml, SchemaXml } from '../xml/index.ts'

/** Namespace of the index of a fascicolo handed over to another body. */
export const NAMESPACE_TRASMISSIONE = 'urn:faldone:trasmissione:1'

export interface Amministrazione {
  readonly denominazione: string
  readonly codiceIpa: string | null
}

export interface FascicoloTrasmesso {
  readonly codice: string
  readonly oggetto: string
  readonly tipo: string
  readonly classificazione: string
  readonly apertoIl: string
  readonly chiusoIl: string | null
  readonly responsabile: string
}

/** A document as the index lists it; a paper has its place instead of files. */
export interface DocumentoTrasmesso {
  readonly fascicolo: string
  readonly ordine: number
  readonly registrazione: string | null
  /** Rome day. */
  readonly data: string
  readonly oggetto: string
  readonly tipologia: string
  readonly posizioneFisica: string | null
}

export interface FileTrasmesso {
  /** Relative to the folder of the package. */
  readonly percorso: string
  readonly fascicolo: string
  readonly ordine: number | null
  readonly ruolo: 'principale' | 'allegato' | 'annesso' | 'metadati' | 'aggregazione' | 'frontespizio'
  readonly dimensione: number
  /** SHA-256, lower-case hexadecimal. */
  readonly impronta: string
}

export interface IndiceTrasmissione {
  readonly mittente: Amministrazione
  readonly destinatario: Amministrazione
  readonly motivo: string
  readonly autore: string
  /** ISO instant in UTC. */
  readonly istante: string
  readonly fascicoli: readonly FascicoloTrasmesso[]
  readonly documenti: readonly DocumentoTrasmesso[]
  readonly file: readonly FileTrasmesso[]
}

const el = (nome: string, valore: string | number | null): string =>
  valore === null || valore === '' ? '' : `<${nome}>${escapeText(cleanText(String(valore)))}</${nome}>`
const always = (nome: string, valore: string): string => `<${nome}>${escapeText(cleanText(valore))}</${nome}>`
const body = (nome: string, a: Amministrazione): string =>
  `<${nome}>${always('Denominazione', a.denominazione)}${el('CodiceIPA', a.codiceIpa)}</${nome}>`

/** The index as XML of our schema (`trasmissione.xsd`), a line at a time: it is never whole in memory. */
export function* writeIndice(i: IndiceTrasmissione): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<Trasmissione xmlns="${NAMESPACE_TRASMISSIONE}">\n`
  yield `${body('Mittente', i.mittente)}\n${body('Destinatario', i.destinatario)}\n`
  yield `${always('Motivo', i.motivo)}${always('Autore', i.autore)}${always('Istante', i.istante)}\n`
  for (const f of i.fascicoli)
    yield `<Fascicolo>${always('Codice', f.codice)}${always('Oggetto', f.oggetto)}${always('Tipo', f.tipo)}${always('Classificazione', f.classificazione)}${always('ApertoIl', f.apertoIl)}${el('ChiusoIl', f.chiusoIl)}${always('Responsabile', f.responsabile)}</Fascicolo>\n`
  for (const d of i.documenti)
    yield `<Documento>${always('Fascicolo', d.fascicolo)}${el('Ordine', d.ordine)}${el('Registrazione', d.registrazione)}${always('Data', d.data)}${always('Oggetto', d.oggetto)}${always('Tipologia', d.tipologia)}${el('PosizioneFisica', d.posizioneFisica)}</Documento>\n`
  for (const f of i.file)
    yield `<File>${always('Percorso', f.percorso)}${always('Fascicolo', f.fascicolo)}${el('Ordine', f.ordine)}${always('Ruolo', f.ruolo)}${always('Dimensione', String(f.dimensione))}${always('Impronta', f.impronta)}</File>\n`
  yield `<NumeroDocumenti>${i.documenti.length}</NumeroDocumenti><NumeroFile>${i.file.length}</NumeroFile>\n</Trasmissione>\n`
}

const cell = (value: string | number | null): string => {
  const text = String(value ?? '')
  // A cell that a spreadsheet would take for a formula is written as text.
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text
  return /[";\n\r]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The same files as a table for a spreadsheet: UTF-8 with its mark, semicolons, one line for each file. */
export function* writeTabella(i: IndiceTrasmissione): Generator<string> {
  const documenti = new Map(i.documenti.map((d) => [`${d.fascicolo} ${d.ordine}`, d]))
  yield '\uFEFFPercorso;Impronta SHA-256;Dimensione;Ruolo;Fascicolo;Documento;Registrazione;Data;Oggetto;Tipologia\r\n'
  for (const f of i.file) {
    const d = f.ordine === null ? undefined : documenti.get(`${f.fascicolo} ${f.ordine}`)
    const row = [f.percorso, f.impronta, f.dimensione, f.ruolo, f.fascicolo, f.ordine, d?.registrazione ?? null, d?.data ?? null]
    yield `${[...row, d?.oggetto ?? null, d?.tipologia ?? null].map(cell).join(';')}\r\n`
  }
  for (const d of i.documenti)
    if (d.posizioneFisica !== null)
      yield `${['', '', '', 'cartaceo', d.fascicolo, d.ordine, d.registrazione, d.data, `${d.oggetto} (${d.posizioneFisica})`, d.tipologia].map(cell).join(';')}\r\n`
}

let schema: SchemaXml | null = null

/** Checks an index against our schema. */
export function checkIndice(xml: string): EsitoXml {
  schema ??= compileSchema('trasmissione.xsd', readFileSync(new URL('./trasmissione.xsd', import.meta.url), 'utf8'))
  return schema.validate(xml)
}
