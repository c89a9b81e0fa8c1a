import type { Readable } from 'node:stream'
import type { PIndex } from '../sincro/index.ts'

/** A file frozen in the snapshot: its facts, and how to open its bytes. `sha256` is lower-case hexadecimal. */
export interface SorgenteFile {
  /** Original name, as the metadata carry it. */
  readonly nome: string
  readonly sha256: string
  readonly dimensione: number
  readonly mime: string
  readonly apri: () => Readable | Promise<Readable>
}

/** One document of the package: metadata already rendered, files in order. Annessi are evidence, not counted among the allegati (REQ-CONS-038). */
export interface DocumentoDaVersare {
  readonly id: string
  readonly etichetta?: string
  readonly descrizione?: string
  /** Allegato 5 XML, the same string that goes everywhere (REQ-CONS-060). */
  readonly metadatiXml: string
  readonly principale: SorgenteFile
  readonly allegati: readonly (SorgenteFile & { readonly id?: string })[]
  readonly annessi?: readonly SorgenteFile[]
  readonly annotazioni?: readonly SorgenteFile[]
}

export interface PacchettoDaComporre extends Omit<PIndex, 'documenti' | 'aggregazione'> {
  readonly aggregazione?: { readonly id: string; readonly metadatiXml: string }
  readonly documenti: readonly DocumentoDaVersare[]
}

/** One file of the container. `percorso` is relative to the folder of the package. */
export interface VocePacchetto {
  readonly percorso: string
  readonly sha256: string
  readonly dimensione: number
  readonly contenuto: Buffer | SorgenteFile['apri']
}

/** A package ready to be written: index, files in their fixed order (the index first), nothing else. */
export interface PacchettoComposto {
  readonly idPdv: string
  readonly indice: { readonly xml: string; readonly sha256: string }
  readonly voci: readonly VocePacchetto[]
  readonly avvisi: readonly string[]
}

export const FILE_INDICE = 'PIndex.xml'

export const CODICI_COMPOSIZIONE = ['INDICE', 'SORGENTE_ALTERATA', 'SORGENTE_ILLEGGIBILE', 'IDENTIFICATIVO'] as const
export type CodiceComposizione = (typeof CODICI_COMPOSIZIONE)[number]

/** A package that cannot be composed or finished; nothing partial may leave (REQ-CONS-026). `percorso` names the file, when there is one. */
export class PacchettoNonComponibile extends Error {
  override readonly name = 'PacchettoNonComponibile'
  readonly codice: CodiceComposizione
  readonly percorso: string | undefined
  constructor(codice: CodiceComposizione, messaggio: string, percorso?: string, causa?: unknown) {
    super(messaggio, { cause: causa })
    this.codice = codice
    this.percorso = percorso
  }
}
