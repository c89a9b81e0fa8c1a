import { isGestore } from '../fascicoli/index.ts'
import type { Attore } from '../kernel/scope.ts'
import { soloGestore } from './errors.ts'

/** Lets pass only who governs the archive: head of records management, vicario, the system. Throws Forbidden. */
export function assertGestore(attore: Attore): void {
  if (!isGestore(attore)) throw soloGestore()
}
