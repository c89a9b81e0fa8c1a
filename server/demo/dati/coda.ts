import type { Config } from '../../kernel/config.ts'
import { withClient } from '../../kernel/db/connect.ts'

/** Priority of the work left by the invented past; what people ask for comes before (a lower number goes first). */
export const PRIORITA_PASSATO = 10

/**
 * Lets every job queued so far give way to later ones: hundreds of seals of an invented past must not keep waiting the first registration somebody
 * makes, nor the first reading of the mailboxes. `ownerUrl` may take the role of the queue.
 */
export async function giveWay(ownerUrl: string, ruoli: Config['ruoli']): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query(`set role ${client.escapeIdentifier(ruoli.coda)}`)
    await client.query('select count(*) from graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs), priority => $1)', [
      PRIORITA_PASSATO,
    ])
  })
}
