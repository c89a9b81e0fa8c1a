import type { Ruoli } from './index.ts'

/** Tables, guards and rights of this step. */
export function ricerca(_ruoli: Ruoli): string[] {
  return []
}
