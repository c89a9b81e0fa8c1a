import { normalizeCodiceFiscale } from '../codici/index.ts'
import { cleanLine, cleanNote, el, isBlank, writeXml } from '../xml/index.ts'
import type { NodoXml } from '../xml/index.ts'
import { TABELLA_AGG } from './grammar/agg.ts'
import { TABELLA_DAI } from './grammar/dai.ts'
import { TABELLA_DI } from './grammar/di.ts'
import { isFacoltativa } from './grammar/types.ts'
import type { Struttura, Voce, VoceScelta, VoceStruttura, VoceValore } from './grammar/types.ts'
import { normalizeAlgoritmo } from './literals.ts'
import type { ModelloAgg } from './models/agg.ts'
import type { ModelloDai } from './models/dai.ts'
import type { ModelloDi } from './models/di.ts'
import type { Profilo } from './schemas.ts'

export type Modello = ModelloDi | ModelloDai | ModelloAgg

/** What the preservation service wants: the number that stands for permanent retention, or null to leave the element out. */
export interface OpzioniScrittura {
  readonly permanente?: number | null
  /** Other texts for published literals, by the published one: a service may ask for them (E12), the standard never does. */
  readonly letterali?: Readonly<Record<string, string>>
}

/** Published encoding of permanent retention. */
export const ANNI_PERMANENTE = 9999

/** Root element and table of each profile. */
export const PROFILO_XML: Readonly<Record<Profilo, { readonly radice: string; readonly struttura: Struttura }>> = {
  DI: { radice: 'DocumentoInformatico', struttura: TABELLA_DI },
  DAI: { radice: 'DocumentoAmministrativoInformatico', struttura: TABELLA_DAI },
  AGG: { radice: 'AggregazioneDocumentaliInformatiche', struttura: TABELLA_AGG },
}

export type Valori = Readonly<Record<string, unknown>>
const ZONE = /(?:Z|[+-]\d\d:\d\d)$/

function cleanValue(voce: VoceValore, valore: unknown): string {
  const testo = String(valore)
  switch (voce.tipo) {
    case 'letterale':
      return voce.letterali?.[testo] ?? testo
    case 'nota':
      return cleanNote(testo)
    case 'codiceFiscale':
      return normalizeCodiceFiscale(cleanLine(testo))
    case 'data':
    case 'ora':
      return cleanLine(testo).replace(ZONE, '')
    case 'base64':
      return testo.replace(/\s+/gu, '')
    case 'algoritmo':
      return normalizeAlgoritmo(testo) ?? cleanLine(testo)
    default:
      return cleanLine(testo)
  }
}

/** Text of a value as it goes in the XML; undefined when there is nothing to write. */
export function valueText(voce: VoceValore, valore: unknown, opzioni: OpzioniScrittura): string | undefined {
  if (valore === null || valore === undefined) return undefined
  if (voce.tipo === 'anni' && valore === 'permanente') {
    const numero = opzioni.permanente === undefined ? ANNI_PERMANENTE : opzioni.permanente
    return numero === null ? undefined : String(numero)
  }
  const testo = cleanValue(voce, valore)
  if (isBlank(testo)) return undefined
  return voce.tipo === 'letterale' ? (opzioni.letterali?.[testo] ?? testo) : testo
}

/** The occurrences of a field: an array as it is, a single value as a list of one, absence as an empty list. */
export function occurrences(valore: unknown): readonly unknown[] {
  if (Array.isArray(valore)) return valore.filter((uno) => uno !== null && uno !== undefined)
  return valore === null || valore === undefined ? [] : [valore]
}

function writeValore(voce: VoceValore, valori: Valori, opzioni: OpzioniScrittura): NodoXml[] {
  const testi = occurrences(valori[voce.campo]).map((uno) => valueText(voce, uno, opzioni))
  const presenti = testi.filter((testo) => testo !== undefined)
  // A mandatory value that is missing is written empty: schema and rules then name it, instead of an element out of place further on.
  if (presenti.length === 0 && !isFacoltativa(voce.card)) return [el(voce.el)]
  return presenti.map((testo) => el(voce.el, testo))
}

function writeStruttura(voce: VoceStruttura, valori: Valori, opzioni: OpzioniScrittura): NodoXml[] {
  return occurrences(valori[voce.campo])
    .map((uno) => el(voce.el, writeVoci(voce.struttura, uno as Valori, opzioni)))
    .filter((nodo) => !isFacoltativa(voce.card) || nodo.contenuto.length > 0)
}

function writeScelta(voce: VoceScelta, valori: Valori, opzioni: OpzioniScrittura): NodoXml[] {
  return occurrences(valori[voce.campo]).map((uno) => {
    const nome = String((uno as Valori)[voce.discriminante])
    const ramo = voce.rami[nome]
    if (ramo === undefined)
      throw new TypeError(`${voce.campo}: ${voce.discriminante} «${nome}» is none of ${Object.keys(voce.rami).join(', ')}`)
    const nodo = el(ramo.el, writeVoci(ramo.struttura, uno as Valori, opzioni))
    return voce.el === undefined ? nodo : el(voce.el, [nodo])
  })
}

function writeVoce(voce: Voce, valori: Valori, opzioni: OpzioniScrittura): NodoXml[] {
  switch (voce.forma) {
    case 'valore':
      return writeValore(voce, valori, opzioni)
    case 'fissa':
      return [el(voce.el, opzioni.letterali?.[voce.testo] ?? voce.testo)]
    case 'involucro':
      return [el(voce.el, writeVoci(voce.struttura, valori, opzioni))]
    case 'struttura':
      return writeStruttura(voce, valori, opzioni)
    case 'scelta':
      return writeScelta(voce, valori, opzioni)
  }
}

function writeVoci(struttura: Struttura, valori: Valori, opzioni: OpzioniScrittura): NodoXml[] {
  return struttura.flatMap((voce) => writeVoce(voce, valori, opzioni))
}

/** The model with what is derived filled in: the number of attachments comes from the list unless given. */
export function withDerived<M extends Modello>(modello: M): M {
  if (modello.profilo === 'AGG') return modello
  return { ...modello, allegati: { ...modello.allegati, numero: modello.allegati.numero ?? modello.allegati.indice.length } }
}

/** XML of any profile; see writeDi, writeDai, writeAgg. */
export function writeModello(modello: Modello, opzioni: OpzioniScrittura = {}): string {
  const { radice, struttura } = PROFILO_XML[modello.profilo]
  return writeXml(el(radice, writeVoci(struttura, withDerived(modello) as unknown as Valori, opzioni)))
}

/**
 * XML of a documento informatico (Allegato 5, 2021). Deterministic; values are cleaned, blank optional ones left out. No rule or schema is applied
 * here: use `emitDi` for what leaves the system. Throws TypeError on a branch that does not exist.
 */
export function writeDi(modello: ModelloDi, opzioni: OpzioniScrittura = {}): string {
  return writeModello(modello, opzioni)
}

/** As writeDi, for a documento amministrativo informatico. */
export function writeDai(modello: ModelloDai, opzioni: OpzioniScrittura = {}): string {
  return writeModello(modello, opzioni)
}

/** As writeDi, for an aggregazione documentale informatica. */
export function writeAgg(modello: ModelloAgg, opzioni: OpzioniScrittura = {}): string {
  return writeModello(modello, opzioni)
}
