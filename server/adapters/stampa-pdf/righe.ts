import type { Peso } from './caratteri.ts'
import { drawText, ensure, INTERLINEA, mark } from './foglio.ts'
import type { Foglio } from './foglio.ts'
import type { Elemento } from './struttura.ts'

/** The lines of a text in a width: broken at spaces, at the author's line ends, and inside a word only when the word alone is wider. Clean text comes out. */
export function breakLines(f: Foglio, testo: string, larghezza: number, corpo: number, peso: Peso = 'tondo'): string[] {
  const carattere = f.caratteri[peso]
  const space = carattere.width(' ', corpo)
  const lines: string[] = []
  for (const paragraph of testo.split(/\r?\n/u)) {
    let line = ''
    let wide = 0
    for (const word of f
      .clean(paragraph)
      .split(' ')
      .filter((w) => w !== '')) {
      const width = carattere.width(word, corpo)
      if (line !== '' && wide + space + width <= larghezza) {
        line += ` ${word}`
        wide += space + width
        continue
      }
      if (line !== '') lines.push(line)
      const pieces = width <= larghezza ? [word] : breakWord(f, word, larghezza, corpo, peso)
      lines.push(...pieces.slice(0, -1))
      line = pieces.at(-1) ?? ''
      wide = carattere.width(line, corpo)
    }
    lines.push(line)
  }
  return lines
}

function breakWord(f: Foglio, word: string, larghezza: number, corpo: number, peso: Peso): string[] {
  const pieces: string[] = []
  let piece = ''
  let wide = 0
  for (const char of word) {
    const width = f.caratteri[peso].width(char, corpo)
    if (piece !== '' && wide + width > larghezza) {
      pieces.push(piece)
      piece = ''
      wide = 0
    }
    piece += char
    wide += width
  }
  return [...pieces, piece]
}

/** Where and how a group of lines is written. */
export interface Scrittura {
  readonly x: number
  readonly larghezza: number
  readonly corpo: number
  readonly peso?: Peso
  readonly colore?: string
  readonly allinea?: 'sinistra' | 'centro' | 'destra'
}

/** Writes lines downwards from the current height as one node, going on in the next page when this one is full. */
export function writeLines(f: Foglio, elemento: Elemento, lines: readonly string[], o: Scrittura): void {
  const step = o.corpo * INTERLINEA
  let rest = lines
  while (rest.length > 0) {
    ensure(f, step)
    const room = Math.max(1, Math.floor((f.y - f.fondo + 0.01) / step))
    const now = rest.slice(0, room)
    mark(f, elemento, () => drawLines(f, now, f.y, o))
    f.y -= now.length * step
    rest = rest.slice(room)
  }
}

/** Draws lines from the height `top` downwards. Marks nothing. */
export function drawLines(f: Foglio, lines: readonly string[], top: number, o: Scrittura): void {
  const carattere = f.caratteri[o.peso ?? 'tondo']
  lines.forEach((line, i) => {
    const free = o.larghezza - carattere.width(line, o.corpo)
    const x = o.x + (o.allinea === 'centro' ? free / 2 : o.allinea === 'destra' ? free : 0)
    const y = top - o.corpo * (1 + i * INTERLINEA)
    drawText(f, line, {
      x,
      y,
      corpo: o.corpo,
      ...(o.peso === undefined ? {} : { peso: o.peso }),
      ...(o.colore === undefined ? {} : { colore: o.colore }),
    })
  })
}
