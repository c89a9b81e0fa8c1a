import { rgb } from 'pdf-lib'
import { formatItalianDay } from '../../../kernel/time.ts'
import type { Caso } from '../caso.ts'
import { ALTEZZA, createFoglio, LARGHEZZA, MARGINE, saveFoglio, writeLine, writeParagraph } from './pagina.ts'

const FRASI = [
  'Il sopralluogo ha interessato i locali al piano terra e al primo piano, con accesso dal cortile interno.',
  'Le superfici sono state misurate con strumento laser e riportate negli elaborati grafici.',
  'Gli impianti risultano dotati delle dichiarazioni di conformità prescritte.',
  'Le aree esterne mantengono la pavimentazione esistente e la pendenza verso la caditoia.',
  'Non sono previste modifiche alla sagoma dell’edificio né ai prospetti verso la strada.',
  'I materiali di risulta saranno conferiti a impianto autorizzato, con formulario.',
  'Il cronoprogramma prevede sei settimane di lavoro, con interruzione nel mese di agosto.',
  'La viabilità pedonale resta garantita per tutta la durata delle lavorazioni.',
  'La spesa prevista è coperta per intero da mezzi propri.',
  'I dati raccolti confermano quanto già comunicato con la precedente nota.',
] as const

/** A technical report of two pages. */
export async function renderRelazione(caso: Caso, titolo: string, autore: string, giorno: string): Promise<Buffer> {
  const f = await createFoglio(titolo, autore, giorno)
  writeParagraph(f, titolo, { corpo: 16, nero: true, dopo: 6 })
  writeLine(f, `${autore}, ${formatItalianDay(giorno)}`, { corpo: 10, passo: 30 })
  for (const [i, section] of ['Premessa', 'Stato dei luoghi', 'Descrizione dell’intervento', 'Misure adottate', 'Conclusioni'].entries()) {
    writeLine(f, `${i + 1}. ${section}`, { corpo: 12, nero: true, passo: 20 })
    // One sentence after another from a place of chance: no paragraph says the same thing twice.
    const start = caso.intero(0, FRASI.length - 1)
    for (let p = 0; p < 2; p++) writeParagraph(f, [0, 1, 2].map((s) => FRASI[(start + p * 3 + s) % FRASI.length]).join(' '))
  }
  return await saveFoglio(f)
}

/** A plan of a few rooms, drawn with lines and measures. */
export async function renderPlanimetria(caso: Caso, titolo: string, autore: string, giorno: string): Promise<Buffer> {
  const f = await createFoglio(titolo, autore, giorno)
  writeLine(f, titolo, { corpo: 14, nero: true })
  writeLine(f, `Scala 1:100 - ${autore} - ${formatItalianDay(giorno)}`, { corpo: 9 })
  const [left, bottom, width, height] = [MARGINE, 160, LARGHEZZA - 2 * MARGINE, 480]
  const dark = rgb(0.15, 0.15, 0.2)
  f.pagina.drawRectangle({ x: left, y: bottom, width, height, borderColor: dark, borderWidth: 3 })
  const x = left + (width * caso.intero(35, 65)) / 100
  const y = bottom + (height * caso.intero(35, 65)) / 100
  f.pagina.drawLine({ start: { x, y: bottom }, end: { x, y: bottom + height }, thickness: 2, color: dark })
  f.pagina.drawLine({ start: { x: left, y }, end: { x, y }, thickness: 2, color: dark })
  const rooms = [
    ['Soggiorno', left + 20, bottom + 40],
    ['Cucina', left + 20, bottom + height - 50],
    ['Camera', x + 20, bottom + height / 2],
  ] as const
  for (const [name, rx, ry] of rooms) {
    f.pagina.drawText(name, { x: rx, y: ry, size: 12, font: f.tondo, color: dark })
    f.pagina.drawText(`mq ${caso.intero(9, 34)},${caso.cifre(2)}`, { x: rx, y: ry - 16, size: 9, font: f.tondo, color: dark })
  }
  f.pagina.drawText('N', { x: LARGHEZZA - MARGINE - 12, y: ALTEZZA - 110, size: 16, font: f.nero, color: dark })
  return await saveFoglio(f)
}

/** A receipt of payment. */
export async function renderRicevuta(caso: Caso, causale: string, pagatore: string, giorno: string): Promise<Buffer> {
  const f = await createFoglio('Ricevuta di pagamento', pagatore, giorno)
  writeLine(f, 'Ricevuta di pagamento', { corpo: 18, nero: true, passo: 40 })
  const rows = [
    ['Pagatore', pagatore],
    ['Causale', causale.slice(0, 70)],
    ['Importo', `euro ${caso.intero(16, 480)},${caso.scegli(['00', '50', '20'])}`],
    ['Codice avviso', `3${caso.cifre(17)}`],
    ['Data', formatItalianDay(giorno)],
    ['Esito', 'Eseguito'],
  ] as const
  for (const [name, value] of rows) {
    writeLine(f, name, { nero: true, passo: 0 })
    writeLine(f, value, { x: MARGINE + 120, passo: 24 })
  }
  return await saveFoglio(f)
}
