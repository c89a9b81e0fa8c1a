import { queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import type { ServizioFatti } from './facts.ts'

/** What the body chose for its preservation service; null while it chose nothing, and then the published forms hold. */
export async function findServizio(scope: Scope): Promise<ServizioFatti | null> {
  return await queryOne<ServizioFatti>(
    scope,
    `select schemi, permanente, solo_fascicoli as "soloFascicoli", letterali, gravita from metadati_servizio where ente_id = $1`,
    [scope.ente.id],
  )
}
