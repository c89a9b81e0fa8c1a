import type { Blocco, Stampa } from '../../ports/stampa.ts'
import { readQr, PUNTO_STAMPANTE } from './codici.ts'
import { writeCode128, writeQr } from './blocchi.ts'
import { addPagina, MILLIMETRO, mark } from './foglio.ts'
import type { Foglio } from './foglio.ts'
import { breakLines, drawLines } from './righe.ts'
import { createElemento } from './struttura.ts'

const BARRE = 6.5 * MILLIMETRO
const CORPO_MASSIMO = 11
const CORPO_MINIMO = 4

/** A label a page: text on the left, as large as it fits; QR on the right; Code 128 along the bottom. `pagina` blocks part the labels of a series. */
export function writeEtichette(f: Foglio, stampa: Stampa): void {
  let label: Blocco[] = []
  const labels: Blocco[][] = [label]
  for (const blocco of stampa.blocchi) {
    if (blocco.tipo === 'pagina') labels.push((label = []))
    else label.push(blocco)
  }
  labels.forEach((blocchi, i) => {
    if (i > 0) addPagina(f)
    writeEtichetta(f, [...stampa.intestazione.map((testo): Blocco => ({ tipo: 'testo', testo })), ...blocchi])
  })
}

function writeEtichetta(f: Foglio, blocchi: readonly Blocco[]): void {
  const codici = blocchi.find((b) => b.tipo === 'codici')
  const bottom = f.margine + (codici?.code128 === undefined ? 0 : BARRE + 0.8 * MILLIMETRO)
  const side = codici?.qr === undefined ? 0 : qrSide(codici.qr, f.altezza - f.margine - bottom)
  const testi = blocchi.flatMap((b) =>
    b.tipo === 'testo' || b.tipo === 'titolo' ? [{ testo: b.testo, forte: b.tipo === 'titolo' || b.forte === true }] : [],
  )
  writeTesti(f, testi, f.larghezza - 2 * f.margine - side, f.altezza - f.margine - bottom)
  if (codici?.qr !== undefined) writeQr(f, codici.qr, f.larghezza - f.margine - side + 1, f.altezza - f.margine / 2 - side, side)
  if (codici?.code128 !== undefined) writeCode128(f, codici.code128, 0, f.margine, f.larghezza, BARRE)
}

/** The side of a QR with its quiet zone: modules of three printer dots when they fit, otherwise of two. */
function qrSide(testo: string, room: number): number {
  const modules = readQr(testo).lato + 8
  return (modules * 3 * PUNTO_STAMPANTE <= room ? 3 : 2) * modules * PUNTO_STAMPANTE
}

/** The largest size at which all the lines fit; a strong line is a third larger. */
function writeTesti(f: Foglio, testi: readonly { testo: string; forte: boolean }[], larghezza: number, altezza: number): void {
  const layout = (corpo: number) =>
    testi.map(({ testo, forte }) => {
      const size = forte ? corpo * 1.35 : corpo
      const peso = forte ? ('nero' as const) : ('tondo' as const)
      return { corpo: size, peso, lines: breakLines(f, testo, larghezza, size, peso) }
    })
  const fits = (corpo: number): boolean =>
    layout(corpo).reduce((sum, { corpo: size, lines }) => sum + lines.length * size * 1.15, 0) <= altezza
  let corpo = CORPO_MASSIMO
  while (corpo > CORPO_MINIMO && !fits(corpo)) corpo -= 0.25
  let top = f.altezza - f.margine
  for (const part of layout(corpo)) {
    mark(f, createElemento('P', f.corpo), () =>
      part.lines.forEach((line, i) =>
        drawLines(f, [line], top - i * part.corpo * 1.15, { x: f.margine, larghezza, corpo: part.corpo, peso: part.peso }),
      ),
    )
    top -= part.lines.length * part.corpo * 1.15
  }
}
