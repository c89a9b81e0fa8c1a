import type { Buffer } from 'node:buffer'
import type { Formato } from '../schema.ts'

/** What a file is made of: always its first bytes; the whole of it or its last bytes when the caller has them. */
export interface Campione {
  inizio: Buffer
  fine?: Buffer
  tutto?: Buffer
  nome: string
}

/** Internal verdict: the format plus the extensions that agree with it (empty: any). */
export interface Riconosciuto extends Formato {
  estensioni: readonly string[]
}

/** Bytes worth searching: the whole file, else beginning and end. */
export function searchable(sample: Campione): Buffer[] {
  if (sample.tutto !== undefined) return [sample.tutto]
  return sample.fine === undefined ? [sample.inizio] : [sample.inizio, sample.fine]
}

export function includesAny(sample: Campione, text: string): boolean {
  return searchable(sample).some((bytes) => bytes.includes(text, 0, 'latin1'))
}
