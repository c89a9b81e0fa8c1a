import { verifyChain } from '../kernel/audit.ts'
import type { Config } from '../kernel/config.ts'
import { query } from '../kernel/scope.ts'
import { verifyTraccia } from '../registro/index.ts'
import { withEnti } from './ambiti.ts'

/**
 * `faldone verifica-catena [ente]`: recomputes every register's chain and the daily seals of the facts outside the chains; 1 when a link or a seal is broken,
 * naming it (REQ-PROT-057, decision 19). With the product stopped.
 */
export async function runVerificaCatena(args: readonly string[], config: Config): Promise<number> {
  let broken = 0
  await withEnti(config, args[0] ?? null, async (scope) => {
    const { id, slug } = scope.ente
    for (const registro of await query<{ id: string; codice: string }>(
      scope,
      'select id, codice from registro where ente_id = $1 union all select id, codice from repertorio where ente_id = $1 order by codice',
      [id],
    )) {
      const link = await verifyChain(scope, registro.id)
      if (link !== null) broken++
      console.log(
        link === null
          ? `${slug} ${registro.codice}: catena integra`
          : `${slug} ${registro.codice}: anello ${link.progressivo} rotto (${link.id})`,
      )
    }
    const fault = await verifyTraccia(scope)
    if (fault !== null) broken++
    console.log(fault === null ? `${slug} traccia: sigilli integri` : `${slug} traccia: giorno ${fault.giorno}, ${fault.motivo}`)
  })
  return broken === 0 ? 0 : 1
}
