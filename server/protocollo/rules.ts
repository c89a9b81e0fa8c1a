import { createHash } from 'node:crypto'
import { romeDay } from '../kernel/time.ts'

/** Why a document carries its first classification. */
export const PRIMA_CLASSIFICAZIONE = 'Prima classificazione'

/** A number as it is shown and written: at least seven digits, more when it grows (REQ-PROT-030). */
export function formatNumero(numero: number): string {
  return String(numero).padStart(7, '0')
}

/** `0000123/2026`: how people call a registration. */
export function formatEtichetta(numero: number, anno: number): string {
  return `${formatNumero(numero)}/${anno}`
}

/** True when arrival and registration fall on different days in Rome: flag `ART_18BIS_SCOSTAMENTO` (REQ-PROT-073 c). */
export function scostamento18bis(dataArrivo: Date | null, giorno: string): boolean {
  return dataArrivo !== null && romeDay(dataArrivo) !== giorno
}

/** Digest of a request body: the same key with another body is a mistake, not a repetition. */
export function digestRequest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
