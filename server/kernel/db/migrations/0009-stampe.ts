import type { Ruoli } from './index.ts'

/** Tables, guards and rights of this step. */
export function stampe(_ruoli: Ruoli): string[] {
  return []
}
