import { XmlLibError } from 'libxml2-wasm'
import { cleanLine, readXml, XmlRefused } from '../xml/index.ts'
import type { ElementoXml } from '../xml/index.ts'
import { isFacoltativa, isRipetibile } from './grammar/types.ts'
import type { Ramo, Struttura, Voce, VoceFissa, VoceScelta, VoceStruttura, VoceValore } from './grammar/types.ts'
import type { ModelloAgg } from './models/agg.ts'
import type { ModelloDai } from './models/dai.ts'
import type { ModelloDi } from './models/di.ts'
import { MetadatiIllegibili, readValue } from './read-values.ts'
import type { Lettura, Tolleranza } from './read-values.ts'
import type { Profilo } from './schemas.ts'
import { ANNI_PERMANENTE, PROFILO_XML } from './write.ts'
import type { Modello, OpzioniScrittura } from './write.ts'

/** A model read from outside, with what had to be tolerated to read it. */
export interface Letto<M> {
  readonly modello: M
  readonly tolleranze: readonly Tolleranza[]
}

type Valori = Record<string, unknown>

const EMPTY: ElementoXml = { nome: '', namespace: '', attributi: {}, figli: [], testo: '', riga: 0 }

function join(percorso: string, nome: string): string {
  return percorso === '' ? nome : `${percorso}/${nome}`
}

/** Value of a mandatory leaf that is not there: text reads as blank, so that the rules can name it; numbers and literals have no blank. */
function missing(voce: VoceValore, elemento: ElementoXml, percorso: string, lettura: Lettura): unknown {
  if (voce.tipo === 'letterale' || voce.tipo === 'intero') throw new MetadatiIllegibili('l’elemento manca.', percorso)
  lettura.tolleranze.push({ percorso, riga: elemento.riga, messaggio: 'l’elemento manca: è letto come vuoto.' })
  if (voce.tipo === 'booleano') return false
  return voce.tipo === 'algoritmo' ? 'SHA-256' : ''
}

function readValore(voce: VoceValore, trovati: readonly ElementoXml[], elemento: ElementoXml, qui: string, lettura: Lettura): unknown {
  if (isRipetibile(voce.card))
    return trovati.map((uno, indice) => readValue(voce, uno, `${qui}[${indice + 1}]`, lettura)).filter((uno) => uno !== '')
  const primo = trovati[0]
  if (primo === undefined) return isFacoltativa(voce.card) ? undefined : missing(voce, elemento, qui, lettura)
  if (isFacoltativa(voce.card) && cleanLine(primo.testo) === '') {
    lettura.tolleranze.push({ percorso: qui, riga: primo.riga, messaggio: 'l’elemento facoltativo è vuoto: è letto come assente.' })
    return undefined
  }
  return readValue(voce, primo, qui, lettura)
}

function readStruttura(
  voce: VoceStruttura,
  trovati: readonly ElementoXml[],
  elemento: ElementoXml,
  qui: string,
  lettura: Lettura,
): unknown {
  if (isRipetibile(voce.card)) return trovati.map((uno, indice) => readVoci(voce.struttura, uno, `${qui}[${indice + 1}]`, lettura))
  const primo = trovati[0]
  if (primo !== undefined) return readVoci(voce.struttura, primo, qui, lettura)
  return isFacoltativa(voce.card) ? undefined : readVoci(voce.struttura, { ...EMPTY, riga: elemento.riga }, qui, lettura)
}

function findRamo(
  voce: VoceScelta,
  dentro: ElementoXml,
  qui: string,
  lettura: Lettura,
): { nome: string; ramo: Ramo; elemento: ElementoXml } | undefined {
  for (const [nome, ramo] of Object.entries(voce.rami)) {
    const elemento = dentro.figli.find((figlio) => figlio.nome === ramo.el || ramo.alias?.includes(figlio.nome) === true)
    if (elemento === undefined) continue
    if (elemento.nome !== ramo.el) {
      lettura.tolleranze.push({ percorso: qui, riga: elemento.riga, messaggio: `l’elemento ${elemento.nome} è letto come ${ramo.el}.` })
    }
    return { nome, ramo, elemento }
  }
  return undefined
}

function readRamo(voce: VoceScelta, dentro: ElementoXml, qui: string, lettura: Lettura): Valori {
  const found = findRamo(voce, dentro, qui, lettura)
  if (found === undefined)
    throw new MetadatiIllegibili(
      `manca uno tra ${Object.values(voce.rami)
        .map((ramo) => ramo.el)
        .join(', ')}.`,
      qui,
    )
  return { [voce.discriminante]: found.nome, ...readVoci(found.ramo.struttura, found.elemento, join(qui, found.ramo.el), lettura) }
}

function readScelta(voce: VoceScelta, elemento: ElementoXml, percorso: string, lettura: Lettura): unknown {
  if (voce.el === undefined) return readRamo(voce, elemento, percorso, lettura)
  const qui = join(percorso, voce.el)
  const involucri = elemento.figli.filter((figlio) => figlio.nome === voce.el)
  if (isRipetibile(voce.card)) return involucri.map((uno, indice) => readRamo(voce, uno, `${qui}[${indice + 1}]`, lettura))
  return readRamo(voce, involucri[0] ?? { ...EMPTY, riga: elemento.riga }, qui, lettura)
}

function checkFissa(voce: VoceFissa, elemento: ElementoXml, qui: string, lettura: Lettura): void {
  const trovato = elemento.figli.find((figlio) => figlio.nome === voce.el)
  if (trovato?.testo === voce.testo) return
  const come = trovato === undefined ? 'manca' : trovato.testo.trim() === '' ? 'è vuoto' : `contiene «${cleanLine(trovato.testo)}»`
  lettura.tolleranze.push({
    percorso: qui,
    riga: (trovato ?? elemento).riga,
    messaggio: `l’elemento ${come}: è letto come «${voce.testo}».`,
  })
}

function knownNames(struttura: Struttura): Set<string> {
  const names = struttura.flatMap((voce) => {
    if (voce.forma !== 'scelta') return [voce.el]
    return voce.el === undefined ? Object.values(voce.rami).flatMap((ramo) => [ramo.el, ...(ramo.alias ?? [])]) : [voce.el]
  })
  return new Set(names)
}

function noteUnknown(struttura: Struttura, elemento: ElementoXml, percorso: string, lettura: Lettura): void {
  const known = knownNames(struttura)
  for (const figlio of elemento.figli) {
    if (known.has(figlio.nome)) continue
    lettura.tolleranze.push({
      percorso: join(percorso, figlio.nome),
      riga: figlio.riga,
      messaggio: 'l’elemento non è previsto: è ignorato.',
    })
  }
}

function readVoce(voce: Voce, elemento: ElementoXml, percorso: string, lettura: Lettura, valori: Valori): void {
  if (voce.forma === 'scelta') {
    valori[voce.campo] = readScelta(voce, elemento, percorso, lettura)
    return
  }
  const qui = join(percorso, voce.el)
  const trovati = elemento.figli.filter((figlio) => figlio.nome === voce.el)
  if (voce.forma === 'fissa') checkFissa(voce, elemento, qui, lettura)
  else if (voce.forma === 'involucro')
    Object.assign(valori, readVoci(voce.struttura, trovati[0] ?? { ...EMPTY, riga: elemento.riga }, qui, lettura))
  else {
    const valore =
      voce.forma === 'valore' ? readValore(voce, trovati, elemento, qui, lettura) : readStruttura(voce, trovati, elemento, qui, lettura)
    if (valore !== undefined) valori[voce.campo] = valore
  }
}

function readVoci(struttura: Struttura, elemento: ElementoXml, percorso: string, lettura: Lettura): Valori {
  const valori: Valori = {}
  noteUnknown(struttura, elemento, percorso, lettura)
  for (const voce of struttura) readVoce(voce, elemento, percorso, lettura, valori)
  return valori
}

function parse(xml: string | Uint8Array): ElementoXml {
  try {
    return readXml(xml)
  } catch (error) {
    if (error instanceof XmlRefused) throw new MetadatiIllegibili(error.message)
    if (error instanceof XmlLibError) throw new MetadatiIllegibili('Il file non è XML ben formato.')
    throw error
  }
}

/** Reads any profile; see readDi, readDai, readAgg. */
export function readModello(profilo: Profilo, xml: string | Uint8Array, opzioni: OpzioniScrittura = {}): Letto<Modello> {
  const radice = parse(xml)
  const { radice: nome, struttura } = PROFILO_XML[profilo]
  if (radice.nome !== nome) throw new MetadatiIllegibili(`L’elemento radice è ${radice.nome}: serve ${nome}.`)
  const lettura: Lettura = { permanente: opzioni.permanente === undefined ? ANNI_PERMANENTE : opzioni.permanente, tolleranze: [] }
  if (radice.namespace !== '') {
    lettura.tolleranze.push({ percorso: '', riga: radice.riga, messaggio: `lo spazio dei nomi «${radice.namespace}» è ignorato.` })
  }
  const modello = { profilo, ...readVoci(struttura, radice, '', lettura) }
  return { modello: modello as unknown as Modello, tolleranze: lettura.tolleranze }
}

/**
 * Reads a documento informatico leniently: fixed texts, `1`/`0`, zones, algorithm labels, spelling of entry names, missing mandatory texts. What was
 * tolerated is listed. Throws MetadatiIllegibili when it is not such a document or a value has no possible meaning. Validity is another question:
 * see validateDi and checkDi.
 */
export function readDi(xml: string | Uint8Array, opzioni: OpzioniScrittura = {}): Letto<ModelloDi> {
  return readModello('DI', xml, opzioni) as Letto<ModelloDi>
}

/** As readDi, for a documento amministrativo informatico. */
export function readDai(xml: string | Uint8Array, opzioni: OpzioniScrittura = {}): Letto<ModelloDai> {
  return readModello('DAI', xml, opzioni) as Letto<ModelloDai>
}

/** As readDi, for an aggregazione documentale informatica. */
export function readAgg(xml: string | Uint8Array, opzioni: OpzioniScrittura = {}): Letto<ModelloAgg> {
  return readModello('AGG', xml, opzioni) as Letto<ModelloAgg>
}
