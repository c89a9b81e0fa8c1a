/**
 * The little language of the tables that say, once for each profile, how a model and its XML correspond: order of the elements, cardinality, kind of
 * value, branch of each choice. Writing, reading, walking and comparing all follow the same table.
 */

/** How a value is cleaned on output and interpreted on input. */
export type TipoValore =
  | 'riga'
  | 'nota'
  | 'letterale'
  | 'codiceFiscale'
  | 'data'
  | 'ora'
  | 'booleano'
  | 'intero'
  | 'anni'
  | 'algoritmo'
  | 'base64'
export type Cardinalita = '1' | '0..1' | '0..n' | '1..n'

/** A leaf element that holds one field of the model. `letterali` maps model value to XML text. */
export interface VoceValore {
  readonly forma: 'valore'
  readonly el: string
  readonly campo: string
  readonly tipo: TipoValore
  readonly card: Cardinalita
  readonly letterali?: Readonly<Record<string, string>>
}
/** An element whose children are the fields of a nested object. */
export interface VoceStruttura {
  readonly forma: 'struttura'
  readonly el: string
  readonly campo: string
  readonly card: Cardinalita
  readonly struttura: Struttura
}
/** An element of the XML that has no counterpart in the model: its children are fields of the same object. Always written, even empty. */
export interface VoceInvolucro {
  readonly forma: 'involucro'
  readonly el: string
  readonly struttura: Struttura
}
/** A leaf with a fixed text, derived from where it stands. */
export interface VoceFissa {
  readonly forma: 'fissa'
  readonly el: string
  readonly testo: string
}
/** A field whose value says, in its discriminator, which element follows; `el` is the wrapper of each occurrence, when there is one. */
export interface VoceScelta {
  readonly forma: 'scelta'
  readonly el: string | undefined
  readonly campo: string
  readonly card: Cardinalita
  readonly discriminante: string
  readonly rami: Readonly<Record<string, Ramo>>
}
/** One branch of a choice: the element and what is in it. `alias` are other spellings accepted on reading. */
export interface Ramo {
  readonly el: string
  readonly struttura: Struttura
  readonly alias?: readonly string[]
}
export type Voce = VoceValore | VoceStruttura | VoceInvolucro | VoceFissa | VoceScelta
export type Struttura = readonly Voce[]

/** Names of the fields of a model type, all its branches included. */
type Campo<T> = T extends unknown ? keyof T & string : never

/** Row makers for the table of the model type T: a field that T does not have does not compile. */
export interface Righe<T> {
  valore(el: string, campo: Campo<T>, tipo: TipoValore, card?: Cardinalita): Voce
  letterale(el: string, campo: Campo<T>, letterali: Readonly<Record<string, string>> | readonly string[], card?: Cardinalita): Voce
  struttura(el: string, campo: Campo<T>, struttura: Struttura, card?: Cardinalita): Voce
  scelta(el: string | undefined, campo: Campo<T>, discriminante: string, rami: Readonly<Record<string, Ramo>>, card?: Cardinalita): Voce
  involucro(el: string, struttura: Struttura): Voce
  fissa(el: string, testo: string): Voce
}

const righe: Righe<Record<string, unknown>> = {
  valore: (el, campo, tipo, card = '1') => ({ forma: 'valore', el, campo, tipo, card }),
  letterale: (el, campo, letterali, card = '1') => ({
    forma: 'valore',
    el,
    campo,
    tipo: 'letterale',
    card,
    letterali: Array.isArray(letterali)
      ? Object.fromEntries((letterali as readonly string[]).map((testo) => [testo, testo]))
      : (letterali as Readonly<Record<string, string>>),
  }),
  struttura: (el, campo, struttura, card = '1') => ({ forma: 'struttura', el, campo, struttura, card }),
  scelta: (el, campo, discriminante, rami, card = '1') => ({ forma: 'scelta', el, campo, discriminante, rami, card }),
  involucro: (el, struttura) => ({ forma: 'involucro', el, struttura }),
  fissa: (el, testo) => ({ forma: 'fissa', el, testo }),
}

/** The table of model type T, rows in schema order. */
export function tabella<T>(make: (riga: Righe<T>) => Struttura): Struttura {
  return make(righe as unknown as Righe<T>)
}

/** True for cardinalities that admit absence. */
export function isFacoltativa(card: Cardinalita): boolean {
  return card === '0..1' || card === '0..n'
}

/** True for repeatable rows: their field is an array. */
export function isRipetibile(card: Cardinalita): boolean {
  return card === '0..n' || card === '1..n'
}
