import type { Blocco } from '../../ports/stampa.ts'
import { fitModulo, PUNTO_STAMPANTE, readCode128, readQr } from './codici.ts'
import { addPagina, artifact, drawRect, drawRule, ensure, GRIGIO, INTERLINEA, mark, MILLIMETRO } from './foglio.ts'
import type { Foglio } from './foglio.ts'
import { breakLines, drawLines, writeLines } from './righe.ts'
import { createElemento } from './struttura.ts'
import { writeTabella } from './tabella.ts'

const CORPO = 10
const CORPO_TITOLO = [16, 13, 11] as const
const QR_MM = 28
const BARRE_MM = 12

/** Writes one piece from the current height downwards. */
export async function writeBlocco(f: Foglio, blocco: Blocco): Promise<void> {
  if (blocco.tipo === 'titolo') writeTitolo(f, blocco.testo, blocco.livello ?? 2)
  else if (blocco.tipo === 'testo') writeTesto(f, blocco)
  else if (blocco.tipo === 'dati') writeDati(f, blocco.voci)
  else if (blocco.tipo === 'tabella') await writeTabella(f, blocco)
  else if (blocco.tipo === 'codici') writeCodici(f, blocco)
  else if (blocco.tipo === 'linea') writeLinea(f)
  else if (blocco.tipo === 'spazio') {
    ensure(f, blocco.millimetri * MILLIMETRO)
    f.y -= blocco.millimetri * MILLIMETRO
  } else addPagina(f)
}

/** A heading; its level in the structure never jumps over one. It stays with at least two lines of what follows. */
export function writeTitolo(f: Foglio, testo: string, livello: 1 | 2 | 3): void {
  const corpo = CORPO_TITOLO[livello - 1] ?? CORPO
  const lines = breakLines(f, testo, width(f), corpo, 'nero')
  if (f.livello > 0) f.y -= 5
  ensure(f, (lines.length * corpo + 2 * CORPO) * INTERLINEA)
  f.livello = Math.min(livello, f.livello + 1)
  writeLines(f, createElemento(`H${f.livello}`, f.corpo), lines, { x: f.margine, larghezza: width(f), corpo, peso: 'nero' })
  f.y -= 3
}

/** The lines that say who issues the document. */
export function writeIntestazione(f: Foglio, righe: readonly string[]): void {
  righe.forEach((riga, i) => {
    const peso = i === 0 ? 'nero' : 'tondo'
    const corpo = i === 0 ? 13 : CORPO
    writeLines(f, createElemento('P', f.corpo), breakLines(f, riga, width(f), corpo, peso), {
      x: f.margine,
      larghezza: width(f),
      corpo,
      peso,
    })
  })
  f.y -= 4
  writeLinea(f)
}

function writeTesto(f: Foglio, blocco: Extract<Blocco, { tipo: 'testo' }>): void {
  const corpo = blocco.piccolo === true ? 8 : CORPO
  const peso = blocco.forte === true ? 'nero' : 'tondo'
  const lines = breakLines(f, blocco.testo, width(f), corpo, peso)
  const allinea = blocco.allinea ?? 'sinistra'
  writeLines(f, createElemento('P', f.corpo), lines, { x: f.margine, larghezza: width(f), corpo, peso, allinea })
  f.y -= 3
}

/** Names on the left, values on the right: in the structure a table whose rows have a header. */
function writeDati(f: Foglio, voci: readonly (readonly [string, string])[]): void {
  if (voci.length === 0) return
  const table = createElemento('Table', f.corpo)
  const left = Math.min(width(f) * 0.32, Math.max(...voci.map(([nome]) => f.caratteri.tondo.width(f.clean(nome), CORPO))) + 14)
  const nome = { x: f.margine, larghezza: left - 10, corpo: CORPO, colore: GRIGIO }
  const valore = { x: f.margine + left, larghezza: width(f) - left, corpo: CORPO }
  for (const [name, value] of voci) {
    const row = createElemento('TR', table)
    const names = breakLines(f, name, nome.larghezza, CORPO)
    const values = breakLines(f, value, valore.larghezza, CORPO)
    ensure(f, Math.max(names.length, Math.min(values.length, 4)) * CORPO * INTERLINEA)
    const lowest = f.y - names.length * CORPO * INTERLINEA
    const page = f.pagine.length
    const top = f.y
    mark(f, createElemento('TH', row, { ambito: 'Row' }), () => drawLines(f, names, top, nome))
    writeLines(f, createElemento('TD', row), values, valore)
    if (f.pagine.length === page) f.y = Math.min(f.y, lowest)
    f.y -= 1.5
  }
  f.y -= 4
}

function writeLinea(f: Foglio): void {
  ensure(f, 6)
  artifact(f, '/Type /Layout', () => drawRule(f, f.margine, f.y - 2, width(f), 0.8))
  f.y -= 8
}

/** QR on the left, Code 128 beside it; each a figure with its text. */
function writeCodici(f: Foglio, blocco: Extract<Blocco, { tipo: 'codici' }>): void {
  const side = blocco.qr === undefined ? 0 : (blocco.lato ?? QR_MM) * MILLIMETRO
  const height = Math.max(side, blocco.code128 === undefined ? 0 : BARRE_MM * MILLIMETRO)
  if (height === 0) return
  ensure(f, height)
  const top = f.y
  if (blocco.qr !== undefined) writeQr(f, blocco.qr, f.margine, top - side, side)
  if (blocco.code128 !== undefined) {
    const x = f.margine + side + 6 * MILLIMETRO
    writeCode128(f, blocco.code128, x, top - BARRE_MM * MILLIMETRO, f.larghezza - f.margine - x, BARRE_MM * MILLIMETRO)
  }
  f.y = top - height - 6
}

/** A QR with its quiet zone in a square of `lato` points; modules are whole printer dots when at least two fit. */
export function writeQr(f: Foglio, testo: string, x: number, y: number, lato: number): void {
  const qr = readQr(testo)
  const dots = Math.floor(lato / (qr.lato + 8) / PUNTO_STAMPANTE)
  const module = dots >= 2 ? dots * PUNTO_STAMPANTE : lato / (qr.lato + 8)
  const left = snap(x + (lato - qr.lato * module) / 2)
  const top = y + lato - (lato - qr.lato * module) / 2
  const figure = createElemento('Figure', f.corpo, { alternativo: `Codice QR: ${testo}`, riquadro: [x, y, x + lato, y + lato] })
  mark(f, figure, () => {
    for (let row = 0; row < qr.lato; row++) {
      for (let column = 0; column < qr.lato; column++) {
        if (!qr.scuro(row, column)) continue
        // Neighbours in one rectangle: no hair of white between them.
        const from = column
        while (column + 1 < qr.lato && qr.scuro(row, column + 1)) column++
        drawRect(f, left + from * module, top - (row + 1) * module, (column + 1 - from) * module, module)
      }
    }
  })
}

/** A Code 128 centred in its room, with quiet zones of ten modules. */
export function writeCode128(f: Foglio, testo: string, x: number, y: number, larghezza: number, altezza: number): void {
  const widths = readCode128(testo)
  const modules = widths.reduce((sum, w) => sum + w, 0)
  const module = Math.min(fitModulo(modules + 20, larghezza), 4 * PUNTO_STAMPANTE)
  let at = snap(x + (larghezza - modules * module) / 2)
  const figure = createElemento('Figure', f.corpo, {
    alternativo: `Codice a barre Code 128: ${testo}`,
    riquadro: [at, y, at + modules * module, y + altezza],
  })
  mark(f, figure, () =>
    widths.forEach((w, i) => {
      if (i % 2 === 0) drawRect(f, at, y, w * module, altezza)
      at += w * module
    }),
  )
}

function snap(x: number): number {
  return Math.round(x / PUNTO_STAMPANTE) * PUNTO_STAMPANTE
}

function width(f: Foglio): number {
  return f.larghezza - 2 * f.margine
}
