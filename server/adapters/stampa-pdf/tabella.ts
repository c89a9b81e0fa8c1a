import { setImmediate } from 'node:timers/promises'
import type { Blocco } from '../../ports/stampa.ts'
import { addPagina, artifact, drawRect, drawRule, ensure, INTERLINEA, mark } from './foglio.ts'
import type { Foglio } from './foglio.ts'
import { breakLines, drawLines } from './righe.ts'
import { createElemento } from './struttura.ts'
import type { Elemento } from './struttura.ts'

const CORPO = 8.5
const STEP = CORPO * INTERLINEA
const PAD = 3

type Tabella = Extract<Blocco, { tipo: 'tabella' }>
interface Colonna {
  readonly x: number
  readonly larghezza: number
}

/** A table whose rows come one after the other. */
export interface TabellaAperta {
  /** The rows of its body, in the structure. */
  readonly corpo: Elemento
  add(riga: readonly string[], barrata: boolean): void
}

/** Begins a table: its header now, its rows as they come, whole on a page when they fit in one, the header again on each page. */
export function openTabella(f: Foglio, blocco: Pick<Tabella, 'colonne' | 'larghezze'>): TabellaAperta {
  const columns = placeColumns(f, blocco)
  const header = blocco.colonne.map((nome, i) => breakLines(f, nome, inner(columns[i]), CORPO, 'nero'))
  const table = createElemento('Table', f.corpo)
  const headerHeight = heightOf(header)
  // A header alone at the foot of a page helps nobody.
  ensure(f, headerHeight + STEP + 2 * PAD)
  const head = createElemento('TR', createElemento('THead', table))
  writeRow(f, columns, header, { riga: head, tipo: 'TH' })
  const body = createElemento('TBody', table)
  return {
    corpo: body,
    add: (riga, barrata) => {
      const tr = createElemento('TR', body)
      const cells = columns.map((column, i) => breakLines(f, riga[i] ?? '', inner(column), CORPO))
      const elements = cells.map(() => createElemento('TD', tr))
      const full = f.altezza - f.margine - f.fondo - headerHeight
      if (f.y - heightOf(cells) < f.fondo && (heightOf(cells) <= full || f.y - 3 * STEP < f.fondo)) restart(f, columns, header)
      writeSplit(f, columns, cells, elements, barrata, () => restart(f, columns, header))
    },
  }
}

/** A table with all its rows; struck ones with a line through their text. */
export async function writeTabella(f: Foglio, blocco: Tabella): Promise<void> {
  const tabella = openTabella(f, blocco)
  for (const [index, riga] of blocco.righe.entries()) {
    // A long register leaves the others their turn.
    if (index % 100 === 99) await setImmediate()
    tabella.add(riga, blocco.barrate?.has(index) ?? false)
  }
  f.y -= 6
}

/** A new page that begins with the header again, as decoration: it was read once. */
function restart(f: Foglio, columns: readonly Colonna[], header: readonly (readonly string[])[]): void {
  addPagina(f)
  writeRow(f, columns, header, { tipo: 'intestazione' })
}

/** A row taller than what is left goes on in the following pages. */
function writeSplit(
  f: Foglio,
  columns: readonly Colonna[],
  cells: readonly (readonly string[])[],
  elements: readonly Elemento[],
  struck: boolean,
  next: () => void,
): void {
  let rest = cells
  for (;;) {
    const room = Math.max(1, Math.floor((f.y - f.fondo - 2 * PAD + 0.01) / STEP))
    writeRow(
      f,
      columns,
      rest.map((lines) => lines.slice(0, room)),
      { celle: elements, tipo: 'TD', struck },
    )
    rest = rest.map((lines) => lines.slice(room))
    if (rest.every((lines) => lines.length === 0)) return
    next()
  }
}

type Riga =
  | { readonly tipo: 'TH'; readonly riga: Elemento }
  | { readonly tipo: 'TD'; readonly celle: readonly Elemento[]; readonly struck: boolean }
  | { readonly tipo: 'intestazione' }

function writeRow(f: Foglio, columns: readonly Colonna[], cells: readonly (readonly string[])[], riga: Riga): void {
  const top = f.y
  const height = heightOf(cells)
  const wide = f.larghezza - 2 * f.margine
  if (riga.tipo !== 'TD') artifact(f, '/Type /Layout', () => drawRect(f, f.margine, top - height, wide, height, '0.92 0.92 0.92'))
  cells.forEach((lines, i) => {
    const column = columns[i]
    if (column === undefined) return
    const peso = riga.tipo === 'TD' ? 'tondo' : 'nero'
    const draw = (): void => drawLines(f, lines, top - PAD + 1, { x: column.x + PAD, larghezza: inner(column), corpo: CORPO, peso })
    if (riga.tipo === 'intestazione') artifact(f, '/Type /Pagination /Subtype /Header', draw)
    else if (riga.tipo === 'TH') mark(f, createElemento('TH', riga.riga, { ambito: 'Column' }), draw)
    else {
      const cell = riga.celle[i]
      if (cell !== undefined && (lines.length > 0 || cell.figli.length === 0)) mark(f, cell, draw)
    }
  })
  if (riga.tipo === 'TD' && riga.struck) strike(f, columns, cells, top)
  f.y = top - height
  artifact(f, '/Type /Layout', () => drawRule(f, f.margine, f.y, wide, 0.4, '0.6 0.6 0.6'))
}

/** A line through each line of text of a row: what was written stays legible under it. The cell that says why (`ANNULLATO …`) is not struck. */
function strike(f: Foglio, columns: readonly Colonna[], cells: readonly (readonly string[])[], top: number): void {
  artifact(f, '/Type /Layout', () =>
    cells.forEach((lines, i) =>
      lines.forEach((line, n) => {
        const column = columns[i]
        if (column === undefined || line === '' || (lines[0] ?? '').startsWith('ANNULLATO')) return
        const y = top - PAD + 1 - CORPO * (1 + n * INTERLINEA) + CORPO * 0.24
        drawRule(f, column.x + PAD, y, f.caratteri.tondo.width(line, CORPO), 0.6)
      }),
    ),
  )
}

function placeColumns(f: Foglio, { colonne, larghezze }: Pick<Tabella, 'colonne' | 'larghezze'>): Colonna[] {
  const shares = colonne.map((_, i) => Math.max(0.01, larghezze?.[i] ?? 1))
  const total = shares.reduce((sum, share) => sum + share, 0)
  const wide = f.larghezza - 2 * f.margine
  let x = f.margine
  return shares.map((share) => {
    const column = { x, larghezza: (wide * share) / total }
    x += column.larghezza
    return column
  })
}

function inner(column: Colonna | undefined): number {
  return (column?.larghezza ?? 0) - 2 * PAD
}

function heightOf(cells: readonly (readonly string[])[]): number {
  return Math.max(1, ...cells.map((lines) => lines.length)) * STEP + 2 * PAD
}
