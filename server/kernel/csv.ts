import { CsvError, parse } from 'csv-parse/sync'

/** A table of text: header and rows by name of column, each with the line of the file it begins on. */
export interface Tabella {
  readonly colonne: readonly string[]
  readonly righe: readonly { readonly riga: number; readonly valori: Readonly<Record<string, string>> }[]
  /** Lines whose number of cells is not the header's: guessing there would move the columns. */
  readonly storte: readonly number[]
}

/** The text is no table. `message` says why in Italian. */
export class TabellaIlleggibile extends Error {}

/** Bytes of a CSV as text: UTF-8, or Windows-1252 when they are not UTF-8 (what Italian spreadsheets still write). */
export function decodeCsv(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** A column's name as it is compared: small letters, no accents, words joined by one sign. */
export function nomeColonna(value: string): string {
  return value
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '_')
    .replaceAll(/^_+|_+$/gu, '')
}

/** The sign that parts the cells: the one the header holds most of. */
function separatorOf(text: string): string {
  const header = text.slice(0, text.search(/\r?\n|$/u))
  const count = (sign: string): number => header.split(sign).length
  return [';', '\t', ','].toSorted((a, b) => count(b) - count(a))[0] ?? ';'
}

/** Reads a CSV (RFC 4180 quoting; semicolon, tab or comma). Throws TabellaIlleggibile when it is none, is empty, or names a column twice. */
export function readTabella(text: string): Tabella {
  const source = text.replace(/^\uFEFF/u, '')
  const records = parseRecords(source)
  const [header, ...rows] = records
  if (header === undefined) throw new TabellaIlleggibile('Il file è vuoto: la prima riga deve avere i nomi delle colonne.')
  const colonne = header.celle.map(nomeColonna)
  const twice = colonne.find((nome, index) => nome !== '' && colonne.indexOf(nome) !== index)
  if (twice !== undefined) throw new TabellaIlleggibile(`La colonna ${twice} compare due volte.`)
  const full = rows.filter((row) => row.celle.some((cella) => cella.trim() !== ''))
  return {
    colonne: colonne.filter((nome) => nome !== ''),
    righe: full
      .filter((row) => row.celle.length === colonne.length)
      .map((row) => ({
        riga: row.riga,
        valori: Object.fromEntries(colonne.map((nome, index) => [nome, (row.celle[index] ?? '').trim()])),
      })),
    storte: full.filter((row) => row.celle.length !== colonne.length).map((row) => row.riga),
  }
}

function parseRecords(source: string): { celle: string[]; riga: number }[] {
  try {
    const parsed = parse(source, {
      delimiter: separatorOf(source),
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as {
      record: string[]
      info: { lines: number }
    }[]
    // The parser tells the line a record ends on: cells that hold line ends are counted back.
    return parsed.map(({ record, info }) => ({
      celle: record,
      riga: info.lines - record.reduce((sum, cella) => sum + cella.split('\n').length - 1, 0),
    }))
  } catch (error) {
    if (error instanceof CsvError) throw new TabellaIlleggibile('Il file non è una tabella CSV leggibile: controlla le virgolette.')
    throw error
  }
}
