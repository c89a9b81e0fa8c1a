import type { Ruoli } from './index.ts'

/** Tables, guards and rights of this step. */
export function lavoro(_ruoli: Ruoli): string[] {
  return []
}
