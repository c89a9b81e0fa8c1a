import type { PolicyDef } from '@mikro-orm/core'
import { p } from '@mikro-orm/core'

/** SQL of the tenant fence: a missing ente is an error of PostgreSQL, never "all rows". */
export const TENANT_CONDITION = "ente_id = current_setting('app.ente_id')::uuid"

/** Who may meet the rows of the current ente. The citizen's role is absent on purpose: its own policies are written table by table. */
const TENANT_ROLES = ['faldone_app', 'faldone_jobs', 'faldone_owner']

/** The shared policy of every table with `ente_id`. */
export const tenantPolicy: PolicyDef = { name: 'ente', roles: TENANT_ROLES, using: TENANT_CONDITION, check: TENANT_CONDITION }

/**
 * Options of a tenant table: forced row security, the shared policy and, where the citizen may read, the condition that selects his rows.
 * `sportello` is a SQL condition on the table's own columns; the tenant condition is added to it.
 */
export function tenantTable(
  tableName: string,
  sportello?: string,
): { tableName: string; rowLevelSecurity: 'force'; policies: PolicyDef[] } {
  const policies = [tenantPolicy]
  if (sportello !== undefined)
    policies.push({ name: 'cittadino', command: 'select', roles: ['faldone_sportello'], using: `${TENANT_CONDITION} and (${sportello})` })
  return { tableName, rowLevelSecurity: 'force', policies }
}

/** The two columns that lead every key: rows of one ente stay together and can never share a key with another's. */
export const tenantKeys = {
  enteId: p.uuid().primary(),
  id: p.uuid().primary(),
}
