/** Fields of a template and their filling: `{{campo}}` and `{{#lista}}…{{/lista}}`. What is missing is named, never left blank. Pure. */

/** Values by name of field; a list holds the values of its rows; null is a field of ours without a value here. */
export type Valori = Readonly<Record<string, string | null | readonly Readonly<Record<string, string>>[]>>

export interface Compilato {
  readonly testo: string
  /** Fields that exist and have no value here. */
  readonly mancanti: readonly string[]
  /** Names that are no field, and brackets that do not match. */
  readonly sconosciuti: readonly string[]
}

interface Esito {
  readonly mancanti: Set<string>
  readonly sconosciuti: Set<string>
}

const MARK = /\{\{\s*([#/]?)\s*([^{}]*?)\s*\}\}/u

/**
 * Fills the fields of a text. `escape` writes a value so that nothing of it is read as markup. A section of a list is repeated for each row; one of a
 * simple field is kept when the field has a value. Where a value is missing the text says so in brackets: a preview shows it, a final document is refused.
 */
export function compila(source: string, valori: Valori, escape: (value: string) => string): Compilato {
  const esito: Esito = { mancanti: new Set(), sconosciuti: new Set() }
  const testo = fill(source, valori, {}, escape, esito)
  return { testo, mancanti: [...esito.mancanti], sconosciuti: [...esito.sconosciuti] }
}

function fill(
  source: string,
  valori: Valori,
  row: Readonly<Record<string, string>>,
  escape: (value: string) => string,
  esito: Esito,
): string {
  let out = ''
  let rest = source
  for (;;) {
    const found = MARK.exec(rest)
    if (found === null) return out + rest
    const [whole, sign = '', name = ''] = found
    out += rest.slice(0, found.index)
    rest = rest.slice(found.index + whole.length)
    if (sign === '/') {
      esito.sconosciuti.add(`/${name}`)
      continue
    }
    if (sign === '') {
      out += valueOf(name, valori, row, escape, esito)
      continue
    }
    const end = findEnd(rest, name)
    if (end === null) {
      esito.sconosciuti.add(`#${name}`)
      continue
    }
    out += section(rest.slice(0, end.from), name, valori, row, escape, esito)
    rest = rest.slice(end.to)
  }
}

/** The end of a section, with sections of the same name inside it. */
function findEnd(rest: string, name: string): { from: number; to: number } | null {
  let depth = 1
  for (const found of rest.matchAll(new RegExp(MARK.source, 'gu'))) {
    if (found[2] !== name) continue
    if (found[1] === '#') depth += 1
    if (found[1] === '/') depth -= 1
    if (depth === 0) return { from: found.index, to: found.index + found[0].length }
  }
  return null
}

function section(
  inside: string,
  name: string,
  valori: Valori,
  row: Readonly<Record<string, string>>,
  escape: (value: string) => string,
  esito: Esito,
): string {
  const value = row[name] ?? valori[name]
  if (value === undefined) {
    esito.sconosciuti.add(`#${name}`)
    return ''
  }
  if (value === null || value === '') return ''
  if (typeof value === 'string') return fill(inside, valori, row, escape, esito)
  return value.map((one) => fill(inside, valori, { ...row, ...one }, escape, esito)).join('')
}

function valueOf(
  name: string,
  valori: Valori,
  row: Readonly<Record<string, string>>,
  escape: (value: string) => string,
  esito: Esito,
): string {
  const value = row[name] ?? valori[name]
  if (value === undefined || (typeof value === 'object' && value !== null)) {
    esito.sconosciuti.add(name)
    return escape(`[non esiste: ${name}]`)
  }
  if (value === null || value.trim() === '') {
    esito.mancanti.add(name)
    return escape(`[manca: ${name}]`)
  }
  return escape(value)
}

/** Every name a text asks for, in order, each once: `#` and `/` marks included under their name. */
export function nomiUsati(source: string): string[] {
  return [...new Set([...source.matchAll(new RegExp(MARK.source, 'gu'))].map((found) => found[2] ?? ''))]
}

/** The text without its fields, as if each had been filled once: what is judged when only the text matters. */
export function senzaCampi(source: string): string {
  return source.replaceAll(new RegExp(MARK.source, 'gu'), (_, sign: string) => (sign === '' ? 'x' : ''))
}
