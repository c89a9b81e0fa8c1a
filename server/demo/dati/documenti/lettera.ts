import { rgb } from 'pdf-lib'
import { formatItalianDay } from '../../../kernel/time.ts'
import type { Corrispondente } from '../rubrica.ts'
import { ALTEZZA, createFoglio, LARGHEZZA, MARGINE, saveFoglio, writeLine, writeParagraph } from './pagina.ts'
import type { Foglio } from './pagina.ts'

/** What a letter to the municipality says. */
export interface Lettera {
  readonly mittente: Corrispondente
  readonly ente: string
  readonly ufficio: string
  readonly giorno: string
  readonly oggetto: string
  readonly corpo: readonly string[]
  readonly allegati: readonly string[]
  /** Their reference number, for administrations. */
  readonly protocollo?: string
}

/** The document of a letter, ready to be saved or signed. */
export async function composeLettera(l: Lettera): Promise<Foglio> {
  const f = await createFoglio(l.oggetto, l.mittente.nome, l.giorno)
  letterhead(f, l.mittente)
  const right = LARGHEZZA / 2 + 20
  for (const [i, line] of [`Al ${l.ente}`, l.ufficio].entries()) writeLine(f, line, { x: right, nero: i === 0 })
  f.y -= 16
  if (l.protocollo !== undefined) writeLine(f, `Rif. n. ${l.protocollo} del ${formatItalianDay(l.giorno)}`, { corpo: 10 })
  else writeLine(f, `Data ${formatItalianDay(l.giorno)}`, { corpo: 10 })
  f.y -= 14
  writeParagraph(f, `Oggetto: ${l.oggetto}`, { nero: true, dopo: 14 })
  for (const paragraph of l.corpo) writeParagraph(f, paragraph)
  if (l.allegati.length > 0) {
    writeLine(f, 'Si allegano:', { corpo: 10 })
    for (const name of l.allegati) writeLine(f, `- ${name}`, { x: MARGINE + 14, corpo: 10 })
  }
  f.y -= 26
  writeLine(f, l.mittente.soggetto.tipo === 'PF' ? l.mittente.nome : `Per ${l.mittente.nome}`, { x: right })
  footer(f)
  return f
}

/** A letter as the bytes of a PDF. */
export async function renderLettera(l: Lettera): Promise<Buffer> {
  return await saveFoglio(await composeLettera(l))
}

/** Emblem and name for organisations, name and address for people. */
function letterhead(f: Foglio, m: Corrispondente): void {
  const tint = colourOf(m.nome)
  if (m.sigla !== null) {
    f.pagina.drawCircle({ x: MARGINE + 20, y: ALTEZZA - 62, size: 20, color: tint })
    f.pagina.drawText(m.sigla, { x: MARGINE + 9, y: ALTEZZA - 68, size: 16, font: f.nero, color: rgb(1, 1, 1) })
  }
  const x = m.sigla === null ? MARGINE : MARGINE + 54
  f.y = ALTEZZA - 54
  writeLine(f, m.nome, { x, corpo: m.sigla === null ? 12 : 15, nero: true, colore: m.sigla === null ? rgb(0.1, 0.1, 0.12) : tint })
  for (const line of m.recapiti) writeLine(f, line, { x, corpo: 9 })
  f.pagina.drawLine({ start: { x: MARGINE, y: f.y }, end: { x: LARGHEZZA - MARGINE, y: f.y }, thickness: 0.8, color: tint })
  f.y -= 34
}

function footer(f: Foglio): void {
  f.pagina.drawText('Documento inventato per dimostrazione: nessuna persona o organizzazione è reale.', {
    x: MARGINE,
    y: 34,
    size: 7.5,
    font: f.tondo,
    color: rgb(0.45, 0.45, 0.5),
  })
}

/** A colour that belongs to a name. */
function colourOf(name: string): ReturnType<typeof rgb> {
  const hue = [...name].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 360, 7) / 60
  const channel = (shift: number): number => 0.18 + 0.42 * Math.max(0, Math.min(1, Math.abs(((hue + shift) % 6) - 3) - 1))
  return rgb(channel(0), channel(4), channel(2))
}
