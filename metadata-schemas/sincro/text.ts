/** Text for the index: nothing is lost in silence (REQ-CONS-048). */

// oxlint-disable-next-line no-control-regex
const VIETATI = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu

/** Half of a character: the text was cut or wrongly decoded, and only its author can say what it was. The package is blocked. */
export class TestoNonRappresentabile extends Error {
  override readonly name = 'TestoNonRappresentabile'
}

/** Collects what was replaced while an index is written, one Italian sentence each. */
export interface Avvisi {
  readonly testi: string[]
}

/**
 * The text with every control character that XML 1.0 forbids replaced by U+FFFD, and an avviso for the object named by `dove`. Throws
 * TestoNonRappresentabile for a lone surrogate. Everything else, line ends included, is kept as it is.
 */
export function indexText(testo: string, dove: string, avvisi: Avvisi): string {
  if (!testo.isWellFormed()) throw new TestoNonRappresentabile(`Il testo di ${dove} contiene mezzi caratteri: va corretto all’origine.`)
  const pulito = testo.replace(VIETATI, '\uFFFD')
  if (pulito !== testo) avvisi.testi.push(`Il testo di ${dove} conteneva caratteri di controllo, sostituiti con il segno �.`)
  return pulito
}

/** The path as the index carries it: each segment percent-encoded, slashes kept. */
export function encodePath(percorso: string): string {
  return percorso
    .split('/')
    .map((segmento) => encodeURIComponent(segmento).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`))
    .join('/')
}
