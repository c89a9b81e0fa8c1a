import { createHash } from 'node:crypto'
import type { IntestazioneXml } from '../../metadata-schemas/registro/index.ts'

/** Name of the format of rows, headers and manifests: docs/formato-registro.md. */
export const FORMATO = 'faldone-registro/1'
/** Where a chain of days or of facts starts. */
export const NESSUNA_IMPRONTA = '0'.repeat(64)

/** Total annulment as the row of the registration shows it, when it was authorised by the end of the day (REQ-PROT-048). */
export interface AnnullataRiga {
  readonly il: string
  readonly operatore: string
  readonly provvedimento: string
}

export interface SoggettoRiga {
  readonly nome: string
  readonly perConoscenza?: true
}

/** A registration with the data of TUDA 53 c. 1 and the register code (REQ-PROT-100). Keys are written in this order. */
export interface RigaRegistrazione {
  readonly tipo: 'registrazione'
  readonly registro: string
  readonly anno: number
  readonly numero: number
  readonly data: string
  readonly ora: string
  readonly flusso: 'E' | 'U' | 'I'
  readonly mittenti: readonly SoggettoRiga[]
  readonly destinatari: readonly SoggettoRiga[]
  readonly oggetto: string
  readonly documentoMittente: { readonly numero: string | null; readonly data: string | null } | null
  /** Instant of arrival in Rome, when it differs from the registration by nature (REQ-PROT-071). */
  readonly arrivo: string | null
  readonly dataDocumento: string | null
  readonly mezzo: string
  readonly classificazione: string
  readonly assegnazione: string | null
  /** One for each digital file; empty while the scan of a paper document is awaited. */
  readonly impronte: readonly { readonly file: string; readonly algoritmo: 'SHA-256'; readonly impronta: string }[]
  readonly cartaceo: string | null
  readonly riservato: boolean
  readonly emergenza: { readonly numero: string; readonly istante: string } | null
  readonly differita: { readonly autorizzazione: string; readonly motivo: string } | null
  readonly operatore: string
  readonly ufficio: string | null
  readonly annullata: AnnullataRiga | null
}

/** The registration an act of the day is about: of this day or of an earlier one. */
interface Riferimento {
  readonly registro: string
  readonly anno: number
  readonly numero: number
  readonly data: string
}

/** An annulment authorised on the day (REQ-PROT-101). */
export interface RigaAnnullamento extends Riferimento {
  readonly tipo: 'annullamento'
  readonly il: string
  readonly oggetto: string
  readonly richiesta: { readonly operatore: string; readonly il: string; readonly motivo: string }
  readonly autorizzazione: { readonly operatore: string; readonly il: string; readonly provvedimento: string }
  readonly riservato: boolean
}

/** A datum changed on the day, with the old and the new value (REQ-PROT-101). */
export interface RigaModifica extends Riferimento {
  readonly tipo: 'modifica'
  readonly il: string
  readonly campo: string
  readonly valorePrecedente: string
  readonly valoreNuovo: string
  readonly operatore: string
  readonly motivo: string
  readonly provvedimento: string | null
  readonly riservato: boolean
}

export type Riga = RigaRegistrazione | RigaAnnullamento | RigaModifica
/** A row in its place, with its digest. */
export type RigaSigillata = Riga & { readonly riga: number; readonly impronta: string }

/** SHA-256 in lower-case hexadecimal of a text in UTF-8. */
export function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** The rows of a period as exact text: `impronta dati` a line, each digest over the one before; and the digest of the last. */
export interface RigheSigillate {
  readonly testo: string
  readonly impronta: string
  readonly righe: readonly RigaSigillata[]
}

/** Numbers and chains the rows of a register whose identifier is `identificativo`. Pure: same rows, same text. */
export function sealRighe(identificativo: string, righe: readonly Riga[]): RigheSigillate {
  let impronta = digest(identificativo)
  const lines: string[] = []
  const sealed = righe.map((r, i): RigaSigillata => {
    const dati = JSON.stringify({ riga: i + 1, ...r })
    impronta = digest(`${impronta} ${dati}`)
    lines.push(`${impronta} ${dati}\n`)
    return { ...r, riga: i + 1, impronta }
  })
  return { testo: lines.join(''), impronta, righe: sealed }
}

/** The rows back from their text. Throws SyntaxError when it is not one of ours. */
export function readRighe(testo: string): RigaSigillata[] {
  return testo
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ ...(JSON.parse(line.slice(65)) as Omit<RigaSigillata, 'impronta'>), impronta: line.slice(0, 64) }) as RigaSigillata)
}

/** The seal on the unchained facts of a day (decision 19). */
export interface SigilloFatti {
  readonly giorno: string
  readonly fatti: number
  readonly impronta: string
  readonly precedente: string
  readonly sigillo: string
}

/** Chains the digest of a day's facts to the seal of the day before. Pure. */
export function sealFatti(f: Omit<SigilloFatti, 'sigillo'>): SigilloFatti {
  return { ...f, sigillo: digest([f.precedente, f.giorno, f.fatti, f.impronta].join(' ')) }
}

/** Header of a day: what its XML says and what only its own text needs. Its digest is what the next day carries. */
export interface Intestazione extends IntestazioneXml {
  readonly formato: typeof FORMATO
  readonly righe: { readonly numero: number; readonly impronta: string }
  readonly traccia: SigilloFatti | null
}

/** The header as its exact text. */
export function writeIntestazione(i: Intestazione): string {
  return `${JSON.stringify(i, null, 2)}\n`
}

/** A yearly number with at least three digits, in the identifier of REQ-PROT-104. Registers beside the general one, later versions and years are told apart. */
export function composeIdentificativo(p: {
  codiceIpa: string
  codiceAoo: string
  codiceRegistro: string
  generale: boolean
  tipo: Intestazione['tipo']
  giorno: string
  progressivo: number
  versione: number
}): string {
  const day = p.tipo === 'annuale' ? p.giorno.slice(0, 4) : p.giorno.replaceAll('-', '')
  const number = p.tipo === 'annuale' ? 'ANNUALE' : String(p.progressivo).padStart(3, '0')
  const parts = [p.codiceIpa, p.codiceAoo, day, number]
  if (!p.generale) parts.push(p.codiceRegistro)
  if (p.versione > 1) parts.push(`V${p.versione}`)
  return parts.join('-')
}

/** What keeps a day from being produced: its numbers do not follow those before it, or skip one (REQ-PROT-102). Null when they do. Pure. */
export function continuityFault(numeri: readonly number[], ultimoPrecedente: number): string | null {
  let expected = ultimoPrecedente + 1
  for (const [i, numero] of numeri.entries()) {
    if (numero !== expected)
      return i === 0
        ? `Il primo numero del giorno è ${numero}, l’ultimo precedente è ${ultimoPrecedente}: ci si aspettava ${expected}.`
        : `Dopo il numero ${expected - 1} viene il ${numero}: manca o è fuori posto il ${expected}.`
    expected++
  }
  return null
}
