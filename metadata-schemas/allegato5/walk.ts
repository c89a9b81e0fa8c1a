import { isFacoltativa, isRipetibile } from './grammar/types.ts'
import type { Cardinalita, Struttura, Voce, VoceScelta, VoceStruttura, VoceValore } from './grammar/types.ts'
import { ANNI_PERMANENTE, occurrences, PROFILO_XML, valueText, withDerived } from './write.ts'
import type { Modello, OpzioniScrittura, Valori } from './write.ts'

/** A place of the model seen from its XML: path without the root, table row, value (undefined when a mandatory leaf is absent). */
export interface Luogo {
  readonly percorso: string
  readonly voce: VoceValore | VoceStruttura
  readonly valore: unknown
}

function join(percorso: string, nome: string): string {
  return percorso === '' ? nome : `${percorso}/${nome}`
}

function* each(card: Cardinalita, qui: string, valori: readonly unknown[]): Generator<{ valore: unknown; percorso: string }> {
  for (const [indice, valore] of valori.entries()) yield { valore, percorso: isRipetibile(card) ? `${qui}[${indice + 1}]` : qui }
}

function* walkScelta(voce: VoceScelta, valori: Valori, percorso: string): Generator<Luogo> {
  const qui = voce.el === undefined ? percorso : join(percorso, voce.el)
  for (const uno of each(voce.card, qui, occurrences(valori[voce.campo]))) {
    const ramo = voce.rami[String((uno.valore as Valori)[voce.discriminante])]
    if (ramo) yield* walkVoci(ramo.struttura, uno.valore as Valori, join(uno.percorso, ramo.el))
  }
}

function* walkVoci(struttura: Struttura, valori: Valori, percorso: string): Generator<Luogo> {
  for (const voce of struttura) {
    if (voce.forma === 'fissa') continue
    if (voce.forma === 'scelta') yield* walkScelta(voce, valori, percorso)
    else if (voce.forma === 'involucro') yield* walkVoci(voce.struttura, valori, join(percorso, voce.el))
    else {
      const qui = join(percorso, voce.el)
      const presenti = occurrences(valori[voce.campo])
      if (presenti.length === 0 && !isFacoltativa(voce.card)) yield { percorso: qui, voce, valore: undefined }
      for (const uno of each(voce.card, qui, presenti)) {
        yield { percorso: uno.percorso, voce, valore: uno.valore }
        if (voce.forma === 'struttura') yield* walkVoci(voce.struttura, uno.valore as Valori, uno.percorso)
      }
    }
  }
}

/** Every leaf and structure of the model in schema order, with the path it has in the XML. */
export function walk(modello: Modello): Generator<Luogo> {
  return walkVoci(PROFILO_XML[modello.profilo].struttura, modello as unknown as Valori, '')
}

function leaf(voce: VoceValore, valore: unknown, opzioni: OpzioniScrittura): unknown {
  const testo = valueText(voce, valore, opzioni)
  if (testo === undefined) return isFacoltativa(voce.card) || isRipetibile(voce.card) ? undefined : ''
  if (voce.tipo === 'anni')
    return Number(testo) === (opzioni.permanente === undefined ? ANNI_PERMANENTE : opzioni.permanente) ? 'permanente' : valore
  // Numbers, booleans and literals keep their model form; of texts, what counts is the written form.
  return voce.tipo === 'letterale' || voce.tipo === 'booleano' || voce.tipo === 'intero' ? valore : testo
}

function canonicalCampo(voce: Exclude<Voce, { forma: 'fissa' | 'involucro' }>, valori: Valori, opzioni: OpzioniScrittura): unknown {
  const forme = occurrences(valori[voce.campo]).map((uno) => {
    if (voce.forma === 'valore') return leaf(voce, uno, opzioni)
    if (voce.forma === 'struttura') return canonicalVoci(voce.struttura, uno as Valori, opzioni)
    const nome = String((uno as Valori)[voce.discriminante])
    return { [voce.discriminante]: nome, ...canonicalVoci(voce.rami[nome]?.struttura ?? [], uno as Valori, opzioni) }
  })
  const presenti = forme.filter((uno) => uno !== undefined)
  if (isRipetibile(voce.card)) return presenti
  const [primo] = presenti
  const vuota = voce.card === '0..1' && voce.forma === 'struttura' && primo !== undefined && Object.keys(primo as object).length === 0
  return vuota ? undefined : primo
}

function canonicalVoci(struttura: Struttura, valori: Valori, opzioni: OpzioniScrittura): Record<string, unknown> {
  const forma: Record<string, unknown> = {}
  for (const voce of struttura) {
    if (voce.forma === 'fissa') continue
    if (voce.forma === 'involucro') Object.assign(forma, canonicalVoci(voce.struttura, valori, opzioni))
    else {
      const valore = canonicalCampo(voce, valori, opzioni)
      if (valore !== undefined) forma[voce.campo] = valore
    }
  }
  return forma
}

/**
 * The one form in which two models that produce the same XML are deeply equal: cleaned texts, absent instead of null or blank, lists always there,
 * derived counts filled in.
 */
export function canonical<M extends Modello>(modello: M, opzioni: OpzioniScrittura = {}): M {
  const { struttura } = PROFILO_XML[modello.profilo]
  return { profilo: modello.profilo, ...canonicalVoci(struttura, withDerived(modello) as unknown as Valori, opzioni) } as unknown as M
}
