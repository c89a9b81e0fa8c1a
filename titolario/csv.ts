/** A row of a CSV text with the number of the line it starts on. */
export interface RigaCsv {
  readonly riga: number
  readonly campi: readonly string[]
}

/**
 * Splits a CSV text (RFC 4180 quoting, any one-character separator, LF or CRLF, with or without byte order mark). Blank lines are left out.
 * Throws `SyntaxError` with the line when a quoted field is never closed, or is followed by text: guessing there would move columns.
 */
export function splitCsv(text: string, separator = ';'): RigaCsv[] {
  const rows: RigaCsv[] = []
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  let position = 0
  let line = 1
  while (position < source.length) {
    const start = line
    const campi: string[] = []
    for (;;) {
      const field = readField(source, position, separator, line)
      campi.push(field.value)
      position = field.next
      line += field.lines
      if (source[position] !== separator) break
      position += 1
    }
    if (source[position] === '\r') position += 1
    if (source[position] === '\n') position += 1
    line += 1
    if (campi.some((campo) => campo.trim() !== '')) rows.push({ riga: start, campi })
  }
  return rows
}

function readField(source: string, from: number, separator: string, line: number): { value: string; next: number; lines: number } {
  if (source[from] !== '"') {
    let next = from
    while (next < source.length && source[next] !== separator && source[next] !== '\n' && source[next] !== '\r') next += 1
    return { value: source.slice(from, next), next, lines: 0 }
  }
  let value = ''
  let next = from + 1
  for (;;) {
    const close = source.indexOf('"', next)
    if (close === -1) throw new SyntaxError(`riga ${line}: le virgolette aperte non sono chiuse`)
    value += source.slice(next, close)
    next = close + 1
    if (source[next] !== '"') break
    value += '"'
    next += 1
  }
  const after = source[next]
  if (after !== undefined && after !== separator && after !== '\n' && after !== '\r') {
    throw new SyntaxError(`riga ${line}: dopo le virgolette c’è altro testo`)
  }
  return { value, next, lines: value.split('\n').length - 1 }
}

/** Writes rows with the same quoting, LF at the end of each. */
export function joinCsv(rows: readonly (readonly string[])[], separator = ';'): string {
  const quote = (campo: string): string => (campo.includes(separator) || /["\r\n]/.test(campo) ? `"${campo.replaceAll('"', '""')}"` : campo)
  return rows.map((campi) => `${campi.map(quote).join(separator)}\n`).join('')
}
