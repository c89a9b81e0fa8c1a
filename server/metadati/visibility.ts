import { inReadTransaction, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { visibilitaOf } from '../protocollo/index.ts'
import { fascicoloAssente } from './errors.ts'

interface FascicoloVisto {
  readonly id: string
  readonly slug: string
  readonly ufficioId: string
  readonly responsabileId: string
}

/**
 * A fascicolo by id or slug, when it belongs to the offices of the person or he is responsible for it, or he sees everything. Throws NotFound otherwise:
 * the answer is the same for "not there" and "not yours".
 */
export async function findVisibleFascicolo(scope: Scope, idOrSlug: string): Promise<FascicoloVisto> {
  const row = await inReadTransaction(
    scope,
    async (s) =>
      await queryOne<FascicoloVisto>(
        s,
        `select id, slug, ufficio_id as "ufficioId", responsabile_id as "responsabileId" from fascicolo where ente_id = $1 and (id::text = $2 or slug = $2)`,
        [scope.ente.id, idOrSlug],
      ),
  )
  const v = visibilitaOf(scope.attore)
  if (row === null || !(v.tutto || v.uffici.includes(row.ufficioId) || row.responsabileId === v.attoreId)) throw fascicoloAssente()
  return row
}
