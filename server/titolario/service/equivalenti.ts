import { query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'

/** A voice that says the same as another in some version. */
export interface VoceEquivalente {
  readonly id: string
  readonly codice: string
  readonly versioneId: string
  /** Number of the version. */
  readonly versione: number
}

/**
 * The voices that answer to a code in any adopted version, with what is under them, what they come from and what they became, through the links of
 * REQ-TIT-005 followed backwards and forwards (REQ-TIT-007). Empty for a code no version has.
 */
export async function findEquivalenti(scope: Scope, codice: string): Promise<VoceEquivalente[]> {
  return await query<VoceEquivalente>(
    scope,
    `select v.id, v.codice, v.versione_id as "versioneId", t.numero as versione
       from app.voci_equivalenti($1, $2) e join voce_titolario v on v.ente_id = $1 and v.id = e
       join titolario_versione t on t.ente_id = v.ente_id and t.id = v.versione_id order by t.numero, v.ordine`,
    [scope.ente.id, codice],
  )
}
