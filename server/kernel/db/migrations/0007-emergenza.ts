import type { Ruoli } from './index.ts'

/** Tables, guards and rights of this step. */
export function emergenza(_ruoli: Ruoli): string[] {
  return []
}
