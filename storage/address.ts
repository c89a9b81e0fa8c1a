import { InvalidAddress, RangeNotSatisfiable } from './errors.ts'
import type { ByteRange } from './index.ts'

const enteForm = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/
const hashForm = /^[0-9a-f]{64}$/

/** Throws `InvalidAddress` unless the ente is a plain word: it becomes part of a path, so nothing that could climb out of the root may pass. */
export function assertEnte(ente: string): void {
  if (!enteForm.test(ente)) throw new InvalidAddress(ente)
}

/** Key of an object, equal for every adapter: `<ente>/<first two>/<next two>/<sha256>`. Throws `InvalidAddress`. */
export function objectKey(ente: string, sha256: string): string {
  assertEnte(ente)
  if (!hashForm.test(sha256)) throw new InvalidAddress(sha256)
  return `${ente}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`
}

/** The concrete bounds of a range on an object of this size; an end past the last byte is cut. Throws `RangeNotSatisfiable`. */
export function resolveRange(range: ByteRange | undefined, dimensione: number): { start: number; length: number } {
  if (range === undefined) return { start: 0, length: dimensione }
  const end = Math.min(range.end ?? dimensione - 1, dimensione - 1)
  const valid = Number.isSafeInteger(range.start) && Number.isSafeInteger(end) && range.start >= 0 && range.start <= end
  if (!valid) throw new RangeNotSatisfiable(dimensione)
  return { start: range.start, length: end - range.start + 1 }
}
