import { entities } from '../entities.ts'
import type { Config } from '../kernel/config.ts'
import { migrate } from '../kernel/db/migrate.ts'

/** `faldone migra`: brings the outside database up to date as its owner. Answers 2 when the owner's address is missing. */
export async function runMigra(config: Config): Promise<number> {
  if (config.DATABASE_OWNER_URL === undefined) {
    console.error('Imposta DATABASE_OWNER_URL con l’accesso proprietario della base dati.')
    return 2
  }
  const password = config.DATABASE_URL === undefined ? '' : decodeURIComponent(new URL(config.DATABASE_URL).password)
  const done = await migrate(entities, config.DATABASE_OWNER_URL, config.ruoli, password === '' ? null : { password })
  console.log(done.length === 0 ? 'La base dati è già aggiornata.' : `Applicate: ${done.join(', ')}`)
  return 0
}
